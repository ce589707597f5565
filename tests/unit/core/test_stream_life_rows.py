"""Failures of one kind make a row; those of another begin their own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.core.backoff import ABSENT, CUT, HOPELESS, OURS, REFUSED_LOGIN, RetryClass, mildest
from app.core.failure import Failure, Reason
from app.core.stream_life import STEADY_S, Event, Failed, Life, StreamState, advance

CONNECTING = StreamState(Life.CONNECTING, 3, 0.0, wanted=True)
LAST = 0.999_999


def fail(stream: StreamState, *reasons: Reason, retry: RetryClass | None = None) -> StreamState:
    """Let it fail by one after the other, tried again at once each time."""
    for reason in reasons:
        stream, _ = advance(replace(stream, life=Life.CONNECTING), Failed(Failure(reason), retry=retry), 0.0, LAST)
    return stream


def longest_s(stream: StreamState) -> float:
    """The longest that it might have to wait now."""
    assert stream.retry_at_s is not None
    return round(stream.retry_at_s, 3)


@pytest.mark.parametrize(
    ("reason", "longest"), [(Reason.NOT_FOUND, 60.0), (Reason.UNAUTHORIZED, 300.0), (Reason.HOST_LOST, 0.2)]
)
def test_after_a_long_outage_another_kind_of_failure_waits_as_after_a_first_one(
    reason: Reason, longest: float
) -> None:
    stream = fail(CONNECTING, *[Reason.UNREACHABLE] * 10, reason)
    assert longest_s(stream) == longest


def test_a_row_of_its_own_grows_by_itself() -> None:
    stream = fail(CONNECTING, *[Reason.UNREACHABLE] * 10, Reason.NOT_FOUND, Reason.TLS)
    assert (longest_s(stream), stream.attempt) == (120.0, 12), "both wait for people"


def test_what_is_away_again_after_a_404_begins_anew_too() -> None:
    stream = fail(CONNECTING, *[Reason.NOT_FOUND] * 5, Reason.UNREACHABLE)
    assert longest_s(stream) == 1.0


@pytest.mark.parametrize(("first", "second"), [(CUT, ABSENT), (ABSENT, CUT), (ABSENT, OURS)])
def test_what_waits_shortly_shares_a_row(first: RetryClass, second: RetryClass) -> None:
    assert first.shares_row(second)


def test_a_camera_that_ends_each_session_and_is_busy_in_between_is_tried_less_and_less_often() -> None:
    stream = fail(CONNECTING, *[Reason.ENDED, Reason.BUSY] * 3)
    assert longest_s(stream) == 30.0


def test_steady_play_ends_every_row() -> None:
    stream = fail(CONNECTING, *[Reason.UNREACHABLE] * 10, Reason.NOT_FOUND)
    playing = replace(stream, life=Life.PLAYING, since_s=0.0)
    steady, _ = advance(playing, Event.PROGRESS, STEADY_S)
    assert longest_s(fail(steady, Reason.NOT_FOUND)) == 60.0
    assert longest_s(fail(steady, Reason.NOT_FOUND, Reason.NOT_FOUND)) == 120.0


def test_a_host_that_dies_in_a_later_row_ends_the_rows_before() -> None:
    stream = fail(CONNECTING, *[Reason.NOT_FOUND] * 4, *[Reason.UNREACHABLE] * 3, Reason.HOST_LOST)
    assert (stream.attempt, longest_s(stream)) == (1, 0.2)


# ---- another way to the same pictures


def test_a_failure_that_leaves_another_way_waits_as_long_as_that_asks_for() -> None:
    stream = fail(CONNECTING, Reason.NOT_FOUND, retry=ABSENT)
    assert (longest_s(stream), stream.failure) == (1.0, Failure(Reason.NOT_FOUND))
    assert longest_s(fail(stream, Reason.UNREACHABLE)) == 2.0, "it is of the same row"


def test_a_refusal_that_leaves_another_way_does_not_hold_the_camera_up() -> None:
    stream = fail(CONNECTING, Reason.UNAUTHORIZED, retry=ABSENT)
    resting, _ = advance(stream, Event.UNWANTED, 0.0)
    assert resting == StreamState(Life.IDLE, 3, 0.0)
    assert advance(stream, Event.HURRY, 0.0)[0].life is Life.CONNECTING


def test_the_mildest_class_is_the_one_with_the_shortest_wait() -> None:
    assert mildest([REFUSED_LOGIN, HOPELESS]) is HOPELESS
    assert mildest([HOPELESS, ABSENT]) is ABSENT
    assert mildest([ABSENT, CUT]) is CUT
