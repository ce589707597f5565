"""Which registry this PC belongs to: one small JSON file, written by the first start.

Any thread; reading and writing wait for the disk. It holds an address and no secret. Must not import Qt.
A file that cannot be understood stays as it is; the next enrolment puts it aside.
"""

from __future__ import annotations

import json
from pathlib import Path

from app.config.json_object import JsonObject
from app.config.own_file import OwnFile

VERSION = 1


class PostFile:
    """The file.

    Args:
        path: where it is; made by the first save.
    """

    def __init__(self, path: Path) -> None:
        self._file = OwnFile(path)

    def load(self) -> str:
        """The registry's address; empty before the first start.

        Raises:
            ConfigError: the file cannot be understood; the message names it, the line and why.
        """
        return self._file.load(_registry) or ""

    def save(self, registry_url: str) -> None:
        """Remember a registry.

        Raises:
            ConfigError: the file cannot be written.
        """
        self._file.write(json.dumps({"version": VERSION, "registry": registry_url}, indent=2) + "\n")


def _registry(file: str, text: str) -> str:
    document = JsonObject(file, text)
    document.check_version(VERSION)
    document.check_keys(("version", "registry"))
    return document.text("registry")
