"""Layouts that somebody saved: a grid, and what its tiles show. Pure data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.core.camera_query import CameraQuery
from app.core.layout import Layout
from app.core.model import CameraId


@dataclass(frozen=True, slots=True)
class SharedMark:
    """What a shared layout is at the registry.

    Attributes:
        id: its.
        revision: rises with each change.
        name: by which everybody knows it; this wall may have to call it otherwise.
        owner: the officer who shared it, by id …
        owner_name: … and by name.
        unit: the police unit that it belongs to.
        readers: the units that it is shared with.
    """

    id: str
    revision: int
    name: str
    owner: str
    owner_name: str
    unit: str
    readers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SavedLayout:
    """A named grid with its content: cameras on tiles, or a query whose cameras fill them.

    The grid's own name is the saved layout's.
    """

    grid: Layout
    cameras: Mapping[int, CameraId] = field(default_factory=dict)
    """By tile number; with a query, where its cameras stood when it was last resolved."""
    query: CameraQuery | None = None
    hotspot: int | None = None
    """The tile that follows the selection."""
    is_locked: bool = False
    """Whether it must be unlocked before it can be saved over or deleted."""
    shared: SharedMark | None = None
    """What it is at the registry; None for one of this PC's own."""

    @property
    def name(self) -> str:
        """What it is called."""
        return self.grid.name
