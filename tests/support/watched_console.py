"""The product, its GUI's gaps written down: `python -m tests.support.watched_console FILE BYTES …`.

With a lower limit of its hosts' memory, too: a host that takes the real one would take it from the machine of the
tests. Everything else is `ui.main`.
"""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import IO
from unittest.mock import patch

from app.video import supervisor
from ui import wall_app
from ui.gaps import GapMeter
from ui.main import main

NOTED_FROM_MS = 20.0


class _NotedGaps(GapMeter):
    """Also writes each long gap down, with the time of its end."""

    def __init__(self, notes: IO[str]) -> None:
        super().__init__()
        self._notes = notes
        self._before_s: float | None = None

    def tick(self, now_s: float) -> None:
        super().tick(now_s)
        if self._before_s is not None and (now_s - self._before_s) * 1000.0 >= NOTED_FROM_MS:
            self._notes.write(f"{now_s} {(now_s - self._before_s) * 1000.0}\n")
        self._before_s = now_s


def longest_gap_ms(file: Path, began_s: float, ended_s: float) -> float:
    """The longest of the gaps that were written down within a time, monotonic seconds; 0.0 without one."""
    gaps = [tuple(map(float, line.split())) for line in file.read_text(encoding="ascii").splitlines()]
    return max((gap_ms for at_s, gap_ms in gaps if began_s <= at_s <= ended_s), default=0.0)


def run() -> int:
    """`pantau …`; gives its exit code."""
    gaps, limit_bytes, *words = sys.argv[1:]
    supervisor.MEMORY_LIMIT_BYTES = int(limit_bytes)
    sys.argv[1:] = words
    with (
        Path(gaps).open("w", encoding="ascii", buffering=1) as notes,
        patch.object(wall_app, "GapMeter", partial(_NotedGaps, notes)),
    ):
        return main()


if __name__ == "__main__":
    sys.exit(run())
