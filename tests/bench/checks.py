"""`python3 dev.py bench checks`: what the frame checks cost: measuring in the hosts, judging in the console."""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from app.core.picture import PictureSample, measure
from app.core.picture_watch import PictureWatch, judge
from tests.bench.table import print_machine

SIZES_PX = ((640, 360), (704, 576), (1920, 1080), (3840, 2160))
TILES = 36
GOAL_PART = 0.05
"""Of a core, for that many tiles at one picture a second (trust.md)."""
RIPE_SAMPLES = 200
"""Until a baseline judges: before that, judging costs less."""


def main(words: Sequence[str]) -> int:
    """Measure and print; 0 when the goal is met."""
    parser = argparse.ArgumentParser(prog="dev.py bench checks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=200, help="calls of each measurement")
    parser.add_argument("--json", help="write the figures there")
    options = parser.parse_args(words)
    print_machine()
    measuring = {size: _measuring_ms(size, options.rounds) for size in SIZES_PX}
    judging_ms = _judging_ms(options.rounds)
    for (width_px, height_px), cost_ms in measuring.items():
        print(f"measuring a picture of {width_px}×{height_px}: {cost_ms:.2f} ms")
    print(f"judging it: {judging_ms:.2f} ms")
    part = TILES * (measuring[SIZES_PX[0]] + judging_ms) / 1000
    print(f"{TILES} tiles of sub-streams, once a second: {part:.1%} of a core (goal: {GOAL_PART:.0%} at most)")
    if options.json:
        _write(Path(options.json), measuring, judging_ms, part)
    return 0 if part <= GOAL_PART else 1


def _median_ms(call: Callable[[], object], rounds: int) -> float:
    times_s = []
    for _ in range(rounds):
        began_s = time.perf_counter()
        call()
        times_s.append(time.perf_counter() - began_s)
    return median(times_s) * 1000


def _measuring_ms(size_px: tuple[int, int], rounds: int) -> float:
    luma = _picture(size_px)
    _, previous = measure(luma, None)
    return _median_ms(lambda: measure(luma, previous), rounds)


def _judging_ms(rounds: int) -> float:
    sample, _ = measure(_picture(SIZES_PX[0]), None)
    watch = PictureWatch()
    for second in range(RIPE_SAMPLES):
        watch = judge(watch, sample, float(second), hour=12)
    return _median_ms(lambda: _judged(watch, sample), rounds)


def _judged(watch: PictureWatch, sample: PictureSample) -> PictureWatch:
    return judge(watch, sample, RIPE_SAMPLES + 1.0, hour=12)


def _picture(size_px: tuple[int, int]) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """Noise on a slope: nothing that a check could pass over quickly."""
    width_px, height_px = size_px
    slope = np.linspace(40, 200, width_px)[None, :]
    noise = np.random.default_rng(1).normal(0, 8, (height_px, width_px))
    return np.clip(slope + noise, 16, 235).astype(np.uint8)


def _write(path: Path, measuring: dict[tuple[int, int], float], judging_ms: float, part: float) -> None:
    sizes = {f"{width_px}x{height_px}": cost_ms for (width_px, height_px), cost_ms in measuring.items()}
    document = {"measuring_ms": sizes, "judging_ms": judging_ms, "part_of_a_core": part, "tiles": TILES}
    path.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")
