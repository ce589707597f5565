"""Officers: who may start a shift, with which role and scope.

Any thread may call it. PINs come as hashes only. It must not import FastAPI.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, insert, select, update

from app.demo.registry.authorship import Author
from app.demo.registry.database import Database
from app.demo.registry.models import Scope


class Role(Enum):
    """What an officer may do."""

    OFFICER = "officer"
    CHIEF = "chief"
    IT = "it"


@dataclass(frozen=True, slots=True)
class Officer:
    """Somebody who may start a shift; what they may do reaches as far as their scope."""

    id: UUID
    service_number: str
    name: str
    role: Role
    scope: Scope

    @property
    def author(self) -> Author:
        """How answers name who made a change."""
        return Author(officer_id=self.id, name=self.name)


@dataclass(frozen=True, slots=True)
class Account:
    """An officer with what decides on a sign-in.

    Attributes:
        officer: who it is.
        pin_hash: the PIN's Argon2id hash.
        is_locked: IT has locked the account, and IT alone unlocks it.
    """

    officer: Officer
    pin_hash: str
    is_locked: bool


class OfficerStore:
    """The officers of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._table = database.tables.people.officers

    def is_empty(self) -> bool:
        """Whether there never was an officer."""
        with self._database.reading() as connection:
            return connection.scalar(select(func.count()).select_from(self._table)) == 0

    def add(self, officer: Officer, pin_hash: str) -> bool:
        """Add an officer; False, changing nothing, where the service number is taken."""
        row = {
            "id": str(officer.id),
            "service_number": officer.service_number,
            "name": officer.name,
            "role": officer.role.value,
            "pin_hash": pin_hash,
            "scope": officer.scope.model_dump_json(),
        }
        is_this = self._table.c.service_number == officer.service_number
        with self._database.writing() as connection:
            is_taken = connection.scalar(select(func.count()).select_from(self._table).where(is_this)) != 0
            if not is_taken:
                connection.execute(insert(self._table).values(**row, is_active=True, is_locked=False))
        return not is_taken

    def account(self, service_number: str) -> Account | None:
        """The account of that number, None where there is none or it was taken out of use."""
        is_this = self._table.c.service_number == service_number
        with self._database.reading() as connection:
            row = connection.execute(select(self._table).where(is_this, self._table.c.is_active)).one_or_none()
        return None if row is None else Account(officer_of(row), row.pin_hash, row.is_locked)

    def by_id(self, ids: Iterable[UUID]) -> dict[UUID, Officer]:
        """Those of the given officers that are known, out of use or not: the past names them, too."""
        wanted = self._table.c.id.in_({str(each) for each in ids})
        with self._database.reading() as connection:
            found = [officer_of(row) for row in connection.execute(select(self._table).where(wanted))]
        return {officer.id: officer for officer in found}

    def set_locked(self, service_number: str, *, is_locked: bool) -> bool:
        """Lock or unlock an account, which IT alone does; False where there is no such number."""
        return self._change(service_number, is_locked=is_locked)

    def retire(self, service_number: str) -> bool:
        """Take an account out of use for good; False where there is no such number."""
        return self._change(service_number, is_active=False)

    def _change(self, service_number: str, **values: bool) -> bool:
        change = update(self._table).where(self._table.c.service_number == service_number).values(**values)
        with self._database.writing() as connection:
            return connection.execute(change).rowcount > 0


def officer_of(row: Row[tuple[Any, ...]]) -> Officer:
    """The officer of a row that has the columns of `officers`, whatever else it has."""
    scope = Scope.model_validate_json(row.scope)
    return Officer(UUID(row.id), row.service_number, row.name, Role(row.role), scope)
