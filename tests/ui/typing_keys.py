"""Hands on a keyboard: every key goes to what has the focus, as on a real desk."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

NO_KEY = Qt.KeyboardModifier.NoModifier
CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = NO_KEY) -> None:
    """Press a key."""
    QTest.keyClick(_focused(), key, modifiers)


def write(text: str) -> None:
    """Type a text; what was chosen in a line of text is replaced by it."""
    for character in text:
        QTest.keyClicks(_focused(), character)


def _focused() -> QWidget:
    focused = QApplication.focusWidget()
    assert focused is not None, "nothing has the focus"
    return focused
