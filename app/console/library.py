"""The layouts that this wall can take: owns them, keeps their files, and resolves their queries.

Console's thread only. A change reaches the store before the wall: what cannot be kept is not shown either.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

from app.core.camera_query import CameraQuery, matching, placed
from app.core.errors import ConfigError
from app.core.layout import Layout
from app.core.layouts import Layouts
from app.core.model import EMPTY_CATALOG, Catalog
from app.core.monitor import MonitorState
from app.core.names import NAME_MAX_LENGTH, layout_name
from app.core.ports import LayoutStore
from app.core.saved_layout import SavedLayout
from app.core.sentence import Sentence
from app.core.shared import by_free_names


class LayoutLibrary:
    """The product's own layouts and those that somebody saved.

    Args:
        built_in: the product's own.
        store: where saved ones are kept; it is read at once.

    Attributes:
        layouts: all of them, as one value; another one after each change.
        problems: a sentence for each saved layout that could not be read.
    """

    def __init__(self, built_in: Layouts, store: LayoutStore) -> None:
        self._store = store
        self._catalog = EMPTY_CATALOG
        loaded = store.load()
        own = {name: saved for name, saved in loaded.saved.items() if name not in built_in.by_name}
        self.layouts = replace(built_in, saved=own)
        taken = (
            Sentence("the saved layout ‘{0}’ has a built-in layout's name", name)
            for name in sorted(loaded.saved.keys() - own.keys())
        )
        self.problems = (*loaded.problems, *taken)

    # ---- saving

    def save_monitor(
        self, name: str, monitor: MonitorState, query: CameraQuery | None = None, is_locked: bool = False
    ) -> SavedLayout:
        """Save what a monitor shows: its grid, its cameras and its hotspot.

        It goes in the place of the saved layout that is open there, if `name` is that one's.

        Args:
            name: what it is to be called.
            monitor: the monitor.
            query: what is to fill the tiles from now on instead of the cameras that stand there.
            is_locked: whether it is to be unlocked before it can be changed again.

        Raises:
            ConfigError: the name cannot be used or is another layout's, its layout is locked, or the disk refuses.
        """
        name = self._usable(name)
        if monitor.saved is None or monitor.saved.name != name:
            self._check_free(name)
        else:
            self._own(name)
        grid = replace(self.layouts.get(monitor.layout), name=name)
        cameras = {number: camera for number, camera in monitor.content.items() if number <= grid.tiles}
        return self._keep(SavedLayout(grid, cameras, query, monitor.hotspot, is_locked))

    def add(self, saved: SavedLayout) -> SavedLayout:
        """Save a new layout.

        Raises:
            ConfigError: its name cannot be used or is taken, or the disk refuses.
        """
        name = self._usable(saved.name)
        self._check_free(name)
        return self._keep(replace(saved, grid=replace(saved.grid, name=name)))

    def revise(self, name: str, saved: SavedLayout) -> SavedLayout:
        """Put an edited layout in the place of the one of that name, whatever the edited one is called.

        A lock does not stand in the way: the editor has had it opened. Whatever fails, a layout is kept, and its
        padlock where the disk takes it.

        Raises:
            ConfigError: there is no such layout, the new name cannot be used or is taken, or the disk refuses.
        """
        new, was_locked = self._usable(saved.name), self._own(name).is_locked
        if new != name:
            self._check_free(new)
        try:
            self.set_locked(name, False)
            self.rename(name, new)
            return self._keep(replace(saved, grid=replace(saved.grid, name=new)))
        except ConfigError:
            with suppress(ConfigError):
                self.set_locked(new if new in self.layouts.saved else name, was_locked)
            raise

    def import_layout(self, path: str) -> SavedLayout:
        """Take over the layout in a file; where its name is taken, it gets a number.

        Raises:
            ConfigError: the file holds no layout; the message names file, line and reason. Or the disk refuses.
        """
        saved = self._store.import_file(path)
        return self.add(replace(saved, grid=replace(saved.grid, name=self._numbered(saved.name))))

    def export_layout(self, name: str, path: str) -> None:
        """Write a saved layout to a file.

        Raises:
            ConfigError: there is no such layout, or the disk refuses.
        """
        self._store.export(self.layouts.get_saved(name), path)

    # ---- changing

    def delete(self, name: str) -> None:
        """Delete a saved layout.

        Raises:
            ConfigError: there is none, it is locked, or the disk refuses.
        """
        self._own(name)
        self._store.delete(name)
        self._show({other: saved for other, saved in self.layouts.saved.items() if other != name})

    def rename(self, old: str, new: str) -> None:
        """Give a saved layout another name.

        Raises:
            ConfigError: there is none, it is locked, the new name cannot be used or is taken, or the disk refuses.
        """
        saved, new = self._own(old), self._usable(new)
        if new == old:
            return
        self._check_free(new)
        self._store.rename(old, new)
        renamed = replace(saved, grid=replace(saved.grid, name=new))
        others = {name: other for name, other in self.layouts.saved.items() if name != old}
        self._show({**others, new: renamed})

    def set_locked(self, name: str, is_locked: bool) -> None:
        """Put a padlock on a saved layout, or take it away.

        Raises:
            ConfigError: there is none, or the disk refuses.
        """
        saved = self._own(name)
        if saved.is_locked == is_locked:
            return
        changed = replace(saved, is_locked=is_locked)
        if is_locked:
            self._store.save(changed)
        else:
            self._store.unlock(name)
        self._show({**self.layouts.saved, name: changed})

    def resolve(self, catalog: Catalog) -> bool:
        """Ask every query anew; whether any layout shows other cameras than before.

        An empty catalogue, as there is before the first sync, changes nothing.
        """
        if catalog is EMPTY_CATALOG:
            return False
        self._catalog, before = catalog, self.layouts
        self._show({name: self._resolved(saved) for name, saved in before.saved.items()})
        return self.layouts is not before

    def lend(self, grid: Layout) -> None:
        """Have the grid of an order from elsewhere among the layouts, beside the one before, which may show still.

        Args:
            grid: by a `lent_name`.
        """
        before = dict(list(self.layouts.lent.items())[-1:])
        self.layouts = replace(self.layouts, lent={**before, grid.name: grid})

    # ---- what officers share

    def take_shared(self, shared: Sequence[SavedLayout]) -> Mapping[str, str]:
        """Have the registry's layouts beside one's own; nothing of them is kept here.

        Args:
            shared: all of them.

        Returns:
            the new names of those that are called otherwise by now, by their old ones.
        """
        own = {name: saved for name, saved in self.layouts.saved.items() if saved.shared is None}
        marks = {name: saved.shared for name, saved in self.layouts.saved.items() if saved.shared is not None}
        before = {mark.id: name for name, mark in marks.items()}
        known = {(mark.id, mark.name) for mark in marks.values()}
        same = (each.shared for each in shared if each.shared and (each.shared.id, each.shared.name) in known)
        held = {mark.id: before[mark.id] for mark in same}
        named = by_free_names(shared, {*own, *self.layouts.by_name}, held)
        self._show({**own, **{name: self._resolved(saved) for name, saved in named.items()}})
        now = {saved.shared.id: name for name, saved in named.items() if saved.shared is not None}
        return {old: now[key] for key, old in before.items() if key in now and now[key] != old}

    def _own(self, name: str) -> SavedLayout:
        """A layout of this PC's own.

        Raises:
            ConfigError: there is none of that name, or it is a shared one.
        """
        saved = self.layouts.get_saved(name)
        if saved.shared is not None:
            raise ConfigError("‘{0}’ is a shared layout: it is changed at the registry", name)
        return saved

    # ---- what they have in common

    def _keep(self, saved: SavedLayout) -> SavedLayout:
        saved = self._resolved(replace(saved, shared=None))
        self._store.save(saved)
        self._show({**self.layouts.saved, saved.name: saved})
        return saved

    def _resolved(self, saved: SavedLayout) -> SavedLayout:
        if saved.query is None or self._catalog is EMPTY_CATALOG:
            return saved
        found = matching(saved.query, self._catalog)
        cameras = placed(saved.cameras, found, saved.grid.tiles, saved.hotspot)
        return saved if cameras == saved.cameras else replace(saved, cameras=cameras)

    def _show(self, saved: Mapping[str, SavedLayout]) -> None:
        if saved != self.layouts.saved:
            self.layouts = replace(self.layouts, saved=saved)

    def _usable(self, name: str) -> str:
        name = layout_name(name)
        if name in self.layouts.by_name:
            raise ConfigError("{0} is the name of a built-in layout: choose another", name)
        return name

    def _check_free(self, name: str) -> None:
        if name in self.layouts.saved:
            raise ConfigError(
                "there is a layout ‘{0}’ already: choose another name, or open that one to change it", name
            )

    def _numbered(self, name: str) -> str:
        """The name, or the first of `name (2)`, `name (3)` … that is free."""
        number, free = 1, name
        while free in self.layouts.saved or free in self.layouts.by_name:
            number += 1
            mark = f" ({number})"
            free = name[: NAME_MAX_LENGTH - len(mark)].rstrip() + mark
        return free
