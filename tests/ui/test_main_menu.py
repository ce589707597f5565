"""The main menu: a place for every command, with its keys, its tooltip and whether it does anything."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.core.command_table import COMMANDS, Category, Offers
from tests.fakes.fake_console import a_console
from ui.command_texts import category_words
from ui.main_menu import MainMenu
from ui.wall_app import load_keymap

offscreen_popup = pytest.mark.qt_log_ignore("This plugin does not support")
"""Offscreen, Qt warns that a popup can neither be raised nor grab the keyboard."""
OFFERS = Offers(("4", "1+5"), ("Gambir & pagi",), (), ("Alarm",))


class Opened:
    """A menu and what it ran."""

    def __init__(self, parent: QWidget) -> None:
        self.ran: list[str] = []
        keymap = load_keymap(a_console().layouts)
        self.menu = MainMenu(keymap, OFFERS, self.ran.append, self.why_not, parent)
        self.actions = {action.data(): action for action in all_actions(self.menu) if action.data()}

    def why_not(self, command: str) -> str:
        return "There is nothing to take back." if command == "undo" else ""


def all_actions(menu: QMenu) -> list[QAction]:
    """The actions of a menu and of all menus below it."""
    return menu.findChildren(QAction)


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    parent = QWidget()
    parent.resize(300, 200)
    qtbot.addWidget(parent)
    parent.show()
    qtbot.waitExposed(parent)
    return parent


@pytest.fixture
def opened(parent: QWidget) -> Opened:
    return Opened(parent)


def test_every_command_has_one_place_in_it(opened: Opened) -> None:
    placed = [action.data() for action in all_actions(opened.menu) if action.data()]
    assert sorted(placed) == sorted(command for entry in COMMANDS for command in OFFERS.commands(entry))


def test_the_menu_has_a_part_for_each_category_in_order(opened: Opened) -> None:
    assert [action.text() for action in opened.menu.actions()] == [category_words(each) for each in Category]


def test_an_entry_shows_its_first_key_and_says_what_it_does(opened: Opened) -> None:
    assert opened.actions["save-layout"].text() == "Save the layout\tCtrl+S"
    assert opened.actions["next-layout"].text() == "Next layout\tAlt+→"
    assert opened.actions["open Gambir & pagi"].text() == "Open Gambir && pagi"
    assert all(action.toolTip().startswith("<qt>") for action in opened.actions.values())


def test_what_does_nothing_now_is_grey_and_says_why(opened: Opened) -> None:
    undo = opened.actions["undo"]
    assert not undo.isEnabled() and "There is nothing to take back." in undo.toolTip()
    assert opened.actions["clear"].isEnabled()
    lists = {menu.title(): menu.isEnabled() for menu in opened.menu.findChildren(QMenu)}
    assert (lists["Saved layouts"], lists["Tours"]) == (True, False)


def test_an_entry_runs_its_command(opened: Opened) -> None:
    opened.actions["layout 1+5"].trigger()
    opened.actions["quit"].trigger()
    assert opened.ran == ["layout 1+5", "quit"]


@offscreen_popup
def test_arrow_keys_and_enter_run_an_entry(qtbot: QtBot, opened: Opened, parent: QWidget) -> None:
    opened.menu.open_at(parent.mapToGlobal(QPoint(0, 0)))
    qtbot.waitUntil(opened.menu.isVisible)
    tile = next(menu for menu in opened.menu.findChildren(QMenu) if menu.title() == "Tile")
    QTest.keyClick(opened.menu, Qt.Key.Key_Right)
    qtbot.waitUntil(tile.isVisible)
    QTest.keyClick(tile, Qt.Key.Key_Down)
    QTest.keyClick(tile, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: opened.ran == ["select right"])


@offscreen_popup
def test_a_closed_menu_leaves_nothing_behind(qtbot: QtBot, opened: Opened, parent: QWidget) -> None:
    opened.menu.open_at(parent.mapToGlobal(QPoint(0, 0)))
    QTest.keyClick(opened.menu, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not parent.findChildren(MainMenu))
