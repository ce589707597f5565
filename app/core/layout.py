"""Layouts as data: a grid, the cells on it, and the pixels a cell gets."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.core.errors import ConfigError

MAX_TILES = 64
MAX_GRID = 64
"""Columns or rows; far beyond what a monitor can show, so that a broken file cannot ask for millions."""
_WIDTH_STEP_PX = 8


@dataclass(frozen=True, slots=True)
class Cell:
    """A rectangle of grid fields: the place of one tile."""

    column: int
    row: int
    column_span: int = 1
    row_span: int = 1

    def overlaps(self, other: Cell) -> bool:
        """Whether the two share a grid field."""
        return (
            self.column < other.column + other.column_span
            and other.column < self.column + self.column_span
            and self.row < other.row + other.row_span
            and other.row < self.row + self.row_span
        )


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle of pixels."""

    x_px: int
    y_px: int
    width_px: int
    height_px: int


@dataclass(frozen=True, slots=True)
class Layout:
    """A named grid and its cells; the n-th cell is the place of tile n (from 1).

    Raises:
        ConfigError: no cell, more than 64, a cell outside the grid, or two that overlap; the message names
            the layout and the cell.
    """

    name: str
    columns: int
    rows: int
    cells: tuple[Cell, ...]

    def __post_init__(self) -> None:
        if not (0 < self.columns <= MAX_GRID and 0 < self.rows <= MAX_GRID):
            raise ConfigError("layout {0}: a grid has 1 to {1} columns and rows", self.name, MAX_GRID)
        if not 0 < len(self.cells) <= MAX_TILES:
            raise ConfigError("layout {0}: it has {1} cells, not 1 to {2}", self.name, len(self.cells), MAX_TILES)
        for number, cell in enumerate(self.cells, start=1):
            self._check_cell(number, cell)

    def _check_cell(self, number: int, cell: Cell) -> None:
        if min(cell.column, cell.row) < 0 or min(cell.column_span, cell.row_span) < 1:
            raise ConfigError("layout {0}: cell {1} has a negative place or an empty span", self.name, number)
        if cell.column + cell.column_span > self.columns or cell.row + cell.row_span > self.rows:
            raise ConfigError("layout {0}: cell {1} leaves the grid", self.name, number)
        for other_number, other in enumerate(self.cells[: number - 1], start=1):
            if cell.overlaps(other):
                raise ConfigError("layout {0}: cells {1} and {2} overlap", self.name, other_number, number)

    @property
    def tiles(self) -> int:
        """How many tiles it shows."""
        return len(self.cells)

    def rects(self, width_px: int, height_px: int, gap_px: int = 0) -> tuple[Rect, ...]:
        """The pixels of each cell on a wall of that size, `gap_px` apart; every pixel column is used.

        Grid lines are rounded once and shared by neighbours, so cells never overlap and never drift apart.
        """
        return tuple(self._rect(cell, width_px + gap_px, height_px + gap_px, gap_px) for cell in self.cells)

    def _rect(self, cell: Cell, width_px: int, height_px: int, gap_px: int) -> Rect:
        left = width_px * cell.column // self.columns
        right = width_px * (cell.column + cell.column_span) // self.columns
        top = height_px * cell.row // self.rows
        bottom = height_px * (cell.row + cell.row_span) // self.rows
        return Rect(left, top, max(0, right - left - gap_px), max(0, bottom - top - gap_px))


def uniform_layout(tiles: int) -> Layout:
    """The layout of that many equal cells, as square a grid as holds them, named after the count.

    Raises:
        ConfigError: `tiles` is not 1 to 64.
    """
    if not 1 <= tiles <= MAX_TILES:
        raise ConfigError("a wall has 1 to {0} tiles, not {1}", MAX_TILES, tiles)
    columns = math.isqrt(tiles - 1) + 1
    rows = -(-tiles // columns)
    cells = tuple(Cell(number % columns, number // columns) for number in range(tiles))
    return Layout(str(tiles), columns, rows, cells)


def layouts_from_data(entries: Iterable[Mapping[str, Any]]) -> dict[str, Layout]:
    """Layouts by name: the uniform ones of 1 to 64 tiles, then those of the entries of `layouts.json`.

    Args:
        entries: `patterns` of that file, each
            `{"name", "columns", "rows", "cells": [[column, row, column_span, row_span], …]}`.

    Raises:
        ConfigError: an entry cannot be read; the message names it.
    """
    layouts = {layout.name: layout for layout in map(uniform_layout, range(1, MAX_TILES + 1))}
    for position, entry in enumerate(entries, start=1):
        layout = _layout_from_entry(position, entry)
        layouts[layout.name] = layout
    return layouts


def _layout_from_entry(position: int, entry: Mapping[str, Any]) -> Layout:
    try:
        cells = tuple(Cell(*map(int, cell)) for cell in entry["cells"])
        return Layout(str(entry["name"]), int(entry["columns"]), int(entry["rows"]), cells)
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise ConfigError("layout entry {0}: {1} {2}", position, type(error).__name__, str(error)) from error


def fit(width_px: int, height_px: int, box_width_px: int, box_height_px: int) -> tuple[int, int]:
    """The largest size of the picture's shape that the box holds, in pixels: width in eights, height even.

    FFmpeg's fast conversion to RGB writes eight pixels at a time and leaves a rest of the row unwritten; chroma
    planes are halved, so odd heights cost the scaler its fast path.
    """
    fitted_px = min(box_width_px, box_height_px * width_px // height_px)
    fitted_px = max(_WIDTH_STEP_PX, fitted_px - fitted_px % _WIDTH_STEP_PX)
    fitted_height_px = min(box_height_px, fitted_px * height_px // width_px)
    return fitted_px, max(2, fitted_height_px & ~1)
