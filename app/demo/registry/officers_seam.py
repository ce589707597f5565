"""Whose shift it is: officers by the token of their shift, and what routes need to know of them.

Any thread may call it. Tokens are kept as SHA-256 hashes: they are long and random. It must not import FastAPI.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from enum import Enum
from typing import Protocol
from uuid import UUID

from sqlalchemy import delete, insert, select

from app.demo.registry.authorship import Author
from app.demo.registry.clock import NowS
from app.demo.registry.database import Database
from app.demo.registry.models import Scope

_TOKEN_BYTES = 32
_LIFETIME_S = 12 * 3600


class Role(Enum):
    """What an officer may do besides looking."""

    OFFICER = "officer"
    CHIEF = "chief"
    IT = "it"


@dataclass(frozen=True, slots=True)
class Officer:
    """Who is on duty at a post."""

    id: UUID
    name: str
    role: Role
    scope: Scope

    @property
    def author(self) -> Author:
        """How answers name who made a change."""
        return Author(officer_id=self.id, name=self.name)


class Officers(Protocol):
    """Knows whose shift a token is of."""

    def officer_of(self, post_id: str, token: str) -> Officer | None:
        """The officer whose shift at that post the token is of; None for one that is unknown or over."""


class SeamOfficers:
    """Officers with a shift, in one table.

    Args:
        database: where they are kept.
        now_s: the wall clock, seconds since 1970.
    """

    def __init__(self, database: Database, now_s: NowS) -> None:
        self._database = database
        self._shifts = database.tables.seam_shifts
        self._now_s = now_s

    def begin(self, post_id: str, officer: Officer) -> str:
        """Begin an officer's shift at a post; gives its token."""
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        row = {
            "hash": _hash(post_id, token),
            "officer_id": str(officer.id),
            "name": officer.name,
            "role": officer.role.value,
            "scope": officer.scope.model_dump_json(),
            "expires_at_s": self._now_s() + _LIFETIME_S,
        }
        with self._database.writing() as connection:
            connection.execute(delete(self._shifts).where(self._shifts.c.expires_at_s <= self._now_s()))
            connection.execute(insert(self._shifts).values(**row))
        return token

    def officer_of(self, post_id: str, token: str) -> Officer | None:
        """The officer whose shift at that post the token is of; None for one that is unknown or over."""
        is_this = self._shifts.c.hash == _hash(post_id, token)
        is_good = self._shifts.c.expires_at_s > self._now_s()
        with self._database.reading() as connection:
            row = connection.execute(select(self._shifts).where(is_this, is_good)).one_or_none()
        if row is None:
            return None
        return Officer(UUID(row.officer_id), row.name, Role(row.role), Scope.model_validate_json(row.scope))


def _hash(post_id: str, token: str) -> str:
    """A token is of use at its own post only."""
    return hashlib.sha256(f"{post_id} {token}".encode("utf-8", "surrogatepass")).hexdigest()
