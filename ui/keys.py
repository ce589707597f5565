"""Key presses → commands, by the keymap.

GUI thread. Chords with Ctrl or Alt and the function keys work wherever the focus is; plain keys only on the wall,
so that typing in the search box never changes it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.core.errors import ConfigError
from app.core.keymap import Keymap, canonical_chord

_WORKS_ANYWHERE = re.compile(r"(Ctrl|Alt|Meta)\+.*|(Shift\+)?F\d+")


class Keys:
    """Calls commands for chords.

    Args:
        window: whose shortcuts the global chords become.
        keymap: what each chord calls.
        run: carries a command text out.
    """

    def __init__(self, window: QWidget, keymap: Keymap, run: Callable[[str], None]) -> None:
        self._keymap = keymap
        self._run = run
        for chord, command in keymap.by_chord.items():
            if works_anywhere(chord):
                self._add_shortcut(window, chord, command)

    def _add_shortcut(self, window: QWidget, chord: str, command: str) -> None:
        spellings = [chord]
        if chord.endswith("Enter"):  # the main key and the number pad's are two keys to Qt
            spellings.append(chord.removesuffix("Enter") + "Return")
        for spelling in spellings:
            shortcut = QShortcut(QKeySequence.fromString(spelling), window)
            shortcut.activated.connect(lambda command=command: self._run(command))

    def press(self, event: QKeyEvent) -> bool:
        """A key was pressed on the wall; whether it means something there."""
        chord = chord_of(event)
        command = self._keymap.command(chord) if chord and not works_anywhere(chord) else None
        if command is None:
            return False
        self._run(command)
        return True


def works_anywhere(chord: str) -> bool:
    """Whether a chord cannot be mistaken for typing."""
    return _WORKS_ANYWHERE.fullmatch(chord) is not None


def chord_of(event: QKeyEvent) -> str | None:
    """The canonical chord of a key event; None for a bare modifier or a key that no keymap can name."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    combination = QKeyCombination(modifiers, Qt.Key(event.key()))
    text = QKeySequence(combination).toString(QKeySequence.SequenceFormat.PortableText)
    try:
        return canonical_chord(text)
    except ConfigError:
        return None
