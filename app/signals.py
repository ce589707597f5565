"""Signals that end the process, while no wall stands that handles them itself. Main thread; must not import Qt."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

AGAIN_S = 0.1
"""How long after a signal that was put off the next try comes."""


@contextmanager
def termination_unwinds() -> Iterator[None]:
    """Let SIGTERM unwind as Ctrl+C does: child processes and folders are cleared away, also during the start."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def signals_put_off() -> Iterator[None]:
    """Put SIGINT and SIGTERM off until a wall that stands handles them itself.

    An exception in the loading of PySide6 aborts the process, and one in a call from Qt is lost (both seen).
    """
    timers: list[threading.Timer] = []

    def put_off(number: int, _: object) -> None:
        timers.append(threading.Timer(AGAIN_S, signal.raise_signal, (number,)))
        timers[-1].start()

    before = {number: signal.signal(number, put_off) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        for timer in timers:
            timer.cancel()
