"""What counts as a sign of life, and how old a picture is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.core.lights import STALE_AFTER_S, Lights, Watch, observe, stale_after_s
from app.core.stream_life import STALL_LIMIT_S
from app.core.tile_status import LAST_PICTURE_LIMIT_S

OPENED_S = 50.0


def reading(pictures: int, pts_us: int, at_s: float) -> Lights:
    return Lights(packets=pictures * 3, pictures=pictures, pts_us=pts_us, last_packet_s=at_s, last_picture_s=at_s)


def watch_of(*readings: Lights) -> Watch:
    watch = Watch(OPENED_S)
    for lights in readings:
        watch = observe(watch, lights, now_s=1000.0)
    return watch


def test_before_the_first_picture_nothing_is_known() -> None:
    watch = watch_of(Lights(packets=10, packet_bytes=9000, last_packet_s=50.4))
    assert watch.alive_s is None and watch.first_picture_s is None and watch.age_s(99.0) is None
    assert not watch.is_silent(999.0) and watch.silence_s(999.0) is None
    assert watch.lights.packets == 10


def test_the_first_picture_is_timed_from_the_open() -> None:
    watch = watch_of(reading(1, 1_000, 50.75))
    assert (watch.first_picture_s, watch.alive_s) == (0.75, 50.75)


def test_later_pictures_leave_the_first_ones_time_alone() -> None:
    watch = watch_of(reading(1, 1_000, 50.75), reading(9, 9_000, 51.5))
    assert (watch.first_picture_s, watch.alive_s) == (0.75, 51.5)


@pytest.mark.parametrize(
    ("later", "why"),
    [
        (reading(5, 7_000, 59.0), "no new picture"),
        (reading(6, 5_000, 59.0), "a repeated timestamp"),
        (reading(4, 7_000, 59.0), "fewer pictures than before"),
        (Lights(), "counters of another open"),
        (Lights(packets=900, pictures=5, pts_us=5_000, last_packet_s=59.0, last_picture_s=52.0), "packets alone"),
    ],
)
def test_no_sign_of_life(later: Lights, why: str) -> None:
    watch = watch_of(reading(5, 5_000, 52.0), later)
    assert watch.alive_s == 52.0, why
    assert watch.lights == later, "the reading is kept, to compare the next one with"


def test_a_timestamp_that_runs_backwards_is_still_a_new_picture() -> None:
    """Cameras wrap and restart their clocks; only a repeated timestamp marks a repeated picture."""
    assert watch_of(reading(1, 9_000, 51.0), reading(2, 1_000, 52.0)).alive_s == 52.0


def test_a_picture_from_the_future_is_not_younger_than_now() -> None:
    """A host that writes nonsense must not keep a frozen picture looking live."""
    watch = observe(Watch(OPENED_S), reading(1, 1_000, 1e12), 60.0)
    assert watch.alive_s == 60.0
    assert watch.is_silent(62.0)


def test_age_counts_from_the_last_live_picture() -> None:
    watch = watch_of(reading(1, 1_000, 51.0), reading(2, 2_000, 60.0))
    assert watch.age_s(61.5) == 1.5
    assert watch.age_s(59.9) == 0.0


def test_a_stream_is_silent_from_its_limit_on() -> None:
    watch = watch_of(reading(1, 1_000, 60.0))
    assert not watch.is_silent(61.99)
    assert watch.is_silent(62.0)
    assert not watch.is_silent(62.0, limit_s=3.0)


def test_a_late_picture_is_as_old_as_it_is_late() -> None:
    watch = watch_of(replace(reading(1, 1_000, 60.0), late_s=3.0))
    assert (watch.silence_s(60.5), watch.age_s(60.5)) == (0.5, 3.5)
    assert not watch.is_silent(61.0), "pictures come: how late they are is another question"
    assert watch_of(replace(reading(1, 1_000, 60.0), late_s=3.0), reading(2, 2_000, 61.0)).age_s(61.0) == 0.0


def test_damaged_pictures_alone_are_no_sign_of_life() -> None:
    whole = reading(5, 5_000, 60.0)
    watch = watch_of(whole, replace(whole, packets=99, damaged=40))
    assert watch.alive_s == 60.0 and watch.lights.damaged == 40


@pytest.mark.parametrize(
    ("frame_rate_fps", "limit_s"),
    [(None, 2.0), (0.0, 2.0), (25.0, 2.0), (1.5, 2.0), (1.0, 3.0), (0.5, 6.0)],
)
def test_slow_cameras_get_three_frame_intervals(frame_rate_fps: float | None, limit_s: float) -> None:
    assert stale_after_s(frame_rate_fps) == limit_s >= STALE_AFTER_S


@pytest.mark.parametrize(
    ("frame_rate_fps", "limit_s"), [(0.2, 15.0), (0.1, 24.0), (0.05, 24.0), (0.049, 2.0), (1e-9, 2.0), (-1.0, 2.0)]
)
def test_a_rate_that_cannot_be_meant_is_unknown_and_no_limit_outlasts_a_last_picture(
    frame_rate_fps: float, limit_s: float
) -> None:
    assert stale_after_s(frame_rate_fps) == pytest.approx(limit_s)
    assert stale_after_s(frame_rate_fps) + STALL_LIMIT_S <= LAST_PICTURE_LIMIT_S


def test_what_was_late_is_so_until_it_is_clearly_younger() -> None:
    """Pictures that are about as old as the limit do not flicker between two signs."""
    watch, said = Watch(OPENED_S), []
    for number, late_s in enumerate((0.3, 1.9, 2.05, 1.95, 1.75, 1.65, 1.95)):
        at_s = 60.0 + number
        watch = observe(watch, replace(reading(number + 1, number, at_s), late_s=late_s), at_s)
        said.append(watch.is_late)
    assert said == [False, False, True, True, True, False, False]


def test_a_slow_camera_is_late_later() -> None:
    late = replace(reading(1, 1_000, 60.0), late_s=4.0)
    assert observe(Watch(OPENED_S), late, 60.0).is_late
    assert not observe(Watch(OPENED_S), late, 60.0, limit_s=5.0).is_late


def test_a_fresh_picture_after_a_long_silence_is_not_late() -> None:
    watch = observe(observe(Watch(OPENED_S), reading(1, 1_000, 60.0), 60.0), reading(1, 1_000, 60.0), 70.0)
    assert watch.is_late
    assert not observe(watch, reading(2, 2_000, 70.0), 70.1).is_late
