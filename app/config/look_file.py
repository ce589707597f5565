"""The language and the theme that an officer has chosen: one small JSON file.

Any thread; reading and writing wait for the disk. Must not import Qt.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from app.config.json_object import JsonObject
from app.config.whole_file import read_whole, write_whole

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
        self._path = folder / "look.json"

    def load(self) -> Look:
        """What was chosen.

        Raises:
            ConfigError: the file cannot be understood; the message names it, the line and why.
        """
        if not self._path.exists():
            return Look()
        document = JsonObject(self._path.name, read_whole(self._path))
        document.check_version(VERSION)
        document.check_keys(("version", "language", "theme"))
        language, theme = (document.text(key) if document.has(key) else None for key in ("language", "theme"))
        return Look(language, theme)

    def save(self, look: Look) -> None:
        """Remember a choice.

        Raises:
            ConfigError: the file cannot be written.
        """
        entries = {"version": VERSION, "language": look.language, "theme": look.theme}
        write_whole(self._path, json.dumps(entries, indent=2) + "\n")
