"""The map's surface: cameras as dots, kelurahan by name, moved and zoomed by mouse and keys.

GUI thread. It is drawn from the catalogue alone, without any map material or network.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from app.core.chart import Chart, ChartView, chart_of, dots_px, fitting, in_view, nearest, neighbour
from app.core.model import EMPTY_CATALOG, Camera, CameraId
from app.core.tile_status import Sign
from ui.map_dots import MARKS, DotPainter, Mark
from ui.map_painter import MapPainter
from ui.plain_text import plain_tooltip
from ui.texts import tr
from ui.theme import Theme

STEP_PX = 80
"""What an arrow key moves."""
ZOOM_STEP = 1.5
WHEEL_STEP = 1.25
"""Of one notch of the wheel."""
CLOSE_M_PER_PX = 2.0
"""At least so near is what is jumped to."""
MOST = 0.98
"""The part of the cameras that is fitted into the map; those on far islands are zoomed out to."""
REACH_PX = 12
"""How far from a dot the mouse still means it."""

_PANS = {
    Qt.Key.Key_Left: (-STEP_PX, 0),
    Qt.Key.Key_Right: (STEP_PX, 0),
    Qt.Key.Key_Up: (0, -STEP_PX),
    Qt.Key.Key_Down: (0, STEP_PX),
}
_ZOOMS = {Qt.Key.Key_Plus: ZOOM_STEP, Qt.Key.Key_Equal: ZOOM_STEP, Qt.Key.Key_Minus: 1 / ZOOM_STEP}


class MapCanvas(QWidget):
    """The drawn part of the map.

    Args:
        theme: colours and fonts.

    Signals:
        chosen: a camera (its id) is to go onto the wall.
        current_changed: another camera is pointed out, or none.
        typed: letters were typed: they belong to the search box.
    """

    chosen = Signal(str)
    current_changed = Signal()
    typed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._painter = MapPainter(theme)
        self._dots = DotPainter(theme, 1.0)
        self._current: int | None = None
        self._grabbed: QPointF | None = None
        self._has_dragged = False
        self.chart: Chart = chart_of(EMPTY_CATALOG)
        self.marks = np.zeros(0, np.int8)
        self.view = fitting(self.chart, 1, 1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(320, 180)
        self.setAccessibleName(tr("Map", "Map of the cameras"))

    # ---- what is shown

    def set_chart(self, chart: Chart) -> None:
        """Show a changed catalogue; the part of the plane that is looked at stays, and the camera pointed out."""
        camera, was_empty = self.current, not self.chart.cameras
        self.chart = chart
        self.marks = np.zeros(len(chart.cameras), np.int8)
        self._current = self._number(camera.id) if camera is not None else None
        if was_empty:
            self.fit()
        self.update()

    def set_signs(self, signs: Mapping[CameraId, Sign]) -> None:
        """Say what the tiles of the cameras on the wall show; all others are not there."""
        ids = [camera.id for camera in self.chart.cameras] if signs else []
        marks = np.zeros(len(self.chart.cameras), np.int8)
        for number in [number for number, camera in enumerate(ids) if camera in signs]:
            marks[number] = MARKS[signs[ids[number]]].value
        if not np.array_equal(marks, self.marks):
            self.marks = marks
            self.update()

    @property
    def current(self) -> Camera | None:
        """The camera that is pointed out."""
        return self.chart.cameras[self._current] if self._current is not None else None

    @property
    def is_clustered(self) -> bool:
        """Whether kelurahan are drawn in place of their cameras."""
        return self.view.m_per_px > self.chart.dots_m_per_px

    @property
    def dots_in_view(self) -> int:
        """How many cameras lie within the widget."""
        return len(in_view(self.chart, self.view))

    def set_view(self, view: ChartView) -> None:
        """Show another part of the plane."""
        self.view = view
        self.update()

    def fit(self) -> None:
        """Show the city."""
        self.set_view(fitting(self.chart, self.width(), self.height(), MOST))

    def point_out(self, camera: CameraId | None, *, jumps: bool) -> None:
        """Point a camera out.

        Args:
            camera: which; None or one without a position: none.
            jumps: whether it is brought into the middle, and near.
        """
        number = self._number(camera) if camera is not None else None
        if number is not None and jumps:
            x_m, y_m = float(self.chart.x_m[number]), float(self.chart.y_m[number])
            self.set_view(self.view.centred(x_m, y_m, at_most_m_per_px=CLOSE_M_PER_PX))
        self._set_current(number)

    def _number(self, camera: CameraId) -> int | None:
        return next((number for number, each in enumerate(self.chart.cameras) if each.id == camera), None)

    def _set_current(self, number: int | None) -> None:
        if number != self._current:
            self._current = number
            self.update()
            self.current_changed.emit()

    # ---- moving

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Come closer about a point; without one, about the camera pointed out or the middle."""
        point = at or self._middle()
        coarsest = max(fitting(self.chart, self.width(), self.height()).m_per_px * 1.5, CLOSE_M_PER_PX)
        self.set_view(self.view.zoomed(factor, point.x(), point.y(), coarsest))

    def _middle(self) -> QPointF:
        point = self._dot(self._current) if self._current is not None else None
        return (
            point if point is not None and self.rect().contains(point.toPoint()) else QPointF(self.rect().center())
        )

    def _dot(self, number: int) -> QPointF:
        x_m, y_m = float(self.chart.x_m[number]), float(self.chart.y_m[number])
        return QPointF(self.view.x_px(x_m), self.view.y_px(y_m))

    def step(self, step: int) -> bool:
        """Point out the next (+1) or previous (-1) camera in view; False after the last, or where none is."""
        following = neighbour(self.chart, self.view, self._current, step)
        first = neighbour(self.chart, self.view, None, step)
        was_last = following == first and self._current is not None and self._is_in_view(self._current)
        if following is None or was_last:
            return False
        self._set_current(following)
        return True

    def _is_in_view(self, number: int) -> bool:
        return bool(np.isin(number, in_view(self.chart, self.view)))

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Tab goes through the cameras in view, and after the last of them on to the next widget."""
        return self.step(1 if is_next else -1) or super().focusNextPrevChild(is_next)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _PANS:
            self.set_view(self.view.panned(*_PANS[key]))
        elif key in _ZOOMS:
            self.zoom(_ZOOMS[key])
        elif key == Qt.Key.Key_Home:
            self.fit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current is not None:
            self.chosen.emit(self.current.id)
        elif event.text().isalnum() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom(WHEEL_STEP ** (event.angleDelta().y() / 120), event.position())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._grabbed, self._has_dragged = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grabbed is None:
            return
        moved = self._grabbed - event.position()
        if self._has_dragged or moved.manhattanLength() >= QApplication.startDragDistance():
            self._grabbed, self._has_dragged = event.position(), True
            self.set_view(self.view.panned(moved.x(), moved.y()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._grabbed is not None and not self._has_dragged:
            self._click(event.position())
        self._grabbed = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        number = self._camera_at(event.position())
        if number is not None:
            self.chosen.emit(self.chart.cameras[number].id)

    def _click(self, position: QPointF) -> None:
        """A dot is pointed out; from afar, where kelurahan stand for their dots, it is gone nearer to."""
        if self.is_clustered:
            self.zoom(ZOOM_STEP * 2, position)
        else:
            self._set_current(self._camera_at(position))

    def _camera_at(self, position: QPointF) -> int | None:
        if self.is_clustered:
            return None
        return nearest(self.chart, self.view, position.x(), position.y(), REACH_PX)

    # ---- Qt

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            number = self._camera_at(QPointF(event.pos()))
            camera = self.chart.cameras[number] if number is not None else None
            words = plain_tooltip([camera.name, camera.code]) if camera is not None else ""
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.view = self.view.resized(self.width(), self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            if self.is_clustered:
                painter.fillRect(self.rect(), self._theme.color("tile"))
                self._painter.paint_places(painter, self.chart, self.view, self.marks)
            else:
                self._paint_dots(painter)
                self._painter.paint_names(painter, self.chart, self.view)
            self._painter.paint_scale(painter, self.view)
            if self._current is not None:
                self._paint_current(painter, self._current)
            self._painter.paint_frame(painter, self.rect(), self.hasFocus())

    def _paint_current(self, painter: QPainter, number: int) -> None:
        mark = Mark(int(self.marks[number]))
        self._painter.paint_current(painter, self.chart.cameras[number], mark, self._dot(number))

    def _paint_dots(self, painter: QPainter) -> None:
        ratio = self.devicePixelRatioF()
        if self._dots.ratio != ratio:
            self._dots = DotPainter(self._theme, ratio)
        x_px, y_px = dots_px(self.chart, self.view)
        size_px = round(self.width() * ratio), round(self.height() * ratio)
        painter.drawImage(QPointF(0, 0), self._dots.picture(size_px, x_px * ratio, y_px * ratio, self.marks))
        self._painter.paint_fields(painter, self.chart, self.view, self.marks)
