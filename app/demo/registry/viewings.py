"""Who looked at a camera: kept from the journal's `view-started` and `view-ended`, for the camera's owner.

Any thread may call it. A post looks at a camera once at a time: a console opens no camera twice. So an end belongs
to the start before it, and a start without an end (the wall lost its power) is ended by the next one. It must not
import FastAPI.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, insert, select, update

from app.demo.registry.database import Database
from app.demo.registry.handovers import shift_officer
from app.demo.registry.models_people import AuditEvent, Viewing, ViewingPost
from app.demo.registry.officers import Officer, OfficerStore

_TEXT_MAX_LENGTH = 200


class _Kind(Enum):
    """The kinds of events that are read here."""

    STARTED = "view-started"
    ENDED = "view-ended"


class ViewingLedger:
    """The viewings of one database.

    Args:
        database: where they are kept.
        officers: who looked.
    """

    def __init__(self, database: Database, officers: OfficerStore) -> None:
        self._database = database
        self._table = database.tables.people.viewings
        self._posts = database.tables.posts
        self._officers = officers

    def note_in(self, connection: Connection, post_id: str, event: AuditEvent) -> None:
        """Take from a line of the journal what it says about looking, in the transaction that keeps the line."""
        kinds = {kind.value: kind for kind in _Kind}
        kind = kinds.get(event.kind)
        if kind is None or event.camera_id is None:
            return
        self._end(connection, post_id, event)
        if kind is _Kind.STARTED:
            connection.execute(insert(self._table).values(**_started(post_id, event)))

    def of_camera(self, camera_id: UUID, after: int, limit: int) -> tuple[tuple[Viewing, ...], bool]:
        """Viewings with a number above `after`, oldest first, and whether there are more."""
        table, posts = self._table, self._posts
        query = select(table, posts.c.name).join(posts, posts.c.id == table.c.post_id)
        query = query.where(table.c.camera_id == str(camera_id), table.c.number > after)
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(table.c.number).limit(limit + 1)).all()
        officers = self._officers.by_id({UUID(row.officer_id) for row in rows if row.officer_id})
        return tuple(_viewing(row, officers) for row in rows[:limit]), len(rows) > limit

    def _end(self, connection: Connection, post_id: str, event: AuditEvent) -> None:
        table = self._table
        is_this = (table.c.post_id == post_id, table.c.camera_id == str(event.camera_id))
        ended = update(table).where(*is_this, table.c.ended_at.is_(None)).values(ended_at=event.at)
        connection.execute(ended)


def _started(post_id: str, event: AuditEvent) -> dict[str, object]:
    return {
        "post_id": post_id,
        "camera_id": str(event.camera_id),
        "officer_id": str(event.officer_id) if event.officer_id else None,
        "purpose": _text(event, "purpose"),
        "purpose_text": _text(event, "purpose_text"),
        "started_at": event.at,
    }


def _text(event: AuditEvent, name: str) -> str | None:
    value = event.detail.get(name)
    return value[:_TEXT_MAX_LENGTH] if isinstance(value, str) and value else None


def _viewing(row: Row[tuple[Any, ...]], officers: Mapping[UUID, Officer]) -> Viewing:
    officer = officers.get(UUID(row.officer_id)) if row.officer_id else None
    return Viewing(
        number=row.number,
        post=ViewingPost(id=row.post_id, name=row.name),
        officer=shift_officer(officer) if officer else None,
        purpose=row.purpose,
        purpose_text=row.purpose_text,
        started_at=row.started_at,
        ended_at=row.ended_at,
    )
