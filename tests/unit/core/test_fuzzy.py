"""What typed letters find, and what they find first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.fuzzy import rank

ENTRIES = {
    "save": ("Save the layout", "save-layout"),
    "next": ("Next layout", "next-layout"),
    "open": ("Open Cafés by night", "open Cafés by night"),
    "undo": ("Take the last change back", "undo"),
}


def found(query: str) -> list[str]:
    ranks = {name: rank(query, fields) for name, fields in ENTRIES.items()}
    return sorted((name for name in ranks if ranks[name] is not None), key=lambda name: ranks[name] or 0)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["save", "next", "open", "undo"]),
        ("SAVE", ["save"]),
        ("layout", ["save", "next"]),
        ("lay nex", ["next"]),
        ("cafes", ["open"]),
        ("nxl", ["next"]),
        ("tlcb", ["undo"]),
        ("undo", ["undo"]),
        ("do", ["undo"]),
        ("z", []),
        ("layout z", []),
    ],
)
def test_every_typed_word_must_fit(query: str, names: list[str]) -> None:
    assert found(query) == names


def test_what_begins_so_comes_before_what_contains_it_and_a_title_before_a_name() -> None:
    ranks = [
        rank("la", ("Layout 4", "x")),
        rank("la", ("Relay", "x")),
        rank("la", ("Leave it alone", "x")),
        rank("la", ("x", "layout")),
    ]
    assert ranks == [0, 2, 3, 4]
    assert rank("back", ("Back",)) == 0 and rank("back", ("There and back",)) == 1


def test_one_letter_is_not_spelled_out() -> None:
    assert rank("y", ("layout",)) == 2
    assert rank("x", ("layout",)) is None


@given(st.text(max_size=20), st.lists(st.text(max_size=20), max_size=3))
def test_any_text_can_be_typed(query: str, fields: list[str]) -> None:
    fit = rank(query, fields)
    assert fit is None or fit >= 0


@given(st.text(alphabet="abc -", min_size=1, max_size=12))
def test_a_title_typed_whole_is_found(title: str) -> None:
    assert rank(title, (title,)) == 0
