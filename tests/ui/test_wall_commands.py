"""Commands on a wall window that need several steps: menus, numbers, zoom, saved layouts and their marks."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.core.commands import AssignTile, ClearTile, SelectTile, SwapTiles, TileId
from app.core.model import CameraId
from app.core.remote import CameraOnTile
from tests.fakes.fake_console import FakeConsole, a_console
from tests.ui.conftest import WindowMaker
from tests.ui.typing_keys import ALT, CTRL, press, write
from ui.main_menu import MainMenu
from ui.wall_window import WallWindow

KEY = Qt.Key
NAME = "Pagi Gambir"
LONG = "layouts.json, line 12: tile 17 lies outside of its grid, so that this layout cannot be used; " * 2
offscreen_popup = pytest.mark.qt_log_ignore("This plugin does not support")
"""Offscreen, Qt warns that a popup can neither be raised nor grab the keyboard."""


@pytest.fixture
def console() -> FakeConsole:
    return a_console("4", tiles=3)


@pytest.fixture
def window(console: FakeConsole, make_window: WindowMaker) -> WallWindow:
    window = make_window(console)
    for number in (1, 2, 3):
        console.make_live(number)
    window.refresh(0.5)
    return window


# ---- menus


@offscreen_popup
def test_f10_opens_the_main_menu_and_keys_run_what_stands_in_it(qtbot: QtBot, window: WallWindow) -> None:
    press(KEY.Key_F10)
    (menu,) = window.findChildren(MainMenu)
    qtbot.waitUntil(menu.isVisible)
    action = next(action for action in menu.findChildren(type(menu.actions()[0])) if action.data() == "layout 9")
    action.trigger()
    assert window.view.state.layout == "9"
    QTest.keyClick(menu, KEY.Key_Escape)
    qtbot.waitUntil(lambda: not window.findChildren(MainMenu))


@offscreen_popup
def test_the_trays_button_opens_the_main_menu_too(qtbot: QtBot, window: WallWindow) -> None:
    window.tray.menu_wanted.emit()
    (menu,) = window.findChildren(MainMenu)
    QTest.keyClick(menu, KEY.Key_Escape)
    qtbot.waitUntil(lambda: not window.findChildren(MainMenu))


@pytest.mark.parametrize("name", ["palette", "map", "coverage", "health", "help", "keys"])
def test_a_page_opens_and_goes_by_its_command(window: WallWindow, name: str) -> None:
    window.run(name)
    assert getattr(window.pages, name).isVisible()
    window.run(name)
    assert not window.pages.is_open and window.view.hasFocus()


# ---- a camera's number


def test_a_number_calls_its_camera_up_on_the_tile_that_is_named(window: WallWindow, console: FakeConsole) -> None:
    write("1.4.12")
    assert window.keypad.is_typing
    press(KEY.Key_Enter)
    assert console.dispatched == [AssignTile(TileId(1, 4), CameraId("camera-12"))]
    assert not window.keypad.is_typing and window.view.state.maximised is None
    assert console.shortlist.shortlist.recents == ("camera-12",)


def test_what_is_refused_was_not_used(window: WallWindow, console: FakeConsole) -> None:
    console.book.direct(1, CameraOnTile(CameraId("camera-3"), 1), None)
    write("1.4.12")
    press(KEY.Key_Enter)
    window.call_up("camera-12")
    window.call_up("camera-12", "camera-13")
    assert window.tray.message.text().startswith("Monitor 1 is under remote control")
    assert console.shortlist.shortlist.recents == ()


def test_esc_leaves_a_number_before_anything_else(window: WallWindow, console: FakeConsole) -> None:
    console.dispatch(SelectTile(1, 2))
    write("12")
    press(KEY.Key_Escape)
    assert not window.keypad.is_typing and window.view.state.selected == 2


def test_a_number_that_nobody_sends_is_forgotten(window: WallWindow, console: FakeConsole) -> None:
    write("12")
    window.refresh(60.0)
    assert not window.keypad.is_typing and console.dispatched == []


def test_a_number_without_a_camera_can_be_mended(window: WallWindow, console: FakeConsole) -> None:
    write("9999")
    press(KEY.Key_Enter)
    assert window.keypad.is_typing and console.dispatched == []
    for _ in range(4):
        press(KEY.Key_Backspace)
    write("12")
    press(KEY.Key_Enter)
    assert [command.camera for command in console.dispatched] == ["camera-12"]


# ---- 0, which means two things


def test_a_lone_0_on_a_zoomed_tile_shows_the_whole_picture(window: WallWindow, console: FakeConsole) -> None:
    console.dispatch(SelectTile(1, 1))
    press(KEY.Key_Plus, CTRL)
    assert window.view.zoom.is_zoomed(1)
    press(KEY.Key_0)
    assert not window.view.zoom.is_zoomed(1) and console.zooms[TileId(1, 1)].is_whole
    assert not window.keypad.is_typing


def test_a_0_within_a_number_stays_a_digit_on_a_zoomed_tile(window: WallWindow, console: FakeConsole) -> None:
    console.dispatch(SelectTile(1, 1))
    press(KEY.Key_Plus, CTRL)
    write("10")
    assert window.view.zoom.is_zoomed(1)
    press(KEY.Key_Enter)
    assert [command.camera for command in console.dispatched[1:]] == ["camera-10"]


def test_a_0_on_a_whole_picture_begins_a_number(window: WallWindow, console: FakeConsole) -> None:
    console.dispatch(SelectTile(1, 1))
    press(KEY.Key_0)
    assert window.keypad.is_typing


# ---- saved layouts in the tray


@pytest.fixture
def saved(window: WallWindow, console: FakeConsole) -> WallWindow:
    console.book.save_layout(1, NAME)
    window.refresh(1.0)
    return window


def test_a_change_of_a_saved_layout_is_marked_until_esc_takes_it_back(
    saved: WallWindow, console: FakeConsole
) -> None:
    assert saved.tray.picker.text().strip() == NAME
    console.dispatch(ClearTile(TileId(1, 1)))
    saved.refresh(2.0)
    assert saved.tray.picker.text().strip() == f"{NAME} •" and "Esc" in saved.tray.picker.toolTip()
    press(KEY.Key_Escape)
    saved.refresh(3.0)
    assert saved.tray.picker.text().strip() == NAME and 1 in saved.view.state.cameras


def test_a_swap_that_is_swapped_back_leaves_no_mark(saved: WallWindow, console: FakeConsole) -> None:
    for marked in (True, False):
        console.dispatch(SwapTiles(TileId(1, 1), TileId(1, 2)))
        saved.refresh(2.0)
        assert ("•" in saved.tray.picker.text()) is marked


def test_a_padlock_is_there_as_long_as_the_layout_is_locked(saved: WallWindow) -> None:
    assert saved.tray.lock.isHidden()
    press(KEY.Key_L, CTRL)
    saved.refresh(2.0)
    assert saved.tray.lock.isVisible() and saved.tray.lock.accessibleName()
    press(KEY.Key_2, ALT)
    saved.refresh(3.0)
    assert saved.tray.lock.isVisible(), "it is about the saved layout, whatever grid it has for the moment"
    press(KEY.Key_Escape)
    press(KEY.Key_L, CTRL)
    saved.refresh(4.0)
    assert saved.tray.lock.isHidden()


def test_the_picker_offers_what_was_saved_and_opens_it(saved: WallWindow, console: FakeConsole) -> None:
    press(KEY.Key_3, ALT)
    saved.tray.picker.menu().aboutToShow.emit()
    action = saved.tray.picker.menu().actions()[-1]
    assert action.text().partition("\t")[0] == NAME
    action.trigger()
    assert saved.view.state.layout == NAME


# ---- messages


def test_a_long_message_keeps_its_beginning_and_is_whole_in_its_tooltip(window: WallWindow) -> None:
    window.tray.say(LONG)
    message = window.tray.message
    assert message.text() == LONG.strip() and LONG.strip() in message.toolTip()
    assert LONG.startswith(message.shown[:-1]) and message.shown.endswith("…")
    window.tray.say("short")
    assert message.shown == "short"


def test_a_message_goes_with_its_tooltip(qtbot: QtBot, window: WallWindow) -> None:
    window.tray.say(LONG)
    window.tray._message_timer.start(0)
    qtbot.waitUntil(lambda: not window.tray.message.text())
    assert window.tray.message.toolTip() == ""


def test_markup_in_a_message_stays_text(window: WallWindow) -> None:
    window.tray.say("<b>bold</b>")
    assert window.tray.message.shown == "<b>bold</b>" and "&lt;b&gt;" in window.tray.message.toolTip()
