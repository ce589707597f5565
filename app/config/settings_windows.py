r"""Settings in the Windows registry: group policy's below `SOFTWARE\Policies\Pantau`, an installer's below
`SOFTWARE\Pantau`.

Any thread. Must not import Qt. Each setting is one value, named as `Setting.value_name` says: texts as REG_SZ,
numbers and flags as REG_DWORD. The reader is an argument, so that the rules hold on every system; `open_reader`
is the real one.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from enum import Enum
from types import MappingProxyType

from app.config.settings import Layer, Source
from app.config.settings_table import TABLE
from app.core.errors import ConfigError
from app.core.sentence import Sentence

POLICY_PATH = r"SOFTWARE\Policies\Pantau"
MACHINE_PATH = r"SOFTWARE\Pantau"


class Hive(Enum):
    """The trees of the registry; the value is the usual short name."""

    MACHINE = "HKLM"
    USER = "HKCU"


Reader = Callable[[Hive, str], Mapping[str, object]]
"""Gives the values below a key of the registry, empty where there is no such key.

Raises:
    OSError: the key cannot be read.
"""
PLACES: Mapping[Source, tuple[Hive, str]] = MappingProxyType(
    {
        Source.MACHINE_POLICY: (Hive.MACHINE, POLICY_PATH),
        Source.USER_POLICY: (Hive.USER, POLICY_PATH),
        Source.MACHINE: (Hive.MACHINE, MACHINE_PATH),
    }
)


def registry_layers(read: Reader) -> tuple[Layer, ...]:
    """What the Windows registry has."""
    return tuple(_layer(source, hive, path, read) for source, (hive, path) in PLACES.items())


def _layer(source: Source, hive: Hive, path: str, read: Reader) -> Layer:
    place = f"{hive.value}\\{path}"
    keys = {setting.value_name: setting.key for setting in TABLE}
    try:
        values = {keys.get(name, name): value for name, value in read(hive, path).items()}
    except OSError as error:
        why = Sentence("{0} cannot be read: {1}", place, error.strerror or str(error))
        return Layer(source, place, problem=why)
    return Layer(source, place, values)


def open_reader() -> Reader:
    """Reads this system's registry.

    Raises:
        ConfigError: this system has none.
    """
    if sys.platform != "win32":
        raise ConfigError("this system has no Windows registry")
    import winreg

    hives = {Hive.MACHINE: winreg.HKEY_LOCAL_MACHINE, Hive.USER: winreg.HKEY_CURRENT_USER}

    def read(hive: Hive, path: str) -> Mapping[str, object]:
        access = winreg.KEY_READ | winreg.KEY_WOW64_64KEY
        try:
            with winreg.OpenKey(hives[hive], path, 0, access) as key:
                values = (winreg.EnumValue(key, at) for at in range(winreg.QueryInfoKey(key)[1]))
                return {name: value for name, value, _ in values if name}
        except FileNotFoundError:
            return {}

    return read
