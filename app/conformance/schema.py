"""Whether a value has the form that the contract asks for: the part of JSON Schema that the contract's file uses.

Pure; any thread. A fault names where and which rule, never the value: that may be a secret. A keyword that is not
known here is refused, for a rule that is passed over in silence would pass everything.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

Schema: TypeAlias = Mapping[str, Any]

_SAYS_NOTHING = frozenset({"description", "default", "example", "examples", "title", "deprecated"})
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_DATE_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)", re.IGNORECASE | re.ASCII)
_URI = re.compile(r"[a-z][a-z0-9+.-]*:[!-~]*", re.IGNORECASE)
_PLAIN_NAME = re.compile(r"[A-Za-z0-9_.:-]{1,64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a value.

    Attributes:
        field: where, `items[3].profile`; empty for the whole.
        reason: which rule it breaks, a clause that goes on after the field's name.
    """

    field: str
    reason: str

    def __str__(self) -> str:
        return f"{self.field or 'the whole'} {self.reason}"


class UnknownKeywordError(ValueError):
    """A schema has a rule that is not known here."""


class SchemaReader:
    """Judges values by the schemas of one document.

    Args:
        document: what references lead into.
    """

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._document = document
        self._patterns: dict[str, re.Pattern[str]] = {}

    def first_fault(self, schema: Schema, value: object) -> Fault | None:
        """The first rule that a value breaks, None where it has the schema's form.

        Raises:
            UnknownKeywordError: the schema has a rule that is not known here.
        """
        return next(self._faults(schema, value, ""), None)

    def resolved(self, schema: Schema) -> Schema:
        """What a reference leads to; anything else as it is."""
        while "$ref" in schema:
            found: Any = self._document
            for part in str(schema["$ref"]).removeprefix("#/").split("/"):
                found = found[part]
            schema = found
        return schema

    def _faults(self, schema: Schema, value: object, field: str) -> Iterator[Fault]:
        for keyword, rule in self.resolved(schema).items():
            if keyword in _SAYS_NOTHING:
                continue
            check = getattr(self, f"_check_{keyword}", None)
            if check is None:
                raise UnknownKeywordError(keyword)
            yield from check(rule, value, field)

    # ---- any value

    def _check_type(self, rule: str | Sequence[str], value: object, field: str) -> Iterator[Fault]:
        kinds = (rule,) if isinstance(rule, str) else tuple(rule)
        if not any(_is_of(kind, value) for kind in kinds):
            yield Fault(field, f"is not of type {' or '.join(kinds)}")

    def _check_enum(self, rule: Sequence[object], value: object, field: str) -> Iterator[Fault]:
        if not any(_equal(each, value) for each in rule):
            yield Fault(field, f"is none of {', '.join(map(str, rule))}")

    def _check_const(self, rule: object, value: object, field: str) -> Iterator[Fault]:
        if not _equal(rule, value):
            yield Fault(field, f"is not {rule}")

    def _check_anyOf(self, rule: Sequence[Schema], value: object, field: str) -> Iterator[Fault]:  # noqa: N802
        """Of several forms, the one whose fault lies deepest is what was meant."""
        faults = [next(self._faults(each, value, field), None) for each in rule]
        wrong = [fault for fault in faults if fault is not None]
        if len(wrong) == len(faults):
            yield max(wrong, key=lambda fault: len(fault.field))

    def _check_not(self, rule: Schema, value: object, field: str) -> Iterator[Fault]:
        if next(self._faults(rule, value, field), None) is None:
            yield Fault(field, "has a form that is not allowed")

    # ---- objects

    def _check_required(self, rule: Sequence[str], value: object, field: str) -> Iterator[Fault]:
        if isinstance(value, dict):
            yield from (Fault(_member(field, name), "is missing") for name in rule if name not in value)

    def _check_properties(self, rule: Mapping[str, Schema], value: object, field: str) -> Iterator[Fault]:
        if isinstance(value, dict):
            for name in rule.keys() & value.keys():
                yield from self._faults(rule[name], value[name], _member(field, name))

    def _check_additionalProperties(self, rule: Schema, value: object, field: str) -> Iterator[Fault]:  # noqa: N802
        """Beside no `properties`: the contract describes maps so, and leaves its records open."""
        if isinstance(value, dict):
            for name, each in value.items():
                yield from self._faults(rule, each, _member(field, name))

    def _check_propertyNames(self, rule: Schema, value: object, field: str) -> Iterator[Fault]:  # noqa: N802
        if isinstance(value, dict):
            for name in value:
                yield from self._faults(rule, name, _member(field, name))

    # ---- arrays

    def _check_items(self, rule: Schema, value: object, field: str) -> Iterator[Fault]:
        if isinstance(value, list):
            for number, each in enumerate(value):
                yield from self._faults(rule, each, f"{field}[{number}]")

    def _check_prefixItems(self, rule: Sequence[Schema], value: object, field: str) -> Iterator[Fault]:  # noqa: N802
        """Beside no `items`: the contract describes tuples so, and counts them."""
        if isinstance(value, list):
            for place, (schema, item) in enumerate(zip(rule, value, strict=False)):
                yield from self._faults(schema, item, f"{field}[{place}]")

    def _check_minItems(self, rule: int, value: object, field: str) -> Iterator[Fault]:  # noqa: N802
        if isinstance(value, list) and len(value) < rule:
            yield Fault(field, f"has fewer than {rule} items")

    def _check_maxItems(self, rule: int, value: object, field: str) -> Iterator[Fault]:  # noqa: N802
        if isinstance(value, list) and len(value) > rule:
            yield Fault(field, f"has more than {rule} items")

    def _check_uniqueItems(self, rule: bool, value: object, field: str) -> Iterator[Fault]:  # noqa: N802
        if rule and isinstance(value, list) and any(each in value[:number] for number, each in enumerate(value)):
            yield Fault(field, "has an item twice")

    # ---- texts

    def _check_minLength(self, rule: int, value: object, field: str) -> Iterator[Fault]:  # noqa: N802
        if isinstance(value, str) and len(value) < rule:
            yield Fault(field, f"is shorter than {rule} characters")

    def _check_maxLength(self, rule: int, value: object, field: str) -> Iterator[Fault]:  # noqa: N802
        if isinstance(value, str) and len(value) > rule:
            yield Fault(field, f"is longer than {rule} characters")

    def _check_pattern(self, rule: str, value: object, field: str) -> Iterator[Fault]:
        if isinstance(value, str) and not self._pattern(rule).search(value):
            yield Fault(field, f"is not of the form {rule}")

    def _check_format(self, rule: str, value: object, field: str) -> Iterator[Fault]:
        if isinstance(value, str) and not _has_format(rule, value):
            yield Fault(field, f"is no {rule}")

    def _pattern(self, rule: str) -> re.Pattern[str]:
        """As in ECMAScript: `$` is the very end, `\\d` ten digits."""
        if rule not in self._patterns:
            self._patterns[rule] = re.compile(re.sub(r"\$$", r"\\Z", rule), re.ASCII)
        return self._patterns[rule]

    # ---- numbers

    def _check_minimum(self, rule: float, value: object, field: str) -> Iterator[Fault]:
        if _is_of("number", value) and value < rule:  # type: ignore[operator]
            yield Fault(field, f"is less than {rule}")

    def _check_maximum(self, rule: float, value: object, field: str) -> Iterator[Fault]:
        if _is_of("number", value) and value > rule:  # type: ignore[operator]
            yield Fault(field, f"is more than {rule}")

    def _check_exclusiveMinimum(self, rule: float, value: object, field: str) -> Iterator[Fault]:  # noqa: N802
        if _is_of("number", value) and value <= rule:  # type: ignore[operator]
            yield Fault(field, f"is not more than {rule}")

    def _check_exclusiveMaximum(self, rule: float, value: object, field: str) -> Iterator[Fault]:  # noqa: N802
        if _is_of("number", value) and value >= rule:  # type: ignore[operator]
            yield Fault(field, f"is not less than {rule}")


def _is_of(kind: str, value: object) -> bool:
    match kind:
        case "object":
            return isinstance(value, dict)
        case "array":
            return isinstance(value, list)
        case "string":
            return isinstance(value, str)
        case "boolean":
            return isinstance(value, bool)
        case "null":
            return value is None
        case "integer":
            return _is_number(value) and (isinstance(value, int) or value.is_integer())  # type: ignore[attr-defined]
        case "number":
            return _is_number(value)
    raise UnknownKeywordError(kind)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _equal(one: object, other: object) -> bool:
    """Equal, and not as `True` is equal to 1."""
    return one == other and isinstance(one, bool) == isinstance(other, bool)


def _has_format(name: str, text: str) -> bool:
    match name:
        case "uuid":
            return _UUID.fullmatch(text) is not None
        case "uri":
            return _URI.fullmatch(text) is not None
        case "date-time":
            return _is_date_time(text)
    raise UnknownKeywordError(name)


def _is_date_time(text: str) -> bool:
    if not _DATE_TIME.fullmatch(text):
        return False
    try:
        datetime.fromisoformat(text.upper())
    except ValueError:
        return False
    return True


def _member(field: str, name: str) -> str:
    """The path of a member; a name that is no plain word may be anything and is not repeated."""
    shown = name if _PLAIN_NAME.fullmatch(name) else "(another name)"
    return f"{field}.{shown}" if field else shown
