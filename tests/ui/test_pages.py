"""The pages over the tiles: made when first wanted, one at a time, current while they are open, gone with Esc."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.console.duty_book import DutyBook
from app.core.commands import AddCamera, SelectTile
from app.core.duty import Officer, Role, ShiftStarted, SignInRule
from app.core.model import Jurisdiction
from app.core.purpose import Purpose, PurposeKind
from app.core.tile_status import Sign
from app.core.tour_commands import StartCoverage
from tests.fakes.fake_console import FakeConsole, a_console
from tests.fakes.fake_duty import FakeDutyPort
from tests.fakes.fake_journal import FakeJournal
from tests.ui.conftest import WindowMaker
from tests.ui.typing_keys import ALT, CTRL, SHIFT, press, write
from ui.overlay import Overlay
from ui.pages import Pages
from ui.wall_window import WallWindow

KEY = Qt.Key
PRIVATE = 9
"""Every ninth camera of the fake catalogue is a private one."""
OFFICER = Officer("id", "86040317", "Bripka Sari", Role.OFFICER)
OPENED_BY = {
    "help": (KEY.Key_F1, Qt.KeyboardModifier.NoModifier),
    "health": (KEY.Key_H, CTRL),
    "palette": (KEY.Key_P, CTRL),
    "keys": (KEY.Key_K, CTRL),
    "editor": (KEY.Key_T, CTRL),
    "coverage": (KEY.Key_R, CTRL),
    "map": (KEY.Key_M, CTRL),
    "tours": (KEY.Key_T, CTRL | SHIFT),
    "purpose": (KEY.Key_P, Qt.KeyboardModifier.NoModifier),
    "ask": (KEY.Key_S, CTRL | SHIFT),
    "walls": (KEY.Key_P, CTRL | SHIFT),
    "share": (KEY.Key_L, CTRL | SHIFT),
    "duty": (KEY.Key_F8, Qt.KeyboardModifier.NoModifier),
    "handover": (KEY.Key_F8, CTRL),
}
"""The key of each page."""
TOGGLED = ("help", "health", "palette", "keys", "coverage", "map", "tours", "walls", "duty")
"""The pages that their own key puts away again."""


@pytest.fixture
def console() -> FakeConsole:
    """A chief's, with a saved layout on its monitor and cameras of one unit."""
    made = a_console("16", tiles=PRIVATE)
    made.duty = DutyBook(SignInRule.OPTIONAL, FakeDutyPort(), FakeJournal(), None)
    made.duty.take_in(ShiftStarted(OFFICER, 1000.0), 0.0)
    made.is_chief = True
    unit = Jurisdiction("PMJ", "PMJ-01", "PMJ-0101")
    cameras = {key: replace(camera, jurisdiction=unit) for key, camera in made.catalog.cameras.items()}
    made.catalog = replace(made.catalog, cameras=cameras)
    made.book.save_layout(1, "Pagi")
    return made


@pytest.fixture
def window(console: FakeConsole, make_window: WindowMaker) -> WallWindow:
    console.dispatch(SelectTile(1, PRIVATE))
    window = make_window(console)
    console.dispatched.clear()
    return window


def open_by_key(window: WallWindow, name: str) -> Overlay:
    press(*OPENED_BY[name])
    page: Overlay = getattr(window.pages, name)
    return page


def open_pages(window: WallWindow) -> list[Overlay]:
    return [page for page in window.findChildren(Overlay) if page.isVisible()]


# ---- opening and leaving


def test_every_page_has_its_key() -> None:
    pages = {name for name, value in vars(Pages).items() if isinstance(value, cached_property)}
    assert pages == OPENED_BY.keys()


def test_no_page_is_made_before_it_is_wanted(window: WallWindow) -> None:
    window.refresh(1.0)
    assert window.findChildren(Overlay) == [] and not window.pages.is_open


@pytest.mark.parametrize("name", OPENED_BY)
def test_its_key_opens_a_page_that_takes_the_keys_and_esc_gives_them_back(window: WallWindow, name: str) -> None:
    page = open_by_key(window, name)
    focused = QApplication.focusWidget()
    assert open_pages(window) == [page] and window.pages.is_open
    assert focused is not None and (focused is page or page.isAncestorOf(focused))
    press(KEY.Key_Escape)
    assert open_pages(window) == [] and window.view.hasFocus()
    assert window.view.state.selected == PRIVATE, "Esc has left the page and nothing else"


@pytest.mark.parametrize("key", [KEY.Key_Tab, KEY.Key_Backtab])
@pytest.mark.parametrize("name", [name for name in OPENED_BY if name != "map"])
def test_tab_goes_round_on_the_page(window: WallWindow, name: str, key: Qt.Key) -> None:
    page = open_by_key(window, name)
    for _ in range(40):
        press(key)
        focused = QApplication.focusWidget()
        assert focused is not None and (focused is page or page.isAncestorOf(focused)), focused
    press(KEY.Key_Escape)
    assert not window.pages.is_open, "what has the focus leaves Esc to the page"


def test_tab_goes_round_on_the_map_beside_its_cameras(window: WallWindow) -> None:
    page = open_by_key(window, "map")
    for _ in range(200):
        press(KEY.Key_Tab)
        focused = QApplication.focusWidget()
        assert focused is not None and page.isAncestorOf(focused)


def test_tab_goes_forth_and_back_in_the_order_of_the_page(window: WallWindow) -> None:
    page = window.pages.ask
    open_by_key(window, "ask")
    widgets = [page.text, page.no, page.yes, page.text]
    for key, expected in ((KEY.Key_Tab, widgets[1:]), (KEY.Key_Backtab, widgets[-2::-1])):
        for widget in expected:
            press(key)
            assert widget.hasFocus()


@pytest.mark.parametrize("name", TOGGLED)
def test_the_same_key_puts_the_page_away(window: WallWindow, name: str) -> None:
    open_by_key(window, name)
    open_by_key(window, name)
    assert open_pages(window) == [] and window.view.hasFocus()


def test_another_page_takes_the_place_of_the_one_that_lies_there(window: WallWindow) -> None:
    for name in ("help", "health", "map", "ask", "palette"):
        page = open_by_key(window, name)
        assert open_pages(window) == [page], "the one before has gone"
    press(KEY.Key_Escape)
    assert open_pages(window) == [] and window.view.hasFocus()


@pytest.mark.parametrize("name", OPENED_BY)
def test_no_key_on_a_page_reaches_the_tiles(window: WallWindow, console: FakeConsole, name: str) -> None:
    open_by_key(window, name)
    for key in (KEY.Key_Delete, KEY.Key_Left, KEY.Key_Backspace, KEY.Key_H, KEY.Key_7, KEY.Key_Period):
        press(key)
    assert console.dispatched == [] and not window.keypad.is_typing


@pytest.mark.parametrize("name", OPENED_BY)
def test_a_page_lies_within_the_tiles_whatever_their_size(
    window: WallWindow, name: str, qapp: QApplication
) -> None:
    page = open_by_key(window, name)
    for width_px, height_px in ((1000, 560), (1600, 900)):
        window.resize(width_px, height_px)
        qapp.sendPostedEvents()
        assert window.view.rect().contains(page.geometry())


# ---- the palette leads everywhere


def test_a_page_that_the_palette_opens_has_the_keys(window: WallWindow) -> None:
    open_by_key(window, "palette")
    write("Map of the cameras")
    press(KEY.Key_Return)
    assert open_pages(window) == [window.pages.map]
    focused = QApplication.focusWidget()
    assert focused is not None and window.pages.map.isAncestorOf(focused)


def test_the_palette_runs_a_layout_and_gives_the_keys_back(window: WallWindow) -> None:
    open_by_key(window, "palette")
    write("layout 1+5")
    press(KEY.Key_Return)
    assert window.view.state.layout == "1+5" and window.view.hasFocus()


def test_the_palette_says_why_a_command_does_nothing(window: WallWindow) -> None:
    open_by_key(window, "palette")
    write("end the tour")
    row = window.pages.palette.list.current()
    assert row is not None and not row.is_possible
    press(KEY.Key_Return)
    assert window.pages.palette.isVisible(), "it stays: nothing was done"


# ---- what they show


def test_the_health_page_follows_the_wall_while_it_is_open(window: WallWindow, console: FakeConsole) -> None:
    page = window.pages.health
    open_by_key(window, "health")
    assert page.summary.text().startswith("0 of 9")
    console.make_live(1)
    window.refresh(1.0)
    assert page.summary.text().startswith("1 of 9")
    press(KEY.Key_Escape)
    console.make_live(2)
    window.refresh(2.0)
    assert page.summary.text().startswith("1 of 9"), "nothing is worked out for a page that nobody sees"


def test_enter_on_the_health_page_selects_the_tile_that_fares_worst(
    window: WallWindow, console: FakeConsole
) -> None:
    for number in range(1, PRIVATE + 1):
        console.make_live(number)
    console.set_sign(4, Sign.LOST)
    open_by_key(window, "health")
    press(KEY.Key_Return)
    assert window.view.state.selected == 4 and window.view.hasFocus()


def test_the_map_calls_a_camera_up_and_stays(window: WallWindow, console: FakeConsole) -> None:
    page = window.pages.map
    open_by_key(window, "map")
    page.chosen.emit("camera-20")
    assert console.dispatched == [AddCamera(1, "camera-20")] and page.isVisible()
    assert "camera-20" in console.shortlist.shortlist.recents


def test_the_coverage_page_starts_the_coverage_tour(window: WallWindow, console: FakeConsole) -> None:
    open_by_key(window, "coverage")
    press(KEY.Key_T)
    assert console.dispatched == [StartCoverage(1)]
    assert open_pages(window) == [] and window.view.hasFocus()


def test_a_purpose_is_one_key_and_reaches_the_console(window: WallWindow, console: FakeConsole) -> None:
    open_by_key(window, "purpose")
    press(KEY.Key_2)
    assert console.purposes_given == [("camera-9", Purpose(PurposeKind.COMPLAINT))]
    assert window.view.hasFocus() and not window.keypad.is_typing


def test_a_purpose_in_words_is_typed_and_sent_with_enter(window: WallWindow, console: FakeConsole) -> None:
    open_by_key(window, "purpose")
    press(KEY.Key_5)
    write("0 lost keys")
    press(KEY.Key_Return)
    assert console.purposes_given == [("camera-9", Purpose(PurposeKind.OTHER, "0 lost keys"))]
    assert window.view.state.maximised is None, "the Enter was for the page alone"


def test_keys_that_were_changed_are_told(qtbot: QtBot, window: WallWindow) -> None:
    open_by_key(window, "keys")
    with qtbot.waitSignal(window.keymap_changed) as told:
        window.pages.keys.changed.emit(window.pages.keys)
    assert told.args == [window.pages.keys]


def test_layout_keys_work_below_an_open_page(window: WallWindow) -> None:
    page = open_by_key(window, "health")
    press(KEY.Key_2, ALT)
    assert window.view.state.layout == "4" and page.isVisible()
