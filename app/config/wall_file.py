"""What the wall showed last, so that it shows it again after a start: one JSON file.

Any thread; reading and writing wait for the disk. Must not import Qt. It names cameras by the registry's ids only.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from app.config.json_object import JsonObject
from app.config.whole_file import read_whole, write_whole
from app.core.errors import ConfigError
from app.core.layout import MAX_TILES
from app.core.layouts import Layouts
from app.core.model import CameraId
from app.core.monitor import MonitorState
from app.core.wall import WallState

VERSION = 1
MAX_MONITORS = 16
_KEYS = ("version", "monitors")
_MONITOR_KEYS = frozenset({"screen", "layout", "saved", "hotspot", "cameras"})
_ID_MAX_LENGTH = 100


class WallFile:
    """The file.

    Args:
        path: where it is; made with the first save.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self, layouts: Layouts) -> WallState | None:
        """What was saved last; None before the first time.

        Raises:
            ConfigError: the file cannot be understood; the message names it, the line and why. It is put aside,
                so that the next save does not write over it.
        """
        if not self._path.exists():
            return None
        try:
            return wall_from_text(self._path.name, read_whole(self._path), layouts)
        except ConfigError:
            self._put_aside()
            raise

    def save(self, wall: WallState) -> None:
        """Write what the wall shows.

        Raises:
            ConfigError: the file cannot be written; the old one is as it was.
        """
        write_whole(self._path, wall_text(wall))

    def _put_aside(self) -> None:
        try:
            self._path.replace(self._path.with_suffix(".broken.json"))
        except OSError as error:
            raise ConfigError(f"{self._path.name} is broken and cannot be moved: {error.strerror}") from error


def wall_text(wall: WallState) -> str:
    """A wall as the text of its file; of a temporary layout, what it came from."""
    monitors = {
        str(number): _monitor_entry(monitor.before or monitor)
        for number, monitor in enumerate(wall.monitors, start=1)
    }
    return json.dumps({"version": VERSION, "monitors": monitors}, ensure_ascii=False, indent=2) + "\n"


def _monitor_entry(monitor: MonitorState) -> Mapping[str, object]:
    return {
        "screen": monitor.screen,
        "layout": monitor.layout,
        "saved": monitor.saved.name if monitor.saved is not None else None,
        "hotspot": monitor.hotspot,
        "cameras": {str(number): monitor.cameras[number] for number in sorted(monitor.cameras)},
    }


def wall_from_text(file: str, text: str, layouts: Layouts) -> WallState:
    """The wall that a file's text holds. No screen is plugged in yet.

    A layout that is gone since is no fault of the file: the smallest one that has room for the cameras takes its
    place.

    Args:
        file: the file's name, for complaints.
        text: what it holds.
        layouts: those that there are now.

    Raises:
        ConfigError: it cannot be understood; the message names file, line, key and reason.
    """
    document = JsonObject(file, text)
    document.check_version(VERSION)
    document.check_keys(_KEYS)
    entries = document.entries("monitors")
    if not 1 <= len(entries) <= MAX_MONITORS or [*entries] != [*map(str, range(1, len(entries) + 1))]:
        raise document.fault(f"are not numbered from 1 to {MAX_MONITORS} at most", "monitors")
    return WallState(tuple(_monitor(document, number, entries[number], layouts) for number in entries))


def _monitor(document: JsonObject, number: str, entry: object, layouts: Layouts) -> MonitorState:
    if not isinstance(entry, dict) or entry.keys() != _MONITOR_KEYS:
        raise document.fault(f"has not just {', '.join(sorted(_MONITOR_KEYS))}", "monitors", number)
    for key in ("screen", "layout"):
        if not isinstance(entry[key], str):
            raise document.fault("is not a text", "monitors", number, key)
    if not isinstance(entry["saved"], str | None):
        raise document.fault("is not a text", "monitors", number, "saved")
    cameras = _cameras(document, number, entry["cameras"])
    layout = _layout(entry["layout"], cameras, layouts)
    return MonitorState(
        layout=layout,
        cameras=cameras,
        saved=layouts.saved.get(entry["saved"] or ""),
        hotspot=_hotspot(document, number, entry["hotspot"], layouts.get(layout).tiles),
        screen=entry["screen"],
        is_present=False,
    )


def _cameras(document: JsonObject, number: str, entries: object) -> dict[int, CameraId]:
    if not isinstance(entries, dict):
        raise document.fault("is not an object", "monitors", number, "cameras")
    numbers = {str(tile): tile for tile in range(1, MAX_TILES + 1)}
    for key, camera in entries.items():
        if key not in numbers:
            raise document.fault(f"is no tile from 1 to {MAX_TILES}", "monitors", number, "cameras", key)
        if not isinstance(camera, str) or not camera.isprintable() or not 0 < len(camera) <= _ID_MAX_LENGTH:
            raise document.fault("is not the id of a camera", "monitors", number, "cameras", key)
    return {numbers[key]: CameraId(camera) for key, camera in entries.items()}


def _layout(name: str, cameras: Iterable[int], layouts: Layouts) -> str:
    if name in layouts.by_name or name in layouts.saved:
        return name
    return str(max(cameras, default=1))


def _hotspot(document: JsonObject, number: str, hotspot: object, tiles: int) -> int | None:
    if hotspot is None:
        return None
    if not isinstance(hotspot, int) or isinstance(hotspot, bool) or hotspot < 1:
        raise document.fault("is no tile", "monitors", number, "hotspot")
    return hotspot if hotspot <= tiles else None
