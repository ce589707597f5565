"""A post's journal as a chain: each line's hash covers the line and the hash of the line before. Pure.

The hash is SHA-256 over the line's canonical JSON without its member `hash`: members sorted by Unicode code point
at every level, no blanks, UTF-8 without escapes that JSON does not need. Fractions have no one written form, which
is why the contract has a journal write whole numbers and texts.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from pydantic import ValidationError

from app.demo.registry.limits import AUDIT_DEPTH_MAX, AUDIT_LINE_MAX_BYTES, SEQUENCE_MAX
from app.demo.registry.models_people import AuditEvent
from app.demo.registry.problems import ProblemCode

GENESIS = "0" * 64
"""What the first line names as the hash before it."""


@dataclass(frozen=True, slots=True)
class Link:
    """How far a chain reaches: its last line's number and hash."""

    seq: int = 0
    hash: str = GENESIS


@dataclass(frozen=True, slots=True)
class AuditLine:
    """A line whose hash is right: the event, and its canonical JSON with the hash in it."""

    event: AuditEvent
    record: str


@dataclass(frozen=True, slots=True)
class LineFault:
    """Why a line is not taken; `seq` is None where the line does not say."""

    code: ProblemCode
    detail: str
    seq: int | None


def canonical(record: Mapping[str, object]) -> str:
    """The one written form of a line.

    Raises:
        ValueError: there is a number that JSON does not have, or a text that is no Unicode.
    """
    text = json.dumps(record, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    text.encode()
    return text


def hash_of(record: Mapping[str, object]) -> str:
    """The hash that a line has to carry.

    Raises:
        ValueError: as `canonical`.
    """
    hashed = {name: value for name, value in record.items() if name != "hash"}
    return hashlib.sha256(canonical(hashed).encode()).hexdigest()


def read_line(line: bytes) -> AuditLine | LineFault:
    """A line by itself: its form and its hash, not yet its place in the chain."""
    record = _record(line)
    if record is None:
        return LineFault(ProblemCode.AUDIT_LINE_INVALID, "The line is no JSON object of UTF-8 text.", None)
    try:
        event = AuditEvent.model_validate(record)
    except ValidationError as error:
        wrong = ".".join(str(part) for part in error.errors(include_input=False)[0]["loc"])
        detail = f"The line does not follow the contract at {wrong}."
        return LineFault(ProblemCode.AUDIT_LINE_INVALID, detail, _seq(record))
    if hash_of(record) != event.hash:
        return LineFault(ProblemCode.AUDIT_HASH_WRONG, "The hash is not that of this line.", event.seq)
    return AuditLine(event, canonical(record))


def follows(line: AuditLine, last: Link) -> LineFault | None:
    """What keeps a line from being the next one of a chain."""
    if line.event.seq != last.seq + 1:
        detail = f"The line after {last.seq} is {last.seq + 1}."
        return LineFault(ProblemCode.AUDIT_GAP, detail, line.event.seq)
    if line.event.prev != last.hash:
        detail = "The line names another hash before it than the journal has there."
        return LineFault(ProblemCode.AUDIT_CHAIN_BROKEN, detail, line.event.seq)
    return None


def _record(line: bytes) -> dict[str, Any] | None:
    if len(line) > AUDIT_LINE_MAX_BYTES:
        return None
    try:
        record = json.loads(line.decode(), parse_constant=_refuse)
        if isinstance(record, dict) and _is_shallow(record, AUDIT_DEPTH_MAX):
            canonical(record)
            return record
    except (ValueError, RecursionError):
        pass
    return None


def _is_shallow(value: object, levels: int) -> bool:
    """Whether it has at most so many levels: whatever is kept has to be read again, by other programs, too."""
    if not isinstance(value, dict | list):
        return True
    inner = value.values() if isinstance(value, dict) else value
    return levels > 0 and all(_is_shallow(each, levels - 1) for each in inner)


def _refuse(word: str) -> NoReturn:
    raise ValueError(word)


def _seq(record: Mapping[str, object]) -> int | None:
    seq = record.get("seq")
    return seq if type(seq) is int and 0 < seq <= SEQUENCE_MAX else None
