"""What happens to the wall's own processes: hosts are killed and stopped, its registry stopped and at last killed.

Which tiles a host plays is seen from its connections to their proxies. On the bench's own thread.
"""

from __future__ import annotations

import math
import signal
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from random import Random

import psutil

from tests.bench.trusting.fates import LOOK_ON_S, Fates
from tests.support.product import REGISTRY
from tests.support.trust_verdict import first_live_again_s, first_not_live_s, judge
from tests.support.trust_wall import Episode, Outcome, TrustWall

KILLED, STOPPED = "host killed", "host stopped"
REGISTRY_STOPPED, REGISTRY_KILLED = "registry stopped", "registry killed"
SIGNALS = ((KILLED, signal.SIGKILL), (STOPPED, signal.SIGSTOP))
PERIOD_S = (30.0, 60.0)
"""From one host's end to the next one's."""
REGISTRY_STOPS_AT, REGISTRY_RETURNS_AT, REGISTRY_ENDS_AT = 0.25, 0.45, 0.85
"""Parts of a round."""


@dataclass(slots=True)
class _Blow:
    """A host's end that is being looked at."""

    kind: str
    began_s: float
    tiles: list[int]
    """Those still to come back, to which nothing else was being done."""


class Blows:
    """Hurts processes.

    Args:
        wall: whose processes.
        fates: what happens to its tiles besides.
        lots: every choice.
        span_s: from when to when, monotonic seconds.

    Attributes:
        counts: how often what was done.
    """

    def __init__(self, wall: TrustWall, fates: Fates, lots: Random, span_s: tuple[float, float]) -> None:
        self._wall = wall
        self._fates = fates
        self._lots = lots
        self._blow: _Blow | None = None
        self._kinds = _in_turn(lots)
        self._due_s = span_s[0] + lots.uniform(*PERIOD_S) / 2
        (self._registry,) = wall.product.of_kind(REGISTRY)
        parts = (REGISTRY_STOPS_AT, REGISTRY_RETURNS_AT, REGISTRY_ENDS_AT)
        self._registry_due_s = [span_s[0] + part * (span_s[1] - span_s[0]) for part in parts]
        self.counts: Counter[str] = Counter()

    @property
    def is_busy(self) -> bool:
        """Whether a host's end is not over yet."""
        return self._blow is not None

    def looked_at(self) -> Sequence[int]:
        """The tiles whose looks are still needed."""
        return self._blow.tiles if self._blow is not None else ()

    def step(self, now_s: float, is_ending: bool = False) -> list[Outcome]:
        """Do what is due; gives the outcome of what is over, one a tile.

        Args:
            now_s: monotonic seconds.
            is_ending: begin nothing.
        """
        if not is_ending:
            self._hurt_registry(now_s)
        if self._blow is not None:
            return list(self._look_on(self._blow, now_s))
        if now_s >= self._due_s and not is_ending:
            self._hurt_host(now_s)
        return []

    def _hurt_registry(self, now_s: float) -> None:
        stops_s, returns_s, ends_s = self._registry_due_s
        if now_s >= stops_s:
            self._registry_due_s[0] = math.inf
            self._registry.suspend()
            self.counts[REGISTRY_STOPPED] += 1
        if now_s >= returns_s:
            self._registry_due_s[1] = math.inf
            self._registry.resume()
        if now_s >= ends_s:
            self._registry_due_s[2] = math.inf
            self._registry.kill()
            self.counts[REGISTRY_KILLED] += 1

    def _hurt_host(self, now_s: float) -> None:
        kind, number = next(self._kinds)
        self._due_s = now_s + self._lots.uniform(*PERIOD_S)
        with suppress(psutil.NoSuchProcess):
            host = self._lots.choice(self._wall.product.hosts())
            playing = self._fates.take(self._tiles_of(host))
            self._blow = _Blow(kind, now_s, playing)
            host.send_signal(number)
            self.counts[kind] += 1

    def _tiles_of(self, host: psutil.Process) -> list[int]:
        links = host.net_connections(kind="tcp")
        ports = {each.raddr.port for each in links if each.status == psutil.CONN_ESTABLISHED}
        return [tile for tile, proxy in enumerate(self._wall.proxies, start=1) if proxy.port in ports]

    def _look_on(self, blow: _Blow, now_s: float) -> Iterator[Outcome]:
        for tile in list(blow.tiles):
            outcome = self._outcome(tile, blow, now_s)
            is_over = (
                outcome.back_s is not None or outcome.marked_s is None or now_s >= blow.began_s + LOOK_ON_S[1]
            )
            if now_s >= blow.began_s + LOOK_ON_S[0] and is_over:
                blow.tiles.remove(tile)
                self._fates.give_back(tile, now_s)
                yield outcome
        if not blow.tiles:
            self._blow = None

    def _outcome(self, tile: int, blow: _Blow, now_s: float) -> Outcome:
        """What was seen of a tile: it is back when it is live after it was not."""
        camera = self._wall.reader.cameras[tile - 1]
        readings = self._wall.reader.readings[tile - 1]
        inside = [each for each in readings if each.at_s >= blow.began_s]
        first_s = first_not_live_s([each for each in readings if each.at_s >= blow.began_s - 1.0], blow.began_s)
        was_lost = first_s is not None and not math.isnan(first_s)
        from_s = first_s if first_s is not None and was_lost else blow.began_s
        back_s = first_live_again_s(inside, camera, from_s)
        return Outcome(
            episode=Episode(tile, blow.kind, blow.began_s, blow.began_s, now_s),
            verdict=judge(inside, camera),
            marked_s=first_s - blow.began_s if first_s is not None else None,
            back_s=None if back_s is None else back_s - blow.began_s,
            was_live_at_heal=not was_lost,
        )


def _in_turn(lots: Random) -> Iterator[tuple[str, signal.Signals]]:
    while True:
        yield from lots.sample(SIGNALS, len(SIGNALS))
