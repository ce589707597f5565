"""The log of changes: what a post that stood at one revision has to be told.

All of it works inside a transaction of whoever calls it. A camera that moves between jurisdictions has two
entries, one that takes it out of the old one and one that puts it into the new one, so that every scope sees
what it must and nothing more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection, delete, insert, select

from app.demo.catalogue.record import Camera, CameraJurisdiction
from app.demo.registry.facts import Fact, Facts
from app.demo.registry.models import Scope, Tombstone, Upsert
from app.demo.registry.scope import in_scope
from app.demo.registry.tables import Tables


@dataclass(frozen=True, slots=True)
class _Entry:
    rev: int
    camera_id: str
    is_delete: bool


@dataclass(frozen=True, slots=True)
class Told:
    """Some changes, oldest first; `end_rev` is where the next ones begin."""

    end_rev: int
    has_more: bool
    changes: tuple[Upsert | Tombstone, ...]


class History:
    """The log of one database, at most `keep` entries long."""

    def __init__(self, tables: Tables, facts: Facts, keep: int) -> None:
        self._cameras = tables.cameras
        self._changes = tables.changes
        self._facts = facts
        self._keep = keep

    def note(self, connection: Connection, camera_id: UUID, place: CameraJurisdiction, *, is_delete: bool) -> int:
        """Log one change of a camera in that jurisdiction; returns its revision."""
        rev = self._facts.next_rev(connection)
        entry = {"rev": rev, "camera_id": str(camera_id), "is_delete": is_delete}
        connection.execute(insert(self._changes).values(**entry, **place.model_dump()))
        if rev - self._facts.number(connection, Fact.HISTORY_FROM) > self._keep:
            self.forget(connection, rev - self._keep)
        return rev

    def forget(self, connection: Connection, until_rev: int) -> None:
        """Drop the changes up to that revision; older cursors expire."""
        connection.execute(delete(self._changes).where(self._changes.c.rev <= until_rev))
        self._facts.put(connection, Fact.HISTORY_FROM, str(until_rev))

    def reaches(self, connection: Connection, rev: int) -> bool:
        """Whether everything after that revision is known."""
        first = self._facts.number(connection, Fact.HISTORY_FROM)
        return first <= rev <= self._facts.number(connection, Fact.REV)

    def tell(self, connection: Connection, scope: Scope, after_rev: int, limit: int) -> Told:
        """What the scope has to be told after that revision."""
        entries = self._entries(connection, scope, after_rev, limit + 1)
        has_more = len(entries) > limit
        page = entries[:limit]
        end = page[-1].rev if has_more else self._facts.number(connection, Fact.REV)
        return Told(end, has_more, tuple(_changes(page, self._current(connection, scope, page))))

    def _entries(self, connection: Connection, scope: Scope, after_rev: int, most: int) -> list[_Entry]:
        table = self._changes
        query = select(table.c.rev, table.c.camera_id, table.c.is_delete)
        query = query.where(table.c.rev > after_rev, in_scope(scope, table)).order_by(table.c.rev).limit(most)
        return [_Entry(*row) for row in connection.execute(query)]

    def _current(
        self, connection: Connection, scope: Scope, entries: Sequence[_Entry]
    ) -> dict[str, tuple[int, str]]:
        """Revision and record of those cameras that are in scope now."""
        table = self._cameras
        wanted = table.c.id.in_({entry.camera_id for entry in entries})
        query = select(table.c.id, table.c.rev, table.c.record).where(wanted, in_scope(scope, table))
        return {row.id: (row.rev, row.record) for row in connection.execute(query)}


def _changes(entries: Sequence[_Entry], current: Mapping[str, tuple[int, str]]) -> Iterator[Upsert | Tombstone]:
    """An entry speaks only if it is the last word on its camera; else a later one will."""
    for entry in entries:
        rev, record = current.get(entry.camera_id, (0, ""))
        if rev == entry.rev:
            yield Upsert(camera=Camera.model_validate_json(record))
        elif rev == 0 and entry.is_delete:
            yield Tombstone(id=UUID(entry.camera_id), rev=entry.rev)
