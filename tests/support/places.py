"""Where the registries of the tests keep their data: files, unless this run is one on PostgreSQL."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.demo.registry.data_place import DataPlace

if TYPE_CHECKING:
    import psycopg
    from psycopg.sql import Composed

FOLDER_VARIABLE = "TESTS_POSTGRES_FOLDER"
"""Names the folder of the server that keeps all registries' data in this run of the tests, if there is one."""
NewPlace = Callable[[], DataPlace]
"""Gives a place without data whenever it is called."""


def written_into(place: DataPlace) -> bytes:
    """Everything that a registry keeps in a database of a server; nothing for a file, which can be read itself."""
    if isinstance(place, Path):
        return b""
    import psycopg
    from psycopg import sql

    tables = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
    with psycopg.connect(place.url) as connection, connection.cursor() as cursor:
        names = [name for (name,) in cursor.execute(tables).fetchall()]
        copies = [sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(name)) for name in names]
        return b"".join(_copied(cursor, copy) for copy in copies)


def _copied(cursor: psycopg.Cursor[Any], copy: Composed) -> bytes:
    with cursor.copy(copy) as rows:
        return b"".join(bytes(row) for row in rows)


def usual_place(folder: Path) -> DataPlace:
    """Where a registry keeps its data in this run of the tests: a file of the folder, or a new database."""
    server = os.environ.get(FOLDER_VARIABLE)
    if server is None:
        return folder / "registry.sqlite"
    from tests.support.postgres import new_database  # there is none on Windows

    return new_database(Path(server))
