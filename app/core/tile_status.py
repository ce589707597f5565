"""What a tile says of itself: one sign, and what was measured."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from app.core.budget import Surface
from app.core.commands import TileId
from app.core.failure import Failure, Reason
from app.core.hints import Finding
from app.core.lights import Watch
from app.core.model import Camera, CameraId, Profile
from app.core.stream_life import Life, StreamState

LAST_PICTURE_LIMIT_S = 30.0
"""A picture older than this is taken away: a plain card stays (trust.md)."""


class Sign(Enum):
    """What the wall shows on a tile. Only LIVE shows a picture as it came."""

    EMPTY = "empty"
    """No camera."""
    CONNECTING = "connecting"
    """No picture yet, and nothing has failed yet."""
    LIVE = "live"
    LATE = "late"
    """Pictures come, and are old when they come: shown, marked with their age."""
    STALE = "stale"
    """The last picture, marked with its age."""
    LOST = "lost"
    """No picture: a card with the reason."""


PLAYING_SIGNS = frozenset({Sign.LIVE, Sign.LATE})
"""Pictures come: the tile shows them as they are."""
PICTURE_SIGNS = frozenset({*PLAYING_SIGNS, Sign.STALE})
"""A picture of the camera is to be seen, an old one marked as such."""
_GRAVITY = (Sign.EMPTY, Sign.LIVE, Sign.CONNECTING, Sign.LATE, Sign.STALE, Sign.LOST)
"""From what needs nobody to what needs somebody."""


@dataclass(frozen=True, slots=True)
class TileStatus:
    """A tile at one moment; what is not known is None, never a guess."""

    tile: TileId
    sign: Sign
    camera_id: CameraId | None = None
    camera: Camera | None = None
    """None for an empty tile, and for a camera that the catalogue does not (or not yet) list."""
    age_s: float | None = None
    """How old the picture on the tile is."""
    failure: Failure | None = None
    retry_in_s: float | None = None
    """Seconds until the camera is tried again, while waiting."""
    profile: Profile | None = None
    """Whose picture is shown; without a picture, whose is being opened."""
    awaited: Profile | None = None
    """The stream that will take over when it has a picture (a maximised tile waits for MAIN)."""
    surface: Surface | None = None
    engine: str = ""
    """`av` or `vlc`, as the host reported; empty before the first open."""
    decoder: str = ""
    """The decoder really in use, as read back by the host."""
    first_picture_s: float | None = None
    fps: float | None = None
    """Pictures a second over the last two seconds."""
    pictures: int = 0
    findings: tuple[Finding, ...] = ()
    """What is wrong with the picture, the worst first; hints, none of which makes a live picture less live."""
    reconnects: int = 0
    """How often the stream was opened again by itself since it was called up."""


def tile_sign(stream: StreamState, watch: Watch, stale_limit_s: float, now_s: float) -> Sign:
    """The sign of a tile that shows this stream's output.

    A picture is live only while the stream plays, new ones come and their age is below `stale_limit_s`. New ones
    that are older than that are late, until they are clearly younger. The last one of a stream that stands is
    stale until 30 s have passed, and then gone.
    """
    silence_s = watch.silence_s(now_s)
    if silence_s is not None and silence_s < LAST_PICTURE_LIMIT_S:
        if stream.life is not Life.PLAYING or silence_s >= stale_limit_s:
            return Sign.STALE
        return Sign.LATE if watch.is_called_late(now_s, stale_limit_s) else Sign.LIVE
    is_awaited = silence_s is None or stream.life is not Life.PLAYING
    return Sign.CONNECTING if stream.failure is None and is_awaited else Sign.LOST


def worst_first(statuses: Iterable[TileStatus]) -> list[TileStatus]:
    """The tiles that have a camera, the one that most needs a look first: by sign, then by what was found."""

    def rank(status: TileStatus) -> tuple[int, int, int, TileId]:
        return -_GRAVITY.index(status.sign), -len(status.findings), -status.reconnects, status.tile

    return sorted((status for status in statuses if status.camera_id is not None), key=rank)


def lost(tile: TileId, camera_id: CameraId, camera: Camera | None, reason: Reason) -> TileStatus:
    """The status of a tile whose camera is not even tried: the catalogue does not list it, or no stream of it."""
    return TileStatus(tile, Sign.LOST, camera_id, camera, failure=Failure(reason))
