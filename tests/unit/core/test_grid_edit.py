"""Editing a grid: every edit gives a layout without overlaps, and says where each tile went."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import ConfigError
from app.core.grid_edit import (
    GridEdit,
    added,
    free_fields,
    grown,
    merged,
    moved,
    numbered_as_read,
    removed,
    resized,
    split,
    touched,
)
from app.core.layout import Cell, Layout, uniform_layout
from tests.unit.core.drawn_grid import drawing, drawn

Edit = Callable[[Layout], GridEdit]


@pytest.mark.parametrize(
    ("before", "edit", "after", "numbers"),
    [
        # merge
        ("123 456 789", lambda grid: merged(grid, Cell(0, 0, 2, 2)), "112 113 456", "1→1 3→2 6→3 7→4 8→5 9→6"),
        ("123 456 789", lambda grid: merged(grid, Cell(1, 1)), "123 456 789", "*"),
        ("12 34", lambda grid: merged(grid, Cell(1, 0, 1, 2)), "12 32", "1→1 2→2 3→3"),
        ("1. .2", lambda grid: merged(grid, Cell(0, 0, 2, 2)), "11 11", "1→1"),
        ("1.. ...", lambda grid: merged(grid, Cell(1, 0, 2, 2)), "122 .22", "1→1"),
        # split
        ("112 113 456", lambda grid: split(grid, 1), "125 346 789", "1→1 2→5 3→6 4→7 5→8 6→9"),
        ("112 113 456", lambda grid: split(grid, 1, 1, 2), "113 224 567", "1→1 2→3 3→4 4→5 5→6 6→7"),
        ("12", lambda grid: split(grid, 2, 2, 2), "1123 1145", "1→1 2→2"),
        ("112", lambda grid: split(grid, 1, 3, 1), "112233444", "1→1 2→4"),
        ("12", lambda grid: split(grid, 1), "12", "*"),
        # size
        ("12 34", lambda grid: resized(grid, 3, 2), "125 346", "*"),
        ("12 3.", lambda grid: resized(grid, 3, 2), "12. 3..", "*"),
        ("112 113 456", lambda grid: resized(grid, 1, 3), "1 1 2", "1→1 4→2"),
        ("123 456", lambda grid: resized(grid, 2, 2), "12 34", "1→1 2→2 4→3 5→4"),
        # number
        ("1234", lambda grid: moved(grid, 4, 2), "1342", "1→1 2→3 3→4 4→2"),
        ("1234", lambda grid: moved(grid, 1, 4), "4123", "1→4 2→1 3→2 4→3"),
        ("42 31", lambda grid: numbered_as_read(grid), "12 34", "4→1 2→2 3→3 1→4"),
        # remove and add
        ("123", lambda grid: removed(grid, 2), "1.2", "1→1 3→2"),
        ("1.2 3..", lambda grid: added(grid, Cell(1, 1, 2, 1)), "1.2 344", "*"),
    ],
)
def test_an_edit_gives_that_grid_and_says_where_each_tile_went(
    before: str, edit: Edit, after: str, numbers: str
) -> None:
    grid = drawn(before)
    made = edit(grid)
    assert drawing(made.grid) == after
    expected = {number: number for number in range(1, grid.tiles + 1)}
    if numbers != "*":
        pairs = (pair.split("→") for pair in numbers.split())
        expected = {int(old): int(new) for old, new in pairs}
    assert dict(made.numbers) == expected
    assert made.grid.name == "drawn"


@pytest.mark.parametrize(
    ("grid", "edit", "complaint"),
    [
        ("12 34", lambda grid: merged(grid, Cell(1, 0, 2, 1)), "the selection leaves the grid"),
        ("12 34", lambda grid: merged(grid, Cell(-1, 0)), "the selection leaves the grid"),
        ("12 34", lambda grid: merged(grid, Cell(0, 0, 0, 1)), "the selection leaves the grid"),
        ("112 334", lambda grid: merged(grid, Cell(1, 0, 2, 2)), "tile 1 lies only partly in the selection"),
        ("12 34", lambda grid: split(grid, 5), "there is no tile 5"),
        ("12 34", lambda grid: split(grid, 0), "there is no tile 0"),
        ("12 34", lambda grid: split(grid, 1, 9, 9), "at most 64 tiles, not 84"),
        ("123 456", lambda grid: split(grid, 1, 1, 33), "more than 64 columns or rows"),
        ("123 456", lambda grid: split(grid, 1, 22, 1), "more than 64 columns or rows"),
        ("12 34", lambda grid: resized(grid, 0, 2), "1 to 64 columns and rows"),
        ("12 34", lambda grid: resized(grid, 2, 65), "1 to 64 columns and rows"),
        (".1 .2", lambda grid: resized(grid, 1, 2), "at least one tile"),
        ("1", lambda grid: removed(grid, 1), "at least one tile"),
        ("12", lambda grid: removed(grid, 3), "there is no tile 3"),
        ("12", lambda grid: moved(grid, 3, 1), "there is no tile 3"),
        ("12", lambda grid: moved(grid, 1, 3), "there is no tile 3"),
        ("12 ..", lambda grid: added(grid, Cell(1, 0, 1, 2)), "tile 2 is there already"),
        ("12 ..", lambda grid: added(grid, Cell(1, 1, 2, 1)), "the selection leaves the grid"),
    ],
)
def test_an_edit_that_cannot_be_is_refused_in_a_sentence(grid: str, edit: Edit, complaint: str) -> None:
    with pytest.raises(ConfigError, match=complaint):
        edit(drawn(grid))


def test_a_grid_that_would_get_too_many_tiles_keeps_its_new_fields_free() -> None:
    wide = resized(uniform_layout(64), 9, 8).grid
    assert wide.tiles == 64 and len(free_fields(wide)) == 8
    with pytest.raises(ConfigError, match="at most 64 tiles, not 65"):
        added(wide, Cell(8, 0))


def test_cameras_follow_their_tiles() -> None:
    edit = merged(drawn("123 456 789"), Cell(0, 0, 2, 2))
    assert edit.carried({1: "a", 2: "gone", 3: "b", 9: "c", 12: "beyond"}) == {1: "a", 2: "b", 6: "c"}


@pytest.mark.parametrize(
    ("grid", "area", "whole"),
    [
        ("12 34", Cell(0, 0), Cell(0, 0)),
        ("112 334", Cell(1, 0), Cell(0, 0, 2, 1)),
        ("112 344", Cell(1, 0, 1, 2), Cell(0, 0, 3, 2)),
        ("1.. .2.", Cell(2, 0, 1, 2), Cell(2, 0, 1, 2)),
    ],
)
def test_a_selection_grows_until_it_cuts_no_tile(grid: str, area: Cell, whole: Cell) -> None:
    assert grown(drawn(grid), area) == whole


def test_touched_tiles_and_free_fields_are_named() -> None:
    grid = drawn("11. 2.3")
    assert touched(grid, Cell(0, 0, 1, 2)) == (1, 2)
    assert free_fields(grid) == (Cell(2, 0), Cell(1, 1))


# ---- drawn edits

sides = st.integers(1, 6)


@st.composite
def an_edit(draw: st.DrawFn) -> Edit:
    """Any edit with any small numbers, possible or not."""
    one, two = draw(st.integers(0, 9)), draw(st.integers(0, 4))
    area = Cell(draw(st.integers(0, 5)), draw(st.integers(0, 5)), draw(st.integers(1, 4)), draw(st.integers(1, 4)))
    edits: tuple[Edit, ...] = (
        lambda grid: merged(grid, area),
        lambda grid: merged(grid, grown(grid, area)),
        lambda grid: split(grid, one),
        lambda grid: split(grid, one, two, 4 - two),
        lambda grid: resized(grid, one, two),
        lambda grid: added(grid, area),
        lambda grid: removed(grid, one),
        lambda grid: moved(grid, one, two),
        numbered_as_read,
    )
    return draw(st.sampled_from(edits))


@given(sides, sides, st.lists(an_edit(), max_size=12))
def test_no_sequence_of_edits_overlaps_or_leaves_the_grid(columns: int, rows: int, edits: list[Edit]) -> None:
    grid = resized(uniform_layout(1), columns, rows).grid
    for edit in edits:
        try:
            made = edit(grid)
        except ConfigError:
            continue
        taken = len(free_fields(made.grid)) + sum(cell.column_span * cell.row_span for cell in made.grid.cells)
        assert taken == made.grid.columns * made.grid.rows, "each field belongs to one cell or is free"
        assert set(made.numbers) <= set(range(1, grid.tiles + 1))
        news = list(made.numbers.values())
        assert len(news) == len(set(news)) and set(news) <= set(range(1, made.grid.tiles + 1))
        grid = made.grid


@given(sides, sides, st.data())
def test_splitting_what_was_merged_gives_equal_cells(columns: int, rows: int, data: st.DataObject) -> None:
    grid = resized(uniform_layout(1), columns, rows).grid
    column, row = data.draw(st.integers(0, columns - 1)), data.draw(st.integers(0, rows - 1))
    spans = data.draw(st.integers(1, columns - column)), data.draw(st.integers(1, rows - row))
    one = merged(grid, Cell(column, row, *spans)).grid
    number = next(number for number, cell in enumerate(one.cells, start=1) if cell == Cell(column, row, *spans))
    again = split(one, number).grid
    assert numbered_as_read(again).grid == numbered_as_read(grid).grid
