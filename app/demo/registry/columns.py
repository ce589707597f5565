"""Columns that many of the registry's tables have, alike in every kind of database. Pure."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Column, Dialect, Integer, String, TypeDecorator
from sqlalchemy.types import TypeEngine

WHOLE = BigInteger().with_variant(Integer, "sqlite")
"""A whole number of up to 63 bits: SQLite counts its rows in an INTEGER alone, PostgreSQL's has 32 bits."""


class Text(TypeDecorator[str]):
    """A text, ordered by code points everywhere.

    PostgreSQL would order by the language of whoever made the database, so that pages would end elsewhere; and it
    keeps no NUL, which becomes the sign for it: nobody types one.
    """

    impl = String
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[str]:
        """The type of one kind of database."""
        collation = "C" if dialect.name == "postgresql" else None
        return dialect.type_descriptor(String(collation=collation))

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """What is kept of a text, and looked for."""
        return None if value is None else str(value).replace("\0", "␀")


def key(name: str) -> Column[str]:
    """A text that a row is found by."""
    return Column(name, Text, primary_key=True)


def text(name: str, **options: Any) -> Column[str]:
    """A text that every row has; `options` are those of the column."""
    return Column(name, Text, nullable=False, **options)
