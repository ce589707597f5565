"""Salvos: what is sent to which monitor, and what of it cannot be."""

from __future__ import annotations

import pytest

from app.core.commands import OpenSaved
from app.core.errors import ConfigError
from app.core.layout import Cell, Layout, layouts_from_data
from app.core.layouts import Layouts
from app.core.model import CameraId
from app.core.monitor import MonitorState
from app.core.salvo import Salvo, SalvoPlan, plan_salvo
from app.core.saved_layout import SavedLayout
from app.core.scene import CameraScene, SavedScene
from app.core.tour_commands import ShowInGrid
from app.core.wall import WallState

A, B = CameraId("A"), CameraId("B")
PASAR = SavedLayout(Layout("Pasar", 1, 1, (Cell(0, 0),)), {1: B})
LAYOUTS = Layouts(layouts_from_data([]), ("1", "4"), {"Pasar": PASAR})
WALL = WallState((MonitorState("4"), MonitorState("4"), MonitorState("4", is_present=False)))


def test_every_monitor_that_is_there_is_called_up_in_order() -> None:
    salvo = Salvo("Siaga", {2: CameraScene((A, B), "4"), 1: SavedScene("Pasar")})
    expected = (OpenSaved(1, "Pasar"), ShowInGrid(2, "4", {1: A, 2: B}))
    assert plan_salvo(salvo, WALL, LAYOUTS) == SalvoPlan(expected)


def test_monitors_that_are_not_there_are_named_and_keep_nobody_from_being_shown() -> None:
    salvo = Salvo("Siaga", {4: SavedScene("Pasar"), 3: CameraScene((A,)), 2: CameraScene((A,))})
    assert plan_salvo(salvo, WALL, LAYOUTS) == SalvoPlan((ShowInGrid(2, "1", {1: A}),), absent=(3, 4))


def test_saved_layouts_that_are_gone_are_named_once() -> None:
    salvo = Salvo("Siaga", {1: SavedScene("Stasiun"), 2: SavedScene("Stasiun")})
    assert plan_salvo(salvo, WALL, LAYOUTS) == SalvoPlan((), unknown=("Stasiun",))


@pytest.mark.parametrize(
    ("monitors", "reason"),
    [({}, "at least one"), ({0: SavedScene("Pasar")}, "not 0"), ({17: SavedScene("x")}, "17")],
)
def test_a_salvo_names_monitors_that_a_wall_can_have(monitors: dict[int, SavedScene], reason: str) -> None:
    with pytest.raises(ConfigError, match=reason):
        Salvo("Siaga", monitors)
