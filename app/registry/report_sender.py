"""Tells the registry what the wall shows, and that this post is alive: a thread of its own.

A change is told within a second, however many there are; a heartbeat goes every half a minute, with a report whose
ages are fresh. Must import nothing of ours but the core and its neighbours here.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random

from app.core.errors import RegistryError
from app.core.remote import WallReport
from app.registry.client import RegistryApi
from app.registry.defects import understood
from app.registry.on_duty import OnDuty
from app.registry.retry import retry_delay_s
from app.registry.walls import report_document, wall_path

PERIOD_S = 1.0
"""The shortest time between two reports."""
BEAT_S, BEAT_JITTER = 30.0, 0.2
"""A heartbeat's time and how far it strays (registry-contract.md): hundreds of posts do not beat as one."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Vitals:
    """What a heartbeat says besides what the wall shows.

    Attributes:
        software: the version of this program.
        audit_seq: the last entry of the journal, sent or not; any thread.
    """

    software: str
    audit_seq: Callable[[], int]


class ReportSender:
    """The thread. It sends nothing before `begin` and the first report.

    Args:
        api: the registry.
        vitals: see there.
        shift: in whose name a heartbeat is.
        random: the source of jitter.
        clock: monotonic seconds.
    """

    def __init__(
        self, api: RegistryApi, vitals: Vitals, shift: OnDuty, random: Random, clock: Callable[[], float]
    ) -> None:
        self._api = api
        self._vitals = vitals
        self._shift = shift
        self._random = random
        self._clock = clock
        self._started_s = clock()
        self._change = threading.Condition()
        self._has_begun = False
        self._is_stopped = False
        self._report: WallReport | None = None
        self._sent_shape: object = None
        self._failures = 0
        self._not_before_s = 0.0
        self._beat_s = 0.0
        self.thread = threading.Thread(target=self._run, name="registry-reports", daemon=True)

    # ---- from other threads

    def begin(self) -> None:
        """What the wall reported in an earlier run is not needed any more."""
        with self._change:
            self._has_begun = True
            self._change.notify()

    def report(self, report: WallReport) -> None:
        """The wall shows this now; never waits."""
        with self._change:
            self._report = report
            if self._is_news():
                self._change.notify()

    def stop(self) -> None:
        """Let the thread end."""
        with self._change:
            self._is_stopped = True
            self._change.notify()

    # ---- the thread

    def _run(self) -> None:
        while (report := self._next()) is not None:
            self._send(report)

    def _next(self) -> WallReport | None:
        """The report that is due; None at the end."""
        with self._change:
            while not self._is_stopped:
                wait_s = self._wait_s()
                if wait_s is not None and wait_s <= 0.0:
                    return self._report
                self._change.wait(wait_s)
        return None

    def _wait_s(self) -> float | None:
        """How long until something is due; None where only a change can tell."""
        if self._report is None or not self._has_begun:
            return None
        due_s = self._not_before_s if self._is_news() else max(self._beat_s, self._not_before_s)
        return due_s - self._clock()

    def _is_news(self) -> bool:
        return self._report is not None and self._report.shape != self._sent_shape

    def _send(self, report: WallReport) -> None:
        try:
            self._tell("PUT", wall_path(self._api.post_id, "reported"), report_document(report))
            self._sent_shape = report.shape
            if self._clock() >= self._beat_s:
                self._beat(report)
                stray = self._random.uniform(-BEAT_JITTER, BEAT_JITTER)
                self._beat_s = self._clock() + BEAT_S * (1.0 + stray)
        except Exception as caught:  # noqa: BLE001 - it is tried again like any failure
            error = understood(caught)
            self._failures += 1
            _log.info("report not sent: %s", error)
            self._not_before_s = self._clock() + max(PERIOD_S, retry_delay_s(error, self._failures, self._random))
            return
        self._failures = 0
        self._not_before_s = self._clock() + PERIOD_S

    def _tell(
        self, method: str, path: str, document: dict[str, object], headers: Mapping[str, str] | None = None
    ) -> None:
        self._api.call(method, path, lambda _answer: None, headers, json=document)

    def _beat(self, report: WallReport) -> None:
        """Say that the post is alive: a shift that is over is told, and is no trouble of the post's."""
        sent = self._shift.headers()
        try:
            self._tell("POST", "/v1/heartbeats", self._vital_signs(report), sent)
        except RegistryError as error:
            if not self._shift.lost(error, sent):
                raise

    def _vital_signs(self, report: WallReport) -> dict[str, object]:
        return {
            "version": self._vitals.software,
            "tiles": report.cameras,
            "live": report.playing,
            "uptime_s": round(self._clock() - self._started_s, 1),
            "audit_seq": self._vitals.audit_seq(),
        }
