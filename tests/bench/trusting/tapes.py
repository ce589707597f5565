"""Verdicts on a run of any length in bounded memory: a tile's looks are judged piece by piece, and forgotten.

A piece ends where no lie can be in progress: after some seconds in which every look saw a young picture. Its last
look is the next piece's first, so that no time between two looks is lost and a piece begins with what was true.
Only a tile that is not well for very long is cut elsewhere. On the bench's own thread.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from tests.support.trust_reader import TrustReader
from tests.support.trust_verdict import AGE_LIMIT_S, FORGOTTEN_S, CameraTime, Claim, Reading, Verdict, judge
from tests.support.wall_eye import save

LEAST_PIECE_S = 10.0
LONGEST_PIECE_S = 60.0
CALM_S = FORGOTTEN_S
"""Every row of pictures that was begun before is over by then, but for the one that is young. And a frozen
picture, which by its clock is young again once in every loop, is so for less."""


@dataclass(slots=True)
class Sum:
    """What is known of a tile, or of several, over all pieces.

    Attributes:
        watched_s, unmarked_s, blind_s, doubtful: as in `Verdict`.
        claims: proved lies; there should be none.
        intervals: between two looks.
        longest_pause_s: the longest of them: what is shorter may go unseen.
    """

    watched_s: float = 0.0
    unmarked_s: float = 0.0
    blind_s: float = 0.0
    doubtful: int = 0
    claims: list[Claim] = field(default_factory=list)
    intervals: int = 0
    longest_pause_s: float = 0.0

    @property
    def false_live_s(self) -> float:
        """All proved lies together."""
        return sum(claim.seconds for claim in self.claims)

    @property
    def looks_per_s(self) -> float:
        """How often a tile was looked at."""
        return self.intervals / self.watched_s if self.watched_s else 0.0

    def add_piece(self, verdict: Verdict, readings: Sequence[Reading]) -> None:
        """Count one piece."""
        pauses_s = [after.at_s - before.at_s for before, after in pairwise(readings)]
        self.add(
            Sum(
                verdict.watched_s,
                verdict.unmarked_s,
                verdict.blind_s,
                verdict.doubtful,
                list(verdict.claims),
                len(pauses_s),
                max(pauses_s, default=0.0),
            )
        )

    def add(self, other: Sum) -> None:
        """Count what another one has counted."""
        self.watched_s += other.watched_s
        self.unmarked_s += other.unmarked_s
        self.blind_s += other.blind_s
        self.doubtful += other.doubtful
        self.claims += other.claims
        self.intervals += other.intervals
        self.longest_pause_s = max(self.longest_pause_s, other.longest_pause_s)


def total(sums: Sequence[Sum]) -> Sum:
    """All of them together."""
    whole = Sum()
    for each in sums:
        whole.add(each)
    return whole


class Tapes:
    """Judges and forgets what a witness has read.

    Args:
        reader: the witness; its readings and suspects are taken away.
        keep: a folder for the pixels of proved lies; made when there is one.

    Attributes:
        sums: of each tile, in their order.
    """

    def __init__(self, reader: TrustReader, keep: Path) -> None:
        self._reader = reader
        self._keep = keep
        self.sums = [Sum() for _ in reader.readings]

    def settle(self, tile: int) -> None:
        """Judge a tile's looks if this is a moment to do so.

        Args:
            tile: counted from 1; nobody may need its earlier looks any more.
        """
        readings, camera = self._reader.readings[tile - 1], self._reader.cameras[tile - 1]
        if may_cut(readings, camera):
            self.judge(tile)

    def judge(self, tile: int) -> None:
        """Judge a tile's looks, and forget all but the last."""
        readings = self._reader.readings[tile - 1]
        verdict = judge(readings, self._reader.cameras[tile - 1])
        self.sums[tile - 1].add_piece(verdict, readings)
        self._settle_suspects(tile, verdict.claims)
        del readings[:-1]

    def _settle_suspects(self, tile: int, claims: Sequence[Claim]) -> None:
        """Keep the pixels of what was proved; drop what was not, so that there is room for others."""
        suspects = self._reader.suspects
        mine = [each for each in suspects if each[0] == tile]
        suspects[:] = [each for each in suspects if each[0] != tile]
        for _, reading, age_s, pixels in mine:
            if any(claim.began_s <= reading.at_s <= claim.ended_s for claim in claims):
                self._keep.mkdir(parents=True, exist_ok=True)
                name = f"tile-{tile:02}-at-{reading.at_s:.2f}-frame-{reading.frame}-age-{age_s:.1f}.png"
                save(pixels, self._keep / name)


def may_cut(readings: Sequence[Reading], camera: CameraTime) -> bool:
    """Whether a piece may end with the last look."""
    if len(readings) < 2:
        return False
    now_s = readings[-1].at_s
    lasted_s = now_s - readings[0].at_s
    if lasted_s < LEAST_PIECE_S:
        return False
    recent = [each for each in readings if each.at_s >= now_s - CALM_S]
    return lasted_s >= LONGEST_PIECE_S or all(_is_well(each, camera) for each in recent)


def _is_well(reading: Reading, camera: CameraTime) -> bool:
    return reading.is_live and reading.frame is not None and camera.age_s(reading) <= AGE_LIMIT_S
