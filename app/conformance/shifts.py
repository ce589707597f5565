"""The group `shifts`: an officer signs in, hands over and signs off.

The officer's PIN is got wrong on purpose, once; what more wrong PINs cost is tried with a number that nobody has.
Whoever is signed in here is signed off at the end of the visit, whatever happened in between.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.conformance.guest import OfficerPin, nobodys_number
from app.conformance.heartbeats import BEAT
from app.conformance.heartbeats import PATH as HEARTBEAT_PATH
from app.conformance.verdict import Check, SkippedError, UnmetError
from app.conformance.visit import Fact, Visit, require, require_no_store
from app.conformance.wire import Answer
from app.core.redact import Secret

_SHIFTS = "/v1/shifts"
_SHIFT = "/v1/shifts/{shift_id}"
_HANDOVER = "/v1/shifts/{shift_id}:handover"
_HANDOVERS = "/v1/handovers"
_FREE_TRIES = 3
"""So many wrong PINs in a row cost no wait (contract, `startShift`)."""
_NOBODYS_PIN = Secret("000000")
_NOTE = "pantau registry check"
_ALIKE = ("status", "code", "title", "detail", "retryable")


@dataclass(frozen=True, slots=True)
class _Shift:
    """A shift that was begun."""

    id: str
    token: Secret
    answer: Answer


class ShiftChecks:
    """Makes the checks of one visit."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._nobody = nobodys_number()
        self._unknown: Fact[Answer] = Fact(
            "shifts.unknown-number", lambda: self._sign_in(OfficerPin(self._nobody, _NOBODYS_PIN))
        )
        self._wrong: Fact[Answer] = Fact(
            "shifts.wrong-pin", lambda: self._sign_in(_with_wrong_pin(self._officer()))
        )
        self._first: Fact[_Shift] = Fact("shifts.sign-in", self._begin)
        self._second: Fact[_Shift] = Fact("shifts.replaced", self._begin)
        self._last: Fact[_Shift] = Fact("shifts.handover", self._hand_over)

    def checks(self) -> tuple[Check, ...]:
        """In the order in which they are made: shifts follow on each other."""
        return (
            Check("shifts.pin-form", "A PIN that is not six digits is refused by its form.", self.pin_form),
            Check("shifts.unknown-number", "A number that nobody has is refused: 401.", self.unknown_number),
            Check("shifts.wrong-pin", "A wrong PIN is refused: 401 sign-in-refused.", self.wrong_pin),
            Check(
                "shifts.refusals-alike",
                "A number that nobody has and a wrong PIN have one answer.",
                self.refusals_alike,
            ),
            Check("shifts.slowed", "After three wrong PINs in a row each costs a wait: 429.", self.slowed),
            Check("shifts.sign-in", "An officer's number and PIN begin a shift.", self.sign_in),
            Check("shifts.no-store", "A shift's token is kept by nobody on the way.", self.no_store),
            Check("shifts.token", "A shift's token is good at its post.", self.token),
            Check("shifts.viewings", "To those who do not answer for a camera there is none.", self.viewings),
            Check("shifts.other-post", "To those who do not answer for a post there is none.", self.other_post),
            Check("shifts.replaced", "A new shift ends the post's older one, which is told why.", self.replaced),
            *self._handover_checks(),
            Check("shifts.sign-off", "A shift is ended with the post's token alone: 204.", self.sign_off),
            Check("shifts.ended", "A shift that is over is 409 shift-ended with its reason.", self.ended),
            Check("shifts.unknown", "A shift that the post never had is 404 shift-unknown.", self.unknown),
        )

    def _handover_checks(self) -> tuple[Check, ...]:
        return (
            Check(
                "shifts.handover-unknown",
                "A shift that the post never had is not handed over: 404 shift-unknown.",
                self.handover_unknown,
            ),
            Check("shifts.handover", "The next officer takes over with their own PIN.", self.handover),
            Check("shifts.handed-over", "The shift that was handed over is told so.", self.handed_over),
            Check(
                "shifts.handovers", "A handover is kept with both officers, its note and its list.", self.handovers
            ),
        )

    # ---- who is refused

    def pin_form(self) -> None:
        """Five digits, of a number that nobody has: such a try is not counted."""
        pin = Secret(_NOBODYS_PIN.reveal()[1:])
        self._visit.refused(self._sign_in(OfficerPin(self._nobody, pin)), 400, "invalid-request")

    def unknown_number(self) -> None:
        """The first try of that number."""
        self._is_refused(self._unknown.get())

    def wrong_pin(self) -> None:
        """The one wrong PIN of an officer."""
        self._is_refused(self._wrong.get())

    def refusals_alike(self) -> None:
        """By their problems."""
        unknown, wrong = self._unknown.need(), self._wrong.need()
        for member in _ALIKE:
            is_same = _problem(unknown).get(member) == _problem(wrong).get(member)
            require(is_same, "one answer for both", "answers that differ", wrong, member)

    def slowed(self) -> None:
        """The tries that cost nothing, and one more."""
        self._unknown.need()
        for _ in range(_FREE_TRIES):
            answer = self._sign_in(OfficerPin(self._nobody, _NOBODYS_PIN))
        problem = self._visit.refused(answer, 429, "too-many-requests")
        header, asked_s = answer.headers.get("retry-after", ""), problem.get("retry_after_s", 0)
        is_told = header.isascii() and header.isdigit() and 0 <= int(header) - asked_s < 1
        require(is_told and int(header) > 0, "Retry-After: retry_after_s rounded up", "another or none", answer)

    def _is_refused(self, answer: Answer) -> None:
        self._visit.refused(answer, 401, "sign-in-refused")
        named = answer.headers.get("www-authenticate", "")
        require(named == "Pantau-Shift", "WWW-Authenticate: Pantau-Shift", "another or none", answer)

    # ---- who works

    def sign_in(self) -> None:
        """The form of the answer, and whose shift it is."""
        answer = self._first.get().answer
        told = self._visit.expect(answer, 201)
        is_theirs = told["officer"]["service_number"] == self._officer().service_number
        require(is_theirs, "the officer who signed in", "another", answer, "officer.service_number")

    def no_store(self) -> None:
        """Of the answer with the token."""
        require_no_store(self._first.need().answer)

    def token(self) -> None:
        """A heartbeat in the officer's name."""
        self._visit.expect(self._beat(self._first.need()), 204)

    def viewings(self) -> None:
        """A camera that is not there: nobody answers for it, whatever their role."""
        fill, shift = {"camera_id": str(uuid.uuid4())}, self._first.need().token
        answer = self._visit.ask("GET", "/v1/cameras/{camera_id}/viewings", fill=fill, shift=shift)
        self._visit.refused(answer, 404, "camera-unknown")

    def other_post(self) -> None:
        """A post that is not there."""
        query, shift = {"post_id": f"post_{uuid.uuid4().hex}"}, self._first.need().token
        answer = self._visit.ask("GET", "/v1/audit-events", query=query, shift=shift)
        self._visit.refused(answer, 404, "post-unknown")

    def replaced(self) -> None:
        """The same officer signs in once more; the older shift learns it by a heartbeat."""
        first = self._first.need()
        self._second.get()
        self._has_ended(self._beat(first), "replaced")

    # ---- who takes over

    def handover_unknown(self) -> None:
        """A shift that never was, with a PIN that is right."""
        answer = self._ask_handover(str(uuid.uuid4()), self._officer())
        self._visit.refused(answer, 404, "shift-unknown")

    def handover(self) -> None:
        """The form of the answer, and whose shift it is."""
        answer = self._last.get().answer
        told = self._visit.expect(answer, 201)
        is_theirs = told["officer"]["service_number"] == self._next_officer().service_number
        require(is_theirs, "the officer who takes over", "another", answer, "officer.service_number")

    def handed_over(self) -> None:
        """The older shift learns it by a heartbeat."""
        self._last.need()
        self._has_ended(self._beat(self._second.need()), "handed-over")

    def handovers(self) -> None:
        """The newest one of the post's."""
        told = _problem(self._last.need().answer)
        answer = self._visit.ask("GET", _HANDOVERS, query={"limit": 1})
        kept = self._visit.expect(answer, 200)["handovers"]
        require(len(kept) == 1, "one handover", f"{len(kept)}", answer, "handovers")
        wanted = {
            "handover_id": told.get("handover_id"),
            "from_shift_id": self._second.need().id,
            "to_shift_id": told.get("shift_id"),
            "note": _NOTE,
        }
        for name, value in wanted.items():
            require(kept[0][name] == value, "what was handed over", "another", answer, f"handovers[0].{name}")

    # ---- who leaves

    def sign_off(self) -> None:
        """Whoever works now."""
        self._visit.expect(self._end(self._working()), 204)

    def ended(self) -> None:
        """The same one again."""
        shift = self._working()
        self._has_ended(self._end(shift), "signed-off")
        self._has_ended(self._beat(shift), "signed-off")

    def unknown(self) -> None:
        """A shift that never was."""
        answer = self._visit.ask("DELETE", _SHIFT, fill={"shift_id": str(uuid.uuid4())})
        self._visit.refused(answer, 404, "shift-unknown")

    def _working(self) -> _Shift:
        """The shift that is open: after a handover the next officer's."""
        return (self._last if self._visit.guest.next_officer else self._second).need()

    def _has_ended(self, answer: Answer, reason: str) -> None:
        problem = self._visit.refused(answer, 409, "shift-ended")
        require(problem.get("reason") == reason, f"reason {reason}", "another or none", answer, "reason")

    # ---- asking

    def _officer(self) -> OfficerPin:
        if self._visit.guest.officer is None:
            raise SkippedError("no officer was given (--officer)")
        return self._visit.guest.officer

    def _next_officer(self) -> OfficerPin:
        if self._visit.guest.next_officer is None:
            raise SkippedError("no officer was given to take over (--next-officer)")
        return self._visit.guest.next_officer

    def _begin(self) -> _Shift:
        return self._begun(self._sign_in(self._officer()))

    def _hand_over(self) -> _Shift:
        return self._begun(self._ask_handover(self._second.need().id, self._next_officer()))

    def _begun(self, answer: Answer) -> _Shift:
        told = answer.json if answer.status == 201 else None
        shift_id, token = (told.get(name) if isinstance(told, dict) else None for name in ("shift_id", "token"))
        if not isinstance(shift_id, str) or not isinstance(token, str):
            raise UnmetError("201 and a shift", answer.said, answer.evidence())
        self._visit.open_shifts.add(shift_id)
        return _Shift(shift_id, Secret(token), answer)

    def _sign_in(self, who: OfficerPin) -> Answer:
        """Without patience: being asked to wait is an answer here."""
        body = {"service_number": who.service_number, "pin": who.pin.reveal()}
        return self._visit.ask("POST", _SHIFTS, body=body, is_patient=False)

    def _ask_handover(self, shift_id: str, who: OfficerPin) -> Answer:
        body: Mapping[str, Any] = {
            "service_number": who.service_number,
            "pin": who.pin.reveal(),
            "note": _NOTE,
            "items": [
                {"tile": "1.1", "camera_id": str(uuid.uuid4()), "state": "live", "since_s": 1.5, "text": ""}
            ],
        }
        return self._visit.ask("POST", _HANDOVER, fill={"shift_id": shift_id}, body=body, is_patient=False)

    def _beat(self, shift: _Shift) -> Answer:
        return self._visit.ask("POST", HEARTBEAT_PATH, body=dict(BEAT), shift=shift.token)

    def _end(self, shift: _Shift) -> Answer:
        answer = self._visit.ask("DELETE", _SHIFT, fill={"shift_id": shift.id})
        if answer.status in (204, 409):
            self._visit.open_shifts.discard(shift.id)
        return answer


def _with_wrong_pin(officer: OfficerPin) -> OfficerPin:
    """The same officer with another PIN."""
    pin = officer.pin.reveal()
    return OfficerPin(officer.service_number, Secret(f"{(int(pin) + 1) % 10 ** len(pin):0{len(pin)}}"))


def _problem(answer: Answer) -> Mapping[str, Any]:
    told = answer.json
    return told if isinstance(told, dict) else {}
