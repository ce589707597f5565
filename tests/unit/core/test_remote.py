"""Orders from elsewhere: what a monitor shows meanwhile, what nobody changes there, and what comes back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.core.commands import (
    AddCamera,
    ApplyLayout,
    AssignTile,
    Back,
    ClearTile,
    Command,
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
from app.core.layouts import Layouts, called, lent_name
from app.core.model import CameraId
from app.core.monitor import MonitorState
from app.core.remote import (
    NO_TILE,
    CameraOnTile,
    MonitorReport,
    OrderAnswer,
    Outcome,
    TileReport,
    WallReport,
    Wanted,
    check_cameras,
    directed,
    given_back,
    told_reason,
)
from app.core.salvo import Salvo, SalvoPlan, plan_salvo
from app.core.saved_layout import SavedLayout
from app.core.scene import CameraScene
from app.core.tile_status import Sign
from app.core.wall import WallState, apply, with_saved, with_screens

A, B, C, D = (CameraId(name) for name in "ABCD")
GRID = Layout("Siaga", 2, 1, (Cell(0, 0), Cell(1, 0)))
SIAGA = SavedLayout(GRID, {1: C, 2: D}, hotspot=2)
LENT = lent_name(7, "Siaga")
PASAR = SavedLayout(Layout("Pasar", 1, 1, (Cell(0, 0),)), {1: A})
LAYOUTS = Layouts(layouts_from_data([]), ("1", "4"), {"Pasar": PASAR}, {LENT: replace(GRID, name=LENT)})
OWN = MonitorState("4", {1: A, 2: B}, selected=4, maximised=2, screen="one")
DIRECTED = directed(OWN, SIAGA, LAYOUTS, LENT)
WALL = WallState((DIRECTED, MonitorState("4", {1: A})))


def test_a_layout_takes_the_whole_monitor_and_keeps_what_was_there() -> None:
    assert (DIRECTED.layout, DIRECTED.cameras, DIRECTED.hotspot) == (LENT, {1: C, 2: D}, 2)
    assert (DIRECTED.selected, DIRECTED.maximised, DIRECTED.saved, DIRECTED.screen) == (None, None, None, "one")
    assert DIRECTED.is_directed and not OWN.is_directed
    assert given_back(DIRECTED) == OWN and given_back(OWN) is OWN
    assert directed(replace(OWN, selected=2), SIAGA, LAYOUTS, LENT).selected == 2


def test_a_camera_takes_one_tile_and_is_not_hidden() -> None:
    shown = directed(OWN, CameraOnTile(C, 3), LAYOUTS, "")
    assert (shown.cameras, shown.layout, shown.maximised) == ({1: A, 2: B, 3: C}, "4", None)
    assert directed(OWN, CameraOnTile(C, 2), LAYOUTS, "").maximised == 2
    assert given_back(shown) == OWN


def test_a_camera_on_a_saved_layout_cannot_be_saved_or_taken_back_by_esc() -> None:
    own = MonitorState("Pasar", {1: A}, saved=PASAR)
    shown = directed(own, CameraOnTile(C, 1), LAYOUTS, "")
    assert shown.saved is None and not shown.is_altered
    assert apply(WallState((shown,)), Back(1), LAYOUTS).monitor(1) == shown


def test_an_order_after_another_comes_onto_what_the_officer_had() -> None:
    shown = directed(DIRECTED, CameraOnTile(C, 4), LAYOUTS, "")
    assert (shown.cameras, shown.layout) == ({1: A, 2: B, 4: C}, "4")
    assert given_back(shown) == OWN


def test_what_comes_back_is_on_the_screen_of_now() -> None:
    wall = with_screens(WallState((DIRECTED,)), ["two"], MonitorState("1"))
    assert wall.monitor(1).is_directed
    assert (given_back(wall.monitor(1)).screen, given_back(wall.monitor(1)).cameras) == ("two", OWN.cameras)


@pytest.mark.parametrize(
    ("monitor", "wanted", "words"),
    [
        (replace(OWN, is_present=False), SIAGA, "not plugged in"),
        (OWN, CameraOnTile(C, 5), "no such tile"),
    ],
)
def test_what_cannot_be_shown_is_refused(monitor: MonitorState, wanted: Wanted, words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        directed(monitor, wanted, LAYOUTS, LENT)


@pytest.mark.parametrize("wanted", [SIAGA, CameraOnTile(C, 1)])
def test_a_camera_that_the_post_may_not_see_is_refused(wanted: Wanted) -> None:
    check_cameras(wanted, {C: object(), D: object()})
    with pytest.raises(ConfigError, match="may not see"):
        check_cameras(wanted, {D: object()})


REFUSED: list[WallCommand] = [
    AssignTile(TileId(1, 1), A),
    AddCamera(1, A),
    ClearTile(TileId(1, 1)),
    SwapTiles(TileId(2, 1), TileId(1, 1)),
    SwapTiles(TileId(1, 1), TileId(2, 1)),
    ApplyLayout(1, "4"),
    StepLayout(1, 1),
    StepContent(TileId(1, 1), -1),
    ShowCameras(1, (A,)),
    OpenSaved(1, "Pasar"),
    SetHotspot(1, 1),
]


@pytest.mark.parametrize("command", REFUSED, ids=lambda command: type(command).__name__)
def test_nobody_changes_a_directed_monitor(command: WallCommand) -> None:
    with pytest.raises(ConfigError, match="Monitor 1 is under remote control: release it first"):
        apply(WALL, command, LAYOUTS)


def test_the_officer_still_looks_around_there() -> None:
    wall = WALL
    commands: list[Command] = [SelectTile(1, 1), ToggleMaximised(1), MoveSelection(1, 1, 0), Back(1), Back(1)]
    seen = []
    for command in commands:
        wall = apply(wall, command, LAYOUTS)  # type: ignore[arg-type]
        seen.append((wall.monitor(1).selected, wall.monitor(1).maximised))
    assert seen == [(1, None), (1, 1), (2, 2), (2, None), (None, None)]
    assert apply(wall, Back(1), LAYOUTS) is wall, "Esc does not end an order"
    assert wall.monitor(1).is_directed


def test_other_monitors_are_the_officers_own() -> None:
    assert apply(WALL, ClearTile(TileId(2, 1)), LAYOUTS).monitor(2).cameras == {}


def test_what_is_held_back_follows_the_saved_layouts() -> None:
    own = MonitorState("Pasar", {1: A}, saved=PASAR)
    shown = directed(own, SIAGA, LAYOUTS, LENT)
    changed = replace(LAYOUTS, saved={"Pasar": replace(PASAR, cameras={1: B})})
    followed = with_saved(WallState((shown,)), changed).monitor(1)
    assert followed.layout == LENT and given_back(followed).cameras == {1: B}


def test_a_salvo_leaves_a_directed_monitor_alone() -> None:
    salvo = Salvo("Malam", {1: CameraScene((A,)), 2: CameraScene((B,))})
    plan = plan_salvo(salvo, WALL, LAYOUTS)
    assert isinstance(plan, SalvoPlan) and plan.directed == (1,)
    assert [command.monitor for command in plan.commands] == [2]


def test_a_start_brings_back_what_was_the_officers_own() -> None:
    base = MonitorState("4", {1: A})
    temporary = replace(base, layout="1", before=base)
    assert directed(temporary, SIAGA, LAYOUTS, LENT).lasting == base
    assert temporary.lasting == base and base.lasting is base


def test_a_lent_grid_is_known_by_a_name_of_its_own() -> None:
    assert LAYOUTS.has(LENT) and LAYOUTS.get(LENT).tiles == 2 and LENT not in LAYOUTS.steps
    assert called(LENT) == "Siaga" and called("Pasar") == "Pasar"
    assert not LAYOUTS.has("Siaga")


def test_a_posts_reason_is_known_again() -> None:
    assert told_reason(str(NO_TILE)) is NO_TILE
    assert str(told_reason("Etwas anderes.")) == "Etwas anderes."


def test_a_report_is_another_one_when_more_than_ages_changed() -> None:
    def told(sign: Sign, age_s: float, answer: OrderAnswer | None = None) -> WallReport:
        tiles = TileReport(1, A, sign, age_s), TileReport(2, None, Sign.EMPTY)
        return WallReport((MonitorReport(1, "4", tiles),), answer or OrderAnswer())

    first = told(Sign.LIVE, 0.1)
    assert first.shape == told(Sign.LIVE, 0.9).shape
    assert first.shape != told(Sign.STALE, 0.1).shape
    assert first.shape != told(Sign.LIVE, 0.1, OrderAnswer(1, Outcome.APPLIED)).shape
    assert (first.cameras, first.playing, told(Sign.LOST, 9.0).playing) == (1, 1, 0)
