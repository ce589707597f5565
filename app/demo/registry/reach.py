"""How far whoever works at a post reaches: no further than their own scope and that of the post.

A stolen post makes nobody mightier than the post, and a stolen PIN makes no post mightier than the officer. What
somebody answers for is told by cameras; layouts belong to units, and are told by the tree of units. Any thread may
call it. It must not import FastAPI.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection, and_, case, func, select

from app.demo.registry.access import Post
from app.demo.registry.database import Database
from app.demo.registry.models import Scope
from app.demo.registry.officers import Officer, Role
from app.demo.registry.scope import in_scope
from app.demo.registry.store import CatalogueStore
from app.demo.registry.tables import JURISDICTION_COLUMNS
from app.demo.registry.units import UnitTree

_SCOPES_AT_ONCE = 500
"""A row of SQLite's has at most 2,000 columns."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who asks: a post, and the officer on duty there if one has signed in."""

    post: Post
    officer: Officer | None

    @property
    def chief(self) -> Officer | None:
        """The officer, where it is a chief."""
        return self.officer if self.officer and self.officer.role is Role.CHIEF else None

    def units(self, tree: UnitTree) -> frozenset[str]:
        """The units that the caller belongs to: the post's, and those that are the officer's as well."""
        return self.officers_units(tree).union(self.post.scope.units)

    def officers_units(self, tree: UnitTree) -> frozenset[str]:
        """The units in which the officer acts."""
        return tree.common(self.post.scope.units, self.officer.scope.units) if self.officer else frozenset()

    def chiefs_units(self, tree: UnitTree) -> frozenset[str]:
        """The units that the caller commands."""
        return self.officers_units(tree) if self.chief else frozenset()


class Reach:
    """Answers for one database.

    Args:
        database: which cameras a scope shows.
        catalogue: the cameras by their ids.
    """

    def __init__(self, database: Database, catalogue: CatalogueStore) -> None:
        self._database = database
        self._cameras = database.tables.cameras
        self._catalogue = catalogue

    def holds_camera(self, post: Post, officer: Officer, camera_id: UUID) -> bool:
        """Whether an officer from IT, working at that post, answers for a camera."""
        scopes = (post.scope, officer.scope)
        return officer.role is Role.IT and all(self._catalogue.cameras(each, (camera_id,)) for each in scopes)

    def holds_post(self, post: Post, officer: Officer, other: Post) -> bool:
        """Whether an officer from IT, working at that post, answers for everything that another post sees."""
        return officer.role is Role.IT and all(self._held(post, officer, [other.scope]))

    def directs(self, post: Post, officer: Officer, others: Sequence[Scope]) -> list[bool]:
        """For each scope whether a chief, working at that post, commands everything that posts of it see."""
        return self._held(post, officer, others) if officer.role is Role.CHIEF else [False] * len(others)

    def _held(self, post: Post, officer: Officer, inner: Sequence[Scope]) -> list[bool]:
        """Whether each scope shows something, all of which the post's and the officer's both show.

        Units and areas are two axes: only the cameras tell whether a unit lies in an area.
        """
        starts = range(0, len(inner), _SCOPES_AT_ONCE)
        with self._database.reading() as connection:
            batches = (inner[start : start + _SCOPES_AT_ONCE] for start in starts)
            return [answer for batch in batches for answer in self._held_of(connection, post, officer, batch)]

    def _held_of(self, connection: Connection, post: Post, officer: Officer, inner: Sequence[Scope]) -> list[bool]:
        """Each place of cameras is looked at once for all scopes: a city has few hundred places."""
        cameras = self._cameras
        are_both = and_(in_scope(post.scope, cameras), in_scope(officer.scope, cameras))
        is_held = case((are_both, 1), else_=0)  # numbers: not every database has a least truth
        columns = [cameras.c[name] for name in JURISDICTION_COLUMNS]
        places = select(*columns, is_held.label("is_held")).distinct().cte("places")
        answers = (func.min(case((in_scope(scope, places), places.c.is_held))) for scope in inner)
        # NULL where a scope shows nothing
        return [bool(are_held) for are_held in connection.execute(select(*answers)).one()]
