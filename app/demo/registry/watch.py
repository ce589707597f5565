"""Lets long-polls wait for a change of what they ask for without holding a thread each.

Runs in the server's event loop. While somebody waits, one task asks the database a few times a second
whether anything was committed, by this process or another one; nobody waiting, nothing runs. Only those are woken
whose own subject has changed: posts report their walls all the time, and nobody else has to look for that.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping

_POLL_S = 0.3


class ChangeWatch:
    """Wakes those who wait when the mark of their subject changes.

    Args:
        read_version: gives a value that differs after any commit; quick, and called from the event loop only.
        read_marks: gives the mark of each subject that has one, from the event loop, when the version has changed.
        poll_s: how often the version is asked for, seconds.
    """

    def __init__(
        self,
        read_version: Callable[[], object],
        read_marks: Callable[[], Mapping[str, object]],
        poll_s: float = _POLL_S,
    ) -> None:
        self._read_version = read_version
        self._read_marks = read_marks
        self._poll_s = poll_s
        self._version: object = None
        self._marks: Mapping[str, object] = {}
        self._waiting: dict[asyncio.Future[None], tuple[str, object]] = {}
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

    def mark(self, subject: str) -> object:
        """Take it before looking at the data: `wait` then misses no change made since."""
        self._refresh()
        return self._marks.get(subject)

    async def wait(self, subject: str, seen_mark: object, timeout_s: float) -> None:
        """Return when the subject's mark is not the one seen, when the time is up, or at the end."""
        if self._is_closed or self.mark(subject) != seen_mark:
            return
        waiter = asyncio.get_running_loop().create_future()
        self._waiting[waiter] = subject, seen_mark
        if self._task is None:
            self._task = asyncio.create_task(self._poll())
        try:
            await asyncio.wait_for(waiter, timeout_s)
        except TimeoutError:
            return
        finally:
            del self._waiting[waiter]

    def close(self) -> None:
        """Send everybody home; call it in the event loop's thread."""
        self._is_closed = True
        for waiter in self._waiting:
            _wake(waiter)

    async def _poll(self) -> None:
        try:
            while self._waiting:
                await asyncio.sleep(self._poll_s)
                self._refresh()
        finally:
            self._task = None  # also where the database failed: the next one who waits begins anew

    def _refresh(self) -> None:
        version = self._read_version()
        if version == self._version:
            return
        # The version first: a change between the two readings is then read once more, not missed.
        self._version, self._marks = version, self._read_marks()
        for waiter, (subject, seen_mark) in self._waiting.items():
            if self._marks.get(subject) != seen_mark:
                _wake(waiter)


def _wake(waiter: asyncio.Future[None]) -> None:
    if not waiter.done():
        waiter.set_result(None)
