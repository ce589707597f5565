"""What an operator can ask of a wall. Keys, menus, the mouse, tours and tests all send these.

Each command has a text name (`name`), the word that a keymap and a log use. Those that a key can send
without further data are made from text by `command_from_text`: `"layout 16"`, `"maximise"`, `"clear"`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from app.core.errors import ConfigError
from app.core.model import CameraId, Profile
from app.core.tour_commands import (
    FireSalvo,
    ShowInGrid,
    StartCoverage,
    StartTour,
    StepTour,
    StopTour,
    ToggleTour,
    TourCommand,
)


class TileId(NamedTuple):
    """A tile's place: monitor and number, both from 1, as an officer calls them (`2.5`).

    A tuple, for it is looked up thousands of times a second.
    """

    monitor: int
    number: int

    def __str__(self) -> str:
        return f"{self.monitor}.{self.number}"


@dataclass(frozen=True, slots=True)
class AssignTile:
    """Show a camera on a tile, whatever it showed before."""

    name: ClassVar[str] = "assign"
    tile: TileId
    camera: CameraId


@dataclass(frozen=True, slots=True)
class AssignTiles:
    """Show several cameras: the first on a tile, the others on the free ones that follow."""

    name: ClassVar[str] = "assign-several"
    tile: TileId
    cameras: tuple[CameraId, ...]


@dataclass(frozen=True, slots=True)
class AddCamera:
    """Show a camera on the monitor's selected tile if that is empty, else on its next free one.

    On a full wall the selected tile takes it (the first, where none is selected). The tile that took it is
    selected, and a maximised one gives the layout back: the officer sees where the camera went.
    """

    name: ClassVar[str] = "add"
    monitor: int
    camera: CameraId


@dataclass(frozen=True, slots=True)
class ClearTile:
    """Show nothing on a tile."""

    name: ClassVar[str] = "clear"
    tile: TileId


@dataclass(frozen=True, slots=True)
class SwapTiles:
    """Exchange what two tiles show (a drag from one onto the other)."""

    name: ClassVar[str] = "swap"
    first: TileId
    second: TileId


@dataclass(frozen=True, slots=True)
class SelectTile:
    """Put the selection frame on a tile of the monitor, or take it away (None).

    Where another tile fills the monitor, this one takes its place; an empty one is seen among all.
    """

    name: ClassVar[str] = "select"
    monitor: int
    number: int | None


@dataclass(frozen=True, slots=True)
class MoveSelection:
    """Move the selection to the neighbouring tile: steps right and down, each -1, 0 or 1."""

    name: ClassVar[str] = "move-selection"
    monitor: int
    right: int
    down: int


@dataclass(frozen=True, slots=True)
class ApplyLayout:
    """Lay a monitor's tiles out anew; tile n keeps its camera, also over layouts without a tile n."""

    name: ClassVar[str] = "layout"
    monitor: int
    layout: str


@dataclass(frozen=True, slots=True)
class StepLayout:
    """The next (+1) or previous (-1) of the layouts, in their order."""

    name: ClassVar[str] = "step-layout"
    monitor: int
    step: int


@dataclass(frozen=True, slots=True)
class ToggleMaximised:
    """Fill the monitor with one tile (the selected one if None), or bring the layout back."""

    name: ClassVar[str] = "maximise"
    monitor: int
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Back:
    """Leave what is temporary, the nearest first: a maximised tile, a temporary layout, the selection, and in the
    end what was changed on a saved layout."""

    name: ClassVar[str] = "back"
    monitor: int


@dataclass(frozen=True, slots=True)
class StepContent:
    """Go back (-1) or forward (+1) through what the tile showed before, 8 deep."""

    name: ClassVar[str] = "step-content"
    tile: TileId
    step: int


@dataclass(frozen=True, slots=True)
class ShowCameras:
    """Show these cameras in a layout just large enough, until `Back` brings what was there before."""

    name: ClassVar[str] = "show-cameras"
    monitor: int
    cameras: tuple[CameraId, ...]


@dataclass(frozen=True, slots=True)
class OpenSaved:
    """Show a saved layout: its grid and its cameras."""

    name: ClassVar[str] = "open"
    monitor: int
    layout: str


@dataclass(frozen=True, slots=True)
class SetHotspot:
    """Let a tile show the camera of whichever tile is selected; None: no tile does any more."""

    name: ClassVar[str] = "hotspot"
    monitor: int
    number: int | None


@dataclass(frozen=True, slots=True)
class Undo:
    """Take the last change of cameras or layout back."""

    name: ClassVar[str] = "undo"


WallCommand = (
    AssignTile
    | AssignTiles
    | AddCamera
    | ClearTile
    | SwapTiles
    | SelectTile
    | MoveSelection
    | ApplyLayout
    | StepLayout
    | ToggleMaximised
    | Back
    | StepContent
    | ShowCameras
    | OpenSaved
    | SetHotspot
    | ShowInGrid
)
"""What changes a wall by itself."""

Command = WallCommand | Undo | TourCommand | FireSalvo
"""All of them: what was there before, and what a tour or a salvo does to a wall, only the console knows."""

_DIRECTIONS = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}


@dataclass(frozen=True, slots=True)
class Asker:
    """Where a text command comes from: the monitor and its selected tile, if any."""

    monitor: int
    selected: int | None = None


def _clear(asker: Asker, _argument: str) -> Command | None:
    return ClearTile(TileId(asker.monitor, asker.selected)) if asker.selected else None


def _step_content(step: int) -> Callable[[Asker, str], Command | None]:
    return lambda asker, _: StepContent(TileId(asker.monitor, asker.selected), step) if asker.selected else None


def _hotspot(asker: Asker, argument: str) -> Command | None:
    if argument == "off":
        return SetHotspot(asker.monitor, None)
    return SetHotspot(asker.monitor, asker.selected) if asker.selected else None


def _move(asker: Asker, argument: str) -> Command:
    right, down = _DIRECTIONS[argument]
    return MoveSelection(asker.monitor, right, down)


_FROM_TEXT: dict[str, Callable[[Asker, str], Command | None]] = {
    "layout": lambda asker, argument: ApplyLayout(asker.monitor, argument),
    "next-layout": lambda asker, _: StepLayout(asker.monitor, 1),
    "previous-layout": lambda asker, _: StepLayout(asker.monitor, -1),
    "maximise": lambda asker, _: ToggleMaximised(asker.monitor),
    "clear": _clear,
    "previous-content": _step_content(-1),
    "next-content": _step_content(1),
    "open": lambda asker, argument: OpenSaved(asker.monitor, argument),
    "hotspot": _hotspot,
    "tour": lambda asker, argument: StartTour(asker.monitor, argument),
    "coverage-tour": lambda asker, _: StartCoverage(asker.monitor),
    "tour-next": lambda asker, _: StepTour(asker.monitor, 1),
    "tour-previous": lambda asker, _: StepTour(asker.monitor, -1),
    "tour-pause": lambda asker, _: ToggleTour(asker.monitor),
    "tour-stop": lambda asker, _: StopTour(asker.monitor),
    "salvo": lambda _asker, argument: FireSalvo(argument),
    "back": lambda asker, _: Back(asker.monitor),
    "undo": lambda _asker, _: Undo(),
    "select": _move,
}


def is_wall_command(text: str) -> bool:
    """Whether a text names a command of this module (else it is a window's own action)."""
    return text.partition(" ")[0] in _FROM_TEXT


def command_from_text(text: str, asker: Asker) -> Command | None:
    """The command that a text means for this asker; None where it has nothing to act on.

    Raises:
        ConfigError: the text names no command, or its argument is not one of the command's.
    """
    name, _, argument = text.partition(" ")
    try:
        return _FROM_TEXT[name](asker, argument)
    except KeyError as error:
        raise ConfigError("{0} is no command", repr(text)) from error


def parse_profile(text: str) -> Profile | None:
    """`sub`, `main`, or None for `auto`."""
    return None if text == "auto" else Profile(text)
