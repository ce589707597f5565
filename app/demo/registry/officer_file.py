"""Reads a CSV file of officers: `service_number,name,role,scope`.

A bad row is left out and named; it never sinks the others. Runs in the thread that calls it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from pydantic import TypeAdapter, ValidationError

from app.core.model import Reject
from app.demo.catalogue.table_file import REST, Heading, RowError, read_unique
from app.demo.registry.models import Scope
from app.demo.registry.models_people import ServiceNumber
from app.demo.registry.officers import Officer, Role

_COLUMNS = ("service_number", "name", "role", "scope")
_HEADING = Heading(_COLUMNS, _COLUMNS)
_NAME_MAX_LENGTH = 200
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class OfficerFile:
    """The good rows of a file, and what was wrong with the others."""

    officers: tuple[Officer, ...]
    rejected: tuple[Reject, ...]


def read_officer_file(path: Path) -> OfficerFile:
    """Read and check a file.

    Raises:
        ConfigError: it cannot be read or has no usable heading; one sentence.
    """
    return OfficerFile(*read_unique(path, _HEADING, "service_number", _officer, lambda each: each.service_number))


def _officer(row: Mapping[str, str]) -> Officer:
    number, name = _number(row["service_number"]), checked_name(row["name"])
    return Officer(uuid4(), number, name, _role(row["role"]), checked_scope(row))


def _number(text: str) -> str:
    try:
        return TypeAdapter(ServiceNumber).validate_python(text)
    except ValidationError:
        reason = "has 7 to 32 letters, digits, dots, hyphens and slashes: a PIN has six"
        raise RowError("service_number", reason) from None


def checked_name(text: str) -> str:
    """The name of an officer or a post.

    Raises:
        RowError: it is none.
    """
    if not text or len(text) > _NAME_MAX_LENGTH or _UNPRINTABLE.search(text):
        raise RowError("name", f"has 1 to {_NAME_MAX_LENGTH} characters, all of them printable")
    return text


def _role(text: str) -> Role:
    try:
        return Role(text.lower())
    except ValueError:
        raise RowError("role", f"is one of {', '.join(role.value for role in Role)}") from None


def checked_scope(row: Mapping[str, str]) -> Scope:
    """A row's scope: codes of units begin with a letter in capitals, those of areas with a digit.

    Raises:
        RowError: it is none.
    """
    if row[REST]:
        raise RowError("scope", "the row has more values than the heading: codes are parted by blanks")
    codes = row["scope"].split()
    units = tuple(code for code in codes if code[0].isupper())
    try:
        scope = Scope(units=units, areas=tuple(code for code in codes if code not in units))
    except ValidationError:
        codes = []
    if not codes:
        raise RowError("scope", "has codes of units or areas, parted by blanks: PMJ-01 31.72") from None
    return scope
