"""How late packets are, told by their own timestamps; and how fast a camera's clock runs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.delay import CREEP_BELOW_S, RATE_BASE_S, CameraClock, DelayMeter

FRAME_S = 0.04


class Feed:
    """A camera's packets on their way: each is sent in its time, and comes when the test says."""

    def __init__(self) -> None:
        self.meter = DelayMeter()
        self.stamp_s = 5000.0
        self.now_s = 100.0

    def punctual(self, frames: int = 50) -> None:
        for _ in range(frames):
            self.step()

    def step(self, waited_s: float = FRAME_S, stamp_step_s: float = FRAME_S) -> None:
        self.now_s += waited_s
        self.stamp_s += stamp_step_s
        self.meter.take(self.stamp_s, self.now_s)


@pytest.fixture
def feed() -> Feed:
    made = Feed()
    made.punctual()
    return made


def test_punctual_packets_are_not_late(feed: Feed) -> None:
    assert feed.meter.late_s == pytest.approx(0.0, abs=0.01)
    assert feed.meter.jitter_s == pytest.approx(0.0, abs=0.001)


def test_what_a_jammed_link_held_back_is_late_until_it_is_caught_up_with(feed: Feed) -> None:
    feed.step(waited_s=3.0)
    assert feed.meter.late_s == pytest.approx(2.96, abs=0.02)
    for _ in range(73):
        feed.step(waited_s=0.0)
    assert feed.meter.late_s == pytest.approx(0.04, abs=0.03)


def test_a_link_that_is_too_narrow_makes_pictures_later_and_later(feed: Feed) -> None:
    for _ in range(100):
        feed.step(waited_s=2 * FRAME_S)
    assert feed.meter.late_s == pytest.approx(100 * FRAME_S, rel=0.05)


def test_what_stays_late_never_becomes_punctual_by_habit(feed: Feed) -> None:
    feed.step(waited_s=3.0)
    feed.punctual(frames=100_000)
    assert feed.meter.late_s == pytest.approx(2.96, abs=0.05)


@pytest.mark.parametrize("jump_s", [3600.0, -3600.0, -3.0, 95443.7])
def test_timestamps_that_jump_make_nothing_late(feed: Feed, jump_s: float) -> None:
    feed.step(stamp_step_s=jump_s)
    assert feed.meter.late_s == pytest.approx(0.0, abs=0.05)
    feed.punctual()
    assert feed.meter.late_s == pytest.approx(0.0, abs=0.05)


def test_a_jump_while_late_leaves_the_lateness_alone(feed: Feed) -> None:
    feed.step(waited_s=3.0)
    feed.step(stamp_step_s=-600.0)
    assert feed.meter.late_s == pytest.approx(2.96, abs=0.05)


def test_timestamps_that_run_backwards_or_stand_still_are_told_apart(feed: Feed) -> None:
    for _ in range(100):
        feed.step(stamp_step_s=0.0)
    assert feed.meter.late_s == pytest.approx(100 * FRAME_S, rel=0.05), "a clock that stands proves nothing"


def test_a_crystal_that_is_a_little_slow_never_makes_a_stream_late(feed: Feed) -> None:
    for _ in range(50_000):
        feed.step(stamp_step_s=FRAME_S * 0.997)
    assert feed.meter.late_s < CREEP_BELOW_S


def test_jitter_is_the_mean_change_of_the_delay(feed: Feed) -> None:
    for number in range(200):
        feed.step(waited_s=FRAME_S + (0.01 if number % 2 else -0.01))
    assert feed.meter.jitter_s == pytest.approx(0.01, rel=0.2)


@given(st.lists(st.tuples(st.floats(0.0, 10.0), st.floats(-1e5, 1e5)), max_size=60))
def test_lateness_is_never_negative_and_never_more_than_was_waited(steps: list[tuple[float, float]]) -> None:
    feed = Feed()
    for waited_s, stamp_step_s in steps:
        feed.step(waited_s, stamp_step_s)
        assert 0.0 <= feed.meter.late_s <= sum(waited for waited, _ in steps) + 0.5 * len(steps) + 1e-3


def test_a_clocks_rate_is_its_media_time_over_its_wall_time() -> None:
    clock = CameraClock()
    assert clock.rate is None
    clock.report(1000.0, 50.0)
    clock.report(1000.0 + RATE_BASE_S / 2, 50.0 + RATE_BASE_S)
    assert clock.rate is None, "too short to tell from the network's jitter"
    clock.report(1000.0 + RATE_BASE_S, 50.0 + 1.2 * RATE_BASE_S)
    assert clock.rate == pytest.approx(1.2)
    clock.report(1000.0 + 2 * RATE_BASE_S, 50.0 + 2.2 * RATE_BASE_S)
    assert clock.rate == pytest.approx(1.0)


@pytest.mark.parametrize("jumped", [(900.0, 70.0), (1010.0, 3.0)])
def test_a_clock_that_jumps_back_is_measured_anew(jumped: tuple[float, float]) -> None:
    clock = CameraClock()
    clock.report(1000.0, 50.0)
    clock.report(*jumped)
    assert clock.rate is None
    clock.report(jumped[0] + RATE_BASE_S, jumped[1] + RATE_BASE_S)
    assert clock.rate == pytest.approx(1.0)
