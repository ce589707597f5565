"""The page that asks with which police units a layout is to be shared.

GUI thread. It opens when the officer asks for it, never by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.core.saved_layout import SavedLayout
from app.core.shared import Unit
from ui.branch_texts import unit_words
from ui.overlay import Overlay
from ui.page_parts import ROW_PX, PageRows, key_button, row_of
from ui.plain_label import plain_label
from ui.plain_text import plain
from ui.texts import tr

WIDTH_PX = 480
ROWS_MOST = 12
"""As many as are seen without scrolling."""
Share = Callable[[str, tuple[str, ...]], None]
"""Takes the unit that the layout belongs to, and those that read it."""


class SharePage(Overlay):
    """The units, each to be ticked.

    Args:
        parent: the wall view it lies over.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(tr("Shared", "Share a layout"), parent)
        self._share: Share = lambda _unit, _readers: None
        self._units: tuple[Unit, ...] = ()
        self._unit = ""
        self.ticked: set[str] = set()
        self.hint = plain_label("pageHint", wraps=True)
        self.rows = PageRows(tr("Shared", "Units that read it"), ("", ""), wide=1, has_header=False)
        self.rows.cellClicked.connect(lambda row, _column: self.toggle(row))
        self.share_button = key_button(tr("Shared", "Share"), "Ctrl+Enter")
        self.share_button.setObjectName("pageMainButton")
        self.share_button.clicked.connect(lambda: self.share())
        self.close_button = key_button(tr("Ask", "Cancel"), "Esc")
        self.close_button.clicked.connect(lambda: self.put_away())
        self.box.addWidget(self.hint)
        self.box.addWidget(self.rows, 1)
        self.box.addLayout(row_of((self.share_button, self.close_button)))
        self.setFixedWidth(WIDTH_PX)

    def ask(self, layout: SavedLayout, units: Sequence[Unit], share: Share) -> None:
        """Ask for a layout; open the page afterwards.

        Args:
            layout: it.
            units: those that it can be shared with, the one that has all cameras first.
            share: does it.
        """
        mark = layout.shared
        self._share = share
        self._units = tuple(units)
        self._unit = mark.unit if mark is not None else units[0].code
        self.ticked = set(mark.readers) if mark is not None else {units[0].code}
        self.title.setText(tr("Shared", "Share ‘{0}’ with", plain(layout.name)))
        hint = tr("Shared", "Space ticks a unit. You and the chiefs of {0} change it; others read it.", self._unit)
        self.hint.setText(hint)
        self._show(0)

    def _show(self, row: int) -> None:
        rows = [("☑" if unit.code in self.ticked else "☐", unit_words(unit)) for unit in self._units]
        self.rows.show_rows(rows, row)
        self.rows.setMinimumHeight(ROW_PX * min(len(rows), ROWS_MOST) + 4)

    def toggle(self, row: int) -> None:
        """Tick a unit, or take its tick away."""
        if 0 <= row < len(self._units):
            self.ticked ^= {self._units[row].code}
            self._show(row)

    def share(self) -> None:
        """Do it, and put the page away."""
        readers = tuple(unit.code for unit in self._units if unit.code in self.ticked)
        others = tuple(sorted(self.ticked - {unit.code for unit in self._units}))
        self.put_away()
        self._share(self._unit, (*readers, *others))

    def open(self, is_native: bool) -> None:
        """Show the page; the first unit has the focus."""
        super().open(is_native)
        self.rows.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.presses_button(event):
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.share()
        elif event.key() == Qt.Key.Key_Space:
            self.toggle(self.rows.currentRow())
        else:
            super().keyPressEvent(event)
