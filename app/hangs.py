"""Where each thread was when the window's thread stood still: the trace of a hang, for whoever seeks its cause.

A trace names places in the code, and no values. The window's thread says that it lives; the interpreter's own
thread writes, also while nothing else of the process gets anywhere. Must import nothing of ours.
"""

from __future__ import annotations

import faulthandler
import logging
import math
from pathlib import Path
from typing import TextIO

LIMIT_S = 20.0
"""Long after the watchdog has covered the wall, long before a kept one is ended."""
PERIOD_S = 2.0
"""How often the limit is set anew; each time costs a thread."""
FILE_NAME = "pantau.log.hang"
"""Beside the logs, and in what `diagnose` collects."""
FILE_MAX_BYTES = 256 * 1024

_log = logging.getLogger(__name__)


class HangTrace:
    """Writes one trace for each time that the window's thread stands still; one per process.

    Args:
        folder: where the file is; made if it is not there. Where it cannot be, nothing is written, nor for None.
        limit_s: for how long it must have stood still.
    """

    def __init__(self, folder: Path | None, limit_s: float = LIMIT_S) -> None:
        self._limit_s = limit_s
        self._file: TextIO | None = None
        self._alive_s = math.inf
        self._next_s = -math.inf
        try:
            self._file = _opened(folder) if folder is not None else None
        except OSError as error:
            _log.warning("no trace of a hang can be written into %s: %s", folder, error.strerror or error)

    def close(self) -> None:
        """Write nothing any more."""
        faulthandler.cancel_dump_traceback_later()
        if self._file is not None:
            self._file.close()

    def alive(self, now_s: float) -> None:
        """The window's thread lives.

        Args:
            now_s: monotonic.
        """
        if now_s - self._alive_s > self._limit_s:
            _log.warning("the window stood still for %.0f s; %s says where", now_s - self._alive_s, FILE_NAME)
        self._alive_s = now_s
        if self._file is not None and now_s >= self._next_s:
            self._next_s = now_s + PERIOD_S
            faulthandler.dump_traceback_later(self._limit_s, file=self._file)


def _opened(folder: Path) -> TextIO:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / FILE_NAME
    is_full = path.exists() and path.stat().st_size > FILE_MAX_BYTES
    return path.open("w" if is_full else "a", encoding="utf-8")
