"""A tile whose size changes takes the other stream, not too often, and without being touched again."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.budget import SWITCH_PERIOD_S
from app.core.model import Profile
from app.core.ports import CatalogSynced
from app.core.tile_status import Sign
from tests.unit.console.console_bench import (
    MAIN,
    STEP_S,
    TILE_PX,
    WALL_PX,
    Bench,
    camera,
    catalog,
    main,
    playing,
    sub,
    tile,
)

BETWEEN_PX = (720, 405)
"""Larger than the sub-stream's 360 lines, not so large that the main one is worth its cost."""


def resize(bench: Bench, size_px: tuple[int, int]) -> None:
    bench.console.set_tile_size(tile(1), *size_px)
    bench.pump()


def test_a_tile_that_grows_soon_after_its_call_waits_for_the_rest_of_the_five_seconds() -> None:
    bench = playing(t1="A")
    resize(bench, WALL_PX)
    bench.play(SWITCH_PERIOD_S - 1.0 - STEP_S)
    assert bench.opened == [sub("A")] and bench.slot(1).size_px == WALL_PX
    bench.play(2 * STEP_S)
    assert bench.opened == [sub("A"), main("A")], "nobody has touched it since"
    bench.play(1.0)
    assert bench.status(1).profile is Profile.MAIN and bench.closed == [sub("A")]


def test_a_size_between_the_limits_changes_nothing_either_way() -> None:
    bench = playing(t1="A")
    resize(bench, BETWEEN_PX)
    bench.play(2 * SWITCH_PERIOD_S)
    assert bench.status(1).profile is Profile.SUB
    resize(bench, WALL_PX)
    bench.play(2 * SWITCH_PERIOD_S)
    resize(bench, BETWEEN_PX)
    bench.play(2 * SWITCH_PERIOD_S)
    assert bench.status(1).profile is Profile.MAIN


def test_a_size_that_comes_back_within_the_five_seconds_switches_nothing() -> None:
    bench = playing(t1="A")
    bench.play(SWITCH_PERIOD_S)
    resize(bench, WALL_PX)
    bench.play(1.0)
    for size_px in (TILE_PX, WALL_PX, TILE_PX, WALL_PX):
        resize(bench, size_px)
        bench.play(0.5)
    bench.play(2 * SWITCH_PERIOD_S)
    assert bench.opened == [sub("A"), main("A")]


def test_another_camera_on_the_tile_begins_with_what_fits() -> None:
    bench = playing(t1="A")
    resize(bench, WALL_PX)
    bench.assign(t1="B")
    assert bench.opened == [sub("A"), main("B")]


def test_maximising_waits_for_nothing() -> None:
    bench = playing(t1="A")
    bench.toggle_maximised(1)
    assert bench.opened == [sub("A"), main("A")]
    bench.play(1.0)
    bench.toggle_maximised(1)
    bench.play(STEP_S)
    assert bench.status(1).profile is Profile.SUB and bench.closed == [main("A")]


def test_a_stream_that_the_registry_takes_away_is_left_at_once() -> None:
    bench = playing(t1="A")
    bench.pump(CatalogSynced(catalog([camera("A", MAIN)])))
    assert bench.opened == [sub("A"), main("A")]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from([TILE_PX, BETWEEN_PX, WALL_PX]), st.integers(1, 24)), max_size=12))
def test_however_its_size_changes_a_tile_never_flaps_and_never_goes_dark(
    sizes: list[tuple[tuple[int, int], int]],
) -> None:
    bench = playing(t1="A")
    opened_s = [bench.now_s - 1.0]
    for size_px, turns in sizes:
        resize(bench, size_px)
        for _ in range(turns):
            opened_s += [bench.now_s] * (len(bench.opened) - len(opened_s))
            bench.play(STEP_S)
            assert bench.status(1).sign is Sign.LIVE
    assert all(later_s - earlier_s >= SWITCH_PERIOD_S for earlier_s, later_s in pairwise(opened_s))
