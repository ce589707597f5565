"""Walls: what posts report of them, and which ones a post or a chief may know of.

Any thread may call it. A wall belongs to a post: its id is the post's, with a number for each further wall.
"""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from app.demo.registry.access import AccessStore, Post
from app.demo.registry.clock import NowS
from app.demo.registry.database import Database
from app.demo.registry.models import Scope
from app.demo.registry.officers import Officer
from app.demo.registry.problems import ProblemCode, ProblemError
from app.demo.registry.reach import Reach, Reader
from app.demo.registry.wall_models import Reported, WallReport


class _Held(WallReport):
    """A report as it is kept."""

    reported_at_s: float


class WallReports:
    """Keeps the last report of each wall.

    Args:
        database: where they are kept.
        access: which posts there are.
        reach: whom a chief commands.
        now_s: the wall clock, seconds since 1970.
    """

    def __init__(self, database: Database, access: AccessStore, reach: Reach, now_s: NowS) -> None:
        self._database = database
        self._walls = database.tables.walls
        self._posts = database.tables.posts
        self._access = access
        self._reach = reach
        self._now_s = now_s

    def report(self, post: Post, wall_id: str, report: WallReport) -> None:
        """Keep what a post says of its wall.

        Raises:
            ProblemError: the wall is of another post.
        """
        if post_id_of(wall_id) != post.id:
            raise unknown_wall()
        held = _Held(**report.model_dump(), reported_at_s=self._now_s())
        with self._database.writing() as connection:
            revision = self._revision(connection, wall_id) + 1
            connection.execute(delete(self._walls).where(self._walls.c.id == wall_id))
            row = {"id": wall_id, "post_id": post.id, "revision": revision, "record": held.model_dump_json()}
            connection.execute(insert(self._walls).values(**row))

    def directed(self, at: Post, chief: Officer, wall_id: str) -> Post:
        """The post of a wall that has reported and that a chief, working at a post, directs.

        Raises:
            ProblemError: there is no such wall in the chief's jurisdiction.
        """
        post = self._access.post(post_id_of(wall_id))
        if post is None or not all(self._reach.directs(at, chief, [post.scope])) or not self.revision(wall_id):
            raise unknown_wall()
        return post

    def check_readable(self, reader: Reader, wall_id: str) -> None:
        """Whether the caller may know of a wall: its own post, and a chief who directs it.

        Raises:
            ProblemError: the caller may not.
        """
        if post_id_of(wall_id) == reader.post.id:
            return
        if reader.chief is None:
            raise unknown_wall()
        self.directed(reader.post, reader.chief, wall_id)

    def revision(self, wall_id: str) -> int:
        """How often a wall has reported."""
        with self._database.reading() as connection:
            return self._revision(connection, wall_id)

    def reported(self, wall_id: str) -> Reported:
        """The last report of a wall.

        Raises:
            ProblemError: it has not reported yet.
        """
        found = self._reported([wall_id])
        if not found:
            raise unknown_wall()
        return found[0]

    def page(self, at: Post, chief: Officer, after: str, limit: int) -> tuple[list[Reported], bool]:
        """Walls that a chief, working at a post, directs: by id, and whether there are more."""
        ids = self._directed_ids(at, chief, after)
        return self._reported(ids[:limit]), len(ids) > limit

    def _directed_ids(self, at: Post, chief: Officer, after: str) -> list[str]:
        walls, posts = self._walls, self._posts
        query = select(walls.c.id, posts.c.scope).join(posts, posts.c.id == walls.c.post_id)
        with self._database.reading() as connection:
            rows = connection.execute(query.where(walls.c.id > after).order_by(walls.c.id)).all()
        scopes = {row.scope: Scope.model_validate_json(row.scope) for row in rows}
        are_directed = dict(zip(scopes, self._reach.directs(at, chief, list(scopes.values())), strict=True))
        return [row.id for row in rows if are_directed[row.scope]]

    def _reported(self, wall_ids: list[str]) -> list[Reported]:
        walls, posts = self._walls, self._posts
        query = select(walls, posts.c.name).join(posts, posts.c.id == walls.c.post_id)
        with self._database.reading() as connection:
            rows = connection.execute(query.where(walls.c.id.in_(wall_ids)).order_by(walls.c.id)).all()
        return [self._answer(row.id, row.post_id, row.name, row.revision, row.record) for row in rows]

    def _answer(self, wall_id: str, post_id: str, post_name: str, revision: int, record: str) -> Reported:
        held = _Held.model_validate_json(record)
        return Reported(
            **held.model_dump(exclude={"reported_at_s"}),
            wall_id=wall_id,
            post_id=post_id,
            post_name=post_name,
            revision=revision,
            age_s=max(0.0, self._now_s() - held.reported_at_s),
        )

    def _revision(self, connection: Connection, wall_id: str) -> int:
        return connection.scalar(select(self._walls.c.revision).where(self._walls.c.id == wall_id)) or 0


def post_id_of(wall_id: str) -> str:
    """The post that a wall belongs to."""
    return wall_id.partition(".")[0]


def unknown_wall() -> ProblemError:
    """The answer to whoever may not know of a wall, and where there is none."""
    return ProblemError(ProblemCode.WALL_UNKNOWN, "There is no such wall of this post or in this jurisdiction.")
