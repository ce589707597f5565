"""A row of a few choices of which one holds: arrow keys or a click switch, Tab reaches it once.

GUI thread.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QWidget

from ui.theme import Theme

HEIGHT_PX = 28
_FONT_PX = 12


class Segments(QWidget):
    """The choices, side by side.

    Args:
        name: what is chosen, for screen readers.
        texts: the choices.
        theme: colours and fonts.

    Signals:
        switched: another choice holds (its number, from 0).
    """

    switched = Signal(int)

    def __init__(self, name: str, texts: Sequence[str], theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        for number, text in enumerate(texts):
            segment = _Segment(text, theme, self)
            self._group.addButton(segment, number)
            box.addWidget(segment, segment.sizeHint().width())
        self._group.button(0).setChecked(True)
        self._group.idToggled.connect(self._toggled)

    @property
    def current(self) -> int:
        """The number of the choice that holds."""
        return self._group.checkedId()

    def switch(self, number: int) -> None:
        """Let another choice hold."""
        self._group.button(number).setChecked(True)

    def step(self, step: int) -> None:
        """The next (+1) or previous (-1) choice; after the last comes the first."""
        self.switch((self.current + step) % len(self._group.buttons()))

    def _toggled(self, number: int, is_checked: bool) -> None:
        if is_checked:
            self.switched.emit(number)


class _Segment(QAbstractButton):
    """One choice."""

    def __init__(self, text: str, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setFont(theme.font(_FONT_PX))
        self.setFixedHeight(HEIGHT_PX)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        return QSize(round(QFontMetricsF(self.font()).horizontalAdvance(self.text())) + 12, HEIGHT_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            is_lit = self.isChecked() or self.underMouse()
            painter.setPen(self._theme.color("accent") if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("hovered" if is_lit else "raised"))
            painter.drawRoundedRect(box, 5, 5)
            if self.isChecked():
                mark = QRectF(box.left() + 6, box.bottom() - 2, box.width() - 12, 2)
                painter.fillRect(mark, self._theme.color("accent"))
            painter.setPen(self._theme.color("text" if self.isChecked() else "dim"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
