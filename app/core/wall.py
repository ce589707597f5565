"""What a wall shows, as one immutable value, and how commands change it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from app.core.commands import (
    AddCamera,
    AssignTile,
    AssignTiles,
    Back,
    ClearTile,
    MoveSelection,
    SelectTile,
    StepContent,
    SwapTiles,
    TileId,
    ToggleMaximised,
    WallCommand,
)
from app.core.errors import ConfigError
from app.core.layouts import Layouts
from app.core.model import CameraId
from app.core.monitor import MonitorState, apply_to_monitor, follow_saved, remembered
from app.core.spread import spread

LOOKING = (SelectTile, MoveSelection, ToggleMaximised, Back)
"""Commands that change how a monitor is looked at, not what its officer or an order made of it."""


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
            raise ConfigError("the wall has no monitor {0}", number)
        return self.monitors[number - 1]

    def camera_at(self, tile: TileId) -> CameraId | None:
        """The camera of a tile, if it has one."""
        return self.monitor(tile.monitor).cameras.get(tile.number)


def assigned_tiles(wall: WallState, layouts: Layouts) -> dict[TileId, CameraId]:
    """Every tile that its layout shows and that has a camera, in reading order; none of monitors that are away."""
    return {
        TileId(monitor_number, number): monitor.cameras[number]
        for monitor_number, monitor in enumerate(wall.monitors, start=1)
        if monitor.is_present
        for number in range(1, layouts.get(monitor.layout).tiles + 1)
        if number in monitor.cameras
    }


def visible_tiles(wall: WallState, layouts: Layouts) -> dict[TileId, CameraId]:
    """Those of them that can be looked at: a maximised tile hides the others of its monitor."""
    return {
        tile: camera
        for tile, camera in assigned_tiles(wall, layouts).items()
        if wall.monitors[tile.monitor - 1].maximised in (None, tile.number)
    }


def with_saved(wall: WallState, layouts: Layouts, renamed: Mapping[str, str] = MappingProxyType({})) -> WallState:
    """The wall after the saved layouts have changed: a query found other cameras, somebody saved or deleted one.

    A monitor that shows one unaltered follows it; one that was altered is compared with the new one from now on. A
    grid that is gone leaves its cameras on the smallest one that has room for them.

    Args:
        layouts: those that there are now.
        renamed: new names by old ones.
    """
    monitors = tuple(_with_saved(monitor, layouts, renamed) for monitor in wall.monitors)
    return wall if monitors == wall.monitors else WallState(monitors)


def _with_saved(monitor: MonitorState, layouts: Layouts, renamed: Mapping[str, str]) -> MonitorState:
    if monitor.before is not None:
        monitor = replace(monitor, before=_with_saved(monitor.before, layouts, renamed))
    if monitor.held_back is not None:
        monitor = replace(monitor, held_back=_with_saved(monitor.held_back, layouts, renamed))
    opened, was_altered = monitor.saved, monitor.is_altered
    now = layouts.saved.get(renamed.get(opened.name, opened.name)) if opened is not None else None
    monitor = replace(monitor, layout=renamed.get(monitor.layout, monitor.layout), saved=now)
    if now is not None and now != opened and not (was_altered or monitor.is_temporary):
        monitor = follow_saved(monitor, now)
    if layouts.has(monitor.layout):
        return monitor
    return replace(monitor, layout=str(max(monitor.cameras, default=1)))


def with_screens(wall: WallState, screens: Sequence[str], new: MonitorState) -> WallState:
    """The wall on the screens that are plugged in: each finds the monitor that it showed before, wherever it is.

    A screen that the wall does not know takes a monitor that never had one, else one whose screen is away (it was
    replaced), else it is a new monitor.

    Args:
        screens: what identifies each present screen (`screen_keys`), the operator's own first.
        new: what a monitor shows that the wall did not have.
    """
    monitors = [replace(monitor, is_present=monitor.screen in screens) for monitor in wall.monitors]
    known = {monitor.screen for monitor in monitors}
    for screen in screens:
        if screen not in known:
            place = _free_place(monitors)
            if place == len(monitors):
                monitors.append(new)
            monitors[place] = replace(monitors[place], screen=screen, is_present=True)
    return wall if tuple(monitors) == wall.monitors else WallState(tuple(monitors))


def _free_place(monitors: Sequence[MonitorState]) -> int:
    """The place of a monitor for a screen that is not known; one past the last where there is none."""
    free = [place for place, monitor in enumerate(monitors) if not monitor.is_present]
    return min(free, key=lambda place: (bool(monitors[place].screen), place), default=len(monitors))


def apply(wall: WallState, command: WallCommand, layouts: Layouts) -> WallState:
    """The wall after a command; the same object where the command changes nothing.

    Raises:
        ConfigError: the command names a monitor, tile or layout that is not there, or would change one that shows
            an order from elsewhere.
    """
    if not isinstance(command, LOOKING):
        for monitor in _monitors_of(command):
            check_own(wall.monitor(monitor), monitor)
    changed = _changed(wall, command, layouts)
    return changed if changed is wall else _with_hotspots(wall, changed, _monitor_of(command))


def check_own(monitor: MonitorState, number: int) -> None:
    """See to it that what a monitor shows is its officer's to change.

    Raises:
        ConfigError: it shows an order from elsewhere.
    """
    if monitor.is_directed:
        raise ConfigError("Monitor {0} is under remote control: release it first.", number)


def _monitors_of(command: WallCommand) -> tuple[int, ...]:
    """The monitors that a command is about."""
    if isinstance(command, SwapTiles):
        return command.first.monitor, command.second.monitor
    return (_monitor_of(command),)


def _changed(wall: WallState, command: WallCommand, layouts: Layouts) -> WallState:
    match command:
        case AssignTile(tile, camera):
            return _assign(wall, tile, camera, layouts)
        case AssignTiles(tile, cameras):
            return _assign_several(wall, tile, cameras, layouts)
        case AddCamera(monitor, camera):
            return _add(wall, monitor, camera, layouts)
        case ClearTile(tile):
            _check_tile(wall, tile, layouts)
            return _change_cameras(wall, {tile: None})
        case SwapTiles(first, second):
            _check_tile(wall, first, layouts)
            _check_tile(wall, second, layouts)
            return _change_cameras(wall, {first: wall.camera_at(second), second: wall.camera_at(first)})
        case StepContent(tile, step):
            _check_tile(wall, tile, layouts)
            return _step_content(wall, tile, step)
        case _:
            changed = apply_to_monitor(wall.monitor(command.monitor), command, layouts)
            return _with_monitor(wall, command.monitor, changed)


def _monitor_of(command: WallCommand) -> int:
    """On which monitor a command was given."""
    match command:
        case AssignTile(tile, _) | AssignTiles(tile, _) | ClearTile(tile) | StepContent(tile, _):
            return tile.monitor
        case SwapTiles(first, _):
            return first.monitor
        case _:
            return command.monitor


def _with_hotspots(before: WallState, wall: WallState, source: int) -> WallState:
    """The wall with every hotspot tile showing what was picked on the monitor that a command came from."""
    picked = _picked(wall, source)
    if picked is None or picked == _picked(before, source):
        return wall
    for number, monitor in enumerate(wall.monitors, start=1):
        if monitor.hotspot is not None:
            cameras = {**monitor.cameras, monitor.hotspot: picked}
            wall = _with_monitor(wall, number, replace(monitor, cameras=cameras))
    return wall


def _picked(wall: WallState, source: int) -> CameraId | None:
    """The camera of a monitor's selected tile; None where that is empty, or a hotspot itself."""
    monitor = wall.monitor(source)
    if monitor.selected is None or monitor.selected == monitor.hotspot:
        return None
    return monitor.cameras.get(monitor.selected)


def _step_content(wall: WallState, tile: TileId, step: int) -> WallState:
    monitor = wall.monitor(tile.monitor)
    memory = remembered(monitor, tile.number).stepped(step)
    if memory.present is None or memory.present == monitor.cameras.get(tile.number):
        return wall
    cameras = {**monitor.cameras, tile.number: memory.present}
    memories = {**monitor.memory, tile.number: memory}
    return _with_monitor(wall, tile.monitor, replace(monitor, cameras=cameras, memory=memories))


def _check_tile(wall: WallState, tile: TileId, layouts: Layouts) -> None:
    layout = layouts.get(wall.monitor(tile.monitor).layout)
    if not 1 <= tile.number <= layout.tiles:
        raise ConfigError("layout {0} has no tile {1}", layout.name, tile.number)


def _assign(wall: WallState, tile: TileId, camera: CameraId, layouts: Layouts) -> WallState:
    _check_tile(wall, tile, layouts)
    return _uncovered(_change_cameras(wall, {tile: camera}), tile.monitor, [tile.number])


def _assign_several(wall: WallState, tile: TileId, cameras: tuple[CameraId, ...], layouts: Layouts) -> WallState:
    _check_tile(wall, tile, layouts)
    monitor = wall.monitor(tile.monitor)
    placed = spread(cameras, tile.number, monitor.cameras, layouts.get(monitor.layout).tiles)
    changes = {TileId(tile.monitor, number): camera for number, camera in placed.items()}
    return _uncovered(_change_cameras(wall, changes), tile.monitor, placed)


def _uncovered(wall: WallState, number: int, tiles: Iterable[int]) -> WallState:
    """What was called up onto these tiles of a monitor is seen: no other tile fills it."""
    monitor = wall.monitor(number)
    if monitor.maximised is None or all(tile == monitor.maximised for tile in tiles):
        return wall
    return _with_monitor(wall, number, replace(monitor, maximised=None))


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
        memory = {**monitor.memory, tile.number: remembered(monitor, tile.number).showing(camera)}
        changed = replace(monitor, cameras=cameras, maximised=maximised, memory=memory)
        wall = _with_monitor(wall, tile.monitor, changed)
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
