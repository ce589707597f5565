"""The pipe to the process that started this one: it may bring a secret, and its end is ours.

One daemon thread reads it. Reads are unbuffered: a thread that holds the lock of `sys.stdin` aborts the
interpreter's shutdown.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable

from app.core.redact import Secret

_LINE_MAX_BYTES = 64 * 1024


class ParentPipe:
    """Reads a pipe in a thread, from its making to its end.

    Args:
        descriptor: the pipe, usually standard input.
        on_secret: called with the password of a first line `{"camera_secret": …}`.
        on_end: called when the pipe ends, however it does.
    """

    def __init__(self, descriptor: int, on_secret: Callable[[Secret], None], on_end: Callable[[], None]) -> None:
        self._descriptor = descriptor
        self._on_secret = on_secret
        self._on_end = on_end
        self._has_first_line = threading.Event()
        threading.Thread(target=self._read, name="parent-pipe", daemon=True).start()

    def wait_first_line(self, timeout_s: float) -> None:
        """Return when the first line has been read, the pipe has ended or the time is up."""
        self._has_first_line.wait(timeout_s)

    def _read(self) -> None:
        try:
            self._take(self._read_line())
            self._has_first_line.set()
            while os.read(self._descriptor, _LINE_MAX_BYTES):
                pass
        except OSError:
            pass  # a pipe that cannot be read has ended
        finally:
            self._has_first_line.set()
            self._on_end()

    def _read_line(self) -> bytes:
        line = bytearray()
        while len(line) < _LINE_MAX_BYTES:
            byte = os.read(self._descriptor, 1)
            if byte in (b"", b"\n"):
                break
            line += byte
        return bytes(line)

    def _take(self, line: bytes) -> None:
        """Hand the secret on; a line of another form brings none and is not repeated anywhere."""
        try:
            told = json.loads(line)
        except ValueError:
            return
        secret = told.get("camera_secret") if isinstance(told, dict) else None
        if isinstance(secret, str):
            self._on_secret(Secret(secret))
