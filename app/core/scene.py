"""What a tour's step or a salvo shows on one monitor: a saved layout, or cameras in a grid. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.core.errors import ConfigError
from app.core.layout import MAX_TILES
from app.core.layouts import Layouts
from app.core.model import CameraId


@dataclass(frozen=True, slots=True)
class SavedScene:
    """A saved layout, with the cameras that it has when it is shown."""

    layout: str


@dataclass(frozen=True, slots=True)
class CameraScene:
    """Cameras on the tiles 1, 2, 3 … of a grid.

    Raises:
        ConfigError: no camera, or more than a wall has tiles.
    """

    cameras: tuple[CameraId, ...]
    grid: str = ""
    """A layout's name; empty for the smallest uniform one that holds the cameras."""

    def __post_init__(self) -> None:
        if not 0 < len(self.cameras) <= MAX_TILES:
            raise ConfigError("it shows {0} cameras, not 1 to {1}", len(self.cameras), MAX_TILES)


Scene = SavedScene | CameraScene


@dataclass(frozen=True, slots=True)
class Showing:
    """A scene as a monitor can show it now: a layout's name, and its cameras by tile number."""

    layout: str
    cameras: Mapping[int, CameraId]


def showing(scene: Scene, layouts: Layouts) -> Showing:
    """What a scene is at present.

    A grid that is gone, or has too few tiles by now, gives way to the smallest that holds the cameras: none of
    them is dropped.

    Raises:
        ConfigError: its saved layout is not there any more.
    """
    if isinstance(scene, SavedScene):
        saved = layouts.get_saved(scene.layout)
        return Showing(saved.name, saved.cameras)
    return Showing(_grid_name(scene, layouts), dict(enumerate(scene.cameras, start=1)))


def _grid_name(scene: CameraScene, layouts: Layouts) -> str:
    is_known = layouts.has(scene.grid)
    if is_known and layouts.get(scene.grid).tiles >= len(scene.cameras):
        return scene.grid
    return str(len(scene.cameras))
