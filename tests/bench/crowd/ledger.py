"""How long what took, how often what happened."""

from __future__ import annotations

import time
from collections import Counter, defaultdict

import numpy as np


class Ledger:
    """What all posts of one run write down."""

    def __init__(self) -> None:
        self.took_s: dict[str, list[float]] = defaultdict(list)
        self.counts: Counter[str] = Counter()
        self.attempts_s: list[float] = []
        """When a post that nobody answered tried, monotonic seconds."""
        self.returns_s: list[float] = []
        """When a post was answered again."""

    def note(self, name: str, took_s: float) -> None:
        """Something took so long."""
        self.took_s[name].append(took_s)

    def count(self, name: str, number: int) -> None:
        """So many more of something."""
        self.counts[name] += number

    def attempt(self) -> None:
        """A post has tried in vain."""
        self.attempts_s.append(time.monotonic())

    def note_return(self) -> None:
        """A post is answered again."""
        self.returns_s.append(time.monotonic())

    def percentiles_s(self, name: str) -> tuple[float, float, float]:
        """Median, p99 and the longest."""
        found = self.took_s[name] or [float("nan")]
        return float(np.median(found)), float(np.percentile(found, 99)), max(found)


def most_in_a_second(times_s: list[float]) -> int:
    """The most of these moments that lie within one second of the clock."""
    return max(Counter(int(each) for each in times_s).values(), default=0)
