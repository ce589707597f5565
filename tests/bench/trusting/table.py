"""Prints a proof of trust for people, and gives its figures for a file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.bench.trusting.blows import KILLED, STOPPED
from tests.bench.trusting.run import Seen
from tests.bench.trusting.tapes import Sum
from tests.support.trust_faults import Mark
from tests.support.trust_table import HEADING, Row, Spread, marks_s, returns_s, rows, spread
from tests.support.trust_wall import Outcome

BACK_GOAL_S = 3.0
GUI_GOAL_MS = 50.0
_BLOWS = (KILLED, STOPPED)


@dataclass(frozen=True, slots=True)
class Goal:
    """A number of the specification, and what was measured.

    Attributes:
        name: what it is about.
        limit, measured: in `unit`; nan where nothing was measured.
        unit: of both.
    """

    name: str
    limit: float
    measured: float
    unit: str = "s"

    @property
    def is_met(self) -> bool:
        """Whether it is not known to be missed."""
        return not self.measured > self.limit

    def __str__(self) -> str:
        verdict = "met" if self.is_met else "MISSED"
        measured = f"goal {self.limit:5.1f} {self.unit}, measured {self.measured:7.2f} {self.unit}"
        return f"{self.name:<44} {measured}  {verdict}"


def goals(seen: Seen) -> list[Goal]:
    """What trust.md wants of a surface."""
    links, blows = _links(seen), _blows(seen)
    back = spread(returns_s(links), 95)
    hosts_back = spread(_host_returns_s(blows[KILLED] + blows[STOPPED]), 95)
    return [
        Goal("false live, tile-seconds", 0.0, seen.whole.false_live_s),
        Goal("stall marked, p99", Mark.STALL.value or 0.0, spread(marks_s(links, Mark.STALL), 99).high),
        Goal("FIN or RST marked, p99", Mark.END.value or 0.0, spread(marks_s(links, Mark.END), 99).high),
        Goal("picture back after the link has healed, p95", BACK_GOAL_S, back.high),
        Goal("picture back after its host's end, p95", BACK_GOAL_S, hosts_back.high),
        Goal("longest GUI block once all were live", GUI_GOAL_MS, max(seen.gaps_ms, default=float("nan")), "ms"),
    ]


def all_rows(seen: Seen) -> list[Row]:
    """A row a kind of fault, those of the links first, then the tiles that were left alone, then everything."""
    blows = [_blow_row(kind, outcomes) for kind, outcomes in _blows(seen).items() if outcomes]
    return [
        *rows(_links(seen))[:-1],
        *blows,
        _sum_row("left alone", seen.left_alone),
        _sum_row("everything", seen.whole),
    ]


def _links(seen: Seen) -> list[Outcome]:
    return [each for each in seen.outcomes if each.episode.kind not in _BLOWS]


def _blows(seen: Seen) -> Mapping[str, list[Outcome]]:
    by_kind: Mapping[str, list[Outcome]] = defaultdict(list)
    for outcome in seen.outcomes:
        if outcome.episode.kind in _BLOWS:
            by_kind[outcome.episode.kind].append(outcome)
    return by_kind


def _host_returns_s(outcomes: Sequence[Outcome]) -> list[float]:
    return [each.back_s for each in outcomes if each.back_s is not None and not each.was_live_at_heal]


def _blow_row(kind: str, outcomes: Sequence[Outcome]) -> Row:
    marked_s = [each.marked_s for each in outcomes if each.marked_s is not None and not each.was_live_at_heal]
    return Row(
        kind=kind,
        tile_s=sum(each.verdict.watched_s for each in outcomes),
        false_live_s=sum(each.verdict.false_live_s for each in outcomes),
        blind_s=sum(each.verdict.blind_s for each in outcomes),
        unmarked=sum(each.marked_s is None for each in outcomes),
        marked=spread(marked_s, 99),
        back=spread(_host_returns_s(outcomes), 95),
        lost=sum(each.back_s is None for each in outcomes),
    )


def _sum_row(kind: str, seen: Sum) -> Row:
    return Row(kind, seen.watched_s, seen.false_live_s, seen.blind_s, 0, Spread(), Spread(), 0)


def print_seen(surface: str, seen: Seen) -> None:
    """A surface's table, its goals, and what was proved."""
    print(
        f"\n{surface}: {len(seen.outcomes)} faults; "
        + ", ".join(f"{n} × {what}" for what, n in seen.counts.items())
    )
    print(HEADING, *all_rows(seen), "", *goals(seen), sep="\n")
    whole, alone = seen.whole, seen.left_alone
    pace = f"{whole.looks_per_s:.1f} looks/s, longest pause {whole.longest_pause_s:.2f} s"
    print(f"{pace}, {whole.doubtful} doubtful looks")
    if alone.watched_s:
        shown = alone.unmarked_s / alone.watched_s
        print(
            f"left alone: unmarked {shown:.1%} of the time, blind {alone.blind_s:.1f} s, {alone.doubtful} doubtful"
        )
    print("the cameras' password: " + (", ".join(sorted(seen.leaks)) or "in nothing that was written or shown"))
    for trouble in [*seen.troubles, *(f"FALSE LIVE: {lie}" for lie in seen.lies)]:
        print(trouble)


def as_json(seen: Seen) -> dict[str, Any]:
    """A surface's figures for a file."""
    return {
        "rows": [row.as_json() for row in all_rows(seen)],
        "goals": [
            {"name": each.name, "limit": each.limit, "measured": _finite(each.measured), "is_met": each.is_met}
            for each in goals(seen)
        ],
        "looks_per_s": seen.whole.looks_per_s,
        "longest_pause_s": seen.whole.longest_pause_s,
        "doubtful": seen.whole.doubtful,
        "lies": [str(lie) for lie in seen.lies],
        "done": dict(seen.counts),
        "leaks": sorted(seen.leaks),
        "troubles": seen.troubles,
        "processes": [report["process"] for report in seen.reports],
    }


def _finite(value: float) -> float | None:
    return value if abs(value) < float("inf") else None
