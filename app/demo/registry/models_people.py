"""Requests and answers about officers, shifts, the journal and viewings, named as in the contract. Pure."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from app.demo.registry.limits import HANDOVER_ITEMS_MAX, SEQUENCE_MAX
from app.demo.registry.problems import Problem

ServiceNumber = Annotated[str, Field(min_length=7, max_length=32, pattern=r"^[0-9A-Za-z][0-9A-Za-z./-]*$")]
"""Longer than a PIN: one that is typed into this field is refused before anything keeps it."""
Pin = Annotated[str, Field(pattern=r"^[0-9]{6}$", repr=False)]
Whole = Annotated[int, Field(ge=0, le=SEQUENCE_MAX)]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


def _real_moment(text: str) -> str:
    datetime.fromisoformat(text)
    return text


Utc = Annotated[
    str,
    Field(pattern=r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?Z$"),
    AfterValidator(_real_moment),
]
"""RFC 3339 in UTC, to the microsecond at most."""


class SignIn(BaseModel):
    """What an officer types to start a shift."""

    service_number: ServiceNumber
    pin: Pin


class ShiftOfficer(BaseModel):
    """Who works, signs over or looked at something."""

    id: UUID
    service_number: str
    name: str
    role: Literal["officer", "chief", "it"]


class ShiftAnswer(BaseModel):
    """A shift that has begun. Its token leaves in this one answer only."""

    shift_id: UUID
    officer: ShiftOfficer
    token: str = Field(repr=False)
    expires_in_s: int
    started_at: str
    offline_s: int


class HandoverItem(BaseModel):
    """One tile that the next officer has to know about."""

    tile: str = Field(pattern=r"^[1-9][0-9]{0,2}\.[1-9][0-9]{0,2}$")
    camera_id: UUID
    state: str = Field(max_length=32, pattern=r"^[a-z][a-z0-9-]*$")
    since_s: float = Field(ge=0, allow_inf_nan=False)
    text: str = Field(default="", max_length=200)


class HandoverRequest(SignIn):
    """The next officer accepts a wall and what is to be known about it."""

    note: str = Field(default="", max_length=2_000)
    items: list[HandoverItem] = Field(default_factory=list, max_length=HANDOVER_ITEMS_MAX)


class HandoverAnswer(ShiftAnswer):
    """The next officer's shift, and where the handover is kept."""

    handover_id: UUID


class Handover(BaseModel):
    """A handover that was made."""

    handover_id: UUID
    at: str
    from_officer: ShiftOfficer
    to_officer: ShiftOfficer
    from_shift_id: UUID
    to_shift_id: UUID
    note: str
    items: tuple[HandoverItem, ...]


class Handovers(BaseModel):
    """A post's last handovers, the newest first."""

    handovers: tuple[Handover, ...]


class AuditEvent(BaseModel):
    """One line of a post's journal; members that are not known are hashed and kept like the others."""

    model_config = ConfigDict(extra="allow")

    id: str = Field(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$")
    seq: Annotated[int, Field(strict=True, ge=1, le=SEQUENCE_MAX)]
    prev: Sha256
    hash: Sha256
    at: Utc
    kind: str = Field(max_length=64, pattern=r"^[a-z][a-z0-9-]*$")
    officer_id: UUID | None = None
    camera_id: UUID | None = None
    detail: dict[str, Any]


class AuditRefusal(BaseModel):
    """The first line that was not taken, and why."""

    line: int
    seq: int | None
    problem: Problem


class AuditAnswer(BaseModel):
    """How far a post's journal is kept, signed."""

    acknowledged_seq: int
    checkpoint: str
    refused: AuditRefusal | None = None


class AuditPage(BaseModel):
    """Lines of a post's journal as they were written, and how far it is kept."""

    post_id: str
    events: tuple[AuditEvent, ...]
    more: bool
    acknowledged_seq: int
    checkpoint: str


class ViewingPost(BaseModel):
    """Where somebody looked."""

    id: str
    name: str


class Viewing(BaseModel):
    """Somebody looked at a camera."""

    number: int
    post: ViewingPost
    officer: ShiftOfficer | None
    purpose: str | None
    purpose_text: str | None
    started_at: str
    ended_at: str | None


class Viewings(BaseModel):
    """Who looked at a camera, in the order in which the registry learned of it."""

    viewings: tuple[Viewing, ...]
    more: bool


class Heartbeat(BaseModel):
    """How a post is."""

    version: str = Field(min_length=1, max_length=64)
    tiles: Annotated[int, Field(ge=0, le=100_000)]
    live: Annotated[int, Field(ge=0, le=100_000)]
    uptime_s: float = Field(ge=0, allow_inf_nan=False)
    audit_seq: Whole
