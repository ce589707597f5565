"""The palette finds every command by a few letters and runs it by keyboard alone."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.core.command_table import COMMANDS, CommandEntry, Need, Offers, missing_need
from app.core.keymap import Keymap
from tests.fakes.fake_console import a_console
from ui.command_list import ROW_PX
from ui.command_palette import CommandPalette
from ui.command_texts import command_words, need_sentence
from ui.theme import Theme
from ui.wall_app import load_keymap

OFFERS = Offers(("4", "1+5"), ("Gambir pagi", "Operasi & <b>arus</b>"), ("Malam",), ("Alarm",))
KEYMAP = Keymap({"Ctrl+S": "save-layout", "Del": "clear", "Alt+2": "layout 4"})


def why_not(command: str) -> str:
    """As a window says it whose selected tile is empty."""
    return need_sentence(missing_need(command, frozenset({Need.TILE})))


@pytest.fixture
def palette(qtbot: QtBot, theme: Theme) -> CommandPalette:
    view = QWidget()
    view.resize(724, 566)
    qtbot.addWidget(view)
    view.show()
    qtbot.waitExposed(view)
    view.activateWindow()
    palette = CommandPalette(theme, view)
    palette.offer(KEYMAP, OFFERS, why_not)
    palette.open(is_native=False)
    qtbot.waitUntil(palette.search.hasFocus)
    return palette


def titles(palette: CommandPalette) -> list[str]:
    return [row.title for row in palette.list.rows]


def test_it_opens_with_everything_that_can_be_asked(palette: CommandPalette) -> None:
    listed = [row.command for row in palette.list.rows]
    assert listed == [command for entry in COMMANDS for command in OFFERS.commands(entry)]


@pytest.mark.parametrize("entry", COMMANDS, ids=lambda entry: entry.text)
def test_every_command_is_found_by_its_title_and_by_its_name(
    entry: CommandEntry, qtbot: QtBot, theme: Theme
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    palette = CommandPalette(theme, parent)
    palette.offer(load_keymap(a_console().layouts), OFFERS, lambda _: "")
    for command in OFFERS.commands(entry):
        palette.search.setText(command_words(command))
        assert command == palette.list.rows[0].command
        palette.search.setText(command)
        assert command in [row.command for row in palette.list.rows]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("sav", "Save the layout"),
        ("gambir", "Open Gambir pagi"),
        ("tour mal", "Tour Malam"),
        ("arus", "Open Operasi & <b>arus</b>"),
        ("nlay", "Next layout"),
        ("alt+2", "Layout 4"),
    ],
)
def test_a_few_letters_bring_the_wanted_one_to_the_top(typed: str, first: str, palette: CommandPalette) -> None:
    QTest.keyClicks(palette.search, typed)
    assert titles(palette)[0] == first


def test_enter_runs_the_chosen_one_with_the_page_put_away(qtbot: QtBot, palette: CommandPalette) -> None:
    QTest.keyClicks(palette.search, "layout 4")
    with qtbot.waitSignal(palette.chosen) as chosen:
        palette.chosen.connect(lambda _: hidden.append(palette.isHidden()))
        hidden: list[bool] = []
        QTest.keyClick(palette.search, Qt.Key.Key_Return)
    assert chosen.args == ["layout 4"]
    assert hidden == [True]


def test_arrows_and_pages_move_while_the_search_box_keeps_the_focus(palette: CommandPalette) -> None:
    def row() -> int:
        return palette.list.currentIndex().row()

    moves = [Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up]
    for key in moves:
        QTest.keyClick(palette.search, key)
    assert row() == 1
    QTest.keyClick(palette.search, Qt.Key.Key_PageDown)
    assert row() == 1 + palette.list.page_rows()
    QTest.keyClick(palette.search, Qt.Key.Key_PageUp)
    QTest.keyClick(palette.search, Qt.Key.Key_Up)
    QTest.keyClick(palette.search, Qt.Key.Key_Up)
    assert row() == 0 and palette.search.hasFocus()


def test_what_does_nothing_now_is_grey_says_why_and_does_not_run(qtbot: QtBot, palette: CommandPalette) -> None:
    QTest.keyClicks(palette.search, "clear the tile")
    row = palette.list.current()
    assert row is not None and (row.command, row.is_possible) == ("clear", False)
    assert row.note == "Select a tile with a camera first."
    with qtbot.assertNotEmitted(palette.chosen):
        QTest.keyClick(palette.search, Qt.Key.Key_Return)
    assert palette.isVisible()


def test_a_double_click_runs_a_row(qtbot: QtBot, palette: CommandPalette) -> None:
    place = QPoint(20, ROW_PX // 2)
    with qtbot.waitSignal(palette.chosen) as chosen:
        QTest.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
        QTest.mouseDClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args == ["select left"]


def test_nothing_found_is_said_and_runs_nothing(qtbot: QtBot, palette: CommandPalette) -> None:
    QTest.keyClicks(palette.search, "qqq")
    assert titles(palette) == [] and "Nothing is called so" in palette.hint.text()
    with qtbot.assertNotEmitted(palette.chosen):
        QTest.keyClick(palette.search, Qt.Key.Key_Return)


def test_esc_puts_it_away(qtbot: QtBot, palette: CommandPalette) -> None:
    with qtbot.waitSignal(palette.closed):
        QTest.keyClick(palette.search, Qt.Key.Key_Escape)
    assert palette.isHidden()


def test_it_opens_anew_with_an_empty_box_and_keeps_the_row_when_offers_change(palette: CommandPalette) -> None:
    QTest.keyClicks(palette.search, "malam")
    palette.offer(KEYMAP, Offers(tours=("Malam", "Subuh")), why_not)
    row = palette.list.current()
    assert row is not None and row.command == "tour Malam"
    palette.put_away()
    palette.open(is_native=False)
    assert palette.search.text() == "" and palette.list.currentIndex().row() == 0


def test_a_row_is_told_in_words(palette: CommandPalette) -> None:
    QTest.keyClicks(palette.search, "save the layout")
    index = palette.list.currentIndex()
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Save the layout, Ctrl+S, Layout"
    assert palette.accessibleName() and palette.search.accessibleName() and palette.list.accessibleName()


def test_a_keystroke_among_hundreds_of_layouts_is_answered_soon(palette: CommandPalette) -> None:
    palette.offer(KEYMAP, Offers(saved_layouts=tuple(f"Kelurahan {number}" for number in range(400))), why_not)
    began_s = time.monotonic()
    QTest.keyClicks(palette.search, "kel 39")
    assert time.monotonic() - began_s < 5.0, "measured: some milliseconds a letter"
    assert titles(palette)[0] == "Open Kelurahan 39"
