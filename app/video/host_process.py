"""The process of a host: started, written to and read from by threads of its own.

Nothing here blocks its caller. To start a process takes milliseconds on a quiet PC, and as long as a virus scanner
likes on another.
"""

from __future__ import annotations

import logging
import os
import queue
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from types import MappingProxyType

import psutil

from app.parts import NO_CONSOLE_WINDOW
from app.video.priority import give_way

HOST_ENVIRONMENT = MappingProxyType({"MALLOC_ARENA_MAX": "2"})
"""glibc gives every session's thread an arena of its own: over a week of opened and closed streams most of a
host's memory was free, in pieces (measured)."""

END_LIMIT_S = 5.0
"""For a killed process to be gone, or for one that is just being started to be killed."""

_log = logging.getLogger(__name__)


class HostProcess:
    """One process, from its start to its end.

    Args:
        command_line: starts it.
        name: for its threads and the log.
        on_line: called with each line that it says. What it raises ends the process: only nonsense can do that.
        on_end: called once when it is gone: with its exit status, or with why it could not be started.

    Both are called on the process's own reader thread.
    """

    def __init__(
        self,
        command_line: Sequence[str],
        name: str,
        on_line: Callable[[bytes], None],
        on_end: Callable[[int | OSError], None],
    ) -> None:
        self._command_line = command_line
        self._name = name
        self._on_line = on_line
        self._on_end = on_end
        self._commands: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._is_unwanted = False
        """It is to be killed as soon as it is there."""
        self._is_settled = threading.Event()
        """Set once it is there, or will never be."""
        self._reader = threading.Thread(target=self._run, name=f"{name} reader", daemon=True)
        self._writer = threading.Thread(target=self._write, name=f"{name} writer", daemon=True)

    def start(self) -> None:
        """Have it started."""
        self._writer.start()  # first: the reader waits for its end, which may come at once
        self._reader.start()

    @property
    def pid(self) -> int | None:
        """Its id; None until it is there."""
        return self._process.pid if self._process is not None else None

    def send(self, line: bytes) -> None:
        """Pass a command on, as soon as it takes it."""
        self._commands.put(line)

    def let_go(self) -> None:
        """Close its input, at which a host ends by itself."""
        self._commands.put(None)

    def kill(self) -> None:
        """End it, whatever it does."""
        with self._lock:
            self._is_unwanted = True
            if self._process is not None:
                self._process.kill()

    def end(self, give_up_s: float) -> None:
        """Wait until it is gone; kill it if it is not by then. What even that does not end is left to the system.

        Args:
            give_up_s: monotonic seconds.
        """
        self._reader.join(max(0.0, give_up_s - time.monotonic()))
        if self._reader.is_alive():
            self.kill()
            self._reader.join(END_LIMIT_S)

    def _run(self) -> None:
        end = self._read()
        self._is_settled.set()
        self.let_go()
        self._writer.join()
        self._on_end(end)

    def _read(self) -> int | OSError:
        """Start it and pass on what it says, until it is gone; how that ended."""
        try:
            process = self._start()
        except OSError as error:
            return error
        assert process.stdout is not None
        try:
            with process.stdout as lines:
                for line in lines:
                    self._on_line(line)
        except Exception as error:  # noqa: BLE001 - without its end, its streams would wait for ever
            _log.warning("%s killed: what it says cannot be used: %s", self._name, type(error).__name__)
            self.kill()
        return process.wait()

    def _start(self) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            self._command_line,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **HOST_ENVIRONMENT},
            creationflags=NO_CONSOLE_WINDOW,
        )
        with suppress(psutil.Error, OSError):  # one that is gone already is told by its end
            give_way(psutil.Process(process.pid))  # from its first moment: to load what it needs takes a core
        _log.info("%s started pid=%d", self._name, process.pid)
        with self._lock:
            self._process = process
            if self._is_unwanted:
                process.kill()
        self._is_settled.set()
        return process

    def _write(self) -> None:
        """Pass commands on; a process that does not read blocks this thread only."""
        self._is_settled.wait()
        if self._process is None or self._process.stdin is None:
            return
        try:
            with self._process.stdin as commands:
                while (line := self._commands.get()) is not None:
                    commands.write(line)
                    commands.flush()
        except OSError:
            _log.info("%s takes no commands any more", self._name)
