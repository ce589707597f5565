"""An officer who has signed in for what is done in an officer's name: shared layouts and orders to walls.

Each of the officers that were lent their PINs is signed in once, when the first check asks for one; both are
signed off at the end of the visit.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.conformance.guest import OfficerPin
from app.conformance.verdict import SkippedError, UnmetError
from app.conformance.visit import Fact, Visit
from app.core.redact import Secret

_SHIFTS = "/v1/shifts"
_CHIEF = "chief"


@dataclass(frozen=True, slots=True)
class OnDuty:
    """An officer with a shift.

    Attributes:
        id: the officer's.
        role: what they may do.
        token: their shift's.
    """

    id: str
    role: str
    token: Secret


class Duty:
    """The officers of one visit.

    Args:
        visit: to the registry.
    """

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._officer: Fact[OnDuty] = Fact("shifts.sign-in", lambda: self._begin(visit.guest.officer))
        self._chief: Fact[OnDuty] = Fact("shifts.sign-in", self._find_chief)

    def officer(self) -> OnDuty:
        """Whoever was given first.

        Raises:
            SkippedError: nobody was given, or cannot sign in.
        """
        return self._officer.need()

    def chief(self) -> OnDuty:
        """The one of both who is a chief; the other's shift is over from then on.

        Raises:
            SkippedError: neither is.
        """
        return self._chief.need()

    def _find_chief(self) -> OnDuty:
        """A post has one shift: the second officer is signed in only where the first is no chief."""
        if self.officer().role == _CHIEF:
            return self.officer()
        following = self._visit.guest.next_officer
        found = self._begin(following) if following else None
        if found is None or found.role != _CHIEF:
            raise SkippedError("neither officer is a chief (--officer, --next-officer)")
        return found

    def _begin(self, who: OfficerPin | None) -> OnDuty:
        if who is None:
            raise SkippedError("no officer was given (--officer)")
        body = {"service_number": who.service_number, "pin": who.pin.reveal()}
        answer = self._visit.ask("POST", _SHIFTS, body=body)
        told = self._visit.expect(answer, 201)
        if not all(isinstance(told["officer"].get(name), str) for name in ("id", "role")):
            raise UnmetError("the officer's id and role", "others", answer.evidence("officer"))
        self._visit.open_shifts.add(told["shift_id"])
        return OnDuty(told["officer"]["id"], told["officer"]["role"], Secret(told["token"]))
