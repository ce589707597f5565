"""Shared layouts: who may read, change and delete which, and how many there may be.

Any thread may call it. What a caller may not read is answered as if it did not exist.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, delete, false, func, insert, or_, select

from app.demo.registry.access import Post
from app.demo.registry.authorship import Author
from app.demo.registry.clock import NowS, utc_text
from app.demo.registry.database import Database
from app.demo.registry.facts import Facts
from app.demo.registry.layout_models import LayoutDraft, SharedLayout
from app.demo.registry.limits import LAYOUTS_MAX
from app.demo.registry.officers import Officer
from app.demo.registry.preconditions import changed_meanwhile
from app.demo.registry.problems import ProblemCode, ProblemError
from app.demo.registry.reach import Reader
from app.demo.registry.units import UnitBook, UnitTree


@dataclass(frozen=True, slots=True)
class _Caller:
    """Who asks, and the units of now."""

    reader: Reader
    tree: UnitTree

    def check_units(self, units: Iterable[str]) -> None:
        """Whether the caller may share with these units.

        Raises:
            ProblemError: not with all of them.
        """
        own = self.reader.officers_units(self.tree)
        if not all(self.tree.knows(unit) and self.tree.is_within(unit, own) for unit in units):
            detail = "jurisdiction and readers are units in the scopes of both the officer and this post."
            raise ProblemError(ProblemCode.INVALID_REQUEST, detail)


class LayoutOffice:
    """Keeps shared layouts.

    Args:
        database: where they are kept.
        units: which units there are.
        now_s: the wall clock, seconds since 1970.
    """

    def __init__(self, database: Database, units: UnitBook, now_s: NowS) -> None:
        self._database = database
        self._layouts = database.tables.layouts
        self._readers = database.tables.layout_readers
        self._facts = Facts(database.tables.facts)
        self._units = units
        self._now_s = now_s

    def page(self, reader: Reader, after: UUID | None, limit: int) -> tuple[list[SharedLayout], bool]:
        """Layouts that the caller may read, by id, and whether there are more."""
        table = self._layouts
        query = (
            select(table.c.record)
            .where(self._is_readable(self._caller(reader)))
            .order_by(table.c.id)
            .limit(limit + 1)
        )
        if after is not None:
            query = query.where(table.c.id > str(after))
        with self._database.reading() as connection:
            records = connection.scalars(query).all()
        found = [SharedLayout.model_validate_json(record) for record in records[:limit]]
        return found, len(records) > limit

    def get(self, reader: Reader, layout_id: UUID) -> SharedLayout:
        """One layout.

        Raises:
            ProblemError: there is none of that id that the caller may read.
        """
        caller = self._caller(reader)
        with self._database.reading() as connection:
            return self._readable(connection, caller, layout_id)

    def share(self, post: Post, officer: Officer, layout_id: UUID, draft: LayoutDraft) -> SharedLayout:
        """Keep a new layout, whose owner is the officer.

        Raises:
            ProblemError: the id is taken, a unit is not the officer's, or the jurisdiction has too many layouts.
        """
        caller = self._caller(Reader(post, officer))
        with self._database.writing() as connection:
            if self._exists(connection, layout_id):
                raise _changed(self._readable(connection, caller, layout_id))
            caller.check_units((draft.jurisdiction, *draft.readers))
            self._check_room(connection, draft.jurisdiction)
            return self._write(connection, officer.author, officer.author, layout_id, draft)

    def change(
        self, post: Post, officer: Officer, layout_id: UUID, draft: LayoutDraft, seen_revision: int
    ) -> SharedLayout:
        """Change a layout; its owner stays.

        Raises:
            ProblemError: the caller may not read or change it, it is not as the caller has seen it, or a unit that
                is new in it is not the officer's.
        """
        caller = self._caller(Reader(post, officer))
        with self._database.writing() as connection:
            held = self._changeable(connection, caller, officer, layout_id, seen_revision)
            caller.check_units({draft.jurisdiction, *draft.readers} - {held.jurisdiction, *held.readers})
            if draft.jurisdiction != held.jurisdiction:
                self._check_room(connection, draft.jurisdiction)
            self._erase(connection, layout_id)
            owner = Author(officer_id=held.owner, name=held.owner_name)
            return self._write(connection, officer.author, owner, layout_id, draft)

    def delete(self, post: Post, officer: Officer, layout_id: UUID, seen_revision: int) -> None:
        """Delete a layout.

        Raises:
            ProblemError: the caller may not read or change it, or it is not as the caller has seen it.
        """
        caller = self._caller(Reader(post, officer))
        with self._database.writing() as connection:
            self._changeable(connection, caller, officer, layout_id, seen_revision)
            self._erase(connection, layout_id)

    def _changeable(
        self, connection: Connection, caller: _Caller, officer: Officer, layout_id: UUID, seen_revision: int
    ) -> SharedLayout:
        held = self._readable(connection, caller, layout_id)
        is_chiefs = caller.tree.is_within(held.jurisdiction, caller.reader.chiefs_units(caller.tree))
        if held.owner != officer.id and not is_chiefs:
            detail = "Only its owner and a chief of its jurisdiction change a layout."
            raise ProblemError(ProblemCode.LAYOUT_NOT_YOURS, detail)
        if held.revision != seen_revision:
            raise _changed(held)
        return held

    def _exists(self, connection: Connection, layout_id: UUID) -> bool:
        query = select(self._layouts.c.id).where(self._layouts.c.id == str(layout_id))
        return connection.scalar(query) is not None

    def _readable(self, connection: Connection, caller: _Caller, layout_id: UUID) -> SharedLayout:
        table = self._layouts
        query = select(table.c.record).where(table.c.id == str(layout_id), self._is_readable(caller))
        record = connection.scalar(query)
        if record is None:
            raise ProblemError(
                ProblemCode.LAYOUT_UNKNOWN, "No layout of that id is shared with this post or officer."
            )
        return SharedLayout.model_validate_json(record)

    def _is_readable(self, caller: _Caller) -> ColumnElement[bool]:
        """One's own, those shared with a unit that one's own lies in, and all of a chief's jurisdiction."""
        table, readers, reader, tree = self._layouts, self._readers, caller.reader, caller.tree
        lineages = {above for unit in reader.units(tree) for above in tree.lineage(unit)}
        shared = select(readers.c.layout_id).where(readers.c.unit.in_(lineages))
        is_own = table.c.owner_id == str(reader.officer.id) if reader.officer else false()
        is_chiefs = table.c.jurisdiction.in_(tree.within(reader.chiefs_units(tree)))
        return or_(is_own, table.c.id.in_(shared), is_chiefs)

    def _caller(self, reader: Reader) -> _Caller:
        """Made before a transaction begins: one that read the units inside another would need two connections."""
        return _Caller(reader, self._units.tree())

    def _check_room(self, connection: Connection, jurisdiction: str) -> None:
        query = select(func.count()).select_from(self._layouts)
        held = connection.scalar(query.where(self._layouts.c.jurisdiction == jurisdiction)) or 0
        if held >= LAYOUTS_MAX:
            detail = f"This jurisdiction has {held} shared layouts, as many as it may: delete one first."
            raise ProblemError(ProblemCode.TOO_MANY_LAYOUTS, detail)

    def _erase(self, connection: Connection, layout_id: UUID) -> None:
        connection.execute(delete(self._layouts).where(self._layouts.c.id == str(layout_id)))
        connection.execute(delete(self._readers).where(self._readers.c.layout_id == str(layout_id)))

    def _write(
        self, connection: Connection, author: Author, owner: Author, layout_id: UUID, draft: LayoutDraft
    ) -> SharedLayout:
        written = SharedLayout(
            id=layout_id,
            revision=self._facts.next_layout_rev(connection),
            owner=owner.officer_id,
            owner_name=owner.name,
            jurisdiction=draft.jurisdiction,
            readers=draft.readers,
            layout=draft.layout,
            changed_by=author,
            changed_at=utc_text(self._now_s()),
        )
        row = {"id": str(layout_id), "owner_id": str(owner.officer_id), "jurisdiction": draft.jurisdiction}
        connection.execute(insert(self._layouts).values(**row, record=written.model_dump_json()))
        if draft.readers:
            rows = [{"layout_id": str(layout_id), "unit": unit} for unit in draft.readers]
            connection.execute(insert(self._readers), rows)
        return written


def _changed(held: SharedLayout) -> ProblemError:
    return changed_meanwhile("The layout", held.revision, held.changed_by, held.changed_at)
