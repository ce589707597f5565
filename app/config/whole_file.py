"""Files of Pantau's own that are read and written whole: a reader finds the old text or the new one, never a part.

Any thread; every call waits for the disk. Must not import Qt.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from app.core.errors import ConfigError

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
    new = path.with_name(path.name + ".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(new, text.encode())
        new.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        with suppress(OSError):
            new.unlink()
        raise ConfigError("{0} cannot be written: {1}", path.name, error.strerror or str(error)) from error


def _write(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Make the rename itself survive a power cut; Windows has no such call."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
