"""Things that have names, one JSON file each, which can be copied, mailed and read.

Any thread; every call waits for the disk. Must not import Qt. What cannot be read is told and left as it is; it is
never written over.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Generic, TypeVar

from app.config.whole_file import read_whole, write_whole
from app.core.errors import ConfigError
from app.core.ports import Named
from app.core.sentence import Sentence

T = TypeVar("T", bound=Named)
SUFFIX = ".json"
_SLUG_MAX_LENGTH = 40


class NamedFiles(Generic[T]):
    """Things of one kind, one file each.

    Args:
        folder: where the files are; made with the first one.
        kind: what one is called in a message.
        parse: makes one from a file's name and text.
        text_of: makes the text of one.
    """

    def __init__(
        self, folder: Path, kind: Sentence, parse: Callable[[str, str], T], text_of: Callable[[T], str]
    ) -> None:
        self._folder = folder
        self._kind = kind
        self._parse = parse
        self._text_of = text_of

    def read(self, path: Path) -> T:
        """The one in a file, wherever it lies.

        Raises:
            ConfigError: it holds none; the message names file, line and reason.
        """
        return self._parse(path.name, read_whole(path))

    def get(self, name: str) -> T:
        """The one of that name.

        Raises:
            ConfigError: there is none.
        """
        found = self.find(name)
        if found is None:
            raise ConfigError("there is no {0} ‘{1}’", self._kind, name)
        return found

    def find(self, name: str) -> T | None:
        """The one of that name, if there is one."""
        found = self._place(name)
        return found[1] if found is not None else None

    def load(self) -> tuple[dict[str, T], tuple[Sentence, ...]]:
        """Everything that can be read, by name, and a sentence for each file that cannot."""
        found: dict[str, T] = {}
        problems = []
        for path in self._paths():
            try:
                item = self.read(path)
            except ConfigError as error:
                problems.append(error.sentence)
                continue
            if item.name in found:
                problems.append(
                    Sentence("{0}: another file has a {1} ‘{2}’, too", path.name, self._kind, item.name)
                )
            else:
                found[item.name] = item
        return found, tuple(problems)

    def save(self, item: T) -> None:
        """Write one, in the place of the one of its name.

        Raises:
            ConfigError: it cannot be kept under this name, or the file cannot be written; nothing has changed.
        """
        text = self._text_of(item)
        place = self._place(item.name)
        write_whole(place[0] if place is not None else self._unused_path(item.name), text)

    def delete(self, name: str) -> None:
        """Delete the one of that name.

        Raises:
            ConfigError: there is none, or its file cannot be deleted.
        """
        place = self._place(name)
        if place is None:
            raise ConfigError("there is no {0} ‘{1}’", self._kind, name)
        path = place[0]
        try:
            path.unlink()
        except OSError as error:
            raise ConfigError("{0} cannot be deleted: {1}", path.name, error.strerror or str(error)) from error

    def _paths(self) -> Iterator[Path]:
        return iter(sorted(self._folder.glob(f"*{SUFFIX}")))

    def _place(self, name: str) -> tuple[Path, T] | None:
        """The file of one, and what it holds: first where its name says, then wherever somebody put it."""
        for path in (self._folder / file_name(name), *self._paths()):
            try:
                item = self.read(path)
            except ConfigError:
                continue  # `load` tells of it
            if item.name == name:
                return path, item
        return None

    def _unused_path(self, name: str) -> Path:
        """Where a new one goes: never onto a file that is there, which then holds what could not be read."""
        path = self._folder / file_name(name)
        number = 1
        while path.exists():
            number += 1
            path = path.with_name(f"{Path(file_name(name)).stem}-{number}{SUFFIX}")
        return path


def file_name(name: str) -> str:
    """A file name for that name: readable, safe on every system, and another one for every other name."""
    ascii_text = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_text).strip("-")[:_SLUG_MAX_LENGTH]
    mark = hashlib.sha256(name.encode()).hexdigest()[:8]
    return f"{slug or 'layout'}-{mark}{SUFFIX}"
