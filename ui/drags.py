"""What can be dragged onto a tile: a camera of the list, or another tile. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QMimeData

from app.core.commands import TileId
from app.core.model import CameraId

CAMERA_MIME = "application/x-pantau-camera"
TILE_MIME = "application/x-pantau-tile"


def camera_drag(camera: CameraId) -> QMimeData:
    """The data of a dragged camera."""
    data = QMimeData()
    data.setData(CAMERA_MIME, QByteArray(camera.encode()))
    return data


def tile_drag(tile: TileId) -> QMimeData:
    """The data of a dragged tile."""
    data = QMimeData()
    data.setData(TILE_MIME, QByteArray(str(tile).encode()))
    return data


def dragged_camera(data: QMimeData) -> CameraId | None:
    """The camera that the data carry, if they do."""
    return CameraId(_text(data, CAMERA_MIME)) if data.hasFormat(CAMERA_MIME) else None


def dragged_tile(data: QMimeData) -> TileId | None:
    """The tile that the data carry, if they do and it has the form `monitor.number`."""
    monitor, _, number = _text(data, TILE_MIME).partition(".")
    return TileId(int(monitor), int(number)) if monitor.isdigit() and number.isdigit() else None


def _text(data: QMimeData, mime: str) -> str:
    return bytes(data.data(mime).data()).decode(errors="replace")
