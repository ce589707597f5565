"""Where an officer's things are kept, in memory: by the rules of the files, and full when a test says so."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from app.config.shortlist_file import LoadedShortlist
from app.core.errors import ConfigError
from app.core.ports import LoadedLayouts
from app.core.saved_layout import SavedLayout
from app.core.sentence import Sentence
from app.core.shortlist import Shortlist
from app.core.snapshot import Answer, Pixels, SnapshotFacts


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
