"""A layout while it is edited: cameras follow, and every step can be taken back."""

from __future__ import annotations

from dataclasses import replace

from app.core.grid_edit import merged, removed
from app.core.layout import Cell, uniform_layout
from app.core.layout_draft import HISTORY_DEPTH, DraftHistory, LayoutDraft
from app.core.model import CameraId

DRAFT = LayoutDraft(uniform_layout(4), {number: CameraId(f"c{number}") for number in range(1, 5)}, hotspot=3)


def test_cameras_and_hotspot_follow_an_edit() -> None:
    merge = DRAFT.after(merged(DRAFT.grid, Cell(0, 0, 2, 1)))
    assert merge.cameras == {1: "c1", 2: "c3", 3: "c4"}
    assert merge.hotspot == 2
    assert DRAFT.after(removed(DRAFT.grid, 3)).hotspot is None
    assert replace(DRAFT, hotspot=None).after(removed(DRAFT.grid, 3)).hotspot is None


def test_changes_are_taken_back_and_made_again() -> None:
    one, two = replace(DRAFT, hotspot=1), replace(DRAFT, hotspot=2)
    history = DraftHistory(DRAFT).changed_to(one).changed_to(two)
    assert history.undone().present == one
    assert history.undone().undone().present == DRAFT
    assert history.undone().undone().undone().present == DRAFT, "the first is the end"
    assert history.undone().redone() == history
    assert history.redone() is history
    assert history.undone().changed_to(DRAFT).redone().present == DRAFT, "a new change forgets what was undone"


def test_nothing_changed_is_no_step() -> None:
    history = DraftHistory(DRAFT)
    assert history.changed_to(replace(DRAFT)) is history


def test_a_history_has_an_end() -> None:
    history = DraftHistory(DRAFT)
    for number in range(HISTORY_DEPTH * 2):
        history = history.changed_to(replace(DRAFT, hotspot=number % 4))
    assert len(history.past) == HISTORY_DEPTH
