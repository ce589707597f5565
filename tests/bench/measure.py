"""Measures contenders in turn, round by round: the machine's drift hits all alike, and ratios hold."""

from __future__ import annotations

import argparse
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from statistics import median
from typing import Any

import psutil

from app.core.model import Profile
from tests.bench.contenders import CONTENDERS, Running
from tests.bench.world import BenchWorld
from tests.xdisplay import XDisplay

WARM_UP_S = 8.0
"""Opening streams costs more than playing them, and is not what is measured."""
AFTER_S = 2.0
"""How much longer a contender that ends by itself runs, so that it never ends inside the window."""


@dataclass(frozen=True, slots=True)
class Case:
    """How many tiles of which profile."""

    profile: Profile
    tiles: int

    def __str__(self) -> str:
        return f"{self.profile.value}{self.tiles}"


@dataclass(frozen=True, slots=True)
class Sample:
    """One contender in one round."""

    cpu_s_per_stream_s: float
    uss_mb: float
    own: Mapping[str, Any]
    """What the contender measured of itself (the wall's report)."""


@dataclass(frozen=True, slots=True)
class CaseResult:
    """All rounds of a case, by contender."""

    case: Case
    samples: dict[str, list[Sample]] = field(default_factory=dict)

    def cpu(self, contender: str) -> float:
        """The median CPU seconds a stream-second."""
        return median(sample.cpu_s_per_stream_s for sample in self.samples[contender])

    def ratios(self, contender: str) -> list[float]:
        """CPU as a multiple of the floor's, each round against its own floor."""
        pairs = zip(self.samples[contender], self.samples.get("floor", ()), strict=False)
        return [mine.cpu_s_per_stream_s / floor.cpu_s_per_stream_s for mine, floor in pairs]

    def as_json(self) -> dict[str, Any]:
        """Every figure of every round."""
        return {
            "case": str(self.case),
            "contenders": {
                name: [
                    {
                        "cpu_s_per_stream_s": sample.cpu_s_per_stream_s,
                        "uss_mb": sample.uss_mb,
                        "report": sample.own,
                    }
                    for sample in samples
                ]
                for name, samples in self.samples.items()
            },
            "ratios_to_floor": {name: self.ratios(name) for name in self.samples},
        }


def measure_case(world: BenchWorld, display: XDisplay, case: Case, options: argparse.Namespace) -> CaseResult:
    """Run every contender once a round, in turn.

    Args:
        world: the cameras.
        display: a private X server.
        case: see there.
        options: `contenders`, `rounds` and `seconds` of the command line.
    """
    result = CaseResult(case, {name: [] for name in options.contenders})
    for _ in range(options.rounds):
        for name in options.contenders:
            total_s = WARM_UP_S + options.seconds + AFTER_S
            running = CONTENDERS[name](world, case.profile, case.tiles, total_s, display.name)
            result.samples[name].append(_sample(running, case.tiles, options.seconds))
    return result


def _sample(running: Running, tiles: int, seconds: float) -> Sample:
    time.sleep(WARM_UP_S)
    tree = _tree(running)
    start_s, start_cpu_s = time.monotonic(), _cpu_s(tree)
    time.sleep(seconds)
    cpu_s = _cpu_s(tree) - start_cpu_s
    measured_s = time.monotonic() - start_s
    uss_mb = sum(process.memory_full_info().uss for process in tree) / 2**20
    own = running.end()
    return Sample(cpu_s / measured_s / tiles, round(uss_mb, 1), own)


def _tree(running: Running) -> list[psutil.Process]:
    roots = [psutil.Process(process.pid) for process in running.processes]
    return [process for root in roots for process in (root, *root.children(recursive=True))]


def _cpu_s(processes: list[psutil.Process]) -> float:
    times = [process.cpu_times() for process in processes]
    return sum(used.user + used.system for used in times)
