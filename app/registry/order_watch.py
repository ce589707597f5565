"""Waits for what the post's wall is to show: a thread of its own, which always has one long-poll open.

Must import nothing of ours but the core and its neighbours here.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from random import Random

from app.core.errors import RegistryError
from app.core.remote import Outcome
from app.registry.client import RegistryApi
from app.registry.defects import understood
from app.registry.fields import mapping, whole
from app.registry.link import Link
from app.registry.retry import retry_delay_s
from app.registry.walls import REVISION_MAX, parse_desired, wall_path

WAIT_S = 25
"""The longest long-poll of the contract."""
ROUND_MIN_S = 0.5
"""The shortest time from one poll to the next: a server that answers at once is not asked all the time."""
_NEVER_REPORTED = ("wall-unknown", "not-found", "http-404")

_log = logging.getLogger(__name__)


class OrderWatch:
    """The thread.

    Args:
        api: the registry.
        link: the way to the console.
        random: the source of retry jitter.
        clock: monotonic seconds.
        on_known: called once, when what this wall last reported is known: another report may take its place.
    """

    def __init__(
        self,
        api: RegistryApi,
        link: Link,
        random: Random,
        clock: Callable[[], float],
        on_known: Callable[[], None] = lambda: None,
    ) -> None:
        self._api = api
        self._link = link
        self._random = random
        self._clock = clock
        self._on_known = on_known
        self._stopping = threading.Event()
        self._failures = 0
        self._revision: int | None = None
        self._released: int | None = None
        """The revision that the officer had released when this wall last reported; -1 where there was none."""
        self.thread = threading.Thread(target=self._run, name="registry-orders", daemon=True)

    def stop(self) -> None:
        """Let the thread end; whoever calls breaks its connection off."""
        self._stopping.set()

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._stopping.wait(self._round())

    def _round(self) -> float:
        """Ask once; returns how long to wait before the next time."""
        asked_s = self._clock()
        try:
            if self._released is None:
                self._released = self._released_before()
                self._on_known()
            self._ask()
        except Exception as caught:  # noqa: BLE001 - it is tried again like any failure
            error = understood(caught)
            self._failures += 1
            _log.info("orders not known: %s", error)
            return retry_delay_s(error, self._failures, self._random)
        self._failures = 0
        return max(0.0, ROUND_MIN_S - (self._clock() - asked_s))

    def _ask(self) -> None:
        # After a failure it asks without waiting: what was missed is known at once.
        wait_s = 0 if self._failures else WAIT_S
        seen = {} if self._revision is None else {"revision": self._revision}
        desired = self._api.call(
            "GET",
            wall_path(self._api.post_id, "desired"),
            lambda answer: parse_desired(answer, self._clock()),
            params={**seen, "wait_s": wait_s},
            wait_s=wait_s,
        )
        self._revision = desired.revision
        self._link.put(replace(desired, is_released=desired.revision == self._released))

    def _released_before(self) -> int:
        """A start does not bring back an order that the officer had released: the last report says so."""
        try:
            return self._api.call("GET", wall_path(self._api.post_id, "reported"), _released_revision)
        except RegistryError as error:
            if error.code not in _NEVER_REPORTED:
                raise
            return -1


def _released_revision(value: object) -> int:
    record = mapping(value, "reported")
    revision = whole(record.get("applied_revision"), "applied_revision", 0, REVISION_MAX)
    return revision if record.get("applied_state") == Outcome.RELEASED.value else -1
