"""How many streams this PC sustains, as the preflight measured it, and which tiles get one where that is too few.

Pure. A stream of a size of which a PC sustains n takes 1/n of it; all together take no more than the whole. Load
shedding (`shedding.py`) is for what nobody foresaw; this is for what is known before anything is opened.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

SMALL_HEIGHT_PX, HD_HEIGHT_PX = 432, 864
"""Half-way between the sizes that are measured, by height: 360, 720 and 1080."""


class SizeClass(Enum):
    """A size of streams; the value is how it is called."""

    SMALL = "360p"
    HD = "720p"
    FULL_HD = "1080p"


def size_class(height_px: int | None) -> SizeClass:
    """The class of a stream; one of unknown height counts as large."""
    if height_px is None or height_px > HD_HEIGHT_PX:
        return SizeClass.FULL_HD
    return SizeClass.SMALL if height_px <= SMALL_HEIGHT_PX else SizeClass.HD


@dataclass(frozen=True, slots=True)
class TileBudget:
    """What was measured.

    Attributes:
        sustained: how many streams of a size, if all are of that size; a size that is missing has no limit.
    """

    sustained: Mapping[SizeClass, int] = field(default_factory=dict)

    def share(self, size: SizeClass) -> float:
        """The part of this PC that one stream takes."""
        count = self.sustained.get(size)
        return 1 / count if count else 0.0


class Spending:
    """What has been spent of a budget on the streams of a wall; the most important tile asks first.

    Args:
        budget: see there; None has no limit.
    """

    def __init__(self, budget: TileBudget | None) -> None:
        self._budget = budget or TileBudget()
        self._spent = 0.0

    def take(self, size: SizeClass) -> bool:
        """Spend on one more stream, if that is left."""
        spent = self._spent + self._budget.share(size)
        if spent > 1.0 + 1e-9:  # so many shares of 1/n are the whole, whatever their sum is in floating point
            return False
        self._spent = spent
        return True
