"""The registry's one database: transactions on it, whatever kind it is.

Any thread may use it; each transaction has its own connection. Several processes may share it: the workers of one
registry, or a test that changes the catalogue which a running server serves.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from app.core.errors import ConfigError
from app.demo.registry.data_place import DataPlace
from app.demo.registry.postgres_server import PostgresServer
from app.demo.registry.sqlite_file import SqliteFile
from app.demo.registry.tables import Tables

_SCHEMA_VERSION = 1


class _Backend(Protocol):
    """What one kind of database does in its own way."""

    @property
    def for_reading(self) -> Engine:
        """Its connections see one state of the data throughout a transaction."""

    @property
    def for_writing(self) -> Engine:
        """Its connections may write."""

    def lock(self, connection: Connection) -> None:
        """Keep all other writers out until the transaction ends."""

    def commits(self) -> object:
        """A value that differs after any other connection has committed a change."""

    def schema_version(self, connection: Connection) -> int:
        """Which version of this program made the tables, 0 where there are none."""

    def keep_schema_version(self, connection: Connection, version: int) -> None:
        """The tables are of that version."""

    def close(self) -> None:
        """Give everything back."""


class Database:
    """Transactions on one database; its tables are made if they are not there.

    Args:
        place: the SQLite file, or a server's database.

    Raises:
        ConfigError: it cannot be opened, is no database or is of another version of this program.
    """

    def __init__(self, place: DataPlace) -> None:
        self.tables = Tables()
        self._backend: _Backend = SqliteFile(place) if isinstance(place, Path) else PostgresServer(place)
        self._turn = threading.Lock()
        try:
            self._prepare(place)
        except DBAPIError as error:
            self.close()
            raise ConfigError(f"The registry cannot use {place}: {_first_line(error)}.") from None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of the data throughout."""
        with self._backend.for_reading.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that may write; one at a time over all processes.

        Threads wait here for their turn, before they have a connection: those who wait for the database's own lock
        would keep all connections from whoever has it, and SQLite has them ask again and again.
        """
        with self._turn, self._backend.for_writing.begin() as connection:
            self._backend.lock(connection)
            yield connection

    def commits(self) -> object:
        """A value that differs after any other connection has committed a change; call it from one thread only."""
        return self._backend.commits()

    def close(self) -> None:
        """Give it back."""
        self._backend.close()

    def _prepare(self, place: DataPlace) -> None:
        with self.writing() as connection:
            version = self._backend.schema_version(connection)
            if version not in (0, _SCHEMA_VERSION):
                raise ConfigError(f"The registry cannot use {place}: it was made by another version of Pantau.")
            self.tables.metadata.create_all(connection)
            self._backend.keep_schema_version(connection, _SCHEMA_VERSION)


def _first_line(error: DBAPIError) -> str:
    """What the database says, without an address or a full stop at its end."""
    said = str(error.orig).strip().splitlines() or ["it does not answer"]
    return said[-1].strip().rstrip(".")
