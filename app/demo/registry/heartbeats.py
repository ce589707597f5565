"""When each post was last seen, and how it was. Any thread may call it. It must not import FastAPI."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, insert, select

from app.demo.registry.clock import NowS
from app.demo.registry.database import Database
from app.demo.registry.models_people import Heartbeat


@dataclass(frozen=True, slots=True)
class LastSeen:
    """A post's last heartbeat; wall-clock seconds since 1970."""

    seen_at_s: float
    heartbeat: Heartbeat


class HeartbeatStore:
    """The last heartbeat of each post in one database.

    Args:
        database: where they are kept.
        now_s: the wall clock, seconds since 1970.
    """

    def __init__(self, database: Database, now_s: NowS) -> None:
        self._database = database
        self._table = database.tables.people.heartbeats
        self._now_s = now_s

    def note(self, post_id: str, heartbeat: Heartbeat) -> None:
        """A post has just said how it is."""
        row = {"post_id": post_id, "seen_at_s": self._now_s(), "record": heartbeat.model_dump_json()}
        with self._database.writing() as connection:
            connection.execute(delete(self._table).where(self._table.c.post_id == post_id))
            connection.execute(insert(self._table).values(**row))

    def last(self, post_id: str) -> LastSeen | None:
        """How a post was when it was last seen; None if it never was."""
        with self._database.reading() as connection:
            row = connection.execute(select(self._table).where(self._table.c.post_id == post_id)).one_or_none()
        return None if row is None else LastSeen(row.seen_at_s, Heartbeat.model_validate_json(row.record))
