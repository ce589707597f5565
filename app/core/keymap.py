"""Chords → commands: the keys as delivered, and what an officer has changed of them.

Pure: no Qt, no I/O, no clock. Both are texts of one form, `{"version": 1, "keys": {"Ctrl+S": "save-layout"}}`; in
an officer's own file a chord may also call `null`: it does nothing any more.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from app.core.chord import Reserved, canonical_chord, reserved_for
from app.core.command_table import check_command
from app.core.errors import ConfigError
from app.core.json_lines import key_lines
from app.core.layouts import Layouts
from app.core.sentence import Sentence

VERSION = 1
ZOOM_RESET = ("0", "zoom-reset")
"""The one digit that a command may have: it counts while the tile is zoomed, and is the keypad's otherwise."""
_REFUSALS = MappingProxyType(
    {
        Reserved.KEYPAD: Sentence("the keypad has the digits, the point and the comma: they call cameras up"),
        Reserved.FOCUS: Sentence("Tab moves through what can be used"),
    }
)

Changes = Mapping[str, str | None]
"""What an officer's keys differ in: chord → the command that it calls instead, None for none."""


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

    def bound(self, chord: str, command: str) -> Keymap:
        """The keymap in which the chord calls the command, whatever it called before."""
        return Keymap(MappingProxyType({**self.by_chord, chord: command}))

    def unbound(self, chord: str) -> Keymap:
        """The keymap in which the chord calls nothing."""
        return Keymap(
            MappingProxyType({known: called for known, called in self.by_chord.items() if known != chord})
        )

    def reset(self, command: str, default: Keymap) -> Keymap:
        """The keymap in which the command has its chords of the default again, and no other."""
        others = {chord: called for chord, called in self.by_chord.items() if called != command}
        own = dict.fromkeys(default.chords(command), command)
        return with_changes(default, changes_between(default, Keymap({**others, **own})))


@dataclass(frozen=True, slots=True)
class Takeover:
    """A chord that the default gives to one command and the officer's keys to another."""

    chord: str
    default_command: str
    command: str


# ---- an officer's changes


def with_changes(default: Keymap, changes: Changes) -> Keymap:
    """The default with an officer's changes: changed chords keep their place, new ones come last."""
    merged = {**default.by_chord, **changes}
    return Keymap(MappingProxyType({chord: command for chord, command in merged.items() if command is not None}))


def changes_between(default: Keymap, keymap: Keymap) -> Changes:
    """What makes the default into the keymap: `with_changes(default, …)` gives it again."""
    gone: dict[str, str | None] = {chord: None for chord in default.by_chord if chord not in keymap.by_chord}
    other = {chord: called for chord, called in keymap.by_chord.items() if default.command(chord) != called}
    return MappingProxyType({**gone, **other})


def takeovers(default: Keymap, keymap: Keymap) -> tuple[Takeover, ...]:
    """The default chords that call something else now: their first owner has lost them, and is to say so."""
    pairs = ((chord, owner, keymap.command(chord)) for chord, owner in default.by_chord.items())
    return tuple(Takeover(chord, owner, called) for chord, owner, called in pairs if called not in (None, owner))


def changes_text(changes: Changes) -> str:
    """The text of an officer's file: what `parse_changes` reads; equal changes give equal text."""
    document = {"version": VERSION, "keys": dict(sorted(changes.items()))}
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


# ---- reading


def parse_keymap(text: str, source: str, layouts: Layouts) -> Keymap:
    """The keymap that a file's text means.

    Args:
        text: a JSON object as the module's docstring shows it.
        source: the file's name, for the message.
        layouts: which layouts a chord may call.

    Raises:
        ConfigError: it is no such object, or a chord is unknown, reserved, used twice or calls something that is
            not there; the message names the file, the line, the chord and why.
    """
    commands = _read(text, source, layouts, may_be_null=False)
    return Keymap(MappingProxyType({chord: command for chord, command in commands.items() if command is not None}))


def parse_changes(text: str, source: str, layouts: Layouts) -> Changes:
    """The changes that an officer's file means; arguments and errors are those of `parse_keymap`."""
    return MappingProxyType(_read(text, source, layouts, may_be_null=True))


def _read(text: str, source: str, layouts: Layouts, *, may_be_null: bool) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for line, chord_text, command in _entries(text, source):
        try:
            chord = canonical_chord(chord_text)
            if chord in found:
                raise ConfigError("it already calls {0}", repr(found[chord]))
            if command is not None or not may_be_null:
                _check(chord, command, layouts)
        except ConfigError as error:
            raise ConfigError("{0}, line {1}: chord {2}: {3}", source, line, repr(chord_text), error) from error
        found[chord] = command
    return found


def _check(chord: str, command: Any, layouts: Layouts) -> None:
    if not isinstance(command, str):
        raise ConfigError("its command is no text")
    reserved = reserved_for(chord)
    if reserved is not None and (chord, command) != ZOOM_RESET:
        raise ConfigError("{0}", _REFUSALS[reserved])
    check_command(command, layouts)


def _entries(text: str, source: str) -> Iterator[tuple[int, str, Any]]:
    """Line, chord and command as written, also those that a dict would lose: a chord named twice is an error."""
    pairs = _pairs(text, source)
    lines = [line for path, line in key_lines(text) if len(path) == 1]
    for (key, value), line in zip(pairs, lines, strict=True):
        complaint = _complaint(key, value)
        if complaint is not None:
            raise ConfigError("{0}, line {1}: {2}", source, line, complaint)
    names = [key for key, _ in pairs]
    if sorted(names) != ["keys", "version"]:
        raise ConfigError("{0}, line 1: it must have a 'version' and 'keys', once each", source)
    chords = [line for path, line in key_lines(text) if len(path) == 2]
    for (chord, command), line in zip(dict(pairs)["keys"], chords, strict=True):
        yield line, chord, command


def _pairs(text: str, source: str) -> tuple[tuple[str, Any], ...]:
    try:
        pairs = json.loads(text, object_pairs_hook=tuple)
    except json.JSONDecodeError as error:
        raise ConfigError("{0}, line {1}: it is no JSON ({2})", source, error.lineno, error.msg) from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, thousands of brackets
        raise ConfigError("{0}, line 1: it is no JSON that can be read ({1})", source, str(error)) from error
    if not isinstance(pairs, tuple):
        raise ConfigError("{0}, line 1: it is no JSON object", source)
    return pairs


def _complaint(key: str, value: Any) -> Sentence | None:
    """What is wrong with an entry of the outer object; None where nothing is."""
    match key:
        case "version":
            is_known = type(value) is int and value == VERSION  # True == 1
            said = Sentence("version {0} cannot be read, only version {1}", repr(value), VERSION)
            return None if is_known else said
        case "keys":
            is_object = isinstance(value, tuple)
            return None if is_object else Sentence("'keys' is no object of chords and commands")
        case _:
            return Sentence("{0} is not known here: use 'version' and 'keys'", repr(key))
