"""What a tile that has a stream says of itself. Console's thread; imports the pure core only."""

from __future__ import annotations

from app.console.figures import ENGINES
from app.console.stream_record import StreamRecord
from app.console.tiles import TileRecord
from app.core.commands import TileId
from app.core.hints import Finding
from app.core.model import Camera
from app.core.stream_life import Life
from app.core.tile_status import TileStatus, tile_sign


def playing_status(
    tile: TileId,
    camera: Camera | None,
    record: TileRecord,
    stream: StreamRecord,
    findings: tuple[Finding, ...],
    now_s: float,
) -> TileStatus:
    """The status of a tile that shows an output of a stream, or waits for its first picture.

    Args:
        tile: which.
        camera: as the catalogue lists it; None while it does not.
        record: what the tile has.
        stream: what it shows.
        findings: what seems wrong with the picture.
        now_s: monotonic seconds.
    """
    shown, wanted = record.shown, record.wanted
    assert shown is not None and wanted is not None
    state, retry_at_s = stream.state, stream.state.retry_at_s
    engine = ENGINES[shown.output.surface]
    return TileStatus(
        tile=tile,
        sign=tile_sign(state, shown.watch, stream.stale_limit_s, now_s),
        camera_id=record.camera,
        camera=camera,
        age_s=shown.watch.age_s(now_s),
        failure=state.failure,
        retry_in_s=max(0.0, retry_at_s - now_s) if retry_at_s and state.life is Life.BACKOFF else None,
        profile=shown.key.profile,
        awaited=wanted.key.profile if wanted.key != shown.key else None,
        surface=shown.output.surface,
        engine=engine if engine in stream.decoders else "",
        decoder=stream.decoders.get(engine, ""),
        first_picture_s=shown.watch.first_picture_s,
        fps=shown.rates().shown_fps,
        pictures=shown.watch.lights.pictures,
        findings=findings,
        reconnects=stream.reconnects,
    )
