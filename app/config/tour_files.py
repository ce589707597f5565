"""Tours and salvos on this PC: one JSON file each, which can be copied, mailed and read.

Any thread; every call waits for the disk. Must not import Qt. What cannot be read is told and left as it is; it is
never written over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Generic, TypeVar

from app.config.layout_files import file_name
from app.config.tour_text import salvo_from_text, salvo_text, tour_from_text, tour_text
from app.config.whole_file import read_whole, write_whole
from app.core.errors import ConfigError
from app.core.ports import LoadedTours, Named
from app.core.salvo import Salvo
from app.core.sentence import Sentence
from app.core.tour import TourPlan

T = TypeVar("T", bound=Named)


class TourFiles:
    """The tours and salvos of one folder.

    Args:
        folder: where they are; made with the first one.

    Attributes:
        tours: the tours' files.
        salvos: the salvos' files.
    """

    def __init__(self, folder: Path) -> None:
        self.tours: NamedFiles[TourPlan] = NamedFiles(
            folder / "tours", Sentence("tour"), tour_from_text, tour_text
        )
        self.salvos: NamedFiles[Salvo] = NamedFiles(
            folder / "salvos", Sentence("salvo"), salvo_from_text, salvo_text
        )

    def load(self) -> LoadedTours:
        """Everything that can be read."""
        tours, tour_problems = self.tours.load()
        salvos, salvo_problems = self.salvos.load()
        return LoadedTours(tours, salvos, (*tour_problems, *salvo_problems))


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

    def load(self) -> tuple[dict[str, T], tuple[Sentence, ...]]:
        """Everything that can be read, by name, and a sentence for each file that cannot."""
        found: dict[str, T] = {}
        problems = []
        for path in self._paths():
            try:
                item = self._read(path)
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
        write_whole(self._find(item.name) or self._unused_path(item.name), text)

    def delete(self, name: str) -> None:
        """Delete the one of that name.

        Raises:
            ConfigError: there is none, or its file cannot be deleted.
        """
        path = self._find(name)
        if path is None:
            raise ConfigError("there is no {0} ‘{1}’", self._kind, name)
        try:
            path.unlink()
        except OSError as error:
            raise ConfigError("{0} cannot be deleted: {1}", path.name, error.strerror or str(error)) from error

    def _read(self, path: Path) -> T:
        return self._parse(path.name, read_whole(path))

    def _paths(self) -> Iterator[Path]:
        return iter(sorted(self._folder.glob("*.json")))

    def _find(self, name: str) -> Path | None:
        """The file of one: first where its name says, then wherever somebody put it."""
        return next(
            (path for path in (self._folder / file_name(name), *self._paths()) if self._holds(path, name)), None
        )

    def _holds(self, path: Path, name: str) -> bool:
        try:
            return self._read(path).name == name
        except ConfigError:
            return False  # `load` tells of it

    def _unused_path(self, name: str) -> Path:
        """Where a new one goes: never onto a file that is there, which then holds what could not be read."""
        path = self._folder / file_name(name)
        number = 1
        while path.exists():
            number += 1
            path = path.with_name(f"{Path(file_name(name)).stem}-{number}.json")
        return path
