"""The journals of all posts: lines are taken in order, checked, and never changed.

Any thread may call it. It must not import FastAPI.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select

from app.demo.registry.audit_chain import AuditLine, LineFault, Link, follows, read_line
from app.demo.registry.database import Database
from app.demo.registry.problems import ProblemCode
from app.demo.registry.viewings import ViewingLedger


@dataclass(frozen=True, slots=True)
class Refused:
    """The first line that was not taken; `line` counts from 1."""

    line: int
    fault: LineFault


@dataclass(frozen=True, slots=True)
class Taken:
    """How far a journal is kept after some lines came."""

    last: Link
    refused: Refused | None


@dataclass(frozen=True, slots=True)
class JournalPage:
    """Some lines of a journal, oldest first, and how far it is kept."""

    events: tuple[dict[str, Any], ...]
    has_more: bool
    last: Link


class JournalStore:
    """The journals of one database.

    Args:
        database: where they are kept.
        viewings: what is read from them for the cameras' owners.
    """

    def __init__(self, database: Database, viewings: ViewingLedger) -> None:
        self._database = database
        self._table = database.tables.people.audit_events
        self._viewings = viewings

    def append(self, post_id: str, lines: Sequence[bytes]) -> Taken:
        """Take lines until one is wrong; lines that are kept already are skipped."""
        read = [read_line(line) for line in lines]
        with self._database.writing() as connection:
            last = self._last(connection, post_id)
            for number, line in enumerate(read, start=1):
                taken = self._take(connection, post_id, line, last)
                if isinstance(taken, LineFault):
                    return Taken(last, Refused(number, taken))
                last = taken
        return Taken(last, None)

    def page(self, post_id: str, after_seq: int, limit: int) -> JournalPage:
        """Lines with a number above `after_seq`, as they were written."""
        table = self._table
        query = select(table.c.record).where(table.c.post_id == post_id, table.c.seq > after_seq)
        with self._database.reading() as connection:
            records = connection.scalars(query.order_by(table.c.seq).limit(limit + 1)).all()
            last = self._last(connection, post_id)
        events = tuple(json.loads(record) for record in records[:limit])
        return JournalPage(events, len(records) > limit, last)

    def _take(
        self, connection: Connection, post_id: str, line: AuditLine | LineFault, last: Link
    ) -> Link | LineFault:
        """Where the chain ends once the line is in it."""
        if isinstance(line, LineFault):
            return line
        if line.event.seq <= last.seq:
            return self._again(connection, post_id, line, last)
        fault = follows(line, last)
        if fault:
            return fault
        event = line.event
        row = {"post_id": post_id, "seq": event.seq, "hash": event.hash, "record": line.record}
        connection.execute(insert(self._table).values(**row))
        self._viewings.note_in(connection, post_id, event)
        return Link(event.seq, event.hash)

    def _again(self, connection: Connection, post_id: str, line: AuditLine, last: Link) -> Link | LineFault:
        """A line whose number is kept: the same one is welcome, for an answer may have been lost."""
        table, seq = self._table, line.event.seq
        kept = connection.scalar(select(table.c.hash).where(table.c.post_id == post_id, table.c.seq == seq))
        if kept == line.event.hash:
            return last
        detail = "The journal has another line of that number."
        return LineFault(ProblemCode.AUDIT_CONTRADICTION, detail, seq)

    def _last(self, connection: Connection, post_id: str) -> Link:
        table = self._table
        query = select(table.c.seq, table.c.hash).where(table.c.post_id == post_id)
        row = connection.execute(query.order_by(table.c.seq.desc()).limit(1)).one_or_none()
        return Link(row.seq, row.hash) if row else Link()
