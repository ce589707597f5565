"""The menu of one tile: what it names, what it can do now, and that keys alone are enough."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.core.command_table import entry_of
from app.core.commands import SelectTile
from tests.fakes.fake_console import FakeConsole, a_console
from tests.ui.conftest import WindowMaker
from tests.ui.typing_keys import SHIFT, press
from ui.command_texts import command_words
from ui.tile_menu import GROUPS, TileMenu
from ui.wall_app import load_keymap
from ui.wall_window import WallWindow

offscreen_popup = pytest.mark.qt_log_ignore("This plugin does not support")
"""Offscreen, Qt warns that a popup can neither be raised nor grab the keyboard."""
EMPTY = 4


@pytest.fixture
def console() -> FakeConsole:
    return a_console("4", tiles=3)


@pytest.fixture
def window(console: FakeConsole, make_window: WindowMaker) -> WallWindow:
    return make_window(console)


@pytest.fixture
def menu(window: WallWindow) -> Iterator[TileMenu]:
    menu = window.tile_menu(2)
    yield menu
    menu.deleteLater()


def entries(menu: TileMenu) -> dict[str, QAction]:
    return {action.text().partition("\t")[0]: action for action in menu.actions() if action.text()}


def test_it_says_which_tile_it_is_about(menu: TileMenu, window: WallWindow, console: FakeConsole) -> None:
    title = menu.actions()[0]
    assert title.text() == f"Tile 2 · {console.catalog.cameras['camera-2'].name}" and not title.isEnabled()
    assert menu.accessibleName() == "Tile 2"
    assert window.view.state.selected == 2, "what is chosen concerns that tile"


def test_it_holds_commands_of_the_table_with_their_keys(menu: TileMenu) -> None:
    commands = [command for group in GROUPS for command in group]
    assert all(entry_of(command) is not None for command in commands)
    assert [*entries(menu)][1:] == [command_words(command) for command in commands]
    assert entries(menu)[command_words("clear")].text().endswith("\tDel")
    assert all(action.toolTip() for action in menu.actions() if not action.isSeparator())


def test_on_an_empty_tile_it_says_why_most_of_it_does_nothing(window: WallWindow) -> None:
    menu = window.tile_menu(EMPTY)
    assert menu.actions()[0].text() == f"Tile {EMPTY}"
    clear, hotspot = (entries(menu)[command_words(command)] for command in ("clear", "hotspot"))
    assert not clear.isEnabled() and "camera" in clear.toolTip()
    assert hotspot.isEnabled()
    menu.deleteLater()


def test_an_ampersand_in_a_name_is_no_key(window: WallWindow, console: FakeConsole) -> None:
    menu = TileMenu(1, "Toko A & B", load_keymap(console.layouts), window.run, lambda _command: "", window)
    assert menu.actions()[0].text() == "Tile 1 · Toko A && B"
    menu.deleteLater()


@offscreen_popup
@pytest.mark.parametrize(
    ("key", "modifiers"),
    [(Qt.Key.Key_Menu, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_F10, SHIFT)],
    ids=["menu", "shift-f10"],
)
def test_a_key_opens_it_arrows_choose_and_enter_does_it(
    qtbot: QtBot, window: WallWindow, console: FakeConsole, key: Qt.Key, modifiers: Qt.KeyboardModifier
) -> None:
    console.dispatch(SelectTile(1, 2))
    press(key, modifiers)
    (menu,) = window.findChildren(TileMenu)
    qtbot.waitUntil(menu.isVisible)
    QTest.keyClick(menu, Qt.Key.Key_Down)
    assert menu.activeAction() is entries(menu)[command_words("maximise")]
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert window.view.state.maximised == 2
    qtbot.waitUntil(lambda: not window.findChildren(TileMenu))


@offscreen_popup
def test_esc_closes_it_and_changes_nothing(qtbot: QtBot, window: WallWindow, console: FakeConsole) -> None:
    console.dispatch(SelectTile(1, 2))
    wall = console.wall
    press(Qt.Key.Key_Menu)
    (menu,) = window.findChildren(TileMenu)
    QTest.keyClick(menu, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.findChildren(TileMenu))
    assert console.wall is wall


def test_without_a_selected_tile_there_is_no_menu(window: WallWindow) -> None:
    press(Qt.Key.Key_Menu)
    assert window.findChildren(TileMenu) == []
