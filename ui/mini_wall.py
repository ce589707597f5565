"""A post's monitor in small: one field a tile, with its number and its state's shape and colour.

GUI thread. Arrows move through the tiles; what the chosen one shows is said beside it.
"""

from __future__ import annotations

import math

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.core.remote import MonitorReport, TileReport
from ui.icons import draw_sign
from ui.theme import Theme
from ui.tile_overlays import sign_color

GAP_PX = 3
ICON_PART, ICON_MOST_PX = 0.4, 22.0
NUMBER_PX = 11
LOST_OPACITY = 0.35
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
}


class MiniWall(QWidget):
    """One monitor.

    Args:
        theme: colours and fonts.

    Attributes:
        monitor: what is shown; None before anything is known.
        chosen: the number of the chosen tile.

    Signals:
        moved: another tile is chosen.
    """

    moved = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.monitor: MonitorReport | None = None
        self.chosen = 1
        self._is_lost = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(240, 150)

    def show_monitor(self, monitor: MonitorReport, is_lost: bool) -> None:
        """Show a monitor's last report.

        Args:
            is_lost: whether that is so old that nothing of it counts.
        """
        if self.monitor is not None and (self.monitor.shape, self._is_lost) == (monitor.shape, is_lost):
            self.monitor = monitor
            return
        self.monitor, self._is_lost = monitor, is_lost
        self.chosen = max(1, min(self.chosen, len(monitor.tiles)))
        self.update()

    @property
    def tile(self) -> TileReport | None:
        """What the chosen tile shows."""
        tiles = self.monitor.tiles if self.monitor is not None else ()
        return next((each for each in tiles if each.tile == self.chosen), None)

    def choose(self, number: int) -> None:
        """Stand on a tile, if there is such a one."""
        if self.monitor is not None and 1 <= number <= len(self.monitor.tiles) and number != self.chosen:
            self.chosen = number
            self.update()
            self.moved.emit()

    # ---- where tiles are

    def _columns(self) -> int:
        return math.isqrt(max(1, len(self.monitor.tiles) if self.monitor else 1) - 1) + 1

    def rect_of(self, number: int) -> QRectF:
        """Where a tile lies: reports say what tiles show, not how their grid looks."""
        columns = self._columns()
        rows = -(-len(self.monitor.tiles if self.monitor else (1,)) // columns)
        width, height = (self.width() + GAP_PX) / columns, (self.height() + GAP_PX) / rows
        row, column = divmod(number - 1, columns)
        return QRectF(column * width, row * height, width - GAP_PX, height - GAP_PX)

    def _number_at(self, place: QPoint) -> int:
        tiles = self.monitor.tiles if self.monitor is not None else ()
        return next((each.tile for each in tiles if self.rect_of(each.tile).contains(place)), self.chosen)

    # ---- Qt

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.monitor is None:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(self._theme.font(NUMBER_PX, True))
            for tile in self.monitor.tiles:
                self._paint_tile(painter, tile)

    def _paint_tile(self, painter: QPainter, tile: TileReport) -> None:
        box = self.rect_of(tile.tile)
        is_chosen = tile.tile == self.chosen and self.hasFocus()
        painter.setPen(QPen(self._theme.color("selection" if is_chosen else "line"), 2 if is_chosen else 1))
        painter.setBrush(self._theme.color("panel"))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 3, 3)
        painter.setOpacity(LOST_OPACITY if self._is_lost else 1.0)
        painter.setPen(self._theme.color("dim"))
        painter.drawText(box.adjusted(5, 2, -2, -2), Qt.AlignmentFlag.AlignTop, str(tile.tile))
        side = min(ICON_MOST_PX, ICON_PART * min(box.width(), box.height()))
        icon = QRectF(0, 0, side, side)
        icon.moveCenter(box.center())
        draw_sign(painter, tile.sign, icon, sign_color(self._theme, tile.sign))
        painter.setOpacity(1.0)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.choose(self._number_at(event.position().toPoint()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move; every other key is the page's."""
        key = event.key()
        if key in _STEPS:
            self.choose(self.chosen + _STEPS[Qt.Key(key)])
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.choose(self.chosen + (self._columns() if key == Qt.Key.Key_Down else -self._columns()))
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.moved.emit()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()
