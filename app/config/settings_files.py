"""Settings in files: an administrator's in `/etc/pantau`, an officer's own in the folder of own settings.

Any thread; every call waits for the disk. Must not import Qt. A file is one JSON object of keys and values, and
may carry its version. What cannot be read counts for nothing and is told; an officer's own file is put aside
before it is written over, and keys that this console does not know stay in it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from app.config.json_object import JsonObject
from app.config.own_file import OwnFile
from app.config.setting import Setting
from app.config.settings import Layer, Source
from app.config.whole_file import read_if_there
from app.core.errors import ConfigError

T = TypeVar("T")
MACHINE_FOLDER = Path("/etc/pantau")
POLICY_NAME, SETTINGS_NAME = "policy.json", "settings.json"
VERSION = 1
_VERSION_KEY = "version"


def machine_layers(folder: Path = MACHINE_FOLDER) -> tuple[Layer, ...]:
    """What an administrator has written on a system without a registry of its own."""
    return (
        read_layer(Source.MACHINE_POLICY, folder / POLICY_NAME),
        read_layer(Source.MACHINE, folder / SETTINGS_NAME),
    )


def read_layer(source: Source, path: Path) -> Layer:
    """What a file has; a missing one has nothing."""
    try:
        text = read_if_there(path)
        values = _values(str(path), text) if text is not None else {}
    except ConfigError as error:
        return Layer(source, str(path), problem=error.sentence)
    return Layer(source, str(path), values)


def _values(file: str, text: str) -> Mapping[str, object]:
    document = JsonObject(file, text)
    if document.has(_VERSION_KEY):
        document.check_version(VERSION)
    return {key: value for key, value in document.value.items() if key != _VERSION_KEY}


class OwnSettings:
    """An officer's own settings file.

    Args:
        folder: where it is; made by the first save.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / SETTINGS_NAME
        self._file = OwnFile(self._path)
        self._values: Mapping[str, object] = {}

    def layer(self) -> Layer:
        """What it has now."""
        try:
            self._values = self._file.load(_values) or {}
        except ConfigError as error:
            self._values = {}
            return Layer(Source.USER, str(self._path), problem=error.sentence)
        return Layer(Source.USER, str(self._path), self._values)

    def save(self, setting: Setting[T], value: T) -> None:
        """Keep a value.

        Raises:
            ConfigError: the file cannot be written.
        """
        self._write({**self.layer().values, setting.key: setting.written(value)})

    def forget(self, *settings: Setting[Any]) -> None:
        """Have none of these any more.

        Raises:
            ConfigError: the file cannot be written.
        """
        keys = {setting.key for setting in settings}
        self._write({key: value for key, value in self.layer().values.items() if key not in keys})

    def _write(self, values: Mapping[str, object]) -> None:
        self._file.write(json.dumps({_VERSION_KEY: VERSION, **values}, indent=2, ensure_ascii=False) + "\n")
