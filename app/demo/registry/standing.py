"""What a wall is to show: a chief's order while it lasts, else what is scheduled now, else nothing. Pure."""

from __future__ import annotations

from pydantic import BaseModel

from app.core.week import next_border_in_s, present_entry
from app.demo.registry.authorship import Author
from app.demo.registry.clock import utc_text
from app.demo.registry.wall_models import Desired, Schedule, ScheduleEntry, Shown, ShownLayout, Source


class ByHand(BaseModel):
    """A chief's order; without an end it lasts until it is taken back."""

    order: Shown
    author: Author
    ends_at_s: float | None


class Standing(BaseModel):
    """What holds for one wall. `due_at_s` is when it will be different by itself; times are seconds since 1970."""

    revision: int = 0
    by_hand: ByHand | None = None
    source: Source = "none"
    order: Shown | None = None
    changed_by: Author | None = None
    changed_at: str | None = None
    due_at_s: float | None = None

    def ordered(self, by_hand: ByHand) -> Standing:
        """With that order of a chief: a new one even where it says what the old one said."""
        return self.model_copy(update={"by_hand": by_hand, "source": "none", "order": None})

    def released(self) -> Standing:
        """Without a chief's order."""
        return self.model_copy(update={"by_hand": None})

    def settled(self, schedule: Schedule, now_s: float, by: Author | None = None) -> Standing:
        """As it is at that time; the revision rises if the wall is to show something else.

        Args:
            schedule: the wall's hours.
            now_s: the wall clock, seconds since 1970.
            by: who makes the change, if somebody does.
        """
        by_hand = None if self.by_hand and _is_over(self.by_hand, now_s) else self.by_hand
        source, order, author = _wanted(by_hand, schedule, now_s)
        due_at_s = by_hand.ends_at_s if by_hand else _border_at_s(schedule, now_s)
        same = self.model_copy(update={"by_hand": by_hand, "due_at_s": due_at_s})
        if (source, order) == (self.source, self.order):
            return same
        changed = {"source": source, "order": order, "changed_by": by or author, "changed_at": utc_text(now_s)}
        return same.model_copy(update={"revision": self.revision + 1, **changed})

    def told(self, wall_id: str, now_s: float) -> Desired:
        """The answer to whoever asks."""
        own = self.model_dump(include={"revision", "source", "changed_by", "changed_at"})
        changes_in_s = None if self.due_at_s is None else max(0.0, self.due_at_s - now_s)
        return Desired(wall_id=wall_id, order=self.order, changes_in_s=changes_in_s, **own)


def _is_over(by_hand: ByHand, now_s: float) -> bool:
    return by_hand.ends_at_s is not None and by_hand.ends_at_s <= now_s


def _wanted(
    by_hand: ByHand | None, schedule: Schedule, now_s: float
) -> tuple[Source, Shown | None, Author | None]:
    if by_hand:
        return "chief", by_hand.order, by_hand.author
    position = present_entry(schedule.entries, now_s)
    if position is None:
        return "none", None, None
    return "schedule", _shown(schedule.entries[position]), schedule.changed_by


def _shown(entry: ScheduleEntry) -> Shown:
    return ShownLayout(monitor=entry.monitor, layout=entry.layout, layout_id=entry.layout_id)


def _border_at_s(schedule: Schedule, now_s: float) -> float | None:
    border_in_s = next_border_in_s(schedule.entries, now_s)
    return None if border_in_s is None else now_s + border_in_s
