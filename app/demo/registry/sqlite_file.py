"""A SQLite file as the registry's database: how it is opened and locked.

Any thread may use it; each transaction has its own connection, and several processes may open the same file.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlalchemy import URL, Connection, create_engine, event
from sqlalchemy.pool import ConnectionPoolEntry

_BUSY_TIMEOUT_S = 10.0
_POOL_SIZE = 40
"""One for each thread that FastAPI works with: one that is opened for a moment costs more than its use."""


class SqliteFile:
    """One file, which is made if it is not there.

    Args:
        path: the file.
    """

    def __init__(self, path: Path) -> None:
        # hide_parameters: an exception's text must never show a hash, a key or a record.
        url = URL.create("sqlite", database=str(path))
        self.engine = create_engine(
            url, hide_parameters=True, pool_size=_POOL_SIZE, connect_args={"timeout": _BUSY_TIMEOUT_S}
        )
        event.listen(self.engine, "connect", _on_connect)
        event.listen(self.engine, "begin", _on_begin)
        self.for_reading = self.engine
        self.for_writing = self.engine.execution_options(is_writing=True)
        self._watcher: Connection | None = None

    def lock(self, connection: Connection) -> None:
        """Nothing: the transaction began with the lock."""

    def commits(self) -> object:
        """A value that differs after any other connection has committed.

        Call it from one thread only: the number means something on one connection alone
        (https://sqlite.org/pragma.html#pragma_data_version).
        """
        self._watcher = self._watcher or self.engine.connect()
        with self._watcher.begin():
            return int(self._watcher.exec_driver_sql("PRAGMA data_version").scalar_one())

    def schema_version(self, connection: Connection) -> int:
        """Which version of this program made the tables; 0 for a new file."""
        return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())

    def keep_schema_version(self, connection: Connection, version: int) -> None:
        """The tables are of that version."""
        connection.exec_driver_sql(f"PRAGMA user_version = {version:d}")

    def close(self) -> None:
        """Give the file back."""
        if self._watcher is not None:
            self._watcher.close()
        self.engine.dispose()


def _on_connect(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    # sqlite3 would begin transactions by itself, and late; `_on_begin` does it (SQLAlchemy, "SQLite dialect").
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")


def _on_begin(connection: Connection) -> None:
    is_writing = connection.get_execution_options().get("is_writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writing else "BEGIN")
