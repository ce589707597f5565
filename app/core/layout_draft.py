"""A layout while it is edited: grid and cameras together, with the way back. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.core.grid_edit import GridEdit
from app.core.layout import Layout
from app.core.model import CameraId

HISTORY_DEPTH = 100


@dataclass(frozen=True, slots=True)
class LayoutDraft:
    """A grid and what stands on it."""

    grid: Layout
    cameras: Mapping[int, CameraId] = field(default_factory=dict)
    hotspot: int | None = None

    def after(self, edit: GridEdit) -> LayoutDraft:
        """The draft after an edit of its grid: cameras and hotspot follow their tiles."""
        hotspot = edit.numbers.get(self.hotspot) if self.hotspot is not None else None
        return LayoutDraft(edit.grid, edit.carried(self.cameras), hotspot)


@dataclass(frozen=True, slots=True)
class DraftHistory:
    """A draft, what it was, and what was taken back."""

    present: LayoutDraft
    past: tuple[LayoutDraft, ...] = ()
    future: tuple[LayoutDraft, ...] = ()

    def changed_to(self, draft: LayoutDraft) -> DraftHistory:
        """The history after a change; the same where nothing changes. What was taken back is forgotten."""
        if draft == self.present:
            return self
        return DraftHistory(draft, (*self.past[1 - HISTORY_DEPTH :], self.present))

    def undone(self) -> DraftHistory:
        """One change back, if there is one."""
        if not self.past:
            return self
        return DraftHistory(self.past[-1], self.past[:-1], (self.present, *self.future))

    def redone(self) -> DraftHistory:
        """One change on again, if one was taken back."""
        if not self.future:
            return self
        return DraftHistory(self.future[0], (*self.past, self.present), self.future[1:])
