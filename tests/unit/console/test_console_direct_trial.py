"""AUTO tries direct surfaces on large HD tiles, and gives up what does not play there, or all without a GPU."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from app.console.stream_record import USUAL_GOP_S
from app.core.budget import SWITCH_PERIOD_S, HardwareChoice, Surface, SurfaceChoice
from app.core.failure import Failure, Reason
from app.core.model import Codec, Profile, StreamProfile
from app.core.tile_status import Sign
from tests.unit.console.console_bench import MAIN, STEP_S, SUB, TILE_PX, WALL_PX, Bench, camera, main, sub, tile

LARGE_PX = (1280, 720)
WINDOWS = {1: 71, 2: 72, 3: 73, 4: 74}


def trial_bench(size_px: tuple[int, int] = LARGE_PX, **settings: Any) -> Bench:
    """Two tiles of that size with a camera each, where direct surfaces may be tried."""
    bench = Bench(**{"may_draw_directly": True, **settings})
    bench.size_tiles(size_px)
    bench.assign(t1="A", t2="B")
    return bench


def give_windows(bench: Bench, *numbers: int) -> None:
    """Do as the wall does: give a window to a tile that needs one, take it where none is needed."""
    for number in numbers:
        needs_one = bench.console.surface(tile(number)) is Surface.DIRECT
        bench.console.set_tile_window(tile(number), WINDOWS[number] if needs_one else None)
    bench.pump()


def direct_bench() -> Bench:
    """Two large tiles that are drawn directly and live."""
    bench = trial_bench()
    bench.play(1.0)
    give_windows(bench, 1, 2)
    bench.play(1.0)
    assert surfaces(bench) == [Surface.DIRECT] * 2
    return bench


def surfaces(bench: Bench) -> list[Surface | None]:
    """What shows the two tiles now."""
    return [bench.status(number).surface for number in (1, 2)]


def windows_of(bench: Bench, name: str) -> list[int | None]:
    """The native windows that a main stream is drawn into; None stands for a shared surface."""
    return [output.window_id for output in bench.video.open_streams[main(name)].outputs]


def play_without_gap(bench: Bench, seconds: float) -> None:
    """Play on; in every turn both tiles have a live picture."""
    for _ in range(round(seconds / STEP_S)):
        bench.play(STEP_S)
        assert bench.signs() == {1: Sign.LIVE, 2: Sign.LIVE}


def feed(bench: Bench, blind: str) -> None:
    """One turn in which all play, but what is drawn directly of one camera gets packets and shows nothing."""
    bench.now_s += STEP_S
    for key, opening in bench.video.open_streams.items():
        for slot, output in zip(opening.slots, opening.outputs, strict=True):
            appears = key != main(blind) or output.window_id is None
            slot.show(opening.generation, bench.now_s, pictures=int(appears))
    bench.pump()


def feed_until(bench: Bench, blind: str, is_over: Callable[[], bool]) -> float:
    """Feed on until then; for how long that was, seconds."""
    begun_s = bench.now_s
    while not is_over():
        feed(bench, blind)
        assert bench.now_s - begun_s < 60.0, "it never came"
    return bench.now_s - begun_s


# ---- going direct


def test_a_large_hd_tile_is_shared_until_its_window_comes() -> None:
    bench = trial_bench()
    assert bench.console.surface(tile(1)) is Surface.DIRECT, "the wall is to give it a window"
    bench.play(1.0)
    assert surfaces(bench) == [Surface.SHARED] * 2 and windows_of(bench, "A") == [None]


def test_a_large_hd_tile_goes_direct_without_a_gap_or_a_reopen() -> None:
    bench = trial_bench()
    bench.play(1.0)
    shared = bench.slot(1)
    give_windows(bench, 1, 2)
    assert windows_of(bench, "A") == [None, 71] and bench.slot(1) is shared
    bench.wait(STEP_S)
    assert bench.slot(1) is shared and bench.status(1).sign is Sign.LIVE
    play_without_gap(bench, 1.0)
    assert surfaces(bench) == [Surface.DIRECT] * 2 and windows_of(bench, "A") == [71]
    assert shared.closes == 1 and bench.opened == [main("A"), main("B")]


def test_a_window_that_shows_nothing_leaves_the_shared_picture_and_is_given_up() -> None:
    bench = trial_bench()
    bench.play(1.0)
    shared = bench.slot(1)
    give_windows(bench, 1)
    for _ in range(80):
        feed(bench, "A")
        assert bench.slot(1) is shared and bench.status(1).sign is Sign.LIVE
    assert windows_of(bench, "A") == [None], "two engines would decode it for ever"
    assert bench.console.surface(tile(1)) is Surface.SHARED


def test_a_direct_picture_that_stops_while_packets_come_is_shared_soon_and_for_that_stream_alone() -> None:
    bench = direct_bench()
    feed_until(bench, "A", lambda: bench.status(1).sign is not Sign.LIVE)
    fed_s = feed_until(bench, "A", lambda: bench.status(1).sign is Sign.LIVE)
    assert fed_s < USUAL_GOP_S + 1.0
    assert surfaces(bench) == [Surface.SHARED, Surface.DIRECT] and windows_of(bench, "A") == [None]
    assert bench.opened == [main("A"), main("B")], "its camera is not called again for that"
    play_without_gap(bench, 30.0)
    assert surfaces(bench) == [Surface.SHARED, Surface.DIRECT]


def test_a_camera_that_is_called_up_anew_may_be_drawn_directly_again() -> None:
    bench = direct_bench()
    feed_until(bench, "A", lambda: bench.status(1).surface is Surface.SHARED)
    bench.clear(1)
    bench.play(1.0)
    bench.assign(t1="A")
    assert bench.console.surface(tile(1)) is Surface.DIRECT


def test_a_camera_that_is_silent_keeps_its_direct_surface() -> None:
    bench = direct_bench()
    bench.dark.add(main("A"))
    bench.play(30.0)
    assert bench.status(1).sign is not Sign.LIVE and bench.status(2).sign is Sign.LIVE
    assert bench.console.surface(tile(1)) is Surface.DIRECT


def test_a_link_that_heals_after_seconds_is_no_surface_that_fails() -> None:
    bench = direct_bench()
    bench.dark.add(main("A"))
    bench.play(7.0)
    feed(bench, "A")
    bench.dark.clear()
    play_without_gap(bench, 1.0)
    assert surfaces(bench) == [Surface.DIRECT] * 2


def test_a_camera_of_few_key_frames_is_given_its_time_to_appear() -> None:
    bench = trial_bench(cameras=[camera("A", replace(MAIN, gop_s=20.0), SUB), camera("B")])
    bench.play(1.0)
    give_windows(bench, 1, 2)
    assert feed_until(bench, "A", lambda: bench.console.surface(tile(1)) is Surface.SHARED) > 20.0


def test_a_forced_surface_stays_where_nothing_appears() -> None:
    bench = trial_bench(surface=SurfaceChoice.DIRECT)
    give_windows(bench, 1, 2)
    bench.play(1.0)
    for _ in range(100):
        feed(bench, "A")
    assert bench.console.surface(tile(1)) is Surface.DIRECT and bench.status(1).sign is not Sign.LIVE
    assert bench.status(2).sign is Sign.LIVE


def test_a_gpu_that_decodes_keeps_the_trial_open() -> None:
    bench = direct_bench()
    bench.video.decode(main("A"), "vlc", "hardware")
    bench.video.decode(main("B"), "av", "software")
    play_without_gap(bench, 10.0)
    assert surfaces(bench) == [Surface.DIRECT] * 2


@pytest.mark.parametrize("size_px", [TILE_PX, (560, 315)])
def test_small_tiles_are_never_drawn_directly(size_px: tuple[int, int]) -> None:
    bench = trial_bench(size_px, profile=Profile.MAIN)
    bench.play(1.0)
    give_windows(bench, 1, 2)
    bench.play(1.0)
    assert surfaces(bench) == [Surface.SHARED] * 2


def test_sub_streams_are_never_drawn_directly() -> None:
    bench = trial_bench(profile=Profile.SUB)
    bench.play(1.0)
    give_windows(bench, 1, 2)
    bench.play(1.0)
    assert surfaces(bench) == [Surface.SHARED] * 2 and bench.opened == [sub("A"), sub("B")]


@pytest.mark.parametrize(
    "settings", [{"may_draw_directly": False}, {"surface": SurfaceChoice.SHARED}], ids=["no gain here", "forced"]
)
def test_nothing_is_tried_where_it_is_not_to_be(settings: dict[str, Any]) -> None:
    bench = trial_bench(**settings)
    bench.play(1.0)
    assert bench.console.surface(tile(1)) is Surface.SHARED


def test_a_maximised_tile_goes_direct_and_back_without_a_gap() -> None:
    bench = trial_bench(TILE_PX)
    bench.play(1.0)
    bench.toggle_maximised(1)
    play_without_gap(bench, 1.0)
    give_windows(bench, 1)
    play_without_gap(bench, 1.0)
    assert surfaces(bench) == [Surface.DIRECT, Surface.SHARED]
    bench.toggle_maximised(1)
    give_windows(bench, 1)
    play_without_gap(bench, 1.0)
    assert surfaces(bench) == [Surface.SHARED] * 2 and bench.status(1).profile is Profile.SUB


# ---- the end of the trial


def test_a_gpu_that_does_not_decode_ends_the_trial_for_all_tiles_without_a_gap() -> None:
    bench = direct_bench()
    bench.video.decode(main("A"), "vlc", "software")
    play_without_gap(bench, 1.0)
    assert surfaces(bench) == [Surface.SHARED] * 2
    assert [bench.console.surface(tile(number)) for number in (1, 2)] == [Surface.SHARED] * 2
    assert windows_of(bench, "A") == windows_of(bench, "B") == [None]
    assert bench.opened == [main("A"), main("B")]
    assert len(bench.video.open_slots) == 2


def test_the_direct_picture_stays_until_the_shared_one_is_there() -> None:
    bench = direct_bench()
    direct = bench.slot(1)
    bench.video.decode(main("A"), "vlc", "software")
    bench.wait(STEP_S)
    assert bench.slot(1) is direct and windows_of(bench, "A") == [71, None]


def test_a_software_decoder_of_shared_surfaces_ends_nothing() -> None:
    bench = direct_bench()
    bench.video.decode(main("A"), "av", "software")
    bench.play(1.0)
    assert surfaces(bench) == [Surface.DIRECT] * 2


@pytest.mark.parametrize("reason", [Reason.UNSUPPORTED, Reason.UNDECODABLE])
def test_a_camera_that_a_direct_surface_does_not_play_ends_the_trial_for_itself_alone(reason: Reason) -> None:
    bench = direct_bench()
    bench.fail(main("A"), Failure(reason))
    bench.play(1.0)
    assert surfaces(bench) == [Surface.SHARED, Surface.DIRECT]
    assert main("B") not in bench.closed


def test_three_cameras_that_direct_surfaces_do_not_play_end_the_trial_for_all_tiles() -> None:
    bench = trial_bench()
    bench.assign(t3="C", t4="D")
    bench.play(1.0)
    give_windows(bench, 1, 2, 3, 4)
    bench.play(1.0)
    for name in "ABC":
        bench.fail(main(name), Failure(Reason.UNSUPPORTED))
    bench.play(3.0)
    assert bench.status(4).surface is Surface.SHARED and main("D") not in bench.closed
    assert set(bench.signs().values()) == {Sign.LIVE}


def test_one_camera_on_two_tiles_is_drawn_on_the_first_and_shared_on_the_other() -> None:
    bench = trial_bench()
    bench.assign(t2="A")
    bench.play(1.0)
    give_windows(bench, 1, 2)
    play_without_gap(bench, 1.0)
    assert surfaces(bench) == [Surface.DIRECT, Surface.SHARED]
    assert windows_of(bench, "A") == [71, None]
    bench.clear(1)
    bench.play(1.0)
    give_windows(bench, 2)
    bench.play(1.0)
    assert bench.status(2).surface is Surface.DIRECT


def test_a_camera_whose_direct_surface_does_not_play_is_back_on_a_shared_one_at_once() -> None:
    bench = direct_bench()
    bench.fail(main("A"), Failure(Reason.UNSUPPORTED, "no libVLC"))
    bench.play(3.0)
    assert bench.signs() == {1: Sign.LIVE, 2: Sign.LIVE}
    assert surfaces(bench) == [Surface.SHARED, Surface.DIRECT]


@pytest.mark.parametrize("reason", [Reason.ENDED, Reason.RESET, Reason.UNAUTHORIZED, Reason.HOST_LOST])
def test_a_failure_of_the_camera_ends_no_trial(reason: Reason) -> None:
    bench = direct_bench()
    bench.fail(main("A"), Failure(reason))
    bench.play(1.0)
    assert bench.console.surface(tile(1)) is Surface.DIRECT
    assert bench.status(2).surface is Surface.DIRECT


def test_a_shared_stream_that_does_not_play_ends_no_trial() -> None:
    bench = trial_bench()
    bench.console.set_tile_size(tile(2), *TILE_PX)
    bench.play(SWITCH_PERIOD_S + 1.0)
    give_windows(bench, 1)
    bench.play(1.0)
    bench.fail(sub("B"), Failure(Reason.UNDECODABLE))
    bench.play(1.0)
    assert bench.status(1).surface is Surface.DIRECT


def test_an_ended_trial_is_not_begun_again() -> None:
    bench = direct_bench()
    bench.video.decode(main("A"), "vlc", "software")
    bench.play(1.0)
    bench.console.set_tile_size(tile(3), *WALL_PX)
    bench.assign(t3="C")
    bench.play(1.0)
    assert bench.console.surface(tile(3)) is Surface.SHARED


@pytest.mark.parametrize("is_at_once", [True, False], ids=["at once", "after a turn without one"])
@pytest.mark.parametrize("surface", [SurfaceChoice.AUTO, SurfaceChoice.DIRECT])
def test_a_tile_whose_window_is_made_anew_shows_nothing_of_the_old_one(
    surface: SurfaceChoice, is_at_once: bool
) -> None:
    """As for another language or a screen that came back: the host goes on drawing where nobody looks."""
    bench = trial_bench(surface=surface)
    give_windows(bench, 1, 2)
    bench.play(2.0)
    assert windows_of(bench, "A") == [71] and bench.status(1).sign is Sign.LIVE
    if not is_at_once:
        bench.console.set_tile_window(tile(1), None)
        bench.pump()
        assert 71 not in shown_windows(bench, "A") and bench.status(1).sign is not Sign.LIVE
    bench.console.set_tile_window(tile(1), 99)
    bench.pump()
    assert bench.status(1).sign is not Sign.LIVE, "the new window is empty"
    bench.play(2.0)
    assert windows_of(bench, "A") == [99] and bench.status(1).sign is Sign.LIVE
    assert bench.status(2).sign is Sign.LIVE and main("B") not in bench.closed


def shown_windows(bench: Bench, name: str) -> list[int | None]:
    """The windows that a stream is drawn into, none where it is closed."""
    return windows_of(bench, name) if main(name) in bench.video.open_streams else []


def test_a_tile_without_a_camera_needs_no_window() -> None:
    bench = direct_bench()
    bench.clear(1)
    assert bench.console.surface(tile(1)) is Surface.SHARED


# ---- forced


def test_a_forced_direct_surface_is_never_overruled() -> None:
    bench = trial_bench(TILE_PX, surface=SurfaceChoice.DIRECT)
    give_windows(bench, 1, 2)
    bench.play(1.0)
    bench.video.decode(sub("A"), "vlc", "software")
    bench.play(1.0)
    bench.fail(sub("B"), Failure(Reason.UNDECODABLE))
    bench.play(5.0)
    assert surfaces(bench) == [Surface.DIRECT] * 2
    assert bench.console.surface(tile(3)) is Surface.DIRECT


def test_a_low_camera_is_shared_on_a_large_tile() -> None:
    low = camera("A", StreamProfile(Profile.MAIN, Codec.H264, 704, 576, frame_rate_fps=25.0))
    bench = Bench(cameras=[low], may_draw_directly=True)
    bench.size_tiles(LARGE_PX)
    bench.assign(t1="A")
    bench.play(1.0)
    assert bench.opened == [main("A")] and bench.console.surface(tile(1)) is Surface.SHARED


def test_a_surface_that_it_has_forced_is_drawn_in_software_where_the_gpu_does_not_decode() -> None:
    bench = trial_bench(surface=SurfaceChoice.DIRECT)
    bench.play(1.0)
    give_windows(bench, 1, 2)
    bench.play(1.0)
    bench.fail(main("A"), Failure(Reason.UNDECODABLE))
    bench.play(10.0)
    assert bench.status(1).surface is Surface.DIRECT
    last = {opening.key: opening.hardware for opening in bench.video.openings}
    assert last[main("A")] is HardwareChoice.NEVER and last[main("B")] is HardwareChoice.AUTO


def test_a_stream_that_is_kept_off_the_gpu_ends_no_trial() -> None:
    bench = direct_bench()
    bench.fail(main("A"), Failure(Reason.UNDECODABLE))
    bench.play(2.0)
    bench.video.decode(main("A"), "vlc", "software")
    bench.play(1.0)
    assert bench.status(2).surface is Surface.DIRECT
