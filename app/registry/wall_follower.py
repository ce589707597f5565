"""Follows the wall that a chief looks at: a thread of its own, which has a long-poll open while somebody looks.

Must import nothing of ours but the core and its neighbours here.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from random import Random

from app.core.posts import PostWall, WallSeen
from app.registry.client import RegistryApi
from app.registry.defects import understood
from app.registry.link import Link
from app.registry.on_duty import OnDuty
from app.registry.posts import parse_wall
from app.registry.retry import retry_delay_s
from app.registry.walls import wall_path

WAIT_S = 3
"""Of a long-poll: so long until another wall that was chosen is followed."""
ROUND_MIN_S = 0.3
"""The shortest time between two polls."""


class WallFollower:
    """The thread.

    Args:
        api: the registry.
        link: the way to the console.
        shift: in whose name it asks.
        random: the source of retry jitter.
        clock: monotonic seconds.
    """

    def __init__(
        self, api: RegistryApi, link: Link, shift: OnDuty, random: Random, clock: Callable[[], float]
    ) -> None:
        self._api = api
        self._link = link
        self._shift = shift
        self._random = random
        self._clock = clock
        self._change = threading.Condition()
        self._is_stopped = False
        self._wall = ""
        self._seen: tuple[str, int] = ("", 0)
        """The wall that was told last, and its revision then."""
        self._failures = 0
        self.thread = threading.Thread(target=self._run, name="registry-follow", daemon=True)

    def look(self, wall: str) -> None:
        """Follow that wall from now on; none where it is empty."""
        with self._change:
            self._wall = wall
            self._change.notify_all()

    def stop(self) -> None:
        """Let the thread end; whoever calls breaks its connection off."""
        with self._change:
            self._is_stopped = True
            self._change.notify_all()

    def _run(self) -> None:
        while (wall := self._next()) is not None:
            self._pause(self._round(wall))

    def _next(self) -> str | None:
        """The wall to be followed, once there is one; None at the end."""
        with self._change:
            self._change.wait_for(lambda: self._is_stopped or self._wall)
            return None if self._is_stopped else self._wall

    def _pause(self, seconds: float) -> None:
        with self._change:
            self._change.wait_for(lambda: self._is_stopped, seconds)

    def _round(self, wall: str) -> float:
        """Ask once; returns how long to wait before the next time."""
        asked_s = self._clock()
        seen = self._seen[1] if self._seen[0] == wall else 0
        try:
            found = self._ask(wall, seen)
        except Exception as caught:  # noqa: BLE001 - it is tried again like any failure
            error = understood(caught)
            self._failures += 1
            return retry_delay_s(error, self._failures, self._random)
        self._failures = 0
        if found.revision != seen:
            self._link.put(WallSeen(found))
        self._seen = wall, found.revision
        return max(0.0, ROUND_MIN_S - (self._clock() - asked_s))

    def _ask(self, wall: str, seen: int) -> PostWall:
        return self._api.call(
            "GET",
            wall_path(wall, "reported"),
            lambda answer: parse_wall(answer, self._clock()),
            self._shift.headers(),
            wait_s=WAIT_S,
            params={"revision": seen, "wait_s": WAIT_S},
        )
