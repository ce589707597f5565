"""Wrong PINs are slowed and then locked, without a way to lock others out.

Any thread may call it. What is counted, and why:

- Tries are counted for each **pair of post and service number**. Three wrong ones in a row are free, then each
  costs a wait that doubles; the tenth locks the pair for fifteen minutes, and so does every further one: one post
  can try 96 PINs of an officer a day, so that half of all six-digit PINs take 14 years.
- Whoever sits at one post (or holds its stolen key) thereby locks officers out of *that* post alone. No count
  spans posts: it would be the lever with which one post shuts the whole city's officers out of their walls.
- A **post** that tries many numbers with a few PINs each is slowed as a whole: twenty wrong tries are free, one is
  forgiven every three minutes. It is slowed, never locked.
- An *account* is locked by IT alone (`OfficerStore.set_locked`), which sees every lock of a pair in the log.
- Numbers that nobody has are counted like those of officers: being slowed tells nothing about who exists.

A try is counted before its PIN is checked and taken back when it was right, so that a hundred tries at once are no
way around the count. It outlives a restart. Service numbers have seven characters or more: a PIN that was typed
into the wrong field is refused by its form and never gets here.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from app.demo.registry import limits
from app.demo.registry.clock import NowS
from app.demo.registry.database import Database

_ANY_NUMBER = ""
"""Stands for all numbers of a post; no service number is empty."""


@dataclass(frozen=True, slots=True)
class Try:
    """A try that is counted as wrong until it is forgiven; `locks` if it leaves the pair locked."""

    locks: bool


@dataclass(frozen=True, slots=True)
class Hold:
    """A try came too early and was not counted; `is_locked` for the lock of a pair."""

    wait_s: float
    is_locked: bool


@dataclass(frozen=True, slots=True)
class _Wrong:
    """So many wrong tries when the last one came."""

    level: float = 0.0
    last_at_s: float = 0.0

    def left_s(self, wait_s: float, now_s: float) -> float:
        """What is left of a wait that began with the last try; a clock that was set back adds nothing."""
        return min(self.last_at_s + wait_s - now_s, wait_s)


class TryCounter:
    """Counts wrong tries in one database.

    Args:
        database: where they are kept.
        now_s: the wall clock, seconds since 1970.
    """

    def __init__(self, database: Database, now_s: NowS) -> None:
        self._database = database
        self._table = database.tables.people.sign_in_tries
        self._now_s = now_s

    def begin(self, post_id: str, service_number: str) -> Try | Hold:
        """Count a try of a post with a number, unless it has to wait."""
        now_s = self._now_s()
        with self._database.writing() as connection:
            self._forget(connection, now_s)
            counts = self._counts(connection, post_id, service_number)
            pair, post = (counts.get(each, _Wrong()) for each in (service_number, _ANY_NUMBER))
            hold = _hold(pair, post, now_s)
            if hold is None:
                self._put(connection, post_id, service_number, _Wrong(pair.level + 1, now_s))
                self._put(connection, post_id, _ANY_NUMBER, _Wrong(_after_quiet(post, now_s) + 1, now_s))
        return hold or Try(pair.level + 1 >= limits.WRONG_PINS_MAX)

    def forgive(self, post_id: str, service_number: str) -> None:
        """The try that has begun was right: the number starts anew, the post has one wrong try less."""
        table = self._table
        with self._database.writing() as connection:
            connection.execute(delete(table).where(*self._is(post_id, service_number)))
            one_less = update(table).where(*self._is(post_id, _ANY_NUMBER)).values(wrong=table.c.wrong - 1)
            connection.execute(one_less)

    def _forget(self, connection: Connection, now_s: float) -> None:
        over = self._table.c.last_at_s <= now_s - limits.WRONG_PINS_FORGOTTEN_S
        connection.execute(delete(self._table).where(over))

    def _counts(self, connection: Connection, post_id: str, service_number: str) -> Mapping[str, _Wrong]:
        table = self._table
        wanted = table.c.service_number.in_((service_number, _ANY_NUMBER))
        found = connection.execute(select(table).where(table.c.post_id == post_id, wanted))
        return {row.service_number: _Wrong(row.wrong, row.last_at_s) for row in found}

    def _put(self, connection: Connection, post_id: str, service_number: str, count: _Wrong) -> None:
        connection.execute(delete(self._table).where(*self._is(post_id, service_number)))
        row = {"post_id": post_id, "service_number": service_number}
        connection.execute(insert(self._table).values(**row, wrong=count.level, last_at_s=count.last_at_s))

    def _is(self, post_id: str, service_number: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
        return self._table.c.post_id == post_id, self._table.c.service_number == service_number


def _hold(pair: _Wrong, post: _Wrong, now_s: float) -> Hold | None:
    if pair.level >= limits.WRONG_PINS_MAX:
        left_s = pair.left_s(limits.WRONG_PINS_LOCK_S, now_s)
        if left_s > 0:
            return Hold(left_s, is_locked=True)
    pair_s = pair.left_s(_wait_s(pair.level, limits.WRONG_PINS_FREE), now_s)
    post_s = post.left_s(_wait_s(post.level, limits.POST_WRONG_PINS_FREE), now_s)
    wait_s = max(pair_s, post_s)
    return Hold(wait_s, is_locked=False) if wait_s > 0 else None


def _wait_s(level: float, free: int) -> float:
    """How long the next try waits after so many wrong ones, the last of which has not begun to be forgiven."""
    above_free = math.ceil(level) - free
    if above_free < 0:
        return 0.0
    doublings = min(above_free, 16)  # far above the cap, and no number too large for a float
    return min(limits.WRONG_PIN_WAIT_S * 2.0**doublings, limits.WRONG_PIN_WAIT_MAX_S)


def _after_quiet(post: _Wrong, now_s: float) -> float:
    """What is left of a post's count after the time without a try."""
    quiet_s = max(now_s - post.last_at_s, 0.0)
    return max(post.level - quiet_s / limits.POST_WRONG_PIN_FORGIVEN_S, 0.0)
