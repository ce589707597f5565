"""`python3 dev.py bench bundle`: how long the frozen product takes from its start to the wall's first paint.

The screen itself is asked, through the server's framebuffer. The wall is this post's (`pantau run`),
enrolled within the start, since a bare machine has no keyring; a registry of ten thousand cameras runs beside it.
Cold: none of the bundle's files is in the system's memory. Warm: all are.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import numpy as np

from app.demo.world import DemoWorld
from devtools.bundling.freeze import make_bundle
from tests.bench.table import print_machine
from tests.support.framebuffer import Framebuffer
from tests.support.product import running_product
from tests.waiting import until
from tests.xdisplay import open_display

GOAL_S = 2.0
"""Of a cold start (issue 6)."""
SIZE_PX = (1920, 1080)
PAINTED_SHARE = 0.5
"""Of the screen's pixels: the wall covers it; an empty screen is black to the last one."""
TEXT_LEVEL, TEXT_PIXELS = 150, 500
"""How bright and how many the pixels of its words are at least: a window that is there and bare is no wall."""
EXIT_KEPT, EXIT_MISSED = 0, 1


def main(words: Sequence[str]) -> int:
    """Start and print; 0 when the median of the cold starts keeps the goal."""
    given = _parser().parse_args(words)
    print_machine()
    bundle = make_bundle()
    with TemporaryDirectory(prefix="pantau-start-") as folder:
        cold_s, warm_s = measure_starts(bundle, Path(folder), given.rounds)
    for name, times_s in (("cold", cold_s), ("warm", warm_s)):
        print(f"{name}: first paint {median(times_s):.2f} s ({min(times_s):.2f} to {max(times_s):.2f})")
    if given.json:
        Path(given.json).write_text(json.dumps({"goal_s": GOAL_S, "cold_s": cold_s, "warm_s": warm_s}), "utf-8")
    return EXIT_KEPT if median(cold_s) <= GOAL_S else EXIT_MISSED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dev.py bench bundle", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, metavar="N", help="starts of each kind")
    parser.add_argument("--json", metavar="FILE", help="also write every figure")
    return parser


def measure_starts(bundle: Path, folder: Path, rounds: int) -> tuple[list[float], list[float]]:
    """Seconds to the first paint, cold and warm in turn.

    Args:
        bundle: the frozen product.
        folder: for the runs' files.
        rounds: starts of each kind.
    """
    cold_s: list[float] = []
    warm_s: list[float] = []
    for number in range(rounds):
        _forget_files(bundle)
        cold_s.append(_start(bundle, folder / f"cold-{number}"))
        warm_s.append(_start(bundle, folder / f"warm-{number}"))
    return cold_s, warm_s


def _start(bundle: Path, folder: Path) -> float:
    """Seconds from the start of the process to a wall with words on it."""
    screen = folder / "screen"
    screen.mkdir(parents=True)
    with DemoWorld(folder, None) as registry, open_display(*SIZE_PX, framebuffer=screen) as display:
        pixels = Framebuffer(screen).pixels
        words = ["--registry", registry.url, "--enrol", registry.enrolment_code, "--full-screen"]
        program = [str(bundle / "pantau-wall")]
        began_s = time.monotonic()
        with running_product(folder, words, display, start=(), program=program) as product:
            until(lambda: _is_painted(pixels) or product.process.poll() is not None, step_s=0.005, what="the wall")
            took_s = time.monotonic() - began_s
            assert product.process.poll() is None, product.errors
    return took_s


def _is_painted(pixels: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> bool:
    seen = pixels[::2, ::2].max(axis=2)
    return bool((seen > 0).mean() > PAINTED_SHARE and (seen > TEXT_LEVEL).sum() > TEXT_PIXELS)


def _forget_files(folder: Path) -> None:
    """Take the folder's files out of the system's memory."""
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                os.fsync(file.fileno())
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
