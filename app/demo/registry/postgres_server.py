"""A database of a PostgreSQL server as the registry's: how it is opened and locked.

Any thread may use it; each transaction has its own connection, and any number of processes, on this machine or
others, may share the database. Writers are kept one at a time by a lock of the server's, which ends with the
transaction whatever becomes of its process: what holds for a file, where `BEGIN IMMEDIATE` does it, holds here.
"""

from __future__ import annotations

from sqlalchemy import URL, Connection, create_engine, make_url, text

from app.demo.registry.data_place import PostgresPlace

_WRITER_LOCK = 0x50414E54_41550001
"""Of all locks that a database's users agree on by number, ours: "PANTAU" and 1."""
_POOL_SIZE = 10
"""Kept open: to open one costs the server a process. Nine workers stay below the hundred connections that a server
takes unless it is told otherwise."""
_CONNECT_S = 5
_LOCK_WAIT_MS = 10_000
"""As long as a file's lock is waited for; then the answer is 503."""
_SETTINGS = f"-c lock_timeout={_LOCK_WAIT_MS} -c timezone=UTC"


class PostgresServer:
    """One database, which exists already.

    Args:
        place: where it is.
    """

    def __init__(self, place: PostgresPlace) -> None:
        self.engine = create_engine(
            _with_settings(place),
            hide_parameters=True,  # an exception's text must never show a hash, a key or a record
            pool_size=_POOL_SIZE,
            max_overflow=0,
            pool_pre_ping=True,  # a server that was started anew costs nobody an error
        )
        # A reader sees one state throughout. A writer must not: its snapshot would be older than its lock.
        self.for_reading = self.engine.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )
        self.for_writing = self.engine.execution_options(isolation_level="READ COMMITTED")
        self._for_watching = self.engine.execution_options(isolation_level="AUTOCOMMIT")

    def lock(self, connection: Connection) -> None:
        """Wait for one's turn to write, in the order of asking."""
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _WRITER_LOCK})

    def commits(self) -> object:
        """A value that differs after anybody has committed a change: which transactions can be seen."""
        with self._for_watching.connect() as connection:
            return connection.scalar(text("SELECT pg_current_snapshot()::text"))

    def schema_version(self, connection: Connection) -> int:
        """Which version of this program made the tables; 0 for a new database."""
        is_there = connection.scalar(text("SELECT to_regclass('pantau_schema') IS NOT NULL"))
        return int(connection.scalar(text("SELECT version FROM pantau_schema")) or 0) if is_there else 0

    def keep_schema_version(self, connection: Connection, version: int) -> None:
        """The tables are of that version."""
        connection.execute(text("CREATE TABLE IF NOT EXISTS pantau_schema (version INTEGER NOT NULL)"))
        connection.execute(text("DELETE FROM pantau_schema"))
        connection.execute(text("INSERT INTO pantau_schema VALUES (:version)"), {"version": version})

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()


def _with_settings(place: PostgresPlace) -> URL:
    """The address with our settings after those that it names itself."""
    url = make_url(place.url).set(drivername="postgresql+psycopg")
    own = url.query.get("options", "")
    options = f"{own if isinstance(own, str) else ' '.join(own)} {_SETTINGS}".strip()
    defaults = {"connect_timeout": str(_CONNECT_S), "application_name": "pantau-registry"}
    return url.set(query={**defaults, **url.query, "options": options})
