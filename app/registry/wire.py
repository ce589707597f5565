"""Bodies of answers in bounded memory: gunzip piece by piece, split into lines; and whether they have changed.

Pure; any thread. Never holds more than one piece, one line and what zlib needs, whatever the other side sends.
Must import nothing of ours.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator, Mapping

PIECE_BYTES = 64 * 1024
LINE_MAX_BYTES = 64 * 1024
"""A camera's record is 2 KB; a longer line than this is skipped and told as a bad one."""
_GZIP_WINDOW = 31
"""zlib's word for: a gzip header, window of 32 KB."""
_ETAG = re.compile(r'(?:W/)?"[!#-~]{1,300}"')


class BodyError(ValueError):
    """A body that is broken, torn or too large; `code` names which."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


BROKEN, TORN, TOO_LARGE = "broken-body", "torn-body", "too-large-body"


def gunzip(pieces: Iterable[bytes], most_bytes: int) -> Iterator[bytes]:
    """The content of a gzip stream, in pieces of at most `PIECE_BYTES`.

    Raises:
        BodyError: it is no gzip, ends early, or holds more than `most_bytes`: a bomb is not unpacked any further.
    """
    inflater = zlib.decompressobj(_GZIP_WINDOW)
    total_bytes = 0
    for piece in pieces:
        rest = piece
        while rest and not inflater.eof:
            content = _inflate(inflater, rest)
            rest = inflater.unconsumed_tail
            total_bytes += len(content)
            if total_bytes > most_bytes:
                raise BodyError(TOO_LARGE)
            yield content
    if not inflater.eof:
        raise BodyError(TORN)


def limited(pieces: Iterable[bytes], most_bytes: int) -> Iterator[bytes]:
    """The same pieces.

    Raises:
        BodyError: they are more than `most_bytes` together.
    """
    total_bytes = 0
    for piece in pieces:
        total_bytes += len(piece)
        if total_bytes > most_bytes:
            raise BodyError(TOO_LARGE)
        yield piece


def lines(pieces: Iterable[bytes]) -> Iterator[bytes | None]:
    """The lines of a text without their ends; None for one that is too long. The last may lack its end."""
    held: list[bytes] = []
    held_bytes = 0
    for piece in pieces:
        first, *rest = piece.split(b"\n")
        held_bytes += len(first)
        held.append(first)
        if held_bytes > LINE_MAX_BYTES:
            held = []  # skipped up to its end; its length alone is remembered
        for part in rest:
            yield _joined(held, held_bytes)
            held, held_bytes = [part], len(part)
    if held_bytes:
        yield _joined(held, held_bytes)


def _joined(held: list[bytes], held_bytes: int) -> bytes | None:
    return b"".join(held) if held_bytes <= LINE_MAX_BYTES else None


def _inflate(inflater: zlib._Decompress, piece: bytes) -> bytes:
    try:
        return inflater.decompress(piece, PIECE_BYTES)
    except zlib.error:
        raise BodyError(BROKEN) from None


def etag_of(headers: Mapping[str, str]) -> str:
    """An answer's validator; one of a wrong form is none, and the next call asks for everything."""
    text = headers.get("ETag", "")
    return text if _ETAG.fullmatch(text) else ""
