"""Which cameras somebody could have seen lately, and which nobody has: what a coverage tour goes by. Pure.

Seen means: on a tile that is on the screen, LIVE, for two seconds without a break. A camera that was on the wall
for long enough and was not seen so counts as tried: it goes to the back of the queue, so that a dead one starves
nobody, and is reported as not seen.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from heapq import nsmallest

from app.core.model import CameraId, Catalog, Lifecycle
from app.core.purpose import needs_purpose
from app.core.tile_status import Sign

SEEN_AFTER_S = 2.0
"""What an officer needs to take a picture in."""
TRIED_AFTER_S = 4.0
"""Below the shortest dwell: each step of a tour sees each of its cameras, or has tried it."""
WINDOW_S = 30 * 60.0
"""What counts as lately."""
BREAK_S = 1.5
"""Between two looks further apart nobody knows what the wall showed: what was live has to be so anew."""


@dataclass(frozen=True, slots=True)
class OnWall:
    """A camera that is on the screen: since when, and since when it has been live without a break."""

    since_s: float
    live_since_s: float | None = None

    def is_seen(self, now_s: float) -> bool:
        """Whether somebody could have taken its picture in."""
        return self.live_since_s is not None and now_s - self.live_since_s >= SEEN_AFTER_S

    def is_tried(self, now_s: float) -> bool:
        """Whether it had its chance."""
        return now_s - self.since_s >= TRIED_AFTER_S


@dataclass(frozen=True, slots=True)
class Coverage:
    """When each camera was last seen, and last tried in vain; monotonic seconds.

    Attributes:
        seen_s: only cameras that ever were.
        tried_s: only cameras that were on the wall for long enough without being seen.
        on_wall: the cameras on the screen now.
        begun_s: the first look; nothing is known of the time before.
        looked_s: the last look.
    """

    seen_s: Mapping[CameraId, float] = field(default_factory=dict)
    tried_s: Mapping[CameraId, float] = field(default_factory=dict)
    on_wall: Mapping[CameraId, OnWall] = field(default_factory=dict)
    begun_s: float | None = None
    looked_s: float | None = None

    def looked(self, signs: Mapping[CameraId, Sign], now_s: float) -> Coverage:
        """What is known after one more look at the wall.

        Args:
            signs: of each camera on the screen, LIVE if one of its tiles is.
            now_s: monotonic seconds; a look is due every half a second.
        """
        is_whole = self.looked_s is not None and 0.0 <= now_s - self.looked_s <= BREAK_S
        on_wall = {
            camera: _still_on_wall(self.on_wall.get(camera), sign, is_whole, now_s)
            for camera, sign in signs.items()
        }
        seen = {camera: now_s for camera, each in on_wall.items() if each.is_seen(now_s)}
        tried = {camera: now_s for camera, each in on_wall.items() if each.is_tried(now_s) and camera not in seen}
        return Coverage(
            seen_s={**self.seen_s, **seen} if seen else self.seen_s,
            tried_s={**self.tried_s, **tried} if tried else self.tried_s,
            on_wall=on_wall,
            begun_s=now_s if self.begun_s is None else self.begun_s,
            looked_s=now_s,
        )

    def least_recent(
        self, cameras: Sequence[CameraId], count: int, last: AbstractSet[CameraId] = frozenset()
    ) -> tuple[CameraId, ...]:
        """The cameras that were seen or tried longest ago, in the order of `cameras`.

        Args:
            cameras: of which they are taken; of equal ones the first.
            count: how many at most.
            last: those that are taken only where no others are left, as they are on the wall already.
        """

        def rank(index: int) -> tuple[bool, float, int]:
            camera = cameras[index]
            return camera in last, max(_moment_s(self.seen_s, camera), _moment_s(self.tried_s, camera)), index

        return tuple(cameras[index] for index in sorted(nsmallest(count, range(len(cameras)), key=rank)))

    def report(self, cameras: Collection[CameraId], now_s: float, scope: str = "") -> CoverageReport:
        """What of these cameras was seen within the last half an hour, and what was not."""
        ages = {camera: now_s - self.seen_s[camera] for camera in cameras if camera in self.seen_s}
        missed = [
            Missed(camera, ages.get(camera), self._tried_ago_s(camera, now_s))
            for camera in cameras
            if ages.get(camera, math.inf) > WINDOW_S
        ]
        missed.sort(key=lambda each: -(each.seen_ago_s if each.seen_ago_s is not None else math.inf))
        watched_s = 0.0 if self.begun_s is None else now_s - self.begun_s
        return CoverageReport(len(cameras), tuple(missed), watched_s, scope)

    def _tried_ago_s(self, camera: CameraId, now_s: float) -> float | None:
        ago_s = now_s - _moment_s(self.tried_s, camera)
        return ago_s if ago_s <= WINDOW_S else None


@dataclass(frozen=True, slots=True)
class Missed:
    """A camera that was not seen within the last half an hour."""

    camera: CameraId
    seen_ago_s: float | None
    """None: never, as far as is known."""
    tried_ago_s: float | None = None
    """When it last was on the wall in vain, if within the last half an hour."""


@dataclass(frozen=True, slots=True)
class CoverageReport:
    """What is to be said of a set of cameras."""

    cameras: int
    missed: tuple[Missed, ...]
    """The longest unseen first, those never seen before all others."""
    watched_s: float
    """Since when anything is known: a console that has just started has seen nothing yet."""
    scope: str = ""
    """The query that names the cameras; empty for all that need no purpose."""

    @property
    def seen(self) -> int:
        """How many were seen within the last half an hour."""
        return self.cameras - len(self.missed)

    @property
    def part(self) -> float:
        """How many of them, 0 to 1; 0 where there are none."""
        return self.seen / self.cameras if self.cameras else 0.0

    @property
    def is_complete(self) -> bool:
        """Whether "every camera was seen within 30 min" is true."""
        return self.cameras > 0 and not self.missed

    @property
    def never_seen(self) -> int:
        """How many were not seen at all."""
        return sum(each.seen_ago_s is None for each in self.missed)

    @property
    def tried(self) -> int:
        """How many of those not seen were on the wall in vain."""
        return sum(each.tried_ago_s is not None for each in self.missed)

    @property
    def longest(self) -> Missed | None:
        """Of those that were seen once, the one whose last time is longest ago."""
        return next((each for each in self.missed if each.seen_ago_s is not None), None)


def routine_cameras(catalog: Catalog) -> tuple[CameraId, ...]:
    """Every camera that is meant to work now and that anybody may look at without a purpose, by code.

    A private camera is never opened by routine: each view of it has a purpose (trust.md).
    """
    found = (
        camera
        for camera in catalog.cameras.values()
        if camera.lifecycle is Lifecycle.ACTIVE and not needs_purpose(camera)
    )
    return tuple(camera.id for camera in sorted(found, key=lambda camera: camera.code))


def _still_on_wall(before: OnWall | None, sign: Sign, is_whole: bool, now_s: float) -> OnWall:
    """A camera on the wall after one more look.

    Args:
        is_whole: whether the time since the look before is known.
    """
    since_s = now_s if before is None else min(before.since_s, now_s)
    if sign is not Sign.LIVE:
        return OnWall(since_s)
    was_live_s = before.live_since_s if before is not None and is_whole else None
    return OnWall(since_s, now_s if was_live_s is None else was_live_s)


def _moment_s(moments: Mapping[CameraId, float], camera: CameraId) -> float:
    return moments.get(camera, -math.inf)
