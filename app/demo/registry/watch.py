"""Lets long-polls wait for a change of the catalogue without holding a thread each.

Runs in the server's event loop. While somebody waits, one task asks the database a few times a second
whether anything was committed, by this process or another one; nobody waiting, nothing runs.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

_POLL_S = 0.3


class ChangeWatch:
    """Wakes those who wait when the data's version number changes.

    Args:
        read_version: gives the number; it is quick and called from the event loop only.
        poll_s: how often it is asked, seconds.
    """

    def __init__(self, read_version: Callable[[], int], poll_s: float = _POLL_S) -> None:
        self._read_version = read_version
        self._poll_s = poll_s
        self._waiting: set[asyncio.Future[None]] = set()
        self._task: asyncio.Task[None] | None = None
        self._is_closed = False

    @property
    def is_closed(self) -> bool:
        """Whether nobody is to wait any more."""
        return self._is_closed

    @property
    def waiting(self) -> int:
        """How many wait."""
        return len(self._waiting)

    @property
    def is_polling(self) -> bool:
        """Whether the database is being asked."""
        return self._task is not None

    def version(self) -> int:
        """Take it before looking at the data: `wait` then misses no change made since."""
        return self._read_version()

    async def wait(self, seen_version: int, timeout_s: float) -> None:
        """Return when the data differ from the version seen, when the time is up, or at the end."""
        if self._is_closed or self._read_version() != seen_version:
            return
        waiter = asyncio.get_running_loop().create_future()
        self._waiting.add(waiter)
        if self._task is None:
            self._task = asyncio.create_task(self._poll(seen_version))
        try:
            await asyncio.wait_for(waiter, timeout_s)
        except TimeoutError:
            return
        finally:
            self._waiting.discard(waiter)

    def close(self) -> None:
        """Send everybody home; call it in the event loop's thread."""
        self._is_closed = True
        self._wake()

    async def _poll(self, version: int) -> None:
        while self._waiting:
            await asyncio.sleep(self._poll_s)
            newest = self._read_version()
            if newest != version:
                version = newest
                self._wake()
        self._task = None

    def _wake(self) -> None:
        for waiter in self._waiting:
            if not waiter.done():
                waiter.set_result(None)
