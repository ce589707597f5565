"""Where an officer's favourites and recently used cameras are kept: one versioned JSON file.

Any thread; reading and writing wait for the disk. Must not import Qt. A file that cannot be understood stays as it
is; the next list puts it aside.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from app.config.camera_ids import is_camera_id
from app.config.json_object import JsonObject
from app.config.own_file import OwnFile
from app.core.errors import ConfigError
from app.core.model import CameraId
from app.core.sentence import Sentence
from app.core.shortlist import FAVOURITES_MAX, RECENTS_MAX, Shortlist

FILE_NAME = "shortlist.json"
VERSION = 1


@dataclass(frozen=True, slots=True)
class LoadedShortlist:
    """What the file holds; an empty list and a sentence where it cannot be used."""

    shortlist: Shortlist
    problem: Sentence | None = None


class ShortlistFile:
    """The file.

    Args:
        folder: where it is; made when something is saved.
    """

    def __init__(self, folder: Path) -> None:
        self._file = OwnFile(folder / FILE_NAME)

    def load(self) -> LoadedShortlist:
        """What is kept; a file that is not there is an empty list."""
        try:
            return LoadedShortlist(self._file.load(shortlist_from_text) or Shortlist())
        except ConfigError as error:
            return LoadedShortlist(Shortlist(), error.sentence)

    def save(self, shortlist: Shortlist) -> None:
        """Keep a list in place of the older one.

        Raises:
            ConfigError: it cannot be written; the older one is still there.
        """
        self._file.write(shortlist_text(shortlist))


def shortlist_text(shortlist: Shortlist) -> str:
    """The file's text: one camera a line, so that a person can read and mend it."""
    lists = {"favourites": shortlist.favourites, "recents": shortlist.recents}
    return json.dumps({"version": VERSION, **lists}, indent=2) + "\n"


def shortlist_from_text(file: str, text: str) -> Shortlist:
    """The list that a file's text holds.

    Args:
        file: the file's name, for complaints.
        text: what it holds.

    Raises:
        ConfigError: it holds none; the message names file, line, key and reason.
    """
    document = JsonObject(file, text)
    document.check_version(VERSION)
    document.check_keys(("version", "favourites", "recents"))
    return Shortlist(_cameras(document, "favourites", FAVOURITES_MAX), _cameras(document, "recents", RECENTS_MAX))


def _cameras(document: JsonObject, key: str, most: int) -> tuple[CameraId, ...]:
    cameras = document.items(key)
    if len(cameras) > most:
        raise document.fault(Sentence("has more than {0} cameras", most), key)
    found = tuple(camera for camera in cameras if is_camera_id(camera))
    if len(found) < len(cameras):
        raise document.fault(Sentence("has an entry that is not the id of a camera"), key)
    return tuple(dict.fromkeys(found))
