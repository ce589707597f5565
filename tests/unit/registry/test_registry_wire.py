from __future__ import annotations

import gzip
import tracemalloc
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.registry.wire import (
    BROKEN,
    LINE_MAX_BYTES,
    PIECE_BYTES,
    TOO_LARGE,
    TORN,
    BodyError,
    gunzip,
    limited,
    lines,
)

TEXT = b"".join(b"%d,%d\n" % (number, number**5) for number in range(50_000))


def cut(body: bytes, size: int) -> list[bytes]:
    return [body[start : start + size] for start in range(0, len(body), size)]


@pytest.mark.parametrize("size", [1_000, 65_536, 10_000_000])
def test_a_body_is_unpacked_in_small_pieces(size: int) -> None:
    pieces = list(gunzip(cut(gzip.compress(TEXT), size), len(TEXT)))
    assert b"".join(pieces) == TEXT and max(map(len, pieces)) <= PIECE_BYTES


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"not gzip at all", BROKEN),
        (gzip.compress(TEXT)[:-9], TORN),
        (gzip.compress(TEXT)[:-8] + bytes(8), BROKEN),
        (b"", TORN),
        (gzip.compress(TEXT + b"x"), TOO_LARGE),
    ],
)
def test_a_bad_body_says_what_is_wrong_with_it(body: bytes, code: str) -> None:
    with pytest.raises(BodyError) as caught:
        list(gunzip(cut(body, 1_000), len(TEXT)))
    assert caught.value.code == code


def test_a_bomb_is_not_unpacked_beyond_the_limit() -> None:
    bomb = gzip.compress(bytes(200_000_000), 9)
    tracemalloc.start()
    with pytest.raises(BodyError):
        for _piece in gunzip([bomb], 50_000_000):
            pass
    _now, peak_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak_bytes < 2_000_000


def test_an_endless_body_is_cut_off() -> None:
    def endless() -> Iterator[bytes]:
        while True:
            yield bytes(1_000)

    with pytest.raises(BodyError):
        for _piece in limited(endless(), 100_000):
            pass


@given(st.lists(st.binary(max_size=30) | st.just(b"\n")))
def test_lines_are_the_texts_own(pieces: list[bytes]) -> None:
    text = b"".join(pieces)
    assert list(lines(pieces)) == text.split(b"\n")[: None if not text.endswith(b"\n") and text else -1]


def test_a_line_that_is_too_long_is_skipped_and_the_next_one_read() -> None:
    long = b"x" * (LINE_MAX_BYTES + 1)
    for size in (100, 1_000_000):
        assert list(lines(cut(b"a\n" + long + b"\nb\n" + long, size))) == [b"a", None, b"b", None]
    assert list(lines([b"x" * LINE_MAX_BYTES])) == [b"x" * LINE_MAX_BYTES]
