"""Notices that this PC's own network came up or changed, or that the PC has slept.

A thread of its own; must import the core only.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

import psutil

from app.core.paths import NetworkChanged
from app.core.ports import Inbox

PERIOD_S = 1.0
SLEPT_S = 10.0
"""So much later than a second and this PC has slept; no PC is too busy for a look for so long."""
Snapshot = frozenset[tuple[str, str]]

_log = logging.getLogger(__name__)


def since_boot_s() -> float:
    """Seconds since this PC was switched on, those included in which it slept."""
    boot_time = getattr(time, "CLOCK_BOOTTIME", None)  # Linux; the monotonic clock stands still there meanwhile
    return time.monotonic() if boot_time is None else time.clock_gettime(boot_time)


class NetworkWatch:
    """Compares the interfaces that are up, and their addresses, once a second.

    Args:
        inbox: told of each change that brings an address, and of the end of a sleep.
        clock: seconds that go on while the PC sleeps.
        monotonic: the clock that all else goes by: on Linux it stands still meanwhile.
    """

    def __init__(
        self,
        inbox: Inbox,
        clock: Callable[[], float] = since_boot_s,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._inbox = inbox
        self._clock = clock
        self._monotonic = monotonic
        self._is_blind = False
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="network watch", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the thread and wait for it."""
        self._stopping.set()
        self._thread.join()

    def _watch(self) -> None:
        known, looked_s, awake_s = self._look(frozenset()), self._clock(), self._monotonic()
        while not self._stopping.wait(PERIOD_S):
            now, now_s, now_awake_s = self._look(known), self._clock(), self._monotonic()
            passed_s = now_s - looked_s
            has_slept = passed_s > PERIOD_S + SLEPT_S
            if now - known or has_slept:
                stood_still_s = passed_s - (now_awake_s - awake_s) if has_slept else 0.0
                self._inbox.put(NetworkChanged(max(0.0, stood_still_s)))
            known, looked_s, awake_s = now, now_s, now_awake_s

    def _look(self, known: Snapshot) -> Snapshot:
        """The addresses now; those that were known where the system does not say, as without file descriptors.

        A sleep must be noticed all the same: pictures from before it would pass for live.
        """
        try:
            now = addresses()
        except (OSError, psutil.Error) as error:
            if not self._is_blind:
                _log.warning("network=unknown: %s", type(error).__name__)
            self._is_blind = True
            return known
        self._is_blind = False
        return now


def addresses() -> Snapshot:
    """Each interface that is up, with each of its addresses."""
    up = {name for name, stats in psutil.net_if_stats().items() if stats.isup}
    return frozenset(
        (name, each.address) for name, found in psutil.net_if_addrs().items() if name in up for each in found
    )
