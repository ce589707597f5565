"""Chords and what they call: refusals with line and reason, an officer's changes, and the file that ships."""

from __future__ import annotations

import json
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.command_table import COMMANDS
from app.core.errors import ConfigError
from app.core.keymap import (
    Keymap,
    Takeover,
    changes_between,
    changes_text,
    parse_changes,
    parse_keymap,
    takeovers,
    with_changes,
)
from app.core.layout import layouts_from_data
from app.core.layouts import Layouts

LAYOUTS = Layouts(layouts_from_data([]), ("1", "4"))
CHORDS = ("Ctrl+S", "Ctrl+Shift+S", "F2", "Alt+1", "H", "Ctrl++", "+", "Ctrl+0")
CALLED = ("save-layout", "undo", "select left", "layout 4", "open Morning shift", "hotspot off")
KEYMAPS = st.dictionaries(st.sampled_from(CHORDS), st.sampled_from(CALLED)).map(Keymap)


def a_text(*lines: str) -> str:
    """A keymap's text, its first chord on line 3."""
    return '{"version": 1, "keys":\n{\n' + ",\n".join(lines) + "\n}}"


def shipped() -> Keymap:
    folder = resources.files("resources")
    document = json.loads(folder.joinpath("layouts.json").read_text(encoding="utf-8"))
    layouts = Layouts(layouts_from_data(document["patterns"]), tuple(document["order"]))
    return parse_keymap(folder.joinpath("keymap.json").read_text(encoding="utf-8"), "keymap.json", layouts)


# ---- reading


def test_a_keymap_gives_commands_by_chord_and_chords_by_command() -> None:
    text = a_text('"alt+1": "layout 1"', '"F11": "full-screen"', '"Alt+Return": "full-screen"')
    keymap = parse_keymap(text, "f", LAYOUTS)
    assert keymap.command("Alt+1") == "layout 1"
    assert keymap.command("Alt+2") is None
    assert keymap.chords("full-screen") == ("F11", "Alt+Enter")


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ('"Alt+1": 7', "chord 'Alt+1': its command is no text"),
        ('"Alt+1": null', "chord 'Alt+1': its command is no text"),
        ('"Alt+1": "dance"', "chord 'Alt+1': 'dance' is no command"),
        ('"Alt+1": "layout 65"', "chord 'Alt+1': there is no layout 65"),
        ('"Left": "select sideways"', "chord 'Left': 'select sideways' is no command"),
        ('"Foo+1": "clear"', "chord 'Foo+1': there is no modifier"),
        ('"del": "undo"', "chord 'del': it already calls 'clear'"),
        ('"Del": "undo"', "chord 'Del': it already calls 'clear'"),
        ('"7": "clear"', "chord '7': the keypad has the digits"),
        ('"0": "clear"', "chord '0': the keypad has the digits"),
        ('"Shift+Tab": "clear"', "chord 'Shift+Tab': Tab moves through"),
    ],
)
def test_a_bad_chord_is_named_with_file_line_and_reason(line: str, complaint: str) -> None:
    with pytest.raises(ConfigError) as refused:
        parse_keymap(a_text('"Del": "clear"', line), "keys.json", LAYOUTS)
    assert str(refused.value).startswith(f"keys.json, line 4: {complaint}")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("{", "keys.json, line 1: it is no JSON (Expecting"),
        ('{"version": 1,\n"keys": {\n"F2" "undo"}}', "keys.json, line 3: it is no JSON (Expecting ':'"),
        ("7", "keys.json, line 1: it is no JSON object"),
        ('["Alt+1"]', "keys.json, line 1: it is no JSON object"),
        ("[" * 100_000, "keys.json, line 1: it is no JSON that can be read"),
        ('{"version": 1' + "0" * 5000 + "}", "keys.json, line 1: it is no JSON that can be read"),
        ('{"version": 1}', "keys.json, line 1: it must have a 'version' and 'keys'"),
        ('{"keys": {}}', "keys.json, line 1: it must have a 'version' and 'keys'"),
        ('{"version": 1, "keys": {}, "keys": {}}', "keys.json, line 1: it must have a 'version' and 'keys', once"),
        ('{"version":\n1,\n"keys": {}, "kez": {}}', "keys.json, line 3: 'kez' is not known here"),
        ('{\n"version": 2, "keys": {}}', "keys.json, line 2: version 2 cannot be read, only version 1"),
        ('{\n"version": true, "keys": {}}', "keys.json, line 2: version True cannot be read"),
        ('{"version": 1,\n"keys": []}', "keys.json, line 2: 'keys' is no object"),
    ],
)
def test_a_text_of_another_form_is_refused(text: str, complaint: str) -> None:
    with pytest.raises(ConfigError) as refused:
        parse_keymap(text, "keys.json", LAYOUTS)
    assert str(refused.value).startswith(complaint)


@given(st.text(max_size=60) | st.text(alphabet='{}[]",: \nversionkeys1F2undoull', max_size=60))
def test_no_text_is_read_halfway(text: str) -> None:
    try:
        parse_changes(text, "keys.json", LAYOUTS)
    except ConfigError as error:
        assert str(error).startswith("keys.json, line ")


def test_the_keypads_zero_may_give_the_whole_picture_back() -> None:
    assert parse_keymap(a_text('"0": "zoom-reset"'), "f", LAYOUTS).command("0") == "zoom-reset"


# ---- an officer's changes

DEFAULT = Keymap({"Ctrl+S": "save-layout", "F2": "rename", "Alt+F2": "rename", "Ctrl+Z": "undo"})


def test_changes_bind_replace_and_take_away() -> None:
    changes = parse_changes(a_text('"F2": null', '"ctrl+z": "clear"', '"F9": "rename"'), "f", LAYOUTS)
    keymap = with_changes(DEFAULT, changes)
    assert list(keymap.by_chord.items()) == [
        ("Ctrl+S", "save-layout"),
        ("Alt+F2", "rename"),
        ("Ctrl+Z", "clear"),
        ("F9", "rename"),
    ]
    assert changes_between(DEFAULT, keymap) == changes


def test_a_chord_that_changed_hands_is_told() -> None:
    keymap = DEFAULT.bound("Ctrl+S", "clear").unbound("F2")
    assert takeovers(DEFAULT, keymap) == (Takeover("Ctrl+S", "save-layout", "clear"),)
    assert takeovers(DEFAULT, DEFAULT) == ()


def test_a_command_gets_its_own_chords_back_wherever_they_are() -> None:
    keymap = DEFAULT.bound("F2", "clear").bound("F9", "rename").unbound("Alt+F2")
    again = keymap.reset("rename", DEFAULT)
    assert again.by_chord == DEFAULT.by_chord
    assert list(again.by_chord) == list(DEFAULT.by_chord), "in the order of the help page"
    assert keymap.chords("rename") == ("F9",), "a keymap never changes"


def test_unbinding_what_calls_nothing_changes_nothing() -> None:
    assert DEFAULT.unbound("F12") == DEFAULT


def test_an_officers_file_is_sorted_and_says_its_version() -> None:
    text = changes_text({"F9": "rename", "Ctrl+Z": None})
    assert json.loads(text) == {"version": 1, "keys": {"Ctrl+Z": None, "F9": "rename"}}
    assert text.index("Ctrl+Z") < text.index("F9") and text.endswith("}\n")


@given(KEYMAPS, KEYMAPS)
def test_changes_lead_from_the_default_to_the_keymap(default: Keymap, keymap: Keymap) -> None:
    assert with_changes(default, changes_between(default, keymap)) == keymap


@given(st.dictionaries(st.sampled_from(CHORDS), st.none() | st.sampled_from(CALLED)))
def test_changes_survive_their_text_unchanged(changes: dict[str, str | None]) -> None:
    text = changes_text(changes)
    read = parse_changes(text, "keys.json", LAYOUTS)
    assert read == changes
    assert changes_text(read) == text


# ---- the file that ships


def test_every_command_without_a_name_to_choose_has_a_default_key() -> None:
    keymap = shipped()
    without = [entry.text for entry in COMMANDS if entry.argument is None and not keymap.chords(entry.text)]
    assert without == []


TABLE_OF_KEYS = [
    ("Enter", "maximise"),
    ("Menu", "tile-menu"),
    ("F11", "full-screen"),
    ("Alt+Enter", "full-screen"),
    ("Esc", "back"),
    ("Alt+1", "layout 1"),
    ("Alt+2", "layout 4"),
    ("Alt+3", "layout 9"),
    ("Alt+4", "layout 16"),
    ("Alt+5", "layout 25"),
    ("Alt+6", "layout 36"),
    ("Alt+7", "layout 64"),
    ("Alt+8", "layout 1+5"),
    ("Alt+9", "layout 1+7"),
    ("Alt+Right", "next-layout"),
    ("Alt+Left", "previous-layout"),
    ("Ctrl+F", "search"),
    ("Ctrl+T", "new-layout"),
    ("Ctrl+S", "save-layout"),
    ("Ctrl+Shift+S", "save-layout-as"),
    ("I", "statistics"),
    ("Alt+I", "statistics-all"),
    ("Alt+S", "snapshot"),
    ("Del", "clear"),
    ("F2", "rename"),
    ("Space", "tour-pause"),
    ("0", "zoom-reset"),
    ("Backspace", "previous-content"),
    ("Shift+Backspace", "next-content"),
]
"""The rows of the operator's table of keys that are keys alone, in its order."""


@pytest.mark.parametrize(("chord", "command"), TABLE_OF_KEYS)
def test_the_operators_table_of_keys_holds_row_by_row(chord: str, command: str) -> None:
    assert shipped().command(chord) == command
