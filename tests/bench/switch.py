"""`python3 dev.py bench switch`: sixteen tiles change to sixteen other cameras; how long until each is live.

The real product without a display, its own registry and simulator (a key frame a second). Cold: nothing is open,
no lease either. Warm: the console was told seconds before what comes next, as a tour does. Half: eight cameras
stay.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from app.demo.world import DemoWorld
from tests.bench.staged.process import StagedWall
from tests.bench.staged.switches import GOALS_S, Switch, is_kept, summary
from tests.bench.staged.switching import COLD, HALF, WARM
from tests.bench.table import print_machine

TILES = 16
SIZE_PX = (1280, 720)
A_SWITCH_WITHIN_S = 60.0
"""With the rest before it and the watching after it."""
EXIT_KEPT, EXIT_MISSED = 0, 1


def main(words: Sequence[str]) -> int:
    """Switch and print; 0 when every goal was kept."""
    given = _parser().parse_args(words)
    print_machine()
    with TemporaryDirectory(prefix="pantau-switch-") as folder:
        switches, ended = switch_rounds(Path(folder), [COLD, WARM, HALF] * given.rounds)
    print(*summary(switches), sep="\n")
    print("GUI gap: p99 {gui_gap_p99_ms:.1f} ms, longest {gui_gap_max_ms:.0f} ms".format_map(ended))
    if given.json:
        document = {"goals_s": dict(GOALS_S), "switches": [each.as_json() for each in switches], "ended": ended}
        Path(given.json).write_text(json.dumps(document, indent=1), encoding="utf-8")
    return EXIT_KEPT if is_kept(switches) else EXIT_MISSED


def switch_rounds(folder: Path, kinds: Sequence[str]) -> tuple[list[Switch], dict[str, Any]]:
    """Run switches of these kinds, one after the other.

    Args:
        folder: for the run's files.
        kinds: of `switching`.

    Returns:
        what was measured of each, and what the wall said at its end.
    """
    switches: list[Switch] = []
    with DemoWorld(folder, None) as registry:
        task = {
            "registry_url": registry.url,
            "enrolment_code": registry.enrolment_code,
            "tiles": TILES,
            "size_px": SIZE_PX,
            "script": "switch",
            "words": {"kinds": [*kinds]},
        }
        with StagedWall(folder, task) as wall:
            while len(switches) < len(kinds):
                told = wall.hear(A_SWITCH_WITHIN_S)
                assert told is not None, f"no switch in {A_SWITCH_WITHIN_S:g} s: {wall.errors[-2000:]}"
                switches.append(Switch.from_told(told))
        return switches, dict(wall.ended)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dev.py bench switch", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, metavar="N", help="switches of each kind, in turn")
    parser.add_argument("--json", metavar="FILE", help="write every figure of every switch")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
