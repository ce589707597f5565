"""The catalogue as it came: its first line and its records, good or not. Pure; any thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.conformance.verdict import UnmetError
from app.conformance.visit import Visit
from app.conformance.wire import Answer
from app.registry.fields import FieldError, parse_json


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What a snapshot held.

    Attributes:
        answer: as it came.
        head: its first line.
        records: the others, by the number of their line.
        unreadable: the numbers of lines that are no JSON objects.
    """

    answer: Answer
    head: Mapping[str, Any]
    records: Mapping[int, Mapping[str, Any]]
    unreadable: tuple[int, ...]


def read_catalogue(visit: Visit) -> Catalogue:
    """Fetch the whole catalogue.

    Raises:
        UnmetError: it is no snapshot at all.
    """
    answer = visit.ask("GET", "/v1/snapshot")
    if answer.status != 200:
        raise UnmetError("200", answer.said, answer.evidence())
    lines = {number: _object(line) for number, line in enumerate(answer.body.splitlines(), start=1)}
    head = lines.pop(1, None)
    if head is None:
        raise UnmetError("a first line that is a JSON object", "none", answer.evidence())
    records = {number: record for number, record in lines.items() if record is not None}
    return Catalogue(answer, head, records, tuple(number for number, record in lines.items() if record is None))


def _object(line: bytes) -> Mapping[str, Any] | None:
    try:
        record = parse_json(line)
    except FieldError:
        return None
    return record if isinstance(record, dict) else None
