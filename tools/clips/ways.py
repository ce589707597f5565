"""Ways that people and vehicles follow, and when they are where on them."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from tools.clips.space import Pose

_STEPS = 14
"""Pieces that each stretch between two given points is cut into."""


class Way:
    """A smooth curve through points on the ground (Catmull and Rom), measured in metres from its start."""

    def __init__(self, *points: tuple[float, float]) -> None:
        self._points = list(_smooth(points))
        self._metres = [0.0]
        for start, end in pairwise(self._points):
            self._metres.append(self._metres[-1] + math.dist(start, end))

    @property
    def length_m(self) -> float:
        """From start to end."""
        return self._metres[-1]

    def pose(self, along_m: float) -> Pose:
        """Where something stands that has gone so far, and which way it looks."""
        along_m = min(max(along_m, 0.0), self.length_m - 1e-6)
        piece = min(bisect_right(self._metres, along_m), len(self._points) - 1)
        start, end = self._points[piece - 1], self._points[piece]
        part = (along_m - self._metres[piece - 1]) / max(1e-9, self._metres[piece] - self._metres[piece - 1])
        heading = math.degrees(math.atan2(end[1] - start[1], end[0] - start[0]))
        return Pose(start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part, heading)


def keyed(fraction: float, *keys: tuple[float, float]) -> float:
    """A value that eases from key to key; keys are (fraction of the loop, value) in rising order."""
    for (start, low), (end, high) in pairwise(keys):
        if start <= fraction <= end:
            part = (fraction - start) / max(1e-9, end - start)
            return low + (high - low) * part * part * (3 - 2 * part)
    return keys[0][1] if fraction < keys[0][0] else keys[-1][1]


def _smooth(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    padded = [points[0], *points, points[-1]]
    curve = [
        tuple(_spline([padded[at + k][axis] for k in range(4)], step / _STEPS) for axis in range(2))
        for at in range(len(points) - 1)
        for step in range(_STEPS)
    ]
    return [(x, y) for x, y in curve] + [points[-1]]


def _spline(p: list[float], t: float) -> float:
    return 0.5 * (
        2 * p[1]
        + (p[2] - p[0]) * t
        + (2 * p[0] - 5 * p[1] + 4 * p[2] - p[3]) * t**2
        + (3 * p[1] - p[0] - 3 * p[2] + p[3]) * t**3
    )
