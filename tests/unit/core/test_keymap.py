"""Chords and the commands they call: spelling, refusals, and the file that ships."""

from __future__ import annotations

import json
from importlib import resources

import pytest

from app.core.errors import ConfigError
from app.core.keymap import UI_ACTIONS, canonical_chord, parse_keymap
from app.core.layout import layouts_from_data
from app.core.layouts import Layouts

LAYOUTS = Layouts(layouts_from_data([]), ("1", "4"))


@pytest.mark.parametrize(
    ("text", "chord"),
    [
        ("Alt+1", "Alt+1"),
        ("alt+i", "Alt+I"),
        ("shift+ctrl+return", "Ctrl+Shift+Enter"),
        ("Escape", "Esc"),
        ("delete", "Del"),
        ("F11", "F11"),
        ("f24", "F24"),
        ("pgup", "PgUp"),
        (" Ctrl + b ", "Ctrl+B"),
        ("Meta+.", "Meta+."),
    ],
)
def test_a_chord_has_one_spelling(text: str, chord: str) -> None:
    assert canonical_chord(text) == chord


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("Hyper+1", "no modifier 'Hyper'"),
        ("Ctrl+ctrl+1", "a modifier twice"),
        ("Alt+Banana", "no key 'Banana'"),
        ("F25", "no key 'F25'"),
        ("", "no key ''"),
    ],
)
def test_an_unknown_chord_is_refused(text: str, complaint: str) -> None:
    with pytest.raises(ConfigError, match=complaint):
        canonical_chord(text)


def test_a_keymap_gives_commands_by_chord_and_chords_by_command() -> None:
    keymap = parse_keymap('{"alt+1": "layout 1", "F11": "full-screen", "Alt+Return": "full-screen"}', "f", LAYOUTS)
    assert keymap.command("Alt+1") == "layout 1"
    assert keymap.command("Alt+2") is None
    assert keymap.chords("full-screen") == ("F11", "Alt+Enter")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("{", "keys.json: it is no JSON"),
        ("7", "keys.json: it is no JSON object"),
        ('["Alt+1"]', "keys.json: it is no JSON object"),
        ('{"Alt+1": 7}', "keys.json: chord 'Alt\\+1': its command is no text"),
        ('{"Alt+1": "dance"}', "keys.json: chord 'Alt\\+1': 'dance' is no command"),
        ('{"Alt+1": "layout 65"}', "keys.json: chord 'Alt\\+1': there is no layout 65"),
        ('{"Left": "select sideways"}', "keys.json: chord 'Left': 'select sideways' is no command"),
        ('{"Foo+1": "clear"}', "keys.json: chord 'Foo\\+1': there is no modifier"),
        ('{"Alt+1": "clear", "alt+1": "undo"}', "keys.json: chord 'alt\\+1': it already calls 'clear'"),
        ('{"Alt+1": "clear", "Alt+1": "undo"}', "keys.json: chord 'Alt\\+1': it already calls 'clear'"),
    ],
)
def test_a_bad_keymap_names_file_chord_and_reason(text: str, complaint: str) -> None:
    with pytest.raises(ConfigError, match=complaint):
        parse_keymap(text, "keys.json", LAYOUTS)


def test_the_shipped_keymap_is_valid_and_calls_every_window_action() -> None:
    folder = resources.files("resources")
    document = json.loads(folder.joinpath("layouts.json").read_text(encoding="utf-8"))
    layouts = Layouts(layouts_from_data(document["patterns"]), tuple(document["order"]))
    keymap = parse_keymap(folder.joinpath("keymap.json").read_text(encoding="utf-8"), "keymap.json", layouts)
    assert set(keymap.by_chord.values()) >= UI_ACTIONS
    called = [keymap.command(f"Alt+{digit}") for digit in range(1, 10)]
    assert called == [f"layout {name}" for name in ("1", "4", "9", "16", "25", "36", "64", "1+5", "1+7")]
