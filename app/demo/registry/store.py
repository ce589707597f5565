"""The catalogue in the registry's file: its cameras, their history, and how both are changed.

Any thread may call it. Demos and tests change a served catalogue through it, from this process or another
one with the same file: there are no HTTP test hooks. It must not import FastAPI.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from uuid import UUID

from sqlalchemy import Connection, delete, insert, select

from app.demo.catalogue.record import Camera, Catalogue, Jurisdictions
from app.demo.registry.clock import NowS, utc_text
from app.demo.registry.cursor import Cursor, parse_cursor
from app.demo.registry.database import Database
from app.demo.registry.facts import Fact, Facts
from app.demo.registry.history import History
from app.demo.registry.limits import HISTORY_MAX
from app.demo.registry.models import Scope, Tombstone, Upsert
from app.demo.registry.scope import in_scope, scope_mark
from app.demo.registry.shelf import Shelf


class Gone(Enum):
    """Why a cursor is of no use any more."""

    CURSOR_EXPIRED = "cursor-expired"
    SCOPE_CHANGED = "scope-changed"


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """Some changes, oldest first, and where the next ones begin; the same one for all who ask the same."""

    cursor: str
    has_more: bool
    changes: tuple[Upsert | Tombstone, ...]


@dataclass(frozen=True, slots=True)
class ScopedCatalogue:
    """The cameras of one scope as JSON texts, as of one cursor."""

    cursor: str
    epoch: str
    records: tuple[str, ...]


class CatalogueStore:
    """Reads and changes the catalogue of one database.

    Args:
        database: where it is kept.
        history_max: how many changes are kept for posts to catch up on.
        now_s: the clock, for `updated_at`.
    """

    def __init__(self, database: Database, history_max: int = HISTORY_MAX, now_s: NowS = time.time) -> None:
        self._database = database
        self._cameras = database.tables.cameras
        self._tables = database.tables
        self._facts = Facts(database.tables.facts)
        self._history = History(database.tables, self._facts, history_max)
        self._pages: Shelf[object, Page | Gone] = Shelf()
        self._now_s = now_s

    def tag(self) -> str | None:
        """Which catalogue the file holds, None for a new file."""
        with self._database.reading() as connection:
            return self._facts.get(connection, Fact.TAG)

    def epoch(self) -> str:
        """The history that cursors and ETags belong to."""
        with self._database.reading() as connection:
            return self._facts.epoch(connection)

    def jurisdictions_json(self) -> str:
        """Units and areas as the contract's JSON."""
        with self._database.reading() as connection:
            text = self._facts.get(connection, Fact.JURISDICTIONS)
        return text or Jurisdictions(units=(), areas=()).to_json()

    def cursor(self, scope: Scope) -> str:
        """Where a catalogue of that scope stands now."""
        with self._database.reading() as connection:
            return self._cursor_now(connection, scope)

    def snapshot(self, scope: Scope) -> ScopedCatalogue:
        """Every camera in scope, by code."""
        table = self._cameras
        query = select(table.c.record).where(in_scope(scope, table)).order_by(table.c.code)
        with self._database.reading() as connection:
            records = tuple(connection.scalars(query))
            epoch = self._facts.epoch(connection)
            return ScopedCatalogue(self._cursor_now(connection, scope), epoch, records)

    def cameras(self, scope: Scope, ids: Iterable[UUID]) -> dict[UUID, Camera]:
        """Those of the given cameras that the scope shows."""
        table = self._cameras
        wanted = table.c.id.in_([str(each) for each in ids])
        with self._database.reading() as connection:
            records = connection.scalars(select(table.c.record).where(wanted, in_scope(scope, table)))
            found = [Camera.model_validate_json(record) for record in records]
        return {camera.id: camera for camera in found}

    def changes(self, scope: Scope, after: str, limit: int) -> Page | Gone:
        """What changed in scope after a cursor, at most `limit` changes.

        A camera that changed more than once comes once, with its newest state, where its newest change is.
        Hundreds of posts ask the same after each change: it is looked up once.
        """
        asked = (scope_mark(scope), after, limit)
        with self._database.reading() as connection:
            state = self._facts.state(connection)
            found = self._pages.get(state, asked)
            if found is None:
                found = self._find_changes(connection, scope, after, limit)
                self._pages.put(state, asked, found)
        return found

    def _find_changes(self, connection: Connection, scope: Scope, after: str, limit: int) -> Page | Gone:
        start = self._usable(connection, scope, after)
        if isinstance(start, Gone):
            return start
        told = self._history.tell(connection, scope, start.rev, limit)
        return Page(str(Cursor(start.epoch, told.end_rev, start.scope_mark)), told.has_more, told.changes)

    def load(self, catalogue: Catalogue) -> None:
        """Replace everything by this catalogue and begin a new history."""
        rows = [_row(camera) for camera in catalogue.cameras]
        rev = str(max((camera.rev for camera in catalogue.cameras), default=0))
        with self._database.writing() as connection:
            for table in (self._cameras, self._tables.changes, self._tables.leases):
                connection.execute(delete(table))
            if rows:
                connection.execute(insert(self._cameras), rows)
            self._facts.begin_epoch(connection)
            self._facts.put(connection, Fact.TAG, catalogue.tag)
            self._facts.put(connection, Fact.REV, rev)
            self._facts.put(connection, Fact.HISTORY_FROM, rev)
            self._facts.put(connection, Fact.JURISDICTIONS, catalogue.jurisdictions.to_json())

    def reconcile(self, catalogue: Catalogue) -> None:
        """Change only what differs, so that posts see a history instead of another catalogue."""
        wanted = {camera.id for camera in catalogue.cameras}
        with self._database.writing() as connection:
            records = connection.scalars(select(self._cameras.c.record)).all()
            held = {each.id: each for each in map(Camera.model_validate_json, records)}
            for camera_id in held.keys() - wanted:
                self._delete(connection, camera_id)
            for camera in catalogue.cameras:
                if not camera.is_same_as(held.get(camera.id)):
                    self._upsert(connection, camera)
            self._facts.put(connection, Fact.JURISDICTIONS, catalogue.jurisdictions.to_json())

    def upsert(self, *cameras: Camera) -> None:
        """Add or change cameras; revision and time of change are set here."""
        with self._database.writing() as connection:
            for camera in cameras:
                self._upsert(connection, camera)

    def delete(self, *ids: UUID) -> None:
        """Take cameras out; ids that are not there are left alone."""
        with self._database.writing() as connection:
            for camera_id in ids:
                self._delete(connection, camera_id)

    def bump_epoch(self) -> None:
        """Begin a new history over the same cameras: every cursor expires."""
        with self._database.writing() as connection:
            self._facts.begin_epoch(connection)

    def forget_history(self) -> None:
        """Drop all past changes: every cursor but the newest expires."""
        with self._database.writing() as connection:
            self._history.forget(connection, self._facts.number(connection, Fact.REV))

    def _cursor_now(self, connection: Connection, scope: Scope) -> str:
        rev = self._facts.number(connection, Fact.REV)
        return str(Cursor(self._facts.epoch(connection), rev, scope_mark(scope)))

    def _usable(self, connection: Connection, scope: Scope, after: str) -> Cursor | Gone:
        cursor = parse_cursor(after)
        if cursor is None or cursor.epoch != self._facts.epoch(connection):
            return Gone.CURSOR_EXPIRED
        if cursor.scope_mark != scope_mark(scope):
            return Gone.SCOPE_CHANGED
        return cursor if self._history.reaches(connection, cursor.rev) else Gone.CURSOR_EXPIRED

    def _upsert(self, connection: Connection, camera: Camera) -> None:
        before = self._held(connection, camera.id)
        if before is not None and before.jurisdiction != camera.jurisdiction:
            self._history.note(connection, camera.id, before.jurisdiction, is_delete=True)
        rev = self._history.note(connection, camera.id, camera.jurisdiction, is_delete=False)
        changed = camera.model_copy(update={"rev": rev, "updated_at": utc_text(self._now_s())})
        connection.execute(delete(self._cameras).where(self._cameras.c.id == str(camera.id)))
        connection.execute(insert(self._cameras).values(_row(changed)))

    def _delete(self, connection: Connection, camera_id: UUID) -> None:
        before = self._held(connection, camera_id)
        if before is None:
            return
        connection.execute(delete(self._cameras).where(self._cameras.c.id == str(camera_id)))
        self._history.note(connection, camera_id, before.jurisdiction, is_delete=True)

    def _held(self, connection: Connection, camera_id: UUID) -> Camera | None:
        query = select(self._cameras.c.record).where(self._cameras.c.id == str(camera_id))
        record = connection.scalar(query)
        return None if record is None else Camera.model_validate_json(record)


def _row(camera: Camera) -> dict[str, object]:
    own = {"id": str(camera.id), "rev": camera.rev, "code": camera.code, "record": camera.to_json()}
    return {**own, **camera.jurisdiction.model_dump()}
