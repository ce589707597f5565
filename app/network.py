"""Notices that this PC's own network came up or changed. A thread of its own; must import the core only."""

from __future__ import annotations

import threading

import psutil

from app.core.ports import Inbox, NetworkChanged

PERIOD_S = 1.0
Snapshot = frozenset[tuple[str, str]]


class NetworkWatch:
    """Compares the interfaces that are up, and their addresses, once a second.

    Args:
        inbox: told of each change that brings an address.
    """

    def __init__(self, inbox: Inbox) -> None:
        self._inbox = inbox
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="network watch", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the thread and wait for it."""
        self._stopping.set()
        self._thread.join()

    def _watch(self) -> None:
        known = addresses()
        while not self._stopping.wait(PERIOD_S):
            now = addresses()
            if now - known:
                self._inbox.put(NetworkChanged())
            known = now


def addresses() -> Snapshot:
    """Each interface that is up, with each of its addresses."""
    up = {name for name, stats in psutil.net_if_stats().items() if stats.isup}
    return frozenset(
        (name, each.address) for name, found in psutil.net_if_addrs().items() if name in up for each in found
    )
