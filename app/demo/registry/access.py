"""Who may ask: enrolment codes, posts, their tokens and the assertions that were used.

Any thread may call it. Codes, tokens and assertion ids are kept as SHA-256 hashes. It must not import FastAPI.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from app.demo.registry.clock import NowS
from app.demo.registry.database import Database
from app.demo.registry.digest import sha256_text
from app.demo.registry.facts import Facts
from app.demo.registry.limits import ENROLMENT_CODE_LIFETIME_S, TOKEN_LIFETIME_S
from app.demo.registry.models import PublicKey, Scope

_CODE_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no letter that is taken for a digit. 16 of them are 80 bits."""
_CODE_LENGTH = 16
_CODE_GROUP_LENGTH = 4
_TOKEN_BYTES = 32


@dataclass(frozen=True, slots=True)
class Post:
    """A post that has enrolled."""

    id: str
    name: str
    key: PublicKey
    scope: Scope


class AccessStore:
    """Posts and what proves them, in one database.

    Args:
        database: where they are kept.
        now_s: the wall clock, seconds since 1970.
    """

    def __init__(self, database: Database, now_s: NowS) -> None:
        self._database = database
        self._posts = database.tables.posts
        self._codes = database.tables.enrolment_codes
        self._tokens = database.tables.tokens
        self._assertions = database.tables.assertions
        self._facts = Facts(database.tables.facts)
        self._now_s = now_s

    def issue_code(self, name: str, scope: Scope) -> str:
        """A code that makes one PC the post of that name; earlier codes for that name are void."""
        letters = "".join(secrets.choice(_CODE_LETTERS) for _ in range(_CODE_LENGTH))
        row = {
            "hash": sha256_text(letters),
            "name": name,
            "scope": scope.model_dump_json(),
            "expires_at_s": self._now_s() + ENROLMENT_CODE_LIFETIME_S,
        }
        with self._database.writing() as connection:
            connection.execute(delete(self._codes).where(self._codes.c.name == name))
            connection.execute(insert(self._codes).values(**row))
        starts = range(0, _CODE_LENGTH, _CODE_GROUP_LENGTH)
        return "-".join(letters[start : start + _CODE_GROUP_LENGTH] for start in starts)

    def enrol(self, code: str, key: PublicKey) -> Post | None:
        """Use a code up and make the post; None for a code that is wrong, used or over."""
        is_this = self._codes.c.hash == sha256_text(code.replace("-", "").upper())
        is_good = self._codes.c.expires_at_s > self._now_s()
        with self._database.writing() as connection:
            found = connection.execute(select(self._codes).where(is_this, is_good)).one_or_none()
            if found is None:
                return None
            connection.execute(delete(self._codes).where(is_this))
            row = {
                "id": f"post_{secrets.token_hex(8)}",
                "name": found.name,
                "key": key.model_dump_json(),
                "scope": found.scope,
            }
            connection.execute(insert(self._posts).values(**row))
        return Post(row["id"], found.name, key, Scope.model_validate_json(found.scope))

    def post(self, post_id: str) -> Post | None:
        """The post of that id."""
        with self._database.reading() as connection:
            row = connection.execute(select(self._posts).where(self._posts.c.id == post_id)).one_or_none()
        return None if row is None else _post(row)

    def change_scope(self, post_id: str, scope: Scope) -> None:
        """Give a post another jurisdiction: its cursors are answered with `scope-changed`."""
        change = update(self._posts).where(self._posts.c.id == post_id).values(scope=scope.model_dump_json())
        with self._database.writing() as connection:
            connection.execute(change)
            self._facts.note_scope(connection)

    def use_assertion(self, post_id: str, jti: str, expires_at_s: float) -> bool:
        """Remember an assertion until it is over; False if it was used before."""
        row = {"hash": sha256_text(f"{post_id} {jti}"), "expires_at_s": expires_at_s}
        try:
            with self._database.writing() as connection:
                over = self._assertions.c.expires_at_s <= self._now_s()
                connection.execute(delete(self._assertions).where(over))
                connection.execute(insert(self._assertions).values(**row))
        except IntegrityError:
            return False
        return True

    def issue_token(self, post_id: str) -> str:
        """A bearer token for a post, good for ten minutes."""
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        expires_at_s = self._now_s() + TOKEN_LIFETIME_S
        with self._database.writing() as connection:
            connection.execute(delete(self._tokens).where(self._tokens.c.expires_at_s <= self._now_s()))
            row = {"hash": sha256_text(token), "post_id": post_id, "expires_at_s": expires_at_s}
            connection.execute(insert(self._tokens).values(**row))
        return token

    def post_of_token(self, token: str) -> Post | None:
        """Whose token it is; None for one that is unknown or over."""
        is_this = self._tokens.c.hash == sha256_text(token)
        is_good = self._tokens.c.expires_at_s > self._now_s()
        query = select(self._posts).join(self._tokens, self._tokens.c.post_id == self._posts.c.id)
        with self._database.reading() as connection:
            row = connection.execute(query.where(is_this, is_good)).one_or_none()
        return None if row is None else _post(row)


def _post(row: Row[tuple[str, str, str, str]]) -> Post:
    key, scope = PublicKey.model_validate_json(row.key), Scope.model_validate_json(row.scope)
    return Post(row.id, row.name, key, scope)
