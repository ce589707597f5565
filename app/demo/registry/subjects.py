"""What long-polls wait for, and the marks that tell whether it has changed. Runs in the server's event loop."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, select

from app.demo.registry.database import Database
from app.demo.registry.facts import CATALOGUE_FACTS, Fact

CATALOGUE = "catalogue"
_TOLD_FACTS = (*CATALOGUE_FACTS, Fact.SCOPES)


def desired_of(wall_id: str) -> str:
    """What a wall is to show."""
    return f"desired {wall_id}"


def reported_of(wall_id: str) -> str:
    """What a wall reports."""
    return f"reported {wall_id}"


class SubjectMarks:
    """Reads the marks of one database: a few milliseconds for a city's walls."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._tables = database.tables

    def read(self) -> dict[str, object]:
        """The mark of each subject; what has none yet is left out."""
        with self._database.reading() as connection:
            return dict(self._marks(connection))

    def _marks(self, connection: Connection) -> Iterator[tuple[str, object]]:
        facts, orders, walls = self._tables.facts, self._tables.wall_orders, self._tables.walls
        names = [fact.value for fact in _TOLD_FACTS]
        rows = connection.execute(select(facts.c.key, facts.c.value).where(facts.c.key.in_(names)))
        yield CATALOGUE, frozenset((row.key, row.value) for row in rows)
        for wall_id, revision, due_at_s in connection.execute(
            select(orders.c.wall_id, orders.c.revision, orders.c.due_at_s)
        ):
            yield desired_of(wall_id), (revision, due_at_s)
        for wall_id, revision in connection.execute(select(walls.c.id, walls.c.revision)):
            yield reported_of(wall_id), revision
