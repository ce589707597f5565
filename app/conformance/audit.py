"""The group `audit`: the post's own journal, taken line by line, and the registry's word for it.

The few lines that are written stay in the registry, in the journal of the post that the visit enrolled: nothing is
ever taken out of a journal. They name no camera and no officer, so that no ledger of viewings holds them.
"""

from __future__ import annotations

import json
import secrets
import time
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import jwt

from app.conformance.verdict import Check, SkippedError, UnmetError
from app.conformance.visit import Fact, Visit, require, require_no_store
from app.conformance.wire import Answer
from app.core.journal import GENESIS, UUID7_CHANCE_BITS, Event, Head, Kind, Stamp, entry_line, uuid7

PATH = "/v1/audit-events"
_NDJSON = "application/x-ndjson"
_BATCH_MAX = 1000
_CHECKPOINT_TYPE = "pantau-checkpoint+jwt"
_FIRST_LINES = 3
_FAR = 9
"""A line's number that leaves a gap."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a journal, and the chain's end behind it."""

    text: bytes
    head: Head


@dataclass(frozen=True, slots=True)
class _Taken:
    """Lines that the registry has, and its answer to them."""

    lines: Sequence[_Line]
    answer: Answer

    @property
    def last(self) -> Head:
        """The chain's end."""
        return self.lines[-1].head


class AuditChecks:
    """Makes the checks of one visit."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._empty: Fact[Answer] = Fact("audit.empty", lambda: self._visit.ask("GET", PATH))
        self._first: Fact[_Taken] = Fact("audit.taken", self._send_first)

    def checks(self) -> tuple[Check, ...]:
        """In the order in which they are made."""
        return (
            Check("audit.empty", "The journal of a new post is empty.", self.empty),
            Check(
                "audit.empty-checkpoint",
                "Of an empty journal, too, a checkpoint is signed.",
                self.empty_checkpoint,
            ),
            Check("audit.taken", "Lines in order are taken, and the last one is acknowledged.", self.taken),
            Check("audit.no-store", "What is told of a journal is kept by nobody on the way.", self.no_store),
            Check(
                "audit.checkpoint",
                "A checkpoint is signed with the key of /v1/meta, and says what the registry has.",
                self.checkpoint,
            ),
            Check("audit.idempotent", "Lines that are kept already may come again.", self.idempotent),
            *self._refusal_checks(),
            Check("audit.partial", "What comes before a wrong line is kept, and nothing after it.", self.partial),
            Check("audit.read-back", "A journal is read back as it was written.", self.read_back),
            Check("audit.paging", "limit and after_seq lead through a journal.", self.paging),
            Check("audit.batch-limit", "More lines than limits.audit_batch_max are refused.", self.batch_limit),
            Check(
                "audit.other-post",
                "Another post's journal is read in an officer's name alone: 401 shift-required.",
                self.other_post,
            ),
            Check(
                "audit.viewings",
                "Who looked at a camera is told in an officer's name alone: 401 shift-required.",
                self.viewings,
            ),
        )

    def _refusal_checks(self) -> tuple[Check, ...]:
        return (
            Check("audit.gap", "A line after a gap is refused with audit-gap.", self.gap),
            Check(
                "audit.contradiction",
                "Another line with a number that is kept is refused with audit-contradiction.",
                self.contradiction,
            ),
            Check("audit.hash", "A line whose hash is not its own is refused with audit-hash-wrong.", self.hash),
            Check(
                "audit.chain",
                "A line that does not name the hash before it is refused with audit-chain-broken.",
                self.chain,
            ),
            Check("audit.line", "A line that is no event is refused with audit-line-invalid.", self.line),
        )

    # ---- what is taken

    def empty(self) -> None:
        """Read before anything is written."""
        page = self._visit.expect(self._empty.get(), 200)
        is_empty = not page["events"] and page["acknowledged_seq"] == 0 and not page["more"]
        require(is_empty, "no lines", "some", self._empty.get(), "events")
        is_ours = page["post_id"] == self._visit.post.need().id
        require(is_ours, "this post's journal", "another's", self._empty.get(), "post_id")

    def empty_checkpoint(self) -> None:
        """Number 0 and the hash before the first line."""
        self._is_signed(self._empty.need(), Head())

    def taken(self) -> None:
        """The first three."""
        taken = self._first.get()
        told = self._visit.expect(taken.answer, 200)
        require("refused" not in told, "no refused line", "one", taken.answer, "refused")

    def no_store(self) -> None:
        """Of both directions."""
        for answer in (self._first.need().answer, self._empty.need()):
            require_no_store(answer)

    def checkpoint(self) -> None:
        """Of the first three lines."""
        taken = self._first.need()
        self._is_signed(taken.answer, taken.last)

    def idempotent(self) -> None:
        """The same three again."""
        taken = self._first.need()
        self._all_acknowledged(self._send(taken.lines), taken.last.seq)

    # ---- what is not

    def gap(self) -> None:
        """A good line of a number that is too high."""
        last = self._first.need().last
        self._is_refused([_line(Head(last.seq + _FAR, last.hash))], "audit-gap")

    def contradiction(self) -> None:
        """Another second line, good by itself."""
        first = self._first.need().lines[0].head
        self._is_refused([_line(first, "another")], "audit-contradiction")

    def hash(self) -> None:
        """The next line, changed after it was hashed."""
        good = _line(self._first.need().last)
        record = json.loads(good.text)
        changed = json.dumps({**record, "detail": {"note": "changed"}}).encode()
        self._is_refused([_Line(changed, good.head)], "audit-hash-wrong")

    def chain(self) -> None:
        """The next line, which follows on another one."""
        last = self._first.need().last
        self._is_refused([_line(Head(last.seq, "f" * len(GENESIS)))], "audit-chain-broken")

    def line(self) -> None:
        """No JSON."""
        self._is_refused([_Line(b"no event", self._first.need().last)], "audit-line-invalid")

    def partial(self) -> None:
        """A good line, one that breaks the chain, and one that would follow on the good one."""
        last = self._first.need().last
        good = _line(last)
        bad, after = _line(Head(good.head.seq, "f" * len(GENESIS))), _line(good.head)
        answer = self._send([good, bad, after])
        told = self._visit.expect(answer, 200)
        line, seq = told.get("refused", {}).get("line"), told["acknowledged_seq"]
        require(seq == good.head.seq, f"{good.head.seq}", f"{seq}", answer, "acknowledged_seq")
        require(line == 2, "line 2", f"line {line}" if line else "none", answer, "refused.line")
        self._is_signed(answer, good.head)

    # ---- what is read

    def read_back(self) -> None:
        """The first three, whatever came after."""
        taken = self._first.need()
        answer = self._visit.ask("GET", PATH, query={"limit": _FIRST_LINES})
        events = self._visit.expect(answer, 200)["events"]
        written = [json.loads(line.text) for line in taken.lines]
        require(events == written, "the lines as they were sent", "others", answer, "events")

    def paging(self) -> None:
        """The second line alone."""
        self._first.need()
        answer = self._visit.ask("GET", PATH, query={"after_seq": 1, "limit": 1})
        page = self._visit.expect(answer, 200)
        numbers = [event["seq"] for event in page["events"]]
        require(numbers == [2], "line 2 alone", f"lines {', '.join(map(str, numbers))}", answer, "events")
        require(page["more"], "more: true", "false", answer, "more")

    def batch_limit(self) -> None:
        """One line too many, none of which is an event: nothing is kept whatever the registry does."""
        most = self._visit.limit("audit_batch_max", _BATCH_MAX)
        answer = self._visit.ask("POST", PATH, body=b"{}\n" * (most + 1), media_type=_NDJSON)
        self._visit.refused(answer, 400, "invalid-request")

    def other_post(self) -> None:
        """A post that is not there: whether it is there is nobody's business without an officer."""
        answer = self._visit.ask("GET", PATH, query={"post_id": f"post_{uuid.uuid4().hex}"})
        self._needs_shift(answer)

    def viewings(self) -> None:
        """Of a camera that is not there."""
        fill = {"camera_id": str(uuid.uuid4())}
        self._needs_shift(self._visit.ask("GET", "/v1/cameras/{camera_id}/viewings", fill=fill))

    # ---- sending and judging

    def _send_first(self) -> _Taken:
        lines = [_line(Head())]
        while len(lines) < _FIRST_LINES:
            lines.append(_line(lines[-1].head))
        self._empty.need()  # else these lines would be in it
        answer = self._send(lines)
        told = answer.json if answer.status == 200 else None
        seq = told.get("acknowledged_seq") if isinstance(told, dict) else None
        if seq != _FIRST_LINES:
            came = f"{seq}" if isinstance(seq, int) else answer.said
            raise UnmetError(f"acknowledged_seq {_FIRST_LINES}", came, answer.evidence("acknowledged_seq"))
        return _Taken(lines, answer)

    def _send(self, lines: Sequence[_Line]) -> Answer:
        body = b"".join(line.text + b"\n" for line in lines)
        return self._visit.ask("POST", PATH, body=body, media_type=_NDJSON)

    def _all_acknowledged(self, answer: Answer, seq: int) -> None:
        told = self._visit.expect(answer, 200)
        require("refused" not in told, "no refused line", "one", answer, "refused")
        came = f"{told['acknowledged_seq']}"
        require(told["acknowledged_seq"] == seq, f"{seq}", came, answer, "acknowledged_seq")

    def _is_refused(self, lines: Sequence[_Line], code: str) -> None:
        """The first line is refused so, and the journal is as long as before."""
        answer = self._send(lines)
        told = self._visit.expect(answer, 200)
        problem = told.get("refused", {}).get("problem", {})
        came = str(problem.get("code", "a line that was taken"))
        require(problem.get("code") == code, code, came, answer, "refused.problem.code")
        require(told["refused"]["line"] == 1, "line 1", "another", answer, "refused.line")
        seq = self._first.need().last.seq
        came = f"{told['acknowledged_seq']}"
        require(told["acknowledged_seq"] == seq, f"{seq}", came, answer, "acknowledged_seq")

    def _needs_shift(self, answer: Answer) -> None:
        self._visit.refused(answer, 401, "shift-required")
        named = answer.headers.get("www-authenticate", "")
        require(named == "Pantau-Shift", "WWW-Authenticate: Pantau-Shift", "another or none", answer)

    def _is_signed(self, answer: Answer, head: Head) -> None:
        """The answer's checkpoint is the registry's word for this end of the chain."""
        text = self._visit.expect(answer, 200)["checkpoint"]
        claims = self._claims(text, answer)
        wanted = {"post_id": self._visit.post.need().id, "seq": head.seq, "hash": head.hash}
        for name, value in wanted.items():
            field = f"checkpoint.{name}"
            require(claims.get(name) == value, "what was sent", "something else", answer, field)
        require(type(claims.get("at_s")) is int, "a time", "none", answer, "checkpoint.at_s")

    def _claims(self, text: str, answer: Answer) -> Mapping[str, Any]:
        """What a checkpoint says, having verified that it is the registry's."""
        told = self._visit.meta_member("audit_key")
        if told is None:
            raise SkippedError("this registry has no audit_key, and signs nothing")
        try:
            key, header = jwt.PyJWK(told), jwt.get_unverified_header(text)
            claims: Mapping[str, Any] = jwt.decode(text, key, algorithms=["ES256"])
        except (jwt.PyJWTError, TypeError, ValueError, AttributeError) as error:
            came, evidence = f"{type(error).__name__}", answer.evidence("checkpoint")
            raise UnmetError("a signature by the audit_key of /v1/meta", came, evidence) from None
        field = "checkpoint.header"
        require(header.get("typ") == _CHECKPOINT_TYPE, f"typ {_CHECKPOINT_TYPE}", "another", answer, field)
        require(header.get("kid") == told.get("kid"), "the kid of audit_key", "another", answer, field)
        return claims


def _line(before: Head, note: str = "pantau registry check") -> _Line:
    """The line that follows on an end of a chain."""
    at_s = time.time()
    text, head = entry_line(
        before, Event(Kind.STARTED, {"note": note}), Stamp(uuid7(at_s, secrets.randbits(UUID7_CHANCE_BITS)), at_s)
    )
    return _Line(text, head)
