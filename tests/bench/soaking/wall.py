"""The console that is soaked, as a process: the product put together by its own bootstrap, driven by a script.

`python -m tests.bench.soaking.wall` reads its task as one line of JSON on standard input, then a line for each
rest that was measured; it tells what it does in lines of JSON on standard output. It ends on SIGTERM, or when its
standard input ends. GUI thread, and one that reads standard input.
"""

from __future__ import annotations

import gc
import json
import os
import queue
import re
import signal
import sys
import threading
import tracemalloc
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from random import Random
from typing import Any

from app.belongings import Belongings
from app.bootstrap import Shown, open_wall
from app.cli import WallRequest
from app.config.settings_table import REGISTRY_URL, SURFACE
from app.console import Console
from app.log import start_logging
from tests.bench.soaking.plan import REST_LAYOUT, Week
from tests.bench.soaking.script import WallScript
from ui.wall_app import WallOptions, run_wall

SIZE_PX = (1280, 800)
MOST_KINDS = 12
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Task:
    """What the bench wants, as JSON has it.

    Attributes:
        registry_url, enrolment_code: where the cameras are listed.
        week: the numbers of `Week`, in their order.
        seed: of every choice.
        at_once: how many cameras may be without a picture at a time.
        is_headless: without a display.
        is_traced: whether Python's allocations are traced, which takes memory and time of its own.
    """

    registry_url: str
    enrolment_code: str
    week: tuple[int, int, int]
    seed: int
    at_once: int
    is_headless: bool
    is_traced: bool


class Census:
    """Counts what this process holds, and what it holds more of than at the first rest after the first hour.

    Args:
        is_traced: whether to say also which lines allocated it.
    """

    def __init__(self, is_traced: bool) -> None:
        self._is_traced = is_traced
        self._takings = 0
        self._first: Counter[str] = Counter()
        self._snapshot: tracemalloc.Snapshot | None = None

    def __call__(self) -> Mapping[str, Any]:
        """Figures for the bench; collects garbage first, so that only what is held on to is counted."""
        gc.collect()
        kinds = Counter(_kind(each) for each in gc.get_objects())
        self._takings += 1
        if self._takings <= 2:  # the first taking is that of the start
            self._first = kinds
        grown = Counter({kind: count - self._first[kind] for kind, count in kinds.items()})
        threads = Counter(_DIGITS.sub("N", thread.name) for thread in threading.enumerate())
        told = {"objects": kinds.total(), "grown": grown.most_common(MOST_KINDS), "console_threads": threads}
        return {**told, "traced": self._traced()} if self._is_traced else told

    def _traced(self) -> list[str]:
        if not tracemalloc.is_tracing():
            tracemalloc.start()
        snapshot = tracemalloc.take_snapshot()
        if self._snapshot is None or self._takings <= 2:
            self._snapshot = snapshot
        return [str(each) for each in snapshot.compare_to(self._snapshot, "lineno")[:MOST_KINDS]]


def _kind(thing: object) -> str:
    return f"{type(thing).__module__}.{type(thing).__qualname__}"


def main() -> int:
    """Run the wall until it is told to end."""
    start_logging("warning")
    task = Task(**json.loads(sys.stdin.readline()))
    orders: queue.SimpleQueue[str] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(orders,), name="bench orders", daemon=True).start()
    request = WallRequest(
        is_demo=False,
        given={REGISTRY_URL.key: task.registry_url, SURFACE.key: "shared"},
        enrolment_code=task.enrolment_code,
        tiles=int(REST_LAYOUT),
        layout=REST_LAYOUT,
    )
    return open_wall(request, partial(_show, task, orders))


def _listen(orders: queue.SimpleQueue[str]) -> None:
    for line in sys.stdin:
        orders.put(line)
    os.kill(os.getpid(), signal.SIGTERM)  # the bench is gone


def _show(
    task: Task, orders: queue.SimpleQueue[str], console: Console, _own: Belongings, at_end: Callable[[], None]
) -> Shown:
    """As `ui.main` shows it."""
    gc.collect()
    gc.freeze()
    census = Census(task.is_traced)
    script = WallScript(console, Week(*task.week), Random(task.seed), _tell, orders, census, task.at_once)
    options = WallOptions(size=SIZE_PX, headless=task.is_headless)
    run = run_wall(console, options, on_tick=script.tick, at_end=at_end)
    _tell("ended", {"gui_gap_p99_ms": run.gui_gap_p99_ms, "gui_gap_max_ms": run.gui_gap_max_ms})
    return Shown(run.shown_s, run.gui_gap_p99_ms, run.gui_gap_max_ms)


def _tell(what: str, figures: Mapping[str, Any]) -> None:
    sys.stdout.write(json.dumps({"what": what, **figures}) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
