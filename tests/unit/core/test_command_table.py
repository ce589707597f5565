"""The table of commands: whole, and agreeing with what the wall and the keys know."""

from __future__ import annotations

import pytest

from app.core.command_table import (
    COMMANDS,
    UI_ACTIONS,
    Argument,
    Category,
    CommandEntry,
    Need,
    Offers,
    check_command,
    entry_of,
    missing_need,
)
from app.core.commands import Asker, command_from_text, is_wall_command
from app.core.errors import ConfigError
from app.core.layout import layouts_from_data
from app.core.layouts import Layouts

LAYOUTS = Layouts(layouts_from_data([]), ("1", "4"))
OFFERS = Offers(("1", "4"), ("Morning shift",), ("Night",), ("Alarm", "Parade"))


def test_a_command_stands_in_the_table_once_and_under_its_category() -> None:
    texts = [entry.text for entry in COMMANDS]
    assert len(set(texts)) == len(texts)
    categories = [entry.category for entry in COMMANDS]
    assert categories == sorted(categories, key=list(Category).index), "menus and pages list them by category"
    assert set(categories) == set(Category)


@pytest.mark.parametrize("entry", COMMANDS, ids=lambda entry: entry.text)
def test_a_command_is_the_walls_or_a_windows(entry: CommandEntry) -> None:
    command = f"{entry.text} 4" if entry.argument else entry.text
    if is_wall_command(command):
        assert command_from_text(command, Asker(1, 1)) is not None
    else:
        assert entry.text in UI_ACTIONS


@pytest.mark.parametrize(
    ("command", "text", "argument"),
    [
        ("maximise", "maximise", ""),
        ("select left", "select left", ""),
        ("hotspot", "hotspot", ""),
        ("hotspot off", "hotspot off", ""),
        ("layout 1+5", "layout", "1+5"),
        ("open Morning shift", "open", "Morning shift"),
    ],
)
def test_a_command_text_is_found_in_the_table(command: str, text: str, argument: str) -> None:
    found = entry_of(command)
    assert found is not None and (found[0].text, found[1]) == (text, argument)


@pytest.mark.parametrize(
    "command", ["", "dance", "select", "select sideways", "maximise 4", "open", "open  ", "hotspot on"]
)
def test_a_text_that_lacks_or_exceeds_its_argument_calls_nothing(command: str) -> None:
    assert entry_of(command) is None
    with pytest.raises(ConfigError, match="is no command"):
        check_command(command, LAYOUTS)


def test_a_pattern_must_be_there_but_what_officers_make_may_come_and_go() -> None:
    check_command("maximise", LAYOUTS)
    check_command("layout 64", LAYOUTS)
    check_command("open Morning shift", LAYOUTS)
    check_command("tour Night", LAYOUTS)
    with pytest.raises(ConfigError, match="no layout 65"):
        check_command("layout 65", LAYOUTS)


def test_offers_complete_the_commands_that_want_a_name() -> None:
    offered = [command for entry in COMMANDS for command in OFFERS.commands(entry)]
    assert {"layout 4", "open Morning shift", "tour Night", "salvo Alarm", "salvo Parade", "undo"} <= set(offered)
    assert not {"layout", "open", "tour", "salvo"} & set(offered)
    assert all(entry_of(command) for command in offered)
    assert {argument: len(OFFERS.names(argument)) for argument in Argument} == {
        Argument.LAYOUT: 2,
        Argument.SAVED_LAYOUT: 1,
        Argument.TOUR: 1,
        Argument.SALVO: 2,
    }


def test_a_command_says_what_it_lacks() -> None:
    assert missing_need("clear", frozenset()) is Need.CAMERA
    assert missing_need("clear", frozenset({Need.CAMERA})) is None
    assert missing_need("full-screen", frozenset()) is None
    assert missing_need("open Morning shift", frozenset()) is None
    assert missing_need("dance", frozenset()) is None
