"""What a desk keeps: over locked controls, over other words and colours, and while its list is hidden."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.console.duty_book import DutyBook
from app.core.duty import ShiftStarted, SignInRule, Unlocked
from app.core.model import Location
from tests.fakes.fake_console import FakeConsole, a_console
from tests.fakes.fake_duty import FakeDutyPort
from tests.fakes.fake_journal import FakeJournal
from tests.ui.desk_kit import list_all, open_desk
from tests.ui.duty_post import PIN, SARI, SHIFT_S
from tests.ui.typing_keys import ALT, CTRL, SHIFT, press, write
from ui.desk import Desk, DeskOptions
from ui.language import Language, install
from ui.theme import Theme, ThemeName, apply_theme, load_theme
from ui.wall_app import bring_to_front


@pytest.fixture
def console(qapp: QApplication) -> FakeConsole:
    """A wall whose officer is on duty."""
    console = a_console("4", tiles=4)
    console.duty = DutyBook(SignInRule.REQUIRED, FakeDutyPort(), FakeJournal(), None, idle_s=60.0)
    console.duty.take_in(ShiftStarted(SARI, SHIFT_S), 0.0)
    return console


@pytest.fixture
def desk(qapp: QApplication, qtbot: QtBot, theme: Theme, console: FakeConsole) -> Iterator[Desk]:
    with open_desk(qapp, qtbot, console) as desk:
        yield desk
    install(qapp, Language.ENGLISH)
    apply_theme(qapp, load_theme())


def unlock(desk: Desk, console: FakeConsole, now_s: float) -> None:
    console.duty.take_in(Unlocked(), now_s)
    desk.tick(now_s)


# ---- locked controls


def test_a_pin_behind_the_lock_is_not_typed_into_the_lists_own_window(
    qtbot: QtBot, desk: Desk, console: FakeConsole
) -> None:
    desk.run("operator-window")
    assert desk.operator_window is not None
    desk.operator_window.activateWindow()
    desk.panel.focus_search()
    qtbot.waitUntil(desk.panel.search.hasFocus)
    press(Qt.Key.Key_F9)
    assert desk.operator_window.isHidden() and not desk.panel.search.hasFocus()
    qtbot.waitUntil(desk.operator.view.hasFocus)
    write(PIN)
    assert desk.operator.pages.duty.pin.text() == PIN
    unlock(desk, console, 1.0)
    assert desk.operator_window.isVisible()


@pytest.mark.parametrize("is_apart", [False, True])
def test_other_colours_while_locked_keep_the_list(desk: Desk, console: FakeConsole, is_apart: bool) -> None:
    if is_apart:
        desk.run("operator-window")
    console.duty.lock()
    desk.tick(1.0)
    assert not desk.panel.isVisible()
    desk.run("theme contrast")
    desk.tick(2.0)
    assert not desk.panel.isVisible()
    unlock(desk, console, 3.0)
    assert desk.panel.isVisible()


# ---- other words and colours


def test_what_was_searched_for_stays_typed(desk: Desk, console: FakeConsole) -> None:
    desk.panel.search.setText("JKT-00012")
    desk.run("theme contrast")
    list_all(desk, 1.0)
    assert desk.panel.search.text() == "JKT-00012" and desk.panel.model.is_flat


@pytest.mark.parametrize("is_full", [False, True])
def test_a_window_that_takes_all_room_does_so_again(desk: Desk, is_full: bool) -> None:
    desk.operator.showMaximized()
    if is_full:
        desk.operator.run("full-screen")
    desk.run("theme contrast")
    if is_full:
        desk.operator.run("full-screen")
    assert desk.operator.isMaximized()


def test_windows_wait_for_what_is_open_on_them(desk: Desk) -> None:
    before = desk.operator
    press(Qt.Key.Key_T, CTRL)
    write("Malam")
    press(Qt.Key.Key_C, ALT | SHIFT)
    desk.tick(1.0)
    assert desk.preferences.theme.name is ThemeName.CONTRAST and desk.operator is before
    assert before.pages.editor.isVisible() and before.pages.editor.form.name.text() == "Malam"
    assert before.tray.message.text() == "The windows follow as soon as the open page is put away."
    press(Qt.Key.Key_F1)
    press(Qt.Key.Key_Escape)
    desk.tick(2.0)
    assert not before.pages.is_open and desk.operator is before, "what is not saved is kept behind other pages"
    before.pages.editor.leave()
    desk.tick(3.0)
    assert desk.operator is not before


def test_windows_wait_for_a_number_and_for_a_page_that_comes_back(desk: Desk, console: FakeConsole) -> None:
    before = desk.operator
    write("12")
    desk.run("theme contrast")
    assert desk.operator is before and before.keypad.is_typing
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_F8, CTRL)
    console.duty.lock()
    desk.tick(1.0)
    assert desk.operator is before and not before.pages.is_open
    unlock(desk, console, 2.0)
    assert before.pages.handover.isVisible()


# ---- a list that is not shown


@pytest.mark.parametrize("options", [DeskOptions(kiosk=True), DeskOptions(panel_shown=False)])
def test_the_map_and_orders_find_cameras_where_the_list_was_never_shown(
    qapp: QApplication, qtbot: QtBot, theme: Theme, console: FakeConsole, options: DeskOptions
) -> None:
    places = {
        camera.id: replace(camera, location=Location(-6.2, 106.8)) for camera in console.catalog.cameras.values()
    }
    console.catalog = replace(console.catalog, cameras=places)
    with open_desk(qapp, qtbot, console, options) as desk:
        list_all(desk, 1.0)
        desk.operator.run("map")
        page = desk.operator.pages.map
        page.search.setText(next(iter(places.values())).code)
        assert page.found.text() == "1 of 1"


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_full_screen_that_is_brought_to_the_front_stays_full(
    qapp: QApplication, qtbot: QtBot, theme: Theme, console: FakeConsole
) -> None:
    with open_desk(qapp, qtbot, console, DeskOptions(kiosk=True)) as desk:
        desk.operator.showMinimized()
        bring_to_front(desk)
        assert desk.operator.windowState() == Qt.WindowState.WindowFullScreen
