"""The mouse on the wall: select, maximise, menu, zoom, drag and drop.

GUI thread. An event filter on the wall view; everything it does leaves as a command.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QDrag,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QMouseEvent,
    QPainter,
    QPixmap,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication

from app.core.commands import AssignTile, Command, SelectTile, SwapTiles, TileId, ToggleMaximised
from ui.drags import dragged_camera, dragged_tile, tile_drag
from ui.tile_zoom import TileZoom

if TYPE_CHECKING:
    from ui.wall_view import WallView

_THUMBNAIL = QSize(192, 120)
_NOTCH = 120
"""What a wheel tells for one notch, eighths of a degree; fine wheels tell parts of it."""


class WallMouse(QObject):
    """Turns mouse and drop events of a wall view into commands.

    Args:
        view: the wall view; it is the parent of this object.
        zoom: looks closer at tiles; None: the wheel does nothing.
        may_look: whether the controls are open for looking closer.
    """

    def __init__(
        self, view: WallView, zoom: TileZoom | None = None, may_look: Callable[[], bool] = lambda: True
    ) -> None:
        super().__init__(view)
        self._may_look = may_look
        self._view = view
        self._zoom = zoom
        self._pressed_at: QPoint | None = None
        self._panned: int | None = None
        """The zoomed tile whose picture is dragged."""
        view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        match event:
            case QWheelEvent():
                return self._wheel(event)
            case QMouseEvent():
                return self._mouse(event)
            case QContextMenuEvent():
                return self._menu(event)
            case QDragEnterEvent():
                return self._enter(event)
            case QDropEvent():  # also a move: Qt derives it from a drop
                return self._drag(event)
        if event.type() is QEvent.Type.DragLeave:
            self._view.set_drop_target(None)
        return False

    # ---- buttons

    def _mouse(self, event: QMouseEvent) -> bool:
        position = event.position().toPoint()
        match event.type():
            case QEvent.Type.MouseButtonPress:
                self._press(event, position)
            case QEvent.Type.MouseButtonDblClick if event.button() is Qt.MouseButton.LeftButton:
                self._pressed_at = None
                number = self._view.number_at(position)
                if number is not None:
                    self._send(ToggleMaximised(self._view.monitor, number))
            case QEvent.Type.MouseMove:
                self._move(event, position)
            case QEvent.Type.MouseButtonRelease:
                self._release()
            case _:
                return False
        return True

    def _press(self, event: QMouseEvent, position: QPoint) -> None:
        self._view.setFocus(Qt.FocusReason.MouseFocusReason)
        number = self._view.number_at(position)
        self._send(SelectTile(self._view.monitor, number))
        is_left = event.button() is Qt.MouseButton.LeftButton
        self._pressed_at = position if is_left and number is not None else None
        if self._pressed_at is not None and self._zoom is not None and self._zoom.is_zoomed(number):
            self._panned = number
            self._view.setCursor(Qt.CursorShape.ClosedHandCursor)

    def _release(self) -> None:
        self._pressed_at = None
        if self._panned is not None:
            self._panned = None
            self._view.unsetCursor()

    def _menu(self, event: QContextMenuEvent) -> bool:
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            return False  # the keymap has the Menu key
        number = self._view.number_at(event.pos())
        if number is not None:
            self._view.menu_wanted.emit(number, event.globalPos())
        return True

    def _send(self, command: Command) -> None:
        self._view.commanded.emit(command)

    # ---- looking closely

    def _wheel(self, event: QWheelEvent) -> bool:
        if self._zoom is None or not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        if self._may_look():
            self._zoom.turn(event.position().toPoint(), event.angleDelta().y() / _NOTCH)
        return True

    def _move(self, event: QMouseEvent, position: QPoint) -> None:
        """A drag moves the picture of a zoomed tile, and any other tile itself."""
        if self._panned is None or self._zoom is None:
            self._drag_when_far_enough(event, position)
        elif self._pressed_at is not None and self._may_look():
            self._zoom.drag(self._panned, position - self._pressed_at)
            self._pressed_at = position

    # ---- dragging a tile

    def _drag_when_far_enough(self, event: QMouseEvent, position: QPoint) -> None:
        start = self._pressed_at
        if start is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        if (position - start).manhattanLength() < QApplication.startDragDistance():
            return
        self._pressed_at = None
        number = self._view.number_at(start)
        state = self._view.state
        if number in state.cameras and state.maximised is None and number is not None:
            self._start_drag(number)

    def _start_drag(self, number: int) -> None:
        drag = QDrag(self._view)
        drag.setMimeData(tile_drag(TileId(self._view.monitor, number)))
        drag.setPixmap(self._thumbnail(number))
        drag.exec(Qt.DropAction.MoveAction)

    def _thumbnail(self, number: int) -> QPixmap:
        record = self._view.record(number)
        if record is None:
            return QPixmap()
        pixmap = QPixmap(record.rect.size())
        painter = QPainter(pixmap)
        painter.translate(-record.rect.topLeft())
        self._view.tile_painter.paint(painter, record)
        painter.end()
        return pixmap.scaled(
            _THUMBNAIL, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )

    # ---- dropping onto a tile

    def _enter(self, event: QDragEnterEvent) -> bool:
        """Say yes to what can be dropped somewhere here: a drag that is refused at the edge never comes back."""
        data = event.mimeData()
        if dragged_camera(data) is None and dragged_tile(data) is None:
            event.ignore()
        else:
            event.acceptProposedAction()
        return True

    def _drag(self, event: QDropEvent) -> bool:
        command = self._dropped(event)
        if command is None:
            self._view.set_drop_target(None)
            event.ignore()
            return True
        event.acceptProposedAction()
        if isinstance(event, QDragMoveEvent):
            self._view.set_drop_target(self._view.number_at(event.position().toPoint()))
        else:
            self._view.set_drop_target(None)
            self._send(command)
        return True

    def _dropped(self, event: QDropEvent) -> Command | None:
        """What a drop here would mean, None for nothing."""
        number = self._view.number_at(event.position().toPoint())
        if number is None:
            return None
        tile = TileId(self._view.monitor, number)
        data = event.mimeData()
        camera = dragged_camera(data)
        if camera is not None:
            return AssignTile(tile, camera)
        other = dragged_tile(data)
        return SwapTiles(other, tile) if other is not None and other != tile else None
