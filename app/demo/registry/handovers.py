"""Handovers: one shift ends, the next begins, and what was said about the wall is kept with both officers.

Any thread may call it. It must not import FastAPI.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, Row, insert, select

from app.demo.registry.clock import NowS, utc_text
from app.demo.registry.database import Database
from app.demo.registry.models_people import Handover, HandoverItem, HandoverRequest, ShiftOfficer
from app.demo.registry.officers import Officer, OfficerStore
from app.demo.registry.shifts import Shift, ShiftEnd, ShiftStore, StartedShift


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A handover that was kept, and the shift that it began."""

    id: UUID
    started: StartedShift


class HandoverDesk:
    """The handovers of one database.

    Args:
        database: where they are kept.
        shifts: ends and begins shifts.
        officers: who signed.
        now_s: the wall clock, seconds since 1970.
    """

    def __init__(self, database: Database, shifts: ShiftStore, officers: OfficerStore, now_s: NowS) -> None:
        self._database = database
        self._table = database.tables.people.handovers
        self._shifts = shifts
        self._officers = officers
        self._now_s = now_s

    def hand_over(
        self, post_id: str, shift_id: UUID, officer: Officer, said: HandoverRequest
    ) -> HandedOver | ShiftEnd | None:
        """End a post's open shift and begin the next officer's, in one step.

        Returns:
            why the shift was over already, or None where the post never had it; nothing has changed then.
        """
        with self._database.writing() as connection:
            old = self._shifts.of_id_in(connection, post_id, shift_id)
            if not isinstance(old, Shift):
                return old
            self._shifts.end_in(connection, shift_id, ShiftEnd.HANDED_OVER)
            started = self._shifts.start_in(connection, post_id, officer)
            return HandedOver(self._keep(connection, old, started.shift, said), started)

    def last(self, post_id: str, limit: int) -> tuple[Handover, ...]:
        """A post's last handovers, the newest first."""
        table = self._table
        query = select(table).where(table.c.post_id == post_id).order_by(table.c.number.desc()).limit(limit)
        with self._database.reading() as connection:
            rows = connection.execute(query).all()
        signed = {UUID(each) for row in rows for each in (row.from_officer_id, row.to_officer_id)}
        officers = self._officers.by_id(signed)
        return tuple(_handover(row, officers) for row in rows)

    def _keep(self, connection: Connection, old: Shift, new: Shift, said: HandoverRequest) -> UUID:
        handover_id = uuid4()
        row = {
            "id": str(handover_id),
            "post_id": old.post_id,
            "at_s": self._now_s(),
            "from_shift_id": str(old.id),
            "from_officer_id": str(old.officer.id),
            "to_shift_id": str(new.id),
            "to_officer_id": str(new.officer.id),
            "note": said.note,
            "items": json.dumps([item.model_dump(mode="json") for item in said.items]),
        }
        connection.execute(insert(self._table).values(**row))
        return handover_id


def shift_officer(officer: Officer) -> ShiftOfficer:
    """An officer as answers name them: without their scope."""
    return ShiftOfficer(
        id=officer.id, service_number=officer.service_number, name=officer.name, role=officer.role.value
    )


def _handover(row: Row[tuple[Any, ...]], officers: Mapping[UUID, Officer]) -> Handover:
    return Handover(
        handover_id=UUID(row.id),
        at=utc_text(row.at_s),
        from_officer=shift_officer(officers[UUID(row.from_officer_id)]),
        to_officer=shift_officer(officers[UUID(row.to_officer_id)]),
        from_shift_id=UUID(row.from_shift_id),
        to_shift_id=UUID(row.to_shift_id),
        note=row.note,
        items=tuple(HandoverItem.model_validate(item) for item in json.loads(row.items)),
    )
