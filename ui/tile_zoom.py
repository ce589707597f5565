"""Looking closely at a tile, by wheel, by drag and by keys.

GUI thread. What the operator sees changes at once (`TilePainter.look_closer`); the console is told, and its host
sends what is asked for a moment later.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QPoint

from app.core.commands import TileId
from app.core.tile_status import PICTURE_SIGNS
from app.core.zoom import NO_ZOOM, PAN_STEP, Zoom
from ui.tile_painter import PaintedTile

if TYPE_CHECKING:
    from ui.wall_view import WallView

_KEY_NOTCHES = 2
"""What one key press zooms by, notches of the wheel."""
_NOTCHES: Mapping[str, int] = MappingProxyType({"zoom-in": _KEY_NOTCHES, "zoom-out": -_KEY_NOTCHES})
_PANS: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "pan left": (-PAN_STEP, 0.0),
        "pan right": (PAN_STEP, 0.0),
        "pan up": (0.0, -PAN_STEP),
        "pan down": (0.0, PAN_STEP),
    }
)
ZOOM_ACTIONS = ("zoom-in", "zoom-out", "zoom-reset", *_PANS)
"""The command texts that `run` takes."""


class ZoomPort(Protocol):
    """The console as this needs it."""

    def set_tile_zoom(self, tile: TileId, zoom: Zoom) -> None:
        """Look at a tile that closely."""


class TileZoom:
    """Zooms and moves what the tiles of a wall view show.

    Args:
        view: whose tiles.
        console: is told.
    """

    def __init__(self, view: WallView, console: ZoomPort) -> None:
        self._view = view
        self._console = console

    def is_zoomed(self, number: int | None) -> bool:
        """Whether a tile shows a part of its picture only."""
        record = self._record(number)
        return record is not None and not record.scene.zoom.is_whole

    def turn(self, position: QPoint, notches: float) -> None:
        """The wheel was turned at a position of the view (logical pixels): closer, around what lies there."""
        record = self._record(self._view.number_at(position))
        if record is None or not record.box.width() or not record.box.height():
            return
        at = QPoint(position * self._view.devicePixelRatioF()) - record.box.topLeft()
        x, y = at.x() / record.box.width(), at.y() / record.box.height()
        self._set(record, record.scene.zoom.stepped(notches, min(max(0.0, x), 1.0), min(max(0.0, y), 1.0)))

    def drag(self, number: int | None, by: QPoint) -> None:
        """The picture was dragged by so many logical pixels: it follows the hand."""
        record = self._record(number)
        if record is not None:
            ratio = self._view.devicePixelRatioF()
            right = -by.x() * ratio / max(1, record.box.width())
            down = -by.y() * ratio / max(1, record.box.height())
            self._set(record, record.scene.zoom.moved(right, down))

    def run(self, text: str) -> None:
        """Carry one of `ZOOM_ACTIONS` out on the selected tile, or on the one that fills the wall."""
        state = self._view.state
        record = self._record(state.maximised or state.selected)
        if record is None:
            return
        zoom = record.scene.zoom
        if text in _NOTCHES:
            self._set(record, zoom.stepped(_NOTCHES[text]))
        elif text in _PANS:
            self._set(record, zoom.moved(*_PANS[text]))
        else:
            self._set(record, NO_ZOOM)

    def _record(self, number: int | None) -> PaintedTile | None:
        """A tile that has something to look at."""
        record = self._view.record(number) if number is not None else None
        has_picture = record is not None and record.sign in PICTURE_SIGNS
        return record if has_picture else None

    def _set(self, record: PaintedTile, zoom: Zoom) -> None:
        if self._view.tile_painter.look_closer(record, zoom):
            self._console.set_tile_zoom(record.tile, zoom)
            self._view.update(record.area)
