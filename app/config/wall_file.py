"""What the wall showed last, so that it shows it again after a start: one JSON file.

Any thread; reading and writing wait for the disk. Must not import Qt. It names cameras by the registry's ids only.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from app.config.camera_ids import cameras_by_tile
from app.config.json_object import JsonObject
from app.config.own_file import OwnFile
from app.core.layout import MAX_TILES
from app.core.layouts import Layouts
from app.core.monitor import MonitorState, open_saved
from app.core.sentence import Sentence
from app.core.wall import WallState

VERSION = 1
MAX_MONITORS = 16
_KEYS = ("version", "monitors")
_MONITOR_KEYS = frozenset({"screen", "layout", "saved", "altered", "hotspot", "cameras"})


class WallFile:
    """The file.

    Args:
        path: where it is; made with the first save.
    """

    def __init__(self, path: Path) -> None:
        self._file = OwnFile(path)
        self._written = ""

    def load(self, layouts: Layouts) -> WallState | None:
        """What was saved last; None before the first time.

        Raises:
            ConfigError: the file cannot be understood; the message names it, the line and why. The next save puts
                it aside.
        """
        return self._file.load(lambda name, text: wall_from_text(name, text, layouts))

    def save(self, wall: WallState) -> None:
        """Write what the wall shows, if that is not what was written last: tours change what is not kept at all.

        Raises:
            ConfigError: the file cannot be written; the old one is as it was.
        """
        text = wall_text(wall)
        if text != self._written:
            self._file.write(text)
            self._written = text


def wall_text(wall: WallState) -> str:
    """A wall as the text of its file; of a temporary layout or an order, what it came from."""
    monitors = {str(number): _monitor_entry(monitor) for number, monitor in enumerate(wall.monitors, start=1)}
    return json.dumps({"version": VERSION, "monitors": monitors}, ensure_ascii=False, indent=2) + "\n"


def _monitor_entry(monitor: MonitorState) -> Mapping[str, object]:
    kept = monitor.lasting
    return {
        "screen": monitor.screen,
        "layout": kept.layout,
        "saved": kept.saved.name if kept.saved is not None else None,
        "altered": kept.is_altered,
        "hotspot": kept.hotspot,
        "cameras": {str(number): kept.cameras[number] for number in sorted(kept.cameras)},
    }


def wall_from_text(file: str, text: str, layouts: Layouts) -> WallState:
    """The wall that a file's text holds. No screen is plugged in yet.

    A saved layout that nobody had altered is opened as it is now: its question may have found other cameras
    meanwhile. One that is gone is no fault of the file: the smallest with room for the cameras takes its place.

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
        raise document.fault(Sentence("are not numbered from 1 to {0} at most", MAX_MONITORS), "monitors")
    return WallState(tuple(_monitor(document, number, entries[number], layouts) for number in entries))


def _monitor(document: JsonObject, number: str, entry: object, layouts: Layouts) -> MonitorState:
    if not isinstance(entry, dict) or entry.keys() != _MONITOR_KEYS:
        raise document.fault(Sentence("has not just {0}", ", ".join(sorted(_MONITOR_KEYS))), "monitors", number)
    for key in ("screen", "layout"):
        if not isinstance(entry[key], str):
            raise document.fault(Sentence("is not a text"), "monitors", number, key)
    if not isinstance(entry["saved"], str | None):
        raise document.fault(Sentence("is not a text"), "monitors", number, "saved")
    if not isinstance(entry["altered"], bool):
        raise document.fault(Sentence("is not true or false"), "monitors", number, "altered")
    kept = _kept(document, number, entry, layouts)
    return kept if kept.saved is None or entry["altered"] else open_saved(kept, kept.saved)


def _kept(document: JsonObject, number: str, entry: Mapping[str, Any], layouts: Layouts) -> MonitorState:
    """The monitor as it was."""
    cameras = cameras_by_tile(document, entry["cameras"], MAX_TILES, "monitors", number, "cameras")
    layout = _layout(entry["layout"], cameras, layouts)
    return MonitorState(
        layout=layout,
        cameras=cameras,
        saved=layouts.saved.get(entry["saved"] or ""),
        hotspot=_hotspot(document, number, entry["hotspot"], layouts.get(layout).tiles),
        screen=entry["screen"],
        is_present=False,
    )


def _layout(name: str, cameras: Iterable[int], layouts: Layouts) -> str:
    if name in layouts.by_name or name in layouts.saved:
        return name
    return str(max(cameras, default=1))


def _hotspot(document: JsonObject, number: str, hotspot: object, tiles: int) -> int | None:
    if hotspot is None:
        return None
    if not isinstance(hotspot, int) or isinstance(hotspot, bool) or hotspot < 1:
        raise document.fault(Sentence("is no tile"), "monitors", number, "hotspot")
    return hotspot if hotspot <= tiles else None
