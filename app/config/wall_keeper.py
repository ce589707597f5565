"""Writes what the wall shows into its file, a moment after each change, on a thread of its own.

The GUI's thread must never wait for a disk. Must not import Qt.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from app.core.errors import ConfigError
from app.core.wall import WallState

SETTLES_S = 0.5
"""Changes come in bursts: only what the wall shows then is written."""
STOP_LIMIT_S = 5.0

_log = logging.getLogger(__name__)


class WallKeeper:
    """Keeps the newest wall.

    Args:
        save: writes it; may wait.
    """

    def __init__(self, save: Callable[[WallState], None]) -> None:
        self._save = save
        self._newest: WallState | None = None
        self._changed = threading.Condition()
        self._must_stop = False
        self._has_complained = False
        self._thread = threading.Thread(target=self._run, name="wall keeper", daemon=True)
        self._thread.start()

    def keep(self, wall: WallState) -> None:
        """Have a wall written soon; never waits."""
        with self._changed:
            self._newest = wall
            self._changed.notify()

    def stop(self) -> None:
        """Write what is left, and end."""
        with self._changed:
            self._must_stop = True
            self._changed.notify()
        self._thread.join(STOP_LIMIT_S)

    def _run(self) -> None:
        while (wall := self._next()) is not None:
            try:
                self._save(wall)
            except ConfigError as error:
                self._complain(error)

    def _next(self) -> WallState | None:
        """The wall to write, None when all is written and nothing comes any more."""
        with self._changed:
            self._changed.wait_for(lambda: self._newest is not None or self._must_stop)
            if not self._must_stop:
                self._changed.wait_for(lambda: self._must_stop, SETTLES_S)
            wall, self._newest = self._newest, None
            return wall

    def _complain(self, error: ConfigError) -> None:
        """Once: a disk that is full stays so for hours."""
        if not self._has_complained:
            _log.warning("the wall is not kept for the next start: %s", error)
        self._has_complained = True
