"""What walls are to show: the orders of chiefs and the schedules, each with a revision.

Any thread may call it. Who may ask for which wall is decided before (`wall_reports.py`). What a layout's id means
is written down when the order is given: nobody's later edit changes what a chief has put on a wall.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection, Table, delete, insert, select

from app.core.week import TIME_ZONE, first_overlap
from app.demo.registry.access import Post
from app.demo.registry.clock import NowS, utc_text
from app.demo.registry.database import Database
from app.demo.registry.layout_models import LayoutDocument
from app.demo.registry.layout_office import LayoutOffice
from app.demo.registry.officers import Officer
from app.demo.registry.preconditions import changed_meanwhile
from app.demo.registry.problems import ProblemCode, ProblemError
from app.demo.registry.reach import Reader
from app.demo.registry.standing import ByHand, Standing
from app.demo.registry.store import CatalogueStore
from app.demo.registry.wall_models import (
    CameraOrder,
    Desired,
    LayoutOrder,
    Schedule,
    ScheduleDraft,
    ScheduleEntry,
    ScheduleEntryDraft,
    Shown,
    ShownCamera,
    ShownLayout,
)


@dataclass(frozen=True, slots=True)
class Glance:
    """All that somebody who waits has to look at."""

    revision: int
    changes_in_s: float


class WallOrders:
    """Keeps what walls are to show.

    Args:
        database: where it is kept.
        layouts: the shared layouts that orders may name.
        catalogue: which cameras there are.
        now_s: the wall clock, seconds since 1970.
    """

    def __init__(self, database: Database, layouts: LayoutOffice, catalogue: CatalogueStore, now_s: NowS) -> None:
        self._database = database
        self._orders = database.tables.wall_orders
        self._schedules = database.tables.wall_schedules
        self._layouts = layouts
        self._catalogue = catalogue
        self._now_s = now_s

    def glance(self, wall_id: str) -> Glance:
        """Which revision holds now, and until when."""
        table, now_s = self._orders, self._now_s()
        query = select(table.c.revision, table.c.due_at_s).where(table.c.wall_id == wall_id)
        with self._database.reading() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            return Glance(0, math.inf)
        if row.due_at_s is None or now_s < row.due_at_s:
            return Glance(row.revision, math.inf if row.due_at_s is None else row.due_at_s - now_s)
        settled = self._settle(wall_id)
        return Glance(settled.revision, math.inf if settled.due_at_s is None else settled.due_at_s - now_s)

    def desired(self, wall_id: str) -> Desired:
        """What a wall is to show now."""
        self.glance(wall_id)
        with self._database.reading() as connection:
            return self._standing(connection, wall_id).told(wall_id, self._now_s())

    def order(
        self, reader: Reader, chief: Officer, post: Post, wall_id: str, draft: LayoutOrder | CameraOrder, seen: int
    ) -> Desired:
        """Make a wall show something.

        Args:
            reader: who asks, for the layouts that may be named.
            chief: who orders it.
            post: the wall's post.
            wall_id: the wall.
            draft: what it is to show.
            seen: the revision that the chief has seen.

        Raises:
            ProblemError: the wall is to show something else than the chief has seen, or the layout or camera is
                not known.
        """
        shown = self._shown(reader, post, draft)
        ends_at_s = None if draft.until_s is None else self._now_s() + draft.until_s
        by_hand = ByHand(order=shown, author=chief.author, ends_at_s=ends_at_s)
        return self._change(wall_id, chief, seen, lambda standing: standing.ordered(by_hand))

    def release(self, chief: Officer, wall_id: str, seen: int) -> Desired:
        """Take a chief's order back; the schedule holds again.

        Raises:
            ProblemError: the wall is to show something else than the chief has seen.
        """
        return self._change(wall_id, chief, seen, Standing.released)

    def schedule(self, wall_id: str) -> Schedule:
        """A wall's hours."""
        with self._database.reading() as connection:
            return self._schedule(connection, wall_id)

    def set_schedule(
        self, reader: Reader, chief: Officer, wall_id: str, draft: ScheduleDraft, seen: int
    ) -> Schedule:
        """Change a wall's hours.

        Raises:
            ProblemError: two entries overlap, the schedule is not as the chief has seen it, or a layout is
                not known.
        """
        overlap = first_overlap(draft.entries)
        if overlap:
            detail = f"Entries {overlap.first} and {overlap.second} overlap on {overlap.day} at {overlap.time}."
            raise ProblemError(ProblemCode.SCHEDULE_OVERLAP, detail)
        entries = tuple(self._entry(reader, entry) for entry in draft.entries)
        with self._database.writing() as connection:
            held = self._schedule(connection, wall_id)
            if held.revision != seen:
                raise changed_meanwhile("The schedule", held.revision, held.changed_by, held.changed_at)
            written = Schedule(
                wall_id=wall_id,
                revision=held.revision + 1,
                time_zone=TIME_ZONE,
                entries=entries,
                changed_by=chief.author,
                changed_at=utc_text(self._now_s()),
            )
            self._put(connection, self._schedules, wall_id, record=written.model_dump_json(by_alias=True))
            settled = self._standing(connection, wall_id).settled(written, self._now_s(), chief.author)
            self._put_standing(connection, wall_id, settled)
        return written

    def _change(self, wall_id: str, chief: Officer, seen: int, changed: Callable[[Standing], Standing]) -> Desired:
        now_s = self._now_s()
        with self._database.writing() as connection:
            schedule = self._schedule(connection, wall_id)
            held = self._standing(connection, wall_id).settled(schedule, now_s)
            if held.revision != seen:
                raise changed_meanwhile("The wall", held.revision, held.changed_by, held.changed_at)
            settled = changed(held).settled(schedule, now_s, chief.author)
            self._put_standing(connection, wall_id, settled)
        return settled.told(wall_id, now_s)

    def _settle(self, wall_id: str) -> Standing:
        """Write down what has come about by itself."""
        with self._database.writing() as connection:
            held = self._standing(connection, wall_id)
            settled = held.settled(self._schedule(connection, wall_id), self._now_s())
            self._put_standing(connection, wall_id, settled)
        return settled

    def _shown(self, reader: Reader, post: Post, draft: LayoutOrder | CameraOrder) -> Shown:
        if isinstance(draft, LayoutOrder):
            layout, layout_id = self._resolved(reader, draft.layout)
            return ShownLayout(monitor=draft.monitor, message=draft.message, layout=layout, layout_id=layout_id)
        if draft.camera_id not in self._catalogue.cameras(post.scope, {draft.camera_id}):
            raise ProblemError(ProblemCode.CAMERA_UNKNOWN, "No camera of that id is in the wall's jurisdiction.")
        return ShownCamera(**draft.model_dump(exclude={"until_s"}))

    def _entry(self, reader: Reader, entry: ScheduleEntryDraft) -> ScheduleEntry:
        layout, layout_id = self._resolved(reader, entry.layout)
        return ScheduleEntry(**entry.model_dump(exclude={"layout"}), layout=layout, layout_id=layout_id)

    def _resolved(self, reader: Reader, layout: UUID | LayoutDocument) -> tuple[LayoutDocument, UUID | None]:
        if isinstance(layout, LayoutDocument):
            return layout, None
        return self._layouts.get(reader, layout).layout, layout

    def _standing(self, connection: Connection, wall_id: str) -> Standing:
        record = _record(connection, self._orders, wall_id)
        return Standing() if record is None else Standing.model_validate_json(record)

    def _schedule(self, connection: Connection, wall_id: str) -> Schedule:
        record = _record(connection, self._schedules, wall_id)
        if record is not None:
            return Schedule.model_validate_json(record)
        nothing = {"revision": 0, "entries": (), "changed_by": None, "changed_at": None}
        return Schedule.model_validate({"wall_id": wall_id, "time_zone": TIME_ZONE, **nothing})

    def _put_standing(self, connection: Connection, wall_id: str, standing: Standing) -> None:
        own = {"revision": standing.revision, "due_at_s": standing.due_at_s}
        self._put(connection, self._orders, wall_id, **own, record=standing.model_dump_json())

    def _put(self, connection: Connection, table: Table, wall_id: str, **values: object) -> None:
        connection.execute(delete(table).where(table.c.wall_id == wall_id))
        connection.execute(insert(table).values(wall_id=wall_id, **values))


def _record(connection: Connection, table: Table, wall_id: str) -> str | None:
    record = connection.scalar(select(table.c.record).where(table.c.wall_id == wall_id))
    return None if record is None else str(record)
