"""Signals that end the process, and who handles them for a while. Main thread; must not import Qt."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

KILLED_CODE = 71 if sys.platform == "win32" else -signal.SIGKILL
"""The exit code of a process that `kill` has ended, as its parent sees it."""
AGAIN_S = 0.1
"""How long after a signal that was put off the next try comes."""


ENDING = (signal.SIGINT, signal.SIGTERM)
"""What a terminal, a service manager or a person sends to end a process."""


def kill(pid: int) -> None:
    """End a process at once, whatever it is doing.

    Raises:
        OSError: there is none, or it is somebody else's.
    """
    os.kill(pid, KILLED_CODE if sys.platform == "win32" else signal.SIGKILL)  # Windows takes it for the exit code


@contextmanager
def handled_by(
    handler: Callable[[int, FrameType | None], object], numbers: tuple[signal.Signals, ...] = ENDING
) -> Iterator[None]:
    """Have these signals handled so; whoever handled them before does so again afterwards."""
    before = {number: signal.signal(number, handler) for number in numbers}
    try:
        yield
    finally:
        for number, earlier in before.items():
            signal.signal(number, earlier)


@contextmanager
def termination_unwinds() -> Iterator[None]:
    """Let SIGTERM unwind as Ctrl+C does: child processes and folders are cleared away, also during the start."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with handled_by(interrupt, (signal.SIGTERM,)):
        yield


@contextmanager
def signals_put_off() -> Iterator[None]:
    """Put SIGINT and SIGTERM off until a wall that stands handles them itself.

    An exception in the loading of PySide6 aborts the process, and one in a call from Qt is lost (both seen).
    """
    timers: list[threading.Timer] = []

    def put_off(number: int, _: object) -> None:
        timers.append(threading.Timer(AGAIN_S, signal.raise_signal, (number,)))
        timers[-1].start()

    try:
        with handled_by(put_off):
            yield
    finally:
        for timer in timers:
            timer.cancel()
