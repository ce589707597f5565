"""When something that is looked at again and again is due. Pure; times are monotonic seconds, and come in."""

from __future__ import annotations


class Due:
    """Due at first, and then a period after each time that it was done.

    Args:
        period_s: between two times, seconds.
    """

    __slots__ = ("_next_s", "_period_s")

    def __init__(self, period_s: float) -> None:
        self._period_s = period_s
        self._next_s = 0.0

    def is_due(self, now_s: float) -> bool:
        """Whether it is time; a clock that jumped back makes nobody wait for longer than a period."""
        return not 0.0 < self._next_s - now_s <= self._period_s

    def done(self, now_s: float) -> None:
        """It was done now."""
        self._next_s = now_s + self._period_s
