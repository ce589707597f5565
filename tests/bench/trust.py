"""`python3 dev.py bench trust`: whether a picture that is not marked is ever an old one, over a long run.

The real product on a screen that a witness reads pixel by pixel: every kind of fault on random tiles at random
times, hosts killed and stopped, the registry stopped and killed. Linux only. What proves a lie is written in
`tests/support/trust_verdict.py`; the same in short is `tests/e2e/test_trust.py`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from app.core.layout import MAX_TILES
from tests.bench.table import print_machine
from tests.bench.trusting.run import Options, Seen, run
from tests.bench.trusting.table import as_json, print_seen
from tests.support.trust_faults import TRIALS

SHARED, DIRECT = "shared", "direct"
TILES, DIRECT_TILES = 36, 16
"""libVLC costs about twice as much a tile."""
EXIT_TRUE, EXIT_NOT_TRUE = 0, 1


def main(words: Sequence[str]) -> int:
    """Run it; 0 when no picture lied, no wall ended by itself, and no password got anywhere."""
    parser = _parser()
    given = parser.parse_args(words)
    if sys.platform != "linux":
        parser.error("it reads the screen of an Xvfb and the connections in /proc: Linux only")
    tiles = {SHARED: given.tiles, DIRECT: given.direct_tiles or min(given.tiles, DIRECT_TILES)}
    chosen = {surface: count for surface, count in tiles.items() if given.surface in (surface, "both")}
    kinds = [kind for kind in TRIALS if given.faults in kind]
    if not kinds:
        parser.error(f"no fault has {given.faults!r} in its name: {', '.join(TRIALS)}")
    options = Options(given.tile_seconds, chosen, given.round_minutes * 60.0, given.seed, Path(given.keep), kinds)
    print_machine()
    seen = run(options)
    for surface, each in seen.items():
        print_seen(surface, each)
    if given.json:
        document = {"seed": given.seed, "tiles": chosen, **{name: as_json(each) for name, each in seen.items()}}
        Path(given.json).write_text(json.dumps(document, indent=1), encoding="utf-8")
    return EXIT_TRUE if all(map(_is_true, seen.values())) else EXIT_NOT_TRUE


def _is_true(seen: Seen) -> bool:
    return not (seen.lies or seen.leaks or seen.troubles or seen.whole.false_live_s)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dev.py bench trust", description=__doc__)
    add = parser.add_argument
    add("--tile-seconds", type=float, default=100_000.0, metavar="N", help="in all, the surfaces' parts are equal")
    add("--tiles", type=_tiles, default=TILES, metavar="N")
    add("--direct-tiles", type=_tiles, metavar="N", help=f"on direct surfaces; {DIRECT_TILES} at most by default")
    add("--surface", choices=(SHARED, DIRECT, "both"), default="both", help="both: a round of each in turn")
    add("--round-minutes", type=float, default=10.0, metavar="M", help="how long a wall runs")
    add("--faults", default="", metavar="WORD", help="only those with this word in their name, such as corrupt")
    add("--seed", type=int, default=1, help="of every choice")
    add("--json", metavar="FILE", help="write every figure")
    add("--keep", default="build/trust", metavar="DIR", help="where the pictures of proved lies go")
    return parser


def _tiles(text: str) -> int:
    number = int(text)
    if not 1 <= number <= MAX_TILES:
        raise argparse.ArgumentTypeError(f"{text} is not within 1 and {MAX_TILES}")
    return number


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
