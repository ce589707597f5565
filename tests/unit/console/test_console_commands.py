"""Commands in the console: what undo takes back, and what is refused without a trace."""

from __future__ import annotations

import pytest

from app.console.undo import UNDO_DEPTH
from app.core.commands import (
    AddCamera,
    ApplyLayout,
    AssignTile,
    ClearTile,
    Command,
    MoveSelection,
    SelectTile,
    StepLayout,
    SwapTiles,
    TileId,
    ToggleMaximised,
    Undo,
)
from app.core.errors import ConfigError
from app.core.model import CameraId
from app.core.tile_status import Sign
from tests.unit.console.console_bench import LAYOUTS, STEP_S, Bench, playing, sub, tile

A, B, C = CameraId("A"), CameraId("B"), CameraId("C")


@pytest.mark.parametrize(
    "command",
    [
        AssignTile(tile(3), C),
        AddCamera(1, C),
        ClearTile(tile(1)),
        SwapTiles(tile(1), tile(2)),
        ApplyLayout(1, "9"),
        StepLayout(1, 1),
    ],
)
def test_undo_takes_a_change_of_cameras_or_layout_back(command: Command) -> None:
    bench = playing(t1="A", t2="B")
    before = bench.console.wall
    bench.do(command)
    assert bench.console.wall != before
    bench.do(Undo())
    assert bench.console.wall == before
    bench.play(2.0)
    assert bench.signs() == {1: Sign.LIVE, 2: Sign.LIVE}


def test_undo_right_after_a_clear_keeps_the_stream() -> None:
    bench = playing(t1="A")
    slot = bench.slot(1)
    bench.console.dispatch(ClearTile(tile(1)))
    bench.console.dispatch(Undo())
    bench.play(STEP_S)
    assert bench.slot(1) is slot and bench.closed == []


def test_the_selection_and_the_maximised_tile_are_not_undone_by_themselves() -> None:
    bench = playing(t1="A", t2="B")
    bench.do(ClearTile(tile(2)))
    bench.do(SelectTile(1, 1), MoveSelection(1, 0, 1), ToggleMaximised(1, 1), ToggleMaximised(1, 1), Undo())
    assert bench.console.wall.monitor(1).cameras == {1: A, 2: B}


def test_undo_with_nothing_to_take_back_changes_nothing() -> None:
    bench = Bench()
    before = bench.console.wall
    bench.do(Undo())
    assert bench.console.wall is before


def test_undo_goes_back_fifty_changes_and_no_further() -> None:
    bench = Bench("1")
    for number in range(UNDO_DEPTH + 10):
        bench.do(AssignTile(tile(1), CameraId("AB"[number % 2])))
    for _ in range(UNDO_DEPTH):
        bench.do(Undo())
    reached = bench.console.wall
    assert reached.monitor(1).cameras == {1: B}, "the tenth of sixty changes"
    bench.do(Undo())
    assert bench.console.wall is reached


@pytest.mark.parametrize(
    "command",
    [
        AssignTile(tile(5), C),
        AssignTile(TileId(2, 1), C),
        AddCamera(2, C),
        ClearTile(tile(0)),
        SwapTiles(tile(1), tile(9)),
        SelectTile(1, 5),
        MoveSelection(2, 1, 0),
        ApplyLayout(1, "3x3"),
        StepLayout(4, 1),
        ToggleMaximised(1, 64),
    ],
)
def test_an_impossible_command_is_refused_and_changes_nothing(command: Command) -> None:
    bench = playing(t1="A", t2="B")
    wall, slots = bench.console.wall, [bench.slot(1), bench.slot(2)]
    with pytest.raises(ConfigError):
        bench.console.dispatch(command)
    bench.play(1.0)
    assert bench.console.wall is wall and [bench.slot(1), bench.slot(2)] == slots
    assert bench.opened == [sub("A"), sub("B")] and bench.closed == []
    bench.do(Undo())
    assert bench.console.wall.monitor(1).cameras == {1: A}, "the refused one is not in the history"


def test_a_command_takes_effect_on_streams_at_the_next_pump() -> None:
    bench = playing(t1="A")
    bench.console.dispatch(AssignTile(tile(2), B))
    assert bench.console.wall.camera_at(tile(2)) == B
    assert bench.opened == [sub("A")]
    bench.pump()
    assert bench.opened == [sub("A"), sub("B")]


def test_a_console_needs_a_layout_that_there_is() -> None:
    with pytest.raises(ConfigError, match="there is no layout 5x5"):
        Bench("5x5")


def test_the_wall_begins_empty_on_one_monitor() -> None:
    bench = Bench("9")
    assert bench.console.layouts == LAYOUTS
    assert len(bench.console.wall.monitors) == 1 and bench.console.shown_tiles() == {}
