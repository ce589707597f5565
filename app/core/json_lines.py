"""On which line of a JSON text each key stands, so that a complaint can name it. Pure.

Python's own reader tells lines of broken syntax only. This one expects a text that it has read without complaint.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_PIECE = re.compile(r'(?P<text>"(?:[^"\\]|\\.)*")(?P<is_key>\s*:)?|[{}\[\]]')

KeyPath = tuple[str, ...]
"""The keys that lead to an entry from the outside in; a list on the way counts as the key `""`."""


def key_lines(text: str) -> Iterator[tuple[KeyPath, int]]:
    """Every key with its path and its line, counted from 1, as they stand in the text.

    The last part of a path is the key as it is written between its quotes.
    """
    outer: list[str] = []
    key = ""
    for piece in _PIECE.finditer(text):
        if piece["is_key"]:
            key = piece["text"][1:-1]
            yield (*outer[1:], key), text.count("\n", 0, piece.start()) + 1
        elif piece[0] in "{[":
            outer.append(key)
            key = ""
        elif piece[0] in "}]":
            outer.pop()
            key = ""
