"""How far somebody from IT reaches: no further than their own scope and that of the post at which they work.

A stolen post makes nobody mightier than the post, and a stolen PIN makes no post mightier than the officer. Any
thread may call it. It must not import FastAPI.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import exists, not_, select

from app.demo.registry.access import Post
from app.demo.registry.database import Database
from app.demo.registry.models import Scope
from app.demo.registry.officers import Officer, Role
from app.demo.registry.scope import in_scope
from app.demo.registry.store import CatalogueStore


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
        scopes = (post.scope, officer.scope)
        return officer.role is Role.IT and all(self._holds(each, other.scope) for each in scopes)

    def _holds(self, outer: Scope, inner: Scope) -> bool:
        """Whether a scope shows something, and another one all of it.

        Units and areas are two axes: only the cameras tell whether a unit lies in an area.
        """
        is_inner = in_scope(inner, self._cameras)
        is_beyond = not_(in_scope(outer, self._cameras))
        query = select(exists().where(is_inner), exists().where(is_inner, is_beyond))
        with self._database.reading() as connection:
            shows_any, shows_beyond = connection.execute(query).one()
        return bool(shows_any) and not shows_beyond
