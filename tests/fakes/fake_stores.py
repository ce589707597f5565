"""Where an officer's things are kept, in memory: by the rules of the files, and full when a test says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar

from app.config.shortlist_file import LoadedShortlist
from app.core.errors import ConfigError
from app.core.ports import LoadedLayouts, LoadedTours, Named
from app.core.salvo import Salvo
from app.core.saved_layout import SavedLayout
from app.core.sentence import Sentence
from app.core.shortlist import Shortlist
from app.core.snapshot import Answer, Pixels, SnapshotFacts
from app.core.tour import TourPlan

T = TypeVar("T", bound=Named)


@dataclass
class FakeLayoutStore:
    """Keeps layouts."""

    kept: dict[str, SavedLayout] = field(default_factory=dict)
    outside: dict[str, SavedLayout] = field(default_factory=dict)
    problems: tuple[Sentence, ...] = ()
    is_full: bool = False

    def load(self) -> LoadedLayouts:
        return LoadedLayouts(dict(self.kept), self.problems)

    def save(self, saved: SavedLayout) -> None:
        self._check(saved.name)
        self.kept[saved.name] = saved

    def delete(self, name: str) -> None:
        self._check(name)
        del self.kept[name]

    def rename(self, old: str, new: str) -> None:
        self._check(old)
        saved = self.kept.pop(old)
        self.kept[new] = replace(saved, grid=replace(saved.grid, name=new))

    def unlock(self, name: str) -> None:
        self.kept[name] = replace(self.kept[name], is_locked=False)

    def import_file(self, path: str) -> SavedLayout:
        return self.outside[path]

    def export(self, saved: SavedLayout, path: str) -> None:
        self.outside[path] = saved

    def _check(self, name: str) -> None:
        if self.is_full:
            raise ConfigError("the disk is full")
        if name in self.kept and self.kept[name].is_locked:
            raise ConfigError("the layout ‘{0}’ is locked: unlock it first", name)


@dataclass
class FakeNamedStore(Generic[T]):
    """Keeps things of one kind."""

    kept: dict[str, T] = field(default_factory=dict)
    is_full: bool = False
    saves: int = 0

    def save(self, item: T) -> None:
        self._check()
        self.saves += 1
        self.kept[item.name] = item

    def delete(self, name: str) -> None:
        self._check()
        del self.kept[name]

    def _check(self) -> None:
        if self.is_full:
            raise ConfigError("the disk is full")


class FakeTourStore:
    """Keeps tours and salvos."""

    def __init__(
        self,
        tours: Mapping[str, TourPlan] | None = None,
        salvos: Mapping[str, Salvo] | None = None,
        problems: tuple[Sentence, ...] = (),
    ) -> None:
        self.tours: FakeNamedStore[TourPlan] = FakeNamedStore(dict(tours or {}))
        self.salvos: FakeNamedStore[Salvo] = FakeNamedStore(dict(salvos or {}))
        self.problems = problems

    def load(self) -> LoadedTours:
        return LoadedTours(dict(self.tours.kept), dict(self.salvos.kept), self.problems)


@dataclass
class FakeShortlistStore:
    """Keeps favourites and recently used cameras."""

    kept: Shortlist = field(default_factory=Shortlist)
    problem: Sentence | None = None

    def load(self) -> LoadedShortlist:
        return LoadedShortlist(self.kept, self.problem)

    def save(self, shortlist: Shortlist) -> None:
        self.kept = shortlist


@dataclass
class FakeSnapshots:
    """Writes nothing; answers when the test says so."""

    taken: list[tuple[Pixels, SnapshotFacts, Answer]] = field(default_factory=list)

    def take(self, pixels: Pixels, facts: SnapshotFacts, answer: Answer) -> None:
        self.taken.append((pixels, facts, answer))
