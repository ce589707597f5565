"""What an officer does with shared layouts on one monitor: share, change, rename, lock and delete them.

GUI thread. What has to be asked is asked on a page over the wall.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from types import MappingProxyType

from app.console import Console
from app.core.errors import ConfigError
from app.core.monitor import MonitorState
from app.core.saved_layout import SavedLayout, SharedMark
from app.core.shared import DeleteShared, ShareAnswered, ShareLayout, shared_name, units_of
from ui.pages import Pages
from ui.plain_text import plain
from ui.post_texts import conflict_words
from ui.texts import sentence, tr


class SharedActions:
    """Carries them out.

    Args:
        console: whose layouts they are.
        monitor: the monitor's number.
        pages: where questions are asked.
        say: says a sentence for a while.
    """

    def __init__(self, console: Console, monitor: int, pages: Pages, say: Callable[[str], None]) -> None:
        self._console = console
        self._monitor = monitor
        self._pages = pages
        self._say = say

    def actions(self) -> Mapping[str, Callable[[], None]]:
        """By command text."""
        return MappingProxyType({"share-layout": self.share})

    @property
    def _state(self) -> MonitorState:
        return self._console.wall.monitor(self._monitor)

    @property
    def shown(self) -> SavedLayout | None:
        """The shared layout that the monitor shows; None where it shows none."""
        saved = self._state.saved
        return saved if saved is not None and saved.shared is not None else None

    # ---- what is asked of the registry

    def share(self) -> None:
        """Ask with whom the monitor's saved layout is to be shared."""
        saved = self._state.saved
        if saved is None:
            self._say(tr("Layout", "This monitor shows no saved layout."))
            return
        units = units_of(self._console.catalog.cameras.values())
        if not units:
            self._say(tr("Shared", "No police unit is known yet with which it could be shared."))
            return
        try:
            shared_name(saved.name if saved.shared is None else saved.shared.name)
        except ConfigError as error:
            self._say(sentence(error))
            return
        self._pages.ask_readers(saved, units, partial(self._share, saved))

    def _share(self, saved: SavedLayout, unit: str, readers: tuple[str, ...]) -> None:
        if saved.shared is None:
            self._console.shared.share(saved, unit, readers)
        else:
            self._change(saved, replace(saved.shared, readers=readers))
        self._say(tr("Shared", "Sharing ‘{0}’…", plain(saved.name)))

    def save(self, saved: SavedLayout) -> None:
        """Change a shared layout into what the monitor shows."""
        state = self._state
        grid = replace(self._console.layouts.get(state.layout), name=saved.name)
        cameras = {number: camera for number, camera in state.content.items() if number <= grid.tiles}
        self.keep(saved, replace(saved, grid=grid, cameras=cameras, hotspot=state.hotspot))

    def keep(self, saved: SavedLayout, edited: SavedLayout) -> None:
        """Change a shared layout into what the editor made of it; another name is another name for everybody.

        Raises:
            ConfigError: the name cannot be used.
        """
        mark = saved.shared
        assert mark is not None
        name = mark.name if edited.name == saved.name else shared_name(edited.name)
        self._change(edited, replace(mark, name=name))

    def rename(self, saved: SavedLayout, name: str) -> None:
        """Give a shared layout another name, for everybody.

        Raises:
            ConfigError: the name cannot be used.
        """
        mark = saved.shared
        assert mark is not None
        self._change(saved, replace(mark, name=shared_name(name)))

    def toggle_lock(self, saved: SavedLayout) -> None:
        """Put a padlock on a shared layout, or take it off, for everybody."""
        assert saved.shared is not None
        self._change(replace(saved, is_locked=not saved.is_locked), saved.shared)

    def delete(self, saved: SavedLayout) -> None:
        """Delete a shared layout, for everybody."""
        assert saved.shared is not None
        self._console.shared.delete(saved.shared)

    def _change(self, layout: SavedLayout, mark: SharedMark) -> None:
        self._console.shared.change(replace(layout, shared=mark))
        self._say(tr("Shared", "Changing ‘{0}’…", plain(mark.name)))

    # ---- what came of it

    def tell(self) -> None:
        """Say what became of what was asked; a conflict asks whether it is meant, when that disturbs nothing."""
        for answered in self._console.shared.take_answers():
            problem = answered.problem
            self._say(_done_words(answered) if problem is None else sentence(problem))
        if self._console.duty.state.is_controllable and not self._pages.is_open:
            self._ask_next()

    def _ask_next(self) -> None:
        answered = self._console.shared.take_conflict()
        if answered is None:
            return
        if self._console.shared.of_id(answered.request.mark.id) is not None:
            self._ask_over(answered)
        elif answered.problem is not None:
            self._say(sentence(answered.problem))

    def _ask_over(self, answered: ShareAnswered) -> None:
        """Somebody was first: their layout is here by now, and the officer's stands ready to replace it."""
        assert answered.conflict is not None
        name = plain(answered.request.mark.name)
        is_delete = isinstance(answered.request, DeleteShared)
        question = tr("Shared", "‘{0}’: {1} Delete it all the same?", name, conflict_words(answered.conflict))
        if not is_delete:
            question = tr("Shared", "‘{0}’: {1} Put yours in its place?", name, conflict_words(answered.conflict))
        agree = tr("Layout", "Delete") if is_delete else tr("Shared", "Replace")
        self._pages.ask.ask_whether(question, agree, lambda: self._console.shared.insist(answered.request))
        self._pages.open(self._pages.ask)


def _done_words(answered: ShareAnswered) -> str:
    name = plain(answered.request.mark.name)
    if isinstance(answered.request, ShareLayout) and answered.request.is_new:
        return tr("Shared", "Layout ‘{0}’ is shared.", name)
    if isinstance(answered.request, ShareLayout):
        return tr("Shared", "The shared layout ‘{0}’ is changed.", name)
    return tr("Shared", "The shared layout ‘{0}’ is deleted.", name)
