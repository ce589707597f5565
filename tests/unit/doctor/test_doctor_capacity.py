"""What a PC sustains follows from what a stream costs, and a run that falls short on a quiet PC counts more."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.core.tile_budget import SizeClass
from app.doctor.capacity import Run, Sustained, derived, tiles_to_prove
from app.doctor.tiles import budget_of, finding_of

RUN = Run(
    tiles=16,
    live=16,
    fps=15.0,
    rate_fps=15,
    cpu_s_per_stream_s=0.015,
    engine="av",
    decoder="software",
)


def sustained(proof: Run, way: str = "shared, software", count: int = 100) -> Sustained:
    return Sustained(way, SizeClass.SMALL, count, RUN, proof)


@pytest.mark.parametrize(
    ("cores", "cpu_s", "count"), [(2, 0.015, 100), (2, 0.1, 15), (4, 0.1, 30), (1, 2.0, 1), (2, 0.0, 0)]
)
def test_cores_times_headroom_through_cost(cores: int, cpu_s: float, count: int) -> None:
    assert derived(replace(RUN, cpu_s_per_stream_s=cpu_s), cores) == count


@pytest.mark.parametrize(("count", "tiles"), [(100, 64), (64, 64), (15, 15), (0, 1)])
def test_a_wall_proves_no_more_tiles_than_it_has(count: int, tiles: int) -> None:
    assert tiles_to_prove(count) == tiles


@pytest.mark.parametrize(
    ("run", "is_sustained"),
    [
        (RUN, True),
        (replace(RUN, fps=14.3), True),
        (replace(RUN, fps=14.2), False),
        (replace(RUN, live=15), False),
    ],
)
def test_a_run_is_sustained_when_every_tile_is_live_at_its_full_rate(run: Run, is_sustained: bool) -> None:
    assert run.is_sustained is is_sustained


def test_a_confirmed_number_counts_and_says_what_ran() -> None:
    found = sustained(replace(RUN, tiles=64, live=64))
    assert found.tiles == 100
    assert found.sentence() == "100 tiles at 0.0150 core each (software); 64 ran at 15.0 fps"


def test_a_run_that_falls_short_on_a_quiet_pc_counts_more_than_arithmetic() -> None:
    found = sustained(replace(RUN, tiles=64, live=40, fps=9.0, others=0.1))
    assert found.tiles == 40
    assert found.sentence().endswith("40 of 64 were live, the slowest at 9.0 fps")
    assert sustained(replace(RUN, tiles=64, live=0, fps=0.0)).tiles == 1


def test_a_run_on_a_busy_pc_says_nothing_against_the_number() -> None:
    found = sustained(replace(RUN, tiles=64, live=40, fps=9.0, others=0.6))
    assert found.tiles == 100 and not found.is_confirmed
    assert "not confirmed: 40 of 64 were live" in found.sentence() and "60% of the PC" in found.sentence()


def test_a_graphics_card_that_did_not_decode_is_loud() -> None:
    way = "shared, graphics card"
    assert finding_of(sustained(RUN, way)).level.value == "warning"
    assert finding_of(replace(sustained(RUN, way), cost=replace(RUN, decoder="hardware"))).level.value == "fine"


def test_the_budget_is_that_of_the_way_that_the_wall_plays() -> None:
    found = [
        sustained(RUN),
        sustained(RUN, "direct", 7),
        replace(sustained(RUN), size=SizeClass.FULL_HD, derived=9),
    ]
    assert budget_of(found, "shared, software").sustained == {SizeClass.SMALL: 100, SizeClass.FULL_HD: 9}
