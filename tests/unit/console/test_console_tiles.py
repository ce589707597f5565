"""Tiles and their outputs: what stays when layouts, places and sizes change, and when pictures change hands."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.console.tile_book import SLOT_RETRY_S
from app.core.budget import SWITCH_PERIOD_S
from app.core.commands import ApplyLayout, AssignTile, ClearTile, SwapTiles, ToggleMaximised
from app.core.failure import Failure, Reason
from app.core.layout import uniform_layout
from app.core.model import CameraId, Profile
from app.core.ports import CatalogSynced
from app.core.saved_layout import SavedLayout
from app.core.tile_status import Sign
from tests.unit.console.console_bench import (
    MAIN,
    STEP_S,
    SUB,
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

# ---- layouts


def test_a_larger_layout_keeps_every_stream_and_slot() -> None:
    bench = playing(t1="A", t2="B")
    slots = [bench.slot(1), bench.slot(2)]
    bench.do(ApplyLayout(1, "9"))
    bench.play(1.0)
    assert bench.opened == [sub("A"), sub("B")] and bench.closed == []
    assert [bench.slot(1), bench.slot(2)] == slots
    assert bench.video.output_changes == []


def test_a_smaller_layout_closes_only_what_it_hides_and_brings_it_back() -> None:
    bench = playing(t1="A", t2="B", t4="D")
    kept = bench.slot(1)
    bench.do(ApplyLayout(1, "1"))
    bench.play(1.0)
    assert bench.closed == [sub("B"), sub("D")] and bench.slot(1) is kept
    assert bench.signs() == {1: Sign.LIVE}
    bench.do(ApplyLayout(1, "4"))
    bench.play(1.0)
    assert bench.signs() == {1: Sign.LIVE, 2: Sign.LIVE, 4: Sign.LIVE}
    assert bench.opened == [sub("A"), sub("B"), sub("D"), sub("B"), sub("D")]


def test_a_layout_switch_never_takes_the_picture_off_a_tile_that_stays() -> None:
    bench = playing(t1="A")
    for layout, size_px in (("9", (320, 180)), ("1", (400, 225)), ("4", TILE_PX)):
        bench.do(ApplyLayout(1, layout))
        bench.size_tiles(size_px)
        for _ in range(6):
            bench.play(STEP_S)
            assert bench.status(1).sign is Sign.LIVE
            assert bench.slot(1).sequence() > 0
    assert bench.opened == [sub("A")]


# ---- no memory for another picture


def test_a_tile_for_which_there_is_no_memory_says_so_and_is_tried_again() -> None:
    bench = playing(t1="A")
    bench.video.has_memory = False
    bench.assign(t2="B")
    bench.play(2 * SLOT_RETRY_S)
    assert bench.signs() == {1: Sign.LIVE, 2: Sign.LOST}
    assert bench.status(2).failure == Failure(Reason.OVER_BUDGET) and bench.opened == [sub("A")]
    bench.video.has_memory = True
    bench.play(SLOT_RETRY_S + 1.0)
    assert bench.signs() == {1: Sign.LIVE, 2: Sign.LIVE}


def test_a_tile_keeps_its_picture_while_there_is_no_memory_for_another_size() -> None:
    bench = playing(t1="A", t2="B")
    kept = bench.slot(1)
    bench.video.has_memory = False
    bench.console.set_tile_size(tile(1), *WALL_PX)
    bench.play(2 * SLOT_RETRY_S)
    assert bench.signs() == {1: Sign.LIVE, 2: Sign.LIVE} and bench.slot(1) is kept
    bench.video.has_memory = True
    bench.play(SLOT_RETRY_S + 1.0)
    assert bench.slot(1).size_px == WALL_PX and bench.status(1).sign is Sign.LIVE


def test_a_tile_that_takes_a_picture_over_keeps_it_while_there_is_no_memory_for_its_own_size() -> None:
    bench = playing(t1="A")
    kept = bench.slot(1)
    bench.console.set_tile_size(tile(2), 240, 136)
    bench.video.has_memory = False
    bench.do(SwapTiles(tile(1), tile(2)))
    bench.play(1.0)
    assert bench.signs() == {2: Sign.LIVE} and bench.slot(2) is kept


def test_what_is_expected_is_kept_warm_when_there_is_memory_for_it() -> None:
    bench = playing(t1="A")
    bench.video.has_memory = False
    bench.console.expect({tile(2): CameraId("B")})
    bench.play(1.0)
    assert bench.opened == [sub("A")] and bench.signs() == {1: Sign.LIVE}
    bench.video.has_memory = True
    bench.play(SLOT_RETRY_S)
    assert bench.opened == [sub("A"), sub("B")]


# ---- swapping and moving


def test_swapping_moves_outputs_without_reopening() -> None:
    bench = playing(t1="A", t2="B")
    first, second = bench.slot(1), bench.slot(2)
    bench.do(SwapTiles(tile(1), tile(2)))
    assert (bench.slot(1), bench.slot(2)) == (second, first)
    assert (bench.status(1).camera_id, bench.status(2).camera_id) == ("B", "A")
    bench.play(1.0)
    assert bench.signs() == {1: Sign.LIVE, 2: Sign.LIVE}
    assert bench.opened == [sub("A"), sub("B")] and bench.closed == []


def test_moving_to_an_empty_tile_takes_the_picture_along() -> None:
    bench = playing(t1="A")
    slot = bench.slot(1)
    bench.do(SwapTiles(tile(1), tile(3)))
    assert bench.slot(3) is slot and bench.console.slot(tile(1)) is None
    assert bench.signs() == {3: Sign.LIVE}


def test_swapping_between_sizes_shows_the_old_size_until_the_new_one_has_a_picture() -> None:
    bench = playing(t1="A", t2="B")
    bench.console.set_tile_size(tile(2), 640, 360)
    bench.play(1.0)
    old = bench.slot(1)
    bench.do(SwapTiles(tile(1), tile(2)))
    assert bench.slot(2) is old
    bench.play(STEP_S)
    assert bench.slot(2) is not old and bench.slot(2).size_px == (640, 360)
    assert bench.status(2).sign is Sign.LIVE
    bench.play(STEP_S)
    assert old.closes == 1


def test_a_swap_in_the_midst_of_a_resize_shows_the_slot_that_has_a_picture() -> None:
    bench = playing(t1="A", t2="B")
    lit = bench.slot(1)
    bench.console.set_tile_size(tile(1), 640, 360)
    bench.wait(STEP_S)
    bench.do(SwapTiles(tile(1), tile(2)))
    assert bench.slot(2) is lit


def test_a_camera_that_takes_anothers_place_leaves_nothing_of_it() -> None:
    bench = playing(t1="A")
    old = bench.slot(1)
    bench.assign(t1="B")
    assert bench.console.slot(tile(1)) is None or bench.slot(1) is not old
    assert (bench.status(1).camera_id, bench.status(1).sign) == ("B", Sign.CONNECTING)
    bench.play(1.0)
    assert old.closes == 1 and bench.signs() == {1: Sign.LIVE}
    assert set(bench.video.open_streams) == {sub("B")}


# ---- one camera on two tiles


def test_two_tiles_of_one_camera_share_one_stream() -> None:
    bench = playing(t1="A", t2="A")
    assert bench.opened == [sub("A")]
    assert bench.outputs_of(sub("A")) == [bench.slot(1), bench.slot(2)]
    assert bench.slot(1) is not bench.slot(2)


def test_a_second_tile_joins_an_open_stream_and_is_no_lost_camera_meanwhile() -> None:
    bench = playing(t1="A")
    bench.assign(t3="A")
    assert bench.signs() == {1: Sign.LIVE, 3: Sign.CONNECTING}
    bench.wait(STEP_S)
    assert bench.signs() == {1: Sign.LIVE, 3: Sign.CONNECTING}
    bench.play(STEP_S)
    assert bench.signs() == {1: Sign.LIVE, 3: Sign.LIVE}
    assert bench.opened == [sub("A")]


def test_clearing_one_of_two_tiles_leaves_the_other_playing() -> None:
    bench = playing(t1="A", t2="A")
    left, gone = bench.slot(2), bench.slot(1)
    bench.clear(1)
    bench.play(1.0)
    assert bench.closed == [] and bench.outputs_of(sub("A")) == [left]
    assert gone.closes == 1 and bench.signs() == {2: Sign.LIVE}


def test_a_camera_that_moves_onto_two_tiles_at_once_gives_its_slot_to_one_of_them() -> None:
    bench = playing(t1="A")
    slot = bench.slot(1)
    bench.do(ClearTile(tile(1)), AssignTile(tile(2), CameraId("A")), AssignTile(tile(3), CameraId("A")))
    bench.play(1.0)
    assert bench.slot(2) is slot and bench.slot(3) is not slot
    assert bench.signs() == {2: Sign.LIVE, 3: Sign.LIVE} and bench.opened == [sub("A")]


def test_a_tile_says_nothing_of_the_camera_that_has_just_left_it() -> None:
    """Between a key and the next tick: a snapshot there must not put one camera's name to another's picture."""
    bench = playing(t1="A")
    bench.console.dispatch(AssignTile(tile(1), CameraId("B")))
    status = bench.status(1)
    assert (status.camera_id, status.sign, status.age_s) == (CameraId("B"), Sign.CONNECTING, None)
    assert bench.console.sign(tile(1), bench.now_s) is Sign.CONNECTING


# ---- sizes


def test_a_resize_keeps_the_old_slot_until_the_new_one_has_a_picture() -> None:
    bench = playing(t1="A")
    old = bench.slot(1)
    bench.console.set_tile_size(tile(1), 640, 360)
    bench.wait(1.0)
    assert bench.slot(1) is old and old.closes == 0
    assert [slot.size_px for slot in bench.outputs_of(sub("A"))] == [TILE_PX, (640, 360)]
    bench.play(STEP_S)
    assert bench.slot(1).size_px == (640, 360) and old.closes == 1
    assert bench.outputs_of(sub("A")) == [bench.slot(1)]
    assert bench.opened == [sub("A")]


def test_a_saved_layout_whose_grid_is_edited_opens_its_new_tiles_at_their_size() -> None:
    bench = Bench()
    bench.console.set_view_size(1, 1200, 600)
    bench.assign(t1="A")
    four, nine = (replace(uniform_layout(tiles), name="Pagi") for tiles in (4, 9))
    bench.console.book.keep_layout(1, SavedLayout(four, {1: CameraId("A")}), "")
    bench.play(1.0)
    bench.console.book.keep_layout(1, SavedLayout(nine, {1: CameraId("A"), 9: CameraId("B")}), "Pagi")
    bench.play(1.0)
    assert bench.signs() == {1: Sign.LIVE, 9: Sign.LIVE}
    assert bench.slot(9).size_px == bench.slot(1).size_px == (400, 200)


def test_a_resize_of_a_stale_tile_keeps_its_stale_picture() -> None:
    bench = playing(t1="A")
    old = bench.slot(1)
    bench.wait(3.0)
    bench.console.set_tile_size(tile(1), 640, 360)
    bench.wait(2.0)
    assert bench.slot(1) is old
    assert (bench.status(1).sign, bench.status(1).age_s) == (Sign.STALE, 5.0)


def test_sizes_that_come_and_go_before_a_picture_leave_no_slot_behind() -> None:
    bench = playing(t1="A")
    for width_px in range(481, 500):
        bench.console.set_tile_size(tile(1), width_px, 270)
        bench.wait(STEP_S / 8)
        bench.pump()
    bench.play(1.0)
    assert bench.video.open_slots == [bench.slot(1)]
    assert bench.slot(1).size_px == (499, 270)
    assert all(slot.closes <= 1 for slot in bench.video.slots)


def test_a_size_that_comes_back_finds_its_slot() -> None:
    bench = playing(t1="A")
    slot = bench.slot(1)
    bench.console.set_tile_size(tile(1), 640, 360)
    bench.pump()
    bench.console.set_tile_size(tile(1), *TILE_PX)
    bench.play(1.0)
    assert bench.slot(1) is slot and bench.video.open_slots == [slot]


@pytest.mark.parametrize("size_px", [(0, 0), (15, 270), (480, 15)])
def test_a_tile_too_small_for_a_picture_keeps_its_last_size(size_px: tuple[int, int]) -> None:
    bench = playing(t1="A")
    bench.console.set_tile_size(tile(1), *size_px)
    bench.play(1.0)
    assert bench.slot(1).size_px == TILE_PX and len(bench.video.slots) == 1


def test_a_tile_that_grows_large_changes_to_the_main_stream() -> None:
    bench = playing(t1="A")
    bench.play(SWITCH_PERIOD_S)
    bench.console.set_tile_size(tile(1), *WALL_PX)
    bench.pump()
    assert bench.opened == [sub("A"), main("A")]
    bench.play(1.0)
    assert bench.status(1).profile is Profile.MAIN
    assert bench.closed == [sub("A")], "nothing needs the small stream any more"


def test_a_forced_profile_is_taken_at_any_size() -> None:
    bench = Bench(profile=Profile.MAIN)
    bench.assign(t1="A")
    assert bench.opened == [main("A")]


# ---- maximising


def test_maximising_shows_the_small_stream_until_the_main_one_has_a_picture() -> None:
    bench = playing(t1="A", t2="B")
    bench.dark.add(main("A"))
    small = bench.slot(1)
    bench.toggle_maximised(1)
    assert bench.opened == [sub("A"), sub("B"), main("A")]
    bench.play(1.0)
    status = bench.status(1)
    assert bench.slot(1) is small
    assert (status.sign, status.profile, status.awaited) == (Sign.LIVE, Profile.SUB, Profile.MAIN)
    bench.dark.clear()
    bench.play(STEP_S)
    status = bench.status(1)
    assert bench.slot(1).size_px == WALL_PX
    assert (status.sign, status.profile, status.awaited) == (Sign.LIVE, Profile.MAIN, None)
    assert bench.closed == [], "the small stream stays open for the way back"


def test_restoring_shows_the_small_stream_at_once_and_closes_the_main_one() -> None:
    bench = playing(t1="A", t2="B")
    small = bench.slot(1)
    bench.toggle_maximised(1)
    bench.play(3.0)
    large = bench.slot(1)
    bench.toggle_maximised(1)
    bench.wait(STEP_S)
    status = bench.status(1)
    assert bench.slot(1) is small
    assert (status.sign, status.profile, status.awaited) == (Sign.LIVE, Profile.SUB, None)
    assert bench.closed == [main("A")] and large.closes == 1
    assert bench.opened == [sub("A"), sub("B"), main("A")]


def test_a_main_stream_that_fails_leaves_the_live_small_one_on_screen() -> None:
    bench = playing(t1="A")
    small = bench.slot(1)
    bench.toggle_maximised(1)
    bench.play(1.0)
    bench.registry.failure = Failure(Reason.LEASE_REFUSED)
    bench.fail(main("A"), Failure(Reason.NOT_FOUND))
    bench.play(STEP_S)
    status = bench.status(1)
    assert bench.slot(1) is small
    assert (status.sign, status.profile, status.awaited) == (Sign.LIVE, Profile.SUB, Profile.MAIN)
    bench.play(30.0)
    assert bench.status(1).sign is Sign.LIVE


def test_a_main_stream_that_never_opens_leaves_the_live_small_one_on_screen() -> None:
    bench = playing(t1="A")
    bench.toggle_maximised(1)
    bench.fail(main("A"), Failure(Reason.BUSY))
    bench.play(STEP_S)
    assert (bench.status(1).sign, bench.status(1).awaited) == (Sign.LIVE, Profile.MAIN)


def test_a_maximised_camera_whose_streams_both_stop_is_stale() -> None:
    bench = playing(t1="A")
    bench.toggle_maximised(1)
    bench.play(1.0)
    bench.wait(2.0)
    assert (bench.status(1).sign, bench.status(1).profile) == (Sign.STALE, Profile.MAIN)


def test_a_maximised_camera_with_one_stream_stays_on_it() -> None:
    bench = Bench(cameras=[camera("A", SUB)])
    bench.assign(t1="A")
    bench.play(1.0)
    bench.toggle_maximised(1)
    bench.play(1.0)
    status = bench.status(1)
    assert (status.sign, status.profile, status.awaited) == (Sign.LIVE, Profile.SUB, None)
    assert bench.opened == [sub("A")] and bench.slot(1).size_px == WALL_PX


def test_a_maximised_tile_shows_the_main_stream_in_a_small_window_too() -> None:
    bench = playing(t1="A")
    bench.do(ToggleMaximised(1, 1))
    bench.play(1.0)
    assert bench.status(1).profile is Profile.MAIN and bench.slot(1).size_px == TILE_PX


def test_the_other_tiles_play_on_behind_a_maximised_one() -> None:
    bench = playing(t1="A", t2="B")
    bench.toggle_maximised(1)
    bench.play(3.0)
    assert bench.signs()[2] is Sign.LIVE and bench.closed == []


def test_clearing_a_maximised_tile_closes_both_streams() -> None:
    bench = playing(t1="A")
    bench.toggle_maximised(1)
    bench.play(1.0)
    bench.clear(1)
    bench.wait(1.0)
    assert bench.video.open_streams == {} and bench.registry.held == [] and bench.video.open_slots == []


# ---- what the registry changes under a tile


def test_a_small_stream_that_the_registry_takes_away_leaves_the_main_one_playing() -> None:
    bench = playing(t1="A")
    bench.toggle_maximised(1)
    bench.play(1.0)
    bench.pump(CatalogSynced(catalog([camera("A", MAIN)])))
    bench.play(3.0)
    assert bench.status(1).sign is Sign.LIVE
    assert set(bench.video.open_streams) == {main("A")}
    bench.toggle_maximised(1)
    bench.play(3.0)
    assert (bench.status(1).sign, bench.status(1).profile) == (Sign.LIVE, Profile.MAIN)
    assert bench.video.open_slots == [bench.slot(1)]


def test_a_shown_stream_that_the_registry_takes_away_gives_way_to_the_other() -> None:
    bench = playing(t1="A")
    bench.pump(CatalogSynced(catalog([camera("A", MAIN)])))
    bench.wait(1.0)
    assert bench.status(1).sign is not Sign.LIVE
    bench.play(1.0)
    assert (bench.status(1).sign, bench.status(1).profile) == (Sign.LIVE, Profile.MAIN)


def test_a_tile_whose_shown_stream_is_gone_says_why_the_other_one_fails() -> None:
    bench = playing(t1="A")
    bench.pump(CatalogSynced(catalog([camera("A", MAIN)])))
    refused = Failure(Reason.UNAUTHORIZED)
    bench.fail(main("A"), refused)
    bench.wait(1.0)
    assert (bench.status(1).sign, bench.status(1).failure) == (Sign.STALE, refused)
    bench.wait(30.0)
    assert (bench.status(1).sign, bench.status(1).failure) == (Sign.LOST, refused)
    assert bench.console.sign(tile(1), bench.now_s) is Sign.LOST and bench.status(1).retry_in_s is not None


def test_a_camera_without_a_stream_says_so() -> None:
    no_streams = camera("A", SUB, profiles=())
    bench = Bench(cameras=[no_streams])
    bench.assign(t1="A")
    bench.play(1.0)
    status = bench.status(1)
    assert (status.sign, status.failure, status.camera) == (Sign.LOST, Failure(Reason.NO_PROFILE), no_streams)
