"""Text from outside, made harmless before it is shown: names come from a registry and may be hostile.

GUI thread. Must not import Qt: the rules are plain Unicode.
"""

from __future__ import annotations

import html

from app.core.names import visible_line

_LONGEST = 200


def plain(text: str, longest: int = _LONGEST) -> str:
    """The text as one line of visible characters, `longest` at most: no controls, no bidi marks."""
    if text.isascii() and text.isprintable() and len(text) <= longest and "  " not in text:
        return text.strip()
    line = visible_line(text[: longest * 2])
    return line if len(line) <= longest else line[: longest - 1] + "…"


def plain_tooltip(lines: list[str]) -> str:
    """Lines as a tooltip that shows them as they are: Qt would take a `<` for rich text."""
    return "<qt>" + "<br>".join(html.escape(plain(line)) for line in lines) + "</qt>"


def plain_action(text: str) -> str:
    """Text for a menu entry: Qt would take an `&` for a key's mark."""
    return plain(text).replace("&", "&&")
