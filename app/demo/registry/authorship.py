"""Who changed something, as answers name them. Pure."""

from __future__ import annotations

from uuid import UUID

from pydantic import BaseModel


class Author(BaseModel):
    """The officer who made a change, by the name of that time."""

    officer_id: UUID
    name: str
