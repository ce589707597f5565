"""The group `walls`: what the post's wall shows, and what a chief has it show.

It is the wall of the suite's own post, which nobody looks at. What was ordered or scheduled is taken back.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from app.conformance.duty import Duty
from app.conformance.revisions import require_conflict, require_etag, revision_of
from app.conformance.verdict import Check, SkippedError, UnmetError
from app.conformance.visit import Fact, Visit, require
from app.conformance.wire import Answer

_LIST = "/v1/walls"
_REPORTED = "/v1/walls/{wall_id}/reported"
_DESIRED = "/v1/walls/{wall_id}/desired"
_SCHEDULE = "/v1/walls/{wall_id}/schedule"
_NAME = "pantau registry check"
_LAYOUT: Mapping[str, Any] = {
    "version": 1, "name": _NAME, "columns": 1, "rows": 1, "cells": [[0, 0, 1, 1]], "cameras": {},
}  # fmt: skip
_ORDER: Mapping[str, Any] = {"monitor": 1, "layout": _LAYOUT, "until_s": 600, "message": "pantau"}
_DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class WallChecks:
    """Makes the checks of one visit.

    Args:
        visit: to the registry.
        duty: who directs.
    """

    def __init__(self, visit: Visit, duty: Duty) -> None:
        self._visit = visit
        self._duty = duty
        self._reported: Fact[Answer] = Fact("walls.report", self._report)
        self._before: Fact[Answer] = Fact("walls.desired", lambda: self._get(_DESIRED))
        self._ordered: Fact[Answer] = Fact("walls.order", self._order)
        self._released: Fact[Answer] = Fact("walls.release", self._release)
        self._scheduled: Fact[Answer] = Fact("walls.schedule", self._schedule)

    def checks(self) -> tuple[Check, ...]:
        """In the order in which they are made."""
        return (
            Check("walls.unknown", "A wall that the post may not know of is 404 wall-unknown.", self.unknown),
            Check("walls.others", "A post reports its own wall alone: 404 wall-unknown.", self.others),
            Check("walls.report-form", "A report that lacks a member is refused with 400.", self.report_form),
            Check("walls.report", "A post reports its wall: 204.", self.report),
            Check("walls.reported", "The report is read as it was given, with its age.", self.reported),
            Check("walls.again", "Each report has a higher revision.", self.again),
            Check("walls.desired", "What a wall is to show is told with its revision.", self.desired),
            Check("walls.shift-required", "An order needs a chief: 401 shift-required.", self.shift_required),
            *self._chiefs_checks(),
        )

    def _chiefs_checks(self) -> tuple[Check, ...]:
        return (
            Check(
                "walls.chief-only", "Whoever is no chief orders nothing: 403 role-not-allowed.", self.chief_only
            ),
            Check("walls.listed", "A chief sees the walls of the jurisdiction.", self.listed),
            Check("walls.precondition", "An order that names no revision is refused: 428.", self.precondition),
            Check("walls.order", "An order is what the wall is to show, by that chief.", self.order),
            Check("walls.told", "The post is told what the chief has ordered.", self.told),
            Check("walls.waits", "A post that knows the newest revision waits for the next one.", self.waits),
            Check("walls.conflict", "An order for what was changed meanwhile is refused: 412.", self.conflict),
            Check("walls.release", "An order is taken back, with a higher revision.", self.release),
            Check("walls.overlap", "Hours that overlap are refused: 400 schedule-overlap.", self.overlap),
            Check("walls.schedule", "Hours are kept as they were given.", self.schedule),
            Check("walls.schedule-holds", "In its hours the schedule is what the wall is to show.", self.holds),
            Check(
                "walls.schedule-conflict", "Hours that were changed meanwhile stay: 412.", self.schedule_conflict
            ),
        )

    # ---- the post

    def unknown(self) -> None:
        """One of a post that is not there."""
        answer = self._visit.ask("GET", _DESIRED, fill={"wall_id": f"post_{uuid.uuid4().hex}"})
        self._visit.refused(answer, 404, "wall-unknown")

    def others(self) -> None:
        """A report about the same."""
        fill = {"wall_id": f"post_{uuid.uuid4().hex}"}
        self._visit.refused(self._visit.ask("PUT", _REPORTED, fill=fill, body=_report()), 404, "wall-unknown")

    def report_form(self) -> None:
        """It lacks its monitors."""
        body = {name: value for name, value in _report().items() if name != "monitors"}
        answer = self._visit.ask("PUT", _REPORTED, fill=self._fill(), body=body)
        self._visit.refused(answer, 400, "invalid-request")

    def report(self) -> None:
        """Nobody has signed in."""
        self._visit.expect(self._reported.get(), 204)

    def reported(self) -> None:
        """By the post itself."""
        self._reported.need()
        answer = self._get(_REPORTED)
        told = self._visit.expect(answer, 200)
        for name, value in _report().items():
            require(told.get(name) == value, "what was reported", "another value", answer, name)
        require(told["wall_id"] == self._wall(), "the post's own wall", "another", answer, "wall_id")
        require(told["age_s"] < 600, "the age of a report that was just made", "another", answer, "age_s")

    def again(self) -> None:
        """The same once more."""
        self._reported.need()
        before = revision_of(self._get(_REPORTED))
        self._visit.expect(self._report(), 204)
        answer = self._get(_REPORTED)
        require(revision_of(answer) > before, "a higher revision", "no higher one", answer, "revision")

    def desired(self) -> None:
        """Before anybody has ordered anything."""
        answer = self._before.get()
        told = self._visit.expect(answer, 200)
        require_etag(told, answer)

    def shift_required(self) -> None:
        """The post alone."""
        answer = self._visit.ask("PUT", _DESIRED, fill=self._fill(), headers={"If-Match": '"0"'}, body=_ORDER)
        self._visit.refused(answer, 401, "shift-required")

    # ---- the chief

    def chief_only(self) -> None:
        """An officer who is none, where one was given."""
        officer = self._duty.officer()
        if officer.role == "chief":
            raise SkippedError("the officer who was given is a chief (--officer)")
        answer = self._visit.ask(
            "PUT", _DESIRED, fill=self._fill(), headers={"If-Match": '"0"'}, body=_ORDER, shift=officer.token
        )
        self._visit.refused(answer, 403, "role-not-allowed")

    def listed(self) -> None:
        """The suite's own among them."""
        self._reported.need()
        answer = self._chiefs("GET", _LIST, query={"limit": 100, "after": self._just_before()})
        walls = [each["wall_id"] for each in self._visit.expect(answer, 200)["walls"]]
        require(self._wall() in walls, "the post's wall among them", "others or none", answer, "walls")

    def precondition(self) -> None:
        """Without a word of what the chief has seen."""
        self._reported.need()
        answer = self._chiefs("PUT", _DESIRED, fill=self._fill(), body=_ORDER)
        self._visit.refused(answer, 428, "precondition-required")

    def order(self) -> None:
        """A layout of one tile, for ten minutes."""
        before, answer = revision_of(self._before.need()), self._ordered.get()
        told = self._visit.expect(answer, 200)
        self._is_ordered(told, answer)
        require(told["revision"] > before, "a higher revision", "no higher one", answer, "revision")
        require_etag(told, answer)
        chief = self._duty.chief().id
        require(told["changed_by"]["officer_id"] == chief, "the chief", "another", answer, "changed_by")

    def told(self) -> None:
        """By the post, without an officer."""
        wanted = revision_of(self._ordered.need())
        answer = self._get(_DESIRED)
        told = self._visit.expect(answer, 200)
        self._is_ordered(told, answer)
        require(told["revision"] == wanted, "the revision of the order", "another", answer, "revision")

    def waits(self) -> None:
        """For as long as it asked to, since nothing changes."""
        wait_s, seen = self._visit.guest.wait_s, revision_of(self._ordered.need())
        query = {"revision": seen, "wait_s": wait_s}
        answer = self._visit.ask("GET", _DESIRED, fill=self._fill(), query=query, wait_s=wait_s)
        self._visit.expect(answer, 200)
        require(answer.took_s >= wait_s * 0.9, f"an answer after {wait_s} s", "one at once", answer)

    def conflict(self) -> None:
        """By the revision from before the order."""
        old = revision_of(self._before.need())
        new = revision_of(self._ordered.need())
        answer = self._order_over(old)
        require_conflict(self._visit.refused(answer, 412, "precondition-failed"), new, answer)

    def release(self) -> None:
        """By the chief who ordered."""
        ordered, answer = revision_of(self._ordered.need()), self._released.get()
        told = self._visit.expect(answer, 200)
        require(told["revision"] > ordered, "a higher revision", "no higher one", answer, "revision")
        require(told["source"] != "chief", "no order of a chief's any more", "one", answer, "source")

    def overlap(self) -> None:
        """The same hours twice."""
        self._reported.need()
        answer = self._set_schedule(
            self._schedules_revision(), [_hours("06:00", "12:00"), _hours("11:00", "13:00")]
        )
        self._visit.refused(answer, 400, "schedule-overlap")

    def schedule(self) -> None:
        """All hours of all days."""
        answer = self._scheduled.get()
        told = self._visit.expect(answer, 200)
        (entry,) = told["entries"] if len(told["entries"]) == 1 else ({},)
        for name in ("days", "from", "to"):
            require(
                entry.get(name) == _hours("00:00", "00:00")[name], "what was given", "another", answer, "entries"
            )
        require_etag(told, answer)

    def holds(self) -> None:
        """Which is always."""
        self._scheduled.need()
        answer = self._get(_DESIRED)
        told = self._visit.expect(answer, 200)
        require(told["source"] == "schedule", "source schedule", "another", answer, "source")

    def schedule_conflict(self) -> None:
        """By the revision from before."""
        revision = revision_of(self._scheduled.need())
        self._visit.refused(self._set_schedule(revision - 1, []), 412, "precondition-failed")

    # ---- judging

    def _is_ordered(self, told: Mapping[str, Any], answer: Answer) -> None:
        require(told["source"] == "chief", "source chief", "another", answer, "source")
        order = told["order"] or {}
        require(
            order.get("message") == _ORDER["message"], "the chief's message", "another", answer, "order.message"
        )
        name = (order.get("layout") or {}).get("name")
        require(name == _NAME, "the layout that was ordered", "another", answer, "order.layout.name")

    # ---- asking

    def _report(self) -> Answer:
        answer = self._visit.ask("PUT", _REPORTED, fill=self._fill(), body=_report())
        if answer.status != 204:
            raise UnmetError("204", answer.said, answer.evidence())
        return answer

    def _order(self) -> Answer:
        self._reported.need()
        answer = self._order_over(revision_of(self._before.need()))
        if answer.status == 200:
            self._visit.at_leave.append(self._take_back)
        return answer

    def _order_over(self, revision: int) -> Answer:
        headers = {"If-Match": f'"{revision}"'}
        return self._chiefs("PUT", _DESIRED, fill=self._fill(), headers=headers, body=_ORDER)

    def _release(self) -> Answer:
        return self._release_over(revision_of(self._ordered.need()))

    def _release_over(self, revision: int) -> Answer:
        return self._chiefs("DELETE", _DESIRED, fill=self._fill(), headers={"If-Match": f'"{revision}"'})

    def _schedule(self) -> Answer:
        self._reported.need()
        answer = self._set_schedule(self._schedules_revision(), [_hours("00:00", "00:00")])
        if answer.status == 200:
            self._visit.at_leave.append(self._empty_schedule)
        return answer

    def _schedules_revision(self) -> int:
        return revision_of(self._get(_SCHEDULE))

    def _set_schedule(self, revision: int, entries: list[Mapping[str, Any]]) -> Answer:
        headers, body = {"If-Match": f'"{revision}"'}, {"entries": entries}
        return self._chiefs("PUT", _SCHEDULE, fill=self._fill(), headers=headers, body=body)

    def _take_back(self) -> str:
        """At the end of the visit; an order that is over anyway needs nothing."""
        told = self._get(_DESIRED)
        is_ordered = isinstance(told.json, dict) and told.json.get("source") == "chief"
        if not is_ordered or self._release_over(revision_of(told)).status == 200:
            return ""
        return "an order to the suite's own wall could not be taken back; it ends within ten minutes"

    def _empty_schedule(self) -> str:
        if self._set_schedule(self._schedules_revision(), []).status == 200:
            return ""
        return "the hours of the suite's own wall could not be emptied"

    def _get(self, path: str) -> Answer:
        return self._visit.ask("GET", path, fill=self._fill())

    def _chiefs(self, method: str, path: str, **options: Any) -> Answer:
        return self._visit.ask(method, path, shift=self._duty.chief().token, **options)

    def _fill(self) -> Mapping[str, str]:
        return {"wall_id": self._wall()}

    def _wall(self) -> str:
        """A post's first wall has the post's id."""
        return self._visit.post.need().id

    def _just_before(self) -> str:
        """After this id a list begins with the suite's own wall, however many there are."""
        wall = self._wall()
        return wall[:-1] + chr(ord(wall[-1]) - 1)


def _report() -> dict[str, Any]:
    return {
        "name": _NAME,
        "monitors": [{"number": 1, "layout": "4", "tiles": []}],
        "applied_revision": 0,
        "applied_state": "applied",
        "reason": None,
    }


def _hours(starts: str, ends: str) -> Mapping[str, Any]:
    return {"days": list(_DAYS), "from": starts, "to": ends, "monitor": 1, "layout": _LAYOUT}
