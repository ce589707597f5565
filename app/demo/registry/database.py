"""The registry's one SQLite file: its tables, and transactions on it.

Any thread may use it; each transaction has its own connection. Several processes may open the same file: a
test changes the catalogue that a running server serves. No camera address, user name or password is ever
written here, tokens and codes only as hashes, PINs as Argon2id.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import (
    URL,
    Boolean,
    Column,
    Connection,
    Engine,
    Float,
    Integer,
    MetaData,
    String,
    Table,
    create_engine,
    event,
)
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import ConnectionPoolEntry

from app.core.errors import ConfigError
from app.demo.registry.columns import key as _key
from app.demo.registry.columns import text as _text
from app.demo.registry.tables_people import PeopleTables

_SCHEMA_VERSION = 1
_BUSY_TIMEOUT_S = 10.0
JURISDICTION_COLUMNS = ("polda", "polres", "polsek", "subsector", "kelurahan_code")
"""What tells whose business a camera is; of `cameras` and `changes`."""


class Tables:
    """The tables; one instance per database. Times are wall-clock, seconds since 1970."""

    def __init__(self) -> None:
        self.metadata = MetaData()
        self.facts = self._table("facts", _key("key"), _text("value"))
        self.cameras = self._table(
            "cameras",
            _key("id"),
            Column("rev", Integer, nullable=False, unique=True),
            Column("code", String, nullable=False, unique=True),
            _text("record"),
            *_jurisdiction(),
        )
        self.changes = self._table(
            "changes",
            Column("rev", Integer, primary_key=True),
            _text("camera_id"),
            Column("is_delete", Boolean, nullable=False),
            *_jurisdiction(),
        )
        self.posts = self._table("posts", _key("id"), _text("name"), _text("key"), _text("scope"))
        self.enrolment_codes = self._table("enrolment_codes", _key("hash"), _text("name"), _text("scope"), _end())
        self.tokens = self._table("tokens", _key("hash"), _text("post_id"), _end())
        self.assertions = self._table("assertions", _key("hash"), _end())
        self.leases = self._table(
            "leases", _key("id"), _text("post_id"), _text("camera_id"), _text("profile"), _end()
        )
        self.layouts = self._table(
            "layouts",
            _key("id"),
            _text("owner_id"),
            Column("jurisdiction", String, nullable=False, index=True),
            _text("record"),
        )
        self.layout_readers = self._table("layout_readers", _key("layout_id"), _key("unit"))
        self.walls = self._table("walls", _key("id"), _text("post_id"), _revision(), _text("record"))
        self.wall_orders = self._table(
            "wall_orders", _key("wall_id"), _revision(), Column("due_at_s", Float), _text("record")
        )
        self.wall_schedules = self._table("wall_schedules", _key("wall_id"), _text("record"))
        self.people = PeopleTables(self.metadata)

    def _table(self, name: str, *columns: Column[Any]) -> Table:
        return Table(name, self.metadata, *columns)


def _revision() -> Column[int]:
    """How often a row was changed; apart from its record, since those who wait for a change look often."""
    return Column("revision", Integer, nullable=False)


def _end() -> Column[float]:
    """Until when a row is good; indexed, since rows that are over are swept."""
    return Column("expires_at_s", Float, nullable=False, index=True)


def _jurisdiction() -> list[Column[str]]:
    return [_text(name) for name in JURISDICTION_COLUMNS]


class Database:
    """Transactions on one SQLite file, which is made if it is not there.

    Raises:
        ConfigError: the file cannot be opened, is no SQLite file or is of another version of this program.
    """

    def __init__(self, path: Path) -> None:
        self.tables = Tables()
        self._engine = _engine(path)
        try:
            self._prepare(path)
            self._watcher = self._engine.connect()
        except DatabaseError as error:
            self._engine.dispose()
            raise ConfigError(f"The registry cannot use {path}: {error.orig}.") from error

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of the data throughout."""
        with self._engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that may write; one at a time, in the order of asking."""
        with self._engine.connect().execution_options(is_writing=True) as connection, connection.begin():
            yield connection

    def data_version(self) -> int:
        """A number that differs after any other connection has committed a change.

        Call it from one thread only: the number means something on one connection alone
        (https://sqlite.org/pragma.html#pragma_data_version).
        """
        with self._watcher.begin():
            return int(self._watcher.exec_driver_sql("PRAGMA data_version").scalar_one())

    def close(self) -> None:
        """Give the file back."""
        self._watcher.close()
        self._engine.dispose()

    def _prepare(self, path: Path) -> None:
        with self.writing() as connection:
            version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
            if version not in (0, _SCHEMA_VERSION):
                raise ConfigError(f"The registry cannot use {path}: it was made by another version of Pantau.")
            self.tables.metadata.create_all(connection)
            connection.exec_driver_sql(f"PRAGMA user_version = {_SCHEMA_VERSION}")


def _engine(path: Path) -> Engine:
    # hide_parameters: an exception's text must never show a hash, a key or a record.
    url = URL.create("sqlite", database=str(path))
    engine = create_engine(url, hide_parameters=True, connect_args={"timeout": _BUSY_TIMEOUT_S})
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    return engine


def _on_connect(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    # sqlite3 would begin transactions by itself, and late; `_on_begin` does it (SQLAlchemy, "SQLite dialect").
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")


def _on_begin(connection: Connection) -> None:
    is_writing = connection.get_execution_options().get("is_writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writing else "BEGIN")
