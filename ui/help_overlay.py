"""The page of keys, made from the keymap itself, so that it can never be out of date.

GUI thread.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.core.keymap import Keymap
from ui.side_panel import plain_label
from ui.texts import command_words, tr

_COLUMNS = 2


class HelpOverlay(QFrame):
    """Every chord and what it does, in the middle of the wall.

    Args:
        keymap: the chords.
        parent: the wall view it lies over.

    Signals:
        closed: it was put away.
    """

    closed = Signal()

    def __init__(self, keymap: Keymap, parent: QWidget) -> None:
        super().__init__(parent)
        self._view = parent
        self.setObjectName("help")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Keys", "Keys"))
        title = plain_label("helpTitle")
        title.setText(tr("Keys", "Keys"))
        hint = plain_label("helpHint")
        hint.setText(
            tr("Keys", "Mouse: double-click fills the wall · drag swaps tiles · right-click opens the menu")
        )
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 20, 24, 20)
        box.setSpacing(14)
        box.addWidget(title)
        box.addLayout(self._grid(keymap))
        box.addWidget(hint)
        self.hide()

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

    def open(self, is_native: bool) -> None:
        """Show the page.

        Args:
            is_native: there are native windows below, which only a native widget can cover.
        """
        if is_native:
            self.setAttribute(Qt.WidgetAttribute.WA_DontCreateNativeAncestors)
            self.setAttribute(Qt.WidgetAttribute.WA_NativeWindow)
        self.place()
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def place(self) -> None:
        """Take the middle of the wall."""
        self.adjustSize()
        area = self._view.rect()
        self.resize(min(self.width(), area.width()), min(self.height(), area.height()))
        self.move(area.center() - self.rect().center())

    def put_away(self) -> None:
        """Hide the page."""
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
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
