"""What happens to each tile's link, and when: drawn by lot, each tile by itself. On the bench's own thread.

A tile rests, is hurt, is healed and looked at until its picture has come back, and rests again. Every few tiles
one is left alone, as a witness of what the others' faults do to their neighbours.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from random import Random

from tests.support.trust_verdict import first_live_again_s
from tests.support.trust_wall import Outcome, TrustWall

LEFT_ALONE_EVERY = 6
MEAN_REST_S = 14.0
BRIEF_SHARE = 0.25
BRIEF_S, LONG_S = (0.3, 3.0), (3.5, 9.0)
"""How long a fault lasts: shorter than what makes a picture old, or long enough for it to have to be marked."""
LOOK_ON_S = (4.0, 20.0)
"""How long a healed tile is watched at least, and at most if its picture does not come back."""


class Stage(Enum):
    """Where a tile is in its round."""

    RESTING = "resting"
    HURT = "hurt"
    HEALING = "healing"
    TAKEN = "taken"
    """Something else is being done to it."""


@dataclass(slots=True)
class _Fate:
    """One tile's."""

    due_s: float
    stage: Stage = Stage.RESTING
    began_s: float = 0.0
    healed_s: float = 0.0
    is_disturbed: bool = False
    """Its times are not the fault's alone."""


def is_left_alone(tile: int) -> bool:
    """Whether a tile's link is never hurt."""
    return tile % LEFT_ALONE_EVERY == 0


class Fates:
    """Hurts and heals.

    Args:
        wall: whose tiles.
        lots: every choice.
        now_s: monotonic seconds.
        kinds: of the faults.
    """

    def __init__(self, wall: TrustWall, lots: Random, now_s: float, kinds: Collection[str]) -> None:
        self._wall = wall
        self._lots = lots
        self._kinds = kinds_in_turn(lots, kinds)
        self._fates = {
            tile: _Fate(now_s + lots.uniform(0.0, MEAN_REST_S)) for tile in wall.tiles if not is_left_alone(tile)
        }

    @property
    def is_busy(self) -> bool:
        """Whether a fault is not over yet."""
        return any(fate.stage in (Stage.HURT, Stage.HEALING) for fate in self._fates.values())

    def resting(self) -> list[int]:
        """The tiles to which nothing is being done."""
        busy = {tile for tile, fate in self._fates.items() if fate.stage is not Stage.RESTING}
        return [tile for tile in self._wall.tiles if tile not in busy]

    def step(self, now_s: float, is_ending: bool = False) -> list[Outcome]:
        """Do what is due; gives the outcome of what is over.

        Args:
            now_s: monotonic seconds.
            is_ending: begin nothing, and heal what is hurt.
        """
        return [
            outcome
            for tile, fate in self._fates.items()
            if now_s >= fate.due_s or is_ending
            for outcome in self._go_on(tile, fate, now_s, is_ending)
        ]

    def _go_on(self, tile: int, fate: _Fate, now_s: float, is_ending: bool) -> Iterator[Outcome]:
        match fate.stage:
            case Stage.RESTING if not is_ending:
                self._hurt(tile, fate, now_s)
            case Stage.HURT:
                self._wall.heal(tile)
                fate.stage, fate.healed_s, fate.due_s = Stage.HEALING, now_s, now_s + LOOK_ON_S[0]
            case Stage.HEALING if now_s >= fate.due_s and self._is_over(tile, fate, now_s):
                yield self._close(tile, fate, now_s)
            case _:
                pass

    def _hurt(self, tile: int, fate: _Fate, now_s: float) -> None:
        lasts_s = self._lots.uniform(*(BRIEF_S if self._lots.random() < BRIEF_SHARE else LONG_S))
        self._wall.hurt(tile, next(self._kinds))
        fate.stage, fate.began_s, fate.due_s, fate.is_disturbed = Stage.HURT, now_s, now_s + lasts_s, False

    def _is_over(self, tile: int, fate: _Fate, now_s: float) -> bool:
        reader = self._wall.reader
        readings = [each for each in reader.readings[tile - 1] if each.at_s >= fate.healed_s]
        is_back = first_live_again_s(readings, reader.cameras[tile - 1], fate.healed_s) is not None
        return is_back or now_s >= fate.healed_s + LOOK_ON_S[1]

    def _close(self, tile: int, fate: _Fate, now_s: float) -> Outcome:
        self._wall.close(tile)
        outcome = self._wall.outcome(self._wall.episodes.pop())
        self._rest(fate, now_s)
        if fate.is_disturbed:
            return replace(outcome, marked_s=math.nan, was_live_at_heal=True)
        if outcome.marked_s is None and fate.healed_s - fate.began_s < LONG_S[0]:
            return replace(outcome, marked_s=math.nan)  # nothing had to be seen of it
        return outcome

    def _rest(self, fate: _Fate, now_s: float) -> None:
        fate.stage, fate.due_s = Stage.RESTING, now_s + self._lots.expovariate(1.0 / MEAN_REST_S)

    def take(self, tiles: Iterable[int]) -> list[int]:
        """Something else happens to these tiles; gives those to which nothing was being done."""
        mine = [tile for tile in self.resting() if tile in set(tiles)]
        for tile in tiles:
            fate = self._fates.get(tile)
            if fate is not None and fate.stage is Stage.RESTING:
                fate.stage, fate.due_s = Stage.TAKEN, math.inf
            elif fate is not None:
                fate.is_disturbed = True
        return mine

    def give_back(self, tile: int, now_s: float) -> None:
        """It is over."""
        if tile in self._fates:
            self._rest(self._fates[tile], now_s)


def kinds_in_turn(lots: Random, kinds: Collection[str]) -> Iterator[str]:
    """Every kind once in an order drawn by lot, then again in another one, without end."""
    while True:
        yield from lots.sample(list(kinds), len(kinds))
