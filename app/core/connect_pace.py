"""How often a site may be connected to: a power cut's end must not become a storm on its one uplink. Pure."""

from __future__ import annotations

from collections import deque
from contextlib import suppress

CONNECTS_PER_S = 4
"""A site, from this console: connection attempts and probes together (trust.md)."""
WINDOW_S = 1.25
"""Kept a little longer than a second: connects that were ordered evenly arrive unevenly."""
LATE_S = 0.35
"""An attempt answered later than this may have been stuck in the network: it counts from its answer on."""


class ConnectPace:
    """Counts the latest connects by site; who asks takes a place by `take`."""

    def __init__(self) -> None:
        self._connects: dict[str, deque[float]] = {}

    def allows(self, site: str | None, now_s: float, hanging: int = 0) -> bool:
        """Whether one more attempt keeps the pace. None is a server that needs no sparing: a relay.

        Args:
            hanging: attempts of longer than `WINDOW_S` ago that have no answer yet. When the link heals, the
                network delivers them all at once; beside them a place is left for asking whether it has.
        """
        room = CONNECTS_PER_S - 1 - hanging if hanging else CONNECTS_PER_S
        return site is None or len(self._recent(site, now_s)) < room

    def may_ask(self, site: str | None, now_s: float, hanging: int = 0) -> bool:
        """Whether one more probe keeps the pace; `site` and `hanging` as above."""
        return site is None or len(self._recent(site, now_s)) + hanging < CONNECTS_PER_S

    def take(self, site: str | None, now_s: float) -> None:
        """Count a connect."""
        if site is not None:
            self._connects.setdefault(site, deque()).append(now_s)

    def answered(self, site: str | None, ordered_s: float, now_s: float) -> None:
        """A connect was answered: one that hung has reached the site only now.

        Args:
            ordered_s: when it was taken.
        """
        if site is None or now_s - ordered_s < LATE_S:
            return
        with suppress(KeyError, ValueError):
            self._connects[site].remove(ordered_s)
        self.take(site, now_s)

    def _recent(self, site: str, now_s: float) -> deque[float]:
        """The site's connects of the last moments; a site without any is forgotten."""
        connects = self._connects.get(site, deque())
        while connects and now_s - connects[0] >= WINDOW_S:
            connects.popleft()
        if not connects:
            self._connects.pop(site, None)
        return connects
