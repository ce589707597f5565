"""The arithmetic of the switch and power-cut benchmarks."""

from __future__ import annotations

import math

import pytest

from tests.bench.staged.outages import POWER, Outage
from tests.bench.staged.switches import Stayed, Switch, is_kept, share_s, summary
from tests.bench.staged.switching import COLD, HALF, WARM, Arrival

KEPT_ALL = Stayed(pictures=30, seconds=2.0, gap_s=0.08, is_same=True)


def _switch(
    kind: str = COLD, live_s: float = 1.0, missing: tuple[str, ...] = (), stayed: tuple[Stayed, ...] = ()
) -> Switch:
    return Switch(kind, [Arrival(1, "JKT-00001", 0.1, 0.2, live_s)], missing, stayed, block_s=0.02)


@pytest.mark.parametrize(
    ("switch", "kept"),
    [
        (_switch(COLD, 1.5), True),
        (_switch(COLD, 1.51), False),
        (_switch(WARM, 0.25), True),
        (_switch(WARM, 0.3), False),
        (_switch(COLD, missing=("JKT-00002",)), False),
        (_switch(HALF, stayed=(KEPT_ALL,)), True),
        (_switch(HALF, stayed=(Stayed(29, 2.0, 0.13, True),)), False),
        (_switch(HALF, stayed=(Stayed(30, 2.0, 0.08, False),)), False),
    ],
    ids=["in time", "late", "warm in time", "warm and late", "missing", "all stayed", "one lost", "opened anew"],
)
def test_a_switch_keeps_its_goals_or_not(switch: Switch, kept: bool) -> None:
    assert is_kept([switch]) is kept


@pytest.mark.parametrize(("live_s", "word"), [(1.5, "kept"), (1.6, "MISSED")])
def test_the_table_says_whether_a_goal_was_kept(live_s: float, word: str) -> None:
    assert any(word in line for line in summary([_switch(COLD, live_s)]))


def test_a_tile_that_never_was_live_is_no_small_number() -> None:
    assert _switch(missing=("JKT-00002",)).all_live_s == math.inf


def test_the_value_that_a_part_does_not_exceed() -> None:
    assert [share_s([3.0, 1.0, 2.0, 4.0], part) for part in (0.5, 0.95, 1.0)] == [2.0, 4.0, 4.0]
    assert math.isnan(share_s([], 0.5))


@pytest.mark.parametrize(
    ("times_s", "most"),
    [([], 0), ([0.0, 1.0, 2.0], 1), ([0.0, 0.2, 0.4, 0.6, 1.0], 4), ([0.0, 0.2, 0.4, 0.6, 0.9], 5)],
)
def test_connects_are_counted_in_every_second(times_s: list[float], most: int) -> None:
    assert Outage(POWER, {1: 3.0}, [[0.0], times_s]).most_connects() == max(1, most)


def test_an_outage_is_kept_by_time_and_by_pace() -> None:
    assert Outage(POWER, {1: 3.0, 2: 15.0}, [[0.0]]).is_kept
    assert not Outage(POWER, {1: 3.0, 2: math.inf}, [[0.0]]).is_kept
    assert not Outage(POWER, {1: 3.0}, [[0.0, 0.1, 0.2, 0.3, 0.4]]).is_kept
