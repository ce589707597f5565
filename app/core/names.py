"""Names that people give: made harmless and kept apart from the product's own. Pure."""

from __future__ import annotations

import re
import unicodedata

from app.core.errors import ConfigError

NAME_MAX_LENGTH = 60
"""Of a layout's name: what a menu shows in one line."""
_STRIPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
"""Unicode categories of controls, formats (bidi overrides, zero widths), surrogates, private and unassigned."""
_BUILT_IN = re.compile(r"\d+(\+\d+)*")


def one_line(text: str) -> str:
    """The text as one line of visible characters: no controls, no bidi marks, single spaces, accents composed."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    line = visible_line(unicodedata.normalize("NFC", text))
    # What was removed may have kept a letter and its accent apart.
    return unicodedata.normalize("NFC", line)


def visible_line(text: str) -> str:
    """The text as one line of visible characters: no controls, no bidi marks, single spaces."""
    return " ".join("".join(_visible(character) for character in text).split())


def _visible(character: str) -> str:
    if character.isspace():
        return " "
    return "" if unicodedata.category(character) in _STRIPPED else character


def holds_address(text: str) -> bool:
    """Whether a text would be taken for one with an address in it: no post keeps one on disk."""
    return "://" in text


def given_name(text: str) -> str:
    """The name that a tour or a salvo gets where somebody wrote `text`.

    Raises:
        ConfigError: nothing visible is in it, or it is too long.
    """
    name = one_line(text)
    if not name:
        raise ConfigError("a name is missing")
    if len(name) > NAME_MAX_LENGTH:
        raise ConfigError("a name has at most {0} characters, not {1}", NAME_MAX_LENGTH, len(name))
    return name


def layout_name(text: str) -> str:
    """The name that a saved layout gets where somebody wrote `text`.

    Raises:
        ConfigError: nothing visible is in it, it is too long, or it has the form of a built-in layout's name
            (`16`, `1+5`).
    """
    name = one_line(text)
    if not name:
        raise ConfigError("a layout needs a name")
    if len(name) > NAME_MAX_LENGTH:
        raise ConfigError("a layout's name has at most {0} characters, not {1}", NAME_MAX_LENGTH, len(name))
    if _BUILT_IN.fullmatch(name):
        raise ConfigError("{0} is the name of a built-in layout: choose another", name)
    return name
