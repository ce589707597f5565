"""`python3 dev.py bench power-cut`: all cameras of a wall go away for a while and come back.

The real product without a display. Each site's cameras have an address of their own, where every connection is
logged as it is taken, the short questions of a console that looks for a broken path included. `power`: the process
of the cameras is killed and started anew. `black-hole`: they play on, and nothing goes through; attempts time out.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.bench.staged.outages import (
    BACK_GOAL_S,
    CONNECTS_GOAL,
    KINDS,
    Outage,
    Plan,
    outage_rounds,
)
from tests.bench.table import print_machine

EXIT_KEPT, EXIT_MISSED = 0, 1
_COLUMNS = "{:<11} {:>6} {:>12} {:>12} {:>9} {:>9} {:>6}  {:<7} {:>16} {:>10}  {:<7}"


def main(words: Sequence[str]) -> int:
    """Cut and print; 0 when every goal was kept."""
    given = _parser().parse_args(words)
    print_machine()
    outages: list[Outage] = []
    for kind in given.kinds:
        plan = Plan(kind, given.cameras, given.a_site, given.rounds, given.dark)
        with TemporaryDirectory(prefix="pantau-power-") as folder:
            outages += outage_rounds(plan, Path(folder))
            _keep_log(Path(folder), given.log, kind)
    _print(outages, given.cameras)
    if given.json:
        goals = {"back_s": BACK_GOAL_S, "connects": CONNECTS_GOAL}
        document = {"goals": goals, "options": vars(given), "outages": [each.as_json() for each in outages]}
        Path(given.json).write_text(json.dumps(document, indent=1), encoding="utf-8")
    return EXIT_KEPT if all(each.is_kept for each in outages) else EXIT_MISSED


def _print(outages: Sequence[Outage], cameras: int) -> None:
    header = ("", "rounds", "p50 of tiles", "p95 of tiles", "all: med.", "max", "goal", "", "connects, max")
    print(f"\n{cameras} cameras gone and back: seconds from their return, connects to one site in one second")
    print(_COLUMNS.format(*header, "goal", ""))
    for kind in dict.fromkeys(each.kind for each in outages):
        print(_row(kind, [each for each in outages if each.kind == kind]))


def _row(kind: str, outages: Sequence[Outage]) -> str:
    all_s = [each.all_live_s for each in outages]
    connects = max(each.most_connects() for each in outages)
    return _COLUMNS.format(
        kind,
        len(outages),
        f"{median(each.tile_s(0.5) for each in outages):.2f}",
        f"{median(each.tile_s(0.95) for each in outages):.2f}",
        f"{median(all_s):.2f}",
        f"{max(all_s):.2f}",
        f"{BACK_GOAL_S:g}",
        "kept" if max(all_s) <= BACK_GOAL_S else "MISSED",
        connects,
        CONNECTS_GOAL,
        "kept" if connects <= CONNECTS_GOAL else "MISSED",
    )


def _keep_log(folder: Path, log: str | None, kind: str) -> None:
    if log:
        Path(f"{log}.{kind}").write_bytes((folder / "stderr").read_bytes())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dev.py bench power-cut", description=__doc__)
    add = parser.add_argument
    add(
        "--cameras", type=int, default=64, metavar="N", help="on the wall; there must be a layout of so many tiles"
    )
    add("--a-site", type=int, default=4, metavar="N", help="cameras that share a site; 0: as in the demo, up to 3")
    add("--rounds", type=int, default=3, metavar="N", help="outages of each kind")
    add("--dark", type=float, default=20.0, metavar="S", help="how long the cameras are away")
    add("--kinds", nargs="+", choices=KINDS, default=list(KINDS), metavar="KIND", help=", ".join(KINDS))
    add("--json", metavar="FILE", help="write every figure of every outage")
    add("--log", metavar="FILE", help="write the console's log of each kind to FILE.KIND")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
