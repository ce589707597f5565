"""A field with a few choices, for pages that have keys of their own.

GUI thread.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QComboBox

from ui.icons import draw_chevron
from ui.page_parts import ROW_PX

ARROW_PX = 14
SHORTEST = 8
"""Characters that the field has room for at least; a longer name ends in dots."""
_FOR_THE_PAGE = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class ChoiceField(QComboBox):
    """The field.

    Args:
        name: what is chosen, for screen readers.

    Signals:
        picked: an officer chose this row.
    """

    picked = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setMinimumHeight(ROW_PX)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(SHORTEST)
        self.activated.connect(self.picked)

    def pick(self, row: int) -> None:
        """Choose a row, as an officer does."""
        self.setCurrentIndex(row)
        self.picked.emit(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step with the arrows at once: some styles would open the list at each of them.

        Space and letters are Qt's, all others the page's: Qt would look for an entry that begins with Ctrl+S.
        """
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if event.modifiers() & _FOR_THE_PAGE or not event.text().isprintable():
            event.ignore()
        elif step is None:
            super().keyPressEvent(event)
        elif 0 <= self.currentIndex() + step < self.count():
            self.pick(self.currentIndex() + step)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the arrow, too: a style sheet that draws the border leaves it out, or cuts a corner off."""
        super().paintEvent(event)
        arrow = QRectF(0, 0, ARROW_PX, ARROW_PX)
        arrow.moveCenter(QPointF(self.width() - ARROW_PX, self.height() / 2))
        with QPainter(self) as painter:
            draw_chevron(painter, arrow, self.palette().color(QPalette.ColorRole.Text), is_open=True)
