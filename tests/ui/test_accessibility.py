"""All on the wall's windows and pages has a name, is reached by Tab, lets the focus go, has room for its text."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from importlib import resources
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QLabel,
    QLineEdit,
    QScrollBar,
    QSizePolicy,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.core.commands import SelectTile
from app.core.enrolment import Enrolled
from app.core.failure import Reason
from app.core.tile_status import Sign
from tests.fakes.fake_console import FakeConsole, a_console
from tests.ui.conftest import WindowMaker
from tests.ui.speaking import speaking
from ui.first_start import FirstStart
from ui.language import Language
from ui.overlay import Overlay
from ui.pages import Pages
from ui.theme import Theme, ThemeName, apply_theme, load_theme
from ui.wall_window import WallWindow

SIZES_PX = ((1024, 600), (1280, 800), (1920, 1080))
PRIVATE = 9
"""The tile whose camera nobody may look at without a purpose, and its number in the fake catalogue."""
PAGES = tuple(name for name, value in vars(Pages).items() if isinstance(value, cached_property))
PAGE_COMMANDS = (
    "help", "health", "palette", "keys", "coverage", "tours", "map", "new-layout", "save-layout-as", "purpose",
)  # fmt: skip
"""What opens each of them."""
TEXT_PX = 1
"""A text may be wider than its room by a rounding."""
LANGUAGES = pytest.mark.parametrize("language", Language, ids=lambda language: language.value)


def busy_console() -> FakeConsole:
    """A wall with every state on it, so that every widget has something to say."""
    console = a_console("9", tiles=PRIVATE)
    for number, sign in enumerate((Sign.LIVE, Sign.LATE, Sign.STALE), start=1):
        console.set_sign(number, sign, age_s=4.2)
    console.set_sign(4, Sign.LOST, reason=Reason.UNAUTHORIZED, retry_in_s=290.0)
    return console


def filled(window: WallWindow) -> WallWindow:
    """The window with its camera list, too."""
    panel, console = window.panel, busy_console()
    assert panel is not None
    panel.show_catalog(console.catalog, console.registry)
    while panel.is_indexing:
        panel.work_on()
    QApplication.sendPostedEvents()
    return window


def pages(window: WallWindow) -> list[Overlay]:
    """Every page that can lie over the wall, filled as if an officer had opened it."""
    window.dispatch(SelectTile(1, PRIVATE))
    for command in PAGE_COMMANDS:
        window.run(command)
    window.pages.put_away()
    return [getattr(window.pages, name) for name in PAGES]


def open_alone(window: WallWindow, page: Overlay) -> None:
    """Show a page over the wall, and no other one."""
    for each in pages(window):
        each.hide()
    page.open(is_native=False)
    QApplication.sendPostedEvents()


# ---- names


@pytest.fixture
def window(make_window: WindowMaker) -> WallWindow:
    return filled(make_window(busy_console()))


def test_whatever_takes_the_focus_has_a_name(window: WallWindow) -> None:
    for page in pages(window):
        open_alone(window, page)
        nameless = [_told(widget) for widget in _reachable(window) if not _name(widget)]
        assert not nameless, page.accessibleName()


def test_a_button_that_shows_no_word_says_what_it_does(window: WallWindow) -> None:
    for button in window.findChildren(QAbstractButton):
        if not button.text() and not _is_qts_own(button):
            assert _name(button), _told(button)
            assert button.toolTip() or button.accessibleDescription(), _told(button)


def test_every_page_is_named_by_its_title(window: WallWindow) -> None:
    names = [page.accessibleName() for page in pages(window)]
    assert all(names) and len(set(names)) == len(names)


def test_every_page_is_walked(window: WallWindow) -> None:
    assert {*pages(window)} == {*window.findChildren(Overlay)}


def test_no_page_is_open_unasked(window: WallWindow) -> None:
    assert not any(page.isVisible() for page in window.findChildren(Overlay))


def _name(widget: QWidget) -> str:
    """What a screen reader says."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return str(interface.text(QAccessible.Text.Name)).strip() if interface is not None else ""


def _is_qts_own(widget: QWidget) -> bool:
    """Parts that Qt puts into its own widgets: the cross in a line of text, the corner of a table."""
    return isinstance(widget.parentWidget(), QLineEdit | QAbstractItemView)


def _told(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.objectName()!r} in {type(widget.parentWidget()).__name__}"


# ---- focus


def test_tab_reaches_everything_on_the_window_and_comes_round(window: WallWindow) -> None:
    window.view.setFocus()
    assert _tabbed(window) == set(_reachable(window))


def test_tab_reaches_everything_on_a_page_and_stays_there(window: WallWindow) -> None:
    """Esc is the way out of a page, and not one of another widget's: see below."""
    for page in pages(window):
        open_alone(window, page)
        seen = _tabbed(window)
        parts = {widget for widget in _reachable(window) if page.isAncestorOf(widget)}
        assert seen | {page} == parts | {page}, page.accessibleName()


def test_esc_closes_a_page_wherever_its_focus_is(window: WallWindow) -> None:
    for page in pages(window):
        open_alone(window, page)
        QTest.keyClick(_focused(window), Qt.Key.Key_Escape)
        assert not page.isVisible(), page.accessibleName()


def _reachable(window: QWidget) -> Iterator[QWidget]:
    """What is shown and takes the focus by Tab."""
    for widget in window.findChildren(QWidget):
        is_wanted = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
        if is_wanted and widget.isVisible() and widget.isEnabled() and not _is_viewport(widget):
            yield widget


def _is_viewport(widget: QWidget) -> bool:
    """The inside and the bars of an area that scrolls belong to it."""
    area = widget.parentWidget()
    is_inside = isinstance(area, QAbstractScrollArea) and area.viewport() is widget
    return is_inside or isinstance(widget, QScrollBar)


def _tabbed(window: QWidget) -> set[QWidget]:
    """What has the focus in turn while Tab is pressed, until it has come round."""
    seen: set[QWidget] = set()
    for _ in range(200):
        widget = _focused(window)
        if widget in seen and len(seen) > 1:
            return seen
        seen.add(widget)
        QTest.keyClick(widget, Qt.Key.Key_Tab)
    if len(seen) == 1:
        return seen
    raise AssertionError("the focus never comes round")


def _focused(window: QWidget) -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None and (widget is window or window.isAncestorOf(widget)), (
        "the focus has left the window"
    )
    return widget


# ---- room for texts


@LANGUAGES
@pytest.mark.parametrize("size_px", SIZES_PX, ids=lambda size: f"{size[0]}x{size[1]}")
def test_no_text_is_cut_off(
    size_px: tuple[int, int], language: Language, make_window: WindowMaker, qapp: QApplication
) -> None:
    with speaking(qapp, language):
        window = filled(make_window(busy_console(), *size_px))
        assert _cut_off(window) == []
        for page in pages(window):
            open_alone(window, page)
            assert _cut_off(page) == [], page.accessibleName()


@LANGUAGES
def test_no_text_is_cut_off_in_high_contrast(
    language: Language, theme: Theme, make_window: WindowMaker, qapp: QApplication
) -> None:
    try:
        apply_theme(qapp, load_theme(ThemeName.CONTRAST))
        with speaking(qapp, language):
            window = filled(make_window(busy_console(), *SIZES_PX[0]))
            assert _cut_off(window) == []
    finally:
        apply_theme(qapp, theme)


def _cut_off(root: QWidget) -> list[str]:
    """Every label, button and field whose text has no room."""
    shown = [widget for widget in root.findChildren(QWidget) if widget.isVisible()]
    return [f"{_told(widget)}: {_text(widget)}" for widget in shown if _text(widget) and not _has_room(widget)]


def _text(widget: QWidget) -> str:
    if isinstance(widget, QLineEdit):
        return widget.text() or widget.placeholderText()
    return widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""


def _has_room(widget: QWidget) -> bool:
    if widget.sizePolicy().horizontalPolicy() is QSizePolicy.Policy.Ignored:
        return True  # a line that passes by: it takes what room there is
    if isinstance(widget, QLineEdit):
        return widget.fontMetrics().horizontalAdvance(_text(widget)) <= widget.width() - 2 * widget.height()
    if isinstance(widget, QLabel) and widget.wordWrap():
        return widget.heightForWidth(widget.width()) <= widget.height() + TEXT_PX
    wanted = widget.minimumSizeHint() if isinstance(widget, QLabel) else widget.sizeHint()
    return wanted.width() <= widget.width() + TEXT_PX and wanted.height() <= widget.height() + TEXT_PX


# ---- the first start


@pytest.fixture
def first_start(qtbot: QtBot, theme: Theme) -> FirstStart:
    return shown_first_start(qtbot, theme)


def shown_first_start(qtbot: QtBot, theme: Theme) -> FirstStart:
    """The page of the first start, with the keys."""
    page = FirstStart(ReadyEnrolment(), theme)
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.address.hasFocus)
    return page


def steps_of(qtbot: QtBot, page: FirstStart) -> Iterator[None]:
    """Goes through its steps, and stands on each for a while."""
    page.address.setText("https://registry.example")
    for begin, button in ((page.address, page.code), (page.code, page.open_button)):
        yield
        QTest.keyClick(begin, Qt.Key.Key_Return)
        qtbot.waitUntil(button.isEnabled)
    yield


def test_everything_on_the_first_start_has_a_name_and_is_reached_by_tab(
    qtbot: QtBot, first_start: FirstStart
) -> None:
    for _ in steps_of(qtbot, first_start):
        reachable = set(_reachable(first_start))
        assert not [_told(widget) for widget in reachable if not _name(widget)]
        assert len(reachable) == 1 or _tabbed(first_start) == reachable


@LANGUAGES
def test_no_text_of_the_first_start_is_cut_off(
    language: Language, qtbot: QtBot, theme: Theme, qapp: QApplication
) -> None:
    with speaking(qapp, language):
        page = shown_first_start(qtbot, theme)
        for _ in steps_of(qtbot, page):
            QApplication.sendPostedEvents()
            assert _cut_off(page) == []


class ReadyEnrolment:
    """Agrees to everything at once."""

    def reach(self, url: str) -> None:
        """It is there."""

    def enrol(self, url: str, code: str) -> Enrolled:
        return Enrolled("POST-7")


# ---- licences


def test_fonts_and_icons_say_under_which_licence_they_are() -> None:
    folder = resources.files("resources")
    told = folder.joinpath("LICENSES.md").read_text("utf-8")
    assert "fonts/LICENSE-Inter.txt" in told and "ui/icons.py" in told
    assert "SIL Open Font License" in folder.joinpath("fonts", "LICENSE-Inter.txt").read_text("utf-8")


def test_every_icon_is_drawn_by_the_product() -> None:
    pictures = [
        path.name
        for path in (Path(__file__).parents[2] / "resources").rglob("*")
        if path.suffix in (".svg", ".ico", ".ttf", ".woff2")
    ]
    assert pictures == ["pantau.ico"], "the program's own icon, which `tools/make_icon.py` draws for Windows"
