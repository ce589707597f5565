"""What each command makes of a wall, and what no sequence of commands can break."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.commands import (
    AddCamera,
    ApplyLayout,
    AssignTile,
    AssignTiles,
    Back,
    ClearTile,
    MoveSelection,
    OpenSaved,
    SelectTile,
    SetHotspot,
    ShowCameras,
    StepContent,
    StepLayout,
    SwapTiles,
    TileId,
    ToggleMaximised,
    WallCommand,
)
from app.core.errors import ConfigError
from app.core.layout import Cell, Layout, layouts_from_data
from app.core.layouts import Layouts
from app.core.model import CameraId
from app.core.monitor import MonitorState, remembered
from app.core.saved_layout import SavedLayout
from app.core.tour_commands import ShowInGrid
from app.core.wall import WallState, apply, assigned_tiles, visible_tiles, with_saved, with_screens

ONE_AND_FIVE = {
    "name": "1+5",
    "columns": 3,
    "rows": 3,
    "cells": [[0, 0, 2, 2], [2, 0, 1, 1], [2, 1, 1, 1], [0, 2, 1, 1], [1, 2, 1, 1], [2, 2, 1, 1]],
}
A, B, C, D, E = (CameraId(name) for name in "ABCDE")
PASAR = SavedLayout(Layout("Pasar", 2, 1, (Cell(0, 0), Cell(1, 0))), {1: C, 2: D}, hotspot=2)
LAYOUTS = Layouts(layouts_from_data([ONE_AND_FIVE]), ("1", "4", "9", "1+5"), {"Pasar": PASAR})


def wall(
    layout: str = "4",
    cameras: dict[int, CameraId] | None = None,
    selected: int | None = None,
    maximised: int | None = None,
) -> WallState:
    """Two monitors, the second an empty one of four tiles."""
    shown = {1: A, 2: B} if cameras is None else cameras
    return WallState((MonitorState(layout, shown, selected, maximised), MonitorState("4")))


def pasar(**changes: Any) -> WallState:
    """The first monitor with the saved layout opened, changed by this."""
    opened = MonitorState("Pasar", {1: C, 2: D}, saved=PASAR, hotspot=2)
    return WallState((replace(opened, **changes), MonitorState("4")))


def t(number: int, monitor: int = 1) -> TileId:
    return TileId(monitor, number)


def hot(number: int, cameras: dict[int, CameraId] | None = None, selected: int | None = None) -> WallState:
    """The first monitor with a hotspot."""
    first, *others = wall(cameras=cameras, selected=selected).monitors
    return WallState((replace(first, hotspot=number), *others))


def remembering() -> WallState:
    """The first tile shows A, and has shown B before it, and C before that."""
    state = wall(cameras={1: C, 2: B})
    for camera in (B, A):
        state = apply(state, AssignTile(t(1), camera), LAYOUTS)
    return state


CHANGES = [
    # what it shows, wall before, command, wall after
    ("assign to an empty tile", wall(), AssignTile(t(3), C), wall(cameras={1: A, 2: B, 3: C})),
    ("assign replaces", wall(), AssignTile(t(2), C), wall(cameras={1: A, 2: C})),
    ("one camera on two tiles", wall(), AssignTile(t(3), A), wall(cameras={1: A, 2: B, 3: A})),
    (
        "assign on the second monitor",
        wall(),
        AssignTile(t(4, 2), C),
        WallState((wall().monitors[0], MonitorState("4", {4: C}))),
    ),
    (
        "assign to the maximised tile",
        wall(maximised=1),
        AssignTile(t(1), C),
        wall(cameras={1: C, 2: B}, maximised=1),
    ),
    (
        "several from a tile on, and on the free ones that follow",
        wall(),
        AssignTiles(t(2), (C, D, E)),
        wall(cameras={1: A, 2: C, 3: D, 4: E}),
    ),
    ("several where only some have room", wall(), AssignTiles(t(4), (C, D)), wall(cameras={1: A, 2: B, 4: C})),
    ("add takes the first free tile", wall(), AddCamera(1, C), wall(cameras={1: A, 2: B, 3: C}, selected=3)),
    ("add fills a gap", wall(cameras={1: A, 3: B}), AddCamera(1, C), wall(cameras={1: A, 2: C, 3: B}, selected=2)),
    (
        "add brings a maximised tile's layout back, to show where the camera went",
        wall(selected=1, maximised=1),
        AddCamera(1, C),
        wall(cameras={1: A, 2: B, 3: C}, selected=3),
    ),
    (
        "add takes the selected tile if empty",
        wall(selected=4),
        AddCamera(1, C),
        wall(cameras={1: A, 2: B, 4: C}, selected=4),
    ),
    (
        "add leaves a selected tile that has a camera",
        wall(selected=1),
        AddCamera(1, C),
        wall(cameras={1: A, 2: B, 3: C}, selected=3),
    ),
    (
        "add on a full wall takes the selected tile",
        wall(cameras={1: A, 2: B, 3: C, 4: D}, selected=3),
        AddCamera(1, E),
        wall(cameras={1: A, 2: B, 3: E, 4: D}, selected=3),
    ),
    (
        "add on a full wall without selection takes the first",
        wall(cameras={1: A, 2: B, 3: C, 4: D}),
        AddCamera(1, E),
        wall(cameras={1: E, 2: B, 3: C, 4: D}, selected=1),
    ),
    ("clear", wall(), ClearTile(t(1)), wall(cameras={2: B})),
    ("clear brings a maximised tile's layout back", wall(maximised=1), ClearTile(t(1)), wall(cameras={2: B})),
    ("clear beside a maximised tile", wall(maximised=1), ClearTile(t(2)), wall(cameras={1: A}, maximised=1)),
    ("swap two cameras", wall(), SwapTiles(t(1), t(2)), wall(cameras={1: B, 2: A})),
    ("swap with an empty tile moves", wall(), SwapTiles(t(1), t(4)), wall(cameras={2: B, 4: A})),
    (
        "swap across monitors",
        wall(),
        SwapTiles(t(2), t(3, 2)),
        WallState((MonitorState("4", {1: A}), MonitorState("4", {3: B}))),
    ),
    (
        "swap an empty tile for the maximised one",
        wall(maximised=1),
        SwapTiles(t(1), t(3)),
        wall(cameras={2: B, 3: A}),
    ),
    ("select", wall(), SelectTile(1, 3), wall(selected=3)),
    ("deselect", wall(selected=3), SelectTile(1, None), wall()),
    ("the first move selects tile 1", wall(), MoveSelection(1, 1, 0), wall(selected=1)),
    ("move right", wall(selected=1), MoveSelection(1, 1, 0), wall(selected=2)),
    ("move down", wall(selected=1), MoveSelection(1, 0, 1), wall(selected=3)),
    ("move left", wall(selected=4), MoveSelection(1, -1, 0), wall(selected=3)),
    ("move up", wall(selected=4), MoveSelection(1, 0, -1), wall(selected=2)),
    (
        "a maximised tile moves on to its neighbour",
        wall(selected=1, maximised=1),
        MoveSelection(1, 1, 0),
        wall(selected=2, maximised=2),
    ),
    ("layout", wall(), ApplyLayout(1, "1+5"), wall("1+5")),
    ("a smaller layout keeps the hidden cameras", wall(), ApplyLayout(1, "1"), wall("1")),
    ("a smaller layout drops a selection that it has not", wall(selected=2), ApplyLayout(1, "1"), wall("1")),
    ("a layout keeps a selection that it has", wall(selected=2), ApplyLayout(1, "9"), wall("9", selected=2)),
    ("a layout ends the maximised tile", wall(maximised=2), ApplyLayout(1, "4"), wall()),
    ("the next layout", wall(), StepLayout(1, 1), wall("9")),
    ("the previous layout", wall(), StepLayout(1, -1), wall("1")),
    ("the saved layouts come last", wall("1+5"), StepLayout(1, 1), pasar()),
    ("the next layout after the last", pasar(), StepLayout(1, 1), pasar(layout="1", hotspot=None)),
    ("the previous layout before the first", wall("1"), StepLayout(1, -1), pasar()),
    ("from a layout outside the order on to the first", wall("7"), StepLayout(1, 1), wall("1")),
    ("from a layout outside the order back to the last", wall("7"), StepLayout(1, -1), pasar()),
    ("maximise by number", wall(), ToggleMaximised(1, 2), wall(selected=2, maximised=2)),
    ("maximise the selected", wall(selected=1), ToggleMaximised(1), wall(selected=1, maximised=1)),
    ("maximise again restores", wall(selected=2, maximised=2), ToggleMaximised(1, 2), wall(selected=2)),
    ("back leaves a maximised tile first", wall(selected=2, maximised=2), Back(1), wall(selected=2)),
    ("back then leaves the selection", wall(selected=2), Back(1), wall()),
    ("back in the end takes a saved layout's changes back", pasar(cameras={1: A}), Back(1), pasar()),
    ("open a saved layout", wall(selected=1, maximised=1), OpenSaved(1, "Pasar"), pasar()),
    (
        "cameras on their own, until back",
        wall(selected=1, maximised=1),
        ShowCameras(1, (C, D, E)),
        WallState((MonitorState("3", {1: C, 2: D, 3: E}, before=wall(selected=1).monitors[0]), MonitorState("4"))),
    ),
    (
        "other cameras on their own lead back to the same",
        WallState((MonitorState("1", {1: C}, before=wall().monitors[0]), MonitorState("4"))),
        ShowCameras(1, (D,)),
        WallState((MonitorState("1", {1: D}, before=wall().monitors[0]), MonitorState("4"))),
    ),
    (
        "back leaves a temporary layout before its selection",
        WallState((MonitorState("1", {1: C}, selected=1, before=wall(selected=2).monitors[0]), MonitorState("4"))),
        Back(1),
        wall(selected=2),
    ),
    ("a hotspot", wall(), SetHotspot(1, 3), hot(3)),
    ("no hotspot any more", hot(3), SetHotspot(1, None), wall()),
    ("a hotspot follows the selection", hot(3), SelectTile(1, 2), hot(3, {1: A, 2: B, 3: B}, selected=2)),
    ("a hotspot keeps its camera when it is selected", hot(3), SelectTile(1, 3), hot(3, selected=3)),
    ("a hotspot keeps its camera beside an empty tile", hot(3), SelectTile(1, 4), hot(3, selected=4)),
    (
        "a hotspot follows the selection of another monitor",
        WallState((MonitorState("4", {1: A}, hotspot=2), MonitorState("4", {1: B}))),
        SelectTile(2, 1),
        WallState((MonitorState("4", {1: A, 2: B}, hotspot=2), MonitorState("4", {1: B}, selected=1))),
    ),
    (
        "a tour's step, until back",
        wall(selected=2, maximised=1),
        ShowInGrid(1, "9", {5: C}),
        WallState(
            (MonitorState("9", {5: C}, selected=2, before=wall(selected=2).monitors[0]), MonitorState("4")),
        ),
    ),
    (
        "a tour's next step on fewer tiles",
        WallState((MonitorState("9", {5: C}, selected=2, before=wall().monitors[0]), MonitorState("4"))),
        ShowInGrid(1, "1", {1: D}),
        WallState((MonitorState("1", {1: D}, before=wall().monitors[0]), MonitorState("4"))),
    ),
    ("the content before", remembering(), StepContent(t(1), -1), wall(cameras={1: B, 2: B})),
]


@pytest.mark.parametrize(("before", "command", "after"), [pytest.param(*row[1:], id=row[0]) for row in CHANGES])
def test_each_command(before: WallState, command: WallCommand, after: WallState) -> None:
    assert apply(before, command, LAYOUTS) == after


def test_every_command_has_a_row() -> None:
    commands = {type(row[2]) for row in CHANGES}
    assert commands == set(get_args(WallCommand))


@pytest.mark.parametrize(
    ("before", "command"),
    [
        pytest.param(wall(), AssignTile(t(1), A), id="the same camera again"),
        pytest.param(wall(), ClearTile(t(3)), id="clear an empty tile"),
        pytest.param(wall(), SwapTiles(t(3), t(4)), id="swap two empty tiles"),
        pytest.param(wall(), SwapTiles(t(1), t(1)), id="swap a tile with itself"),
        pytest.param(wall(selected=2), SelectTile(1, 2), id="select the selected"),
        pytest.param(wall(selected=1), MoveSelection(1, -1, 0), id="move off the left edge"),
        pytest.param(wall(selected=4), MoveSelection(1, 0, 1), id="move off the lower edge"),
        pytest.param(
            wall(selected=2, maximised=2), MoveSelection(1, 0, 1), id="a maximised tile stays at empty ones"
        ),
        pytest.param(wall(), ApplyLayout(1, "4"), id="the layout that it has"),
        pytest.param(wall(), ToggleMaximised(1), id="maximise with nothing selected"),
        pytest.param(wall(), ToggleMaximised(1, 4), id="maximise an empty tile"),
        pytest.param(wall(), Back(1), id="back with nothing to leave"),
        pytest.param(wall(), StepContent(t(1), -1), id="no content before"),
        pytest.param(remembering(), StepContent(t(1), 1), id="no content after"),
        pytest.param(wall(), ShowCameras(1, ()), id="show no cameras"),
        pytest.param(pasar(), OpenSaved(1, "Pasar"), id="open what is open"),
        pytest.param(pasar(), Back(1), id="back on an unaltered saved layout"),
    ],
)
def test_a_command_that_changes_nothing_gives_the_same_wall(before: WallState, command: WallCommand) -> None:
    assert apply(before, command, LAYOUTS) is before


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        (AssignTile(t(1, 3), C), "the wall has no monitor 3"),
        (AssignTile(t(5), C), "layout 4 has no tile 5"),
        (AssignTile(t(0), C), "layout 4 has no tile 0"),
        (AddCamera(0, C), "the wall has no monitor 0"),
        (ClearTile(t(1, 3)), "the wall has no monitor 3"),
        (ClearTile(t(5)), "layout 4 has no tile 5"),
        (SwapTiles(t(5), t(1)), "layout 4 has no tile 5"),
        (SwapTiles(t(1), t(1, 9)), "the wall has no monitor 9"),
        (SwapTiles(t(1), t(7)), "layout 4 has no tile 7"),
        (SelectTile(1, 5), "layout 4 has no tile 5"),
        (SelectTile(-1, 1), "the wall has no monitor -1"),
        (MoveSelection(3, 1, 0), "the wall has no monitor 3"),
        (ApplyLayout(1, "5x5"), "there is no layout 5x5: use 1 to 64, or one of 1\\+5, Pasar"),
        (ApplyLayout(3, "4"), "the wall has no monitor 3"),
        (StepLayout(3, 1), "the wall has no monitor 3"),
        (ToggleMaximised(1, 5), "layout 4 has no tile 5"),
        (Back(3), "the wall has no monitor 3"),
        (StepContent(t(5), 1), "layout 4 has no tile 5"),
        (ShowCameras(3, (A,)), "the wall has no monitor 3"),
        (OpenSaved(1, "4"), "there is no saved layout '4'"),
        (SetHotspot(1, 5), "layout 4 has no tile 5"),
    ],
)
def test_an_impossible_command_is_refused_with_a_sentence(command: WallCommand, sentence: str) -> None:
    with pytest.raises(ConfigError, match=f"^{sentence}$"):
        apply(wall(), command, LAYOUTS)


def test_layouts_without_an_order_are_stepped_through_as_they_are_listed() -> None:
    unordered = Layouts(LAYOUTS.by_name)
    assert apply(wall("4"), StepLayout(1, 1), unordered) == wall("5")
    assert apply(wall("1"), StepLayout(1, -1), unordered) == wall("1+5")


def test_a_tile_remembers_eight_cameras_and_forgets_what_lay_ahead() -> None:
    state = wall(cameras={})
    names = [CameraId(name) for name in "abcdefghij"]
    for name in names:
        state = apply(state, AssignTile(t(1), name), LAYOUTS)
    seen = []
    for _ in range(10):
        seen.append(state.camera_at(t(1)))
        state = apply(state, StepContent(t(1), -1), LAYOUTS)
    assert seen == [*reversed(names[2:]), names[2], names[2]]
    state = apply(apply(state, StepContent(t(1), 1), LAYOUTS), AssignTile(t(1), A), LAYOUTS)
    assert apply(state, StepContent(t(1), 1), LAYOUTS) is state
    assert apply(state, StepContent(t(1), -1), LAYOUTS).camera_at(t(1)) == names[3]


def test_a_cleared_tile_gets_its_camera_back_with_one_step() -> None:
    cleared = apply(wall(), ClearTile(t(1)), LAYOUTS)
    assert apply(cleared, StepContent(t(1), -1), LAYOUTS) == wall()


def test_a_saved_layout_is_altered_by_anything_but_its_hotspot() -> None:
    assert not wall().monitors[0].is_altered, "nothing was opened"
    opened = pasar().monitors[0]
    assert not opened.is_altered and not replace(opened, cameras={1: C, 2: A}).is_altered
    assert replace(opened, cameras={1: A, 2: D}).is_altered
    assert replace(opened, layout="4").is_altered and replace(opened, hotspot=None).is_altered


@pytest.mark.parametrize(
    ("monitor", "is_at_rest"),
    [
        (MonitorState("4"), True),
        (MonitorState("4", {1: A}, selected=1), False),
        (MonitorState("4", {1: A}, maximised=1), False),
        (MonitorState("4", before=MonitorState("9")), False),
        (MonitorState("Pasar", {1: A}, saved=PASAR), False),
    ],
)
def test_a_monitor_at_rest_has_nothing_to_go_back_from(monitor: MonitorState, is_at_rest: bool) -> None:
    assert monitor.is_at_rest is is_at_rest
    assert (apply(WallState((monitor,)), Back(1), LAYOUTS).monitors == (monitor,)) is is_at_rest


def test_a_monitor_follows_a_saved_layout_that_found_other_cameras() -> None:
    found = replace(PASAR, cameras={1: C, 2: E})
    changed = replace(LAYOUTS, saved={"Pasar": found})
    followed = with_saved(pasar(selected=1, maximised=1), changed)
    assert followed == pasar(cameras={1: C, 2: E}, saved=found, selected=1, maximised=1)
    narrow = replace(found, grid=Layout("Pasar", 1, 1, (Cell(0, 0),)), cameras={}, hotspot=None)
    gone = with_saved(pasar(selected=2, maximised=1), replace(LAYOUTS, saved={"Pasar": narrow}))
    assert gone == pasar(cameras={}, saved=narrow, hotspot=None)


def test_a_monitor_that_was_altered_keeps_what_it_shows() -> None:
    found = replace(PASAR, cameras={1: C, 2: E})
    changed = replace(LAYOUTS, saved={"Pasar": found})
    assert with_saved(pasar(cameras={1: A}), changed) == pasar(cameras={1: A}, saved=found)
    away = pasar(before=MonitorState("4"))
    assert with_saved(away, changed) == pasar(before=MonitorState("4"), saved=found)
    assert with_saved(pasar(), LAYOUTS) == pasar()


def test_a_saved_layout_that_is_deleted_leaves_its_cameras_on_the_wall() -> None:
    none = replace(LAYOUTS, saved={})
    assert with_saved(pasar(), none) == pasar(layout="2", saved=None)
    assert with_saved(pasar(cameras={}, hotspot=None), none) == pasar(
        layout="1", cameras={}, saved=None, hotspot=None
    )
    behind = pasar(layout="1", cameras={1: A}, saved=None, hotspot=None, before=pasar().monitors[0])
    before = with_saved(behind, none).monitors[0].before
    assert before is not None and (before.layout, before.saved) == ("2", None)


def test_a_monitor_follows_a_saved_layout_to_its_new_name() -> None:
    senen = replace(PASAR, grid=replace(PASAR.grid, name="Senen"))
    layouts, renamed = replace(LAYOUTS, saved={"Senen": senen}), {"Pasar": "Senen"}
    assert with_saved(pasar(), layouts, renamed) == pasar(layout="Senen", saved=senen)
    grid_alone = pasar(saved=None, hotspot=None, before=MonitorState("4"))
    assert with_saved(grid_alone, layouts, renamed).monitors[0].layout == "Senen"
    altered = with_saved(pasar(cameras={1: A}), layouts, renamed)
    assert altered == pasar(layout="Senen", cameras={1: A}, saved=senen) and altered.monitors[0].is_altered


def test_screens_find_their_monitors_whatever_their_order() -> None:
    new = MonitorState("1")
    first = with_screens(wall(), ["dell", "benq", "sony"], new)
    assert [monitor.screen for monitor in first.monitors] == ["dell", "benq", "sony"]
    assert first.monitors[2] == replace(new, screen="sony")
    assert with_screens(first, ["sony", "dell", "benq"], new) is first


def test_a_screen_that_is_unplugged_leaves_its_monitor_away_until_it_is_back() -> None:
    new = MonitorState("1")
    both = with_screens(wall(selected=1), ["dell", "benq"], new)
    away = with_screens(both, ["benq"], new)
    assert [monitor.is_present for monitor in away.monitors] == [False, True]
    assert assigned_tiles(away, LAYOUTS) == {}
    back = with_screens(away, ["dell", "benq"], new)
    assert back == both
    assert assigned_tiles(back, LAYOUTS) == {t(1): A, t(2): B}


def test_a_screen_that_was_replaced_hands_its_monitor_on() -> None:
    new = MonitorState("1")
    away = with_screens(with_screens(wall(), ["dell", "benq"], new), ["benq"], new)
    replaced = with_screens(away, ["benq", "sony"], new)
    assert [(m.screen, m.is_present, m.cameras) for m in replaced.monitors] == [
        ("sony", True, {1: A, 2: B}),
        ("benq", True, {}),
    ]
    late = with_screens(replaced, ["benq", "sony", "dell"], new)
    assert late.monitors[2] == replace(new, screen="dell")


@pytest.mark.parametrize("command", [OpenSaved(1, "Pasar"), ShowCameras(1, (A,)), Back(1)])
def test_whatever_is_opened_on_a_monitor_leaves_it_on_its_screen(command: WallCommand) -> None:
    shown = WallState((MonitorState("1", {1: C}, before=MonitorState("4"), screen="dell", is_present=False),))
    monitor = apply(shown, command, LAYOUTS).monitors[0]
    assert (monitor.screen, monitor.is_present) == ("dell", False)


def test_the_selection_walks_a_layout_of_unequal_tiles() -> None:
    """The 1+5 wall:  1 1 2 / 1 1 3 / 4 5 6."""

    def to(number: int, right: int, down: int) -> int | None:
        before = wall("1+5", selected=number)
        return apply(before, MoveSelection(1, right, down), LAYOUTS).monitors[0].selected

    assert [to(1, 1, 0), to(1, 0, 1), to(1, -1, 0), to(1, 0, -1)] == [2, 4, 1, 1]
    assert [to(2, -1, 0), to(3, -1, 0), to(3, 0, -1), to(3, 0, 1)] == [1, 1, 2, 6]
    assert [to(5, 0, -1), to(5, 1, 0), to(5, -1, 0), to(6, 0, -1)] == [1, 6, 4, 3]


def test_a_hidden_camera_comes_back_with_a_larger_layout() -> None:
    four = wall(cameras={1: A, 4: D})
    one = apply(four, ApplyLayout(1, "1"), LAYOUTS)
    assert assigned_tiles(one, LAYOUTS) == {t(1): A}
    assert apply(one, ApplyLayout(1, "4"), LAYOUTS) == four


def test_assigned_tiles_come_in_reading_order() -> None:
    two = WallState((MonitorState("4", {3: C, 1: A}), MonitorState("9", {9: B, 10: D})))
    assert list(assigned_tiles(two, LAYOUTS).items()) == [(t(1), A), (t(3), C), (t(9, 2), B)]


def test_a_maximised_tile_hides_the_others_of_its_monitor() -> None:
    two = WallState((MonitorState("4", {1: A, 3: C}, maximised=3), MonitorState("4", {2: B})))
    assert visible_tiles(two, LAYOUTS) == {t(3): C, t(2, 2): B}


@pytest.mark.parametrize(("number", "maximised"), [(3, 3), (1, 1), (2, None), (None, 3)])
def test_a_maximised_tile_gives_way_to_the_one_that_is_chosen(number: int | None, maximised: int | None) -> None:
    large = WallState((MonitorState("4", {1: A, 3: C}, selected=3, maximised=3),))
    monitor = apply(large, SelectTile(1, number), LAYOUTS).monitor(1)
    assert (monitor.selected, monitor.maximised) == (number, maximised), "an empty tile is seen among the others"


@pytest.mark.parametrize(
    ("command", "maximised"),
    [
        (AssignTile(t(3), B), 3),
        (AssignTile(t(1), B), None),
        (AssignTile(t(2), B), None),
        (AssignTile(t(1), A), None),
        (AssignTiles(t(3), (B,)), 3),
        (AssignTiles(t(3), (B, D)), None),
        (AssignTiles(t(1, 2), (B, D)), 3),
    ],
)
def test_a_maximised_tile_gives_way_to_what_is_called_up_beside_it(
    command: WallCommand, maximised: int | None
) -> None:
    large = WallState((MonitorState("4", {1: A, 3: C}, maximised=3), MonitorState("4")))
    assert apply(large, command, LAYOUTS).monitor(1).maximised == maximised


def test_the_camera_of_a_tile() -> None:
    assert wall().camera_at(t(2)) == B
    assert wall().camera_at(t(3)) is None
    with pytest.raises(ConfigError):
        wall().camera_at(t(1, 3))


monitors = st.integers(0, 3)
numbers = st.integers(0, 10)
tiles = st.builds(TileId, monitors, numbers)
cameras = st.sampled_from([A, B, C, D, E])
steps = st.sampled_from([-1, 0, 1])
commands = st.one_of(
    st.builds(AssignTile, tiles, cameras),
    st.builds(AssignTiles, tiles, st.lists(cameras, max_size=5).map(tuple)),
    st.builds(AddCamera, monitors, cameras),
    st.builds(ClearTile, tiles),
    st.builds(SwapTiles, tiles, tiles),
    st.builds(SelectTile, monitors, st.none() | numbers),
    st.builds(MoveSelection, monitors, steps, steps),
    st.builds(ApplyLayout, monitors, st.sampled_from(["1", "2", "4", "9", "1+5", "none"])),
    st.builds(StepLayout, monitors, st.sampled_from([-1, 1])),
    st.builds(ToggleMaximised, monitors, st.none() | numbers),
    st.builds(Back, monitors),
    st.builds(StepContent, tiles, st.sampled_from([-1, 1])),
    st.builds(ShowCameras, monitors, st.lists(cameras, max_size=9).map(tuple)),
    st.builds(OpenSaved, monitors, st.sampled_from(["Pasar", "none"])),
    st.builds(
        ShowInGrid, monitors, st.sampled_from(["1", "4", "none"]), st.dictionaries(st.integers(1, 4), cameras)
    ),
    st.builds(SetHotspot, monitors, st.none() | numbers),
)


def check_invariants(state: WallState) -> None:
    assert len(state.monitors) == 2
    for monitor in state.monitors:
        tiles = LAYOUTS.get(monitor.layout).tiles
        assert monitor.selected is None or 1 <= monitor.selected <= tiles
        assert monitor.maximised is None or monitor.maximised <= tiles
        assert monitor.maximised is None or monitor.maximised in monitor.cameras
        assert monitor.hotspot is None or 1 <= monitor.hotspot <= tiles
        assert monitor.before is None or monitor.before.before is None, "one step leads back"
        for number, memory in monitor.memory.items():
            assert len(memory.cameras) <= 8 and 0 <= memory.at <= len(memory.cameras)
            assert remembered(monitor, number).present == monitor.cameras.get(number), "however it got there"
        assert all(1 <= number <= 9 for number in monitor.cameras), "no camera where no layout had a tile"
    for tile in assigned_tiles(state, LAYOUTS):
        assert tile.number <= LAYOUTS.get(state.monitor(tile.monitor).layout).tiles


@given(st.lists(commands, max_size=40))
def test_no_sequence_of_commands_breaks_a_wall(sequence: list[WallCommand]) -> None:
    state = WallState((MonitorState("4"), MonitorState("9")))
    for command in sequence:
        before = state
        try:
            state = apply(before, command, LAYOUTS)
        except ConfigError:
            continue
        check_invariants(state)
        if state == before:
            assert state is before
        if isinstance(command, AssignTile):
            assert state.camera_at(command.tile) == command.camera
        if isinstance(command, AddCamera):
            assert command.camera in state.monitor(command.monitor).cameras.values()
