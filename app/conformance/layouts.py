"""The group `layouts`: what officers share, and that nobody writes over somebody else's change.

One layout is shared, changed and deleted; what is left of it is deleted at the end of the visit.
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

_LIST = "/v1/layouts"
_LAYOUT = "/v1/layouts/{layout_id}"
_NEW = {"If-None-Match": "*"}
_NOBODYS_UNIT = "PANTAU-CHECK"


class LayoutChecks:
    """Makes the checks of one visit.

    Args:
        visit: to the registry.
        duty: who shares.
    """

    def __init__(self, visit: Visit, duty: Duty) -> None:
        self._visit = visit
        self._duty = duty
        self._id = str(uuid.uuid4())
        self._shared: Fact[Answer] = Fact("layouts.share", self._share)
        self._changed: Fact[Answer] = Fact("layouts.change", self._change)
        self._deleted: Fact[Answer] = Fact("layouts.delete", self._delete)

    def checks(self) -> tuple[Check, ...]:
        """In the order in which they are made: they follow one layout through its life."""
        return (
            Check("layouts.shift-required", "Sharing needs an officer: 401 shift-required.", self.shift_required),
            Check("layouts.unknown", "A layout that is not there is 404 layout-unknown.", self.unknown),
            Check("layouts.precondition", "A change that names no revision is refused: 428.", self.precondition),
            Check("layouts.unit", "A unit that is not the officer's is refused with 400.", self.unit),
            Check("layouts.form", "A layout that no wall could show is refused with 400.", self.form),
            Check("layouts.share", "A new layout is kept as it was given: 201, with its owner.", self.share),
            Check("layouts.taken", "An id that is taken is not written over: 412.", self.taken),
            Check("layouts.read", "A shared layout is read as it was shared.", self.read),
            Check(
                "layouts.not-modified", "A layout that the client holds is not sent again: 304.", self.unchanged
            ),
            Check("layouts.listed", "A shared layout is listed, with its number of tiles.", self.listed),
            *self._changing_checks(),
        )

    def _changing_checks(self) -> tuple[Check, ...]:
        return (
            Check(
                "layouts.change", "A change that names the revision is made: 200, with a higher one.", self.change
            ),
            Check("layouts.conflict", "A change of what was changed meanwhile is refused: 412.", self.conflict),
            Check("layouts.conflict-delete", "Nor is it deleted: 412.", self.conflict_delete),
            Check("layouts.delete", "A layout is deleted: 204.", self.delete),
            Check("layouts.deleted", "A layout that was deleted is 404 layout-unknown.", self.deleted),
            Check("layouts.anew", "An id that is shared anew never has a revision again that it had.", self.anew),
        )

    # ---- what is refused

    def shift_required(self) -> None:
        """The post alone."""
        answer = self._visit.ask("PUT", _LAYOUT, fill=self._fill(), headers=_NEW, body=self._draft())
        self._visit.refused(answer, 401, "shift-required")

    def unknown(self) -> None:
        """An id that was just made up; reading needs no officer."""
        answer = self._visit.ask("GET", _LAYOUT, fill={"layout_id": str(uuid.uuid4())})
        self._visit.refused(answer, 404, "layout-unknown")

    def precondition(self) -> None:
        """Neither new nor changed."""
        self._visit.refused(self._put({}, self._draft()), 428, "precondition-required")

    def unit(self) -> None:
        """One that no city has."""
        draft = {**self._draft(), "readers": [_NOBODYS_UNIT]}
        self._visit.refused(self._put(_NEW, draft), 400, "invalid-request")

    def form(self) -> None:
        """A cell that reaches over the grid's edge."""
        draft = self._draft()
        draft["layout"]["cells"] = [[1, 0, 2, 1], [0, 0, 1, 1]]
        self._visit.refused(self._put(_NEW, draft), 400, "invalid-request")

    # ---- what is kept

    def share(self) -> None:
        """Its form, and whose it is."""
        answer = self._shared.get()
        told = self._visit.expect(answer, 201)
        self._is_as_given(told, self._draft(), answer)
        owner = self._duty.officer().id
        require(told["owner"] == owner, "the officer as its owner", "another", answer, "owner")
        require_etag(told, answer)

    def taken(self) -> None:
        """The same id, as if it were new."""
        revision = revision_of(self._shared.need())
        answer = self._put(_NEW, self._draft())
        require_conflict(self._visit.refused(answer, 412, "precondition-failed"), revision, answer)

    def read(self) -> None:
        """By the officer who shared it."""
        self._shared.need()
        answer = self._get()
        told = self._visit.expect(answer, 200)
        self._is_as_given(told, self._draft(), answer)
        require_etag(told, answer)

    def unchanged(self) -> None:
        """By its ETag."""
        etag = self._shared.need().headers.get("etag", "")
        answer = self._get({"If-None-Match": etag})
        require(answer.status == 304, "304", answer.said, answer)

    def listed(self) -> None:
        """Among all that the officer may read."""
        self._shared.need()
        answer = self._ask("GET", _LIST, query={"limit": 500})
        found = [each for each in self._visit.expect(answer, 200)["layouts"] if each["id"] == self._id]
        require(len(found) == 1, "the layout once", f"{len(found)} times", answer, "layouts")
        tiles = len(self._draft()["layout"]["cells"])
        require(found[0]["tiles"] == tiles, f"{tiles} tiles", "another number", answer, "layouts")

    def change(self) -> None:
        """Another name."""
        before, answer = revision_of(self._shared.need()), self._changed.get()
        told = self._visit.expect(answer, 200)
        self._is_as_given(told, self._renamed(), answer)
        require(told["revision"] > before, "a higher revision", "no higher one", answer, "revision")

    def conflict(self) -> None:
        """By the revision from before the change."""
        old, new = revision_of(self._shared.need()), revision_of(self._changed.need())
        answer = self._put({"If-Match": f'"{old}"'}, self._draft())
        require_conflict(self._visit.refused(answer, 412, "precondition-failed"), new, answer)

    def conflict_delete(self) -> None:
        """By the same."""
        old = revision_of(self._shared.need())
        self._changed.need()
        self._visit.refused(self._delete_with(old), 412, "precondition-failed")

    def delete(self) -> None:
        """By its newest revision."""
        self._visit.expect(self._deleted.get(), 204)

    def deleted(self) -> None:
        """Read once more."""
        self._deleted.need()
        self._visit.refused(self._get(), 404, "layout-unknown")

    def anew(self) -> None:
        """Shared and deleted once more."""
        self._deleted.need()
        last = revision_of(self._changed.need())
        answer = self._share()
        revision = revision_of(answer)
        require(revision > last, f"a revision above {last}", "one that it may have had", answer, "revision")
        self._visit.expect(self._delete_with(revision), 204)

    # ---- judging

    def _is_as_given(self, told: Mapping[str, Any], draft: Mapping[str, Any], answer: Answer) -> None:
        for name in ("jurisdiction", "readers"):
            require(told[name] == draft[name], "what was given", "another value", answer, name)
        for name, value in draft["layout"].items():
            require(told["layout"].get(name) == value, "what was given", "another value", answer, f"layout.{name}")

    # ---- asking

    def _share(self) -> Answer:
        answer = self._put(_NEW, self._draft())
        if answer.status != 201:
            raise UnmetError("201 and a layout", answer.said, answer.evidence())
        self._visit.held_layouts[self._id] = revision_of(answer), self._duty.officer().token
        return answer

    def _change(self) -> Answer:
        seen = revision_of(self._shared.need())
        answer = self._put({"If-Match": f'"{seen}"'}, self._renamed())
        if answer.status == 200:
            self._visit.held_layouts[self._id] = revision_of(answer), self._duty.officer().token
        return answer

    def _delete(self) -> Answer:
        newest = self._changed.need()
        answer = self._delete_with(revision_of(newest))
        if answer.status != 204:
            raise UnmetError("204", answer.said, answer.evidence())
        return answer

    def _delete_with(self, revision: int) -> Answer:
        answer = self._ask("DELETE", _LAYOUT, fill=self._fill(), headers={"If-Match": f'"{revision}"'})
        if answer.status == 204:
            self._visit.held_layouts.pop(self._id, None)
        return answer

    def _put(self, headers: Mapping[str, str], draft: Mapping[str, Any]) -> Answer:
        return self._ask("PUT", _LAYOUT, fill=self._fill(), headers=headers, body=draft)

    def _get(self, headers: Mapping[str, str] | None = None) -> Answer:
        return self._ask("GET", _LAYOUT, fill=self._fill(), headers=headers)

    def _ask(self, method: str, path: str, **options: Any) -> Answer:
        return self._visit.ask(method, path, shift=self._duty.officer().token, **options)

    def _fill(self) -> Mapping[str, str]:
        return {"layout_id": self._id}

    def _draft(self) -> dict[str, Any]:
        unit = self._unit()
        layout = {"version": 1, "name": "pantau registry check", "columns": 2, "rows": 1}
        return {
            "jurisdiction": unit,
            "readers": [unit],
            "layout": {**layout, "cells": [[0, 0, 1, 1], [1, 0, 1, 1]], "cameras": {"2": str(uuid.UUID(int=1))}},
        }

    def _renamed(self) -> dict[str, Any]:
        draft = self._draft()
        draft["layout"]["name"] = "pantau registry check 2"
        return draft

    def _unit(self) -> str:
        units = self._visit.post.need().scope.get("units")
        if not isinstance(units, list) or not units:
            raise SkippedError("the post of the enrolment code belongs to no unit")
        return str(units[0])
