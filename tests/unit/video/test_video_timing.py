"""What a session knows of its packets' time, in the whole numbers that a slot holds."""

from __future__ import annotations

import math
from contextlib import closing
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.delay import RATE_BASE_S
from app.video.slots import SlotMaker, WriteSlot
from app.video.timing import BUSY_WINDOW_S, CLOCK_PERIOD_S, UNTIMED, PacketTimer, Timing

INTERVAL_S = 0.04
START_S = 5000.0
any_time_s = st.floats(-1e12, 1e12)


def punctual(timer: PacketTimer, packets: int = 50) -> float:
    """Let punctual packets come; gives the time of the last."""
    for number in range(packets):
        timer.arrived(number * INTERVAL_S, START_S + number * INTERVAL_S)
    return (packets - 1) * INTERVAL_S


def test_nothing_is_known_at_first() -> None:
    assert PacketTimer().timing == UNTIMED == Timing()
    assert UNTIMED.camera_age_us is None


def test_two_timers_share_nothing() -> None:
    first, second = PacketTimer(), PacketTimer()
    punctual(first)
    first.camera_says(1.0, 2.0, None)
    assert second.timing == UNTIMED == Timing()


# ---- late


def test_punctual_packets_are_hardly_late() -> None:
    timer = PacketTimer()
    punctual(timer)
    assert timer.timing.late_us < 1_000 and timer.timing.jitter_us < 1_000


def test_a_jam_makes_late_what_it_held() -> None:
    timer = PacketTimer()
    last_s = punctual(timer)
    timer.arrived(last_s + INTERVAL_S, START_S + last_s + 3.0)
    assert timer.timing.late_us == pytest.approx(2_960_000, abs=50_000)


def test_a_packet_without_a_timestamp_changes_nothing() -> None:
    timer = PacketTimer()
    last_s = punctual(timer)
    timer.arrived(last_s + INTERVAL_S, START_S + last_s + 1.0)
    before = timer.timing.late_us
    timer.arrived(None, START_S + last_s + 9.0)
    assert timer.timing.late_us == before > 0


# ---- held back until the next packet begins


@pytest.mark.parametrize("interval_s", [INTERVAL_S, 1.0, 5.0])
def test_a_packet_that_was_held_back_is_late_by_an_interval(interval_s: float) -> None:
    timer = PacketTimer(held_s=0.0)
    for number in range(8):
        timer.arrived(number * interval_s if number else None, START_S + (number + 1) * interval_s)
    assert timer.timing.late_us == pytest.approx(interval_s * 1e6, rel=0.02)
    assert timer.timing.jitter_us < 1_000


def test_a_packet_that_was_held_back_is_as_late_as_it_waited() -> None:
    """The stamps of a camera that sends when something moves are not evenly spaced, and nothing is late."""
    timer = PacketTimer(held_s=0.0)
    stamps_s = [0.0, 0.1, 0.2, 1.7, 1.8, 3.0]
    for stamp_s, next_s in pairwise(stamps_s):
        timer.arrived(stamp_s, START_S + next_s)
        waited_s = next_s - stamp_s
        if stamp_s:
            assert timer.timing.late_us == pytest.approx(waited_s * 1e6, abs=20_000)


def test_a_jam_makes_late_what_it_held_beyond_the_interval() -> None:
    timer = PacketTimer(held_s=0.0)
    last_s = punctual(timer)
    timer.arrived(last_s + INTERVAL_S, START_S + last_s + 3.0)
    assert timer.timing.late_us == pytest.approx(3_000_000, abs=50_000), "it came in time, the next one did not"
    timer.arrived(last_s + 2 * INTERVAL_S, START_S + last_s + 3.0)
    assert timer.timing.late_us == pytest.approx(2_960_000, abs=50_000)


@pytest.mark.parametrize("stamp_s", [None, 0.0])
def test_the_first_packet_was_held_back_as_long_as_the_stream_declares(stamp_s: float | None) -> None:
    """FFmpeg gives it no timestamp."""
    timer = PacketTimer(held_s=1.0)
    timer.arrived(stamp_s, START_S)
    assert timer.timing.late_us == 1_000_000


def test_what_comes_as_it_is_was_not_held_back() -> None:
    timer = PacketTimer(held_s=None)
    for number in range(8):
        timer.arrived(float(number), START_S + number)
    assert timer.timing.late_us < 10_000


# ---- the camera's clock


@pytest.mark.parametrize(("wall_s", "age_us"), [(1000.5, 500_000), (1000.0, 0), (990.0, -10_000_000)])
def test_the_age_of_a_picture_is_this_pcs_clock_minus_the_cameras(wall_s: float, age_us: int) -> None:
    timer = PacketTimer()
    timer.camera_says(1000.0, wall_s, None)
    assert timer.timing.camera_age_us == age_us


def test_a_packet_without_camera_time_keeps_the_last_age() -> None:
    timer = PacketTimer()
    timer.camera_says(1000.0, 1000.5, None)
    timer.camera_says(None, 1009.0, None)
    assert timer.timing.camera_age_us == 500_000


@pytest.mark.parametrize(("speed", "rate_ppm"), [(1.0, 1_000_000), (1.1, 1_100_000), (0.5, 500_000)])
def test_the_rate_of_a_camera_clock_takes_two_moments(speed: float, rate_ppm: int) -> None:
    timer = PacketTimer()
    timer.camera_says(100.0, 0.0, 0.0)
    assert timer.timing.clock_rate_ppm == 0
    timer.camera_says(100.0 + RATE_BASE_S, 0.0, RATE_BASE_S * speed)
    assert timer.timing.clock_rate_ppm == pytest.approx(rate_ppm, abs=2)


def test_a_clock_that_stands_still_is_known_to() -> None:
    timer = PacketTimer()
    for wall_s in (100.0, 100.0 + 2 * RATE_BASE_S):
        timer.camera_says(wall_s, 0.0, 7.0)
    assert timer.timing.clock_rate_ppm == 1, "0 would say that it is not known"


def test_the_camera_clock_is_looked_at_four_times_a_second() -> None:
    timer = PacketTimer()
    looks = [timer.is_clock_due(START_S + number * INTERVAL_S) for number in range(75)]
    assert sum(looks) == pytest.approx(75 * INTERVAL_S / CLOCK_PERIOD_S, abs=2)


def test_the_clock_of_a_picture_that_grows_old_is_looked_at_with_every_packet() -> None:
    timer = PacketTimer()
    timer.camera_says(START_S - 1.2, START_S, 0.0)
    assert all(timer.is_clock_due(START_S + number * INTERVAL_S) for number in range(75))


# ---- how busy


@pytest.mark.parametrize("part", [0.0, 0.25, 0.5, 1.0])
def test_the_busy_part_is_that_of_the_last_second(part: float) -> None:
    timer = PacketTimer()
    for number in range(75):
        came_s = START_S + number * INTERVAL_S
        timer.worked(came_s, came_s + part * INTERVAL_S)
    assert timer.timing.busy_permille == pytest.approx(1000 * part, abs=50)


def test_the_first_packet_of_a_session_makes_nobody_busy() -> None:
    timer = PacketTimer()
    timer.worked(START_S, START_S + 0.9)
    assert timer.timing.busy_permille < 10


def test_a_thread_that_is_done_with_its_packets_is_not_busy_any_more() -> None:
    timer = PacketTimer()
    for number in range(75):
        came_s = START_S + number * INTERVAL_S
        timer.worked(came_s, came_s + INTERVAL_S)
    assert timer.timing.busy_permille >= 900
    timer.worked(START_S + 9.0, START_S + 9.0 + INTERVAL_S)
    timer.worked(START_S + 9.0 + BUSY_WINDOW_S, START_S + 9.0 + BUSY_WINDOW_S + INTERVAL_S)
    assert timer.timing.busy_permille <= 100


@given(
    stamps=st.lists(st.tuples(st.none() | any_time_s, any_time_s), max_size=8),
    camera_s=st.none() | st.floats(-9e12, 9e12),
)
def test_whatever_a_camera_says_fits_into_a_slot(
    stamps: list[tuple[float | None, float]], camera_s: float | None
) -> None:
    timer = PacketTimer()
    for stamp_s, now_s in stamps:
        timer.arrived(stamp_s, now_s)
        timer.camera_says(camera_s, 1.7e9, stamp_s)
    timer.camera_says(camera_s, 1.7e9, None)
    with closing(SlotMaker().new(0, 0)) as slot:
        writer = WriteSlot(slot.handle, 0, 0, 1)
        writer.note(timer.timing)
        writer.count_picture(1, 1, late_us=timer.timing.late_us)
        lights = slot.lights(1)
    assert all(math.isfinite(value) for value in (lights.late_s, lights.jitter_s, lights.busy))
    assert lights.late_s >= 0.0 and (lights.camera_age_s is None) == (camera_s is None)
