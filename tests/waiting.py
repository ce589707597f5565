"""Waits for a condition instead of sleeping for a guess."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

GENEROUS_S = 30.0
"""A bound that only a hang reaches: slow machines and busy cores are no failure."""


def until(condition: Callable[[], T], *, within_s: float = GENEROUS_S, step_s: float = 0.02, what: str = "") -> T:
    """Asks until the answer is true, and gives it.

    Args:
        condition: what is asked; it runs in this thread.
        within_s: how long to ask, seconds.
        step_s: the pause between two questions, seconds.
        what: what is awaited, for the failure's text.

    Raises:
        AssertionError: the answer stayed false.
    """
    give_up_s = time.monotonic() + within_s
    while not (answer := condition()):
        if time.monotonic() >= give_up_s:
            raise AssertionError(f"{what or condition} did not come true within {within_s:g} s; last: {answer!r}")
        time.sleep(step_s)
    return answer
