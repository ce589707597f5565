"""When this PC is short, the least important streams drop to key frames, and come back one by one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.lights import Lights
from app.core.model import CameraId, Profile, StreamKey
from app.core.shedding import CALM_S, LONGEST_CALM_S, STEP_S, Shedding, is_behind, shed

STREAMS = [StreamKey(CameraId(f"camera-{number}"), Profile.SUB) for number in range(8)]
"""The least important first."""
LAST = STREAMS[-1]


@pytest.mark.parametrize(
    ("late_s", "busy", "expected"),
    [(0.5, 0.9, True), (0.49, 1.0, False), (9.0, 0.89, False), (0.0, 1.0, False)],
)
def test_a_stream_is_behind_by_this_pcs_own_doing_only(late_s: float, busy: float, expected: bool) -> None:
    """A slow network makes pictures late, too, but then the stream's thread waits."""
    assert is_behind(Lights(late_s=late_s, busy=busy)) is expected


def test_the_least_important_quarter_goes_first_and_the_next_after_a_while() -> None:
    first = shed(Shedding(), STREAMS, [LAST], 10.0)
    assert list(first.thin) == STREAMS[:2]
    assert shed(first, STREAMS, [LAST], 10.0 + STEP_S / 2).thin == first.thin
    second = shed(first, STREAMS, [LAST], 10.0 + STEP_S)
    assert list(second.thin) == STREAMS[:4]


def test_the_most_important_stream_is_never_shed() -> None:
    shedding, now_s = Shedding(), 0.0
    for _ in range(20):
        now_s += STEP_S
        shedding = shed(shedding, STREAMS, [LAST], now_s)
    assert list(shedding.thin) == STREAMS[:-1]


def test_after_calm_they_come_back_one_by_one_the_most_important_first() -> None:
    shedding = shed(Shedding(), STREAMS, [LAST], 10.0)
    assert shed(shedding, STREAMS, [], 9.9 + CALM_S).thin == shedding.thin
    back = shed(shedding, STREAMS, [], 10.0 + CALM_S)
    assert list(back.thin) == STREAMS[:1]
    assert shed(back, STREAMS, [], 11.0 + CALM_S).thin == back.thin
    assert shed(back, STREAMS, [], 10.0 + 2 * CALM_S).thin == ()


def test_a_return_that_went_wrong_makes_the_next_one_wait_longer() -> None:
    shedding = Shedding(STREAMS[:2] and tuple(STREAMS[:2]), changed_s=0.0, behind_s=0.0)
    back = shed(shedding, STREAMS, [], CALM_S)
    again = shed(back, STREAMS, [LAST], CALM_S + STEP_S)
    assert again.calm_s == 2 * CALM_S
    assert (
        shed(replace(again, calm_s=LONGEST_CALM_S, has_returned=True), STREAMS, [LAST], 15.0).calm_s
        <= LONGEST_CALM_S
    )


def test_a_stream_that_left_the_wall_is_forgotten() -> None:
    shedding = shed(Shedding(), STREAMS, [LAST], 10.0)
    assert shed(shedding, STREAMS[1:], [], 11.0).thin == (STREAMS[1],)


def test_one_stream_alone_is_left_alone() -> None:
    assert shed(Shedding(), [LAST], [LAST], 10.0).thin == ()


@given(st.lists(st.tuples(st.floats(0.1, 30.0), st.booleans()), max_size=60))
def test_whatever_happens_no_stream_is_shed_twice_and_one_stays_whole(steps: list[tuple[float, bool]]) -> None:
    shedding, now_s = Shedding(), 0.0
    for wait_s, is_short in steps:
        now_s += wait_s
        shedding = shed(shedding, STREAMS, [LAST] if is_short else [], now_s)
        assert len(set(shedding.thin)) == len(shedding.thin) < len(STREAMS)
        assert LAST not in shedding.thin
