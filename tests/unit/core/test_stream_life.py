"""A stream's life: a row for every (life, event) pair, then whole stories."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from app.core.backoff import ABSENT, CUT, OURS, REFUSED_LOGIN
from app.core.failure import Failure, Reason
from app.core.lights import STALE_AFTER_S
from app.core.stream_life import (
    CLOSE_LIMIT_S,
    CLOSE_SPARE_S,
    CONNECT_LIMIT_S,
    LONGEST_CONNECT_S,
    STALL_LIMIT_S,
    STEADY_S,
    Effect,
    Event,
    Failed,
    Life,
    StreamState,
    advance,
    is_held,
    patience_s,
)

ENTERED_S = 100.0
NOW_S = 101.0
"""One second into the life: no limit has passed."""
RESET = Failed(Failure(Reason.RESET))
WRONG_PASSWORD = Failed(Failure(Reason.UNAUTHORIZED))

IN = {
    Life.IDLE: StreamState(generation=3),
    Life.CONNECTING: StreamState(Life.CONNECTING, 3, ENTERED_S, wanted=True),
    Life.PLAYING: StreamState(Life.PLAYING, 3, ENTERED_S, wanted=True),
    Life.STALLED: StreamState(Life.STALLED, 3, ENTERED_S, wanted=True, failure=Failure(Reason.STALLED)),
    Life.CLOSING: StreamState(Life.CLOSING, 3, ENTERED_S, wanted=False),
    Life.BACKOFF: StreamState(
        Life.BACKOFF, 3, ENTERED_S, wanted=True, attempt=1, failure=Failure(Reason.RESET), retry_at_s=160.0
    ),
}

OPENS = (Effect.OPEN,)
ASKS = (Effect.ASK_LEASE,)
CLOSES = (Effect.CLOSE,)

TABLE = [
    # life, event, life after, effects, generation after
    (Life.IDLE, Event.WANTED, Life.CONNECTING, ASKS, 4),
    (Life.IDLE, Event.UNWANTED, Life.IDLE, (), 3),
    (Life.IDLE, Event.LEASED, Life.IDLE, (), 3),
    (Life.IDLE, Event.PROGRESS, Life.IDLE, (), 3),
    (Life.IDLE, Event.SILENCE, Life.IDLE, (), 3),
    (Life.IDLE, Event.UNDECODED, Life.IDLE, (), 3),
    (Life.IDLE, Event.CLOSED, Life.IDLE, (), 3),
    (Life.IDLE, Event.TICK, Life.IDLE, (), 3),
    (Life.IDLE, Event.HURRY, Life.IDLE, (), 3),
    (Life.IDLE, Event.ARRIVES, Life.IDLE, (), 3),
    (Life.IDLE, Event.MENDED, Life.IDLE, (), 3),
    (Life.IDLE, RESET, Life.IDLE, (), 3),
    (Life.CONNECTING, Event.WANTED, Life.CONNECTING, (), 3),
    (Life.CONNECTING, Event.UNWANTED, Life.CLOSING, CLOSES, 3),
    (Life.CONNECTING, Event.LEASED, Life.CONNECTING, OPENS, 3),
    (Life.CONNECTING, Event.PROGRESS, Life.PLAYING, (), 3),
    (Life.CONNECTING, Event.SILENCE, Life.CONNECTING, (), 3),
    (Life.CONNECTING, Event.UNDECODED, Life.CONNECTING, (), 3),
    (Life.CONNECTING, Event.CLOSED, Life.CONNECTING, (), 3),
    (Life.CONNECTING, Event.TICK, Life.CONNECTING, (), 3),
    (Life.CONNECTING, Event.HURRY, Life.CONNECTING, (), 3),
    (Life.CONNECTING, Event.ARRIVES, Life.CONNECTING, (), 3),
    (Life.CONNECTING, Event.MENDED, Life.CONNECTING, (), 3),
    (Life.CONNECTING, RESET, Life.BACKOFF, (), 3),
    (Life.PLAYING, Event.WANTED, Life.PLAYING, (), 3),
    (Life.PLAYING, Event.UNWANTED, Life.CLOSING, CLOSES, 3),
    (Life.PLAYING, Event.LEASED, Life.PLAYING, (), 3),
    (Life.PLAYING, Event.PROGRESS, Life.PLAYING, (), 3),
    (Life.PLAYING, Event.SILENCE, Life.STALLED, (), 3),
    (Life.PLAYING, Event.UNDECODED, Life.STALLED, (), 3),
    (Life.PLAYING, Event.CLOSED, Life.PLAYING, (), 3),
    (Life.PLAYING, Event.TICK, Life.PLAYING, (), 3),
    (Life.PLAYING, Event.HURRY, Life.PLAYING, (), 3),
    (Life.PLAYING, Event.ARRIVES, Life.PLAYING, (), 3),
    (Life.PLAYING, Event.MENDED, Life.PLAYING, (), 3),
    (Life.PLAYING, RESET, Life.BACKOFF, (), 3),
    (Life.STALLED, Event.WANTED, Life.STALLED, (), 3),
    (Life.STALLED, Event.UNWANTED, Life.CLOSING, CLOSES, 3),
    (Life.STALLED, Event.LEASED, Life.STALLED, (), 3),
    (Life.STALLED, Event.PROGRESS, Life.PLAYING, (), 3),
    (Life.STALLED, Event.SILENCE, Life.STALLED, (), 3),
    (Life.STALLED, Event.UNDECODED, Life.STALLED, (), 3),
    (Life.STALLED, Event.CLOSED, Life.STALLED, (), 3),
    (Life.STALLED, Event.TICK, Life.STALLED, (), 3),
    (Life.STALLED, Event.HURRY, Life.STALLED, (), 3),
    (Life.STALLED, Event.ARRIVES, Life.STALLED, (), 3),
    (Life.STALLED, Event.MENDED, Life.STALLED, (), 3),
    (Life.STALLED, RESET, Life.BACKOFF, (), 3),
    (Life.CLOSING, Event.WANTED, Life.CLOSING, (), 3),
    (Life.CLOSING, Event.UNWANTED, Life.CLOSING, (), 3),
    (Life.CLOSING, Event.LEASED, Life.CLOSING, (), 3),
    (Life.CLOSING, Event.PROGRESS, Life.CLOSING, (), 3),
    (Life.CLOSING, Event.SILENCE, Life.CLOSING, (), 3),
    (Life.CLOSING, Event.UNDECODED, Life.CLOSING, (), 3),
    (Life.CLOSING, Event.CLOSED, Life.IDLE, (), 3),
    (Life.CLOSING, Event.TICK, Life.CLOSING, (), 3),
    (Life.CLOSING, Event.HURRY, Life.CLOSING, (), 3),
    (Life.CLOSING, Event.ARRIVES, Life.CLOSING, (), 3),
    (Life.CLOSING, Event.MENDED, Life.CLOSING, (), 3),
    (Life.CLOSING, RESET, Life.IDLE, (), 3),
    (Life.BACKOFF, Event.WANTED, Life.BACKOFF, (), 3),
    (Life.BACKOFF, Event.UNWANTED, Life.IDLE, (), 3),
    (Life.BACKOFF, Event.LEASED, Life.BACKOFF, (), 3),
    (Life.BACKOFF, Event.PROGRESS, Life.BACKOFF, (), 3),
    (Life.BACKOFF, Event.SILENCE, Life.BACKOFF, (), 3),
    (Life.BACKOFF, Event.UNDECODED, Life.BACKOFF, (), 3),
    (Life.BACKOFF, Event.CLOSED, Life.BACKOFF, (), 3),
    (Life.BACKOFF, Event.TICK, Life.BACKOFF, (), 3),
    (Life.BACKOFF, Event.HURRY, Life.CONNECTING, ASKS, 4),
    (Life.BACKOFF, Event.ARRIVES, Life.BACKOFF, (), 3),
    (Life.BACKOFF, Event.MENDED, Life.CONNECTING, ASKS, 4),
    (Life.BACKOFF, RESET, Life.BACKOFF, (), 3),
]


def test_every_life_has_a_row_for_every_event() -> None:
    assert {row[:2] for row in TABLE} == set(product(Life, [*Event, RESET]))
    assert len(TABLE) == len(Life) * (len(Event) + 1)


@pytest.mark.parametrize(("life", "event", "life_after", "effects", "generation"), TABLE)
def test_each_event_in_each_life(
    life: Life, event: Event | Failed, life_after: Life, effects: tuple[Effect, ...], generation: int
) -> None:
    before = IN[life]
    after, carried_out = advance(before, event, NOW_S)
    assert (after.life, carried_out, after.generation) == (life_after, effects, generation)
    if life_after is not life:
        assert after.since_s == NOW_S
    elif not effects:
        assert replace(after, wanted=before.wanted) == before, "an event that means nothing changes nothing"
    assert after.wanted is (event is Event.WANTED or (before.wanted and event is not Event.UNWANTED))


@pytest.mark.parametrize("life", [life for life in Life if life is not Life.BACKOFF])
def test_only_a_waiting_stream_has_a_time_of_retry(life: Life) -> None:
    for event in (*Event, RESET):
        after, _ = advance(IN[life], event, NOW_S)
        assert (after.retry_at_s is not None) == (after.life is Life.BACKOFF)


@pytest.mark.parametrize(
    ("life", "limit_s", "life_after", "effects", "generation", "reason"),
    [
        (Life.CONNECTING, CONNECT_LIMIT_S, Life.CLOSING, (Effect.CLOSE,), 3, Reason.NO_PICTURES),
        (Life.STALLED, STALL_LIMIT_S, Life.CLOSING, (Effect.CLOSE,), 3, Reason.STALLED),
        (Life.CLOSING, CLOSE_LIMIT_S, Life.CLOSING, (Effect.KILL_HOST,), 3, None),
        (Life.BACKOFF, 60.0, Life.CONNECTING, (Effect.ASK_LEASE,), 4, Reason.RESET),
    ],
)
def test_a_limit_acts_when_it_has_passed_and_not_before(
    life: Life,
    limit_s: float,
    life_after: Life,
    effects: tuple[Effect, ...],
    generation: int,
    reason: Reason | None,
) -> None:
    early, nothing = advance(IN[life], Event.TICK, ENTERED_S + limit_s - 0.01)
    assert (early, nothing) == (IN[life], ())
    late, carried_out = advance(IN[life], Event.TICK, ENTERED_S + limit_s)
    assert (late.life, carried_out, late.generation) == (life_after, effects, generation)
    assert (late.failure.reason if late.failure else None) is reason


@pytest.mark.parametrize(
    ("silence_s", "limit_s"), [(0.0, CLOSE_LIMIT_S), (STALE_AFTER_S, CLOSE_LIMIT_S), (10.0, 10.0 + CLOSE_SPARE_S)]
)
def test_a_close_may_take_as_long_as_the_read_that_it_has_to_wait_for(silence_s: float, limit_s: float) -> None:
    closing = replace(IN[Life.CLOSING], silence_s=silence_s)
    assert advance(closing, Event.TICK, ENTERED_S + limit_s - 0.01) == (closing, ())
    assert advance(closing, Event.TICK, ENTERED_S + limit_s)[1] == (Effect.KILL_HOST,)


def test_a_host_that_ignores_a_close_is_killed_again_after_each_limit() -> None:
    stream, effects = advance(IN[Life.CLOSING], Event.TICK, ENTERED_S + CLOSE_LIMIT_S)
    assert effects == (Effect.KILL_HOST,)
    again_s = ENTERED_S + 2 * CLOSE_LIMIT_S
    assert advance(stream, Event.TICK, again_s - 0.01)[1] == ()
    assert advance(stream, Event.TICK, again_s)[1] == (Effect.KILL_HOST,)


def test_a_killed_host_ends_the_close_it_did_not_acknowledge() -> None:
    gone, _ = advance(IN[Life.CLOSING], Failed(Failure(Reason.HOST_LOST)), NOW_S)
    assert gone == StreamState(Life.IDLE, 3, NOW_S)


def test_a_stream_wanted_anew_while_closing_opens_again_when_closed() -> None:
    wanted, effects = advance(IN[Life.CLOSING], Event.WANTED, NOW_S)
    assert effects == ()
    again, effects = advance(wanted, Event.CLOSED, NOW_S + 1)
    assert (again.life, again.generation, effects) == (Life.CONNECTING, 4, (Effect.ASK_LEASE,))


def test_a_stream_given_up_waits_when_closed_and_counts_the_failure() -> None:
    given_up, _ = advance(IN[Life.CONNECTING], Event.TICK, ENTERED_S + CONNECT_LIMIT_S)
    waiting, effects = advance(given_up, Event.CLOSED, 111.0, draw=0.5)
    assert (waiting.life, waiting.attempt, effects) == (Life.BACKOFF, 1, ())
    assert waiting.failure == Failure(Reason.NO_PICTURES)
    assert waiting.retry_at_s == 111.0 + 0.5 * ABSENT.first_s


def test_a_stream_given_up_and_then_unwanted_comes_to_rest() -> None:
    given_up, _ = advance(IN[Life.STALLED], Event.TICK, ENTERED_S + STALL_LIMIT_S)
    unwanted, effects = advance(given_up, Event.UNWANTED, 107.0)
    assert (unwanted.life, effects) == (Life.CLOSING, ())
    assert advance(unwanted, Event.CLOSED, 108.0)[0] == StreamState(Life.IDLE, 3, 108.0)


def test_asking_for_the_camera_anew_forgets_how_often_it_failed() -> None:
    resting, _ = advance(replace(IN[Life.BACKOFF], attempt=7), Event.UNWANTED, NOW_S)
    assert resting == StreamState(Life.IDLE, 3, NOW_S)


def test_a_failure_is_shown_until_the_first_picture() -> None:
    reconnecting, _ = advance(IN[Life.BACKOFF], Event.TICK, 160.0)
    assert reconnecting.failure == Failure(Reason.RESET)
    leased, _ = advance(reconnecting, Event.LEASED, 160.1)
    assert leased.failure == Failure(Reason.RESET)
    assert advance(leased, Event.PROGRESS, 161.0)[0].failure is None


def test_the_connect_limit_counts_from_the_open_not_from_asking_for_the_lease() -> None:
    leased, _ = advance(IN[Life.CONNECTING], Event.LEASED, 109.0)
    assert advance(leased, Event.TICK, 108.9 + CONNECT_LIMIT_S)[0].life is Life.CONNECTING
    assert advance(leased, Event.TICK, 109.0 + CONNECT_LIMIT_S)[0].life is Life.CLOSING


@pytest.mark.parametrize(
    ("gop_s", "limit_s"), [(None, 14.0), (1.0, 14.0), (10.0, 14.0), (26.0, 30.0), (3600.0, LONGEST_CONNECT_S)]
)
def test_an_open_may_take_as_long_as_its_camera_takes_to_the_next_key_frame(
    gop_s: float | None, limit_s: float
) -> None:
    stream = IN[Life.CONNECTING]
    assert patience_s(stream, gop_s) == limit_s
    waiting = replace(stream, connect_limit_s=limit_s)
    assert advance(waiting, Event.TICK, ENTERED_S + limit_s - 0.01) == (waiting, ())
    assert advance(waiting, Event.TICK, ENTERED_S + limit_s)[0].life is Life.CLOSING


@pytest.mark.parametrize(
    ("reason", "attempt", "limit_s"),
    [
        (Reason.NO_PICTURES, 1, 28.0),
        (Reason.NO_PICTURES, 2, 56.0),
        (Reason.NO_PICTURES, 3, LONGEST_CONNECT_S),
        (Reason.NO_PICTURES, 10_000, LONGEST_CONNECT_S),
        (Reason.RESET, 3, 14.0),
    ],
)
def test_an_open_in_vain_makes_the_next_one_more_patient(reason: Reason, attempt: int, limit_s: float) -> None:
    again = replace(IN[Life.CONNECTING], failure=Failure(reason), attempt=attempt)
    assert patience_s(again, None) == limit_s


def fail(stream: StreamState, now_s: float, failure: Failure, draw: float = 0.0) -> StreamState:
    return advance(stream, Failed(failure), now_s, draw)[0]


@pytest.mark.parametrize("draw", [0.0, 0.5, 0.999])
@pytest.mark.parametrize("reason", [Reason.UNAUTHORIZED, Reason.LOGIN_UNHEARD, Reason.FORBIDDEN])
def test_a_refused_login_waits_at_least_five_minutes(reason: Reason, draw: float) -> None:
    refused = fail(IN[Life.CONNECTING], NOW_S, Failure(reason), draw)
    assert refused.retry_at_s is not None
    assert NOW_S + 300.0 <= refused.retry_at_s <= NOW_S + REFUSED_LOGIN.cap_s
    assert advance(refused, Event.TICK, NOW_S + 299.9)[0] == refused


def test_a_wait_of_which_a_part_is_over_is_what_is_left_of_it() -> None:
    held, _ = advance(IN[Life.CONNECTING], Failed(WRONG_PASSWORD.failure, wait_s=10.0), NOW_S, draw=0.9)
    assert (held.life, held.retry_at_s, held.failure) == (Life.BACKOFF, NOW_S + 10.0, WRONG_PASSWORD.failure)


def test_a_refused_login_is_waited_out_even_when_an_officer_calls_the_camera_up_anew() -> None:
    refused = fail(IN[Life.CONNECTING], NOW_S, WRONG_PASSWORD.failure)
    cleared, effects = advance(refused, Event.UNWANTED, 110.0)
    assert (cleared.life, effects) == (Life.IDLE, ())
    assert is_held(cleared, 400.9)
    called, effects = advance(cleared, Event.WANTED, 120.0)
    assert (called.life, called.retry_at_s, effects) == (Life.BACKOFF, NOW_S + 300.0, ())
    assert called.failure == WRONG_PASSWORD.failure
    again, effects = advance(called, Event.TICK, NOW_S + 300.0)
    assert (again.life, effects) == (Life.CONNECTING, (Effect.ASK_LEASE,))


def test_a_refused_login_called_up_after_its_wait_is_tried_at_once() -> None:
    refused = fail(IN[Life.CONNECTING], NOW_S, WRONG_PASSWORD.failure)
    cleared, _ = advance(refused, Event.UNWANTED, 110.0)
    assert not is_held(cleared, NOW_S + 300.0)
    again, effects = advance(cleared, Event.WANTED, NOW_S + 300.0)
    assert (again.life, effects) == (Life.CONNECTING, (Effect.ASK_LEASE,))


def test_a_login_refused_while_the_camera_is_cleared_away_is_held_too() -> None:
    clearing, _ = advance(IN[Life.CONNECTING], Event.UNWANTED, NOW_S)
    cleared = fail(clearing, 102.0, WRONG_PASSWORD.failure)
    assert cleared.life is Life.IDLE
    called, effects = advance(cleared, Event.WANTED, 103.0)
    assert (called.life, called.retry_at_s, effects) == (Life.BACKOFF, 402.0, ())


def test_a_login_refused_while_closing_a_stream_that_is_wanted_again_waits() -> None:
    clearing, _ = advance(IN[Life.CONNECTING], Event.UNWANTED, NOW_S)
    wanted, _ = advance(clearing, Event.WANTED, 101.5)
    refused, effects = advance(wanted, WRONG_PASSWORD, 102.0, draw=0.0)
    assert (refused.life, refused.retry_at_s, effects) == (Life.BACKOFF, 402.0, ())


def test_other_failures_are_not_held_when_the_camera_is_called_up_anew() -> None:
    for reason in set(Reason) - {Reason.UNAUTHORIZED, Reason.LOGIN_UNHEARD, Reason.FORBIDDEN}:
        failed = fail(IN[Life.CONNECTING], NOW_S, Failure(reason), draw=0.9)
        cleared, _ = advance(failed, Event.UNWANTED, 110.0)
        assert not is_held(cleared, 110.0), reason
        assert advance(cleared, Event.WANTED, 110.0)[1] == (Effect.ASK_LEASE,), reason


def play(stream: StreamState, start_s: float, seconds: float) -> tuple[StreamState, float]:
    """Retry as soon as allowed, get a first picture, play for so long; the stream and the time."""
    now_s = start_s
    if stream.retry_at_s is not None:
        now_s = stream.retry_at_s
        stream, _ = advance(stream, Event.TICK, now_s)
        stream, _ = advance(stream, Event.LEASED, now_s)
        stream, _ = advance(stream, Event.PROGRESS, now_s)
    assert stream.life is Life.PLAYING
    stream, _ = advance(stream, Event.PROGRESS, now_s + seconds)
    return stream, now_s + seconds


def test_a_flapping_camera_is_tried_less_and_less_often() -> None:
    stream, now_s = IN[Life.PLAYING], NOW_S
    waits_s = []
    for _ in range(9):
        stream, now_s = play(stream, now_s, seconds=STEADY_S - 0.1)
        stream = fail(stream, now_s, Failure(Reason.RESET), draw=1.0)
        assert stream.retry_at_s is not None
        waits_s.append(stream.retry_at_s - now_s)
    expected = [CUT.ceiling_s(attempt) for attempt in range(1, 10)]
    assert waits_s == pytest.approx(expected)
    assert waits_s[0] < waits_s[1] < waits_s[5] and waits_s[-1] == pytest.approx(CUT.cap_s)


def test_a_failure_after_steady_play_counts_as_a_first_one() -> None:
    stream = fail(replace(IN[Life.PLAYING], attempt=6), NOW_S, Failure(Reason.RESET))
    assert stream.attempt == 7
    stream, now_s = play(stream, NOW_S, seconds=STEADY_S)
    assert stream.attempt == 0
    assert fail(stream, now_s, Failure(Reason.RESET)).attempt == 1


def test_a_stall_that_mends_itself_restarts_the_time_of_steady_play() -> None:
    stream = replace(IN[Life.PLAYING], attempt=3)
    stalled, _ = advance(stream, Event.SILENCE, ENTERED_S + 6)
    assert stalled.failure == Failure(Reason.STALLED)
    mended, _ = advance(stalled, Event.PROGRESS, ENTERED_S + 8)
    assert (mended.life, mended.failure, mended.attempt) == (Life.PLAYING, None, 3)
    assert advance(mended, Event.PROGRESS, ENTERED_S + 17.9)[0].attempt == 3
    assert advance(mended, Event.PROGRESS, ENTERED_S + 18.0)[0].attempt == 0


def test_what_the_other_side_asks_to_wait_is_waited() -> None:
    busy = fail(IN[Life.CONNECTING], NOW_S, Failure(Reason.BUSY, retry_after_s=120.0))
    assert busy.retry_at_s == NOW_S + 120.0


def test_generations_only_rise_and_one_rises_with_each_connection() -> None:
    stream, now_s, seen = StreamState(wanted=True), 0.0, []
    stream, _ = advance(stream, Event.WANTED, now_s)
    for _ in range(5):
        seen.append(stream.generation)
        stream = fail(stream, now_s, Failure(Reason.ENDED))
        now_s += 60.0
        stream, _ = advance(stream, Event.TICK, now_s)
    assert seen == [1, 2, 3, 4, 5]


def test_a_stream_that_is_hurried_begins_its_waits_anew() -> None:
    waiting = replace(IN[Life.BACKOFF], attempt=6)
    for event in (Event.HURRY, Event.MENDED):
        after, _ = advance(waiting, event, NOW_S)
        assert (after.attempt, after.retry_at_s) == (0, None)


def test_an_attempt_that_hangs_in_a_broken_path_is_begun_anew() -> None:
    hanging = replace(IN[Life.CONNECTING], attempt=3, failure=Failure(Reason.NO_ANSWER))
    closing, effects = advance(hanging, Event.HURRY, NOW_S)
    assert (closing.life, effects, closing.attempt) == (Life.CLOSING, CLOSES, 0)
    assert advance(closing, Event.CLOSED, NOW_S)[0].life is Life.CONNECTING, "at once, without a wait"


def test_a_host_that_dies_while_a_broken_path_is_tried_costs_no_long_wait() -> None:
    hanging = replace(IN[Life.CONNECTING], attempt=7, failure=Failure(Reason.UNREACHABLE))
    lost = fail(hanging, NOW_S, Failure(Reason.HOST_LOST), draw=1.0)
    assert (lost.attempt, lost.retry_at_s) == (1, NOW_S + OURS.first_s)
    again, _ = advance(lost, Event.TICK, 102.0)
    assert fail(again, 103.0, Failure(Reason.HOST_LOST)).attempt == 2, (
        "a stream that its hosts die of waits longer"
    )


def test_a_stream_whose_hosts_die_of_its_pictures_waits_longer_each_time() -> None:
    flapping = replace(IN[Life.PLAYING], attempt=6)
    assert fail(flapping, NOW_S, Failure(Reason.HOST_LOST)).attempt == 7


def test_an_attempt_that_arrives_is_a_first_one() -> None:
    hanging = replace(IN[Life.CONNECTING], attempt=7, failure=Failure(Reason.NO_ANSWER))
    assert advance(hanging, Event.ARRIVES, NOW_S) == (replace(hanging, attempt=0), ())


def test_a_wrong_password_is_hurried_by_a_newer_one_only() -> None:
    waiting = replace(IN[Life.BACKOFF], failure=WRONG_PASSWORD.failure)
    assert advance(waiting, Event.HURRY, NOW_S) == (waiting, ())
    assert advance(waiting, Event.MENDED, NOW_S)[0].life is Life.CONNECTING


def test_a_newer_password_frees_a_camera_that_was_put_away() -> None:
    held = replace(IN[Life.BACKOFF], life=Life.IDLE, wanted=False, failure=WRONG_PASSWORD.failure)
    assert is_held(held, NOW_S)
    freed, effects = advance(held, Event.MENDED, NOW_S)
    assert (effects, freed.failure, is_held(freed, NOW_S)) == ((), None, False)


def test_a_stream_that_stands_says_whether_packets_come_and_fails_by_that() -> None:
    for event, reason in ((Event.SILENCE, Reason.STALLED), (Event.UNDECODED, Reason.UNDECODABLE)):
        stalled, _ = advance(IN[Life.PLAYING], event, NOW_S)
        assert stalled.failure == Failure(reason)
        given_up, effects = advance(stalled, Event.TICK, NOW_S + STALL_LIMIT_S)
        assert (given_up.life, given_up.failure, effects) == (Life.CLOSING, Failure(reason), CLOSES)
