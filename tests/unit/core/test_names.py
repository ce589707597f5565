"""Names that people give: harmless, short, and never a built-in layout's."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import ConfigError
from app.core.names import NAME_MAX_LENGTH, given_name, layout_name, one_line


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ("Pagi  Gambir ", "Pagi Gambir"),
        ("Pagi\n\tGambir", "Pagi Gambir"),
        ("a\u202egnp\u200b\x07", "agnp"),
        ("Cafe\u0301", "Café"),
        ("e\u200b\u0301", "é"),
        ("\ud800x", "x"),
        ("\u00a0x\u3000y", "x y"),
    ],
)
def test_a_line_has_visible_characters_only(written: str, line: str) -> None:
    assert one_line(written) == line


@given(st.text())
def test_a_line_stays_as_it_is(text: str) -> None:
    line = one_line(text)
    assert one_line(line) == line
    assert line.isprintable() and "  " not in line
    assert unicodedata.is_normalized("NFC", line)


@pytest.mark.parametrize("name", ["Gambir pagi", "2 pos", "x" * NAME_MAX_LENGTH, "1+", "<b>", "con"])
def test_a_name_may_be_almost_anything(name: str) -> None:
    assert layout_name(f" {name}\n") == name


@pytest.mark.parametrize(
    ("written", "complaint"),
    [
        ("", "needs a name"),
        (" \u202e\n", "needs a name"),
        ("x" * (NAME_MAX_LENGTH + 1), "at most 60 characters, not 61"),
        ("16", "16 is the name of a built-in layout"),
        (" 1+5", r"1\+5 is the name of a built-in layout"),
    ],
)
def test_a_name_that_cannot_be_used_is_refused_with_the_reason(written: str, complaint: str) -> None:
    with pytest.raises(ConfigError, match=complaint):
        layout_name(written)


def test_a_tour_may_be_called_as_a_built_in_layout_is() -> None:
    assert given_name(" 16\n") == "16" and given_name("Patroli  2") == "Patroli 2"


@pytest.mark.parametrize(
    ("written", "complaint"),
    [(" \u202e\n", "a name is missing"), ("x" * (NAME_MAX_LENGTH + 1), "at most 60 characters, not 61")],
)
def test_a_tours_name_is_visible_and_fits_a_menu(written: str, complaint: str) -> None:
    with pytest.raises(ConfigError, match=complaint):
        given_name(written)
