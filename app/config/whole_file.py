"""Files of Pantau's own that are read and written whole: a reader finds the old text or the new one, never a part.

Any thread; every call waits for the disk. Must not import Qt.
"""

from __future__ import annotations

from pathlib import Path

from app.core.errors import ConfigError
from app.in_place import in_place_of

FILE_MAX_BYTES = 1_000_000
"""Far beyond what such a file holds; one that somebody hands over may be anything."""


def read_whole(path: Path, most_bytes: int = FILE_MAX_BYTES) -> str:
    """The text of a file in UTF-8.

    Raises:
        ConfigError: it cannot be read, is larger than `most_bytes` or no UTF-8; the message names file and reason.
    """
    try:
        with path.open("rb") as file:
            data = file.read(most_bytes + 1)
    except OSError as error:
        raise ConfigError("{0} cannot be read: {1}", path.name, error.strerror or str(error)) from error
    if len(data) > most_bytes:
        raise ConfigError("{0} is larger than {1} bytes", path.name, most_bytes)
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ConfigError("{0}, line {1}: it is not in UTF-8", path.name, line) from error


def read_if_there(path: Path) -> str | None:
    """The text of a file in UTF-8; None where there is no such file.

    Raises:
        ConfigError: as `read_whole` does.
    """
    try:
        return read_whole(path)
    except ConfigError as error:
        if isinstance(error.__cause__, FileNotFoundError):
            return None
        raise


def write_whole(path: Path, text: str) -> None:
    """Put a text in the place of what the file held; its folder is made if need be.

    Raises:
        ConfigError: that failed, and the file is as it was; the message names file and reason.
    """
    try:
        with in_place_of(path) as file:
            file.write(text.encode())
    except OSError as error:
        raise ConfigError("{0} cannot be written: {1}", path.name, error.strerror or str(error)) from error
