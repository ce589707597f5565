"""Wrong enrolment codes are counted by address, so that guessing is slow.

Any thread may call it; the count is one for all workers of a registry. It must not import FastAPI.
"""

from __future__ import annotations

from sqlalchemy import delete, insert, select

from app.demo.registry.clock import NowS
from app.demo.registry.database import Database
from app.demo.registry.digest import sha256_text
from app.demo.registry.limits import WRONG_CODES_MAX, WRONG_CODES_WINDOW_S


class WrongCodes:
    """The count of one database.

    Args:
        database: where it is kept; addresses as hashes.
        now_s: the wall clock, seconds since 1970.
    """

    def __init__(self, database: Database, now_s: NowS) -> None:
        self._database = database
        self._table = database.tables.wrong_codes
        self._now_s = now_s

    def wait_s(self, peer: str) -> float:
        """How long that address has to wait before its next try, 0 if it need not."""
        table, now_s = self._table, self._now_s()
        is_this = (table.c.peer_hash == sha256_text(peer), table.c.at_s > now_s - WRONG_CODES_WINDOW_S)
        query = select(table.c.at_s).where(*is_this).order_by(table.c.at_s.desc()).limit(WRONG_CODES_MAX)
        with self._database.reading() as connection:
            times_s = connection.scalars(query).all()
        if len(times_s) < WRONG_CODES_MAX:
            return 0.0
        oldest_s: float = times_s[-1]
        return max(oldest_s + WRONG_CODES_WINDOW_S - now_s, 1.0)

    def note(self, peer: str) -> None:
        """That address has just sent a wrong code."""
        table, now_s = self._table, self._now_s()
        with self._database.writing() as connection:
            connection.execute(delete(table).where(table.c.at_s <= now_s - WRONG_CODES_WINDOW_S))
            connection.execute(insert(table).values(peer_hash=sha256_text(peer), at_s=now_s))
