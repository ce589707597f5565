"""The contract's file, asked about operations: what an answer has to look like, and how a request does.

Any thread; the file is read once by whoever calls `load_contract`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

from app.conformance.schema import Fault, Schema, SchemaReader

_METHODS = ("get", "post", "put", "delete", "patch")
PROBLEM_MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Form:
    """What one answer of an operation has to look like; both empty where it has no body."""

    media_type: str
    schema: Schema


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation as the contract's own examples call it.

    Attributes:
        method: of HTTP.
        path: with names in braces.
        needs_post: whether it needs the post's token.
        fill: an example of each name in the path.
        query: an example of each parameter that is needed.
        headers: an example of each header that is needed.
        media_type: of the request's body; empty where there is none.
        body: an example of it: a text, or what becomes JSON.
    """

    method: str
    path: str
    needs_post: bool
    fill: Mapping[str, str]
    query: Mapping[str, str]
    headers: Mapping[str, str]
    media_type: str
    body: object


class Contract:
    """One version of the contract.

    Args:
        document: the OpenAPI document.
    """

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._document = document
        self._reader = SchemaReader(document)

    @property
    def version(self) -> str:
        """Of the document."""
        return str(self._document["info"]["version"])

    def form(self, method: str, path: str, status: int) -> Form | None:
        """What an answer has to look like; None for a status that the operation does not have."""
        response = self._document["paths"][path][method.lower()]["responses"].get(str(status))
        if response is None:
            return None
        for media_type, content in self._reader.resolved(response).get("content", {}).items():
            return Form(media_type, content["schema"])
        return Form("", {})

    def fault(self, schema: str | Schema, value: object) -> Fault | None:
        """The first thing that is wrong with a value.

        Args:
            schema: one of the contract's by its name, or a schema.
            value: what came, as JSON.
        """
        named = {"$ref": f"#/components/schemas/{schema}"} if isinstance(schema, str) else schema
        return self._reader.first_fault(named, value)

    def operations(self) -> Iterator[Operation]:
        """All that there are."""
        for path, methods in self._document["paths"].items():
            for method in _METHODS:
                if method in methods:
                    yield self._operation(method, path, methods[method])

    def _operation(self, method: str, path: str, described: Mapping[str, Any]) -> Operation:
        bodies: Mapping[str, Any] = described.get("requestBody", {}).get("content", {})
        media_type = next(iter(bodies), "")
        security = described.get("security", self._document["security"])
        return Operation(
            method=method.upper(),
            path=path,
            needs_post=any("post" in way for way in security),
            fill=_examples(described, "path"),
            query=_examples(described, "query"),
            headers=_examples(described, "header"),
            media_type=media_type,
            body=bodies.get(media_type, {}).get("example"),
        )


def load_contract() -> Contract:
    """The contract that this version of Pantau speaks."""
    text = resources.files("resources").joinpath("openapi/registry.v1.json").read_text(encoding="utf-8")
    return Contract(json.loads(text))


def _examples(described: Mapping[str, Any], place: str) -> dict[str, str]:
    needed = (each for each in described.get("parameters", ()) if each["in"] == place and each.get("required"))
    return {each["name"]: str(each["example"]) for each in needed}
