"""An answer that waits until there is something to tell. Runs in the server's event loop."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable
from typing import TypeVar

from starlette.concurrency import run_in_threadpool

from app.demo.registry.watch import ChangeWatch

T = TypeVar("T")
_STEP_MIN_S = 0.01
"""Clocks differ by a little: somebody who is woken just too early waits this long, not in a tight loop."""


def _never(_found: object) -> float:
    return math.inf


async def long_poll(
    watch: ChangeWatch,
    subject: str,
    wait_s: float,
    look: Callable[[], T],
    is_news: Callable[[T], bool],
    changes_in_s: Callable[[T], float] = _never,
) -> T:
    """What `look` finds, as soon as it is news, or when the time is up or the server ends.

    Args:
        watch: tells when the subject has changed.
        subject: what is waited for (`subjects.py`).
        wait_s: how long to wait at most, seconds.
        look: finds it; called in a worker thread, at first and after each change.
        is_news: whether the caller wants to hear of it.
        changes_in_s: when what was found will be different without a change of the data, seconds from now.
    """
    loop = asyncio.get_running_loop()
    deadline_s = loop.time() + wait_s
    while True:
        mark = watch.mark(subject)
        found = await run_in_threadpool(look)
        left_s = deadline_s - loop.time()
        if is_news(found) or left_s <= 0 or watch.is_closed:
            return found
        await watch.wait(subject, mark, min(left_s, max(_STEP_MIN_S, changes_in_s(found))))
