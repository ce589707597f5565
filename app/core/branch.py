"""Groups of cameras as a person looks for them: by kelurahan, or by the police units that answer for them.

Pure: no Qt, no I/O, no clock.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable
from dataclasses import dataclass, field
from enum import Enum

from app.core.folding import fold
from app.core.model import Camera, Jurisdiction

_NUMBER = re.compile(r"(\d{1,18})")  # int() refuses numbers of thousands of digits


class Level(Enum):
    """What a branch stands for."""

    KELURAHAN = "kelurahan"
    POLDA = "polda"
    POLRES = "polres"
    POLSEK = "polsek"
    SUBSECTOR = "subsector"
    SITE = "site"
    UNNAMED = "unnamed"
    """The cameras for which the registry names no unit."""
    LIST = "list"
    """What a person collected: favourites, recently used."""


@dataclass(frozen=True, slots=True)
class Branch:
    """Some cameras and smaller branches, in the order a person reads them.

    Attributes:
        count: how many cameras there are in it, at whatever depth.
    """

    level: Level
    key: str
    """Its code; unique among its siblings."""
    name: str
    """As the registry names it; a unit's is its code."""
    cameras: tuple[Camera, ...] = ()
    branches: tuple[Branch, ...] = ()
    is_similar: bool = False
    """Whether its cameras only resemble what was searched for."""
    count: int = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "count", len(self.cameras) + sum(branch.count for branch in self.branches))

    def all_cameras(self) -> tuple[Camera, ...]:
        """Every camera of the branch, in the order of the list that shows it."""
        return (*(camera for branch in self.branches for camera in branch.all_cameras()), *self.cameras)


def reading_key(text: str) -> list[str | int]:
    """A sort key by which `Gate 9` comes before `Gate 10`: digits compare as numbers.

    Text and numbers alternate, so they never meet.
    """
    parts: list[str | int] = list(_NUMBER.split(fold(text)))
    for position in range(1, len(parts), 2):
        parts[position] = int(parts[position])
    return parts


class UnitTree:
    """Collects cameras by polda, polres, polsek, subsector and site; a level that is not known is passed over."""

    def __init__(self) -> None:
        self._root = _Seed(Level.UNNAMED, "", "")

    def add(self, cameras: Iterable[Camera]) -> None:
        """Put cameras into their branches; within a site they stay in this order."""
        for camera in cameras:
            seed = self._root
            for level, key, name in _path(camera):
                seed = seed.child(level, key, name)
            seed.cameras.append(camera)

    def grow(self) -> Generator[None, None, tuple[Branch, ...]]:
        """The branches at the top, made in small steps: yields None after each."""
        root = yield from self._root.grow()
        return root.branches


def _path(camera: Camera) -> list[tuple[Level, str, str]]:
    units = _units(camera.jurisdiction) or [(Level.UNNAMED, "", "")]
    return [*units, (Level.SITE, camera.site.id, camera.site.name)] if camera.site else units


def _units(place: Jurisdiction) -> list[tuple[Level, str, str]]:
    codes = (
        (Level.POLDA, place.polda),
        (Level.POLRES, place.polres),
        (Level.POLSEK, place.polsek),
        (Level.SUBSECTOR, place.subsector),
    )
    return [(level, code, code) for level, code in codes if code]


class _Seed:
    """A branch that still grows."""

    def __init__(self, level: Level, key: str, name: str) -> None:
        self._level, self._key, self._name = level, key, name
        self.cameras: list[Camera] = []
        self._children: dict[tuple[Level, str], _Seed] = {}

    def child(self, level: Level, key: str, name: str) -> _Seed:
        """The branch of that key in this one, made if need be."""
        found = self._children.get((level, key))
        return found if found is not None else self._children.setdefault((level, key), _Seed(level, key, name))

    def grow(self) -> Generator[None, None, Branch]:
        """This branch in its final form, in steps."""
        branches = []
        for child in sorted(self._children.values(), key=_Seed.order):
            branches.append((yield from child.grow()))  # noqa: PERF401  a comprehension cannot yield
        yield None
        return Branch(self._level, self._key, self._name, tuple(self.cameras), tuple(branches))

    def order(self) -> tuple[bool, list[str | int], str]:
        """Units by their codes, sites by their names; what has no unit last."""
        return self._level is Level.UNNAMED, reading_key(self._name), self._key
