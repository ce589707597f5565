"""A layout as it is edited: its tiles in miniature, and a selection of grid fields that mouse and arrow keys move.

GUI thread.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.core.grid_edit import free_fields
from app.core.grid_selection import GridSelection
from app.core.layout import Cell, Layout, uniform_layout
from ui.texts import tr
from ui.theme import Theme

SMALLEST = QSize(280, 158)
SHAPE = 16 / 9
"""Of a monitor, whatever the window's shape is now."""
_GAP_PX = 3
_NUMBER_PX = 13
_NAME_PX = 12
_PADDING_PX = 6
_SELECTED_ALPHA = 36
_ARROWS: Mapping[int, tuple[int, int]] = MappingProxyType(
    {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}
)


class GridPreview(QWidget):
    """The grid.

    Args:
        theme: colours and fonts.

    Attributes:
        selection: which fields are selected.

    Signals:
        selected: other fields are.
    """

    selected = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._grid = uniform_layout(1)
        self._names: Mapping[int, str] = {}
        self.selection = GridSelection.of(Cell(0, 0))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(SMALLEST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(tr("Editor", "Grid of the layout"))

    def show_grid(self, grid: Layout, names: Mapping[int, str]) -> None:
        """Show a layout.

        Args:
            grid: the layout.
            names: what stands on the tiles, by their numbers.
        """
        self._grid, self._names = grid, names
        self._select(self.selection.within(grid))
        self.update()

    def select(self, area: Cell) -> None:
        """Select a rectangle of fields."""
        self._select(GridSelection.of(area).within(self._grid))

    def select_all(self) -> None:
        """Select every field."""
        self.select(Cell(0, 0, self._grid.columns, self._grid.rows))

    def _select(self, selection: GridSelection) -> None:
        self.selection = selection
        self.setAccessibleDescription(self._selected_words())
        self.update()
        self.selected.emit()

    def _selected_words(self) -> str:
        area = self.selection.area(self._grid)
        tiles = [number for number, cell in enumerate(self._grid.cells, start=1) if cell.overlaps(area)]
        if len(tiles) == 1:
            return tr("Editor", "Tile {0}, {1}", tiles[0], self._names.get(tiles[0]) or tr("Editor", "empty"))
        spans = area.column_span, area.row_span
        if not tiles:
            return tr("Editor", "{0} × {1} free fields", *spans)
        return tr("Editor", "{0} × {1} fields with the tiles {2}", *spans, ", ".join(map(str, tiles)))

    # ---- geometry

    def _stage(self) -> QRectF:
        """The monitor's picture, as large as the widget holds."""
        room = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        width_px = min(room.width(), room.height() * SHAPE)
        stage = QRectF(0, 0, width_px, width_px / SHAPE)
        stage.moveCenter(room.center())
        return stage

    def box(self, cell: Cell) -> QRectF:
        """Where a rectangle of fields is drawn."""
        stage = self._stage()
        width_px, height_px = stage.width() / self._grid.columns, stage.height() / self._grid.rows
        box = QRectF(
            stage.x() + cell.column * width_px,
            stage.y() + cell.row * height_px,
            cell.column_span * width_px,
            cell.row_span * height_px,
        )
        gap_px = min(_GAP_PX, width_px / 4, height_px / 4) / 2
        return box.adjusted(gap_px, gap_px, -gap_px, -gap_px)

    def _field_at(self, position: QPointF) -> Cell:
        """The field at a point, or the nearest."""
        stage = self._stage()
        column = int((position.x() - stage.x()) / stage.width() * self._grid.columns)
        row = int((position.y() - stage.y()) / stage.height() * self._grid.rows)
        return Cell(min(max(column, 0), self._grid.columns - 1), min(max(row, 0), self._grid.rows - 1))

    def sizeHint(self) -> QSize:
        return QSize(560, 315)

    # ---- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(self._stage(), self._theme.color("ground"))
            for field in free_fields(self._grid):
                self._paint_free(painter, self.box(field))
            for number, cell in enumerate(self._grid.cells, start=1):
                self._paint_tile(painter, self.box(cell), number)
            self._paint_selection(painter, self.box(self.selection.area(self._grid)))

    def _paint_free(self, painter: QPainter, box: QRectF) -> None:
        pen = QPen(self._theme.color("faint"), 1)
        pen.setDashPattern([3, 4])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box)

    def _paint_tile(self, painter: QPainter, box: QRectF, number: int) -> None:
        painter.setPen(QPen(self._theme.color("line"), 1))
        painter.setBrush(self._theme.color("card"))
        painter.drawRoundedRect(box, 2, 2)
        room = box.adjusted(_PADDING_PX, _PADDING_PX / 2, -_PADDING_PX, -_PADDING_PX / 2)
        painter.setFont(self._theme.font(min(_NUMBER_PX, box.height() * 0.7), is_strong=True))
        painter.setPen(self._theme.color("text"))
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, str(number))
        self._paint_name(painter, room.adjusted(0, _NUMBER_PX + 4, 0, 0), self._names.get(number, ""))

    def _paint_name(self, painter: QPainter, room: QRectF, name: str) -> None:
        font = self._theme.font(_NAME_PX)
        metrics = QFontMetricsF(font)
        if not name or room.height() < metrics.height():
            return
        painter.setFont(font)
        painter.setPen(self._theme.color("dim"))
        text = metrics.elidedText(name, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_selection(self, painter: QPainter, box: QRectF) -> None:
        painter.setBrush(self._theme.color("selection", _SELECTED_ALPHA))
        pen = QPen(self._theme.color("selection"), 2)
        if not self.hasFocus():
            pen.setStyle(Qt.PenStyle.DotLine)
        painter.setPen(pen)
        painter.drawRoundedRect(box, 2, 2)

    # ---- mouse and keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            field = self._field_at(event.position())
            is_longer = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._select(self.selection.to(field) if is_longer else GridSelection(field, field))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._select(self.selection.to(self._field_at(event.position())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _ARROWS.get(event.key())
        shift = Qt.KeyboardModifier.ShiftModifier
        if step is not None and not event.modifiers() & ~(shift | Qt.KeyboardModifier.KeypadModifier):
            is_longer = bool(event.modifiers() & shift)
            move = self.selection.extended if is_longer else self.selection.moved
            self._select(move(self._grid, *step))
        else:
            super().keyPressEvent(event)
