"""What seems wrong with cameras although their streams live. Owned by the console's thread; pure core only."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from app.console.outputs import TileOutput
from app.console.stream_record import StreamRecord
from app.core.hints import Finding, Hint
from app.core.model import StreamKey
from app.core.picture import PictureSample
from app.core.picture_watch import GAP_S, PictureWatch, judge

CLOCK_OFFSET_LIMIT_S = 2.0
"""A sender report against this PC's clock (trust.md)."""
_TOLD_WITHIN_S = 0.25
"""From a packet to what is painted of its age: an old picture is told so much early, to be marked in time."""
CLOCK_RATE_LIMIT = 0.05
"""How far the slope of a camera's clock may be off 1 (trust.md)."""
DAMAGED_LIMIT = 0.0
"""One damaged picture among the last ones is said (`outputs.DAMAGE_S`)."""
REMEMBERED_STREAMS = 256
"""What is usual for a stream takes up to a hundred kilobytes: those not seen for the longest are forgotten."""
_SEVERITY: Mapping[Hint, int] = MappingProxyType(
    {
        hint: rank
        for rank, hint in enumerate(
            (
                Hint.KEY_FRAMES_ONLY,
                Hint.BLACK,
                Hint.MOVED,
                Hint.DAMAGED,
                Hint.BLURRED,
                Hint.CLOCK_OFFSET,
                Hint.NOISY,
                Hint.UNCHANGED,
                Hint.CLOCK_RATE,
            )
        )
    }
)
"""The order in which a tile that has room for one names them."""


class Health:
    """Judges samples, and gathers what else was measured into findings.

    Args:
        hour: the local hour of the day, 0 to 23: lamps and headlights make every hour another picture.
    """

    def __init__(self, hour: Callable[[], int]) -> None:
        self._hour = hour
        self._watches: dict[StreamKey, PictureWatch] = {}
        self._since_s: dict[StreamKey, Mapping[Hint, float]] = {}

    def sampled(self, key: StreamKey, sample: PictureSample, now_s: float) -> None:
        """A picture of that stream was measured. What is usual for it is remembered when the stream closes."""
        watch = self._watches.pop(key, PictureWatch())
        self._watches[key] = judge(watch, sample, now_s, self._hour())
        if len(self._watches) > REMEMBERED_STREAMS:
            del self._watches[next(iter(self._watches))]

    def findings(self, record: StreamRecord, output: TileOutput, now_s: float) -> tuple[Finding, ...]:
        """What seems wrong with a stream that an output shows, the worst first."""
        measured = list(_measured(record, output, now_s))
        of_picture = self._of_picture(record.key, now_s)
        since_s = self._since_s.get(record.key)
        if not (measured or of_picture or since_s):
            return ()  # as nearly always: this is asked ten times a second and tile
        since_s = self._since_s[record.key] = _begun(since_s or {}, [hint for hint, *_ in measured], now_s)
        of_stream = [Finding(hint, value, limit, since_s[hint]) for hint, value, limit in measured]
        return tuple(sorted((*of_stream, *of_picture), key=lambda finding: _SEVERITY[finding.hint]))

    def _of_picture(self, key: StreamKey, now_s: float) -> tuple[Finding, ...]:
        watch = self._watches.get(key)
        if watch is None or watch.seen_s is None or now_s - watch.seen_s > GAP_S:
            return ()
        return watch.findings


def doubts_clock(record: StreamRecord, output: TileOutput, now_s: float) -> bool:
    """Whether `Hint.CLOCK_OFFSET` is among the findings, at a fraction of their cost: it is told without delay."""
    return _clock_offset_s(record, output, now_s) != 0.0


def _begun(since_s: Mapping[Hint, float], hints: list[Hint], now_s: float) -> Mapping[Hint, float]:
    """Since when each of the hints holds; those that do not any more are forgotten."""
    return {hint: since_s.get(hint, now_s) for hint in hints}


def _measured(record: StreamRecord, output: TileOutput, now_s: float) -> Iterator[tuple[Hint, float, float]]:
    """What the stream's own counters tell: hint, measured value, limit."""
    lights = output.watch.lights
    if record.shows_key_frames_only:
        yield Hint.KEY_FRAMES_ONLY, output.rates().shown_fps or 0.0, record.profile.frame_rate_fps or 0.0
    damaged = output.damaged_part()
    if damaged > DAMAGED_LIMIT:
        yield Hint.DAMAGED, damaged, DAMAGED_LIMIT
    offset_s = _clock_offset_s(record, output, now_s)
    if offset_s:
        yield Hint.CLOCK_OFFSET, offset_s, CLOCK_OFFSET_LIMIT_S - (_TOLD_WITHIN_S if offset_s < 0.0 else 0.0)
    if lights.clock_rate is not None and abs(lights.clock_rate - 1.0) > CLOCK_RATE_LIMIT:
        yield Hint.CLOCK_RATE, lights.clock_rate, CLOCK_RATE_LIMIT


def _clock_offset_s(record: StreamRecord, output: TileOutput, now_s: float) -> float:
    """How far the camera's clock seems to be off, 0.0 within its limit; below 0 where the camera is behind.

    By the camera's clock the picture ages while none comes. What is known to be late is not the clock's fault, and
    is said by the tile's sign; but where both together pass the limit and the sign does not, this says it.
    """
    arrived_age_s, watch = output.watch.lights.camera_age_s, output.watch
    if arrived_age_s is None:
        return 0.0
    age_s = arrived_age_s + (watch.silence_s(now_s) or 0.0)
    said_s = watch.age_s(now_s) or 0.0
    limit_s = max(CLOCK_OFFSET_LIMIT_S, record.stale_limit_s)
    unexplained_s = age_s - said_s
    if not -limit_s <= unexplained_s <= limit_s - _TOLD_WITHIN_S:
        return -unexplained_s
    if unexplained_s > _TOLD_WITHIN_S:  # else the tile counts nearly the same age, and says it in time by itself
        limit_s -= _TOLD_WITHIN_S
    is_said = watch.is_called_late(now_s, record.stale_limit_s)
    return -age_s if age_s > limit_s and not is_said else 0.0
