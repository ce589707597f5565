"""The measure of how evenly the window ticks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.gaps import GapMeter


def metered(gaps_ms: list[float]) -> GapMeter:
    meter = GapMeter()
    now_s = 0.0
    meter.tick(now_s)
    for gap_ms in gaps_ms:
        now_s += gap_ms / 1000
        meter.tick(now_s)
    return meter


def test_nothing_was_measured_before_the_second_tick() -> None:
    meter = metered([])
    assert (meter.total, meter.percentile_ms(0.99), meter.max_ms) == (0, 0.0, 0.0)


def test_a_rare_long_gap_is_the_longest_but_not_the_percentile() -> None:
    meter = metered([16.0] * 999 + [80.0])
    assert meter.max_ms == pytest.approx(80.0)
    assert meter.percentile_ms(0.99) == pytest.approx(16.0, abs=0.11)


def test_a_gap_of_many_seconds_is_kept_as_it_is() -> None:
    meter = metered([16.0, 5000.0])
    assert meter.max_ms == pytest.approx(5000.0)


@given(st.lists(st.floats(0.2, 900), min_size=1, max_size=60), st.floats(0.01, 1.0))
def test_the_percentile_is_that_of_the_sorted_gaps(gaps_ms: list[float], share: float) -> None:
    exact = sorted(gaps_ms)[max(0, -int(-share * len(gaps_ms) // 1) - 1)]
    assert metered(gaps_ms).percentile_ms(share) == pytest.approx(exact, abs=0.2)
