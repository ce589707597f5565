"""What a wall shows, as one immutable value, and how commands change it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from app.core.commands import (
    AddCamera,
    ApplyLayout,
    AssignTile,
    Back,
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
from app.core.layout import Cell, Layout
from app.core.model import CameraId


@dataclass(frozen=True, slots=True)
class MonitorState:
    """One monitor: its layout, which camera each tile number has, the selection, the maximised tile.

    `cameras` may hold numbers beyond the layout's tiles: they come back with a larger layout.
    """

    layout: str
    cameras: Mapping[int, CameraId] = field(default_factory=dict)
    selected: int | None = None
    maximised: int | None = None


@dataclass(frozen=True, slots=True)
class WallState:
    """All monitors, in the order of their numbers (the first is monitor 1)."""

    monitors: tuple[MonitorState, ...]

    def monitor(self, number: int) -> MonitorState:
        """The monitor of that number, from 1.

        Raises:
            ConfigError: the wall has no such monitor.
        """
        if not 1 <= number <= len(self.monitors):
            raise ConfigError(f"the wall has no monitor {number}")
        return self.monitors[number - 1]

    def camera_at(self, tile: TileId) -> CameraId | None:
        """The camera of a tile, if it has one."""
        return self.monitor(tile.monitor).cameras.get(tile.number)


@dataclass(frozen=True, slots=True)
class Layouts:
    """The layouts a wall can take, and the order in which one steps through them (that of the names if empty)."""

    by_name: Mapping[str, Layout]
    order: tuple[str, ...] = ()

    def get(self, name: str) -> Layout:
        """The layout of that name.

        Raises:
            ConfigError: there is none; the message lists names.
        """
        try:
            return self.by_name[name]
        except KeyError as error:
            known = ", ".join(name for name in self.by_name if not name.isdigit())
            raise ConfigError(f"there is no layout {name}: use 1 to 64, or one of {known}") from error


def assigned_tiles(wall: WallState, layouts: Layouts) -> dict[TileId, CameraId]:
    """Every tile that its layout shows and that has a camera, in reading order."""
    return {
        TileId(monitor_number, number): monitor.cameras[number]
        for monitor_number, monitor in enumerate(wall.monitors, start=1)
        for number in range(1, layouts.get(monitor.layout).tiles + 1)
        if number in monitor.cameras
    }


def apply(wall: WallState, command: Command, layouts: Layouts) -> WallState:
    """The wall after a command; the same object where the command changes nothing.

    Raises:
        ConfigError: the command names a monitor, tile or layout that is not there.
    """
    match command:
        case AssignTile(tile, camera):
            return _assign(wall, tile, camera, layouts)
        case AddCamera(monitor, camera):
            return _add(wall, monitor, camera, layouts)
        case ClearTile(tile):
            _check_tile(wall, tile, layouts)
            return _change_cameras(wall, {tile: None})
        case SwapTiles(first, second):
            _check_tile(wall, first, layouts)
            _check_tile(wall, second, layouts)
            return _change_cameras(wall, {first: wall.camera_at(second), second: wall.camera_at(first)})
        case Undo():
            return wall  # history is the console's: one wall knows no other
        case _:
            changed = _apply_to_monitor(wall.monitor(command.monitor), command, layouts)
            return _with_monitor(wall, command.monitor, changed)


def _apply_to_monitor(
    monitor: MonitorState,
    command: SelectTile | MoveSelection | ApplyLayout | StepLayout | ToggleMaximised | Back,
    layouts: Layouts,
) -> MonitorState:
    match command:
        case SelectTile(_, number):
            return replace(monitor, selected=_within(number, monitor, layouts))
        case MoveSelection(_, right, down):
            return _move_selection(monitor, right, down, layouts.get(monitor.layout))
        case ApplyLayout(_, name):
            return _lay_out(monitor, layouts.get(name))
        case StepLayout(_, step):
            return _lay_out(monitor, _step(monitor.layout, step, layouts))
        case ToggleMaximised(_, number):
            return _toggle_maximised(monitor, number, layouts)
        case _:  # Back
            if monitor.maximised is not None:
                return replace(monitor, maximised=None)
            return replace(monitor, selected=None)


def _check_tile(wall: WallState, tile: TileId, layouts: Layouts) -> None:
    layout = layouts.get(wall.monitor(tile.monitor).layout)
    if not 1 <= tile.number <= layout.tiles:
        raise ConfigError(f"layout {layout.name} has no tile {tile.number}")


def _assign(wall: WallState, tile: TileId, camera: CameraId, layouts: Layouts) -> WallState:
    _check_tile(wall, tile, layouts)
    return _change_cameras(wall, {tile: camera})


def _add(wall: WallState, monitor: int, camera: CameraId, layouts: Layouts) -> WallState:
    """The camera is where the officer sees it: its tile is selected, and no other fills the monitor."""
    number = _number_for_new_camera(wall.monitor(monitor), layouts)
    wall = _assign(wall, TileId(monitor, number), camera, layouts)
    return _with_monitor(wall, monitor, replace(wall.monitor(monitor), selected=number, maximised=None))


def _change_cameras(wall: WallState, changes: Mapping[TileId, CameraId | None]) -> WallState:
    for tile, camera in changes.items():
        monitor = wall.monitor(tile.monitor)
        if monitor.cameras.get(tile.number) == camera:
            continue
        cameras = {number: old for number, old in monitor.cameras.items() if number != tile.number}
        if camera is not None:
            cameras[tile.number] = camera
        maximised = monitor.maximised if monitor.maximised in cameras else None
        wall = _with_monitor(wall, tile.monitor, replace(monitor, cameras=cameras, maximised=maximised))
    return wall


def _with_monitor(wall: WallState, number: int, monitor: MonitorState) -> WallState:
    if monitor == wall.monitors[number - 1]:
        return wall
    monitors = (*wall.monitors[: number - 1], monitor, *wall.monitors[number:])
    return WallState(monitors)


def _number_for_new_camera(monitor: MonitorState, layouts: Layouts) -> int:
    if monitor.selected is not None and monitor.selected not in monitor.cameras:
        return monitor.selected
    numbers = range(1, layouts.get(monitor.layout).tiles + 1)
    free = next((number for number in numbers if number not in monitor.cameras), None)
    return free or monitor.selected or 1


def _within(number: int | None, monitor: MonitorState, layouts: Layouts) -> int | None:
    tiles = layouts.get(monitor.layout).tiles
    if number is not None and not 1 <= number <= tiles:
        raise ConfigError(f"layout {monitor.layout} has no tile {number}")
    return number


def _lay_out(monitor: MonitorState, layout: Layout) -> MonitorState:
    selected = monitor.selected if monitor.selected and monitor.selected <= layout.tiles else None
    return replace(monitor, layout=layout.name, selected=selected, maximised=None)


def _step(name: str, step: int, layouts: Layouts) -> Layout:
    names = layouts.order or tuple(layouts.by_name)
    if name not in names:
        return layouts.get(names[0 if step > 0 else -1])
    return layouts.get(names[(names.index(name) + step) % len(names)])


def _toggle_maximised(monitor: MonitorState, number: int | None, layouts: Layouts) -> MonitorState:
    if monitor.maximised is not None:
        return replace(monitor, maximised=None)
    wanted = _within(number, monitor, layouts) or monitor.selected
    if wanted not in monitor.cameras:
        return monitor
    return replace(monitor, maximised=wanted, selected=wanted)


def _move_selection(monitor: MonitorState, right: int, down: int, layout: Layout) -> MonitorState:
    if monitor.selected is None:
        return replace(monitor, selected=1)
    here = layout.cells[monitor.selected - 1]
    number = _neighbour(layout, here, right, down)
    if monitor.maximised is None:
        return replace(monitor, selected=number)
    if number not in monitor.cameras:
        return monitor  # a maximised tile always shows a camera
    return replace(monitor, selected=number, maximised=number)


def _neighbour(layout: Layout, here: Cell, right: int, down: int) -> int:
    """The tile on the other side of `here`'s edge, at its first row or column; itself at the wall's edge."""
    column = here.column + (here.column_span if right > 0 else right)
    row = here.row + (here.row_span if down > 0 else down)
    probe = Cell(column, row)
    cells = enumerate(layout.cells, start=1)
    own = layout.cells.index(here) + 1
    return next((number for number, cell in cells if cell.overlaps(probe)), own)
