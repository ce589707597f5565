"""The contract file is whole in itself, and the reference registry is built to it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest
from reference_registry_kit import CONTRACT, NOWHERE, make_camera

from app.demo.registry.app import create_app
from app.demo.registry.database import Database
from app.demo.registry.problems import ProblemCode
from app.demo.registry.services import make_services
from app.demo.registry.streams import SecretHolder, SimulatedStreams

Operations = dict[tuple[str, str], Any]
METHODS = {"get", "put", "post", "delete", "patch", "head", "options"}
FRAMEWORK_STATUS = "422"
"""FastAPI lists it by itself wherever there are parameters; the registry answers 400 instead."""


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    database = Database(tmp_path_factory.mktemp("schema") / "registry.sqlite")
    streams = SimulatedStreams(None, SecretHolder(), NOWHERE)
    yield create_app(make_services(database, streams, ())).openapi()
    database.close()


def operations(document: dict[str, Any]) -> Operations:
    return {
        (method, path): operation
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if method in METHODS
    }


def examples(node: Any) -> Iterator[tuple[dict[str, Any], Any]]:
    """Every example of the document with its schema."""
    if isinstance(node, dict):
        if "schema" in node:
            if "example" in node:
                yield node["schema"], node["example"]
            for each in node.get("examples", {}).values():
                yield node["schema"], each["value"]
        for each in node.values():
            yield from examples(each)


def schema_examples() -> Iterator[tuple[dict[str, Any], Any]]:
    for schema in CONTRACT["components"]["schemas"].values():
        for example in schema.get("examples", ()):
            yield schema, example


def resolved(node: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in node:
        found: Any = CONTRACT
        for part in node["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        node = found
    return node


def test_contract_is_openapi_3_1() -> None:
    assert CONTRACT["openapi"].startswith("3.1.")
    assert CONTRACT["info"]["version"].startswith("1.")


def test_every_reference_of_the_contract_leads_somewhere() -> None:
    def walk(node: Any) -> None:
        if isinstance(node, dict):
            if "$ref" in node:
                resolved(node)
            for each in node.values():
                walk(each)
        elif isinstance(node, list):
            for each in node:
                walk(each)

    walk(CONTRACT)


def test_every_example_follows_its_schema() -> None:
    everything = [*examples(CONTRACT["paths"]), *examples(CONTRACT["components"]), *schema_examples()]
    assert len(everything) > 30
    for schema, example in everything:
        whole = {**schema, "components": CONTRACT["components"]}
        jsonschema_rs.Draft202012Validator(whole, validate_formats=True).validate(example)


def test_every_operation_is_described_and_named_once() -> None:
    named = [operation["operationId"] for operation in operations(CONTRACT).values()]
    assert len(named) == len(set(named)) == 29
    for operation in operations(CONTRACT).values():
        assert operation["summary"] and len(operation["description"]) > 40


def test_every_error_is_a_problem() -> None:
    for operation in operations(CONTRACT).values():
        for status, response in operation["responses"].items():
            if status >= "400":
                (media_type,) = resolved(response)["content"]
                assert media_type == "application/problem+json"


def test_every_problem_code_of_the_server_is_in_the_contract() -> None:
    described = CONTRACT["components"]["schemas"]["Problem"]["properties"]["code"]["description"]
    for code in ProblemCode:
        assert f"`{code.code}`" in described


def test_server_has_the_contracts_operations_and_no_others(generated: dict[str, Any]) -> None:
    assert operations(generated).keys() == operations(CONTRACT).keys()


def test_server_answers_with_the_contracts_statuses(generated: dict[str, Any]) -> None:
    ours = operations(generated)
    for key, operation in operations(CONTRACT).items():
        statuses = ours[key]["responses"].keys() - {FRAMEWORK_STATUS}
        assert statuses == operation["responses"].keys(), key


def test_server_takes_the_contracts_parameters(generated: dict[str, Any]) -> None:
    def names(operation: dict[str, Any]) -> set[tuple[str, str, bool]]:
        return {
            (each["name"], each["in"], each.get("required", False)) for each in operation.get("parameters", ())
        }

    ours = operations(generated)
    for key, operation in operations(CONTRACT).items():
        assert names(ours[key]) == names(operation), key


def test_servers_models_have_the_contracts_members(generated: dict[str, Any]) -> None:
    schemas = CONTRACT["components"]["schemas"]
    shared = generated["components"]["schemas"].keys() & schemas.keys()
    named = {"Camera", "Site", "StreamProfile", "Lease", "Meta", "Changes", "LeaseRequest", "EnrolmentRequest"}
    assert named <= shared
    for name in shared:
        ours = generated["components"]["schemas"][name]["properties"].keys()
        assert ours == schemas[name]["properties"].keys(), name


@pytest.fixture(scope="module")
def camera_schema() -> jsonschema_rs.Draft202012Validator:
    whole = {"$ref": "#/components/schemas/Camera", "components": CONTRACT["components"]}
    return jsonschema_rs.Draft202012Validator(whole, validate_formats=True)


def test_record_with_nothing_but_what_is_needed_follows_the_contract(
    camera_schema: jsonschema_rs.Draft202012Validator,
) -> None:
    camera_schema.validate(json.loads(make_camera("A-1", privacy=None).to_json()))


@pytest.mark.parametrize("aliases", [["Bangjo Harmoni", "x" * 200], [], ["x"] * 8])
def test_camera_may_be_called_something_else_as_well(
    camera_schema: jsonschema_rs.Draft202012Validator, aliases: list[str]
) -> None:
    record = json.loads(make_camera("A-1", aliases=aliases).to_json())
    assert record["aliases"] == aliases
    camera_schema.validate(record)


@pytest.mark.parametrize("aliases", ["Bangjo", [""], ["x" * 201], ["x"] * 9, [4]])
def test_broken_aliases_are_neither_of_the_contract_nor_of_the_server(
    camera_schema: jsonschema_rs.Draft202012Validator, aliases: object
) -> None:
    assert not camera_schema.is_valid({**json.loads(make_camera("A-1").to_json()), "aliases": aliases})
    with pytest.raises(ValueError, match="aliases"):
        make_camera("A-1", aliases=aliases)


SITE = {"id": "A-z_9", "name": "Simpang Harmoni"}


@pytest.mark.parametrize("site", [SITE, None, {"id": "x" * 64, "name": "x" * 200, "lanes": 4}])
def test_site_of_a_camera_may_be_named_or_not(
    camera_schema: jsonschema_rs.Draft202012Validator, site: dict[str, Any] | None
) -> None:
    assert camera_schema.is_valid({**json.loads(make_camera("A-1").to_json()), "site": site})
    assert make_camera("A-1", site=site).site is not None or site is None


@pytest.mark.parametrize(
    "site",
    [
        "site_1",
        {},
        {"id": "site_1"},
        {**SITE, "id": ""},
        {**SITE, "id": "x" * 65},
        {**SITE, "id": "10.0.0.1"},
        {**SITE, "name": ""},
        {**SITE, "name": "x" * 201},
    ],
)
def test_broken_site_is_neither_of_the_contract_nor_of_the_server(
    camera_schema: jsonschema_rs.Draft202012Validator, site: object
) -> None:
    assert not camera_schema.is_valid({**json.loads(make_camera("A-1").to_json()), "site": site})
    with pytest.raises(ValueError, match="site"):
        make_camera("A-1", site=site)
