"""Chords: what is pressed at once, and the one way to spell it. Pure.

A chord is spelled `Ctrl+Alt+Shift+Meta+Key`, in that order, so the file, the window and the help page mean the
same by the same text. A sign (`+`, `-`, `/` …) is named by itself, without Shift: keyboards differ in which signs
need it.
"""

from __future__ import annotations

import re
from enum import Enum
from types import MappingProxyType

from app.core.errors import ConfigError

_MODIFIERS = ("Ctrl", "Alt", "Shift", "Meta")
_KEY_ALIASES = MappingProxyType(
    {
        "Return": "Enter",
        "Escape": "Esc",
        "Delete": "Del",
        "Insert": "Ins",
        "Backtab": "Tab",
        "Plus": "+",
        "Minus": "-",
    }
)
_EDITING_KEYS = ("Enter", "Esc", "Del", "Ins", "Space", "Tab", "Backspace", "Menu", "Pause", "Print")
_MOVING_KEYS = ("Home", "End", "PgUp", "PgDown", "Left", "Right", "Up", "Down")
_NAMED_KEYS = frozenset((*_EDITING_KEYS, *_MOVING_KEYS))
_PLAIN_KEY = re.compile(r"[A-Z0-9]|F([1-9]|1[0-9]|2[0-4])")
_SIGN = re.compile(r"[!-/:-@\[-`{-~]")


class Reserved(Enum):
    """Why a chord cannot be given to a command."""

    KEYPAD = "keypad"
    """Digits and the point call cameras up; many number pads have the comma in the point's place."""
    FOCUS = "focus"
    """Tab moves through what can be used."""


def canonical_chord(text: str) -> str:
    """The one spelling of a chord: `shift+ctrl+return` → `Ctrl+Shift+Enter`, `ctrl++` → `Ctrl++`.

    Raises:
        ConfigError: a modifier or the key is not known, or named twice.
    """
    *modifier_texts, key_text = _parts("".join(text.split()))
    modifiers = [part.capitalize() for part in modifier_texts]
    unknown = next((part for part in modifiers if part not in _MODIFIERS), None)
    if unknown is not None:
        raise ConfigError("there is no modifier {0}: use {1}", repr(unknown), ", ".join(_MODIFIERS))
    if len(set(modifiers)) < len(modifiers):
        raise ConfigError("it names a modifier twice")
    key = _canonical_key(key_text)
    dropped = {"Shift"} if _SIGN.fullmatch(key) else set()
    return "+".join([*(name for name in _MODIFIERS if name in modifiers and name not in dropped), key])


def chord_parts(chord: str) -> tuple[str, ...]:
    """The keys of a chord in canonical spelling: `Ctrl++` → `("Ctrl", "+")`."""
    return tuple(_parts(chord))


def _parts(text: str) -> list[str]:
    """The text between the plus signs; a plus at the end after another, or alone, is the key."""
    if text == "+" or text.endswith("++"):
        return [*text[:-1].split("+")[:-1], "+"]
    return text.split("+")


def _canonical_key(text: str) -> str:
    spelled = {name.casefold(): name for name in (*_KEY_ALIASES, *_NAMED_KEYS)}
    name = spelled.get(text.casefold(), text.upper())
    name = _KEY_ALIASES.get(name, name)
    if name not in _NAMED_KEYS and not _PLAIN_KEY.fullmatch(name) and not _SIGN.fullmatch(name):
        raise ConfigError("there is no key {0}", repr(text))
    return name


def reserved_for(chord: str) -> Reserved | None:
    """What a chord in canonical spelling is kept for; None where any command may have it."""
    if re.fullmatch(r"[0-9.,]", chord):
        return Reserved.KEYPAD
    return Reserved.FOCUS if chord in ("Tab", "Shift+Tab") else None
