"""A wall keeps to what the preflight measured: the last tiles get the small stream, or none, and say so."""

from __future__ import annotations

from app.core.commands import ClearTile, SelectTile
from app.core.failure import Reason
from app.core.model import Profile
from app.core.tile_budget import SizeClass, TileBudget
from app.core.tile_status import Sign
from app.core.zoom import NO_ZOOM
from tests.unit.console.console_bench import MAIN, SUB, TILE_PX, Bench, camera, main, sub, tile

TWO_SMALL = TileBudget({SizeClass.SMALL: 2, SizeClass.HD: 1, SizeClass.FULL_HD: 1})


def budget_bench(budget: TileBudget = TWO_SMALL, **tiles: str) -> Bench:
    bench = Bench(budget=budget)
    bench.assign(**tiles)
    bench.play(1.0)
    return bench


def reasons(bench: Bench) -> dict[int, Reason | None]:
    statuses = {number: bench.status(number) for number in range(1, 5)}
    return {number: status.failure.reason if status.failure else None for number, status in statuses.items()}


def test_tiles_beyond_the_budget_open_nothing_and_say_so() -> None:
    bench = budget_bench(t1="A", t2="B", t3="C", t4="D")
    assert {*bench.opened} == {sub("A"), sub("B")}, "of tiles of one size the first ones"
    assert bench.signs() == {1: Sign.LIVE, 2: Sign.LIVE, 3: Sign.LOST, 4: Sign.LOST}
    assert reasons(bench) == {1: None, 2: None, 3: Reason.OVER_BUDGET, 4: Reason.OVER_BUDGET}


def test_room_that_becomes_free_is_used_at_once() -> None:
    bench = budget_bench(t1="A", t2="B", t3="C")
    bench.do(ClearTile(tile(1)))
    bench.play(1.0)
    assert bench.status(3).sign is Sign.LIVE and bench.closed == [sub("A")]


def test_the_largest_tile_chooses_first_and_a_step_of_the_selection_ends_nothing() -> None:
    bench = budget_bench(t1="A", t2="B", t3="C")
    bench.do(SelectTile(1, 3))
    bench.play(1.0)
    assert bench.closed == [] and bench.status(3).sign is Sign.LOST
    bench.console.set_tile_size(tile(3), TILE_PX[0], TILE_PX[1] + 8)
    bench.play(1.0)
    assert bench.status(3).sign is Sign.LIVE and reasons(bench)[2] is Reason.OVER_BUDGET


def test_a_closer_look_takes_the_large_stream_of_what_is_left_and_ends_no_other_picture() -> None:
    bench = budget_bench(TileBudget({SizeClass.SMALL: 4, SizeClass.FULL_HD: 2}), t1="A", t2="B")
    bench.console.set_tile_zoom(tile(1), NO_ZOOM.stepped(4, 0.5, 0.5))
    bench.play(1.0)
    assert bench.status(1).profile is Profile.MAIN and bench.status(2).sign is Sign.LIVE
    bench.assign(t3="C")
    bench.play(1.0)
    assert bench.status(1).profile is Profile.SUB, "another camera needs it more"
    assert bench.signs() == {1: Sign.LIVE, 2: Sign.LIVE, 3: Sign.LIVE}


def test_a_closer_look_does_not_end_its_own_picture_where_the_camera_has_no_small_stream() -> None:
    cameras = [camera("A", MAIN), camera("B", MAIN), camera("C", MAIN)]
    bench = Bench(cameras=cameras, budget=TileBudget({SizeClass.FULL_HD: 2}))
    bench.assign(t1="A", t2="B", t3="C")
    bench.play(1.0)
    bench.console.set_tile_zoom(tile(1), NO_ZOOM.stepped(4, 0.5, 0.5))
    bench.play(1.0)
    assert bench.signs() == {1: Sign.LIVE, 2: Sign.LIVE, 3: Sign.LOST}


def test_a_closer_look_at_a_large_tile_and_its_end_leave_it_its_large_stream() -> None:
    bench = Bench(budget=TileBudget({SizeClass.SMALL: 2, SizeClass.FULL_HD: 1}))
    bench.console.set_tile_size(tile(1), 1920, 1080)
    bench.assign(t1="A")
    bench.play(1.0)
    assert bench.status(1).profile is Profile.MAIN
    for zoom in (NO_ZOOM.stepped(4, 0.5, 0.5), NO_ZOOM):
        bench.console.set_tile_zoom(tile(1), zoom)
        bench.play(1.0)
        assert bench.status(1).profile is Profile.MAIN, "its size asks for it, closely looked at or not"


def test_one_camera_on_two_tiles_costs_one_stream() -> None:
    bench = budget_bench(t1="A", t2="A", t3="B", t4="A")
    assert set(bench.signs().values()) == {Sign.LIVE} and {*bench.opened} == {sub("A"), sub("B")}


def test_a_tile_for_whose_large_stream_nothing_is_left_takes_the_small_one() -> None:
    cameras = [camera("A", SUB), camera("B"), camera("C"), camera("D")]
    bench = Bench(cameras=cameras, budget=TileBudget({SizeClass.SMALL: 4, SizeClass.FULL_HD: 2}))
    bench.size_tiles((1920, 1080))
    bench.assign(t1="A", t2="B", t3="C", t4="D")
    bench.play(1.0)
    assert {*bench.opened} == {sub("A"), main("B"), sub("C")}, "a quarter, a half, and the quarter that is left"
    assert bench.status(3).profile is Profile.SUB and reasons(bench)[4] is Reason.OVER_BUDGET


def test_a_maximised_tile_goes_before_all_others_which_come_back_after_it() -> None:
    bench = budget_bench(t1="A", t2="B")
    bench.toggle_maximised(2)
    bench.play(1.0)
    assert bench.status(2).profile is Profile.MAIN and main("B") in bench.opened
    bench.toggle_maximised(2)
    bench.play(2.0)
    assert bench.signs() == {1: Sign.LIVE, 2: Sign.LIVE} and reasons(bench)[1] is None


def test_without_a_measured_budget_there_is_no_limit() -> None:
    bench = Bench()
    bench.assign(t1="A", t2="B", t3="C", t4="D")
    bench.play(1.0)
    assert set(bench.signs().values()) == {Sign.LIVE}
