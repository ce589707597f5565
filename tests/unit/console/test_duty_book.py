"""Who is on duty: signing in, locking, handing over, ends; what the journal is told; what an officer may keep."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.console.duty_book import DutyBook, DutyState
from app.console.purpose_book import PurposeBook
from app.core.duty import (
    Barrier,
    HandoverItem,
    Officer,
    Role,
    ShiftEnd,
    ShiftOver,
    ShiftStarted,
    SignInRefused,
    SignInRule,
    Standing,
    Unlocked,
)
from app.core.journal import Kind
from app.core.model import CameraId
from app.core.purpose import Purpose, PurposeKind
from app.core.redact import Secret
from app.core.sentence import Sentence
from tests.fakes.fake_duty import FakeDutyPort
from tests.fakes.fake_journal import FakeJournal

SARI = Officer("id-sari", "86040317", "Sari", Role.OFFICER)
DIMAS = Officer("id-dimas", "91110562", "Dimas", Role.OFFICER)
PIN = Secret("204817")
SHIFT_S = 1000.0
IDLE_S = 60.0
ITEM = HandoverItem("1.2", "cam", "lost", 30.0)


class Desk:
    """A book with its port and journal."""

    def __init__(self, rule: SignInRule = SignInRule.REQUIRED) -> None:
        self.port, self.journal = FakeDutyPort(), FakeJournal()
        self.purposes = PurposeBook(self.journal)
        self.book = DutyBook(rule, self.port, self.journal, self.purposes, IDLE_S)

    @property
    def state(self) -> DutyState:
        return self.book.state

    def begin(self, officer: Officer = SARI, now_s: float = 10.0, **more: bool) -> None:
        self.book.take_in(ShiftStarted(officer, SHIFT_S, **more), now_s)

    def kinds(self) -> list[Kind]:
        return [event.kind for event in self.journal.events]

    def details(self, kind: Kind) -> list[dict[str, object]]:
        return [dict(event.detail) for event in self.journal.events if event.kind is kind]


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_a_post_that_requires_it_begins_closed_and_another_one_open() -> None:
    assert Desk().state.standing is Standing.CLOSED
    assert Desk(SignInRule.OPTIONAL).state.standing is Standing.OPEN
    assert DutyBook(SignInRule.REQUIRED, None, FakeJournal(), None).state.standing is Standing.OPEN


def test_an_officer_signs_in_with_the_number_as_typed_without_its_spaces(desk: Desk) -> None:
    desk.book.sign_in(" 86040317 ", PIN)
    assert desk.port.asked == [("sign-in", "86040317", PIN)]
    assert desk.state.is_asking
    desk.begin()
    assert (desk.state.standing, desk.state.officer, desk.state.is_asking) == (Standing.ON_DUTY, SARI, False)
    assert desk.journal.officers == ["id-sari"]
    assert desk.details(Kind.SHIFT_STARTED) == [{"role": "officer", "offline": False, "handover": False}]


@pytest.mark.parametrize(("number", "pin"), [("123", "204817"), ("86040317", "12")])
def test_what_has_the_wrong_form_is_said_and_nobody_is_asked(desk: Desk, number: str, pin: str) -> None:
    desk.book.sign_in(number, Secret(pin))
    assert desk.port.asked == []
    assert desk.state.problem is not None
    desk.book.begin_anew()
    assert desk.state.problem is None


def test_a_second_try_waits_for_the_answer_to_the_first(desk: Desk) -> None:
    desk.book.sign_in("86040317", PIN)
    desk.book.sign_in("91110562", PIN)
    assert len(desk.port.asked) == 1


def test_a_refusal_is_said_and_journaled_without_the_number(desk: Desk) -> None:
    desk.book.sign_in("86040317", PIN)
    desk.book.take_in(SignInRefused(Sentence("No."), "sign-in-refused", 5.0), 1.0)
    assert (str(desk.state.problem), desk.state.is_asking, desk.state.standing) == ("No.", False, Standing.CLOSED)
    assert desk.details(Kind.SIGN_IN_REFUSED) == [{"reason": "sign-in-refused"}]


def test_controls_that_nobody_touches_are_locked_and_the_pin_brings_them_back(desk: Desk) -> None:
    desk.begin(now_s=10.0)
    desk.book.check(10.0 + IDLE_S - 1)
    assert desk.state.standing is Standing.ON_DUTY
    desk.book.active(10.0 + IDLE_S - 1)
    desk.book.check(10.0 + IDLE_S + 1)
    assert desk.state.standing is Standing.ON_DUTY
    desk.book.check(10.0 + 2 * IDLE_S)
    assert desk.state.standing is Standing.LOCKED
    assert desk.state.officer is SARI
    assert desk.book.barrier("layout 4") is Barrier.UNLOCK
    assert desk.details(Kind.LOCKED) == [{"how": "idle"}]
    desk.book.unlock(PIN)
    assert desk.port.asked == [("unlock", SARI, PIN)]
    desk.book.take_in(Unlocked(), 300.0)
    assert desk.state.standing is Standing.ON_DUTY
    desk.book.check(301.0)
    assert desk.state.standing is Standing.ON_DUTY


def test_an_idle_time_of_zero_locks_nobody_out() -> None:
    desk = Desk()
    desk.book.idle_s = 0.0
    desk.begin(now_s=0.0)
    desk.book.check(SHIFT_S - 1)
    assert desk.state.standing is Standing.ON_DUTY


def test_an_officer_locks_by_key(desk: Desk) -> None:
    desk.book.lock()
    assert desk.state.standing is Standing.CLOSED
    desk.begin()
    desk.book.lock()
    assert desk.details(Kind.LOCKED) == [{"how": "key"}]


def test_a_shift_ends_when_its_time_is_up_and_is_told_before(desk: Desk) -> None:
    desk.begin(now_s=0.0)
    desk.book.idle_s = 0.0
    assert not desk.book.ends_soon(SHIFT_S - 901)
    assert desk.book.ends_soon(SHIFT_S - 899)
    desk.book.check(SHIFT_S)
    assert (desk.state.standing, desk.state.over, desk.state.officer) == (Standing.CLOSED, ShiftEnd.OVER, None)
    assert desk.details(Kind.SHIFT_ENDED) == [{"reason": "over"}]
    assert desk.journal.officers == ["id-sari", ""]
    assert not desk.book.ends_soon(SHIFT_S)


def test_signing_off_ends_the_shift_at_once_and_tells_the_registry(desk: Desk) -> None:
    desk.book.sign_off()
    assert desk.port.asked == []
    desk.begin()
    desk.book.sign_off()
    assert desk.port.asked == [("sign-off",)]
    assert (desk.state.standing, desk.state.over) == (Standing.CLOSED, None)


@pytest.mark.parametrize("reason", [ShiftEnd.ELSEWHERE, ShiftEnd.LOCKED, ShiftEnd.WRONG_PINS, ShiftEnd.UNKNOWN])
def test_the_registry_may_end_a_shift_and_it_is_said_why(desk: Desk, reason: ShiftEnd) -> None:
    desk.begin()
    desk.book.take_in(ShiftOver(reason), 20.0)
    assert (desk.state.standing, desk.state.over) == (Standing.CLOSED, reason)


def test_a_shift_that_is_over_is_not_ended_twice(desk: Desk) -> None:
    desk.begin()
    desk.book.sign_off()
    desk.book.take_in(ShiftOver(ShiftEnd.SIGNED_OFF), 20.0)
    assert desk.kinds().count(Kind.SHIFT_ENDED) == 1


def test_the_next_officer_takes_over_with_the_list(desk: Desk) -> None:
    desk.begin()
    desk.book.hand_over("91110562", PIN, "Semua tenang", [ITEM])
    assert desk.port.asked == [("hand-over", "91110562", PIN, "Semua tenang", (ITEM,))]
    desk.begin(DIMAS, 20.0, is_handover=True)
    assert desk.state.officer is DIMAS
    assert desk.details(Kind.SHIFT_ENDED) == [{"reason": "handed-over"}]
    assert desk.details(Kind.SHIFT_STARTED)[-1]["handover"] is True
    assert desk.journal.officers == ["id-sari", "id-dimas"]


def test_a_wall_is_not_handed_over_to_oneself(desk: Desk) -> None:
    desk.begin()
    desk.book.hand_over("86040317", PIN, "", [])
    assert desk.port.asked == []
    assert str(desk.state.problem) == "A wall is handed over to another officer."


def test_what_an_officer_may_look_at_ends_with_the_shift(desk: Desk) -> None:
    camera = CameraId("cam")
    desk.begin()
    desk.purposes.give(camera, Purpose(PurposeKind.INCIDENT), 11.0)
    desk.begin(DIMAS, 20.0)
    assert desk.purposes.grant(camera, 20.0) is None
    assert desk.details(Kind.SHIFT_ENDED) == [{"reason": "replaced"}]
    desk.purposes.give(camera, Purpose(PurposeKind.INCIDENT), 21.0)
    desk.book.sign_off()
    assert desk.purposes.grant(camera, 22.0) is None


def test_an_officer_whom_the_registry_confirms_later_keeps_what_they_may_look_at(desk: Desk) -> None:
    camera = CameraId("cam")
    desk.begin(is_offline=True)
    assert desk.state.is_offline
    desk.purposes.give(camera, Purpose(PurposeKind.INCIDENT), 11.0)
    desk.begin(now_s=20.0)
    assert not desk.state.is_offline
    assert desk.purposes.grant(camera, 20.0) is not None
    assert Kind.SHIFT_ENDED not in desk.kinds()


def test_while_nobody_can_be_verified_public_cameras_may_be_looked_at(desk: Desk) -> None:
    desk.book.view_only()
    assert desk.state.standing is Standing.CLOSED
    desk.book.sign_in("86040317", PIN)
    desk.book.take_in(SignInRefused(Sentence("Nobody is there."), "unknown-here", cannot_ask=True), 1.0)
    desk.book.check(5.0)
    desk.book.view_only()
    assert desk.state.standing is Standing.VIEW_ONLY
    assert desk.book.barrier("layout 4") is None
    assert desk.book.barrier("purpose") is Barrier.OFFICER
    assert desk.details(Kind.UNLOCKED) == [{"how": "view-only"}]
    desk.book.check(5.0 + IDLE_S)
    assert desk.state.standing is Standing.CLOSED


@pytest.mark.parametrize("end", [ShiftEnd.OVER, ShiftEnd.REPLACED])
def test_an_unlock_that_is_answered_after_the_shift_is_over_opens_nothing(desk: Desk, end: ShiftEnd) -> None:
    desk.begin()
    desk.book.lock()
    desk.book.unlock(PIN)
    desk.book.take_in(ShiftOver(end), 20.0)
    desk.book.take_in(Unlocked(), 21.0)
    assert (desk.state.standing, desk.state.officer) == (Standing.CLOSED, None)
    assert Kind.UNLOCKED not in desk.kinds()


def test_an_unlock_that_is_answered_to_the_next_officer_changes_nothing(desk: Desk) -> None:
    desk.begin()
    desk.book.lock()
    desk.book.unlock(PIN)
    desk.begin(DIMAS, now_s=20.0)
    before = desk.state
    desk.book.take_in(Unlocked(), 21.0)
    assert desk.state == before and Kind.UNLOCKED not in desk.kinds()


# ---- a PC that slept


def test_controls_that_were_left_by_a_sleeping_pc_are_locked(desk: Desk) -> None:
    """The monotonic clock of a Linux PC stands still meanwhile."""
    desk.begin(now_s=10.0)
    desk.book.slept(IDLE_S - 5.0)
    desk.book.check(14.0)
    assert desk.state.standing is Standing.ON_DUTY
    desk.book.check(15.0)
    assert desk.state.standing is Standing.LOCKED and desk.details(Kind.LOCKED) == [{"how": "idle"}]


def test_a_shift_ends_when_its_time_is_up_though_the_pc_slept(desk: Desk) -> None:
    desk.begin(now_s=10.0)
    desk.book.slept(SHIFT_S - 20.0)
    desk.book.check(29.0)
    assert desk.state.officer is SARI
    desk.book.check(30.0)
    assert desk.state.officer is None and desk.state.over is ShiftEnd.OVER


def test_nothing_changes_where_nothing_slept(desk: Desk) -> None:
    desk.begin(now_s=10.0)
    before = desk.state
    desk.book.slept(0.0)
    assert desk.state is before
    empty = Desk(SignInRule.OPTIONAL)
    empty.book.slept(100.0)
    assert (empty.state.standing, empty.state.until_s) == (Standing.OPEN, None)


# ---- what is for IT


@pytest.mark.parametrize(("role", "is_it"), [(Role.IT, True), (Role.CHIEF, False), (Role.OFFICER, False)])
def test_whoever_is_on_duty_speaks_for_it_by_their_role(desk: Desk, role: Role, is_it: bool) -> None:
    assert not desk.book.is_it, "somebody can sign in, and has not"
    desk.begin(replace(SARI, role=role))
    assert desk.book.is_it == is_it
    desk.book.lock()
    assert not desk.book.is_it, "nobody is there"


def test_where_nobody_can_sign_in_whoever_is_there_speaks_for_it() -> None:
    assert DutyBook(SignInRule.OPTIONAL, None, FakeJournal(), None).is_it
