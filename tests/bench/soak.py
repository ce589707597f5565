"""`python3 dev.py bench soak`: a wall's week, compressed, and what it leaves behind.

The real product on an X server of its own, its registry, its simulated cameras each behind a fault proxy. A script
in the console plays and stops, lays out anew and hands the wall about; this process makes the outages and reads
memory, descriptors, threads, zombies and shared memory of every process of the product. Linux only.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.soaking.figures import Sample, judge_all
from tests.bench.soaking.plan import WEEK_LAYOUT_CHANGES, WEEK_OUTAGES, WEEK_PLAY_STOPS, Week
from tests.bench.soaking.run import Options, Soaked, soak
from tests.bench.soaking.table import print_intent, print_result
from tests.bench.table import print_machine

QUICK_PART = 20
EXIT_FLAT, EXIT_NOT_FLAT = 0, 1


def main(words: Sequence[str]) -> int:
    """Run a week; 0 when it was run to its end, everything stayed flat, and no password got anywhere."""
    parser = _parser()
    given = parser.parse_args(words)
    if sys.platform != "linux":
        parser.error("it reads /proc, which only Linux has")
    week = Week(given.play_stops, given.outages, given.layout_changes)
    week = week.part(QUICK_PART) if given.quick else week
    options = Options(given.seed, given.every, given.minutes * 60.0, given.at_once, given.headless, given.trace)
    print_machine()
    print_intent(week)
    with TemporaryDirectory(prefix="pantau-soak-") as folder:
        soaked = soak(week, options, Path(folder))
    judgements = judge_all(soaked.samples)
    print_result(week, soaked, judgements)
    if given.json:
        document = {**_as_json(week, soaked), "judgements": [each.as_json() for each in judgements]}
        Path(given.json).write_text(json.dumps(document, indent=1), encoding="utf-8")
    if given.plot:
        from tests.bench.soaking.plot import draw  # Qt is loaded only where something is drawn

        draw(week, soaked.samples, judgements, Path(given.plot))
    if given.log:
        Path(given.log).write_text(soaked.errors, encoding="utf-8")
    is_flat = bool(judgements) and all(each.is_flat for each in judgements)
    return EXIT_FLAT if is_flat and soaked.is_complete and not soaked.leaks else EXIT_NOT_FLAT


def _as_json(week: Week, soaked: Soaked) -> dict[str, object]:
    return {
        "week": {**asdict(week), "hours": week.hours},
        "is_complete": soaked.is_complete,
        "seconds": soaked.seconds,
        "outages": {kind.value: count for kind, count in soaked.outages.items()},
        "ended": dict(soaked.ended),
        "leaks": sorted(soaked.leaks),
        "samples": [_sample_as_json(sample) for sample in soaked.samples],
    }


def _sample_as_json(sample: Sample) -> dict[str, object]:
    processes = [{**asdict(each), "kind": each.kind.value} for each in sample.reading.processes]
    reading = {**asdict(sample.reading), "processes": processes}
    told = {name: value for name, value in sample.told.items() if name != "what"}
    head = {"at_s": sample.at_s, "hour": sample.hour, "is_rest": sample.is_rest, "outages": sample.outages}
    return {**head, "reading": reading, "told": told}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dev.py bench soak", description=__doc__)
    add = parser.add_argument
    add("--play-stops", type=_count, default=WEEK_PLAY_STOPS, metavar="N")
    add("--outages", type=_count, default=WEEK_OUTAGES, metavar="N")
    add("--layout-changes", type=_count, default=WEEK_LAYOUT_CHANGES, metavar="N")
    add("--quick", action="store_true", help=f"a {QUICK_PART}th of all that")
    add("--minutes", type=float, default=float("inf"), help="end early after so long, by the clock")
    add("--json", metavar="FILE", help="write every sample and judgement")
    add("--plot", metavar="FILE.png", help="draw them")
    add("--log", metavar="FILE", help="write what the console said on standard error")
    add("--every", type=float, default=5.0, metavar="S", help="seconds between two samples")
    add("--at-once", type=_count, default=6, metavar="N", help="cameras that may be connecting at a time")
    add("--seed", type=int, default=1, help="of every choice")
    add("--headless", action="store_true", help="without an X server, and so without the watchdog")
    add("--trace", action="store_true", help="say which lines allocate what grows; costs memory and time itself")
    return parser


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is below 1")
    return number


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
