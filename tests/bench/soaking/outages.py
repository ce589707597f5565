"""Makes the week's outages: links by the fault proxies, hosts and the registry by signals.

Used on the bench's own thread; it never waits.
"""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from random import Random
from types import MappingProxyType

import psutil

from tests.bench.soaking.plan import OutageKind, outage_kinds
from tests.support.fault_proxy import (
    HALF_OPEN,
    HELD,
    STALL,
    Doorway,
    Fault,
    RemoteProxy,
    corrupting,
    finishing,
    resetting,
)

SHORTEST_S, LONGEST_S = 0.3, 3.0
"""From what a jitter of the link is to what makes a tile stale, fail and come back."""
MOST_STARTS = 3
"""At one look, so that outages that are due do not all begin together."""
TRIES = 8
"""Cameras asked for one that is connected to."""

LINK_FAULTS: Mapping[OutageKind, Fault] = MappingProxyType(
    {
        OutageKind.STALL: STALL,
        OutageKind.HELD: HELD,
        OutageKind.FINISH: finishing(),
        OutageKind.RESET: resetting(),
        OutageKind.REFUSED: resetting(Doorway.CLOSED),
        OutageKind.HALF_OPEN: HALF_OPEN,
        OutageKind.CORRUPT: corrupting(0.2),
    }
)


@dataclass(frozen=True, slots=True)
class _Running:
    """An outage that is on."""

    until_s: float
    end: Callable[[], object]


class Outages:
    """Starts outages and ends them.

    Args:
        proxies: one before each camera.
        hosts: the running hosts, the oldest first.
        registry_pid: the registry's process.
        random: every choice.

    Attributes:
        counts: how many of each kind there were.
    """

    def __init__(
        self,
        proxies: Sequence[RemoteProxy],
        hosts: Callable[[], Sequence[psutil.Process]],
        registry_pid: int,
        random: Random,
    ) -> None:
        self._proxies = proxies
        self._hosts = hosts
        self._registry_pid = registry_pid
        self._random = random
        self._kinds: Iterator[OutageKind] = outage_kinds(random)
        self._running: list[_Running] = []
        self.counts: Counter[OutageKind] = Counter()

    def step(self, due: int, now_s: float) -> None:
        """End what is over, and start what is due.

        Args:
            due: how many outages should have begun by now.
            now_s: monotonic seconds.
        """
        self._end(lambda outage: now_s >= outage.until_s)
        for _ in range(min(MOST_STARTS, due - self.counts.total())):
            self._start(self._possible(next(self._kinds)), now_s)

    def end_all(self) -> None:
        """Everything is well again."""
        self._end(lambda _: True)

    def _end(self, is_over: Callable[[_Running], bool]) -> None:
        over = [outage for outage in self._running if is_over(outage)]
        self._running = [outage for outage in self._running if outage not in over]
        for outage in over:
            outage.end()

    def _start(self, kind: OutageKind, now_s: float) -> None:
        end = self._begin(kind)
        self._running.append(_Running(now_s + self._random.uniform(SHORTEST_S, LONGEST_S), end))
        self.counts[kind] += 1

    def _possible(self, kind: OutageKind) -> OutageKind:
        """The kind, or a broken link instead of the only host's end.

        The oldest host lives the whole week, so that its memory can be watched.
        """
        is_of_host = kind in (OutageKind.HOST_KILLED, OutageKind.HOST_STOPPED)
        return OutageKind.RESET if is_of_host and len(self._hosts()) < 2 else kind

    def _begin(self, kind: OutageKind) -> Callable[[], object]:
        """Let it fail; gives what ends that."""
        match kind:
            case OutageKind.SECTOR:
                return self._cut_all()
            case OutageKind.HOST_KILLED:
                return self._signal_host(signal.SIGKILL)
            case OutageKind.HOST_STOPPED:
                return self._signal_host(signal.SIGSTOP)  # the console finds and ends it
            case OutageKind.REGISTRY_STOPPED:
                return self._stop_registry()
            case _:
                proxy = self._connected_proxy()
                proxy.set(LINK_FAULTS[kind])
                return proxy.heal

    def _connected_proxy(self) -> RemoteProxy:
        tries = self._random.sample(self._proxies, TRIES)
        return next((proxy for proxy in tries if proxy.connections), tries[0])

    def _cut_all(self) -> Callable[[], object]:
        for proxy in self._proxies:
            proxy.set(resetting(Doorway.CLOSED))
        return lambda: [proxy.heal() for proxy in self._proxies]

    def _signal_host(self, number: signal.Signals) -> Callable[[], object]:
        """It is the youngest one's turn."""
        with suppress(psutil.NoSuchProcess):
            self._hosts()[-1].send_signal(number)
        return lambda: None

    def _stop_registry(self) -> Callable[[], object]:
        registry = psutil.Process(self._registry_pid)
        registry.suspend()
        return registry.resume
