"""How a layout's grid is edited: merge, split, resize, renumber. Each function gives a new layout. Pure.

Every one also says which tile became which, so that the cameras follow.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from app.core.errors import ConfigError
from app.core.layout import MAX_GRID, MAX_TILES, Cell, Layout

T = TypeVar("T")
_Numbered = tuple[int | None, Cell]
"""A cell and the tile number that it had before; None for a new one."""


@dataclass(frozen=True, slots=True)
class GridEdit:
    """A layout after an edit."""

    grid: Layout
    numbers: Mapping[int, int]
    """Old tile number → new one; a tile that is gone is not in it."""

    def carried(self, by_tile: Mapping[int, T]) -> dict[int, T]:
        """What belonged to tiles, by their new numbers; what belonged to a tile that is gone is left out."""
        moved = ((self.numbers.get(number), thing) for number, thing in by_tile.items())
        return {number: thing for number, thing in moved if number is not None}


def _edited(grid: Layout, cells: Sequence[_Numbered], columns: int = 0, rows: int = 0) -> GridEdit:
    """The layout of these cells, in this order, on the old grid or one of that size."""
    if not cells:
        raise ConfigError("a layout needs at least one tile")
    if len(cells) > MAX_TILES:
        raise ConfigError("a layout has at most {0} tiles, not {1}", MAX_TILES, len(cells))
    made = Layout(grid.name, columns or grid.columns, rows or grid.rows, tuple(cell for _, cell in cells))
    return GridEdit(made, {old: new for new, (old, _) in enumerate(cells, start=1) if old is not None})


def _numbered(grid: Layout) -> list[_Numbered]:
    return list(enumerate(grid.cells, start=1))


def _check_number(grid: Layout, number: int) -> None:
    if not 1 <= number <= grid.tiles:
        raise ConfigError("there is no tile {0}", number)


def _check_inside(grid: Layout, area: Cell) -> None:
    is_rectangle = min(area.column, area.row) >= 0 and min(area.column_span, area.row_span) >= 1
    if not is_rectangle or area.column + area.column_span > grid.columns or area.row + area.row_span > grid.rows:
        raise ConfigError("the selection leaves the grid")


def _contains(area: Cell, cell: Cell) -> bool:
    return _joined(area, cell) == area


def _joined(one: Cell, other: Cell) -> Cell:
    """The smallest rectangle that holds both."""
    left, top = min(one.column, other.column), min(one.row, other.row)
    right = max(one.column + one.column_span, other.column + other.column_span)
    bottom = max(one.row + one.row_span, other.row + other.row_span)
    return Cell(left, top, right - left, bottom - top)


def grown(grid: Layout, area: Cell) -> Cell:
    """The smallest rectangle that holds the area and cuts no cell: what a selection of fields means."""
    joined = area
    for cell in grid.cells:
        if cell.overlaps(joined):
            joined = _joined(joined, cell)
    return area if joined == area else grown(grid, joined)


def touched(grid: Layout, area: Cell) -> tuple[int, ...]:
    """The numbers of the tiles that share a field with the area."""
    return tuple(number for number, cell in enumerate(grid.cells, start=1) if cell.overlaps(area))


def free_fields(grid: Layout) -> tuple[Cell, ...]:
    """The fields that belong to no cell, row by row."""
    taken = {field for cell in grid.cells for field in _fields(cell)}
    everything = _fields(Cell(0, 0, grid.columns, grid.rows))
    return tuple(Cell(column, row) for column, row in everything if (column, row) not in taken)


def _fields(cell: Cell) -> Iterator[tuple[int, int]]:
    for row in range(cell.row, cell.row + cell.row_span):
        for column in range(cell.column, cell.column + cell.column_span):
            yield column, row


def merged(grid: Layout, area: Cell) -> GridEdit:
    """One cell where the area is; it keeps the lowest number there, the others vanish and later ones close up.

    Free fields of the area become part of it; an area of free fields alone becomes a new tile, the last one.

    Raises:
        ConfigError: the area leaves the grid, or a cell lies only partly in it.
    """
    _check_inside(grid, area)
    inside = touched(grid, area)
    if not inside:
        return added(grid, area)
    cut = next((number for number in inside if not _contains(area, grid.cells[number - 1])), None)
    if cut is not None:
        raise ConfigError("tile {0} lies only partly in the selection", cut)
    first, *gone = inside
    kept = [(number, cell) for number, cell in enumerate(grid.cells, start=1) if number not in gone]
    return _edited(grid, [(number, area if number == first else cell) for number, cell in kept])


def split(grid: Layout, number: int, columns: int = 0, rows: int = 0) -> GridEdit:
    """A cell in pieces: the first keeps the number, the others follow it, later numbers move on.

    Where the pieces need it, the whole grid gets finer.

    Args:
        grid: the layout.
        number: the tile.
        columns, rows: how many pieces beside and below each other; 0: as many as it has grid fields.

    Raises:
        ConfigError: there is no such tile, or there would be too many tiles or grid lines.
    """
    _check_number(grid, number)
    cell = grid.cells[number - 1]
    columns, rows = columns or cell.column_span, rows or cell.row_span
    fine = _finer(grid, columns // math.gcd(columns, cell.column_span), rows // math.gcd(rows, cell.row_span))
    pieces = _pieces(fine.cells[number - 1], columns, rows)
    cells: list[_Numbered] = _numbered(fine)
    cells[number - 1 : number] = [(number, pieces[0]), *((None, piece) for piece in pieces[1:])]
    return _edited(fine, cells)


def _finer(grid: Layout, times_columns: int, times_rows: int) -> Layout:
    if grid.columns * times_columns > MAX_GRID or grid.rows * times_rows > MAX_GRID:
        raise ConfigError("the grid would have more than {0} columns or rows", MAX_GRID)
    cells = tuple(
        Cell(
            cell.column * times_columns,
            cell.row * times_rows,
            cell.column_span * times_columns,
            cell.row_span * times_rows,
        )
        for cell in grid.cells
    )
    return Layout(grid.name, grid.columns * times_columns, grid.rows * times_rows, cells)


def _pieces(cell: Cell, columns: int, rows: int) -> list[Cell]:
    width, height = cell.column_span // columns, cell.row_span // rows
    return [
        Cell(cell.column + column * width, cell.row + row * height, width, height)
        for row in range(rows)
        for column in range(columns)
    ]


def resized(grid: Layout, columns: int, rows: int) -> GridEdit:
    """The layout on a grid of another size: cells are cut at its edge, those beyond it vanish.

    A grid without free fields gets new tiles of one field in a new column or row, as far as 64 are enough; else
    the new fields stay free.

    Raises:
        ConfigError: the size is none, or no tile would be left.
    """
    if not (1 <= columns <= MAX_GRID and 1 <= rows <= MAX_GRID):
        raise ConfigError("a grid has 1 to {0} columns and rows", MAX_GRID)
    cut = [(number, _cut(cell, columns, rows)) for number, cell in enumerate(grid.cells, start=1)]
    edit = _edited(grid, [(number, cell) for number, cell in cut if cell is not None], columns, rows)
    new = free_fields(edit.grid)
    if free_fields(grid) or edit.grid.tiles + len(new) > MAX_TILES:
        return edit
    return replace(edit, grid=replace(edit.grid, cells=(*edit.grid.cells, *new)))


def _cut(cell: Cell, columns: int, rows: int) -> Cell | None:
    if cell.column >= columns or cell.row >= rows:
        return None
    spans = min(cell.column_span, columns - cell.column), min(cell.row_span, rows - cell.row)
    return Cell(cell.column, cell.row, *spans)


def added(grid: Layout, cell: Cell) -> GridEdit:
    """A new tile, the last one, in free fields.

    Raises:
        ConfigError: it leaves the grid, another tile is there, or there would be more than 64.
    """
    _check_inside(grid, cell)
    taken = touched(grid, cell)
    if taken:
        raise ConfigError("tile {0} is there already", taken[0])
    return _edited(grid, [*_numbered(grid), (None, cell)])


def removed(grid: Layout, number: int) -> GridEdit:
    """The layout without a tile: its fields are free, later numbers close up.

    Raises:
        ConfigError: there is no such tile, or it is the only one.
    """
    _check_number(grid, number)
    return _edited(grid, [(old, cell) for old, cell in _numbered(grid) if old != number])


def moved(grid: Layout, number: int, to: int) -> GridEdit:
    """A tile with another number; those between the two move by one, nothing changes its place.

    Raises:
        ConfigError: there is no tile of one of the numbers.
    """
    _check_number(grid, number)
    _check_number(grid, to)
    cells = _numbered(grid)
    cells.insert(to - 1, cells.pop(number - 1))
    return _edited(grid, cells)


def numbered_as_read(grid: Layout) -> GridEdit:
    """The tiles numbered from left to right, row by row."""
    return _edited(grid, sorted(_numbered(grid), key=lambda each: (each[1].row, each[1].column)))
