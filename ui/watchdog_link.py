"""The console's side of the watchdog: starts it, beats, starts it again when it has died.

`tick` and `stop` are called on the GUI thread; one thread of its own does all that can block: starting the process
and writing into its pipe. A watchdog that is hung or dead costs the wall nothing.
"""

from __future__ import annotations

import logging
import math
import queue
import subprocess
import threading
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from app.core.backoff import RetryClass
from app.core.layout import Rect
from app.parts import NO_CONSOLE_WINDOW, Part, command_of
from ui.watchdog_beat import Places, encode_beat

WATCHDOG_COMMAND = command_of(Part.WATCHDOG)
BEAT_PERIOD_S = 0.5
LATE_TICK_S = 2.0
"""A wall that ticks less often shows stale pictures unmarked (trust.md): it is as good as stopped."""
STOP_LIMIT_S = 1.0
STARTED_WELL_S = 60.0
"""A watchdog that lived for so long died of something new: it is replaced as soon as the first one was."""
RESTART = RetryClass(first_s=1.0, cap_s=60.0)
"""Soon, but one that cannot start must not eat the PC by trying."""

_log = logging.getLogger(__name__)


class WatchdogLink:
    """Keeps a watchdog process running and tells it that the GUI lives.

    Args:
        command_line: starts the watchdog; empty: there is none.
    """

    def __init__(self, command_line: Sequence[str] = WATCHDOG_COMMAND) -> None:
        self._command_line = list(command_line)
        self._beats: queue.Queue[bytes | None] = queue.Queue(maxsize=1)
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._ticked_s = -math.inf
        self._next_beat_s = -math.inf
        self.deaths = 0
        """How often a watchdog could not be started or has died."""

    def tick(self, now_s: float, windows: Iterable[QWidget]) -> None:
        """Beat if it is time to; never blocks.

        A tick that comes very late leaves the beat to the next one: covers may go only when what the late tick has
        found out about the pictures is painted.

        Args:
            now_s: monotonic.
            windows: those of the wall.
        """
        is_late = now_s - self._ticked_s > LATE_TICK_S
        self._ticked_s = now_s
        if self._command_line and not is_late and now_s >= self._next_beat_s:
            self._next_beat_s = now_s + BEAT_PERIOD_S
            self._beat(encode_beat(places_of(windows)))

    def _beat(self, line: bytes) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._keep, name="watchdog link", daemon=True)
            self._thread.start()
        with suppress(queue.Full):  # the last one is not even written yet: this one would say no more
            self._beats.put_nowait(line)

    def stop(self) -> None:
        """End the watchdog and wait for it; without a beat from now on, it would cover what is being put away."""
        thread, self._thread = self._thread, None
        if thread is None:
            return
        self._stopping.set()
        with suppress(queue.Empty):
            self._beats.get_nowait()
        self._beats.put_nowait(None)  # there is room: nobody else puts
        thread.join(STOP_LIMIT_S)
        while thread.is_alive():
            self._kill()
            thread.join(STOP_LIMIT_S)
        if self.deaths:
            _log.info("watchdog deaths=%d", self.deaths)

    def _kill(self) -> None:
        process = self._process
        if process is not None:
            process.kill()

    # ---- its thread

    def _keep(self) -> None:
        attempt = 0
        while not self._stopping.is_set():
            started_s = time.monotonic()
            ending = self._run()
            if self._stopping.is_set():
                return
            self.deaths += 1
            if self.deaths == 1:
                _log.warning("the watchdog %s; it is started again, from now on without a word", ending)
            attempt = 1 if time.monotonic() - started_s > STARTED_WELL_S else attempt + 1
            self._stopping.wait(RESTART.ceiling_s(attempt))

    def _run(self) -> str:
        """Start a watchdog and pass beats on while it takes them; how it ended, in words for the log."""
        try:
            process = subprocess.Popen(
                self._command_line,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                bufsize=0,
                creationflags=NO_CONSOLE_WINDOW,
            )
        except OSError as error:
            return f"cannot be started: {error.strerror}"
        self._process = process
        _log.info("watchdog started pid=%d", process.pid)
        with process:
            self._pass_on(process)
        return f"ended with {process.returncode}"

    def _pass_on(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdin is not None
        with suppress(OSError):  # it is gone
            while (line := self._beats.get()) is not None:
                process.stdin.write(line)


def places_of(windows: Iterable[QWidget]) -> Places:
    """Where those windows are that are on a screen: their insides, logical pixels of the whole desktop."""
    shown = (window for window in windows if window.isVisible() and not window.isMinimized())
    return tuple(_place(window) for window in shown)


def _place(window: QWidget) -> Rect:
    corner = window.mapToGlobal(QPoint(0, 0))
    return Rect(corner.x(), corner.y(), window.width(), window.height())
