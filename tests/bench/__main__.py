"""`python3 dev.py bench`: what the wall costs, against the bare decoder and mpv, in one interleaved run.

`bench NAME …` measures one of `OTHERS` instead: a module of this package with a `main(words)` of its own.
"""

from __future__ import annotations

import argparse
import json
import sys
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from app.core.model import Profile
from tests.bench.contenders import CONTENDERS, WALL_PX
from tests.bench.latency import measure_latency
from tests.bench.measure import Case, CaseResult, measure_case
from tests.bench.table import print_latency, print_machine, print_table
from tests.bench.world import BenchWorld
from tests.xdisplay import XDisplay, open_display

OTHERS = ("bundle", "checks", "finding", "posts", "power-cut", "preflight", "soak", "switch", "trust")
CASES = (Case(Profile.SUB, 16), Case(Profile.SUB, 36), Case(Profile.SUB, 64), Case(Profile.MAIN, 9))


def main() -> int:
    """Measure what the command line asks for; gives the exit code."""
    name, *words = sys.argv[1:] or [""]
    if name in OTHERS:
        code: int = import_module(f"tests.bench.{name.replace('-', '_')}").main(words)
        return code
    return _measure_costs()


def _measure_costs() -> int:
    """Measure and print; 0 when every measurement was made."""
    options = _options()
    cases = [case for case in CASES if not options.cases or str(case) in options.cases]
    print_machine()
    with (
        TemporaryDirectory(prefix="pantau-bench-") as folder,
        BenchWorld(Path(folder), Path(options.clips)) as world,
        open_display(*WALL_PX) as display,
    ):
        results = [_measured(world, display, case, options) for case in cases]
        latency = measure_latency(world) if options.latency else []
    print_latency(latency)
    if options.json:
        document = {"cases": [result.as_json() for result in results], "latency": latency}
        Path(options.json).write_text(json.dumps(document, indent=2), encoding="utf-8")
    return 0


def _measured(world: BenchWorld, display: XDisplay, case: Case, options: argparse.Namespace) -> CaseResult:
    result = measure_case(world, display, case, options)
    print_table(result)
    return result


def _options() -> argparse.Namespace:
    others = ", ".join(f"bench {name}" for name in OTHERS)
    parser = argparse.ArgumentParser(prog="dev.py bench", description=__doc__, epilog=f"also: {others}")
    parser.add_argument("--json", metavar="FILE", help="also write every figure of every round")
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="rounds of all contenders in turn")
    parser.add_argument("--seconds", type=float, default=10.0, help="measured seconds of each round")
    parser.add_argument(
        "--case", dest="cases", action="append", metavar="CASE", help=f"only {', '.join(map(str, CASES))}"
    )
    parser.add_argument(
        "--contenders", nargs="+", choices=sorted(CONTENDERS), default=list(CONTENDERS), metavar="NAME"
    )
    parser.add_argument("--clips", default="build/bench-clips", metavar="DIR", help="where clips are kept")
    parser.add_argument("--no-latency", dest="latency", action="store_false")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
