"""Shifts: which officer works at which post, from a sign-in to an end with its reason.

Any thread may call it. A post has one open shift and an officer has one open shift; a new one ends the older, so
that nobody's name stays open at a wall that they have left. Tokens are kept as SHA-256 hashes. It must not import
FastAPI.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from enum import Enum
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Connection, Row, insert, select, update

from app.demo.registry.clock import NowS
from app.demo.registry.database import Database
from app.demo.registry.digest import sha256_text
from app.demo.registry.limits import SHIFT_LIFETIME_S
from app.demo.registry.officers import Officer, officer_of

_TOKEN_BYTES = 32


class ShiftEnd(Enum):
    """Why a shift is over."""

    SIGNED_OFF = "signed-off"
    HANDED_OVER = "handed-over"
    REPLACED = "replaced"  # somebody signed in at the same post
    ELSEWHERE = "elsewhere"  # the officer signed in at another post
    OVER = "over"  # its time is up
    LOCKED = "locked"  # the account was locked, or taken out of use


@dataclass(frozen=True, slots=True)
class Shift:
    """An officer's open shift at a post."""

    id: UUID
    post_id: str
    officer: Officer
    started_at_s: float


@dataclass(frozen=True, slots=True)
class StartedShift:
    """A new shift with its token, which is told this once."""

    shift: Shift
    token: str


class ShiftStore:
    """The shifts of one database.

    Args:
        database: where they are kept.
        now_s: the wall clock, seconds since 1970.
    """

    def __init__(self, database: Database, now_s: NowS) -> None:
        self._database = database
        self._shifts = database.tables.people.shifts
        self._officers = database.tables.people.officers
        self._now_s = now_s

    def start(self, post_id: str, officer: Officer) -> StartedShift:
        """Begin a shift; the post's open one and the officer's open one end."""
        with self._database.writing() as connection:
            return self.start_in(connection, post_id, officer)

    def start_in(self, connection: Connection, post_id: str, officer: Officer) -> StartedShift:
        """`start` inside a transaction that does more."""
        self._end(connection, self._shifts.c.post_id == post_id, ShiftEnd.REPLACED)
        self._end(connection, self._shifts.c.officer_id == str(officer.id), ShiftEnd.ELSEWHERE)
        shift, token = Shift(uuid4(), post_id, officer, self._now_s()), secrets.token_urlsafe(_TOKEN_BYTES)
        row = {
            "id": str(shift.id),
            "token_hash": sha256_text(token),
            "post_id": post_id,
            "officer_id": str(officer.id),
            "started_at_s": shift.started_at_s,
            "expires_at_s": shift.started_at_s + SHIFT_LIFETIME_S,
        }
        connection.execute(insert(self._shifts).values(**row))
        return StartedShift(shift, token)

    def of_token(self, post_id: str, token: str) -> Shift | ShiftEnd | None:
        """The shift of a token at its post, or why it is over; None for a token that the post was never given."""
        with self._database.reading() as connection:
            return self._find(connection, post_id, self._shifts.c.token_hash == sha256_text(token))

    def of_id(self, post_id: str, shift_id: UUID) -> Shift | ShiftEnd | None:
        """A post's shift, or why it is over; None for one that the post never had."""
        with self._database.reading() as connection:
            return self.of_id_in(connection, post_id, shift_id)

    def of_id_in(self, connection: Connection, post_id: str, shift_id: UUID) -> Shift | ShiftEnd | None:
        """`of_id` inside a transaction that does more."""
        return self._find(connection, post_id, self._shifts.c.id == str(shift_id))

    def end(self, post_id: str, shift_id: UUID) -> Shift | ShiftEnd | None:
        """Sign a post's shift off and return it; else why it was over before, None where there never was one."""
        with self._database.writing() as connection:
            found = self.of_id_in(connection, post_id, shift_id)
            if isinstance(found, Shift):
                self.end_in(connection, shift_id, ShiftEnd.SIGNED_OFF)
        return found

    def end_in(self, connection: Connection, shift_id: UUID, reason: ShiftEnd) -> None:
        """End an open shift inside a transaction that does more."""
        self._end(connection, self._shifts.c.id == str(shift_id), reason)

    def _find(self, connection: Connection, post_id: str, is_this: ColumnElement[bool]) -> Shift | ShiftEnd | None:
        shifts, officers = self._shifts, self._officers
        own = [each for each in shifts.c if each.name not in ("id", "post_id", "officer_id")]
        query = select(officers, shifts.c.id.label("shift_id"), *own)
        query = query.join(shifts, officers.c.id == shifts.c.officer_id)
        row = connection.execute(query.where(is_this, shifts.c.post_id == post_id)).one_or_none()
        if row is None:
            return None
        over = _end_of(row, self._now_s())
        return over or Shift(UUID(row.shift_id), post_id, officer_of(row), row.started_at_s)

    def _end(self, connection: Connection, which: ColumnElement[bool], reason: ShiftEnd) -> None:
        is_open = self._shifts.c.ended_at_s.is_(None)
        over = {"ended_at_s": self._now_s(), "end_reason": reason.value}
        connection.execute(update(self._shifts).where(which, is_open).values(**over))


def _end_of(row: Row[tuple[Any, ...]], now_s: float) -> ShiftEnd | None:
    if row.end_reason is not None:
        return ShiftEnd(row.end_reason)
    if row.expires_at_s <= now_s:
        return ShiftEnd.OVER
    return None if row.is_active and not row.is_locked else ShiftEnd.LOCKED
