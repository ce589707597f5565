"""`python3 dev.py bench preflight`: what a tile costs by `pantau doctor` and by this bench, in turn, on one PC."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from unittest.mock import patch

from app.core.model import Profile
from app.doctor.cameras import TRIALS, Trial, cameras_of, make_clip
from app.doctor.tiles import ways
from app.doctor.trial import run_wall
from tests.bench.contenders import WALL_PX, environment_of
from tests.bench.measure import Case, measure_case
from tests.bench.table import print_machine
from tests.bench.world import BenchWorld
from tests.xdisplay import XDisplay, open_display

APART_GOAL = 0.2
"""How far the preflight's figure may be from the bench's (issue 6)."""
PAIRS = ((TRIALS[0], Profile.SUB), (TRIALS[2], Profile.MAIN))
"""What both can measure: the bench has no camera of 720p."""
EXIT_KEPT, EXIT_MISSED = 0, 1


def main(words: Sequence[str]) -> int:
    """Measure and print; 0 when every figure agrees."""
    options = _parser().parse_args(words)
    print_machine()
    apart: dict[str, float] = {}
    with (
        TemporaryDirectory(prefix="pantau-preflight-") as name,
        BenchWorld(Path(name), Path(options.clips)) as world,
        open_display(*WALL_PX) as display,
        # the preflight starts its walls from here, as the bench starts its own
        patch.dict(os.environ, {**environment_of(world), "DISPLAY": display.name}, clear=True),
    ):
        for trial, profile in PAIRS:
            pairs = list(_measured(world, display, trial, Case(profile, trial.tiles), options.rounds))
            told, measured = (median(each) for each in zip(*pairs, strict=True))
            apart[trial.size.value] = told / measured - 1.0
            print(
                f"{trial.size.value}, {trial.tiles} tiles, core each: preflight {told:.4f}, bench {measured:.4f}"
            )
    for size, share in apart.items():
        print(f"{size}: {share:+.0%} (goal: {APART_GOAL:.0%} at most)")
    if options.json:
        Path(options.json).write_text(json.dumps(apart, indent=2) + "\n", encoding="utf-8")
    return EXIT_KEPT if all(abs(share) <= APART_GOAL for share in apart.values()) else EXIT_MISSED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dev.py bench preflight", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="runs of each, in turn")
    parser.add_argument(
        "--clips", default="build/bench-clips", metavar="DIR", help="where the bench's clips are kept"
    )
    parser.add_argument("--json", metavar="FILE", help="also write how far the figures are apart")
    return parser


def _measured(
    world: BenchWorld, display: XDisplay, trial: Trial, case: Case, rounds: int
) -> Iterator[tuple[float, float]]:
    """Processor seconds of a tile each second, by the preflight and by the bench."""
    options = argparse.Namespace(contenders=["wall"], rounds=1, seconds=10.0)
    (way, *_others) = ways(has_hardware=False, has_vlc=False)
    with cameras_of(trial, make_clip(trial, world.folder / "preflight"), world.folder) as cameras:
        for _ in range(rounds):
            told = run_wall(trial, way, cameras, trial.tiles, world.folder).cpu_s_per_stream_s
            yield told, measure_case(world, display, case, options).cpu("wall")
