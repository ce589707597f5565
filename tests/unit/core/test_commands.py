"""Commands by name: what a key or a log says, and what it means."""

from __future__ import annotations

from typing import get_args

import pytest

from app.core.commands import (
    ApplyLayout,
    Asker,
    Back,
    ClearTile,
    Command,
    MoveSelection,
    OpenSaved,
    SetHotspot,
    StepContent,
    StepLayout,
    TileId,
    ToggleMaximised,
    Undo,
    command_from_text,
    is_wall_command,
    parse_profile,
)
from app.core.errors import ConfigError
from app.core.model import Profile
from app.core.tour_commands import FireSalvo, StartCoverage, StartTour, StepTour, StopTour, ToggleTour

ASKER = Asker(monitor=2, selected=5)


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("layout 16", ApplyLayout(2, "16")),
        ("layout 1+5", ApplyLayout(2, "1+5")),
        ("next-layout", StepLayout(2, 1)),
        ("previous-layout", StepLayout(2, -1)),
        ("maximise", ToggleMaximised(2)),
        ("clear", ClearTile(TileId(2, 5))),
        ("back", Back(2)),
        ("undo", Undo()),
        ("previous-content", StepContent(TileId(2, 5), -1)),
        ("next-content", StepContent(TileId(2, 5), 1)),
        ("open Pasar Senen", OpenSaved(2, "Pasar Senen")),
        ("hotspot", SetHotspot(2, 5)),
        ("tour Malam", StartTour(2, "Malam")),
        ("coverage-tour", StartCoverage(2)),
        ("tour-next", StepTour(2, 1)),
        ("tour-previous", StepTour(2, -1)),
        ("tour-pause", ToggleTour(2)),
        ("tour-stop", StopTour(2)),
        ("salvo Pagi", FireSalvo("Pagi")),
        ("hotspot off", SetHotspot(2, None)),
        ("select left", MoveSelection(2, -1, 0)),
        ("select right", MoveSelection(2, 1, 0)),
        ("select up", MoveSelection(2, 0, -1)),
        ("select down", MoveSelection(2, 0, 1)),
    ],
)
def test_what_each_text_means(text: str, command: Command) -> None:
    assert command_from_text(text, ASKER) == command
    assert is_wall_command(text)


def test_what_acts_on_a_tile_has_nothing_to_act_on_without_a_selection() -> None:
    for text in ("clear", "previous-content", "next-content", "hotspot"):
        assert command_from_text(text, Asker(monitor=1)) is None


@pytest.mark.parametrize("text", ["", "explode", "Layout 4", "select", "select sideways", "full-screen"])
def test_what_is_no_command_is_refused_by_name(text: str) -> None:
    with pytest.raises(ConfigError, match=r"is no command$") as refused:
        command_from_text(text, ASKER)
    assert repr(text) in str(refused.value)


@pytest.mark.parametrize("text", ["", "explode", "full-screen", "layouts 4"])
def test_a_windows_own_action_is_no_wall_command(text: str) -> None:
    assert not is_wall_command(text)


def test_every_command_has_a_name_of_its_own() -> None:
    names = [command.name for command in get_args(Command)]
    assert len(set(names)) == len(names) and all(names)


def test_a_tile_is_called_by_monitor_and_number() -> None:
    assert str(TileId(2, 5)) == "2.5"


@pytest.mark.parametrize(("text", "profile"), [("auto", None), ("sub", Profile.SUB), ("main", Profile.MAIN)])
def test_a_forced_profile_by_its_word(text: str, profile: Profile | None) -> None:
    assert parse_profile(text) is profile


def test_an_unknown_profile_is_refused() -> None:
    with pytest.raises(ValueError, match="medium"):
        parse_profile("medium")
