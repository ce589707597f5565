"""The soak's arithmetic: what an hour of the compressed week is, and what counts as flat."""

from __future__ import annotations

from collections import Counter
from itertools import islice, pairwise
from random import Random

import pytest

from tests.bench.soaking.figures import (
    CONSOLE_FDS,
    CONSOLE_MEMORY,
    ZOMBIES,
    Sample,
    judge,
    judge_all,
    oldest_host_memory,
    slope,
)
from tests.bench.soaking.plan import (
    LAYOUTS,
    OUTAGE_MIX,
    PLAY_STOPS_PER_HOUR,
    OutageKind,
    Week,
    hour_at,
    layout_walk,
    outage_kinds,
)
from tests.bench.soaking.probe import Kind, ProcessReading, Reading

HOST_PID = 7


def _rest(
    hour: float,
    *,
    uss_mb: float = 100.0,
    fds: int = 60,
    zombies: int = 0,
    host_mb: float = 80.0,
    host: int = HOST_PID,
) -> Sample:
    """A rest of a console and one host, as many minutes after the start as the week has hours."""
    console = ProcessReading(1, Kind.CONSOLE, 0.0, uss_mb, fds, 20)
    reading = Reading((console, ProcessReading(host, Kind.HOST, 0.0, host_mb, 40, 13)), zombies, 21, 0)
    return Sample(hour * 60.0, {"play_stops": round(hour * PLAY_STOPS_PER_HOUR)}, True, reading, 0)


def test_a_week_has_168_hours_and_each_its_share_of_everything() -> None:
    week = Week()
    assert week.hours == pytest.approx(168.0)
    first_hour = round(PLAY_STOPS_PER_HOUR)
    assert (week.outages_due(first_hour), week.layout_changes_due(first_hour)) == (6, 12)
    assert (week.outages_due(10_000), week.layout_changes_due(10_000)) == (1_000, 2_000)


def test_a_part_of_a_week_keeps_its_pace() -> None:
    part = Week().part(20)
    assert (part.play_stops, part.outages, part.layout_changes) == (500, 50, 100)
    assert part.hours == pytest.approx(8.4)
    assert part.outages_due(60) == Week().outages_due(60)


@pytest.mark.parametrize("week", [Week(), Week().part(20), Week(100, 10, 20), Week(1, 1, 1)])
def test_a_week_rests_at_its_start_after_the_first_hour_and_at_its_end(week: Week) -> None:
    rests = week.rests()
    assert rests[0] == 0 and rests[-1] == week.play_stops
    assert list(rests) == sorted(set(rests))
    assert hour_at(rests[1]) == pytest.approx(min(1.0, week.hours), abs=0.02)


def test_every_fifty_outages_have_the_whole_mix() -> None:
    kinds = list(islice(outage_kinds(Random(1)), 100))
    assert Counter(kinds[:50]) == Counter(kinds[50:]) == Counter(dict(OUTAGE_MIX))
    assert set(kinds) == set(OutageKind)


def test_every_layout_change_is_one_and_all_layouts_come() -> None:
    names = list(islice(layout_walk(Random(1)), 300))
    assert all(before != after for before, after in pairwise(names))
    assert set(names) == set(LAYOUTS)


def test_a_slope_is_not_moved_by_a_third_of_outliers() -> None:
    points = [(float(hour), 100.0 + 0.5 * hour + (500.0 if hour % 4 == 3 else 0.0)) for hour in range(40)]
    assert slope(points) == pytest.approx(0.5, abs=0.05)


@pytest.mark.parametrize("points", [[], [(1.0, 5.0)], [(1.0, 5.0), (1.0, 9.0)]])
def test_what_was_seen_at_one_moment_only_has_no_slope(points: list[tuple[float, float]]) -> None:
    assert slope(points) == 0.0


@pytest.mark.parametrize(("mb_per_hour", "is_flat"), [(0.0, True), (-2.0, True), (0.9, True), (1.1, False)])
def test_memory_may_grow_by_less_than_a_megabyte_an_hour(mb_per_hour: float, is_flat: bool) -> None:
    judgement = judge(CONSOLE_MEMORY, [_rest(hour, uss_mb=90.0 + mb_per_hour * hour) for hour in range(1, 30)])
    assert judgement is not None
    assert judgement.per_hour == pytest.approx(mb_per_hour, abs=0.01)
    assert judgement.per_real_hour == pytest.approx(60.0 * mb_per_hour, abs=0.5)
    assert judgement.is_flat == is_flat


def test_what_happens_in_the_first_hour_and_between_rests_is_not_judged() -> None:
    warm_up = [_rest(0.0, uss_mb=10.0), _rest(0.5, uss_mb=60.0)]
    busy = Sample(9.0, {"play_stops": 900}, False, _rest(9.0, uss_mb=900.0).reading, 0)
    judgement = judge(CONSOLE_MEMORY, [*warm_up, *(_rest(hour) for hour in range(1, 9)), busy])
    assert judgement is not None
    assert (judgement.first, judgement.last, judgement.per_hour) == (100.0, 100.0, 0.0)


@pytest.mark.parametrize(("fds_at", "is_flat"), [((60, 60, 61, 60), True), ((60, 64, 68, 72), False)])
def test_descriptors_may_shiver_but_not_rise(fds_at: tuple[int, ...], is_flat: bool) -> None:
    judgement = judge(CONSOLE_FDS, [_rest(hour, fds=fds) for hour, fds in enumerate(fds_at, start=1)])
    assert judgement is not None and judgement.is_flat == is_flat


def test_one_zombie_at_one_rest_is_one_too_many() -> None:
    judgement = judge(ZOMBIES, [_rest(hour, zombies=hour == 5) for hour in range(1, 9)])
    assert judgement is not None and not judgement.is_flat


def test_the_longest_lived_host_is_judged_by_itself() -> None:
    """A host that grows is not hidden by another's end."""
    short = [_rest(1.0, host=5, host_mb=400.0)]
    rests = [*short, *(_rest(hour, host_mb=80.0 + 2.0 * hour) for hour in range(2, 9))]
    judgement = judge(oldest_host_memory(rests), rests)
    assert judgement is not None
    assert judgement.per_hour == pytest.approx(2.0, abs=0.05)
    assert not judgement.is_flat


@pytest.mark.parametrize("samples", [[], [_rest(1.0)], [_rest(0.0), _rest(0.5)]])
def test_without_two_rests_nothing_is_judged(samples: list[Sample]) -> None:
    assert judge_all(samples) == []
