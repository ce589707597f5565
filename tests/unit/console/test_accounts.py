"""The book of refusals: which login waits, for how long, and what frees it."""

from __future__ import annotations

import pytest

from app.console.accounts import Accounts
from app.core.login import Account, LoginTry
from app.core.model import CameraId

GUARD_S = 300.0
A = CameraId("A")


def own(version: int, name: str = "A", *, at_relay: bool = False) -> LoginTry:
    """A try of a camera's own login."""
    return LoginTry(Account(name), version, at_relay)


@pytest.mark.parametrize(
    ("asked_version", "after_s", "wait_s"),
    [
        (2, 0.0, GUARD_S),
        (2, 299.0, 1.0),
        (2, 300.0, 0.0),
        (1, 10.0, 290.0),  # older than the refused one: it will not be right either
        (3, 10.0, 0.0),
    ],
)
def test_a_refused_version_waits_out_its_five_minutes(asked_version: int, after_s: float, wait_s: float) -> None:
    accounts = Accounts()
    accounts.refused(own(2), 1000.0)
    assert accounts.wait_s(own(asked_version), 1000.0 + after_s) == wait_s


def test_other_cameras_are_free() -> None:
    accounts = Accounts()
    accounts.refused(own(1), 0.0)
    assert accounts.wait_s(own(1, "B"), 1.0) == 0.0
    assert not accounts.is_mended(CameraId("B"), 9)


def test_only_a_newer_version_mends() -> None:
    accounts = Accounts()
    assert not accounts.is_mended(A, 5)
    accounts.refused(own(2), 0.0)
    assert [accounts.is_mended(A, version) for version in (1, 2, 3)] == [False, False, True]


def test_a_late_refusal_of_an_old_version_does_not_free_the_newer_one() -> None:
    accounts = Accounts()
    accounts.refused(own(2), 0.0)
    accounts.refused(own(1), 1.0)
    assert accounts.wait_s(own(2), 2.0) > 0.0
    assert not accounts.is_mended(A, 2)


def test_whoever_is_let_in_with_another_version_frees_no_refused_one() -> None:
    accounts = Accounts()
    accounts.refused(own(2), 0.0)
    assert not accounts.accepted(own(1))
    assert accounts.wait_s(own(2), 1.0) > 0.0


def test_what_a_relay_says_of_the_cameras_own_login_counts_for_the_camera_as_far_as_that_has_not_spoken() -> None:
    accounts = Accounts()
    accounts.refused(own(1, at_relay=True), 0.0)
    assert accounts.wait_s(own(1), 1.0) > 0.0, "it may have asked the camera"
    assert accounts.accepted(own(1, at_relay=True)) and accounts.wait_s(own(1), 1.0) == 0.0
    accounts.refused(own(1), 10.0)
    accounts.refused(own(1, at_relay=True), 11.0)
    accounts.accepted(own(1, at_relay=True))
    assert accounts.wait_s(own(1), 12.0) > 0.0, "the camera has refused it itself"
    assert accounts.wait_s(own(1, at_relay=True), 12.0) == 0.0, "and the relay lets it in nevertheless"


def test_a_relay_that_has_refused_the_cameras_login_is_not_asked_again_because_the_camera_takes_it() -> None:
    accounts = Accounts()
    accounts.refused(own(1, at_relay=True), 0.0)
    assert accounts.accepted(own(1)) and accounts.wait_s(own(1), 1.0) == 0.0
    assert accounts.wait_s(own(1, at_relay=True), 1.0) > 0.0
