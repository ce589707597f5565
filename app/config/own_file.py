"""One small text file of an officer's own: replaced whole or not at all.

Any thread; reading and writing wait for the disk. What could not be understood is never written over: it is put
aside first, so that a person can still mend it. Must not import Qt.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import TypeVar

from app.config.whole_file import read_if_there, write_whole
from app.core.errors import ConfigError

T = TypeVar("T")


class OwnFile:
    """The file.

    Args:
        path: where it is; its folder is made when something is written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._is_broken = False

    def load(self, parse: Callable[[str, str], T]) -> T | None:
        """What it holds; None where there is no such file.

        Args:
            parse: makes it from the file's name and its text.

        Raises:
            ConfigError: it cannot be read, or `parse` refuses it. It stays as it is until the next `write`.
        """
        self._is_broken = True  # until the contrary is known
        text = read_if_there(self._path)
        found = parse(self._path.name, text) if text is not None else None
        self._is_broken = False
        return found

    def write(self, text: str) -> None:
        """Put a text in place of the old one; what could not be understood is put aside.

        Raises:
            ConfigError: it cannot be written; the old one is still there.
        """
        if self._is_broken:
            self._put_aside()
            self._is_broken = False
        write_whole(self._path, text)

    def _put_aside(self) -> None:
        """Rename the file, if it is there, to the next free name: `keys.broken-1.json`."""
        stem, suffix = self._path.stem, self._path.suffix
        places = (self._path.with_name(f"{stem}.broken-{number}{suffix}") for number in count(1))
        place = next(each for each in places if not each.exists())
        try:
            self._path.rename(place)
        except FileNotFoundError:
            return
        except OSError as error:
            raise ConfigError(
                "{0} cannot be put aside: {1}", self._path.name, error.strerror or str(error)
            ) from error
