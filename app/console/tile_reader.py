"""Says what each tile shows and how it is, from what the books know. Console's thread; imports the core only."""

from __future__ import annotations

from app.console.figures import figures_of
from app.console.health import Health, doubts_clock
from app.console.outputs import TileOutput
from app.console.playing_status import playing_status
from app.console.stream_record import StreamRecord
from app.console.streams import StreamBook
from app.console.tile_book import TileBook
from app.core.commands import TileId
from app.core.failure import Reason
from app.core.figures import StreamFigures
from app.core.model import EMPTY_CATALOG, CameraId, Catalog
from app.core.ports import PictureSlot
from app.core.tile_status import Sign, TileStatus, lost, tile_sign


class TileReader:
    """Reads the books.

    Args:
        tiles: what each tile was given.
        streams: what is open.
        health: what seems wrong with pictures.
    """

    def __init__(self, tiles: TileBook, streams: StreamBook, health: Health) -> None:
        self._tiles = tiles
        self._streams = streams
        self._health = health

    def slot(self, tile: TileId) -> PictureSlot | None:
        """What the tile's picture is read from; None before anything was opened for it."""
        shown = self._shown(tile)
        return shown.output.slot if shown is not None else None

    def figures(self, tile: TileId, now_s: float) -> StreamFigures | None:
        """The figures of the stream that the tile shows; None before anything was opened for it."""
        shown = self._shown(tile)
        stream = self._stream(shown)
        return figures_of(stream, shown, now_s) if stream is not None and shown is not None else None

    def sign(self, tile: TileId, camera_id: CameraId | None, catalog: Catalog, now_s: float) -> Sign:
        """The sign of `status` alone, at a tenth of its cost while the tile has a stream."""
        shown, stream = self._shown(tile), self._telling(tile, camera_id)
        if shown is None or stream is None or self._barred(tile, camera_id, catalog, now_s) is not None:
            return self.status(tile, camera_id, catalog, now_s).sign
        return tile_sign(stream.state, shown.watch, stream.stale_limit_s, now_s)

    def doubts_clock(self, tile: TileId, now_s: float) -> bool:
        """Whether the camera's clock calls the tile's picture older than the tile does."""
        shown = self._shown(tile)
        stream = self._stream(shown)
        return shown is not None and stream is not None and doubts_clock(stream, shown, now_s)

    def status(self, tile: TileId, camera_id: CameraId | None, catalog: Catalog, now_s: float) -> TileStatus:
        """What the tile says of itself.

        Args:
            camera_id: what the wall has on it.
            catalog: the cameras that there are.
            now_s: monotonic seconds.
        """
        if camera_id is None:
            return TileStatus(tile, Sign.EMPTY)
        camera, barred = catalog.cameras.get(camera_id), self._barred(tile, camera_id, catalog, now_s)
        if barred is not None:
            return lost(tile, camera_id, camera, barred)
        record, stream = self._tiles.record(tile), self._telling(tile, camera_id)
        if record is None or stream is None:
            return TileStatus(tile, Sign.CONNECTING, camera_id, camera)
        findings = self._health.findings(stream, record.shown, now_s) if record.shown is not None else ()
        return playing_status(tile, camera, record, stream, findings, now_s)

    def _barred(self, tile: TileId, camera_id: CameraId | None, catalog: Catalog, now_s: float) -> Reason | None:
        """Why nothing of a tile's camera may be shown, whatever it has; None where it may, or has none."""
        if camera_id is None or catalog is EMPTY_CATALOG:
            return None
        camera = catalog.cameras.get(camera_id)
        if camera is None:
            return Reason.WITHDRAWN
        if not camera.profiles:
            return Reason.NO_PROFILE
        is_over = self._tiles.is_over_budget(tile)
        return self._tiles.withheld(camera, now_s) or (Reason.OVER_BUDGET if is_over else None)

    def _shown(self, tile: TileId) -> TileOutput | None:
        record = self._tiles.record(tile)
        return record.shown if record is not None else None

    def _telling(self, tile: TileId, camera_id: CameraId | None) -> StreamRecord | None:
        """The stream that tells how a tile is: what it shows, or awaits where that is listed no more.

        None until it was given something of the camera that it has by now.
        """
        record = self._tiles.record(tile)
        if record is None or record.shown is None or record.camera != camera_id:
            return None
        return self._stream(record.shown) or self._stream(record.wanted)

    def _stream(self, shown: TileOutput | None) -> StreamRecord | None:
        return self._streams.get(shown.key) if shown is not None else None
