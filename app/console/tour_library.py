"""The tours and salvos that officers made: owns them and keeps their files.

Console's thread only; imports the pure core only. A change reaches the store before anybody can start it: what
cannot be kept cannot be run either.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Generic, TypeVar

from app.core.errors import ConfigError
from app.core.names import given_name
from app.core.ports import Named, NamedStore, TourStore
from app.core.salvo import Salvo
from app.core.sentence import Sentence
from app.core.tour import TourPlan
from app.core.tour_edit import layouts_shown, salvo_after_rename, tour_after_rename

T = TypeVar("T", bound=Named)


class TourLibrary:
    """All tours and salvos of one post.

    Args:
        store: where they are kept; it is read at once.

    Attributes:
        problems: a sentence for each file that could not be read.
    """

    def __init__(self, store: TourStore) -> None:
        loaded = store.load()
        self._tours: _Shelf[TourPlan] = _Shelf(store.tours, loaded.tours, Sentence("tour"))
        self._salvos: _Shelf[Salvo] = _Shelf(store.salvos, loaded.salvos, Sentence("salvo"))
        self.problems = loaded.problems

    @property
    def tours(self) -> Mapping[str, TourPlan]:
        """Those that can be started, by name and in the order of the names."""
        return self._tours.items

    @property
    def salvos(self) -> Mapping[str, Salvo]:
        """Those that can be called up, by name and in the order of the names."""
        return self._salvos.items

    def save_tour(self, tour: TourPlan, original: str = "") -> TourPlan:
        """Keep a tour.

        Args:
            tour: the tour; its name is made one line.
            original: the name of the tour whose place it takes; empty for a new one.

        Returns:
            the tour as it is kept.

        Raises:
            ConfigError: the name cannot be used or is taken, there is no `original`, or the disk refuses.
        """
        return self._tours.put(replace(tour, name=given_name(tour.name)), original)

    def save_salvo(self, salvo: Salvo, original: str = "") -> Salvo:
        """Keep a salvo; see `save_tour`."""
        return self._salvos.put(replace(salvo, name=given_name(salvo.name)), original)

    def delete_tour(self, name: str) -> None:
        """Delete a tour.

        Raises:
            ConfigError: there is none, or the disk refuses.
        """
        self._tours.remove(name)

    def delete_salvo(self, name: str) -> None:
        """Delete a salvo.

        Raises:
            ConfigError: there is none, or the disk refuses.
        """
        self._salvos.remove(name)

    # ---- the layouts that they show

    def check_unused(self, layout: str) -> None:
        """Refuse that a saved layout goes which a tour shows.

        Raises:
            ConfigError: one does; the message names it.
        """
        user = next((tour.name for tour in self.tours.values() if layout in layouts_shown(tour)), None)
        if user is not None:
            raise ConfigError("the tour ‘{0}’ shows the layout ‘{1}’: take it out of the tour first", user, layout)

    def layout_renamed(self, old: str, new: str) -> None:
        """Have the tours and salvos that name a saved layout name it by its new name.

        Raises:
            ConfigError: the disk refuses; those that could not be kept go on with the old name.
        """
        for tour in self.tours.values():
            self._tours.revise(tour, tour_after_rename(tour, old, new))
        for salvo in self.salvos.values():
            self._salvos.revise(salvo, salvo_after_rename(salvo, old, new))


class _Shelf(Generic[T]):
    """Things of one kind.

    Args:
        store: where they are kept.
        items: what is there at first.
        kind: what one is called in a message.

    Attributes:
        items: all of them, by name; another mapping after each change.
    """

    def __init__(self, store: NamedStore[T], items: Mapping[str, T], kind: Sentence) -> None:
        self._store = store
        self._kind = kind
        self.items: Mapping[str, T] = {}
        self._show(items)

    def put(self, item: T, original: str) -> T:
        """Keep one in the place of `original`. Under a new name it is kept before the older one goes."""
        if original:
            self._check_there(original)
        if item.name != original and item.name in self.items:
            raise ConfigError("there is a {0} ‘{1}’ already: choose another name", self._kind, item.name)
        self._keep(item)
        if original not in ("", item.name):
            self.remove(original)
        return item

    def revise(self, before: T, after: T) -> None:
        """Keep what became of one under the same name; nothing is written where it is the same."""
        if after != before:
            self._keep(after)

    def remove(self, name: str) -> None:
        """Delete one."""
        self._check_there(name)
        self._store.delete(name)
        self._show({other: item for other, item in self.items.items() if other != name})

    def _keep(self, item: T) -> None:
        self._store.save(item)
        self._show({**self.items, item.name: item})

    def _check_there(self, name: str) -> None:
        if name not in self.items:
            raise ConfigError("there is no {0} ‘{1}’", self._kind, name)

    def _show(self, items: Mapping[str, T]) -> None:
        self.items = {name: items[name] for name in sorted(items)}
