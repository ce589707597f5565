"""The figures of a tile's stream, for those who want to know: all measured; None is unknown, never a guess."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.budget import Surface
from app.core.model import Codec, Profile


@dataclass(frozen=True, slots=True)
class StreamFigures:
    """What is known of the stream that a tile shows."""

    profile: Profile
    surface: Surface
    engine: str
    decoder: str
    """The decoder really in use, empty before it is known."""
    transport: str | None = None
    is_relayed: bool = False
    """Whether a server passes it on, of whose own link to the camera nothing is known."""
    codec: Codec | None = None
    width_px: int | None = None
    height_px: int | None = None
    packets_per_s: float | None = None
    shown_fps: float | None = None
    bitrate_kbps: float | None = None
    damaged_part: float = 0.0
    """Of the last two seconds' pictures, those that the decoder had to patch."""
    age_s: float | None = None
    late_s: float | None = None
    """Against the most punctual packet of the session."""
    jitter_s: float | None = None
    latency_s: float | None = None
    """From the camera's clock to this PC's, where the camera sends reports: true only if both are right."""
    clock_rate: float | None = None
    first_picture_s: float | None = None
    reconnects: int = 0
    pictures: int = 0
