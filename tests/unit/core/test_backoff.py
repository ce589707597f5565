"""How long is waited before a camera is tried again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.backoff import ABSENT, CUT, HOPELESS, OURS, REFUSED_LOGIN, RETRY, RetryClass, retry_delay_s
from app.core.failure import Failure, Reason

draws = st.floats(0.0, 1.0, exclude_max=True)
attempts = st.integers(1, 10_000)
reasons = st.sampled_from(Reason)


CLASSES = [
    (CUT, {Reason.STALLED, Reason.ENDED, Reason.RESET}),
    (REFUSED_LOGIN, {Reason.UNAUTHORIZED, Reason.LOGIN_UNHEARD, Reason.FORBIDDEN}),
    (HOPELESS, {Reason.NOT_FOUND, Reason.UNSUPPORTED, Reason.TLS, Reason.BAD_ADDRESS}),
    (HOPELESS, {Reason.WITHDRAWN, Reason.NO_PROFILE, Reason.LEASE_REFUSED, Reason.OVER_BUDGET}),
    (HOPELESS, {Reason.PURPOSE_NEEDED, Reason.PURPOSE_EXPIRED, Reason.MASKS_UNREADABLE}),
    (ABSENT, {Reason.REFUSED, Reason.UNREACHABLE, Reason.NAME_UNKNOWN, Reason.NO_ANSWER, Reason.BUSY}),
    (ABSENT, {Reason.PROTOCOL, Reason.NO_PICTURES, Reason.UNDECODABLE}),
    (ABSENT, {Reason.INTERNAL, Reason.NO_HOST, Reason.LEASE_UNAVAILABLE}),
    (OURS, {Reason.HOST_LOST}),
]


@pytest.mark.parametrize(("retry", "reasons"), CLASSES)
def test_the_class_of_each_reason(retry: RetryClass, reasons: set[Reason]) -> None:
    assert {reason: RETRY[reason] for reason in reasons} == dict.fromkeys(reasons, retry)


def test_every_reason_has_a_class_and_a_row() -> None:
    assert set(RETRY) == set(Reason) == set().union(*(reasons for _, reasons in CLASSES))


def test_only_a_refused_login_guards_the_account() -> None:
    guarding = {reason for reason in Reason if RETRY[reason].guards_account}
    assert guarding == {Reason.UNAUTHORIZED, Reason.LOGIN_UNHEARD, Reason.FORBIDDEN}


@pytest.mark.parametrize(
    ("retry", "ceilings_s"),
    [
        (CUT, [0.5, 1, 2, 4, 8, 16, 30, 30]),
        (ABSENT, [1, 2, 4, 8, 16, 30, 30, 30]),
        (REFUSED_LOGIN, [300, 600, 900, 900, 900, 900, 900, 900]),
        (HOPELESS, [60, 120, 240, 480, 600, 600, 600, 600]),
        (OURS, [0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 10, 10]),
    ],
)
def test_the_ceiling_doubles_up_to_the_cap(retry: RetryClass, ceilings_s: list[float]) -> None:
    assert [retry.ceiling_s(attempt) for attempt in range(1, 9)] == pytest.approx(ceilings_s)


def test_the_jitter_is_full() -> None:
    """From nothing (or the class's floor) to the ceiling: cameras that failed together come back apart."""
    assert retry_delay_s(Failure(Reason.RESET), 4, draw=0.0) == 0.0
    assert retry_delay_s(Failure(Reason.RESET), 4, draw=0.5) == 2.0
    assert retry_delay_s(Failure(Reason.RESET), 4, draw=1.0) == 4.0
    assert retry_delay_s(Failure(Reason.UNAUTHORIZED), 2, draw=0.5) == 450.0


@given(reasons, attempts, draws)
def test_a_wait_lies_between_floor_and_cap(reason: Reason, attempt: int, draw: float) -> None:
    retry = RETRY[reason]
    delay_s = retry_delay_s(Failure(reason), attempt, draw)
    assert retry.floor_s <= delay_s <= retry.ceiling_s(attempt) <= retry.cap_s


@given(reasons, attempts)
def test_the_ceiling_never_falls(reason: Reason, attempt: int) -> None:
    assert RETRY[reason].ceiling_s(attempt) <= RETRY[reason].ceiling_s(attempt + 1)


@given(reasons, attempts, draws, st.floats(0.0, 86_400.0))
def test_jitter_comes_on_top_of_what_the_other_side_asked(
    reason: Reason, attempt: int, draw: float, retry_after_s: float
) -> None:
    asked_s = retry_delay_s(Failure(reason, retry_after_s=retry_after_s), attempt, draw)
    assert asked_s == retry_after_s + retry_delay_s(Failure(reason), attempt, draw)
