"""Does a picture live? Decided by packets, decoded pictures and timestamps, never by a player's own state.

A host publishes its counters into shared memory (`app.video.slots`); `Lights` is one reading of them, and `Watch`
keeps what has to be remembered between readings.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

STALE_AFTER_S = 2.0
"""No new picture for so long and the tile is stale (trust.md; the screen shows it within 2.2 s)."""
STALE_AT_MOST_S = 24.0
"""However slow a camera is: its stall is to be seen, and mended, before its last picture is taken away at 30 s."""
LEAST_FPS = 0.05
"""A frame rate below cannot be meant."""
LATE_MARGIN_S = 0.3
"""A picture that was called late must be younger than the limit by so much to be called live again: a link that is
as late as the limit would have the sign flicker with its jitter."""


@dataclass(frozen=True, slots=True)
class Lights:
    """One reading of a stream's counters; times are monotonic seconds, 0.0 where there was none yet."""

    packets: int = 0
    packet_bytes: int = 0
    pictures: int = 0
    """Decoded pictures so far."""
    pts_us: int = 0
    """The last decoded picture's own timestamp, microseconds."""
    last_packet_s: float = 0.0
    last_picture_s: float = 0.0
    damaged: int = 0
    """Pictures with missing data: shown, and counted among the pictures, too."""
    late_s: float = 0.0
    """How late the last picture was, against the most punctual packet of the session (`delay.py`), and how long it
    was held back before anybody could decode it."""
    jitter_s: float = 0.0
    camera_age_s: float | None = None
    """This PC's clock minus the camera's, at the last packet's arrival; None without sender reports."""
    clock_rate: float | None = None
    """How fast the camera's media clock runs against its own wall clock; None before two sender reports."""
    busy: float = 0.0
    """The part of the time that the stream's thread did not wait for packets: 1.0 when this PC cannot keep up."""


@dataclass(frozen=True, slots=True)
class Watch:
    """What is known of a stream's pictures since it was opened."""

    opened_s: float
    lights: Lights = Lights()
    first_picture_s: float | None = None
    """Seconds from the open to the first picture."""
    alive_s: float | None = None
    """When the last picture came that counts as life: decoded whole, and with a timestamp of its own."""
    late_s: float = 0.0
    """How late that picture was when it came."""
    is_late: bool = False
    """Whether the picture was older than a live one may be at the last reading, and `LATE_MARGIN_S` beyond."""

    def silence_s(self, now_s: float) -> float | None:
        """How long no picture has come, seconds; None before the first."""
        return None if self.alive_s is None else max(0.0, now_s - self.alive_s)

    def age_s(self, now_s: float) -> float | None:
        """How old the picture on the tile is, its own lateness included, seconds; None before the first."""
        silence_s = self.silence_s(now_s)
        return None if silence_s is None else silence_s + self.late_s

    def is_called_late(self, now_s: float, limit_s: float) -> bool:
        """Whether its picture is too old to be called live, or has not become clearly younger since it was."""
        age_s = self.age_s(now_s)
        return age_s is not None and (self.is_late or age_s >= limit_s)

    def is_silent(self, now_s: float, limit_s: float = STALE_AFTER_S) -> bool:
        """Whether there was a picture and none since `limit_s`."""
        silence_s = self.silence_s(now_s)
        return silence_s is not None and silence_s >= limit_s


def stale_after_s(frame_rate_fps: float | None) -> float:
    """After how long without a picture a stream is stale: 2.0 s or three frame intervals, but 24 s at most."""
    if frame_rate_fps is None or frame_rate_fps < LEAST_FPS:
        return STALE_AFTER_S
    return min(STALE_AT_MOST_S, max(STALE_AFTER_S, 3.0 / frame_rate_fps))


def observe(watch: Watch, lights: Lights, now_s: float, limit_s: float = STALE_AFTER_S) -> Watch:
    """The watch after a reading at `now_s`. A picture whose timestamp repeats the last one's is no sign of life,
    nor is one that the decoder had to patch, whose timestamp is not counted.

    A time ahead of `now_s` counts as now: a host that writes nonsense must not keep a frozen picture looking live.

    Args:
        watch: of the reading before.
        lights: what was read.
        now_s: monotonic.
        limit_s: the age from which the stream's pictures are late.
    """
    seen = _seen(watch, lights, now_s)
    age_s = seen.age_s(now_s)
    is_late = age_s is not None and age_s >= limit_s - (LATE_MARGIN_S if watch.is_late else 0.0)
    return seen if is_late == seen.is_late else replace(seen, is_late=is_late)


def _seen(watch: Watch, lights: Lights, now_s: float) -> Watch:
    if lights.pictures <= watch.lights.pictures or lights.pts_us == watch.lights.pts_us:
        return replace(watch, lights=lights)
    alive_s = min(lights.last_picture_s, now_s)
    first = watch.first_picture_s
    return Watch(
        opened_s=watch.opened_s,
        lights=lights,
        first_picture_s=alive_s - watch.opened_s if first is None else first,
        alive_s=alive_s,
        late_s=lights.late_s,
    )
