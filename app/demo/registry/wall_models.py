"""Walls as the contract has them: what they report, and what chiefs want them to show. Pure.

Named as in `resources/openapi/registry.v1.json`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from app.core.names import one_line
from app.demo.registry.authorship import Author
from app.demo.registry.layout_models import LayoutDocument, Tile
from app.demo.registry.limits import (
    LAYOUT_TILES_MAX,
    MESSAGE_MAX_LENGTH,
    MONITORS_MAX,
    ORDER_LASTS_MAX_S,
    REVISION_MAX,
    SCHEDULE_ENTRIES_MAX,
)

_AGE_MAX_S = 1e9
Monitor = Annotated[int, Field(strict=True, ge=1, le=MONITORS_MAX)]
Line = Annotated[str, Field(max_length=MESSAGE_MAX_LENGTH), AfterValidator(one_line)]
"""Text for people; what cannot be seen is taken out of it."""
AgeS = Annotated[float, Field(strict=True, ge=0, le=_AGE_MAX_S, allow_inf_nan=False)]
LastsS = Annotated[int, Field(strict=True, ge=1, le=ORDER_LASTS_MAX_S)]
Revision = Annotated[int, Field(strict=True, ge=0, le=REVISION_MAX)]
TimeOfDay = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def _each_once(days: Sequence[Day]) -> Sequence[Day]:
    if len(set(days)) != len(days):
        raise ValueError("a day is named twice")
    return days


class ReportedTile(BaseModel):
    """What one tile shows."""

    tile: Tile
    camera_id: UUID | None
    life: str = Field(pattern=r"^[a-z][a-z0-9_-]{0,31}$")
    age_s: AgeS | None


class ReportedMonitor(BaseModel):
    """What one monitor shows."""

    number: Monitor
    layout: Line
    tiles: Annotated[tuple[ReportedTile, ...], Field(max_length=LAYOUT_TILES_MAX)]


class WallReport(BaseModel):
    """What a wall shows, and what became of the order that it last saw."""

    name: Line
    monitors: Annotated[tuple[ReportedMonitor, ...], Field(max_length=MONITORS_MAX)]
    applied_revision: Revision
    applied_state: Literal["applied", "released", "refused"]
    reason: Line | None = None


class Reported(WallReport):
    """A wall's last report, and how old it is."""

    wall_id: str
    post_id: str
    post_name: str
    revision: int
    age_s: float


class WallList(BaseModel):
    """Some walls, by id; after the last one comes the rest."""

    walls: tuple[Reported, ...]
    more: bool


class _Order(BaseModel):
    monitor: Monitor
    message: Line | None = None


class LayoutOrder(_Order):
    """What a chief wants: a layout, as a document or as the id of a shared one."""

    layout: UUID | LayoutDocument
    until_s: LastsS | None = None


class CameraOrder(_Order):
    """What a chief wants: one camera on one tile."""

    camera_id: UUID
    tile: Tile
    until_s: LastsS | None = None


OrderDraft = Annotated[LayoutOrder | CameraOrder, Field(union_mode="left_to_right")]


class ShownLayout(_Order):
    """A layout that a wall is to show; of a shared one, as it was when it was ordered."""

    layout: LayoutDocument
    layout_id: UUID | None


class ShownCamera(_Order):
    """A camera that a wall is to show on one of its tiles."""

    camera_id: UUID
    tile: Tile


Shown = ShownLayout | ShownCamera
Source = Literal["chief", "schedule", "none"]


class Desired(BaseModel):
    """What a wall is to show."""

    wall_id: str
    revision: int
    source: Source
    order: Shown | None
    changed_by: Author | None
    changed_at: str | None
    changes_in_s: float | None


class _Entry(BaseModel):
    model_config = ConfigDict(populate_by_name=True)

    days: Annotated[tuple[Day, ...], Field(min_length=1, max_length=7), AfterValidator(_each_once)]
    starts: TimeOfDay = Field(alias="from")
    ends: TimeOfDay = Field(alias="to")
    monitor: Monitor = 1


class ScheduleEntryDraft(_Entry):
    """A layout for some hours of some days."""

    layout: UUID | LayoutDocument


class ScheduleDraft(BaseModel):
    """What a chief wants a wall to show at which hours."""

    entries: Annotated[list[ScheduleEntryDraft], Field(max_length=SCHEDULE_ENTRIES_MAX)]


class ScheduleEntry(_Entry):
    """A layout for some hours of some days; of a shared one, as it was when it was scheduled."""

    layout: LayoutDocument
    layout_id: UUID | None


class Schedule(BaseModel):
    """What a wall is to show at which hours, while no chief has ordered something else."""

    wall_id: str
    revision: int
    time_zone: str
    entries: tuple[ScheduleEntry, ...]
    changed_by: Author | None
    changed_at: str | None
