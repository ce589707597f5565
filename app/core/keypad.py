"""Calling a camera up by numbers: `2.5.4211` is monitor 2, tile 5, camera number 4211 (operator.md).

Pure: the time is an argument. A camera's number is the digits at the end of its code, without the zeros before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum

from app.core.commands import AddCamera, Asker, AssignTile, TileId
from app.core.layouts import Layouts
from app.core.model import Camera, CameraId, Catalog
from app.core.wall import WallState

TIMEOUT_S = 10.0
"""So long after its last key a number that was not sent is forgotten: nobody adds to it unawares."""
MAX_LENGTH = 16
"""Keys; what is typed beyond is left out."""
KEYS = frozenset("0123456789.")
"""The keys that a number is typed with."""

_FORM = re.compile(r"(?:(?:(?P<monitor>[0-9]{1,9})\.)?(?P<tile>[0-9]{1,9})\.)?(?P<camera>[0-9]{1,16})")
_LAST_DIGITS = re.compile(r"[0-9]+$")


class Fault(Enum):
    """Why a number calls no camera up."""

    FORM = "form"
    """It is not of the form monitor, tile, camera."""
    NO_CAMERA = "no-camera"
    SEVERAL_CAMERAS = "several-cameras"
    """More than one code ends with this number."""
    NO_MONITOR = "no-monitor"
    MONITOR_AWAY = "monitor-away"
    """The wall knows the monitor, and its screen is not plugged in."""
    NO_TILE = "no-tile"


@dataclass(frozen=True, slots=True)
class KeypadFault:
    """Why a number calls no camera up, and the part of it that is wrong."""

    fault: Fault
    number: str = ""


@dataclass(frozen=True, slots=True)
class CallUp:
    """What a number means."""

    monitor: int
    tile: int | None
    """None: where a camera that is added goes, as no tile was named and none is selected."""
    camera: CameraId

    @property
    def command(self) -> AssignTile | AddCamera:
        """What to ask of the wall."""
        if self.tile is None:
            return AddCamera(self.monitor, self.camera)
        return AssignTile(TileId(self.monitor, self.tile), self.camera)


@dataclass(frozen=True, slots=True)
class Keypad:
    """A number while it is typed."""

    text: str = ""
    pressed_s: float = 0.0
    """When its last key was pressed, monotonic."""

    def pressed(self, key: str, now_s: float) -> Keypad:
        """The state after one of `KEYS`, `Backspace` or `Escape`; any other key changes nothing."""
        match key:
            case "Escape":
                return Keypad()
            case "Backspace":
                return Keypad(self.text[:-1], now_s)
            case _ if key in KEYS and len(self.text) < MAX_LENGTH:
                return Keypad(self.text + key, now_s)
        return replace(self, pressed_s=now_s)

    def at(self, now_s: float) -> Keypad:
        """The state at a time: empty when the last key lies too far back."""
        return Keypad() if self.text and now_s - self.pressed_s >= TIMEOUT_S else self


def call_up(text: str, asker: Asker, wall: WallState, layouts: Layouts, catalog: Catalog) -> CallUp | KeypadFault:
    """What a typed number means on this wall.

    Args:
        text: as typed.
        asker: the monitor where it was typed, and the selected tile there.
        wall, layouts, catalog: what there is.
    """
    found = _FORM.fullmatch(text)
    if found is None:
        return KeypadFault(Fault.FORM, text)
    monitor = asker.monitor if found["monitor"] is None else int(found["monitor"])
    tile = asker.selected if found["tile"] is None else int(found["tile"])
    fault = _monitor_fault(monitor, wall) or _tile_fault(monitor, tile, wall, layouts)
    if fault is not None:
        return fault
    cameras = cameras_numbered(found["camera"], catalog)
    if len(cameras) != 1:
        return KeypadFault(Fault.SEVERAL_CAMERAS if cameras else Fault.NO_CAMERA, found["camera"])
    return CallUp(monitor, tile, cameras[0].id)


def cameras_numbered(digits: str, catalog: Catalog) -> list[Camera]:
    """The cameras whose codes end with this number, and not with a longer one."""
    number = digits.lstrip("0")
    ending = [camera for camera in catalog.cameras.values() if camera.code.endswith(number)]
    return [camera for camera in ending if camera_number(camera) == number]


def camera_number(camera: Camera) -> str | None:
    """The digits at the end of a camera's code, without zeros before them; None where there are none."""
    found = _LAST_DIGITS.search(camera.code)
    return found[0].lstrip("0") if found else None


def _monitor_fault(number: int, wall: WallState) -> KeypadFault | None:
    if not 1 <= number <= len(wall.monitors):
        return KeypadFault(Fault.NO_MONITOR, str(number))
    return None if wall.monitor(number).is_present else KeypadFault(Fault.MONITOR_AWAY, str(number))


def _tile_fault(monitor: int, tile: int | None, wall: WallState, layouts: Layouts) -> KeypadFault | None:
    tiles = layouts.get(wall.monitor(monitor).layout).tiles
    return None if tile is None or 1 <= tile <= tiles else KeypadFault(Fault.NO_TILE, str(tile))
