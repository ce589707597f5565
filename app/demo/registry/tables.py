"""The registry's tables of posts, cameras, layouts and walls. Pure.

No camera address, user name or password is ever written here, tokens and codes only as hashes, PINs as Argon2id.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, Column, Float, MetaData, Table

from app.demo.registry.columns import WHOLE
from app.demo.registry.columns import key as _key
from app.demo.registry.columns import text as _text
from app.demo.registry.tables_people import PeopleTables

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
            Column("rev", WHOLE, nullable=False, unique=True),
            _text("code", unique=True),
            _text("record"),
            *_jurisdiction(),
        )
        self.changes = self._table(
            "changes",
            Column("rev", WHOLE, primary_key=True),
            _text("camera_id"),
            Column("is_delete", Boolean, nullable=False),
            *_jurisdiction(),
        )
        self.posts = self._table("posts", _key("id"), _text("name"), _text("key"), _text("scope"))
        self.enrolment_codes = self._table("enrolment_codes", _key("hash"), _text("name"), _text("scope"), _end())
        self.tokens = self._table("tokens", _key("hash"), _text("post_id"), _end())
        self.wrong_codes = self._table(
            "wrong_codes",
            Column("number", WHOLE, primary_key=True),
            _text("peer_hash", index=True),
            Column("at_s", Float, nullable=False, index=True),
        )
        self.assertions = self._table("assertions", _key("hash"), _end())
        self.leases = self._table(
            "leases", _key("id"), _text("post_id"), _text("camera_id"), _text("profile"), _end()
        )
        self.layouts = self._table(
            "layouts",
            _key("id"),
            _text("owner_id"),
            _text("jurisdiction", index=True),
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
    return Column("revision", WHOLE, nullable=False)


def _end() -> Column[float]:
    """Until when a row is good; indexed, since rows that are over are swept."""
    return Column("expires_at_s", Float, nullable=False, index=True)


def _jurisdiction() -> list[Column[str]]:
    return [_text(name) for name in JURISDICTION_COLUMNS]
