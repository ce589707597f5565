"""Where the selection goes with an arrow key: geometry of a layout's cells. Pure."""

from __future__ import annotations

from app.core.layout import Cell, Layout


def neighbour(layout: Layout, number: int, right: int, down: int) -> int:
    """The tile on the other side of a tile's edge, at its first row or column; the tile itself at the wall's edge.

    Args:
        number: the tile, from 1.
        right, down: the direction, each -1, 0 or 1.
    """
    here = layout.cells[number - 1]
    column = here.column + (here.column_span if right > 0 else right)
    row = here.row + (here.row_span if down > 0 else down)
    probe = Cell(column, row)
    cells = enumerate(layout.cells, start=1)
    return next((other for other, cell in cells if cell.overlaps(probe)), number)
