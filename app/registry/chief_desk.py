"""A chief's calls about the walls of posts: a thread that lists them and asks.

Nothing is asked while nobody looks. Must import nothing of ours but the core and its neighbours here.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable, Mapping
from random import Random

from app.core.posts import (
    ChiefAnswered,
    ChiefRequest,
    OrderWall,
    PostWall,
    SetWeek,
    TakeBack,
    WallsListed,
    WantedSeen,
)
from app.registry.client import RegistryApi
from app.registry.defects import understood
from app.registry.link import Link
from app.registry.on_duty import OnDuty
from app.registry.posts import (
    WALLS_LIMIT,
    not_done,
    order_document,
    parse_walls,
    parse_week,
    week_document,
)
from app.registry.retry import retry_delay_s
from app.registry.wall_follower import WallFollower
from app.registry.walls import parse_desired, wall_path

LIST_PERIOD_S = 5.0
"""How often all walls are listed while somebody looks."""
PAGES_MAX = 50
"""Five thousand walls: more than any city has."""

_log = logging.getLogger(__name__)


class ChiefDesk:
    """Implements `app.core.posts.ChiefPort`.

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
        self._wall: str | None = None
        self._requests: deque[ChiefRequest] = deque()
        self._is_other = False
        """Whether another wall was chosen, of which nothing is told yet."""
        self._list_s = 0.0
        self._failures = 0
        self.thread = threading.Thread(target=self._run, name="registry-chief", daemon=True)
        self._follower = WallFollower(api, link, shift, random, clock)

    # ---- from the console's thread

    def look(self, wall: str | None) -> None:
        """See `ChiefPort`."""
        with self._change:
            if wall != self._wall:
                self._list_s = 0.0 if self._wall is None else self._list_s
                self._wall, self._is_other = wall, True
                self._change.notify_all()
        self._follower.look(wall or "")

    def send(self, request: ChiefRequest) -> None:
        """See `ChiefPort`."""
        with self._change:
            self._requests.append(request)
            self._change.notify_all()

    def stop(self) -> None:
        """Let both threads end; whoever calls breaks their connections off."""
        self._follower.stop()
        with self._change:
            self._is_stopped = True
            self._change.notify_all()

    # ---- the thread that lists and asks

    def _run(self) -> None:
        self._follower.thread.start()
        while (work := self._next()) is not None:
            if isinstance(work, str):
                self._look(work)
            else:
                self._answer(work)
        self._follower.thread.join()

    def _next(self) -> ChiefRequest | str | None:
        """The next request, else the wall of which something is to be told; None at the end. Waits for either."""
        with self._change:
            while not self._change.wait_for(self._has_work, self._wait_s()):
                pass
            if self._is_stopped:
                return None
            if self._requests:
                return self._requests.popleft()
            self._is_other = False
            return self._wall

    def _has_work(self) -> bool:
        is_due = self._wall is not None and (self._is_other or self._clock() >= self._list_s)
        return self._is_stopped or bool(self._requests) or is_due

    def _wait_s(self) -> float | None:
        return None if self._wall is None else max(0.0, self._list_s - self._clock())

    def _look(self, wall: str) -> None:
        """Tell of all walls where that is due, and of the chosen one."""
        if self._clock() >= self._list_s:
            self._list()
        if wall:
            self._tell_wanted(wall)

    def _list(self) -> None:
        delay_s, sent = LIST_PERIOD_S, self._shift.headers()
        try:
            self._link.put(WallsListed(self._walls(sent)))
            self._failures = 0
        except Exception as caught:  # noqa: BLE001 - it is tried again like any failure
            error = understood(caught)
            self._shift.lost(error, sent)
            self._failures += 1
            delay_s = max(LIST_PERIOD_S, retry_delay_s(error, self._failures, self._random))
            self._link.put(WallsListed({}, error.sentence))
        self._list_s = self._clock() + delay_s

    def _walls(self, sent: Mapping[str, str]) -> dict[str, PostWall]:
        walls: dict[str, PostWall] = {}
        after, has_more = "", True
        for _ in range(PAGES_MAX):
            page, has_more = self._api.call(
                "GET",
                "/v1/walls",
                lambda answer: parse_walls(answer, self._clock()),
                sent,
                params={"after": after, "limit": WALLS_LIMIT},
            )
            walls |= page
            after = max(page, default="")
            if not has_more or not after:
                break
        return walls

    def _tell_wanted(self, wall: str) -> None:
        """Tell what a wall is to show; a wall that is not there any more is missing in the next list."""
        try:
            self._link.put(self._wanted(wall))
        except Exception as error:  # noqa: BLE001 - it is tried again like any failure
            _log.info("what the wall is to show is not known: %s", understood(error))

    def _wanted(self, wall: str) -> WantedSeen:
        desired = self._api.call(
            "GET",
            wall_path(wall, "desired"),
            lambda answer: parse_desired(answer, self._clock()),
            self._shift.headers(),
        )
        week = self._api.call("GET", wall_path(wall, "schedule"), parse_week, self._shift.headers())
        return WantedSeen(wall, desired, week)

    def _answer(self, request: ChiefRequest) -> None:
        """Ask what the chief asks; what is wanted now is told in any case, before what became of it."""
        answered, sent = ChiefAnswered(request), self._shift.headers()
        try:
            self._ask(request, sent)
        except Exception as caught:  # noqa: BLE001 - whoever waits for an answer gets one
            error = understood(caught)
            self._shift.lost(error, sent)
            answered = ChiefAnswered(request, *not_done(error))
        self._tell_wanted(request.wall)
        self._link.put(answered)

    def _ask(self, request: ChiefRequest, sent: Mapping[str, str]) -> None:
        headers = {**sent, "If-Match": f'"{request.seen}"'}
        match request:
            case OrderWall():
                self._call("PUT", wall_path(request.wall, "desired"), headers, json=order_document(request))
            case TakeBack():
                self._call("DELETE", wall_path(request.wall, "desired"), headers)
            case SetWeek():
                document = week_document(request.entries)
                self._call("PUT", wall_path(request.wall, "schedule"), headers, json=document)

    def _call(self, method: str, path: str, headers: Mapping[str, str], json: object = None) -> None:
        self._api.call(method, path, lambda _answer: None, headers, json=json)
