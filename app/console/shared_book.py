"""Shared layouts: has those of the registry beside one's own, and asks for what an officer does with them.

Owned by the console's thread; imports the pure core only.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from app.console.wall_book import WallBook
from app.core.errors import ConfigError
from app.core.saved_layout import SavedLayout, SharedMark
from app.core.shared import (
    DeleteShared,
    ShareAnswered,
    SharedListed,
    SharedMessage,
    SharedPort,
    ShareLayout,
    ShareRequest,
    handed_out,
)


class SharedBook:
    """Keeps them.

    Args:
        port: lists them, and asks.
        book: shows them.
        new_id: makes the id of a new one, a UUID.

    Attributes:
        is_fresh: whether the registry has just said what there is; else it is what was known last.
    """

    def __init__(self, port: SharedPort, book: WallBook, new_id: Callable[[], str]) -> None:
        self._port = port
        self._book = book
        self._new_id = new_id
        self.is_fresh = False
        self._shared: tuple[SavedLayout, ...] = ()
        self._own: dict[str, SavedLayout] = {}
        """By id: what is being shared just now, as it is on this PC."""
        self._taken: dict[str, SavedLayout] = {}
        """By id: what the registry took, until it is listed there: so long it is nowhere but on this PC."""
        self._answers: list[ShareAnswered] = []

    # ---- what an officer does

    def refresh(self) -> None:
        """Somebody else is on duty, or looks: list them anew."""
        self._port.refresh()

    def share(self, layout: SavedLayout, unit: str, readers: Sequence[str]) -> None:
        """Share a layout of this PC's own.

        Args:
            layout: it.
            unit: the police unit that it is to belong to.
            readers: the units that are to read it.
        """
        mark = SharedMark(self._new_id(), 0, layout.name, "", "", unit, tuple(readers))
        self._own[mark.id] = self._book.layouts.saved.get(layout.name, layout)
        self._port.send(ShareLayout(mark, replace(layout, shared=None)))

    def change(self, layout: SavedLayout) -> None:
        """Change a shared layout, whose mark says what it is to be called, to belong to and who is to read it."""
        mark = layout.shared
        assert mark is not None
        self._port.send(ShareLayout(mark, handed_out(layout)))

    def delete(self, mark: SharedMark) -> None:
        """Delete a shared layout, for everybody."""
        self._port.send(DeleteShared(mark))

    def insist(self, request: ShareRequest) -> None:
        """Ask once more, over what somebody else has made of it and the officer has been told of."""
        now = self.of_id(request.mark.id)
        if now is not None and now.shared is not None:
            self._port.send(replace(request, mark=replace(request.mark, revision=now.shared.revision)))

    def of_id(self, layout_id: str) -> SavedLayout | None:
        """The shared layout of that id, as the registry has it now."""
        return next((each for each in self._shared if each.shared and each.shared.id == layout_id), None)

    def take_answers(self) -> tuple[ShareAnswered, ...]:
        """What became of what was asked, since this was last asked; conflicts wait for `take_conflict`."""
        answers = tuple(each for each in self._answers if each.conflict is None)
        self._answers = [each for each in self._answers if each.conflict is not None]
        return answers

    def take_conflict(self) -> ShareAnswered | None:
        """The first answer that says that somebody was first, since this was last asked; None without one."""
        conflict = next((each for each in self._answers if each.conflict is not None), None)
        if conflict is not None:
            self._answers.remove(conflict)
        return conflict

    # ---- what comes

    def take(self, message: SharedMessage) -> None:
        """Take in what the registry says."""
        match message:
            case SharedListed(layouts, is_fresh):
                self.is_fresh, self._shared = is_fresh, layouts
                self._book.take_shared(layouts)
            case ShareAnswered(request, problem):
                own = self._own.pop(request.mark.id, None)
                if problem is None and own is not None:
                    self._taken[request.mark.id] = own
                self._answers.append(message)
        for layout_id in [each for each in self._taken if self.of_id(each) is not None]:
            self._hand_over(self._taken.pop(layout_id), layout_id)

    def _hand_over(self, own: SavedLayout, layout_id: str) -> None:
        """The layout is the registry's now; a copy that was changed or cannot be deleted stays beside it."""
        if self._book.layouts.saved.get(own.name) != own:
            return
        try:
            self._book.hand_over(own.name, self._shared, layout_id)
        except ConfigError:
            self._book.take_shared(self._shared)
