"""The language and the theme that an officer has chosen: one small JSON file.

Any thread; reading and writing wait for the disk. Must not import Qt. A file that cannot be understood stays as it
is; the next choice puts it aside.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from app.config.json_object import JsonObject
from app.config.own_file import OwnFile

FILE_NAME = "look.json"
VERSION = 1


@dataclass(frozen=True, slots=True)
class Look:
    """What was chosen; None where nothing was."""

    language: str | None = None
    theme: str | None = None


class LookFile:
    """The file.

    Args:
        folder: where it is; made by the first save.
    """

    def __init__(self, folder: Path) -> None:
        self._file = OwnFile(folder / FILE_NAME)

    def load(self) -> Look:
        """What was chosen.

        Raises:
            ConfigError: the file cannot be understood; the message names it, the line and why.
        """
        return self._file.load(_look) or Look()

    def save(self, look: Look) -> None:
        """Remember a choice.

        Raises:
            ConfigError: the file cannot be written.
        """
        entries = {"version": VERSION, "language": look.language, "theme": look.theme}
        self._file.write(json.dumps(entries, indent=2) + "\n")


def _look(file: str, text: str) -> Look:
    document = JsonObject(file, text)
    document.check_version(VERSION)
    document.check_keys(("version", "language", "theme"))
    language, theme = (document.text(key) if document.has(key) else None for key in ("language", "theme"))
    return Look(language, theme)
