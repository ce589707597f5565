"""What a proof has shown, in a table for people and in figures for a file. Pure."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np

from tests.support.trust_faults import TRIALS, Mark
from tests.support.trust_wall import Outcome

_COLUMNS = "{:<22} {:>8} {:>10} {:>7} {:>5}   {:>22}   {:>22} {:>6}"


@dataclass(frozen=True, slots=True)
class Spread:
    """A distribution in three figures, seconds; nan where nothing was measured."""

    middle: float = math.nan
    high: float = math.nan
    most: float = math.nan

    def __str__(self) -> str:
        return f"{self.middle:6.2f} {self.high:6.2f} {self.most:6.2f}" if not math.isnan(self.middle) else "–"


def spread(values: Sequence[float], high_percent: float) -> Spread:
    """Median, that percentile, and the greatest."""
    if not values:
        return Spread()
    return Spread(*(float(np.percentile(values, percent)) for percent in (50, high_percent, 100)))


@dataclass(frozen=True, slots=True)
class Row:
    """All episodes of a kind.

    Attributes:
        kind: of `TRIALS`.
        tile_s: tile-seconds that were watched.
        false_live_s: of them, those with an old picture that was not marked.
        blind_s: of them, those with an unmarked picture whose code could not be read.
        unmarked: episodes in which the tile always stayed live.
        marked: from the fault to the mark: median, 99th percentile, greatest.
        back: from the healing to a live picture that stayed: median, 95th percentile, greatest.
        lost: episodes in which it did not come back while it was watched.
    """

    kind: str
    tile_s: float
    false_live_s: float
    blind_s: float
    unmarked: int
    marked: Spread
    back: Spread
    lost: int

    def as_json(self) -> dict[str, object]:
        """For a file; what was not measured is null."""
        values: dict[str, object] = asdict(self)
        for name in ("marked", "back"):
            measured: Spread = getattr(self, name)
            values[name] = None if math.isnan(measured.middle) else asdict(measured)
        return values

    def __str__(self) -> str:
        figures = f"{self.tile_s:.0f}", f"{self.false_live_s:.2f}", f"{self.blind_s:.1f}", self.unmarked
        return _COLUMNS.format(self.kind, *figures, str(self.marked), str(self.back), self.lost)


HEADING = _COLUMNS.format(
    "", "tile-s", "false live", "blind", "never", "marked p50 p99 max s", "back p50 p95 max s", "lost"
)


def rows(outcomes: Iterable[Outcome]) -> list[Row]:
    """A row a kind, in the order of `TRIALS`, and one of all."""
    by_kind: Mapping[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        by_kind[outcome.episode.kind].append(outcome)
    made = [_row(kind, by_kind[kind]) for kind in TRIALS if kind in by_kind]
    return [*made, _row("all", [outcome for kind in TRIALS for outcome in by_kind.get(kind, ())])]


def _row(kind: str, outcomes: Sequence[Outcome]) -> Row:
    verdicts = [outcome.verdict for outcome in outcomes]
    return Row(
        kind=kind,
        tile_s=sum(verdict.watched_s for verdict in verdicts),
        false_live_s=sum(verdict.false_live_s for verdict in verdicts),
        blind_s=sum(verdict.blind_s for verdict in verdicts),
        unmarked=sum(outcome.marked_s is None for outcome in outcomes),
        marked=spread(marks_s(outcomes), 99),
        back=spread(returns_s(outcomes), 95),
        lost=sum(outcome.back_s is None for outcome in outcomes),
    )


def marks_s(outcomes: Iterable[Outcome], mark: Mark | None = None) -> list[float]:
    """How long each fault, of that mark only, took to be seen; `inf` where it had to be and was not."""
    times_s: list[float] = []
    for outcome in outcomes:
        must = TRIALS[outcome.episode.kind].mark
        if mark is not None and must is not mark:
            continue
        if outcome.marked_s is not None and not math.isnan(outcome.marked_s):
            times_s.append(outcome.marked_s)
        elif outcome.marked_s is None and must is not Mark.AS_NEEDED:
            times_s.append(math.inf)
    return times_s


def returns_s(outcomes: Iterable[Outcome]) -> list[float]:
    """How long each tile that was not live when its link healed took to be so again."""
    return [each.back_s for each in outcomes if each.back_s is not None and not each.was_live_at_heal]
