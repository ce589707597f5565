"""The menu of one tile: the commands that concern it, with their keys.

GUI thread.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from app.core.keymap import Keymap
from ui.chord_texts import chord_words
from ui.command_palette import WhyNot
from ui.command_texts import command_tip, command_words
from ui.plain_text import plain_action
from ui.texts import tr

GROUPS: tuple[tuple[str, ...], ...] = (
    ("maximise", "zoom-in", "zoom-reset"),
    ("statistics", "snapshot", "purpose", "incident"),
    ("previous-content", "next-content", "hotspot"),
    ("clear",),
)
"""Command texts, a line between the groups."""


class TileMenu(QMenu):
    """The menu; it deletes itself when it closes.

    Args:
        number: the tile's.
        name: what it shows; empty where that is nothing.
        keymap: what each chord calls.
        run: carries a command text out for this tile.
        why_not: why a command does nothing just now.
        parent: the window that it belongs to.
    """

    def __init__(
        self,
        number: int,
        name: str,
        keymap: Keymap,
        run: Callable[[str], None],
        why_not: WhyNot,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._keymap = keymap
        self._run = run
        self._why_not = why_not
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(tr("Menu", "Tile {0}", number))
        self.setToolTipsVisible(True)
        title = self.addAction(plain_action(tr("Menu", "Tile {0}", number) + (f" · {name}" if name else "")))
        title.setEnabled(False)
        for group in GROUPS:
            self.addSeparator()
            for command in group:
                self._add(command)

    def _add(self, command: str) -> None:
        chord = next(map(chord_words, self._keymap.chords(command)), "")
        action = self.addAction(f"{plain_action(command_words(command))}\t{chord}".rstrip("\t"))
        why = self._why_not(command)
        action.setEnabled(not why)
        action.setToolTip(why or command_tip(command))
        action.triggered.connect(lambda _checked=False: self._run(command))
