"""The tables of officers, shifts, journals and what is read from them. Pure.

Times named `_s` are wall-clock, seconds since 1970; others are the texts of the journal.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, MetaData, Table

from app.demo.registry.columns import WHOLE, Text, key, text


class PeopleTables:
    """The tables; one instance per database.

    Args:
        metadata: the database's.
    """

    def __init__(self, metadata: MetaData) -> None:
        self.officers = _officers(metadata)
        self.sign_in_tries = _sign_in_tries(metadata)
        self.shifts = _shifts(metadata)
        self.handovers = _handovers(metadata)
        self.audit_events = _audit_events(metadata)
        self.viewings = _viewings(metadata)
        self.heartbeats = _heartbeats(metadata)


def _officers(metadata: MetaData) -> Table:
    return Table(
        "officers",
        metadata,
        key("id"),
        text("service_number", unique=True),
        text("name"),
        text("role"),
        text("pin_hash"),
        text("scope"),
        Column("is_active", Boolean, nullable=False),
        Column("is_locked", Boolean, nullable=False),
    )


def _sign_in_tries(metadata: MetaData) -> Table:
    return Table(
        "sign_in_tries",
        metadata,
        key("post_id"),
        key("service_number"),
        Column("wrong", Float, nullable=False),
        Column("last_at_s", Float, nullable=False, index=True),
    )


def _shifts(metadata: MetaData) -> Table:
    return Table(
        "shifts",
        metadata,
        key("id"),
        text("token_hash", unique=True),
        text("post_id", index=True),
        text("officer_id", index=True),
        Column("started_at_s", Float, nullable=False),
        Column("expires_at_s", Float, nullable=False),
        Column("ended_at_s", Float),
        Column("end_reason", Text),
    )


def _handovers(metadata: MetaData) -> Table:
    return Table(
        "handovers",
        metadata,
        Column("number", WHOLE, primary_key=True),
        text("id", unique=True),
        text("post_id", index=True),
        Column("at_s", Float, nullable=False),
        *(text(name) for name in ("from_shift_id", "from_officer_id", "to_shift_id", "to_officer_id")),
        text("note"),
        text("items"),
    )


def _audit_events(metadata: MetaData) -> Table:
    return Table(
        "audit_events",
        metadata,
        key("post_id"),
        Column("seq", WHOLE, primary_key=True, autoincrement=False),
        text("hash"),
        text("record"),
    )


def _viewings(metadata: MetaData) -> Table:
    return Table(
        "viewings",
        metadata,
        Column("number", WHOLE, primary_key=True),
        text("post_id"),
        text("camera_id", index=True),
        *(Column(name, Text) for name in ("officer_id", "purpose", "purpose_text")),
        text("started_at"),
        Column("ended_at", Text),
    )


def _heartbeats(metadata: MetaData) -> Table:
    return Table(
        "heartbeats", metadata, key("post_id"), Column("seen_at_s", Float, nullable=False), text("record")
    )
