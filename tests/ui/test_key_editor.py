"""The key editor: new keys, conflicts by name, keys as delivered; all of it by keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.core.command_table import COMMANDS, Offers
from app.core.keymap import Keymap
from ui.command_list import CommandRow
from ui.key_editor import KeyEditor
from ui.theme import Theme

DEFAULT = Keymap(
    {
        "Ctrl+S": "save-layout",
        "Ctrl+Shift+S": "save-layout-as",
        "F11": "full-screen",
        "Alt+Enter": "full-screen",
        "Ctrl+Z": "undo",
        "Ctrl+K": "keys",
        "Alt+S": "snapshot",
        "0": "zoom-reset",
    }
)
OFFERS = Offers(("4", "1+5"), ("Gambir pagi",))
NONE, CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


class Edited:
    """An open editor, and the keymaps that came out of it."""

    def __init__(self, theme: Theme, view: QWidget, keymap: Keymap = DEFAULT) -> None:
        self.page = KeyEditor(DEFAULT, theme, view)
        self.page.edit(keymap, OFFERS)
        self.page.open(is_native=False)
        self.keymaps: list[Keymap] = []
        self.page.changed.connect(self.keymaps.append)

    def find(self, text: str) -> CommandRow:
        self.page.search.setFocus()
        self.page.search.setText(text)
        return self.row()

    def row(self) -> CommandRow:
        row = self.page.list.current()
        assert row is not None
        return row

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """On whatever has the focus, as a keyboard does."""
        focused = QApplication.focusWidget()
        assert focused is not None and self.page.isAncestorOf(focused)
        QTest.keyClick(focused, key, modifiers)

    def press_button(self, button: QWidget) -> None:
        """Tab until the button has the focus, then Enter."""
        for _ in range(10):
            if button.hasFocus():
                break
            self.press(Qt.Key.Key_Tab)
        assert button.hasFocus()
        self.press(Qt.Key.Key_Return)


@pytest.fixture
def view(qtbot: QtBot) -> QWidget:
    view = QWidget()
    view.resize(724, 566)
    qtbot.addWidget(view)
    view.show()
    qtbot.waitExposed(view)
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)
    return view


@pytest.fixture
def edited(theme: Theme, view: QWidget) -> Edited:
    return Edited(theme, view)


def test_every_command_is_listed_with_its_keys(edited: Edited) -> None:
    rows = {row.command: row.chords for row in edited.page.list.rows}
    assert list(rows) == [command for entry in COMMANDS for command in OFFERS.commands(entry)]
    assert rows["full-screen"] == ("F11", "Alt+Enter") and rows["open Gambir pagi"] == ()


@pytest.mark.parametrize(
    ("query", "command"), [("gambir", "open Gambir pagi"), ("snap", "snapshot"), ("alt+enter", "full-screen")]
)
def test_a_command_is_found_by_its_words_and_by_its_keys(query: str, command: str, edited: Edited) -> None:
    assert edited.find(query).command == command


@pytest.mark.parametrize(
    ("key", "modifiers", "chord"),
    [
        (Qt.Key.Key_G, CTRL, "Ctrl+G"),
        (Qt.Key.Key_H, SHIFT, "Shift+H"),
        (Qt.Key.Key_Plus, CTRL, "Ctrl++"),
        (Qt.Key.Key_Backtab, CTRL | SHIFT, "Ctrl+Shift+Tab"),
        (Qt.Key.Key_F5, NONE, "F5"),
        (Qt.Key.Key_Escape, CTRL, "Ctrl+Esc"),
    ],
)
def test_enter_then_new_keys_gives_them_to_the_command(
    key: Qt.Key, modifiers: Qt.KeyboardModifier, chord: str, edited: Edited
) -> None:
    edited.find("snapshot")
    edited.press(Qt.Key.Key_Return)
    assert edited.page.capture.hasFocus() and "“Snapshot”" in edited.page.capture.text()
    edited.press(key, modifiers)
    assert [keymap.command(chord) for keymap in edited.keymaps] == ["snapshot"]
    assert edited.row().chords == ("Alt+S", chord) and edited.row().note == "changed"
    assert edited.page.search.hasFocus()


def test_a_shortcut_of_the_window_does_not_fire_while_keys_are_awaited(edited: Edited, view: QWidget) -> None:
    fired: list[None] = []
    shortcut = QShortcut(QKeySequence("Ctrl+G"), view)
    shortcut.activated.connect(lambda: fired.append(None))
    edited.find("snapshot")
    edited.press(Qt.Key.Key_Return)
    edited.press(Qt.Key.Key_G, CTRL)
    assert fired == [] and edited.keymaps[-1].command("Ctrl+G") == "snapshot"


def test_keys_of_another_command_are_taken_over_only_when_agreed(edited: Edited) -> None:
    edited.find("take the last")
    edited.press(Qt.Key.Key_Return)
    edited.press(Qt.Key.Key_S, CTRL)
    assert edited.page.question.text() == "Ctrl+S now does “Save the layout”. Take it over?"
    assert edited.keymaps == [] and edited.page.agree.hasFocus()
    edited.press(Qt.Key.Key_Return)
    assert [keymap.command("Ctrl+S") for keymap in edited.keymaps] == ["undo"]
    loser = edited.find("save the layout")
    assert (loser.note, loser.is_warning, loser.chords) == ("Ctrl+S is with “Take the last change back”", True, ())


@pytest.mark.parametrize("way", ["esc", "button"])
def test_a_conflict_that_is_left_changes_nothing(way: str, edited: Edited) -> None:
    edited.find("take the last")
    edited.press(Qt.Key.Key_Return)
    edited.press(Qt.Key.Key_S, CTRL)
    if way == "esc":
        edited.press(Qt.Key.Key_Escape)
    else:
        edited.press_button(edited.page.leave)
    assert edited.keymaps == [] and edited.page.isVisible() and edited.page.search.hasFocus()


@pytest.mark.parametrize(
    ("key", "modifiers", "sentence"),
    [
        (Qt.Key.Key_5, NONE, "Digits, point and comma call up cameras"),
        (Qt.Key.Key_0, NONE, "Digits, point and comma call up cameras"),
        (Qt.Key.Key_Comma, NONE, "Digits, point and comma call up cameras"),
        (Qt.Key.Key_Period, NONE, "Digits, point and comma call up cameras"),
        (Qt.Key.Key_Tab, NONE, "Tab moves from one field to the next"),
        (Qt.Key.Key_VolumeUp, NONE, "This key cannot be used"),
    ],
)
def test_keys_that_cannot_be_had_are_refused_and_others_awaited(
    key: Qt.Key, modifiers: Qt.KeyboardModifier, sentence: str, edited: Edited
) -> None:
    edited.find("snapshot")
    edited.press(Qt.Key.Key_Return)
    edited.press(key, modifiers)
    assert edited.page.hint.text().startswith(sentence) and edited.page.capture.hasFocus()
    edited.press(Qt.Key.Key_G, CTRL)
    assert edited.keymaps[-1].command("Ctrl+G") == "snapshot"


def test_a_modifier_alone_or_a_key_held_down_is_no_chord_yet(edited: Edited) -> None:
    edited.find("snapshot")
    edited.press(Qt.Key.Key_Return)
    edited.press(Qt.Key.Key_Control, CTRL)
    QApplication.sendEvent(
        edited.page.capture, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, NONE, "", True, 1)
    )
    assert edited.page.capture.hasFocus() and edited.keymaps == []


@pytest.mark.parametrize("way", ["esc", "focus"])
def test_awaiting_keys_can_be_left(way: str, edited: Edited) -> None:
    edited.find("snapshot")
    edited.press(Qt.Key.Key_Return)
    if way == "esc":
        edited.press(Qt.Key.Key_Escape)
    else:
        edited.page.list.setFocus()
    assert not edited.page.capture.isVisible() and edited.page.new.isVisible() and edited.page.isVisible()
    assert edited.keymaps == []


def test_the_picture_zooms_back_with_the_keypads_zero_only_where_it_was_delivered(edited: Edited) -> None:
    edited.find("the whole picture")
    edited.press_button(edited.page.remove)
    assert edited.row().chords == ()
    edited.press_button(edited.page.new)
    edited.press(Qt.Key.Key_0)
    assert edited.keymaps[-1] == DEFAULT


def test_keys_are_taken_away_the_last_first(edited: Edited) -> None:
    edited.find("full screen")
    edited.press_button(edited.page.remove)
    assert edited.row().chords == ("F11",)
    edited.press_button(edited.page.remove)
    edited.press_button(edited.page.remove)
    assert edited.row().chords == () and len(edited.keymaps) == 2


def test_this_page_always_keeps_a_key(edited: Edited) -> None:
    edited.find("change keys")
    edited.press_button(edited.page.remove)
    assert edited.keymaps == [] and "must keep a key" in edited.page.hint.text()


def test_one_command_is_as_delivered_again(theme: Theme, view: QWidget) -> None:
    edited = Edited(theme, view, DEFAULT.bound("F9", "snapshot").unbound("Alt+S"))
    edited.find("snapshot")
    edited.press_button(edited.page.reset_one)
    assert edited.keymaps == [DEFAULT]


def test_a_delivered_key_that_has_another_owner_is_asked_for(theme: Theme, view: QWidget) -> None:
    edited = Edited(theme, view, DEFAULT.bound("Ctrl+S", "undo"))
    edited.find("save the layout")
    edited.press_button(edited.page.reset_one)
    assert "Ctrl+S now does “Take the last change back”" in edited.page.question.text()
    edited.press(Qt.Key.Key_Return)
    assert edited.keymaps == [DEFAULT]


def test_all_keys_are_as_delivered_when_agreed(theme: Theme, view: QWidget) -> None:
    edited = Edited(theme, view, DEFAULT.bound("Ctrl+S", "undo").unbound("F11").bound("F5", "undo"))
    edited.press_button(edited.page.reset_all)
    assert "Keys that differ now: 3." in edited.page.question.text()
    edited.press(Qt.Key.Key_Return)
    assert edited.keymaps == [DEFAULT]
    edited.press_button(edited.page.reset_all)
    assert edited.keymaps == [DEFAULT] and edited.page.hint.text() == "All keys are as delivered."


def test_with_nothing_found_nothing_happens(edited: Edited) -> None:
    edited.page.search.setText("qqqq")
    assert edited.page.hint.text().startswith("No command is called so")
    for button in (edited.page.new, edited.page.remove, edited.page.reset_one):
        edited.press_button(button)
    assert edited.keymaps == [] and edited.page.new.isVisible()


def test_esc_puts_the_page_away(edited: Edited) -> None:
    edited.press(Qt.Key.Key_Escape)
    assert edited.page.isHidden()


def test_everything_on_it_has_a_name_and_is_reached_by_tab(edited: Edited) -> None:
    page = edited.page
    wanted = {page.search, page.list, page.new, page.remove, page.reset_one, page.reset_all}
    reached = set()
    for _ in range(12):
        focused = QApplication.focusWidget()
        assert focused is not None and focused.accessibleName()
        reached.add(focused)
        edited.press(Qt.Key.Key_Tab)
    assert wanted <= reached
