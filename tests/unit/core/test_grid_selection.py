"""Selecting fields of a grid by arrow keys: tiles are never cut, and no key leaves the grid."""

from __future__ import annotations

import pytest

from app.core.grid_selection import GridSelection
from app.core.layout import Cell
from tests.unit.core.drawn_grid import drawn

GRID = drawn("1123 1145 6789")
FIRST = GridSelection.of(Cell(0, 0))


@pytest.mark.parametrize(
    ("steps", "area"),
    [
        ([], Cell(0, 0, 2, 2)),
        ([(1, 0)], Cell(2, 0)),
        ([(0, 1)], Cell(0, 2)),
        ([(-1, 0)], Cell(0, 0, 2, 2)),
        ([(1, 0), (1, 0), (1, 0)], Cell(3, 0)),
        ([(1, 0), (0, 1), (-1, 0)], Cell(0, 0, 2, 2)),
        ([(0, 1), (1, 0), (0, -1)], Cell(0, 0, 2, 2)),
        ([(0, 1), (0, 1), (0, -1)], Cell(0, 0, 2, 2)),
    ],
)
def test_an_arrow_goes_beyond_the_selected_tile(steps: list[tuple[int, int]], area: Cell) -> None:
    selection = FIRST
    for right, down in steps:
        selection = selection.moved(GRID, right, down)
    assert selection.area(GRID) == area


@pytest.mark.parametrize(
    ("steps", "area"),
    [
        ([(1, 0)], Cell(0, 0, 3, 2)),
        ([(1, 0), (1, 0), (1, 0)], Cell(0, 0, 4, 2)),
        ([(1, 0), (-1, 0)], Cell(0, 0, 2, 2)),
        ([(0, 1)], Cell(0, 0, 2, 3)),
        ([(-1, 0)], Cell(0, 0, 2, 2)),
        ([(1, 0), (0, 1)], Cell(0, 0, 3, 3)),
    ],
)
def test_shift_and_an_arrow_select_more_whole_tiles(steps: list[tuple[int, int]], area: Cell) -> None:
    selection = FIRST
    for right, down in steps:
        selection = selection.extended(GRID, right, down)
    assert selection.area(GRID) == area


def test_a_drag_selects_from_the_first_field_to_the_last() -> None:
    selection = GridSelection(Cell(3, 2), Cell(3, 2)).to(Cell(2, 1))
    assert selection.area(GRID) == Cell(2, 1, 2, 2)
    assert selection.to(Cell(1, 1)).area(GRID) == Cell(0, 0, 4, 3)


def test_a_selection_stays_within_a_smaller_grid() -> None:
    assert GridSelection.of(Cell(2, 0, 2, 3)).within(drawn("12 34")).area(drawn("12 34")) == Cell(1, 0, 1, 2)
