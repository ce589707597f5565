"""One small text file of an officer's own: replaced whole or not at all.

GUI thread. What could not be read is never to be written over: it is put aside first, so that a person can still
mend it. Must import nothing of ours but the core.
"""

from __future__ import annotations

import os
from contextlib import suppress
from itertools import count
from pathlib import Path

from app.core.errors import ConfigError

MAX_BYTES = 1024 * 1024


class OwnFile:
    """The file.

    Args:
        path: where it is; its folder is made when something is written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def name(self) -> str:
        """What a message calls it."""
        return self._path.name

    def read(self) -> str | None:
        """Its text; None where there is no such file.

        Raises:
            ConfigError: it cannot be read, is larger than 1 MiB or is no UTF-8.
        """
        try:
            with self._path.open("rb") as file:
                data = file.read(MAX_BYTES + 1)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise ConfigError(f"{self.name}: it cannot be read ({error.strerror})") from error
        return self._decoded(data)

    def _decoded(self, data: bytes) -> str:
        if len(data) > MAX_BYTES:
            raise ConfigError(f"{self.name}: it is larger than {MAX_BYTES // 1024} KiB")
        try:
            return data.decode()
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            raise ConfigError(f"{self.name}, line {line}: it is no UTF-8 text") from error

    def write(self, text: str) -> None:
        """Put a text in place of the old one.

        Raises:
            ConfigError: it cannot be written; the old one is still there.
        """
        new = self._path.with_name(f"{self.name}.new")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            _write_through(new, text)
            new.replace(self._path)
        except OSError as error:
            with suppress(OSError):
                new.unlink()
            raise ConfigError(f"{self.name}: it cannot be written ({error.strerror})") from error

    def put_aside(self) -> None:
        """Rename the file, if it is there, to the next free name: `keys.broken-1.json`.

        Raises:
            ConfigError: it cannot be renamed.
        """
        stem, suffix = self._path.stem, self._path.suffix
        places = (self._path.with_name(f"{stem}.broken-{number}{suffix}") for number in count(1))
        place = next(each for each in places if not each.exists())
        try:
            self._path.rename(place)
        except FileNotFoundError:
            return
        except OSError as error:
            raise ConfigError(f"{self.name}: it cannot be put aside ({error.strerror})") from error


def _write_through(path: Path, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
