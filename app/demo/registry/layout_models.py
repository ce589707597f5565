"""Shared layouts as the contract has them, named as in `resources/openapi/registry.v1.json`. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Self
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field, StrictBool, model_validator

from app.core.camera_query import QUERY_MAX_LENGTH, parse_query
from app.core.errors import ConfigError
from app.core.layout import MAX_GRID, Cell, Layout
from app.core.names import NAME_MAX_LENGTH, layout_name
from app.demo.catalogue.record import UnitCode
from app.demo.registry.authorship import Author
from app.demo.registry.limits import LAYOUT_READERS_MAX, LAYOUT_TILES_MAX


def _seen_name(text: str) -> str:
    try:
        name = layout_name(text)
    except ConfigError as error:
        raise ValueError(str(error)) from error
    if name != text:
        raise ValueError("a name has no characters or spaces that cannot be seen")
    return name


def _understood(text: str) -> str:
    try:
        return parse_query(text).text
    except ConfigError as error:
        raise ValueError(str(error)) from error


def _once(units: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(units))


Tile = Annotated[int, Field(strict=True, ge=1, le=LAYOUT_TILES_MAX)]
Grid = Annotated[int, Field(strict=True, ge=1, le=MAX_GRID)]
Place = Annotated[int, Field(strict=True, ge=0, lt=MAX_GRID)]
TileKey = Annotated[str, Field(pattern=r"^([1-9]|[1-5][0-9]|6[0-4])$")]
Name = Annotated[str, Field(min_length=1, max_length=NAME_MAX_LENGTH), AfterValidator(_seen_name)]
Query = Annotated[str, Field(min_length=1, max_length=QUERY_MAX_LENGTH), AfterValidator(_understood)]
Readers = Annotated[tuple[UnitCode, ...], Field(max_length=LAYOUT_READERS_MAX), AfterValidator(_once)]


class LayoutDocument(BaseModel):
    """A grid and what its tiles show, as a wall saves it."""

    version: Annotated[int, Field(strict=True, ge=1, le=1)]
    name: Name
    columns: Grid
    rows: Grid
    cells: Annotated[tuple[tuple[Place, Place, Grid, Grid], ...], Field(min_length=1, max_length=LAYOUT_TILES_MAX)]
    cameras: dict[TileKey, UUID] = Field(default_factory=dict)
    query: Query | None = None
    hotspot: Tile | None = None
    locked: StrictBool = False

    @model_validator(mode="after")
    def _check_tiles(self) -> Self:
        """What a wall could not show is refused here already."""
        try:
            tiles = Layout(self.name, self.columns, self.rows, tuple(Cell(*cell) for cell in self.cells)).tiles
        except ConfigError as error:
            raise ValueError(str(error)) from error
        if any(int(number) > tiles for number in self.cameras):
            raise ValueError(f"a camera is on a tile that is not there: there are {tiles}")
        if self.hotspot is not None and self.hotspot > tiles:
            raise ValueError(f"the hotspot is a tile that is not there: there are {tiles}")
        return self


class LayoutDraft(BaseModel):
    """A layout that an officer shares."""

    jurisdiction: UnitCode
    readers: Readers
    layout: LayoutDocument


class LayoutSummary(BaseModel):
    """A shared layout without what is on its tiles."""

    id: UUID
    revision: int
    name: str
    tiles: int
    owner: UUID
    owner_name: str
    jurisdiction: UnitCode
    readers: tuple[UnitCode, ...]


class SharedLayout(BaseModel):
    """A layout that an officer has shared. Its revision rises with each change."""

    id: UUID
    revision: int
    owner: UUID
    owner_name: str
    jurisdiction: UnitCode
    readers: tuple[UnitCode, ...]
    layout: LayoutDocument
    changed_by: Author
    changed_at: str

    def summary(self) -> LayoutSummary:
        """What a list says of it."""
        own = self.model_dump(include=set(LayoutSummary.model_fields))
        return LayoutSummary(name=self.layout.name, tiles=len(self.layout.cells), **own)


class LayoutList(BaseModel):
    """Some shared layouts, by id; after the last one comes the rest."""

    layouts: tuple[LayoutSummary, ...]
    more: bool
