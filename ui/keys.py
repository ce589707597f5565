"""Key presses → commands, by the keymap.

GUI thread. Chords with Ctrl or Alt and the function keys work wherever the focus is; plain keys only on the wall,
so that typing in the search box never changes it. Every window has its own `Keys`; all may have one keymap.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.core.chord import canonical_chord
from app.core.errors import ConfigError
from app.core.keymap import Keymap

_WORKS_ANYWHERE = re.compile(r"(Ctrl|Alt|Meta)\+.*|(Shift\+)?F\d+")


class Keys:
    """Calls commands for chords pressed in one window.

    Args:
        window: whose shortcuts the global chords become.
        keymap: what each chord calls.
        run: carries a command text out.
    """

    def __init__(self, window: QWidget, keymap: Keymap, run: Callable[[str], None]) -> None:
        self._window = window
        self._run = run
        self._shortcuts: list[QShortcut] = []
        self._keymap = keymap
        self._add_shortcuts()

    @property
    def keymap(self) -> Keymap:
        """What each chord calls now."""
        return self._keymap

    def replace(self, keymap: Keymap) -> None:
        """Let other chords count from now on."""
        for shortcut in self._shortcuts:
            shortcut.setEnabled(
                False
            )  # it goes with the next turn of the event loop, and must not fire until then
            shortcut.deleteLater()
        self._shortcuts = []
        self._keymap = keymap
        self._add_shortcuts()

    def _add_shortcuts(self) -> None:
        for chord, command in self._keymap.by_chord.items():
            if works_anywhere(chord):
                self._shortcuts += [self._shortcut(spelling, command) for spelling in _spellings(chord)]

    def _shortcut(self, spelling: str, command: str) -> QShortcut:
        shortcut = QShortcut(QKeySequence.fromString(spelling), self._window)
        shortcut.activated.connect(lambda: self._run(command))
        return shortcut

    def press(self, event: QKeyEvent) -> bool:
        """A key was pressed on the wall; whether it means something there."""
        chord = chord_of(event)
        command = self._keymap.command(chord) if chord and not works_anywhere(chord) else None
        if command is None:
            return False
        self._run(command)
        return True


def _spellings(chord: str) -> tuple[str, ...]:
    """A chord as Qt knows it: the main Enter key and the number pad's are two keys to it."""
    if chord.endswith("Enter"):
        return chord, chord.removesuffix("Enter") + "Return"
    return (chord,)


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
