"""Which fields of a grid are selected while a layout is edited. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.grid_edit import grown
from app.core.layout import Cell, Layout


@dataclass(frozen=True, slots=True)
class GridSelection:
    """From one field to another; what it means is the smallest rectangle of both that cuts no tile.

    Attributes:
        anchor: where it began.
        end: where it goes to, the field that the arrow keys move.
    """

    anchor: Cell
    end: Cell

    @classmethod
    def of(cls, area: Cell) -> GridSelection:
        """The selection of a rectangle."""
        last = Cell(area.column + area.column_span - 1, area.row + area.row_span - 1)
        return cls(Cell(area.column, area.row), last)

    def area(self, grid: Layout) -> Cell:
        """The rectangle that is selected."""
        left, right = sorted((self.anchor.column, self.end.column))
        top, bottom = sorted((self.anchor.row, self.end.row))
        return grown(grid, Cell(left, top, right - left + 1, bottom - top + 1))

    def moved(self, grid: Layout, right: int, down: int) -> GridSelection:
        """One field alone, beyond an edge of what is selected: steps right and down, each -1, 0 or 1."""
        area = self.area(grid)
        column = area.column + (area.column_span if right > 0 else right) if right else self.end.column
        row = area.row + (area.row_span if down > 0 else down) if down else self.end.row
        field = _within(grid, Cell(column, row))
        return GridSelection(field, field)

    def extended(self, grid: Layout, right: int, down: int) -> GridSelection:
        """The end moved on until something else is selected, or the grid ends."""
        before, end = self.area(grid), self.end
        while True:
            step = _within(grid, Cell(end.column + right, end.row + down))
            selection = GridSelection(self.anchor, step)
            if step == end or selection.area(grid) != before:
                return selection
            end = step

    def to(self, end: Cell) -> GridSelection:
        """From the same field to another one."""
        return GridSelection(self.anchor, end)

    def within(self, grid: Layout) -> GridSelection:
        """The selection after the grid has become smaller."""
        return GridSelection(_within(grid, self.anchor), _within(grid, self.end))


def _within(grid: Layout, field: Cell) -> Cell:
    return Cell(min(max(field.column, 0), grid.columns - 1), min(max(field.row, 0), grid.rows - 1))
