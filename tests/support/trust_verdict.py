"""What a witness of one tile may say under oath: from readings of the screen to claims that it lied. Pure.

A *lie* is a look at a tile whose picture is older than the limit while nothing in its name bar is amber, whatever
else the bar says. How old the picture is, its barcode tells: the camera follows the wall clock, so that a frame's
number says when the camera showed it, but for whole loops of the clip.

One number proves nothing: what a decoder has pieced together from two frames shows no third one's (`barcode`), but
it may show the older one's for a moment, and a decoder has more frames than two. Readings are therefore put into
*chains*, each a row of pictures that could be real: from one reading to the next the camera's time goes on by no
more than the time between the looks and `CATCH_UP_S` (a backlog is played fast), and back by no more than
`STEP_BACK_S` (frames that changed places). A reading that does not fit begins a chain of its own and breaks no
other.

- A chain is believed if it lasted `BELIEVED_S`: that is more than the second between a camera's key frames, within
  which whatever was damaged is painted anew. So is one whose code stayed the same, bit for bit, for `FROZEN_S`.
  Neither is if more than half of the readings meanwhile do not belong to it.
- The clock is believed if the chain moved for `BELIEVED_S`, or if it came onto a tile that was marked or had no
  picture. Else it may be one damaged picture on which a moving one has stopped: then its age counts from when it
  was first seen.
- A believed chain is a *claim* if `LEAST_LOOKS` of its looks are lies. Each of them stands for the time until the
  tile's next look.
- A picture that moves and would be a whole loop old counts as young: the clock cannot tell them apart.
- A live tile whose code cannot be read is a claim if the pixels of the code do not change by one bit for longer
  than the limit: no camera of ours stands still.

So what goes unclaimed is a lie of less than three looks, and a moving picture that cannot be read. Neither is
passed over in silence: `doubtful` counts the looks that seemed to be lies and became no claim, `blind_s` the time
in which an unmarked picture could not be read.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from app.core.model import Profile
from app.demo.scenes import CLIP_FORMATS, phase_s

AGE_LIMIT_S = 2.2
"""A picture older than this must be marked (trust.md)."""
LEAST_LOOKS = 3
BELIEVED_S = 1.5
FROZEN_S = 0.25
"""Nearly four frames of a camera that plays 15 a second."""
CATCH_UP_S = 1.0
STEP_BACK_S = 0.2
FORGOTTEN_S = 3.0
"""A chain that was not continued for so long is over."""
STAYS_LIVE_S = 1.0
"""A tile that is live for a moment only has not come back."""
AHEAD_S = 0.5
"""A frame that seems to be shown so much before its time is young, not a loop old."""
_CLIP = CLIP_FORMATS[Profile.SUB]


@dataclass(frozen=True, slots=True)
class Reading:
    """One look at one tile.

    Attributes:
        at_s: when, monotonic seconds.
        is_live: the badge says live, and nothing in the bar is amber.
        is_marked: something in the bar is amber.
        frame: the number in the barcode, None where none can be read.
        strip: a checksum of the pixels that carry the code.
        has_picture: whether those pixels are of more than one colour.
    """

    at_s: float
    is_live: bool
    is_marked: bool
    frame: int | None
    strip: int = 0
    has_picture: bool = True


@dataclass(frozen=True, slots=True)
class CameraTime:
    """When a simulated camera showed a frame.

    Attributes:
        code: the camera's.
        offset_s: wall clock minus monotonic clock.
    """

    code: str
    offset_s: float

    def age_s(self, reading: Reading) -> float:
        """How long before the look the camera showed that frame, from -`AHEAD_S` to a loop less that."""
        assert reading.frame is not None
        shown_s = reading.frame / _CLIP.frame_rate_fps
        age_s = (reading.at_s + self.offset_s + phase_s(self.code) - shown_s) % _CLIP.loop_s
        return age_s if age_s < _CLIP.loop_s - AHEAD_S else age_s - _CLIP.loop_s


@dataclass(frozen=True, slots=True)
class Claim:
    """A lie that is proved.

    Attributes:
        began_s, ended_s: from its first look to the look after its last, monotonic seconds.
        seconds: how much of that was a lie.
        oldest_s: the oldest picture that was not marked.
        looks: at which it was seen.
    """

    began_s: float
    ended_s: float
    seconds: float
    oldest_s: float
    looks: int

    def __str__(self) -> str:
        return (
            f"{self.seconds:.2f} s from {self.began_s:.2f} in {self.looks} looks, up to {self.oldest_s:.1f} s old"
        )


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is known of a tile.

    Attributes:
        watched_s: how long it was looked at.
        unmarked_s: how long of that a picture was not marked.
        blind_s: how long of that its code could not be read, and changed.
        claims: proved lies.
        doubtful: looks at lies that were too short or too odd to be proved.
    """

    watched_s: float = 0.0
    unmarked_s: float = 0.0
    blind_s: float = 0.0
    claims: tuple[Claim, ...] = ()
    doubtful: int = 0

    @property
    def false_live_s(self) -> float:
        """All proved lies together."""
        return sum(claim.seconds for claim in self.claims)


@dataclass(slots=True)
class _Chain:
    """Readings that agree: (position, age) of each."""

    readings: Sequence[Reading]
    links: list[tuple[int, float]] = field(default_factory=list)

    def take(self, position: int) -> bool:
        """Add a reading if it agrees with the last one."""
        reading = self.readings[position]
        last_position, last_age_s = self.links[-1]
        last = self.readings[last_position]
        waited_s = reading.at_s - last.at_s
        moved_s = _moved_s(last, reading)
        age_s = last_age_s + waited_s - moved_s
        if waited_s > FORGOTTEN_S or not -STEP_BACK_S <= moved_s <= waited_s + CATCH_UP_S or age_s < -AHEAD_S:
            return False
        if moved_s and age_s >= _CLIP.loop_s - AHEAD_S:  # by the clock it may as well be of now
            return False
        self.links.append((position, age_s))
        return True

    @property
    def is_believed(self) -> bool:
        """Whether it can be no row of damaged pictures."""
        return self._is_most() and (self._lasted_s(self.links[-1][0]) >= BELIEVED_S or self._is_frozen())

    def _is_most(self) -> bool:
        """Whether no more than half of the readings meanwhile belong elsewhere."""
        span = self.readings[self.links[0][0] : self.links[-1][0] + 1]
        return 2 * len(self.links) >= sum(reading.frame is not None for reading in span)

    def ages_s(self) -> list[tuple[int, float]]:
        """The age at every look, by the clock if it is believed, else from when the chain was first seen."""
        first, age_s = self.links[0]
        came_onto_other = first == 0 or not is_bare(self.readings[first - 1])
        if came_onto_other or self._lasted_s(self._last_new()) >= BELIEVED_S:
            return self.links
        return [(position, each_s - max(0.0, age_s)) for position, each_s in self.links]

    def _lasted_s(self, until: int) -> float:
        return self.readings[until].at_s - self.readings[self.links[0][0]].at_s

    def _last_new(self) -> int:
        """The first look at the chain's last frame."""
        frame = self.readings[self.links[-1][0]].frame
        others = [at for at, (position, _) in enumerate(self.links) if self.readings[position].frame != frame]
        return self.links[others[-1] + 1 if others else 0][0]

    def _is_frozen(self) -> bool:
        looks, began_s, shown = 0, 0.0, None
        for position, _ in self.links:
            reading = self.readings[position]
            if (reading.frame, reading.strip) != shown:
                looks, began_s, shown = 0, reading.at_s, (reading.frame, reading.strip)
            looks += 1
            if looks >= LEAST_LOOKS and reading.at_s - began_s >= FROZEN_S:
                return True
        return False


def _moved_s(before: Reading, after: Reading) -> float:
    """How far the camera's time went on between two readings, half a loop either way."""
    assert before.frame is not None and after.frame is not None
    moved = (after.frame - before.frame + _CLIP.frames // 2) % _CLIP.frames - _CLIP.frames // 2
    return moved / _CLIP.frame_rate_fps


def judge(readings: Sequence[Reading], camera: CameraTime, limit_s: float = AGE_LIMIT_S) -> Verdict:
    """The verdict on one tile.

    Args:
        readings: all looks at it, in order.
        camera: whose picture it shows, if any.
        limit_s: the age from which a picture must be marked.
    """
    if len(readings) < 2:
        return Verdict()
    frozen = set(_unreadable_frozen(readings, limit_s))
    lies: list[dict[int, float]] = []
    suspects: set[int] = set()
    for chain in _chains(readings, camera):
        suspects |= _too_old(readings, chain.links, limit_s).keys()
        old = _too_old(readings, chain.ages_s(), limit_s)
        if chain.is_believed and len(old) >= LEAST_LOOKS:
            lies.append(old)
    lies += [_with_ages(readings, run, limit_s) for run in _runs(sorted(frozen))]
    proved = {position for lie in lies for position in lie}
    bare = [position for position, reading in enumerate(readings) if is_bare(reading)]
    blind = [position for position in bare if readings[position].frame is None and position not in frozen]
    return Verdict(
        watched_s=readings[-1].at_s - readings[0].at_s,
        unmarked_s=sum(_stands_s(readings, position) for position in bare),
        blind_s=sum(_stands_s(readings, position) for position in blind),
        claims=tuple(_claim(readings, lie) for lie in lies),
        doubtful=len(suspects - proved),
    )


def is_bare(reading: Reading) -> bool:
    """Whether there is a picture and nothing amber."""
    return not reading.is_marked and (reading.is_live or reading.frame is not None)


def _too_old(readings: Sequence[Reading], ages_s: Sequence[tuple[int, float]], limit_s: float) -> dict[int, float]:
    return {position: age_s for position, age_s in ages_s if age_s > limit_s and is_bare(readings[position])}


def _chains(readings: Sequence[Reading], camera: CameraTime) -> list[_Chain]:
    chains: list[_Chain] = []
    fresh: list[_Chain] = []
    for position, reading in enumerate(readings):
        if reading.frame is None:
            continue
        fresh = [chain for chain in fresh if reading.at_s - readings[chain.links[-1][0]].at_s <= FORGOTTEN_S]
        # the longest first: a stray number may not take a reading away from a real row
        if not any(chain.take(position) for chain in sorted(fresh, key=lambda chain: -len(chain.links))):
            fresh.append(_Chain(readings, [(position, camera.age_s(reading))]))
            chains.append(fresh[-1])
    return chains


def _unreadable_frozen(readings: Sequence[Reading], limit_s: float) -> Iterator[int]:
    """Looks at an unmarked picture without a readable code that has not changed for longer than the limit."""
    began_s, strip = math.nan, None
    for position, reading in enumerate(readings):
        is_candidate = reading.is_live and reading.frame is None and reading.has_picture
        if not is_candidate or reading.strip != strip:
            began_s, strip = reading.at_s, reading.strip if is_candidate else None
        elif reading.at_s - began_s > limit_s:
            yield position


def _runs(positions: Sequence[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for position in positions:
        if runs and position == runs[-1][-1] + 1:
            runs[-1].append(position)
        else:
            runs.append([position])
    return runs


def _with_ages(readings: Sequence[Reading], run: Sequence[int], limit_s: float) -> dict[int, float]:
    return {position: limit_s + readings[position].at_s - readings[run[0]].at_s for position in run}


def _stands_s(readings: Sequence[Reading], position: int) -> float:
    """How long a look stands: until the next one."""
    return readings[position + 1].at_s - readings[position].at_s if position + 1 < len(readings) else 0.0


def _claim(readings: Sequence[Reading], lie: dict[int, float]) -> Claim:
    first, last = min(lie), max(lie)
    return Claim(
        began_s=readings[first].at_s,
        ended_s=readings[min(last + 1, len(readings) - 1)].at_s,
        seconds=sum(_stands_s(readings, position) for position in lie),
        oldest_s=max(lie.values()),
        looks=len(lie),
    )


def first_not_live_s(readings: Sequence[Reading], from_s: float) -> float | None:
    """When the tile was first seen not to be called live, from then on; None if it always was.

    A tile that was not live when that began has nothing to show: nan.
    """
    before = [reading for reading in readings if reading.at_s < from_s]
    if before and not before[-1].is_live:
        return math.nan
    return next((each.at_s for each in readings if each.at_s >= from_s and not each.is_live), None)


def first_live_again_s(readings: Sequence[Reading], camera: CameraTime, from_s: float) -> float | None:
    """When the tile was first seen live with a young picture, from then on, and stayed live for `STAYS_LIVE_S`."""
    began_s: float | None = None
    for reading in readings:
        if reading.at_s < from_s:
            continue
        if not reading.is_live:
            began_s = None
        elif began_s is None and reading.frame is not None and camera.age_s(reading) <= AGE_LIMIT_S:
            began_s = reading.at_s
        elif began_s is not None and reading.at_s - began_s >= STAYS_LIVE_S:
            return began_s
    return None


def looks_per_s(readings: Sequence[Reading]) -> float:
    """How often a tile was looked at."""
    gaps_s = [after.at_s - before.at_s for before, after in pairwise(readings)]
    return len(gaps_s) / sum(gaps_s) if gaps_s else 0.0
