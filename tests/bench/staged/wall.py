"""The console that is driven, as a process: the product put together by its own bootstrap, without a display.

`python -m tests.bench.staged.wall` reads its task as one line of JSON on standard input and tells what it sees in
lines of JSON on standard output. It ends on SIGTERM, or when its standard input ends. GUI thread, and one that
waits for the end of standard input.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from app.belongings import Belongings
from app.bootstrap import Shown, open_wall
from app.cli import WallRequest
from app.config.settings_table import LOG_LEVEL, REGISTRY_URL, SURFACE
from app.console import Console
from app.log import start_logging
from tests.bench.staged.switching import SwitchScript
from tests.bench.staged.watching import WatchScript
from ui.wall_app import WallOptions, run_wall


class Script(Protocol):
    """What drives the console."""

    def tick(self, now_s: float) -> None:
        """Do what is due."""


Tell = Callable[[str, Mapping[str, Any]], None]
SCRIPTS: Mapping[str, Callable[..., Script]] = {"switch": SwitchScript, "watch": WatchScript}


@dataclass(frozen=True, slots=True)
class Task:
    """What is wanted, as JSON has it.

    Attributes:
        registry_url, enrolment_code: where the cameras are listed.
        tiles: how many of the first cameras are on the wall.
        size_px: of the wall.
        script: of `SCRIPTS`.
        words: its own arguments.
    """

    registry_url: str
    enrolment_code: str
    tiles: int
    size_px: tuple[int, int]
    script: str
    words: Mapping[str, Any]


def main() -> int:
    """Run the wall until it is told to end."""
    start_logging("info")
    task = Task(**json.loads(sys.stdin.readline()))
    threading.Thread(target=_wait_for_end, name="end of the bench", daemon=True).start()
    request = WallRequest(
        is_demo=False,
        given={REGISTRY_URL.key: task.registry_url, SURFACE.key: "shared", LOG_LEVEL.key: "info"},
        enrolment_code=task.enrolment_code,
        tiles=task.tiles,
        layout=str(task.tiles),
    )
    return open_wall(request, partial(_show, task))


def _wait_for_end() -> None:
    sys.stdin.read()
    os.kill(os.getpid(), signal.SIGTERM)  # the bench is gone


def _show(task: Task, console: Console, _own: Belongings, at_end: Callable[[], None]) -> Shown:
    """As `ui.main` shows it."""
    gc.collect()
    gc.freeze()
    script = SCRIPTS[task.script](console, _tell, **task.words)
    options = WallOptions(size=(task.size_px[0], task.size_px[1]), headless=True, panel_shown=False)
    run = run_wall(console, options, on_tick=script.tick, at_end=at_end)
    _tell("ended", {"gui_gap_p99_ms": run.gui_gap_p99_ms, "gui_gap_max_ms": run.gui_gap_max_ms})
    return Shown(run.shown_s, run.gui_gap_p99_ms, run.gui_gap_max_ms)


def _tell(what: str, figures: Mapping[str, Any]) -> None:
    sys.stdout.write(json.dumps({"what": what, **figures}) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
