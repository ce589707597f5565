"""Chords → commands: `resources/keymap.json`, parsed and checked.

Pure: no Qt, no I/O, no clock. A chord is spelled canonically (`Ctrl+Alt+Shift+Meta+Key`, in that order), so the
file, the window and the help page mean the same by the same text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from app.core.commands import ApplyLayout, Asker, command_from_text, is_wall_command
from app.core.errors import ConfigError
from app.core.layouts import Layouts

UI_ACTIONS = frozenset(
    {
        "full-screen",
        "health",
        "help",
        "panel",
        "search",
        "statistics",
        "statistics-all",
        "tile-menu",
    }
)
"""What a chord can call that changes the window only, never the wall."""

_MODIFIERS = ("Ctrl", "Alt", "Shift", "Meta")
_KEY_ALIASES = MappingProxyType({"Return": "Enter", "Escape": "Esc", "Delete": "Del", "Insert": "Ins"})
_EDITING_KEYS = ("Enter", "Esc", "Del", "Ins", "Space", "Tab", "Backspace", "Menu")
_MOVING_KEYS = ("Home", "End", "PgUp", "PgDown", "Left", "Right", "Up", "Down")
_NAMED_KEYS = frozenset((*_EDITING_KEYS, *_MOVING_KEYS))
_PLAIN_KEY = re.compile(r"[A-Z0-9]|F([1-9]|1[0-9]|2[0-4])|[.,;/\\\[\]'=-]")


@dataclass(frozen=True, slots=True)
class Keymap:
    """What each chord calls, in the file's order."""

    by_chord: Mapping[str, str]

    def command(self, chord: str) -> str | None:
        """The command of a chord in canonical spelling, None where it has none."""
        return self.by_chord.get(chord)

    def chords(self, command: str) -> tuple[str, ...]:
        """The chords that call a command, in the file's order."""
        return tuple(chord for chord, called in self.by_chord.items() if called == command)


def canonical_chord(text: str) -> str:
    """The one spelling of a chord: `shift+ctrl+return` → `Ctrl+Shift+Enter`.

    Raises:
        ConfigError: a modifier or the key is not known, or named twice.
    """
    *modifier_texts, key_text = (part.strip() for part in text.split("+"))
    modifiers = [part.capitalize() for part in modifier_texts]
    unknown = next((part for part in modifiers if part not in _MODIFIERS), None)
    if unknown is not None:
        raise ConfigError(f"there is no modifier {unknown!r}: use {', '.join(_MODIFIERS)}")
    if len(set(modifiers)) < len(modifiers):
        raise ConfigError("it names a modifier twice")
    return "+".join([*(name for name in _MODIFIERS if name in modifiers), _canonical_key(key_text)])


def _canonical_key(text: str) -> str:
    spelled = {name.casefold(): name for name in (*_KEY_ALIASES, *_NAMED_KEYS)}
    name = spelled.get(text.casefold(), text.upper())
    name = _KEY_ALIASES.get(name, name)
    if name not in _NAMED_KEYS and not _PLAIN_KEY.fullmatch(name):
        raise ConfigError(f"there is no key {text!r}")
    return name


def parse_keymap(text: str, source: str, layouts: Layouts) -> Keymap:
    """The keymap that a file's text means.

    Args:
        text: a JSON object, chord → command text.
        source: the file's name, for the message.
        layouts: which layouts a chord may call.

    Raises:
        ConfigError: it is no such object, or a chord is unknown, used twice or calls something that is not
            there; the message names the file, the chord and why.
    """
    by_chord: dict[str, str] = {}
    for chord_text, command in _pairs(text, source):
        try:
            chord = canonical_chord(chord_text)
            if chord in by_chord:
                raise ConfigError(f"it already calls {by_chord[chord]!r}")
            _check_command(command, layouts)
        except ConfigError as error:
            raise ConfigError(f"{source}: chord {chord_text!r}: {error}") from error
        by_chord[chord] = command
    return Keymap(MappingProxyType(by_chord))


def _pairs(text: str, source: str) -> Iterable[tuple[str, Any]]:
    """The object's entries as written, also those that a dict would lose: a chord named twice is an error."""
    try:
        pairs = json.loads(text, object_pairs_hook=tuple)
    except ValueError as error:
        raise ConfigError(f"{source}: it is no JSON ({error})") from error
    if not isinstance(pairs, tuple):
        raise ConfigError(f"{source}: it is no JSON object of chords and commands")
    return pairs


def _check_command(command: Any, layouts: Layouts) -> None:
    if not isinstance(command, str):
        raise ConfigError("its command is no text")
    if command in UI_ACTIONS:
        return
    if not is_wall_command(command):
        raise ConfigError(f"{command!r} is no command")
    meant = command_from_text(command, Asker(monitor=1, selected=1))
    if isinstance(meant, ApplyLayout):
        layouts.get(meant.layout)
