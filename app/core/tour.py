"""Tours: scenes that take turns on a monitor, each for its dwell. Pure: time is an argument.

A step lasts for its dwell from the moment it was shown. Whatever the clock does meanwhile (a PC that slept, a wall
that stood still), one look at it moves a tour by one step at most.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from app.core.camera_query import CameraQuery
from app.core.errors import ConfigError
from app.core.layout import MAX_TILES
from app.core.model import CameraId
from app.core.scene import CameraScene, Scene

DWELL_S = 15.0
"""Of a step whose author gave none."""
SHORTEST_DWELL_S = 5.0
"""Shorter, and nobody sees more than that something moved."""
LONGEST_DWELL_S = 3600.0
WARM_S = 10.0
"""How long before its turn a step's streams are opened: three times what a slow camera needs for a picture."""
TRAIL_STEPS = 50
"""How far back one can go in a tour whose steps are chosen as it goes."""


@dataclass(frozen=True, slots=True)
class TourStep:
    """One scene, and for how long it is shown.

    Raises:
        ConfigError: the dwell is not 5 s to 1 h.
    """

    scene: Scene
    dwell_s: float = DWELL_S

    def __post_init__(self) -> None:
        _check_dwell(self.dwell_s)


@dataclass(frozen=True, slots=True)
class Tour:
    """A named row of steps; the first follows the last.

    Raises:
        ConfigError: it has no step.
    """

    name: str
    steps: tuple[TourStep, ...]
    is_open: bool = False
    """Whether steps are added at its end as it runs: then neither end leads to the other."""

    def __post_init__(self) -> None:
        if not self.steps:
            raise ConfigError("a tour has at least one step")


class PageOrder(Enum):
    """Which cameras a paged tour shows next."""

    READING = "reading"
    """Page after page, in the order of the query."""
    LEAST_SEEN = "least_seen"
    """Those that nobody has seen for longest: a coverage tour."""


@dataclass(frozen=True, slots=True)
class PagedTour:
    """A tour of all cameras that a query finds, so many at a time.

    Raises:
        ConfigError: the dwell is not 5 s to 1 h, or the tiles not 1 to 64.
    """

    name: str
    query: CameraQuery | None
    """None for every active camera that needs no purpose."""
    tiles: int = 4
    dwell_s: float = DWELL_S
    order: PageOrder = PageOrder.READING
    grid: str = ""
    """The layout's name; empty for a uniform one."""

    def __post_init__(self) -> None:
        _check_dwell(self.dwell_s)
        if not 1 <= self.tiles <= MAX_TILES:
            raise ConfigError("a page has 1 to {0} tiles, not {1}", MAX_TILES, self.tiles)

    def page(self, cameras: Sequence[CameraId]) -> TourStep:
        """A step that shows these cameras, all on tiles of one size, also on a last page that is not full."""
        return TourStep(CameraScene(tuple(cameras), self.grid or str(self.tiles)), self.dwell_s)

    def pages(self, cameras: Sequence[CameraId]) -> tuple[TourStep, ...]:
        """The steps that show all cameras in their order."""
        starts = range(0, len(cameras), self.tiles)
        return tuple(self.page(cameras[start : start + self.tiles]) for start in starts)


TourPlan = Tour | PagedTour
"""A tour as its author made it."""


@dataclass(frozen=True, slots=True)
class TourState:
    """A tour that runs: which step it shows, and since when.

    Attributes:
        tour: its steps.
        index: of the present step, from 0.
        since_s: when that was shown; after a pause, when it would have been shown without one.
        is_paused: whether the dwell stands still.
        paused_left_s: what is left of the dwell meanwhile.
    """

    tour: Tour
    index: int
    since_s: float
    is_paused: bool = False
    paused_left_s: float = 0.0

    @property
    def step(self) -> TourStep:
        """What is shown now."""
        return self.tour.steps[self.index]

    @property
    def next_step(self) -> TourStep | None:
        """What comes next; None where that is not known yet, or nothing else can come."""
        index = self._moved(1)
        return None if index == self.index else self.tour.steps[index]

    def left_s(self, now_s: float) -> float:
        """What is left of the present step's dwell."""
        if self.is_paused:
            return self.paused_left_s
        return min(max(0.0, self.since_s + self.step.dwell_s - now_s), self.step.dwell_s)

    def is_next_near(self, now_s: float) -> bool:
        """Whether the next step comes soon enough that its streams are to be open already."""
        return not self.is_paused and self.left_s(now_s) <= WARM_S

    def advanced(self, now_s: float) -> TourState:
        """The tour as time goes on: one step further at most; a clock that went back begins the dwell anew."""
        if self.is_paused:
            return self
        if now_s < self.since_s:
            return replace(self, since_s=now_s)
        return self if self.left_s(now_s) > 0.0 else self.stepped(1, now_s)

    def stepped(self, by: int, now_s: float) -> TourState:
        """The tour with another step shown, for the whole of its dwell; a paused one stays paused."""
        moved = replace(self, index=self._moved(by), since_s=now_s)
        return replace(moved, paused_left_s=moved.step.dwell_s if self.is_paused else 0.0)

    def paused(self, now_s: float) -> TourState:
        """The tour held."""
        return self if self.is_paused else replace(self, is_paused=True, paused_left_s=self.left_s(now_s))

    def resumed(self, now_s: float) -> TourState:
        """The tour let go: the rest of the dwell goes on."""
        if not self.is_paused:
            return self
        since_s = now_s - (self.step.dwell_s - self.paused_left_s)
        return replace(self, since_s=since_s, is_paused=False, paused_left_s=0.0)

    def extended(self, step: TourStep) -> TourState:
        """The tour with a step more at its end; the oldest are forgotten, never the present one."""
        steps = (*self.tour.steps, step)
        forgotten = min(max(0, len(steps) - TRAIL_STEPS), self.index)
        return replace(self, tour=replace(self.tour, steps=steps[forgotten:]), index=self.index - forgotten)

    def with_tour(self, tour: Tour) -> TourState:
        """The tour after its steps were made anew; it stays where it is, as far as there are so many."""
        return replace(self, tour=tour, index=min(self.index, len(tour.steps) - 1))

    def _moved(self, by: int) -> int:
        last = len(self.tour.steps) - 1
        return min(max(0, self.index + by), last) if self.tour.is_open else (self.index + by) % (last + 1)


def cameras_named(*steps: TourStep | None) -> list[CameraId]:
    """The cameras that steps name one by one."""
    scenes = (step.scene for step in steps if step is not None)
    return [camera for scene in scenes if isinstance(scene, CameraScene) for camera in scene.cameras]


def start_tour(tour: Tour, now_s: float) -> TourState:
    """The tour at its first step."""
    return TourState(tour, 0, now_s)


class Hold(Enum):
    """Why a tour does not go on."""

    BY_HAND = "by_hand"
    """The officer paused it."""
    BY_CHANGE = "by_change"
    """The officer changed what the monitor shows."""
    MAXIMISED = "maximised"
    """A tile fills the monitor; it goes on when the layout is back."""
    AWAY = "away"
    """The monitor is not plugged in; it goes on when it is."""
    DIRECTED = "directed"
    """The monitor shows an order from elsewhere; it goes on when that ends."""


@dataclass(frozen=True, slots=True)
class TourStatus:
    """A running tour, as a badge shows it."""

    name: str
    """Empty for the product's own coverage tour."""
    step: int
    """From 1."""
    steps: int | None
    """None where steps are chosen as it goes."""
    left_s: float
    dwell_s: float
    hold: Hold | None = None

    @property
    def left_part(self) -> float:
        """What is left of the dwell, 0 to 1."""
        return self.left_s / self.dwell_s


def _check_dwell(dwell_s: float) -> None:
    if not SHORTEST_DWELL_S <= dwell_s <= LONGEST_DWELL_S:
        raise ConfigError("a step lasts {0} to {1} s, not {2}", SHORTEST_DWELL_S, LONGEST_DWELL_S, dwell_s)
