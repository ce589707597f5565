"""What a tile says of itself: one sign, and what was measured."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from app.core.budget import Surface
from app.core.commands import TileId
from app.core.failure import Failure, Reason
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
    STALE = "stale"
    """The last picture, marked with its age."""
    LOST = "lost"
    """No picture: a card with the reason."""


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


def tile_sign(stream: StreamState, watch: Watch, stale_limit_s: float, now_s: float) -> Sign:
    """The sign of a tile that shows this stream's output.

    A picture is live only while the stream plays and its age is below `stale_limit_s`; any other picture is stale
    until it is 30 s old, and then gone.
    """
    age_s = watch.age_s(now_s)
    if age_s is not None and age_s < LAST_PICTURE_LIMIT_S:
        is_live = stream.life is Life.PLAYING and age_s < stale_limit_s
        return Sign.LIVE if is_live else Sign.STALE
    is_awaited = age_s is None or stream.life is not Life.PLAYING
    return Sign.CONNECTING if stream.failure is None and is_awaited else Sign.LOST


def lost(tile: TileId, camera_id: CameraId, camera: Camera | None, reason: Reason) -> TileStatus:
    """The status of a tile whose camera is not even tried: the catalogue does not list it, or no stream of it."""
    return TileStatus(tile, Sign.LOST, camera_id, camera, failure=Failure(reason))
