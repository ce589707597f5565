"""When this PC is short, the least important streams drop to key frames, and come back one by one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.lights import Lights
from app.core.model import CameraId, Profile, StreamKey
from app.core.shedding import CALM_S, LONGEST_CALM_S, PATIENCE_S, STEP_S, Shedding, is_behind, shed

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


def short_of_power(shedding: Shedding, begin_s: float, lasts_s: float) -> Shedding:
    """The shedding after a time in which the most important stream was behind, looked at ten times a second."""
    for tenth in range(round(lasts_s * 10) + 1):
        shedding = shed(shedding, STREAMS, [LAST], begin_s + tenth / 10)
    return shedding


def test_a_wall_that_catches_up_by_itself_is_left_alone() -> None:
    assert short_of_power(Shedding(), 10.0, PATIENCE_S - 0.1).thin == ()
    caught_up = shed(short_of_power(Shedding(), 10.0, PATIENCE_S - 0.1), STREAMS, [], 13.0)
    assert short_of_power(caught_up, 13.1, PATIENCE_S - 0.1).thin == (), "it counts anew"


def test_the_least_important_quarter_goes_first_and_the_next_after_a_while() -> None:
    first = short_of_power(Shedding(), 10.0, PATIENCE_S)
    assert list(first.thin) == STREAMS[:2]
    assert shed(first, STREAMS, [LAST], 13.0 + STEP_S / 2).thin == first.thin
    second = shed(first, STREAMS, [LAST], 13.0 + STEP_S)
    assert list(second.thin) == STREAMS[:4]


def test_the_most_important_stream_is_never_shed() -> None:
    assert list(short_of_power(Shedding(), 0.0, 60.0).thin) == STREAMS[:-1]


def test_after_calm_half_of_them_come_back_the_most_important_first() -> None:
    shedding = short_of_power(Shedding(), 10.0, PATIENCE_S + STEP_S)
    assert len(shedding.thin) == 4
    calm_s = 10.0 + PATIENCE_S + STEP_S + CALM_S
    assert shed(shedding, STREAMS, [], calm_s - 0.1).thin == shedding.thin
    back = shed(shedding, STREAMS, [], calm_s)
    assert list(back.thin) == STREAMS[:2]
    assert shed(back, STREAMS, [], calm_s + 1.0).thin == back.thin
    assert len(shed(back, STREAMS, [], calm_s + CALM_S).thin) == 1


def test_a_return_that_went_wrong_makes_the_next_one_wait_longer() -> None:
    returned = Shedding(tuple(STREAMS[:1]), changed_s=100.0, has_returned=True)
    again = short_of_power(returned, 100.5, PATIENCE_S)
    assert (len(again.thin), again.calm_s) == (3, 2 * CALM_S)
    longest = short_of_power(replace(returned, calm_s=LONGEST_CALM_S), 100.5, PATIENCE_S)
    assert longest.calm_s == LONGEST_CALM_S


def test_a_stream_that_left_the_wall_is_forgotten() -> None:
    shedding = short_of_power(Shedding(), 10.0, PATIENCE_S)
    assert shed(shedding, STREAMS[1:], [], 13.1).thin == (STREAMS[1],)


def test_one_stream_alone_is_left_alone() -> None:
    shedding = shed(Shedding(), [LAST], [LAST], 10.0)
    assert shed(shedding, [LAST], [LAST], 20.0).thin == ()


@given(st.lists(st.tuples(st.floats(0.1, 30.0), st.booleans()), max_size=60))
def test_whatever_happens_no_stream_is_shed_twice_and_one_stays_whole(steps: list[tuple[float, bool]]) -> None:
    shedding, now_s = Shedding(), 0.0
    for wait_s, is_short in steps:
        now_s += wait_s
        shedding = shed(shedding, STREAMS, [LAST] if is_short else [], now_s)
        assert len(set(shedding.thin)) == len(shedding.thin) < len(STREAMS)
        assert LAST not in shedding.thin
