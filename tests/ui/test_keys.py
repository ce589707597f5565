"""Key presses become commands, in several windows and with keys that change while they run."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.core.keymap import Keymap
from tests.fakes.fake_console import a_console
from ui.keys import Keys, chord_of, works_anywhere
from ui.wall_app import load_keymap

NONE, CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
KEYMAP = Keymap(
    {
        "Ctrl+S": "save-layout",
        "Alt+Enter": "full-screen",
        "Ctrl++": "zoom-in",
        "Ctrl+Tab": "next-monitor",
        "Ctrl+Shift+Tab": "previous-monitor",
        "Shift+H": "hotspot off",
        "+": "undo",
        "Shift+Backspace": "next-content",
    }
)


class Window(QWidget):
    """A window with a search box, whose plain keys are the wall's."""

    def __init__(self, keymap: Keymap = KEYMAP) -> None:
        super().__init__()
        self.ran: list[str] = []
        self.box = QLineEdit()
        box = QVBoxLayout(self)
        box.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        box.addWidget(self.box)
        self.keys = Keys(self, keymap, self.ran.append)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt names it)
        if not (self.hasFocus() and self.keys.press(event)):
            super().keyPressEvent(event)


def shown(qtbot: QtBot, window: Window) -> Window:
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    window.setFocus()
    qtbot.waitUntil(window.hasFocus)
    return window


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    return shown(qtbot, Window())


@pytest.mark.parametrize(
    ("key", "modifiers", "chord"),
    [
        (Qt.Key.Key_H, SHIFT, "Shift+H"),
        (Qt.Key.Key_H, NONE, "H"),
        (Qt.Key.Key_Plus, SHIFT, "+"),
        (Qt.Key.Key_Plus, CTRL, "Ctrl++"),
        (Qt.Key.Key_Plus, CTRL | SHIFT, "Ctrl++"),
        (Qt.Key.Key_Minus, CTRL | Qt.KeyboardModifier.KeypadModifier, "Ctrl+-"),
        (Qt.Key.Key_0, Qt.KeyboardModifier.KeypadModifier, "0"),
        (Qt.Key.Key_Space, SHIFT, "Shift+Space"),
        (Qt.Key.Key_Backtab, CTRL | SHIFT, "Ctrl+Shift+Tab"),
        (Qt.Key.Key_Return, ALT, "Alt+Enter"),
        (Qt.Key.Key_Control, CTRL, None),
        (Qt.Key.Key_VolumeUp, NONE, None),
        (Qt.Key.Key_Odiaeresis, NONE, None),
    ],
)
def test_a_press_has_a_chord(key: Qt.Key, modifiers: Qt.KeyboardModifier, chord: str | None, qtbot: QtBot) -> None:
    assert chord_of(QKeyEvent(QEvent.Type.KeyPress, key, modifiers)) == chord


@pytest.mark.parametrize(
    ("chord", "anywhere"),
    [("Ctrl+S", True), ("Alt+1", True), ("F1", True), ("Shift+F10", True), ("Shift+H", False), ("+", False)],
)
def test_only_what_nobody_types_works_anywhere(chord: str, anywhere: bool) -> None:
    assert works_anywhere(chord) is anywhere


def test_global_keys_work_in_a_field_and_plain_ones_on_the_wall_only(window: Window) -> None:
    QTest.keyClick(window, Qt.Key.Key_H, SHIFT)
    QTest.keyClick(window, Qt.Key.Key_Plus, SHIFT)
    QTest.keyClick(window, Qt.Key.Key_Backspace, SHIFT)
    window.box.setFocus()
    QTest.keyClick(window.box, Qt.Key.Key_H, SHIFT)
    QTest.keyClick(window.box, Qt.Key.Key_S, CTRL)
    QTest.keyClick(window.box, Qt.Key.Key_Return, ALT)
    QTest.keyClick(window.box, Qt.Key.Key_Enter, ALT)
    assert window.ran == ["hotspot off", "undo", "next-content", "save-layout", "full-screen", "full-screen"]


def test_plus_and_tab_with_ctrl_are_keys_like_others(window: Window) -> None:
    window.box.setFocus()
    QTest.keyClick(window.box, Qt.Key.Key_Plus, CTRL)
    QTest.keyClick(window.box, Qt.Key.Key_Tab, CTRL)
    QTest.keyClick(window.box, Qt.Key.Key_Backtab, CTRL | SHIFT)
    assert window.ran == ["zoom-in", "next-monitor", "previous-monitor"]
    assert window.box.hasFocus()


def test_two_windows_have_one_keymap_and_each_its_own_commands(qtbot: QtBot, window: Window) -> None:
    other = shown(qtbot, Window())
    QTest.keyClick(other, Qt.Key.Key_S, CTRL)
    assert (window.ran, other.ran) == ([], ["save-layout"])


def test_keys_change_at_run_time_at_once_and_without_leftovers(qtbot: QtBot, window: Window) -> None:
    window.keys.replace(Keymap({"Ctrl+G": "save-layout", "Ctrl+S": "undo"}))
    QTest.keyClick(window, Qt.Key.Key_S, CTRL)
    QTest.keyClick(window, Qt.Key.Key_G, CTRL)
    QTest.keyClick(window, Qt.Key.Key_H, SHIFT)
    assert window.ran == ["undo", "save-layout"]
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qtbot.waitUntil(lambda: len(window.findChildren(QShortcut)) == 2)
    assert window.keys.keymap.command("Ctrl+G") == "save-layout"


def test_every_delivered_key_reaches_its_command(qtbot: QtBot) -> None:
    keymap = load_keymap(a_console().layouts)
    window = shown(qtbot, Window(keymap))
    reached = {}
    for chord in keymap.by_chord:
        window.ran.clear()
        combination = QKeySequence.fromString(chord)[0]
        QTest.keyClick(window, combination.key(), combination.keyboardModifiers())
        reached[chord] = window.ran[:]
    assert reached == {chord: [command] for chord, command in keymap.by_chord.items()}
