"""The page of keys, made from the keymap itself, so that it can never be out of date.

GUI thread.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from app.core.keymap import Keymap
from ui.overlay import Overlay
from ui.side_panel import plain_label
from ui.texts import command_words, tr

_COLUMNS = 2


class HelpOverlay(Overlay):
    """Every chord and what it does, in the middle of the wall.

    Args:
        keymap: the chords.
        parent: the wall view it lies over.
    """

    def __init__(self, keymap: Keymap, parent: QWidget) -> None:
        super().__init__(tr("Keys", "Keys"), parent)
        hint = plain_label("pageHint")
        hint.setText(
            tr("Keys", "Mouse: double-click fills the wall · drag swaps tiles · right-click opens the menu")
        )
        self.box.addLayout(self._grid(keymap))
        self.box.addWidget(hint)

    def _grid(self, keymap: Keymap) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(6)
        entries = _chords_by_words(keymap)
        rows = -(-len(entries) // _COLUMNS)
        for position, (text, chords) in enumerate(entries.items()):
            row, column = position % rows, position // rows * 3
            grid.addLayout(self._chords(chords), row, column)
            words = plain_label("words")
            words.setText(text)
            grid.addWidget(words, row, column + 1)
        for gap in range(2, _COLUMNS * 3 - 1, 3):
            grid.setColumnMinimumWidth(gap, 24)
        return grid

    def _chords(self, chords: list[str]) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(6)
        for chord in chords:
            label: QLabel = plain_label("chord")
            label.setText(chord_words(chord))
            line.addWidget(label)
        line.addStretch()
        return line

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.put_away()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.put_away()


def _chords_by_words(keymap: Keymap) -> dict[str, list[str]]:
    """What can be done, in the keymap's order, and the chords that do it."""
    entries: dict[str, list[str]] = {}
    for chord, command in keymap.by_chord.items():
        entries.setdefault(command_words(command), []).append(chord)
    return entries


def chord_words(chord: str) -> str:
    """A chord as it is printed on keyboards: arrows as signs."""
    signs = {"Left": "←", "Right": "→", "Up": "↑", "Down": "↓"}
    return "+".join(signs.get(part, part) for part in chord.split("+"))
