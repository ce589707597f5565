"""Pictures that come late say so; pictures that the decoder patched keep nothing alive."""

from __future__ import annotations

import pytest

from app.core.failure import Failure, Reason
from app.core.model import Profile
from app.core.stream_life import STALL_LIMIT_S
from app.core.tile_status import Sign
from tests.unit.console.console_bench import STEP_S, Bench, main, playing, sub, tile
from tests.unit.console.patched_pictures import play_patched


def late_bench(late_s: float) -> Bench:
    """A live tile whose pictures have become that late."""
    bench = playing(t1="A")
    bench.slot(1).measures["late_s"] = late_s
    bench.play(STEP_S)
    return bench


@pytest.mark.parametrize(
    ("late_s", "sign"),
    [(0.0, Sign.LIVE), (1.875, Sign.LIVE), (2.0, Sign.LATE), (3.0, Sign.LATE), (60.0, Sign.LATE)],
)
def test_pictures_older_than_two_seconds_when_they_come_are_late(late_s: float, sign: Sign) -> None:
    bench = late_bench(late_s)
    assert (bench.status(1).sign, bench.status(1).age_s) == (sign, late_s)


def test_a_late_stream_plays_on() -> None:
    bench = late_bench(3.0)
    bench.play(2 * STALL_LIMIT_S)
    status = bench.status(1)
    assert (status.sign, status.age_s, status.failure, status.reconnects) == (Sign.LATE, 3.0, None, 0)
    assert bench.generations() == {sub("A"): 1} and bench.closed == []


def test_the_age_of_a_late_picture_goes_on_between_pictures() -> None:
    bench = late_bench(3.0)
    assert bench.console.status(tile(1), bench.now_s + 0.5).age_s == 3.5


def test_a_picture_that_turns_too_old_between_two_is_late_until_the_next() -> None:
    bench = late_bench(1.5)
    bench.wait(0.5)
    assert (bench.status(1).sign, bench.status(1).age_s) == (Sign.LATE, 2.0)
    bench.play(STEP_S)
    assert bench.status(1).sign is Sign.LIVE


def test_a_late_main_picture_is_shown_where_the_small_one_has_stopped() -> None:
    """A camera of one session drops the one stream for the other, and its uplink is narrow."""
    bench = playing(t1="A")
    bench.toggle_maximised(1)
    bench.dark.add(sub("A"))
    (slot,) = bench.outputs_of(main("A"))
    slot.measures["late_s"] = 3.0
    bench.play(5.0)
    status = bench.status(1)
    assert (status.profile, status.sign) == (Profile.MAIN, Sign.LATE)


def test_what_has_caught_up_is_live_again() -> None:
    bench = late_bench(3.0)
    bench.slot(1).measures["late_s"] = 0.125
    bench.play(STEP_S)
    assert (bench.status(1).sign, bench.status(1).age_s) == (Sign.LIVE, 0.125)


def test_a_late_stream_that_stops_is_stale_and_as_old_as_its_last_picture() -> None:
    bench = late_bench(3.0)
    bench.wait(2.0)
    assert (bench.status(1).sign, bench.status(1).age_s) == (Sign.STALE, 5.0)
    assert bench.status(1).failure == Failure(Reason.STALLED)


def test_a_burst_after_a_stall_is_late_and_never_live() -> None:
    bench = playing(t1="A")
    bench.wait(3.0)
    assert bench.status(1).sign is Sign.STALE
    for late_s in (3.0, 2.5, 2.0):
        bench.slot(1).measures["late_s"] = late_s
        bench.play(STEP_S)
        assert (bench.status(1).sign, bench.status(1).age_s) == (Sign.LATE, late_s)
    bench.slot(1).measures["late_s"] = 0.0
    bench.play(STEP_S)
    assert bench.status(1).sign is Sign.LIVE


def test_a_reopened_stream_does_not_make_its_old_picture_younger() -> None:
    bench = late_bench(3.0)
    bench.fail(sub("A"), Failure(Reason.ENDED))
    bench.wait(1.0)
    assert bench.generations() == {sub("A"): 2}
    assert (bench.status(1).sign, bench.status(1).age_s) == (Sign.STALE, 4.0)


def test_a_late_tile_that_is_resized_stays_painted_and_late() -> None:
    bench = late_bench(3.0)
    bench.console.set_tile_size(tile(1), 640, 360)
    for _ in range(16):
        bench.pump()
        for slot in bench.outputs_of(sub("A")):
            slot.measures["late_s"] = 3.0
        bench.play(STEP_S)
        assert bench.status(1).sign is Sign.LATE and bench.slot(1).sequence() > 0


# ---- damaged pictures


def test_damaged_pictures_alone_are_stale() -> None:
    bench = playing(t1="A")
    play_patched(bench, 16)
    assert (bench.status(1).sign, bench.status(1).age_s) == (Sign.STALE, 2.0)


def test_a_stream_that_never_shows_a_whole_picture_is_not_live() -> None:
    bench = Bench()
    bench.assign(t1="A")
    bench.wait(STEP_S)
    play_patched(bench, 16)
    assert bench.status(1).sign is Sign.CONNECTING


def test_a_damaged_picture_between_whole_ones_changes_no_sign() -> None:
    bench = playing(t1="A")
    for _ in range(16):
        bench.play(STEP_S)
        play_patched(bench, 1)
        assert bench.status(1).sign is Sign.LIVE


def test_damaged_pictures_count_as_shown() -> None:
    bench = playing(t1="A")
    play_patched(bench, 24)
    assert bench.status(1).fps == pytest.approx(1 / STEP_S)
