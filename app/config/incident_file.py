"""Where a post's open incidents are kept: one versioned JSON file.

Any thread; reading and writing wait for the disk. Must not import Qt. A file that cannot be understood stays as it
is; the next list puts it aside.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from app.config.camera_ids import is_camera_id
from app.config.json_object import JsonObject
from app.config.own_file import OwnFile
from app.core.errors import ConfigError
from app.core.incident import Incident
from app.core.model import CameraId
from app.core.sentence import Sentence

FILE_NAME = "incidents.json"
VERSION = 1


class IncidentFile:
    """The file.

    Args:
        folder: where it is; made when something is saved.
    """

    def __init__(self, folder: Path) -> None:
        self._file = OwnFile(folder / FILE_NAME)

    def load(self) -> Sequence[Incident]:
        """The open incidents; none where there is no such file.

        Raises:
            ConfigError: it cannot be understood; the message names it and why.
        """
        return self._file.load(_incidents_from_text) or ()

    def save(self, incidents: Sequence[Incident]) -> None:
        """Keep these in place of the older ones.

        Raises:
            ConfigError: they cannot be written; the older ones are still there.
        """
        document = {"version": VERSION, "incidents": [asdict(each) for each in incidents]}
        self._file.write(json.dumps(document, indent=2) + "\n")


def _incidents_from_text(file: str, text: str) -> Sequence[Incident]:
    document = JsonObject(file, text)
    document.check_version(VERSION)
    document.check_keys(("version", "incidents"))
    return document.records("incidents", _incident, Sentence("has an entry that is no incident"))


def _incident(entry: object) -> Incident | None:
    """An incident of the file; None for what `save` never wrote."""
    if not isinstance(entry, dict) or entry.keys() != {"camera", "tile", "text", "officer", "noted_at_s"}:
        return None
    camera, at_s = entry["camera"], entry["noted_at_s"]
    tile, text, officer = (entry[key] for key in ("tile", "text", "officer"))
    if not is_camera_id(camera) or not isinstance(at_s, int | float) or isinstance(at_s, bool):
        return None
    if not all(isinstance(each, str) for each in (tile, text, officer)):
        return None
    try:
        return Incident(CameraId(camera), tile, text, officer, float(at_s))
    except ConfigError:
        return None
