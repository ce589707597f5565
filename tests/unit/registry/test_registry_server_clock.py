"""The registry's clock as the client counts on with its own: fresh for a while, and found out when it is set."""

from __future__ import annotations

import pytest

from app.registry.server_clock import MOVED_S, TRUST_S, ServerClock

NOON_S = 1_795_000_000.0


class Bench:
    def __init__(self) -> None:
        self.now_s = 50.0
        self.clock = ServerClock(lambda: self.now_s)


def test_a_clock_that_was_never_told_says_nothing() -> None:
    bench = Bench()
    assert bench.clock.counted_s() is None
    assert not bench.clock.is_fresh()
    assert not bench.clock.tell(NOON_S), "the first word contradicts nothing"


def test_what_was_told_is_counted_on_with_our_own_clock_and_trusted_for_a_while() -> None:
    bench = Bench()
    bench.clock.tell(NOON_S)
    bench.now_s += TRUST_S
    assert bench.clock.counted_s() == NOON_S + TRUST_S
    assert bench.clock.is_fresh()
    bench.now_s += 1.0
    assert not bench.clock.is_fresh()


@pytest.mark.parametrize(
    ("ahead_s", "has_moved"), [(0.0, False), (MOVED_S, False), (MOVED_S + 1.0, True), (-MOVED_S - 1.0, True)]
)
def test_a_clock_that_somebody_has_set_is_found_out(ahead_s: float, has_moved: bool) -> None:
    bench = Bench()
    bench.clock.tell(NOON_S)
    bench.now_s += 30.0
    assert bench.clock.tell(NOON_S + 30.0 + ahead_s) is has_moved
    assert bench.clock.counted_s() == NOON_S + 30.0 + ahead_s, "it counts from the new word on"
