"""Purposes for private cameras: given, ended, and written down each time."""

from __future__ import annotations

import math

import pytest

from app.console.purpose_book import PurposeBook
from app.core.failure import Reason
from app.core.journal import Event, Kind
from app.core.model import CameraId, PrivacyClass
from app.core.purpose import GRANT_S, Purpose, PurposeKind
from tests.fakes.fake_journal import FakeJournal
from tests.unit.console.console_bench import camera

A, B = CameraId("A"), CameraId("B")
PRIVATE = camera("A", privacy=PrivacyClass.PRIVATE_OFFICE)
INCIDENT = Purpose(PurposeKind.INCIDENT)


@pytest.fixture
def journal() -> FakeJournal:
    return FakeJournal()


@pytest.fixture
def book(journal: FakeJournal) -> PurposeBook:
    return PurposeBook(journal)


def told(journal: FakeJournal) -> list[tuple[str, str]]:
    """What the journal was told: the camera, and that a purpose was given or how it ended."""
    return [(event.camera, str(event.detail.get("how", "given"))) for event in journal.events]


def test_a_public_camera_needs_none(book: PurposeBook) -> None:
    assert book.withheld(camera("A", privacy=PrivacyClass.PUBLIC_STREET), 0.0) is None


@pytest.mark.parametrize("privacy", [PrivacyClass.PRIVATE_OFFICE, PrivacyClass.UNKNOWN])
def test_a_private_camera_is_seen_for_a_quarter_of_an_hour(book: PurposeBook, privacy: PrivacyClass) -> None:
    private = camera("A", privacy=privacy)
    assert book.withheld(private, 10.0) is Reason.PURPOSE_NEEDED
    grant = book.give(A, INCIDENT, 10.0)
    assert grant.until_s == 10.0 + GRANT_S == 910.0
    assert book.withheld(private, 909.9) is None
    assert book.withheld(private, 910.0) is Reason.PURPOSE_EXPIRED
    assert book.grant(A, 910.0) is None


def test_a_purpose_is_for_its_camera_alone(book: PurposeBook) -> None:
    book.give(B, INCIDENT, 0.0)
    assert book.withheld(PRIVATE, 1.0) is Reason.PURPOSE_NEEDED


def test_each_grant_and_each_end_is_written_down_once(book: PurposeBook, journal: FakeJournal) -> None:
    book.give(A, INCIDENT, 0.0)
    book.give(B, INCIDENT, 60.0)
    for now_s in (899.0, 900.0, 905.0, 1000.0):
        book.check(now_s)
    assert told(journal) == [
        (A, "given"),
        (B, "given"),
        (A, "expired"),
        (B, "expired"),
    ]


def test_a_purpose_given_again_begins_anew(book: PurposeBook, journal: FakeJournal) -> None:
    book.give(A, INCIDENT, 0.0)
    book.give(A, Purpose(PurposeKind.OTHER, "a lost child"), 1000.0)
    assert book.withheld(PRIVATE, 1500.0) is None
    book.check(2000.0)
    assert [how for _, how in told(journal)] == ["given", "expired", "given", "expired"]
    assert journal.events[2] == Event(Kind.PURPOSE_GIVEN, {"purpose": "other", "purpose_text": "a lost child"}, A)


def test_the_next_end_is_known(book: PurposeBook) -> None:
    assert book.next_end_s(0.0) == math.inf
    book.give(A, INCIDENT, 0.0)
    book.give(B, INCIDENT, 60.0)
    assert [book.next_end_s(now_s) for now_s in (100.0, 900.0, 960.0)] == [900.0, 960.0, math.inf]


def test_what_is_withdrawn_is_over_and_asked_for_anew(book: PurposeBook, journal: FakeJournal) -> None:
    book.give(A, INCIDENT, 0.0)
    for _ in range(2):
        book.withdraw(A, 5.0)
    assert book.withheld(PRIVATE, 5.0) is Reason.PURPOSE_NEEDED
    assert told(journal)[1:] == [(A, "withdrawn")]


def test_the_next_officer_inherits_no_purpose(book: PurposeBook, journal: FakeJournal) -> None:
    book.give(A, INCIDENT, 0.0)
    book.give(B, INCIDENT, 500.0)
    book.withdraw_all(1000.0)
    assert book.withheld(PRIVATE, 1000.0) is Reason.PURPOSE_NEEDED
    assert told(journal)[2:] == [(A, "expired"), (B, "withdrawn")]


def test_a_purpose_does_not_outlast_its_time_while_the_pc_sleeps(book: PurposeBook, journal: FakeJournal) -> None:
    book.give(A, INCIDENT, 0.0)
    book.slept(GRANT_S - 60.0)
    assert book.next_end_s(1.0) == 60.0
    book.check(60.0)
    assert told(journal) == [("A", "given"), ("A", "expired")]
