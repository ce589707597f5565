"""A long run: walls of either surface in turn, hurt by lot, before a witness who sees pixels only.

The bench's own thread looks, hurts, judges and prints; nothing grows with the run but one line an episode.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from tests.bench.trusting.blows import Blows
from tests.bench.trusting.fates import LOOK_ON_S, Fates, is_left_alone
from tests.bench.trusting.tapes import Sum, Tapes, total
from tests.support.canary import found_in_files, found_in_processes, new_canary
from tests.support.trust_reader import LOOK_PERIOD_S
from tests.support.trust_verdict import Claim
from tests.support.trust_wall import Outcome, TrustWall, trust_wall

UP_WITHIN_S = 120.0
SETTLE_PERIOD_S = 1.0
PRINT_PERIOD_S = 60.0


@dataclass(frozen=True, slots=True)
class Options:
    """How it is run; see the command line."""

    tile_seconds: float
    tiles: Mapping[str, int]
    """Of each surface that is looked at."""
    round_s: float
    seed: int
    keep: Path
    kinds: Sequence[str]
    """Of the faults; hosts and the registry are hurt besides."""


@dataclass(frozen=True, slots=True)
class Lie:
    """A proved lie, and what is needed to see it again.

    Attributes:
        surface, round, tile: where; rounds and tiles are counted from 1.
        at_s: when, seconds from the round's first fault.
        doing: what was being done to the tile then, and just before.
        claim: what was seen.
    """

    surface: str
    round: int
    tile: int
    at_s: float
    doing: Sequence[str]
    claim: Claim

    def __str__(self) -> str:
        doing = ", ".join(self.doing) or "nothing was done to it"
        return f"{self.surface}, round {self.round}, tile {self.tile}, {self.at_s:.1f} s: {self.claim}; {doing}"


@dataclass(slots=True)
class Seen:
    """What was seen of a surface over all of its rounds.

    Attributes:
        outcomes: of every fault.
        whole, left_alone: of all tiles, and of those whose links were never hurt.
        lies: proved.
        counts: how often what was done to the wall's processes.
        reports: the walls' own, one a round.
        gaps_ms: for how long each wall's window was deaf at most, once all tiles were live.
        leaks: where the cameras' password was found.
        troubles: what else must not be: a wall that ended, a traceback.
    """

    outcomes: list[Outcome] = field(default_factory=list)
    whole: Sum = field(default_factory=Sum)
    left_alone: Sum = field(default_factory=Sum)
    lies: list[Lie] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    reports: list[Mapping[str, Any]] = field(default_factory=list)
    gaps_ms: list[float] = field(default_factory=list)
    leaks: set[str] = field(default_factory=set)
    troubles: list[str] = field(default_factory=list)


def run(options: Options) -> dict[str, Seen]:
    """Rounds of every surface in turn, until each has had its part of the tile-seconds."""
    seen = {surface: Seen() for surface in options.tiles}
    number = 0
    while any(_left_s(options, surface, each) > 0 for surface, each in seen.items()):
        number += 1
        for surface, each in seen.items():
            left_s = _left_s(options, surface, each)
            if left_s > 0:
                _Round(options, surface, number, each).run(min(options.round_s, left_s))
    return seen


def _left_s(options: Options, surface: str, seen: Seen) -> float:
    """How long its wall still has to be looked at."""
    if seen.troubles:
        return 0.0
    return (options.tile_seconds / len(options.tiles) - seen.whole.watched_s) / options.tiles[surface]


class _Round:
    """One wall from its start to its end.

    Args:
        options: how it is run.
        surface: which one.
        number: of the round, from 1; it and the seed begin the lots. When one is drawn is the wall's doing, too.
        seen: where it is counted.
    """

    def __init__(self, options: Options, surface: str, number: int, seen: Seen) -> None:
        self._options = options
        self._surface = surface
        self._number = number
        self._seen = seen
        self._keep = options.keep / f"{surface}-round-{number}"
        self._password = new_canary()
        self._outcomes: list[Outcome] = []

    def run(self, seconds: float) -> None:
        """Hurt a wall for so long and look on."""
        tiles = self._options.tiles[self._surface]
        with TemporaryDirectory(prefix="pantau-trust-") as name:
            folder = Path(name)
            with trust_wall(folder, tiles, self._surface, password=self._password) as wall:
                try:
                    wall.until_all_live(UP_WITHIN_S)
                except AssertionError as error:  # the other rounds' figures shall be told all the same
                    self._seen.troubles.append(f"round {self._number}: {error}")
                else:
                    self._hurt(wall, time.monotonic(), seconds)
                self._end(wall, folder)

    def _hurt(self, wall: TrustWall, began_s: float, seconds: float) -> None:
        lots = Random(f"{self._options.seed} {self._surface} {self._number}")
        fates = Fates(wall, lots, began_s, self._options.kinds)
        blows = Blows(wall, fates, lots, (began_s, began_s + seconds))
        tapes = Tapes(wall.reader, self._keep)
        settle_s, print_s = began_s, began_s + PRINT_PERIOD_S
        end_s = began_s + seconds
        while (now_s := time.monotonic()) < end_s or fates.is_busy or blows.is_busy:
            if wall.product.process.poll() is not None:
                break
            wall.reader.look()
            done = [*fates.step(now_s, now_s >= end_s), *blows.step(now_s, now_s >= end_s)]
            self._outcomes += done
            if now_s >= settle_s:
                settle_s = now_s + SETTLE_PERIOD_S
                for tile in set(fates.resting()) - set(blows.looked_at()):
                    tapes.settle(tile)
            if now_s >= print_s:
                print_s += PRINT_PERIOD_S
                self._print(wall, tapes, now_s - began_s)
            time.sleep(max(0.0, now_s + LOOK_PERIOD_S - time.monotonic()))
        self._count(wall, tapes, blows, began_s)

    def _print(self, wall: TrustWall, tapes: Tapes, seconds: float) -> None:
        now = total(tapes.sums)
        print(
            f"{self._surface} round {self._number}, {seconds:5.0f} s: {now.watched_s:.0f} tile-seconds judged,"
            f" {now.false_live_s:.2f} false live, {now.blind_s:.1f} blind, {now.doubtful} doubtful looks;"
            f" {len(self._outcomes)} faults over, {len(wall.reader.live())} of {len(tapes.sums)} live;"
            f" {now.looks_per_s:.1f} looks/s, load {os.getloadavg()[0]:.1f}",
            flush=True,
        )
        self._seen.leaks.update(found_in_processes([self._password], wall.product.family()))

    def _count(self, wall: TrustWall, tapes: Tapes, blows: Blows, began_s: float) -> None:
        for tile in wall.tiles:
            tapes.judge(tile)
        seen = self._seen
        seen.whole.add(total(tapes.sums))
        seen.left_alone.add(total([tapes.sums[tile - 1] for tile in wall.tiles if is_left_alone(tile)]))
        seen.outcomes += self._outcomes
        seen.counts.update(blows.counts)
        seen.gaps_ms.append(wall.longest_gap_ms(began_s, time.monotonic()))
        for tile, each in enumerate(tapes.sums, start=1):
            seen.lies += [self._lie(tile, claim, began_s) for claim in each.claims]

    def _lie(self, tile: int, claim: Claim, began_s: float) -> Lie:
        episodes = [each.episode for each in self._outcomes if each.episode.tile == tile]
        doing = [
            f"{each.kind} from {each.began_s - began_s:.2f} to {each.healed_s - began_s:.2f}"
            for each in episodes
            if each.began_s <= claim.ended_s and claim.began_s <= each.ended_s + LOOK_ON_S[0]
        ]
        return Lie(self._surface, self._number, tile, claim.began_s - began_s, doing, claim)

    def _end(self, wall: TrustWall, folder: Path) -> None:
        """End the wall as its user does, and look through all that it wrote."""
        seen, product = self._seen, wall.product
        seen.leaks.update(found_in_processes([self._password], product.family()))
        seen.leaks.update(found_in_files([self._password], folder))
        is_up = product.process.poll() is None
        ended = product.end() if is_up else product.wait()
        if not is_up:
            seen.troubles.append(f"round {self._number}: the wall ended by itself with {ended.code}")
        if "Traceback" in ended.errors:
            seen.troubles.append(f"round {self._number}: a traceback, see {self._keep}")
        if (folder / "report.json").exists():
            seen.reports.append(product.report)
        seen.leaks.update(found_in_files([self._password], folder))
        if seen.troubles or self._keep.exists():
            self._keep.mkdir(parents=True, exist_ok=True)
            (self._keep / "stderr.txt").write_text(ended.errors, encoding="utf-8")
