"""How evenly the window's clock ticks: the gap between ticks is how long the console was deaf to its officer.

GUI thread. Must not import Qt. Counts into classes, so that months of ticks take no more memory than a minute's.
"""

from __future__ import annotations

_CLASS_MS = 0.1
_CLASSES = 10_000
"""Classes of 0.1 ms up to 1 s; longer gaps share the last one, their longest is kept beside it."""


class GapMeter:
    """Takes the times of ticks, gives the distribution of the gaps between them."""

    def __init__(self) -> None:
        self._last_s: float | None = None
        self._counts = [0] * _CLASSES
        self._total = 0
        self.max_ms = 0.0

    @property
    def total(self) -> int:
        """How many gaps were counted."""
        return self._total

    def tick(self, now_s: float) -> None:
        """A tick happened."""
        if self._last_s is not None:
            self._count((now_s - self._last_s) * 1000.0)
        self._last_s = now_s

    def _count(self, gap_ms: float) -> None:
        self._counts[min(int(gap_ms / _CLASS_MS), _CLASSES - 1)] += 1
        self._total += 1
        self.max_ms = max(self.max_ms, gap_ms)

    def percentile_ms(self, share: float) -> float:
        """The gap that this share (0 to 1) of all gaps does not exceed; 0.0 before the first."""
        wanted, seen = share * self._total, 0
        for number, count in enumerate(self._counts):
            seen += count
            if count and seen >= wanted:
                return min((number + 1) * _CLASS_MS, self.max_ms)
        return 0.0
