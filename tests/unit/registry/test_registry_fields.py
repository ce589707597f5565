from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.registry import fields
from app.registry.fields import FieldError


@pytest.mark.parametrize("value", [True, "5", 5.0, None, [5]])
def test_what_is_no_whole_number_is_refused(value: object) -> None:
    with pytest.raises(FieldError, match="rev: is no whole number"):
        fields.whole(value, "rev", 0, 9)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 10**400, -1])
def test_a_number_is_finite_and_within_bounds(value: object) -> None:
    with pytest.raises(FieldError, match="lies outside 0 to 90"):
        fields.number(value, "lat", 0, 90)


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("Simpang Harmoni N2", "Simpang Harmoni N2"),
        ("  Jalan\tMerdeka\nBarat ", "Jalan Merdeka Barat"),
        ("gate\u202e4gnp\u2069.exe", "gate4gnp.exe"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("bell\x07 and \x1b[31mcolour", "bell and [31mcolour"),
        ("half\ud800 pair", "half pair"),
        ("Kafé Çikini – 東京", "Kafé Çikini – 東京"),
        ("line\u2028end", "line end"),
    ],
)
def test_names_lose_control_and_direction_characters(raw: str, shown: str) -> None:
    assert fields.words(raw, "name") == shown


@pytest.mark.parametrize("name", ["", "   ", "\u200b\u202e", "x" * 201, 7, "lihat rtsp://10.0.0.1/"])
def test_a_name_that_cannot_be_shown_or_kept_is_refused(name: object) -> None:
    with pytest.raises(FieldError):
        fields.words(name, "name")


@given(st.text())
def test_a_cleaned_text_is_one_printable_line(text: str) -> None:
    cleaned = fields.clean(text)
    assert cleaned.isprintable() and cleaned == cleaned.strip() and fields.clean(cleaned) == cleaned


@pytest.mark.parametrize("text", [b"", b"{", b"[" * 100_000, b'{"a": "\xff"}', b"\xef\xbb\xbf{}", b"9" * 5_000])
def test_text_that_is_no_json_is_refused_and_not_kept(text: bytes) -> None:
    with pytest.raises(FieldError) as caught:
        fields.parse_json(text)
    assert caught.value.__cause__ is None and caught.value.__context__ is None


def test_a_uuid_is_read_in_lower_case() -> None:
    assert fields.uuid("0D1F8D7E-2F5B-5C0E-9A39-3B7F0F4A6C11", "id") == "0d1f8d7e-2f5b-5c0e-9a39-3b7f0f4a6c11"
