"""The group `catalogue`: what the registry is, which cameras there are, and what changed."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from app.conformance.leak import first_leak
from app.conformance.records import Catalogue
from app.conformance.verdict import Check, SkippedError, UnmetError
from app.conformance.visit import Fact, Visit, require
from app.conformance.wire import Answer

_TRIES_MAX = 3
"""A catalogue may change between two questions; hardly three times in a row."""
_PAGES_MAX = 5
_EARLY_S = 0.3
"""A wait may end so much sooner than it should: clocks and rounding."""
_LATE_S = 5.0
"""A client gives up that much after the time that it asked for."""
_CHANGES_LIMIT_MAX = 1000
_WAIT_MAX_S = 25
_UNITS = ("polda", "polres", "polsek", "subsector")


class CatalogueChecks:
    """Makes the checks of one visit.

    Args:
        visit: to the registry.
        catalogue: what `/v1/snapshot` answered.
    """

    def __init__(self, visit: Visit, catalogue: Fact[Catalogue]) -> None:
        self._visit = visit
        self._catalogue = catalogue
        self._jurisdictions: Fact[Answer] = Fact(
            "catalogue.jurisdictions", lambda: self._visit.ask("GET", "/v1/jurisdictions")
        )

    def checks(self) -> tuple[Check, ...]:
        """In the order in which they are made."""
        return (
            Check("catalogue.meta", "/v1/meta says what the server is, to everybody.", self.meta),
            Check("catalogue.jurisdictions", "/v1/jurisdictions names units and areas.", self.jurisdictions),
            Check("catalogue.parents-first", "A unit's parent comes before it.", self.parents_first),
            Check(
                "catalogue.jurisdictions-304",
                "If-None-Match with the ETag of /v1/jurisdictions is answered with 304 and no body.",
                self.jurisdictions_304,
            ),
            *self._snapshot_checks(),
            *self._change_checks(),
        )

    def _snapshot_checks(self) -> tuple[Check, ...]:
        return (
            Check("catalogue.snapshot", "/v1/snapshot is NDJSON whose lines end with a line feed.", self.snapshot),
            Check("catalogue.gzip", "A snapshot is packed with gzip whatever the client accepts.", self.gzip),
            Check("catalogue.head", "Line 1 of a snapshot is its cursor, epoch and count.", self.head),
            Check("catalogue.epoch", "The epoch of a snapshot is that of /v1/meta.", self.epoch),
            Check("catalogue.count", "Line 1 of a snapshot counts the lines that follow.", self.count),
            Check("catalogue.records", "Every record follows the contract.", self.records),
            Check("catalogue.unique", "An id and a code belong to one camera.", self.unique),
            Check(
                "catalogue.no-address",
                "No record names a host, a URL or a secret: a stolen catalogue opens nothing.",
                self.no_address,
            ),
            Check("catalogue.in-scope", "A post is told of the cameras of its scope alone.", self.in_scope),
            Check("catalogue.etag", "A snapshot has a strong ETag.", self.etag),
            Check(
                "catalogue.etag-304",
                "If-None-Match with a snapshot's ETag is answered with 304 and no body.",
                self.etag_304,
            ),
            Check(
                "catalogue.etag-other",
                "If-None-Match with another validator is answered with the snapshot.",
                self.etag_other,
            ),
        )

    def _change_checks(self) -> tuple[Check, ...]:
        return (
            Check("catalogue.changes", "/v1/changes answers the cursor of a snapshot.", self.changes),
            Check(
                "catalogue.changes-paging",
                "limit bounds a page of changes, and its cursor leads to the next one.",
                self.changes_paging,
            ),
            Check("catalogue.changes-bounds", "limit and wait_s outside the contract are refused.", self.bounds),
            Check(
                "catalogue.wait",
                "With nothing to tell, wait_s holds the answer for so long and no longer.",
                self.wait,
            ),
            Check(
                "catalogue.cursor-unknown",
                "A cursor that the server does not understand is answered with 410 cursor-expired.",
                self.cursor_unknown,
            ),
        )

    # ---- meta and jurisdictions

    def meta(self) -> None:
        """Its form."""
        self._visit.expect(self._visit.meta.need(), 200)

    def jurisdictions(self) -> None:
        """Its form."""
        self._visit.expect(self._jurisdictions.get(), 200)

    def parents_first(self) -> None:
        """A client builds the tree as it reads."""
        answer = self._jurisdictions.need()
        seen: set[str] = set()
        for number, unit in enumerate(_units(answer.json)):
            parent = unit.get("parent")
            is_known = parent is None or parent in seen
            require(
                is_known, "a parent that was named before", "one that was not", answer, f"units[{number}].parent"
            )
            seen.add(str(unit.get("code")))

    def jurisdictions_304(self) -> None:
        """Ask again with what was held."""
        self._still_good("/v1/jurisdictions", self._jurisdictions.need())

    # ---- the snapshot

    def snapshot(self) -> None:
        """Its media type and its lines; what they hold is the other checks'."""
        catalogue = self._catalogue.get()
        text = self._visit.expect(catalogue.answer, 200)
        require(text.endswith("\n"), "a line feed at the end", "none", catalogue.answer)
        require(not catalogue.unreadable, "JSON objects", _of(catalogue.unreadable, "is none"), catalogue.answer)

    def gzip(self) -> None:
        """It was asked for without any packing."""
        answer = self._catalogue.need().answer
        packing = answer.headers.get("content-encoding", "").lower()
        require(packing == "gzip", "Content-Encoding: gzip", "another or none", answer)

    def head(self) -> None:
        """Its form."""
        catalogue = self._catalogue.need()
        self._visit.follows("SnapshotHead", catalogue.head, catalogue.answer)

    def epoch(self) -> None:
        """Both are asked anew: the history may have begun afresh."""
        catalogue = self._catalogue.need()
        is_same = catalogue.head.get("epoch") == self._visit.meta_member("epoch")
        require(is_same, "the epoch of /v1/meta", "another", catalogue.answer, "epoch")

    def count(self) -> None:
        """A client that reads fewer lines takes the answer for torn."""
        catalogue = self._catalogue.need()
        lines, told = len(catalogue.records) + len(catalogue.unreadable), catalogue.head.get("count")
        came = f"{told}" if isinstance(told, int) else "no number"
        require(told == lines, f"count {lines}, the lines that follow", came, catalogue.answer, "count")

    def records(self) -> None:
        """All of them."""
        catalogue = self._catalogue.need()
        for line, record in catalogue.records.items():
            fault = self._visit.contract.fault("Camera", record)
            if fault is not None:
                came, evidence = f"line {line}: {fault}", catalogue.answer.evidence(fault.field)
                raise UnmetError("the form of a camera", came, evidence)

    def unique(self) -> None:
        """Over all records."""
        catalogue = self._catalogue.need()
        for member in ("id", "code"):
            seen = Counter(str(record.get(member)) for record in catalogue.records.values())
            is_once = all(times == 1 for times in seen.values())
            require(is_once, f"each {member} once", f"an {member} twice", catalogue.answer, member)

    def no_address(self) -> None:
        """In every member of every record, those that the contract does not know included."""
        catalogue = self._catalogue.need()
        for line, record in catalogue.records.items():
            leak = first_leak(record)
            if leak is not None:
                field, what = leak
                came, evidence = f"line {line}: {field} is {what}", catalogue.answer.evidence(field)
                raise UnmetError("a record without host, URL and secret", came, evidence)

    def in_scope(self) -> None:
        """By the scope that the enrolment told."""
        catalogue, scope = self._catalogue.need(), self._visit.post.need().scope
        if self._visit.contract.fault("Scope", scope) is not None:
            raise SkippedError("the enrolment told no scope")
        for line, record in catalogue.records.items():
            place = record.get("jurisdiction")
            is_inside = isinstance(place, dict) and _lies_in(place, scope)
            require(is_inside, "a camera of this post's scope", f"line {line}: another", catalogue.answer)

    def etag(self) -> None:
        """Its form."""
        answer = self._catalogue.need().answer
        text = answer.headers.get("etag", "")
        is_strong = len(text) > 2 and text[0] == text[-1] == '"' and '"' not in text[1:-1]
        require(is_strong, 'ETag: "…"', "a weak one" if text.startswith("W/") else "none", answer)

    def etag_304(self) -> None:
        """Ask again with what was held."""
        self._still_good("/v1/snapshot", self._catalogue.need().answer)

    def etag_other(self) -> None:
        """A validator that no server gave out."""
        self._catalogue.need()
        headers = {"If-None-Match": f'"pantau-check-{secrets.token_hex(8)}"'}
        answer = self._visit.ask("GET", "/v1/snapshot", headers=headers)
        require(answer.status == 200, "200", answer.said, answer)

    def _still_good(self, path: str, held: Answer) -> None:
        """Ask with the ETag until nothing has changed meanwhile."""
        for _ in range(_TRIES_MAX):
            etag = held.headers.get("etag", "")
            require(bool(etag), "an ETag", "none", held)
            answer = self._visit.ask("GET", path, headers={"If-None-Match": etag})
            if answer.status == 200 and answer.headers.get("etag", "") != etag:
                held = answer
                continue
            require(answer.status == 304, "304", answer.said, answer)
            require(answer.body == b"", "no body", f"{len(answer.body)} bytes", answer)
            return
        raise SkippedError("it changed each time")

    # ---- changes

    def changes(self) -> None:
        """Their form, and that no leak comes this way."""
        answer = self._changes(self._cursor())
        for number, change in enumerate(self._visit.expect(answer, 200)["changes"]):
            leak = first_leak(change)
            require(
                leak is None, "a record without host, URL and secret", "one with", answer, f"changes[{number}]"
            )

    def changes_paging(self) -> None:
        """One change a page, from the snapshot's cursor on."""
        cursor, told = self._cursor(), 0
        for _ in range(_PAGES_MAX):
            answer = self._changes(cursor, limit=1)
            page = self._visit.expect(answer, 200)
            require(len(page["changes"]) <= 1, "one change at most", f"{len(page['changes'])}", answer, "changes")
            is_further = not page["changes"] or page["cursor"] != cursor
            require(is_further, "a cursor behind the change", "the same cursor", answer, "cursor")
            cursor, told = page["cursor"], told + len(page["changes"])
            if not page["more"]:
                break
        if not told:
            raise SkippedError("nothing changed since the snapshot")

    def bounds(self) -> None:
        """Just outside of each."""
        cursor = self._cursor()
        outside: Iterable[Mapping[str, object]] = (
            {"limit": 0},
            {"limit": self._visit.limit("changes_limit_max", _CHANGES_LIMIT_MAX) + 1},
            {"wait_s": -1},
            {"wait_s": self._visit.limit("changes_wait_max_s", _WAIT_MAX_S) + 1},
        )
        for each in outside:
            self._visit.refused(self._changes(cursor, **each), 400, "invalid-request")

    def wait(self) -> None:
        """A short one, until one was not ended by a change."""
        wait_s = min(self._visit.guest.wait_s, self._visit.limit("changes_wait_max_s", _WAIT_MAX_S))
        if wait_s < 1:
            raise SkippedError("limits.changes_wait_max_s is 0")
        cursor = self._cursor()
        for _ in range(_TRIES_MAX):
            answer = self._changes(cursor, wait_s=wait_s)
            page = self._visit.expect(answer, 200)
            came = f"after {answer.took_s:.1f} s"
            require(answer.took_s <= wait_s + _LATE_S, f"an answer within {wait_s} s", came, answer)
            if not page["changes"]:
                is_held = answer.took_s >= wait_s - _EARLY_S
                require(is_held, f"an answer that is held for {wait_s} s", came, answer)
                return
            cursor = page["cursor"]
        raise SkippedError("something changed each time")

    def cursor_unknown(self) -> None:
        """A cursor that no server gave out."""
        answer = self._changes(f"pantau-check-{secrets.token_hex(8)}")
        self._visit.refused(answer, 410, "cursor-expired")

    def _cursor(self) -> str:
        cursor = self._catalogue.need().head.get("cursor")
        if not isinstance(cursor, str):
            raise SkippedError("the snapshot has no cursor")
        return cursor

    def _changes(self, cursor: str, **query: Any) -> Answer:
        asked = {"cursor": cursor, **query}
        wait_s = max(float(query.get("wait_s", 0)), 0.0)
        return self._visit.ask("GET", "/v1/changes", query=asked, wait_s=wait_s)


def _of(lines: Sequence[int], what: str) -> str:
    return f"line {lines[0]} {what}" if lines else ""


def _units(jurisdictions: object) -> Iterator[Mapping[str, Any]]:
    units = jurisdictions.get("units") if isinstance(jurisdictions, dict) else None
    yield from (each for each in units or () if isinstance(each, dict))


def _lies_in(place: Mapping[str, Any], scope: Mapping[str, Any]) -> bool:
    """By the contract's `Scope`: any of its units, or a kelurahan inside any of its areas."""
    units = {place.get(level) for level in _UNITS} - {"", None}
    kelurahan = f"{place.get('kelurahan_code')}."
    in_area = any(kelurahan.startswith(f"{area}.") for area in scope["areas"])
    return in_area or not units.isdisjoint(scope["units"])
