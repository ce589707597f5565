"""Where an officer's favourites and recently used cameras are kept: one versioned JSON file.

GUI thread. It is replaced whole or not at all. One that cannot be read is left as it is, and put aside before
another takes its name. Must import nothing of ours but the core.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from app.core.errors import ConfigError
from app.core.model import CameraId
from app.core.shortlist import FAVOURITES_MAX, RECENTS_MAX, Shortlist

FILE_NAME = "shortlist.json"
VERSION = 1
_MAX_BYTES = 1024 * 1024
_ID_MAX_LENGTH = 64
_MOST = {"favourites": FAVOURITES_MAX, "recents": RECENTS_MAX}


@dataclass(frozen=True, slots=True)
class LoadedShortlist:
    """What the file holds; an empty list and a sentence where it cannot be used."""

    shortlist: Shortlist
    problem: str = ""


class ShortlistFile:
    """The file.

    Args:
        folder: where it is; made when something is saved.
    """

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE_NAME
        self._is_broken = False

    def load(self) -> LoadedShortlist:
        """What is kept; a file that is not there is an empty list."""
        try:
            return LoadedShortlist(parse_shortlist(self._read(), self._file.name))
        except FileNotFoundError:
            return LoadedShortlist(Shortlist())
        except OSError as error:
            return self._refused(f"{self._file.name} cannot be read: {error.strerror}.")
        except ConfigError as error:
            return self._refused(str(error))

    def save(self, shortlist: Shortlist) -> None:
        """Keep a list in place of the older one.

        Raises:
            ConfigError: it cannot be written; the older one is still there.
        """
        new = self._file.with_suffix(".new")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            _write(new, shortlist_text(shortlist))
            self._put_broken_aside()
            new.replace(self._file)
        except OSError as error:
            with suppress(OSError):
                new.unlink()
            raise ConfigError(f"{self._file.name} cannot be written: {error.strerror}.") from error

    def _read(self) -> str:
        with self._file.open("rb") as file:
            data = file.read(_MAX_BYTES + 1)
        if len(data) > _MAX_BYTES:
            raise ConfigError(f"{self._file.name} is larger than {_MAX_BYTES // 1024} KiB.")
        try:
            return data.decode()
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            raise ConfigError(f"{self._file.name}, line {line}: the text is no UTF-8.") from error

    def _refused(self, problem: str) -> LoadedShortlist:
        self._is_broken = True
        return LoadedShortlist(Shortlist(), problem)

    def _put_broken_aside(self) -> None:
        """Keep what could not be read under the next free name: a person may still mend it."""
        if not self._is_broken:
            return
        names = (self._file.with_suffix(f".broken-{number}.json") for number in range(1, 1000))
        with suppress(FileNotFoundError):
            self._file.rename(next(name for name in names if not name.exists()))
        self._is_broken = False


def shortlist_text(shortlist: Shortlist) -> str:
    """The file's text: one camera a line, so that a person can read and mend it."""
    lists = {"favourites": shortlist.favourites, "recents": shortlist.recents}
    return json.dumps({"version": VERSION, **lists}, indent=2) + "\n"


def parse_shortlist(text: str, name: str) -> Shortlist:
    """The list that a file's text holds.

    Args:
        text: the file's text.
        name: the file's name, for the sentence.

    Raises:
        ConfigError: it cannot be used; one sentence names file, line and reason.
    """
    document = _document(text, name)
    version = document.get("version")
    if version != VERSION:
        raise _at(name, text, "version", f"version {version!r} is not {VERSION}")
    return Shortlist(_cameras(document, "favourites", text, name), _cameras(document, "recents", text, name))


def _document(text: str, name: str) -> Mapping[str, object]:
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        raise ConfigError(f"{name}, line {error.lineno}: {error.msg}.") from error
    except (RecursionError, ValueError) as error:  # thousands of brackets, or of digits
        raise ConfigError(f"{name}, line 1: this is no list of cameras.") from error
    if not isinstance(document, dict):
        raise ConfigError(f"{name}, line 1: this is no JSON object.")
    return document


def _cameras(document: Mapping[str, object], key: str, text: str, name: str) -> tuple[CameraId, ...]:
    cameras = document.get(key, [])
    if not isinstance(cameras, list):
        raise _at(name, text, key, f"{key!r} is no list")
    if len(cameras) > _MOST[key]:
        raise _at(name, text, key, f"{key!r} has more than {_MOST[key]} cameras")
    for camera in cameras:
        if not isinstance(camera, str) or not 1 <= len(camera) <= _ID_MAX_LENGTH:
            raise _at(name, text, key, f"{key!r} has an entry that is no camera's id")
    return tuple(dict.fromkeys(map(CameraId, cameras)))


def _at(name: str, text: str, key: str, reason: str) -> ConfigError:
    """The error at the line of a key; a key that is missing is missing from line 1."""
    place = text.find(json.dumps(key))
    return ConfigError(f"{name}, line {text.count(chr(10), 0, max(0, place)) + 1}: {reason}.")


def _write(path: Path, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
