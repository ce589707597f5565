"""Writes the newest of something into its file, a moment after each change, on a thread of its own.

The GUI's thread must never wait for a disk. Must not import Qt.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from app.core.errors import ConfigError

SETTLES_S = 0.5
"""Changes come in bursts: only what is the newest then is written."""
STOP_LIMIT_S = 5.0

T = TypeVar("T")

_log = logging.getLogger(__name__)


class LateWriter(Generic[T]):
    """Keeps the newest.

    Args:
        what: that it is, for the log.
        save: writes it; may wait.
    """

    def __init__(self, what: str, save: Callable[[T], None]) -> None:
        self._what = what
        self._save = save
        self._newest: T | None = None
        self._changed = threading.Condition()
        self._must_stop = False
        self._has_complained = False
        self._thread = threading.Thread(target=self._run, name=f"{what} writer", daemon=True)
        self._thread.start()

    def keep(self, newest: T) -> None:
        """Have this written soon; never waits."""
        with self._changed:
            self._newest = newest
            self._changed.notify()

    def stop(self) -> None:
        """Write what is left, and end."""
        with self._changed:
            self._must_stop = True
            self._changed.notify()
        self._thread.join(STOP_LIMIT_S)

    def _run(self) -> None:
        while (newest := self._next()) is not None:
            try:
                self._save(newest)
            except ConfigError as error:
                self._complain(error)

    def _next(self) -> T | None:
        """What is to be written, None when all is written and nothing comes any more."""
        with self._changed:
            self._changed.wait_for(lambda: self._newest is not None or self._must_stop)
            if not self._must_stop:
                self._changed.wait_for(lambda: self._must_stop, SETTLES_S)
            newest, self._newest = self._newest, None
            return newest

    def _complain(self, error: ConfigError) -> None:
        """Once: a disk that is full stays so for hours."""
        if not self._has_complained:
            _log.warning("the %s is not kept for the next start: %s", self._what, error)
        self._has_complained = True
