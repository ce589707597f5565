"""One monitor of a wall, and what the commands that concern it alone make of it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from app.core.commands import (
    ApplyLayout,
    Back,
    MoveSelection,
    OpenSaved,
    SelectTile,
    SetHotspot,
    ShowCameras,
    StepLayout,
    ToggleMaximised,
)
from app.core.errors import ConfigError
from app.core.layout import MAX_TILES, Layout
from app.core.layouts import Layouts
from app.core.model import CameraId
from app.core.saved_layout import SavedLayout
from app.core.selection import neighbour
from app.core.tile_memory import TileMemory
from app.core.tour_commands import ShowInGrid


@dataclass(frozen=True, slots=True)
class MonitorState:
    """One monitor: its layout, which camera each tile number has, the selection, the maximised tile.

    `cameras` may hold numbers beyond the layout's tiles: they come back with a larger layout.
    """

    layout: str
    cameras: Mapping[int, CameraId] = field(default_factory=dict)
    selected: int | None = None
    maximised: int | None = None
    saved: SavedLayout | None = None
    """The saved layout that was opened here, as it was then."""
    hotspot: int | None = None
    """The tile that shows the camera of whichever tile is selected."""
    before: MonitorState | None = None
    """What comes back when the present, temporary layout is left."""
    screen: str = ""
    """What identifies the screen that it belongs to, wherever that is plugged in; empty before its first one."""
    is_present: bool = True
    """Whether its screen is plugged in; nothing is opened for one that is not, and it keeps everything."""
    memory: Mapping[int, TileMemory] = field(default_factory=dict, compare=False)
    """By tile number, what it showed before; two monitors that show the same are equal without it."""
    held_back: MonitorState | None = None
    """What its officer had when an order from elsewhere came (`remote.py`); it comes back when that ends."""

    @property
    def content(self) -> Mapping[int, CameraId]:
        """The cameras that somebody put on tiles: all but the hotspot's, which follows the selection."""
        return {number: camera for number, camera in self.cameras.items() if number != self.hotspot}

    @property
    def is_altered(self) -> bool:
        """Whether it shows anything else than the saved layout that was opened."""
        saved = self.saved
        if saved is None:
            return False
        wanted = {number: camera for number, camera in saved.cameras.items() if number != saved.hotspot}
        return (self.layout, self.hotspot, self.content) != (saved.name, saved.hotspot, wanted)

    @property
    def is_at_rest(self) -> bool:
        """Whether `Back` has nothing to leave."""
        return self.maximised is None and self.before is None and self.selected is None and not self.is_altered

    @property
    def is_temporary(self) -> bool:
        """Whether `Back` brings another layout back."""
        return self.before is not None

    @property
    def is_directed(self) -> bool:
        """Whether it shows an order from elsewhere: what it shows is not its officer's to change."""
        return self.held_back is not None

    @property
    def lasting(self) -> MonitorState:
        """What a start brings back: what its officer had, without what was there for a while."""
        own = self.held_back or self
        return own.before or own


MonitorCommand = (
    SelectTile
    | MoveSelection
    | ApplyLayout
    | StepLayout
    | ToggleMaximised
    | ShowCameras
    | OpenSaved
    | SetHotspot
    | ShowInGrid
    | Back
)
"""What concerns one monitor only."""


def apply_to_monitor(monitor: MonitorState, command: MonitorCommand, layouts: Layouts) -> MonitorState:
    """The monitor after a command.

    Raises:
        ConfigError: the command names a tile or layout that is not there.
    """
    match command:
        case SelectTile(_, number):
            return _select(monitor, within(number, monitor, layouts))
        case MoveSelection(_, right, down):
            return _move_selection(monitor, right, down, layouts.get(monitor.layout))
        case ApplyLayout(_, name):
            return _lay_out(monitor, layouts.get(name))
        case StepLayout(_, step):
            return _step(monitor, step, layouts)
        case ToggleMaximised(_, number):
            return _toggle_maximised(monitor, number, layouts)
        case ShowCameras(_, cameras):
            return _show_cameras(monitor, cameras, layouts)
        case ShowInGrid(_, layout, cameras):
            return _show_in_grid(monitor, layouts.get(layout), cameras)
        case OpenSaved(_, name):
            return open_saved(monitor, layouts.get_saved(name))
        case SetHotspot(_, number):
            return replace(monitor, hotspot=within(number, monitor, layouts))
        case _:  # Back
            return _back(monitor)


def _back(monitor: MonitorState) -> MonitorState:
    if monitor.maximised is not None:
        return replace(monitor, maximised=None)
    if monitor.before is not None:
        return replace(monitor.before, screen=monitor.screen, is_present=monitor.is_present)
    if monitor.selected is not None:
        return replace(monitor, selected=None)
    if monitor.saved is not None and monitor.is_altered:
        return open_saved(monitor, monitor.saved)
    return monitor


def open_saved(monitor: MonitorState, saved: SavedLayout) -> MonitorState:
    """The monitor with a saved layout opened on it; its tiles remember what they showed."""
    return MonitorState(
        layout=saved.name,
        cameras=dict(saved.cameras),
        saved=saved,
        hotspot=saved.hotspot,
        screen=monitor.screen,
        is_present=monitor.is_present,
        memory=_memory_of(monitor, saved.cameras),
    )


def _memory_of(monitor: MonitorState, cameras: Mapping[int, CameraId]) -> dict[int, TileMemory]:
    """What the monitor's tiles remember once they show these cameras instead."""
    numbers = monitor.cameras.keys() | cameras.keys()
    changed = {number: remembered(monitor, number).showing(cameras.get(number)) for number in numbers}
    return {**monitor.memory, **changed}


def follow_saved(monitor: MonitorState, saved: SavedLayout) -> MonitorState:
    """The monitor after the saved layout that it shows unaltered has changed: what still is, stays."""
    opened = open_saved(monitor, saved)
    selected = monitor.selected if monitor.selected and monitor.selected <= saved.grid.tiles else None
    maximised = monitor.maximised if monitor.maximised in saved.cameras else None
    return replace(opened, selected=selected, maximised=maximised)


def _show_cameras(monitor: MonitorState, cameras: tuple[CameraId, ...], layouts: Layouts) -> MonitorState:
    if not cameras:
        return monitor
    shown = dict(enumerate(cameras[:MAX_TILES], start=1))
    temporary = _temporary(monitor, layouts.get(str(len(shown))), shown)
    return replace(temporary, selected=None, memory=_memory_of(monitor, shown))


def _show_in_grid(monitor: MonitorState, grid: Layout, cameras: Mapping[int, CameraId]) -> MonitorState:
    """Tours do this every few seconds: what they show is not remembered, or it would push out all else."""
    return _temporary(monitor, grid, dict(cameras))


def _temporary(monitor: MonitorState, grid: Layout, cameras: Mapping[int, CameraId]) -> MonitorState:
    return MonitorState(
        layout=grid.name,
        cameras=cameras,
        selected=monitor.selected if monitor.selected and monitor.selected <= grid.tiles else None,
        before=monitor.before or replace(monitor, maximised=None),
        screen=monitor.screen,
        is_present=monitor.is_present,
        memory=monitor.memory,
    )


def remembered(monitor: MonitorState, number: int) -> TileMemory:
    """A tile's memory, the present camera included however it got there."""
    return monitor.memory.get(number, TileMemory()).showing(monitor.cameras.get(number))


def within(number: int | None, monitor: MonitorState, layouts: Layouts) -> int | None:
    """The number, if the monitor's layout has such a tile.

    Raises:
        ConfigError: it has not.
    """
    tiles = layouts.get(monitor.layout).tiles
    if number is not None and not 1 <= number <= tiles:
        raise ConfigError("layout {0} has no tile {1}", monitor.layout, number)
    return number


def _lay_out(monitor: MonitorState, layout: Layout) -> MonitorState:
    selected = monitor.selected if monitor.selected and monitor.selected <= layout.tiles else None
    hotspot = monitor.hotspot if monitor.hotspot and monitor.hotspot <= layout.tiles else None
    return replace(monitor, layout=layout.name, selected=selected, hotspot=hotspot, maximised=None)


def _step(monitor: MonitorState, step: int, layouts: Layouts) -> MonitorState:
    names = layouts.steps
    if monitor.layout in names:
        name = names[(names.index(monitor.layout) + step) % len(names)]
    else:
        name = names[0 if step > 0 else -1]
    return (
        open_saved(monitor, layouts.saved[name]) if name in layouts.saved else _lay_out(monitor, layouts.get(name))
    )


def _toggle_maximised(monitor: MonitorState, number: int | None, layouts: Layouts) -> MonitorState:
    if monitor.maximised is not None:
        return replace(monitor, maximised=None)
    wanted = within(number, monitor, layouts) or monitor.selected
    if wanted not in monitor.cameras:
        return monitor
    return replace(monitor, maximised=wanted, selected=wanted)


def _select(monitor: MonitorState, number: int | None) -> MonitorState:
    """A maximised tile gives way to the one that is chosen: what is chosen is seen."""
    if monitor.maximised is None or number is None:
        return replace(monitor, selected=number)
    return replace(monitor, selected=number, maximised=number if number in monitor.cameras else None)


def _move_selection(monitor: MonitorState, right: int, down: int, layout: Layout) -> MonitorState:
    if monitor.selected is None:
        return replace(monitor, selected=1)
    number = neighbour(layout, monitor.selected, right, down)
    if monitor.maximised is None:
        return replace(monitor, selected=number)
    if number not in monitor.cameras:
        return monitor  # a maximised tile always shows a camera
    return replace(monitor, selected=number, maximised=number)
