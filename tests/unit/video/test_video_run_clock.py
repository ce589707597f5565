"""A clock that stands while its process does."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.video import run_clock
from app.video.run_clock import LEAST_STANDSTILL_S, RunClock

PERIOD_S = 0.25


class FakeTime:
    """Stands in for `time`: a sleep takes as long as the test says, and something may happen at its end."""

    def __init__(self) -> None:
        self.now_s = 5000.0
        self.oversleeps_s = 0.0
        self.before_it_wakes: Callable[[], None] = lambda: None

    def monotonic(self) -> float:
        return self.now_s

    def sleep(self, duration_s: float) -> None:
        self.now_s += duration_s + self.oversleeps_s
        self.before_it_wakes()


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> FakeTime:
    time = FakeTime()
    monkeypatch.setattr(run_clock, "time", time)
    return time


@pytest.mark.parametrize(
    ("oversleeps_s", "passed_s"),
    [
        (0.0, PERIOD_S),
        (LEAST_STANDSTILL_S - 0.01, PERIOD_S + LEAST_STANDSTILL_S - 0.01),
        (LEAST_STANDSTILL_S + 0.01, PERIOD_S),
        (60.0, PERIOD_S),
    ],
    ids=["awake", "busy", "stood still", "suspended"],
)
def test_what_a_sleep_takes_too_long_does_not_pass(fake: FakeTime, oversleeps_s: float, passed_s: float) -> None:
    clock = RunClock()
    began_s = clock.now_s()
    fake.oversleeps_s = oversleeps_s
    clock.sleep(PERIOD_S)
    assert clock.now_s() - began_s == pytest.approx(passed_s)


def test_standstill_is_known_before_the_sleeper_has_woken(fake: FakeTime) -> None:
    clock, seen_s = RunClock(), []
    began_s = clock.now_s()
    fake.oversleeps_s = 10.0
    fake.before_it_wakes = lambda: seen_s.append(clock.now_s())
    clock.sleep(PERIOD_S)
    assert seen_s == [clock.now_s()] == pytest.approx([began_s + PERIOD_S])


def test_standstills_add_up_and_time_between_them_passes(fake: FakeTime) -> None:
    clock = RunClock()
    began_s = clock.now_s()
    fake.oversleeps_s = 1.0
    for _ in range(3):
        clock.sleep(PERIOD_S)
        fake.now_s += 2.0
    assert clock.now_s() - began_s == pytest.approx(3 * (PERIOD_S + 2.0))


def test_clock_that_nobody_sleeps_by_never_stands(fake: FakeTime) -> None:
    clock = RunClock()
    began_s = clock.now_s()
    fake.now_s += 3600.0
    assert clock.now_s() - began_s == pytest.approx(3600.0)
