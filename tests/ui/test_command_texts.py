"""Words of commands: every line of the table has its own, and keys read as they are printed."""

from __future__ import annotations

import re

import pytest

from app.core.chord import Reserved
from app.core.command_table import COMMANDS, Category, CommandEntry, Need
from ui import chord_texts, command_texts
from ui.chord_texts import chord_words, reserved_sentence
from ui.command_texts import category_words, command_tip, command_words, need_sentence


def test_texts_and_table_name_the_same_commands() -> None:
    assert list(command_texts.COMMANDS) == [entry.text for entry in COMMANDS]
    assert set(command_texts.CATEGORIES) == set(Category)
    assert set(command_texts.NEEDS) == set(Need)
    assert set(chord_texts.RESERVED) == set(Reserved)


@pytest.mark.parametrize("entry", COMMANDS, ids=lambda entry: entry.text)
def test_a_command_has_a_short_title_and_a_sentence_of_its_own(entry: CommandEntry) -> None:
    texts = command_texts.COMMANDS[entry.text]
    assert texts.title[0].isupper() and len(texts.title) <= 34
    assert texts.tip[0].isupper() and texts.tip.endswith(".") and len(texts.tip) <= 80
    assert re.findall(r"\{.*?\}", texts.title + texts.tip) == (["{0}"] if entry.argument else [])
    assert [each.title for each in command_texts.COMMANDS.values()].count(texts.title) == 1


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("layout 1+5", "Layout 1+5"),
        ("open Pagi {0} \u202e& sore", "Open Pagi {0} & sore"),
        ("select left", "Select the tile to the left"),
        ("hotspot off", "No hotspot"),
        ("dance\n", "dance"),
    ],
)
def test_a_command_text_reads_as_a_title(command: str, words: str) -> None:
    assert command_words(command) == words


def test_a_tip_is_the_commands_whatever_its_argument() -> None:
    assert command_tip("open Pagi") == command_texts.COMMANDS["open"].tip
    assert command_tip("dance") == ""


def test_closed_sets_have_words() -> None:
    assert category_words(Category.TOUR) == "Tours and salvos"
    assert need_sentence(Need.CAMERA) == "Select a tile with a camera first."
    assert need_sentence(None) == ""
    assert reserved_sentence(Reserved.FOCUS) == "Tab moves from one field to the next."


@pytest.mark.parametrize(
    ("chord", "words"), [("Alt+Right", "Alt+→"), ("Ctrl++", "Ctrl++"), ("Up", "↑"), ("Shift+H", "Shift+H")]
)
def test_a_chord_reads_as_printed_on_the_keys(chord: str, words: str) -> None:
    assert chord_words(chord) == words
