"""Layouts drawn in characters, as tests of grids write them."""

from __future__ import annotations

from app.core.layout import Cell, Layout


def drawn(picture: str) -> Layout:
    """A layout from a drawing: one line a row, a character a field, the same character one cell, `.` free.

    Cells are numbered by their characters.
    """
    rows = picture.split()
    fields: dict[str, list[tuple[int, int]]] = {}
    for row, line in enumerate(rows):
        for column, mark in enumerate(line):
            fields.setdefault(mark, []).append((column, row))
    fields.pop(".", None)
    cells = tuple(_cell(fields[mark]) for mark in sorted(fields))
    return Layout("drawn", len(rows[0]), len(rows), cells)


def _cell(fields: list[tuple[int, int]]) -> Cell:
    (left, top), (right, bottom) = fields[0], fields[-1]
    return Cell(left, top, right - left + 1, bottom - top + 1)


def drawing(layout: Layout) -> str:
    lines = [["."] * layout.columns for _ in range(layout.rows)]
    for number, cell in enumerate(layout.cells, start=1):
        for row in range(cell.row, cell.row + cell.row_span):
            for column in range(cell.column, cell.column + cell.column_span):
                lines[row][column] = "123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[number - 1]
    return " ".join("".join(line) for line in lines)
