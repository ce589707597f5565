"""A sentence that takes the room that there is: cut at its end where that is too little, whole in its tooltip.

GUI thread.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from ui.plain_text import plain, plain_tooltip


class PassingMessage(QLabel):
    """The line of the tray that says what has just happened; `text()` is the whole sentence."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("message")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._side = Qt.AlignmentFlag.AlignCenter

    def align_left(self) -> None:
        """Begin at the left edge instead of standing in the middle."""
        self._side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter

    def show_sentence(self, sentence: str) -> None:
        """Show a sentence; an empty one clears the line."""
        self.setText(plain(sentence))
        self.setToolTip(plain_tooltip([sentence]) if sentence else "")

    @property
    def shown(self) -> str:
        """What there is room for: the sentence, or its beginning and an ellipsis."""
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setPen(self.palette().color(self.foregroundRole()))
            painter.drawText(self.rect(), self._side | Qt.TextFlag.TextSingleLine, self.shown)
