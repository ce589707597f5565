"""Salvos: several monitors called up at once. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.core.commands import OpenSaved
from app.core.errors import ConfigError
from app.core.layouts import Layouts
from app.core.scene import SavedScene, Scene, showing
from app.core.tour_commands import ShowInGrid
from app.core.wall import WallState

MOST_MONITORS = 16
"""Far beyond what a post has, so that a broken file cannot ask for millions."""


@dataclass(frozen=True, slots=True)
class Salvo:
    """What each monitor shows when the salvo is called up; monitors that it does not name stay as they are.

    Raises:
        ConfigError: it names no monitor, or one that no wall has.
    """

    name: str
    monitors: Mapping[int, Scene]

    def __post_init__(self) -> None:
        if not self.monitors:
            raise ConfigError("a salvo names at least one monitor")
        wrong = next((number for number in self.monitors if not 1 <= number <= MOST_MONITORS), None)
        if wrong is not None:
            raise ConfigError("a monitor's number is 1 to {0}, not {1}", MOST_MONITORS, wrong)


@dataclass(frozen=True, slots=True)
class SalvoPlan:
    """What calling up a salvo comes to on a wall as it is.

    Attributes:
        commands: to be carried out together, in the order of the monitors.
        absent: the monitors that are not there, or not plugged in; the others are called up all the same.
        directed: those that show an order from elsewhere and stay as they are.
        unknown: the saved layouts that are not there any more.
    """

    commands: tuple[OpenSaved | ShowInGrid, ...]
    absent: tuple[int, ...] = ()
    directed: tuple[int, ...] = ()
    unknown: tuple[str, ...] = ()


def plan_salvo(salvo: Salvo, wall: WallState, layouts: Layouts) -> SalvoPlan:
    """What is to be sent for a salvo, and what of it cannot be shown."""
    absent = tuple(number for number in sorted(salvo.monitors) if not _is_present(wall, number))
    present = [number for number in sorted(salvo.monitors) if number not in absent]
    directed = tuple(number for number in present if wall.monitor(number).is_directed)
    scenes = {number: salvo.monitors[number] for number in present if number not in directed}
    lost = [
        scene.layout for scene in scenes.values() if isinstance(scene, SavedScene) and _is_lost(scene, layouts)
    ]
    commands = [_command(number, scene, layouts) for number, scene in scenes.items()]
    return SalvoPlan(tuple(filter(None, commands)), absent, directed, tuple(dict.fromkeys(lost)))


def _is_present(wall: WallState, number: int) -> bool:
    return number <= len(wall.monitors) and wall.monitor(number).is_present


def _is_lost(scene: SavedScene, layouts: Layouts) -> bool:
    return scene.layout not in layouts.saved


def _command(number: int, scene: Scene, layouts: Layouts) -> OpenSaved | ShowInGrid | None:
    if isinstance(scene, SavedScene):
        return None if _is_lost(scene, layouts) else OpenSaved(number, scene.layout)
    shown = showing(scene, layouts)
    return ShowInGrid(number, shown.layout, shown.cameras)
