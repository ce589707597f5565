"""Where keys stand in a JSON text."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.core.json_lines import key_lines

NAMES = st.text(alphabet='ab"\\{}[]:, \n', max_size=4)
VALUES = st.recursive(
    st.none() | NAMES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=8,
)


def test_every_key_has_its_path_and_line() -> None:
    text = '{\n "a": {\n  "b": "x: {"},\n "c": [\n  {"d": 1}, {"e": []}\n ],\n "a": 2\n}'
    assert list(key_lines(text)) == [
        (("a",), 2),
        (("a", "b"), 3),
        (("c",), 4),
        (("c", "", "d"), 5),
        (("c", "", "e"), 5),
        (("a",), 7),
    ]


def all_paths(value: Any, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    if isinstance(value, dict):
        parts = [[(*path, key), *all_paths(inner, (*path, key))] for key, inner in value.items()]
        return [each for part in parts for each in part]
    if isinstance(value, list):
        return [each for inner in value for each in all_paths(inner, (*path, ""))]
    return []


@given(st.dictionaries(NAMES, VALUES, max_size=4))
def test_no_text_hides_a_key(document: dict[str, Any]) -> None:
    found = [tuple(json.loads(f'"{part}"') for part in path) for path, _ in key_lines(json.dumps(document))]
    assert found == all_paths(document)


def test_keys_of_an_indented_text_stand_on_their_lines() -> None:
    document = {f"key {number}": number for number in range(5)}
    assert [line for _, line in key_lines(json.dumps(document, indent=1))] == [2, 3, 4, 5, 6]
