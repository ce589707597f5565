"""Cameras that a tour shows next are kept warm: open, without a picture, and taken over without a reopen."""

from __future__ import annotations

from app.core.failure import Failure, Reason
from app.core.model import CameraId, Profile
from app.core.ports import CatalogSynced
from app.core.tile_status import Sign
from tests.unit.console.console_bench import (
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


def expect(bench: Bench, **names: str) -> None:
    """Say what tiles will show next: `expect(bench, t1="B")`."""
    bench.console.expect({tile(int(place[1:])): CameraId(name) for place, name in names.items()})
    bench.pump()


def warm_bench() -> Bench:
    """A wall that shows A and keeps B warm for the same tile, both of which play."""
    bench = playing(t1="A")
    expect(bench, t1="B")
    bench.play(1.0)
    return bench


# ---- kept warm


def test_an_expected_stream_is_opened_with_an_output_of_no_size() -> None:
    bench = warm_bench()
    assert bench.opened == [sub("A"), sub("B")]
    (output,) = bench.video.open_streams[sub("B")].outputs
    assert (output.width_px, output.height_px, output.window_id) == (0, 0, None)
    (slot,) = bench.outputs_of(sub("B"))
    assert slot.size_px == (0, 0)


def test_the_tile_shows_what_it_showed() -> None:
    bench = warm_bench()
    assert bench.signs() == {1: Sign.LIVE} and bench.status(1).camera_id == "A"


def test_a_warm_stream_whose_packets_come_is_not_given_up() -> None:
    bench = warm_bench()
    bench.play(60.0)
    assert bench.generations() == {sub("A"): 1, sub("B"): 1} and bench.closed == []


def test_a_warm_stream_whose_packets_stop_is_opened_again() -> None:
    bench = warm_bench()
    bench.dark.add(sub("B"))
    bench.play(10.0)
    bench.dark.clear()
    bench.play(2.0)
    assert bench.opened.count(sub("B")) == 2 and bench.generations()[sub("A")] == 1
    bench.assign(t1="B")
    bench.play(STEP_S)
    assert bench.signs() == {1: Sign.LIVE}


def test_a_warm_stream_that_fails_is_tried_again() -> None:
    bench = warm_bench()
    bench.fail(sub("B"), Failure(Reason.ENDED))
    bench.play(1.0)
    assert bench.opened.count(sub("B")) == 2
    assert bench.outputs_of(sub("B"))[0].size_px == (0, 0)


def test_what_is_expected_of_a_large_tile_is_the_main_stream() -> None:
    bench = playing(t1="A")
    bench.console.set_tile_size(tile(2), *WALL_PX)
    expect(bench, t2="B")
    assert bench.opened == [sub("A"), main("B")]


def test_the_forced_profile_is_kept_warm_too() -> None:
    bench = Bench(profile=Profile.MAIN)
    expect(bench, t1="B")
    assert bench.opened == [main("B")]


def test_nothing_is_kept_warm_for_a_tile_whose_size_is_not_known() -> None:
    bench = Bench(is_laid_out=False)
    expect(bench, t1="B")
    assert bench.opened == []
    bench.size_tiles()
    bench.pump()
    assert bench.opened == [sub("B")]


# ---- taken over


def test_a_tile_that_takes_it_over_gets_a_picture_output_on_the_same_open_stream() -> None:
    bench = warm_bench()
    (warm,) = bench.outputs_of(sub("B"))
    bench.assign(t1="B")
    assert bench.opened == [sub("A"), sub("B")] and bench.closed == [sub("A")]
    (slot,) = bench.outputs_of(sub("B"))
    assert slot.size_px == TILE_PX and warm.closes == 1
    bench.play(STEP_S)
    assert bench.slot(1) is slot and bench.signs() == {1: Sign.LIVE} and bench.generations() == {sub("B"): 1}
    assert bench.status(1).first_picture_s == STEP_S, "counted from the moment of its call"


def test_a_tour_that_goes_on_swaps_shown_and_warm_without_a_reopen() -> None:
    bench = warm_bench()
    for shown, following in ("BA", "AB", "BA"):
        bench.console.expect({tile(1): CameraId(following)})
        bench.assign(t1=shown)
        bench.play(2.0)
        assert bench.signs() == {1: Sign.LIVE} and bench.status(1).camera_id == shown
    assert bench.opened == [sub("A"), sub("B")] and bench.closed == []


def test_a_shown_camera_that_is_expected_elsewhere_is_not_opened_again() -> None:
    bench = playing(t1="A")
    expect(bench, t2="A")
    bench.play(1.0)
    assert bench.opened == [sub("A")] and bench.video.output_changes == []
    assert bench.outputs_of(sub("A")) == [bench.slot(1)]


def test_a_shown_camera_that_is_cleared_stays_warm_while_it_is_expected() -> None:
    bench = playing(t1="A")
    expect(bench, t1="A")
    bench.clear(1)
    bench.play(1.0)
    assert bench.closed == [] and bench.outputs_of(sub("A"))[0].size_px == (0, 0)


def test_two_tiles_that_expect_one_camera_keep_one_stream() -> None:
    bench = Bench()
    expect(bench, t1="B", t2="B")
    assert bench.opened == [sub("B")] and len(bench.outputs_of(sub("B"))) == 1


# ---- let go


def test_what_is_not_expected_any_more_is_closed() -> None:
    bench = warm_bench()
    expect(bench, t1="C")
    bench.play(1.0)
    assert bench.closed == [sub("B")] and set(bench.video.open_streams) == {sub("A"), sub("C")}
    expect(bench)
    bench.play(1.0)
    assert set(bench.video.open_streams) == {sub("A")}
    assert bench.video.open_slots == [bench.slot(1)] and len(bench.registry.held) == 1


def test_the_same_expectation_again_changes_nothing() -> None:
    bench = warm_bench()
    before = len(bench.video.slots)
    expect(bench, t1="B")
    bench.play(1.0)
    assert bench.opened == [sub("A"), sub("B")] and len(bench.video.slots) == before


def test_a_warm_camera_that_the_registry_takes_away_is_closed() -> None:
    bench = warm_bench()
    bench.pump(CatalogSynced(catalog([camera("A")])))
    bench.play(1.0)
    assert set(bench.video.open_streams) == {sub("A")} and len(bench.video.open_slots) == 1
    bench.pump(CatalogSynced(catalog([camera("A"), camera("B")])))
    bench.play(1.0)
    assert set(bench.video.open_streams) == {sub("A"), sub("B")}, "it is expected still"


def test_an_unknown_camera_is_not_kept_warm() -> None:
    bench = playing(t1="A")
    expect(bench, t1="Z")
    bench.play(1.0)
    assert bench.opened == [sub("A")] and bench.signs() == {1: Sign.LIVE}


def test_stopping_gives_the_warm_slots_back() -> None:
    bench = warm_bench()
    bench.console.stop()
    assert bench.video.open_slots == []
