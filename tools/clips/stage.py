"""What a place must offer to be filmed, and what all places share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from tools.clips.canvas import Canvas
from tools.clips.ground import Ground
from tools.clips.light import Lamp, Light
from tools.clips.space import Lens

PERIOD_S = 10.0
"""Everything that moves is back where it was after this time: the loop of the main clips, half the sub's."""

Actor = tuple[float, Callable[[], None]]
"""How far away something stands, and how to paint it."""


class Stage(Protocol):
    """One place in one condition."""

    @property
    def lens(self) -> Lens:
        """The camera."""

    @property
    def light(self) -> Light:
        """The light it is filmed in."""

    @property
    def lamps(self) -> tuple[Lamp, ...]:
        """What burns there when it is dark."""

    def texture(self, ground: Ground) -> NDArray[np.float32]:
        """The ground's own colours, height × width × RGB."""

    def backdrop(self, canvas: Canvas) -> None:
        """Paint what never moves and stands behind everything that does."""

    def act(self, canvas: Canvas, time_s: float) -> None:
        """Paint what moves, at a time of the loop."""

    def foreground(self, canvas: Canvas) -> None:
        """Paint what never moves and stands before everything that does."""


def paint_by_distance(actors: Sequence[Actor]) -> None:
    """Paint the farthest first, so that near things cover far ones."""
    for _, paint in sorted(actors, key=lambda actor: -actor[0]):
        paint()


def loop_fraction(time_s: float, offset: float, laps: int = 1) -> float:
    """How far along its way something is, 0 to 1, when it goes it `laps` times in a period."""
    return (time_s / PERIOD_S * laps + offset) % 1.0
