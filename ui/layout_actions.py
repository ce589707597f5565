"""What an officer does with saved layouts on one monitor: make, edit, save, rename, lock, delete.

GUI thread. What has to be asked is asked on a page over the wall.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from types import MappingProxyType

from app.console import Console
from app.core.errors import ConfigError
from app.core.layout import uniform_layout
from app.core.monitor import MonitorState
from app.core.saved_layout import SavedLayout
from ui.pages import Pages
from ui.plain_text import plain
from ui.shared_actions import SharedActions
from ui.texts import sentence, tr

NEW_TILES = 4
"""Of a layout that is begun anew."""


class LayoutActions:
    """Carries them out.

    Args:
        console: whose layouts they are.
        monitor: the monitor's number.
        pages: where questions are asked and layouts edited.
        say: says a sentence for a while.
    """

    def __init__(self, console: Console, monitor: int, pages: Pages, say: Callable[[str], None]) -> None:
        self._console = console
        self._monitor = monitor
        self._pages = pages
        self._say = say
        self._shared = SharedActions(console, monitor, pages, say)

    def actions(self) -> Mapping[str, Callable[[], None]]:
        """By command text."""
        return MappingProxyType(
            {
                "new-layout": self.new,
                "edit-layout": self.edit,
                "save-layout": self.save,
                "save-layout-as": self.save_as,
                "rename": self.rename,
                "lock-layout": self.toggle_lock,
                "delete-layout": self.delete,
                **self._shared.actions(),
            }
        )

    @property
    def _state(self) -> MonitorState:
        return self._console.wall.monitor(self._monitor)

    def new(self) -> None:
        """Begin a layout in the editor."""
        self._edit(SavedLayout(replace(uniform_layout(NEW_TILES), name=self._free_name())), "")

    def edit(self) -> None:
        """Open what the monitor shows in the editor: its saved layout, or a new one of the same grid."""
        saved = self._state.saved
        if saved is not None:
            self._edit(saved, saved.name)
            return
        grid = replace(self._console.layouts.get(self._state.layout), name=self._free_name())
        cameras = {number: camera for number, camera in self._state.content.items() if number <= grid.tiles}
        self._edit(SavedLayout(grid, cameras, hotspot=self._state.hotspot), "")

    def _edit(self, layout: SavedLayout, original: str) -> None:
        self._pages.edit_layout(layout, original, partial(self._keep, original))

    def _keep(self, original: str, layout: SavedLayout) -> None:
        before = self._console.layouts.saved.get(original)
        if before is not None and before.shared is not None:
            self._shared.keep(before, layout)
            return
        self._console.book.keep_layout(self._monitor, layout, original)
        self._say(tr("Layout", "Layout ‘{0}’ is saved.", plain(layout.name)))

    def _free_name(self) -> str:
        """A name that no layout has yet."""
        taken = self._console.layouts.saved
        names = (tr("Layout", "Layout {0}", number) for number in range(1, len(taken) + 2))
        return next(name for name in names if name not in taken)

    def save(self) -> None:
        """Save the monitor over the saved layout that it shows; where it shows none, ask for a name."""
        saved = self._state.saved
        if saved is None:
            self.save_as()
            return
        if saved.shared is not None:
            self._shared.save(saved)
            return
        try:
            self._save(saved.name)
        except ConfigError as error:
            self._say(sentence(error))

    def save_as(self) -> None:
        """Ask for a name, and save the monitor under it."""
        self._pages.ask.ask_for_text(
            tr("Layout", "Save what this monitor shows under this name:"),
            self._free_name(),
            tr("Layout", "Save"),
            lambda name: self._save(name.strip()),
        )
        self._pages.open(self._pages.ask)

    def _save(self, name: str) -> None:
        saved = self._console.book.save_layout(self._monitor, name)
        self._say(tr("Layout", "Layout ‘{0}’ is saved.", plain(saved.name)))

    def rename(self) -> None:
        """Ask for another name of the saved layout."""
        saved = self._saved()
        if saved is not None:
            name = saved.shared.name if saved.shared is not None else saved.name
            self._pages.ask.ask_for_text(
                tr("Layout", "New name of the layout ‘{0}’:", plain(name)),
                name,
                tr("Layout", "Rename"),
                lambda new: self._rename(saved, new.strip()),
            )
            self._pages.open(self._pages.ask)

    def _rename(self, saved: SavedLayout, name: str) -> None:
        if saved.shared is not None:
            self._shared.rename(saved, name)
        else:
            self._console.book.rename_layout(saved.name, name)

    def toggle_lock(self) -> None:
        """Put a padlock on the saved layout, or take it off."""
        saved = self._saved()
        if saved is None:
            return
        if saved.shared is not None:
            self._shared.toggle_lock(saved)
            return
        name, is_locked = saved.name, not saved.is_locked
        try:
            self._console.book.lock_layout(name, is_locked)
        except ConfigError as error:
            self._say(sentence(error))
            return
        locked = tr("Layout", "Layout ‘{0}’ is locked.", plain(name))
        self._say(locked if is_locked else tr("Layout", "Layout ‘{0}’ is unlocked.", plain(name)))

    def delete(self) -> None:
        """Ask whether the saved layout shall go."""
        saved = self._saved()
        if saved is None:
            return
        name = plain(saved.name)
        own = tr("Layout", "Delete the layout ‘{0}’? Its cameras stay on the wall.", name)
        shared = tr("Shared", "Delete the shared layout ‘{0}’ for everybody? Its cameras stay on the wall.", name)
        question = own if saved.shared is None else shared
        self._pages.ask.ask_whether(question, tr("Layout", "Delete"), lambda: self._delete(saved))
        self._pages.open(self._pages.ask)

    def _delete(self, saved: SavedLayout) -> None:
        if saved.shared is not None:
            self._shared.delete(saved)
        else:
            self._console.book.delete_layout(saved.name)

    def tell(self) -> None:
        """Say what became of what was asked of the registry."""
        self._shared.tell()

    def _saved(self) -> SavedLayout | None:
        """The saved layout that the monitor shows; says so where it shows none."""
        saved = self._state.saved
        if saved is None:
            self._say(tr("Layout", "This monitor shows no saved layout."))
            return None
        return self._console.layouts.saved.get(saved.name, saved)
