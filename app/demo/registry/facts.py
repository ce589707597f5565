"""What the registry's file knows about itself: its catalogue's origin, epoch and revision.

All of it works inside a transaction of whoever calls it.
"""

from __future__ import annotations

import secrets
from enum import Enum

from sqlalchemy import Connection, Table, delete, insert, select


class Fact(Enum):
    """The keys of the table."""

    EPOCH = "epoch"
    TAG = "tag"
    REV = "rev"
    HISTORY_FROM = "history-from"  # changes after this revision are known
    JURISDICTIONS = "jurisdictions"
    LAYOUT_REV = "layout-rev"
    SCOPES = "scopes"  # how often a post was given another scope


CATALOGUE_FACTS = (Fact.EPOCH, Fact.REV, Fact.HISTORY_FROM)
"""Of these one at least changes whenever the catalogue or its history does."""


class Facts:
    """One row for each fact."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def get(self, connection: Connection, fact: Fact) -> str | None:
        """The fact, None where the file does not have it yet."""
        value = connection.scalar(select(self._table.c.value).where(self._table.c.key == fact.value))
        return None if value is None else str(value)

    def put(self, connection: Connection, fact: Fact, value: str) -> None:
        """Keep or replace the fact."""
        connection.execute(delete(self._table).where(self._table.c.key == fact.value))
        connection.execute(insert(self._table).values(key=fact.value, value=value))

    def number(self, connection: Connection, fact: Fact) -> int:
        """A fact that is a number; 0 where there is none."""
        return int(self.get(connection, fact) or 0)

    def epoch(self, connection: Connection) -> str:
        """The history that cursors and ETags belong to."""
        return self.get(connection, Fact.EPOCH) or "0" * 8

    def state(self, connection: Connection) -> frozenset[tuple[str, str]]:
        """Differs whenever the catalogue or its history does."""
        table, names = self._table, [fact.value for fact in CATALOGUE_FACTS]
        rows = connection.execute(select(table.c.key, table.c.value).where(table.c.key.in_(names)))
        return frozenset((row.key, row.value) for row in rows)

    def begin_epoch(self, connection: Connection) -> None:
        """End all cursors and ETags that were given out."""
        self.put(connection, Fact.EPOCH, secrets.token_hex(4))

    def next_rev(self, connection: Connection) -> int:
        """Count one change of the catalogue more."""
        return self._count(connection, Fact.REV)

    def next_layout_rev(self, connection: Connection) -> int:
        """Count one change of a layout more: a layout that is made anew never has a revision again that it had."""
        return self._count(connection, Fact.LAYOUT_REV)

    def note_scope(self, connection: Connection) -> None:
        """Count one change of a post's scope more."""
        self._count(connection, Fact.SCOPES)

    def _count(self, connection: Connection, fact: Fact) -> int:
        number = self.number(connection, fact) + 1
        self.put(connection, fact, str(number))
        return number
