"""How evenly the window ticks while somebody types into the search box beside live pictures: the real product."""

from __future__ import annotations

import time
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.support.product import running_product
from tests.support.wall_hands import WallHands
from tests.xdisplay import open_display

TILES = 36
SIZE_PX = (1920, 1080)
SETTLES_S, TYPES_S = 10.0, 15.0
END_S = 4.0
GAP_GOAL_MS = 20.0
KEY_PERIOD_MS = 80
"""150 words a minute: faster than anybody searches."""
WORDS = ("simpang damai", "kantor graha", "pasr gambir", "JKT-04211", "gerbang")


def measured_gaps_ms() -> tuple[float, float, int]:
    """The 99th percentile of the gaps between ticks, the longest, milliseconds, and how many tiles lived."""
    with TemporaryDirectory(prefix="pantau-typing-") as name, open_display(*SIZE_PX) as display:
        folder = Path(name)
        words = ["demo", "--tiles", str(TILES), "--size", "{}x{}".format(*SIZE_PX), "--for"]
        words += [str(SETTLES_S + TYPES_S + END_S), "--report", str(folder / "report.json")]
        with running_product(folder, words, display) as product:
            time.sleep(SETTLES_S)
            _type_for(WallHands(display), TYPES_S)
            product.wait(60.0)
            process, wall = product.report["process"], product.report["wall"]
    return process["gui_gap_p99_ms"], process["gui_gap_max_ms"], wall["live"]


def _type_for(hands: WallHands, seconds: float) -> None:
    end_s = time.monotonic() + seconds
    for word in cycle(WORDS):
        hands.press("ctrl+f")
        hands.type(word, KEY_PERIOD_MS)
        if time.monotonic() >= end_s:
            return
