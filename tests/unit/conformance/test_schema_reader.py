"""The suite's reader of schemas: it knows every rule of the contract, and judges as an independent reader does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from importlib import resources
from typing import Any

import jsonschema_rs
import pytest

from app.conformance.contract import Contract, load_contract
from app.conformance.schema import Fault, SchemaReader, UnknownKeywordError

DOCUMENT: dict[str, Any] = json.loads(
    resources.files("resources").joinpath("openapi/registry.v1.json").read_text(encoding="utf-8")
)
SCHEMAS: dict[str, Any] = DOCUMENT["components"]["schemas"]
ODD_VALUES = (None, True, 0, -1, 1.5, 10**20, "", "x", "x" * 3000, "10.0.0.1\n", [], [[]], {}, {"x": 1})


def schemas(node: Any) -> Iterator[dict[str, Any]]:
    """Every schema of the document."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "schema":
                yield value
            elif key not in ("example", "examples", "schemas"):
                yield from schemas(value)
    elif isinstance(node, list):
        for each in node:
            yield from schemas(each)


def answers() -> Iterator[tuple[dict[str, Any], Any]]:
    """The schema and the example of everything that the contract shows, and each named schema's own examples."""
    for path in DOCUMENT["paths"].values():
        for operation in path.values():
            for response in operation["responses"].values():
                for content in response.get("content", {}).values():
                    if "example" in content:
                        yield content["schema"], content["example"]
                    named = content.get("examples", {}).values()
                    yield from ((content["schema"], each["value"]) for each in named)
    for schema in SCHEMAS.values():
        yield from ((schema, example) for example in schema.get("examples", ()))


def broken(value: Any) -> Iterator[Any]:
    """The value with one of its parts missing or something odd."""
    yield from ODD_VALUES
    if isinstance(value, dict):
        for name, part in value.items():
            yield {other: each for other, each in value.items() if other != name}
            yield from ({**value, name: each} for each in broken(part))
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from ([*value[:number], each, *value[number + 1 :]] for each in broken(part))
        yield value * 100


def test_every_rule_of_the_contract_is_known() -> None:
    contract = load_contract()
    for schema in [*SCHEMAS.values(), *schemas(DOCUMENT)]:
        for value in ODD_VALUES:
            contract.fault(schema, value)


def test_a_rule_that_is_not_known_is_refused() -> None:
    reader = SchemaReader({})
    for schema in ({"contains": {}}, {"type": "tuple"}, {"format": "ipv4"}):
        with pytest.raises(UnknownKeywordError):
            reader.first_fault(schema, "x")


@pytest.mark.parametrize(("schema", "example"), list(answers()))
def test_it_judges_like_an_independent_reader(schema: dict[str, Any], example: Any) -> None:
    contract = Contract(DOCUMENT)
    whole = {**schema, "components": DOCUMENT["components"]}
    other = jsonschema_rs.Draft202012Validator(whole, validate_formats=True)
    assert contract.fault(schema, example) is None
    for value in broken(example):
        assert (contract.fault(schema, value) is None) == other.is_valid(value), value


@pytest.mark.parametrize(
    ("schema", "value", "field"),
    [
        ({"type": "object", "required": ["a"]}, {}, "a"),
        ({"properties": {"a": {"items": {"type": "string"}}}}, {"a": ["x", 1]}, "a[1]"),
        (
            {
                "anyOf": [
                    {"required": ["a"]},
                    {"properties": {"b": {"properties": {"c": {"const": 1}}}}, "required": ["b"]},
                ]
            },
            {"b": {"c": 2}},
            "b.c",
        ),
        ({"additionalProperties": {"maximum": 3}}, {"x": 4}, "x"),
        ({"propertyNames": {"pattern": "^[a-z]$"}}, {"long": 4}, "long"),
        ({"prefixItems": [{}, {"type": "integer"}]}, [1, "x", "y"], "[1]"),
        ({"properties": {"a": {"uniqueItems": True}}}, {"a": [{"b": 1}, {"b": 1}]}, "a"),
    ],
)
def test_a_fault_names_its_field(schema: dict[str, Any], value: Any, field: str) -> None:
    fault = SchemaReader({}).first_fault(schema, value)
    assert fault is not None and fault.field == field


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"additionalProperties": {"maximum": 3}}, {"x": 3}),
        ({"propertyNames": {"pattern": "^[a-z]$"}}, {"x": 4}),
        ({"uniqueItems": True}, [1, 2, {"b": 1}]),
        ({"uniqueItems": False}, [1, 1]),
        ({"prefixItems": [{"type": "integer"}, {"type": "string"}]}, [1]),
    ],
)
def test_what_follows_the_rules_of_maps_and_sets_passes(schema: dict[str, Any], value: Any) -> None:
    assert SchemaReader({}).first_fault(schema, value) is None


@pytest.mark.parametrize("secret", ["rahasia-7301", 730173017301, ["rahasia-7301"], {"rahasia 7301": 1}])
def test_a_fault_never_repeats_a_value(secret: Any) -> None:
    reader = SchemaReader(deepcopy(DOCUMENT))
    found: list[Fault | None] = [
        reader.first_fault({"properties": {"a": rule}}, {"a": secret})
        for rule in ({"enum": ["x"]}, {"const": "x"}, {"type": "null"}, {"maxLength": 1}, {"maximum": 1})
    ]
    found.append(reader.first_fault({"additionalProperties": {"type": "null"}}, {"rahasia 7301": "rahasia-7301"}))
    told = [str(fault) for fault in found if fault is not None]
    assert len(told) >= 4
    assert not any("7301" in each for each in told), told
