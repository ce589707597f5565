"""Keeps a wall running: starts it as a process of its own, and again when it has ended by a fault.

One that stands still is ended by its watchdog (`ui/watchdog.py`), which it tells that it is kept.

Main thread. Must not import Qt. A wall that an officer, the system or a usage error has ended stays ended. After
a fault it comes back at once; one that goes on failing, later and later, up to five minutes: a post that nobody
sees at night must not stay dark, and must not eat the PC by trying.
"""

from __future__ import annotations

import logging
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress

from app.core.backoff import RetryClass
from app.event_log import EventId, Tell
from app.parts import NO_CONSOLE_WINDOW
from app.signals import KILLED_CODE, handled_by

RESTART = RetryClass(first_s=1.0, cap_s=300.0)
RAN_WELL_S = 600.0
"""A wall that ran for so long has failed of something new: it comes back as soon as after a first fault."""
IN_ORDER = frozenset({0, 2, 3, 4, 130})
"""Exit codes of the wall that mean no fault; the command line lists them."""

_log = logging.getLogger(__name__)


def _ended(code: int) -> str:
    if code == KILLED_CODE:
        return f"was killed ({code}): by its watchdog because it stood still, or by the system"
    return f"ended with {code}"


class Keeper:
    """Runs one wall after another.

    Args:
        command: starts a wall.
        again: starts one after a fault.
        tell: writes into the system's event log.
        clock: monotonic seconds.
        restart: how long to wait after how many faults in a row.
    """

    def __init__(
        self,
        command: Sequence[str],
        again: Sequence[str],
        tell: Tell,
        clock: Callable[[], float] = time.monotonic,
        restart: RetryClass = RESTART,
    ) -> None:
        self._command = list(command)
        self._again = list(again)
        self._tell = tell
        self._clock = clock
        self._restart = restart
        self._stopping = threading.Event()
        self._wall: subprocess.Popen[bytes] | None = None

    def run(self) -> int:
        """Keep a wall until one ends in order or this process is told to end; returns the last one's exit code."""
        faults = 0
        with handled_by(self._end):
            while True:
                started_s = self._clock()
                code = self._run_once()
                if code in IN_ORDER or self._stopping.is_set():
                    return code
                faults = 1 if self._clock() - started_s >= RAN_WELL_S else faults + 1
                delay_s = self._restart.ceiling_s(faults)
                ended = _ended(code)
                said = f"the wall {ended}, fault {faults} in a row; it is started again in {delay_s:g} s"
                _log.warning("%s", said)
                self._tell(EventId.RESTARTED, said)
                if self._stopping.wait(delay_s):
                    return code
                self._command = self._again

    def _run_once(self) -> int:
        """One wall, to its end; what it says on standard error is said here."""
        wall = self._wall = subprocess.Popen(
            self._command, stderr=subprocess.PIPE, creationflags=NO_CONSOLE_WINDOW
        )
        assert wall.stderr is not None
        with wall.stderr as lines:
            for line in lines:
                with suppress(OSError, ValueError):  # a full disk under it: the wall is kept without its words
                    sys.stderr.write(line.decode(errors="replace"))
                    sys.stderr.flush()
        return wall.wait()

    def _end(self, number: int, _: object) -> None:
        """Pass SIGTERM on to the wall; Ctrl+C reaches it by itself. Either ends the keeping."""
        self._stopping.set()
        if number == signal.SIGTERM and self._wall is not None:
            self._wall.terminate()
