"""What the samples of a week say: how fast each thing grows, and whether that is flat. Pure.

Growth is judged at the rests, where the wall shows the same cameras each time, by the median of all slopes between
two of them (Theil 1950, Sen 1968): a third of the rests may be off without moving it.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from tests.bench.soaking.plan import WARM_UP_HOURS, hour_at
from tests.bench.soaking.probe import Kind, Reading

MEMORY_LIMIT_MB_PER_HOUR = 1.0
"""Of the week, after the first hour (trust.md)."""
COUNT_LIMIT_SHARE = 0.05
COUNT_LIMIT = 2.0
"""A count may have grown by so many at the end of the run, or by that share of itself where it is more."""
SECONDS_PER_HOUR = 3600.0


@dataclass(frozen=True, slots=True)
class Sample:
    """The product at one moment.

    Attributes:
        at_s: since the start, seconds.
        told: what the script said of itself last.
        is_rest: whether the wall rested, all of it live.
        reading: of its processes.
        outages: how many there had been.
    """

    at_s: float
    told: Mapping[str, Any]
    is_rest: bool
    reading: Reading
    outages: int

    @property
    def hour(self) -> float:
        """Of the compressed week."""
        return hour_at(int(self.told.get("play_stops", 0)))


@dataclass(frozen=True, slots=True)
class Series:
    """One figure over the week.

    Attributes:
        name: what it is.
        unit: of its values; MB is judged as memory, everything else as a count.
        value: reads it from a sample; None where it is not known.
    """

    name: str
    unit: str
    value: Callable[[Sample], float | None]

    def points(self, samples: Sequence[Sample]) -> list[tuple[float, float, float]]:
        """Hour of the week, seconds since the start, value."""
        values = ((sample.hour, sample.at_s, self.value(sample)) for sample in samples)
        return [(hour, at_s, value) for hour, at_s, value in values if value is not None]


@dataclass(frozen=True, slots=True)
class Judgement:
    """How a figure went.

    Attributes:
        first, last: its median over the first and the last quarter of the judged rests.
        per_hour: its slope, an hour of the week.
        per_real_hour: its slope, an hour of the clock.
        growth: what that slope makes of the judged time.
        limit: what it is held to, in words.
        is_flat: whether it keeps that.
    """

    series: Series
    first: float
    last: float
    per_hour: float
    per_real_hour: float
    growth: float
    limit: str
    is_flat: bool

    def as_json(self) -> dict[str, Any]:
        """All figures, by name."""
        numbers = {"first": self.first, "last": self.last, "growth": self.growth}
        slopes = {"per_compressed_hour": self.per_hour, "per_real_hour": self.per_real_hour}
        name = {"name": self.series.name, "unit": self.series.unit}
        return {**name, **numbers, **slopes, "limit": self.limit, "is_flat": self.is_flat}


def slope(points: Sequence[tuple[float, float]]) -> float:
    """The median of the slopes between any two points; 0.0 where there are none."""
    pairs = itertools.combinations(points, 2)
    slopes = [(later[1] - first[1]) / (later[0] - first[0]) for first, later in pairs if later[0] != first[0]]
    return median(slopes) if slopes else 0.0


def judged_rests(samples: Sequence[Sample]) -> list[Sample]:
    """The rests that count: after the warm-up."""
    return [sample for sample in samples if sample.is_rest and sample.hour >= WARM_UP_HOURS - 1e-9]


def judge(series: Series, samples: Sequence[Sample]) -> Judgement | None:
    """Judge a figure by its rests; None where it was seen less than twice."""
    points = series.points(judged_rests(samples))
    if len(points) < 2:
        return None
    values = [value for _, _, value in points]
    quarter = max(1, len(values) // 4)
    per_hour = slope([(hour, value) for hour, _, value in points])
    per_real_hour = slope([(at_s, value) for _, at_s, value in points]) * SECONDS_PER_HOUR
    growth = per_hour * (points[-1][0] - points[0][0])
    limit, is_flat = _held_to(series, per_hour, growth, values)
    first, last = median(values[:quarter]), median(values[-quarter:])
    return Judgement(series, first, last, per_hour, per_real_hour, growth, limit, is_flat)


def _held_to(series: Series, per_hour: float, growth: float, values: Sequence[float]) -> tuple[str, bool]:
    if series.unit == "MB":
        return f"< {MEMORY_LIMIT_MB_PER_HOUR:g} MB/h", per_hour < MEMORY_LIMIT_MB_PER_HOUR
    if series is ZOMBIES:
        return "0", not any(values)
    most = max(COUNT_LIMIT, COUNT_LIMIT_SHARE * median(values))
    return f"+{most:.0f} at most", growth <= most


def _memory(*kinds: Kind) -> Callable[[Sample], float | None]:
    return lambda sample: sum(each.uss_mb for each in sample.reading.of(*kinds))


def _fds(*kinds: Kind) -> Callable[[Sample], float | None]:
    return lambda sample: sum(each.fds for each in sample.reading.of(*kinds))


def _threads(*kinds: Kind) -> Callable[[Sample], float | None]:
    return lambda sample: sum(each.threads for each in sample.reading.of(*kinds))


ALL_MEMORY = Series("memory, all processes", "MB", _memory())
CONSOLE_MEMORY = Series("memory, console", "MB", _memory(Kind.CONSOLE))
HOSTS_MEMORY = Series("memory, hosts", "MB", _memory(Kind.HOST))
WATCHDOG_MEMORY = Series("memory, watchdog", "MB", _memory(Kind.WATCHDOG))
CONSOLE_FDS = Series("descriptors, console", "", _fds(Kind.CONSOLE))
HOSTS_FDS = Series("descriptors, hosts", "", _fds(Kind.HOST))
CONSOLE_THREADS = Series("threads, console", "", _threads(Kind.CONSOLE))
HOSTS_THREADS = Series("threads, hosts", "", _threads(Kind.HOST))
PROCESSES = Series("processes", "", lambda sample: len(sample.reading.processes))
ZOMBIES = Series("zombies", "", lambda sample: sample.reading.zombies)
SEGMENTS = Series("shared-memory segments", "", lambda sample: sample.reading.segments)
LEFTOVERS = Series("names in /dev/shm", "", lambda sample: sample.reading.leftovers)
OBJECTS = Series("Python objects, console", "", lambda sample: sample.told.get("objects"))


def oldest_host_memory(samples: Sequence[Sample]) -> Series:
    """The memory of the host that lived longest: the sum of all hosts hides what a killed one had grown to."""
    rests = judged_rests(samples)
    lives = Counter((each.pid, each.started_s) for rest in rests for each in rest.reading.of(Kind.HOST))
    oldest = max(lives, key=lambda life: lives[life], default=None)
    name = f"memory, longest-lived host ({lives[oldest] if oldest else 0} rests)"

    def value(sample: Sample) -> float | None:
        hosts = sample.reading.of(Kind.HOST)
        return next((each.uss_mb for each in hosts if (each.pid, each.started_s) == oldest), None)

    return Series(name, "MB", value)


def all_series(samples: Sequence[Sample]) -> list[Series]:
    """Every figure that is judged."""
    memory = [ALL_MEMORY, CONSOLE_MEMORY, HOSTS_MEMORY, oldest_host_memory(samples), WATCHDOG_MEMORY]
    counts = [CONSOLE_FDS, HOSTS_FDS, CONSOLE_THREADS, HOSTS_THREADS, PROCESSES, ZOMBIES, SEGMENTS, LEFTOVERS]
    return [*memory, *counts, OBJECTS]


def judge_all(samples: Sequence[Sample]) -> list[Judgement]:
    """Judge every figure that was seen often enough."""
    judgements = (judge(series, samples) for series in all_series(samples))
    return [judgement for judgement in judgements if judgement is not None]
