"""Search over a catalogue: code, name, aliases, site and kelurahan, whatever the case, accents and order of words.

Pure: no Qt, no I/O, no clock. One index is built per catalogue; a search compares each typed word with each
different word once, and then asks every camera for its words by number. What came of a word is kept while it is
being typed on, and what was found is put into words only when it is looked at: a keystroke has to be cheap.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, starmap

import numpy as np
from numpy.typing import NDArray

from app.core.branch import Branch, Level, UnitTree, reading_key
from app.core.folding import fold
from app.core.model import AreaCode, Camera, Catalog
from app.core.vocabulary import SIMILAR, WHOLE, Vocabulary

__all__ = ["CameraIndex", "Found", "fold", "index_in_steps"]

_NO_NUMBERS = np.zeros(0, np.intp)


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A kelurahan as a search looks at it."""

    name: str
    unordered: tuple[Camera, ...]
    """As the catalogue had it: equal means unchanged."""
    branch: Branch
    words: tuple[tuple[str, ...], ...]
    """The folded words of each of the branch's cameras."""


class Found:
    """What a search found: branches of cameras, each made when it is looked at.

    Args:
        listed: the kelurahan and the cameras that the numbers stand for.
        numbers: of the cameras found, the closest first, those of one kelurahan next to each other.
        degrees: how close each of them comes.
        group_of: the number of each one's kelurahan.
    """

    def __init__(
        self,
        listed: tuple[Sequence[Branch], Sequence[Camera]],
        numbers: NDArray[np.intp],
        degrees: NDArray[np.uint8],
        group_of: NDArray[np.intp],
    ) -> None:
        self._groups, self._cameras = listed
        self._numbers, self._degrees, self._group_of = numbers, degrees, group_of
        borders = np.flatnonzero((np.diff(group_of) != 0) | (np.diff(degrees) != 0)) + 1
        self._bounds = [0, *borders.tolist(), len(numbers)] if len(numbers) else [0]

    @property
    def count(self) -> int:
        """How many cameras were found."""
        return len(self._numbers)

    def __len__(self) -> int:
        return len(self._bounds) - 1

    def __iter__(self) -> Iterator[Branch]:
        return starmap(self._branch, pairwise(self._bounds))

    def _branch(self, start: int, end: int) -> Branch:
        group: Branch = self._groups[self._group_of[start]]
        is_similar = bool(self._degrees[start] == SIMILAR)
        if end - start == len(group.cameras) and not is_similar:
            return group
        cameras = tuple([self._cameras[number] for number in self._numbers[start:end].tolist()])
        return Branch(group.level, group.key, group.name, cameras, is_similar=is_similar)


class CameraIndex:
    """A catalogue made ready to be listed and searched; `index_in_steps` makes one.

    Attributes:
        groups: every kelurahan that has cameras, by name, each with its cameras by name and code.
        units: the same cameras by the police units that answer for them.
        prepared: what a later index can take over, by area code.
    """

    def __init__(self) -> None:
        self.groups: tuple[Branch, ...] = ()
        self.units: tuple[Branch, ...] = ()
        self.prepared: Mapping[str, _Prepared] = {}
        self._cameras: tuple[Camera, ...] = ()
        self._group_of = _NO_NUMBERS
        """By camera, the place of its kelurahan in `groups`."""
        self._words = Vocabulary(())
        self._word_of = _NO_NUMBERS
        """The numbers of all cameras' words, one camera's after the other's."""
        self._first_word = _NO_NUMBERS
        """By camera, where its words begin there."""
        self._typed: dict[str, NDArray[np.uint8]] = {}
        """By each word of the last query, what came of it."""

    def __len__(self) -> int:
        return len(self._cameras)

    def find(self, query: str) -> Found:
        """The cameras in which every word of the query is found, by kelurahan, the closest first.

        First come cameras of which each word of the query is a whole word, then those that have words that begin
        with them, then those that have them within a word; last, marked as similar, those that are one letter off
        in a word. A kelurahan may thus come more than once. A query without words finds every camera.
        """
        closeness = self._closeness(set(fold(query).split()))
        found = np.flatnonzero(closeness)
        numbers = found[np.argsort(WHOLE - closeness[found], kind="stable")]
        return Found((self.groups, self._cameras), numbers, closeness[numbers], self._group_of[numbers])

    def _closeness(self, words: Collection[str]) -> NDArray[np.uint8]:
        """By camera, how close the least close of the typed words comes."""
        self._typed = {word: self._typed[word] if word in self._typed else self._of_word(word) for word in words}
        closeness = np.full(len(self._cameras), WHOLE, np.uint8)
        for of_word in self._typed.values():
            closeness = np.minimum(closeness, of_word)
        return closeness

    def _of_word(self, word: str) -> NDArray[np.uint8]:
        """By camera, how close a typed word comes to the closest of its words."""
        if not self._cameras:
            return np.zeros(0, np.uint8)
        return np.maximum.reduceat(self._words.closeness(word)[self._word_of], self._first_word)


class _IndexMaker:
    """Puts an index together, kelurahan by kelurahan."""

    def __init__(self) -> None:
        self._prepared: dict[str, _Prepared] = {}
        self._numbers: dict[str, int] = {}
        self._word_of, self._first_word, self._group_of = array("q"), array("q"), array("q")
        self._units = UnitTree()

    def add(self, prepared: _Prepared) -> None:
        """Take in the next kelurahan, in the order of the list."""
        group = len(self._prepared)
        self._prepared[prepared.branch.key] = prepared
        for words in prepared.words:
            self._group_of.append(group)
            self._first_word.append(len(self._word_of))
            self._word_of.extend([self._numbers.setdefault(word, len(self._numbers)) for word in words])
        self._units.add(prepared.branch.cameras)

    def finish(self) -> Generator[None, None, CameraIndex]:
        """The index of what was added, in steps."""
        index = CameraIndex()
        index.units = yield from self._units.grow()
        index.prepared = self._prepared
        index.groups = tuple(prepared.branch for prepared in self._prepared.values())
        index._cameras = tuple(camera for group in index.groups for camera in group.cameras)
        yield None
        index._words = Vocabulary(tuple(self._numbers))
        yield None
        index._word_of = np.array(self._word_of, np.intp)
        index._first_word = np.array(self._first_word, np.intp)
        index._group_of = np.array(self._group_of, np.intp)
        return index


def index_in_steps(catalog: Catalog, previous: CameraIndex) -> Iterator[CameraIndex | None]:
    """Make the index of a catalogue in small steps: None after each, in the end the index.

    Ten thousand cameras take more than a tenth of a second, which a window's thread must not spend at once.

    Args:
        catalog: the cameras in the post's scope.
        previous: the index of an earlier catalogue: what has not changed since is taken over from it.
    """
    maker = _IndexMaker()
    areas = _areas(catalog)
    yield None
    for code, name in sorted(((code, catalog.area_name(code)) for code in areas), key=_area_order):
        maker.add(_prepare_unless_known(code, name, tuple(areas[code]), previous.prepared))
        yield None
    yield (yield from maker.finish())


def _areas(catalog: Catalog) -> dict[AreaCode, list[Camera]]:
    """The catalogue's cameras by kelurahan, unordered."""
    by_area: dict[AreaCode, list[Camera]] = {}
    for camera in catalog.cameras.values():
        by_area.setdefault(camera.kelurahan_code, []).append(camera)
    return by_area


def _area_order(area: tuple[AreaCode, str]) -> tuple[str, str]:
    code, name = area
    return fold(name), code


def _prepare_unless_known(
    code: AreaCode, name: str, unordered: tuple[Camera, ...], known: Mapping[str, _Prepared]
) -> _Prepared:
    before = known.get(code)
    is_same = before is not None and (before.name, before.unordered) == (name, unordered)
    return before if before is not None and is_same else _prepare(code, name, unordered)


def _prepare(code: AreaCode, name: str, unordered: tuple[Camera, ...]) -> _Prepared:
    cameras = tuple(sorted(unordered, key=lambda camera: (reading_key(camera.name), camera.code)))
    area = fold(name).split()
    words = tuple((*_own_words(camera), *area) for camera in cameras)
    return _Prepared(name, unordered, Branch(Level.KELURAHAN, code, name, cameras), words)


def _own_words(camera: Camera) -> list[str]:
    texts = [camera.code, camera.name, camera.site.name if camera.site else "", *camera.aliases]
    return fold(" ".join(texts)).split() or [""]
