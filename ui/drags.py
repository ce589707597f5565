"""What can be dragged onto a tile: cameras of the list, or another tile. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QMimeData

from app.core.commands import TileId
from app.core.model import CameraId

CAMERA_MIME = "application/x-pantau-camera"
TILE_MIME = "application/x-pantau-tile"


def camera_drag(*cameras: CameraId) -> QMimeData:
    """The data of dragged cameras, in the order of the list."""
    data = QMimeData()
    data.setData(CAMERA_MIME, QByteArray("\n".join(cameras).encode()))
    return data


def tile_drag(tile: TileId) -> QMimeData:
    """The data of a dragged tile."""
    data = QMimeData()
    data.setData(TILE_MIME, QByteArray(str(tile).encode()))
    return data


def dragged_cameras(data: QMimeData) -> Sequence[CameraId]:
    """The cameras that the data carry, in the order of the list; none if they carry something else."""
    return tuple(map(CameraId, _text(data, CAMERA_MIME).split("\n"))) if data.hasFormat(CAMERA_MIME) else ()


def dragged_camera(data: QMimeData) -> CameraId | None:
    """The first camera that the data carry, if they do."""
    return next(iter(dragged_cameras(data)), None)


def dragged_tile(data: QMimeData) -> TileId | None:
    """The tile that the data carry, if they do and it has the form `monitor.number`."""
    monitor, _, number = _text(data, TILE_MIME).partition(".")
    return TileId(int(monitor), int(number)) if monitor.isdigit() and number.isdigit() else None


def _text(data: QMimeData, mime: str) -> str:
    return bytes(data.data(mime).data()).decode(errors="replace")
