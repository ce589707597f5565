"""Asks for leases in batches and gives them back: a thread of its own, so that a long-poll delays no picture.

Requests come from the console's thread and never block; each stream's answer goes to its inbox. Must import
nothing of ours but the core and its neighbours here.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from random import Random

from app.core.backoff import RetryClass
from app.core.errors import RegistryError
from app.core.failure import Failure, Reason
from app.core.model import Lease, StreamKey
from app.core.ports import LeaseDenied, LeaseGranted
from app.core.purpose import LeasePurpose
from app.registry.address import Zones
from app.registry.client import RegistryApi
from app.registry.defects import DEFECT, outlived, understood
from app.registry.lease_answer import Granted
from app.registry.link import Link
from app.registry.parse import BATCH_MAX
from app.registry.problems import RefusalError
from app.registry.retry import Holdoff

COLLECT_S = 0.02
"""How long the first request of a batch waits for others: a layout asks for all of its tiles at once."""
RETRY = RetryClass(first_s=0.5, cap_s=5.0)
"""After a failure without a word of how long to wait; short, for somebody waits for a picture."""
ZONES_FRESH_S = 300.0
"""How long the registry's stream zones and limits are taken as known."""

_log = logging.getLogger(__name__)


class LeaseDesk:
    """The lease thread.

    Args:
        api: the registry.
        link: the way to the console.
        random: the source of retry jitter.
        clock: monotonic seconds.
    """

    def __init__(self, api: RegistryApi, link: Link, random: Random, clock: Callable[[], float]) -> None:
        self._api = api
        self._link = link
        self._clock = clock
        self._change = threading.Condition()
        self._asked: deque[tuple[StreamKey, LeasePurpose]] = deque()
        self._returned: deque[str] = deque()
        self._held: dict[StreamKey, Granted] = {}
        self._is_stopped = False
        self._zones = Zones()
        self._batch_max = BATCH_MAX
        self._zones_end_s: float | None = None
        self._holdoff = Holdoff(RETRY, random, clock)
        self._trouble: Failure | None = None
        """Why nothing is asked for a while."""
        self.thread = threading.Thread(target=self._run, name="registry-leases", daemon=True)

    # ---- from the console's thread

    def request(self, key: StreamKey, purpose: LeasePurpose) -> None:
        """Ask for a lease soon."""
        with self._change:
            self._asked.append((key, purpose))
            self._change.notify()

    def release(self, lease: Lease) -> None:
        """Give a lease back when there is nothing else to do."""
        with self._change:
            held = self._held.get(lease.key)
            if held is not None and held.lease == lease:
                del self._held[lease.key]
                self._returned.append(held.lease_id)
                self._change.notify()

    def stop(self) -> None:
        """Let the thread end; what still waits is dropped: leases end by themselves."""
        with self._change:
            self._is_stopped = True
            self._change.notify()

    # ---- the thread

    def _run(self) -> None:
        while (work := self._next()) is not None:
            if isinstance(work, str):
                with outlived():
                    self._give_back(work)
            else:
                self._answer(work)

    def _next(self) -> Mapping[StreamKey, LeasePurpose] | str | None:
        """The next batch, else a lease to give back, None at the end; waits for either."""
        with self._change:
            self._change.wait_for(lambda: self._is_stopped or self._asked or self._returned)
            if self._asked and not self._is_stopped:
                self._change.wait_for(self._is_full, COLLECT_S)
            if self._is_stopped:
                return None
            if not self._asked:
                return self._returned.popleft()
            size = min(len(self._asked), self._batch_max)
            return dict(self._asked.popleft() for _ in range(size))

    def _is_full(self) -> bool:
        return self._is_stopped or len(self._asked) >= self._batch_max

    def _answer(self, asked: Mapping[StreamKey, LeasePurpose]) -> None:
        held = self._held_off()
        answers = [held] * len(asked) if held is not None else self._ask(asked)
        for key, answer in zip(asked, answers, strict=True):
            self._tell(key, answer)

    def _held_off(self) -> Failure | None:
        """Why the registry is not asked now: every tile tries again by itself, and all of them are one caller."""
        left_s = self._holdoff.left_s()
        return replace(self._trouble, retry_after_s=left_s) if self._trouble is not None and left_s > 0.0 else None

    def _ask(self, asked: Mapping[StreamKey, LeasePurpose]) -> Sequence[Granted | Failure]:
        try:
            answers = self._api.lease(asked, self._known_zones())
        except Exception as caught:  # noqa: BLE001 - whoever waits for an answer gets one
            error = understood(caught)
            _log.warning("leases=%d refused: %s", len(asked), error)
            return [self._failed(error)] * len(asked)
        self._trouble = None
        self._holdoff.succeeded()
        return answers

    def _failed(self, error: RegistryError) -> Failure:
        """What a failed batch tells its streams; what was refused for good says nothing of the next batch."""
        if error.code == DEFECT:
            return Failure(Reason.INTERNAL, error.sentence)
        if isinstance(error, RefusalError) and error.retry_after_s is None:
            return Failure(Reason.LEASE_REFUSED, error.sentence)
        reason = Reason.LEASE_REFUSED if isinstance(error, RefusalError) else Reason.LEASE_UNAVAILABLE
        wait_s = self._holdoff.failed(error.retry_after_s)
        self._trouble = Failure(reason, error.sentence, wait_s)
        return self._trouble

    def _tell(self, key: StreamKey, answer: Granted | Failure) -> None:
        if isinstance(answer, Failure):
            self._link.put(LeaseDenied(key, answer))
            return
        with self._change:
            older = self._held.get(key)
            self._held[key] = answer
            if older is not None:  # a console has one lease of a stream: it uses the newer one
                self._returned.append(older.lease_id)
        self._link.put(LeaseGranted(answer.lease))

    def _known_zones(self) -> Zones:
        if self._zones_end_s is None or self._clock() > self._zones_end_s:
            meta = self._api.meta()
            self._zones, self._batch_max = meta.zones, meta.lease_batch_max
            self._zones_end_s = self._clock() + ZONES_FRESH_S
        return self._zones

    def _give_back(self, lease_id: str) -> None:
        if self._holdoff.left_s() > 0.0:
            return  # a lease ends by itself
        try:
            self._api.release(lease_id)
        except RefusalError as error:
            _log.debug("lease not taken back: %s", error)
        except RegistryError as error:
            _log.info("leases=%d not given back: %s", len(self._returned) + 1, error)
            with self._change:
                self._returned.clear()  # nobody is there: each try would keep a new request waiting
