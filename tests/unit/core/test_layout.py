"""Layouts: no overlap, nothing off the grid, every pixel used, and broken entries refused by name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.core.errors import ConfigError
from app.core.layout import MAX_GRID, MAX_TILES, Cell, Layout, Rect, fit, layouts_from_data, uniform_layout

PRODUCT_LAYOUTS = Path(__file__).parents[3] / "resources" / "layouts.json"

small = st.integers(-1, 6)
spans = st.integers(1, 6)
whole_cells = st.builds(Cell, small, small, spans, spans)
any_cells = st.lists(st.builds(Cell, small, small, small, small), max_size=8)
pixels = st.integers(1, 8000)


def fields(cell: Cell) -> set[tuple[int, int]]:
    columns = range(cell.column, cell.column + cell.column_span)
    rows = range(cell.row, cell.row + cell.row_span)
    return {(column, row) for column in columns for row in rows}


@st.composite
def layouts(draw: st.DrawFn) -> Layout:
    """Any valid layout: cells drawn at random, those that cannot stay left out."""
    columns, rows = draw(st.integers(1, 8)), draw(st.integers(1, 8))
    kept: list[Cell] = []
    for _ in range(draw(st.integers(1, 12))):
        column, row = draw(st.integers(0, columns - 1)), draw(st.integers(0, rows - 1))
        spans = draw(st.integers(1, columns - column)), draw(st.integers(1, rows - row))
        cell = Cell(column, row, *spans)
        if not any(fields(cell) & fields(other) for other in kept):
            kept.append(cell)
    return Layout("drawn", columns, rows, tuple(kept))


@given(st.integers(0, 6), st.integers(0, 6), any_cells)
def test_a_layout_exists_only_without_overlap_and_within_its_grid(
    columns: int, rows: int, cells: list[Cell]
) -> None:
    grid = {(column, row) for column in range(columns) for row in range(rows)}
    taken = [field for cell in cells for field in fields(cell)]
    has_empty = any(not fields(cell) for cell in cells)
    is_valid = bool(grid and cells) and not has_empty and len(taken) == len(set(taken)) and set(taken) <= grid
    if is_valid:
        assert Layout("drawn", columns, rows, tuple(cells)).tiles == len(cells)
    else:
        with pytest.raises(ConfigError, match=r"^layout drawn: "):
            Layout("drawn", columns, rows, tuple(cells))


@given(whole_cells, whole_cells)
def test_cells_overlap_when_they_share_a_field(one: Cell, other: Cell) -> None:
    assert one.overlaps(other) == other.overlaps(one) == bool(fields(one) & fields(other))


@given(layouts(), pixels, pixels, st.integers(0, 12))
def test_tiles_never_overlap_nor_leave_the_wall(
    layout: Layout, width_px: int, height_px: int, gap_px: int
) -> None:
    assume(width_px > gap_px * layout.columns and height_px > gap_px * layout.rows)
    rects = layout.rects(width_px, height_px, gap_px)
    assert len(rects) == layout.tiles
    for number, rect in enumerate(rects):
        assert rect.x_px >= 0 and rect.y_px >= 0 and rect.width_px >= 0 and rect.height_px >= 0
        assert rect.x_px + rect.width_px <= width_px and rect.y_px + rect.height_px <= height_px
        for other in rects[:number]:
            assert gap_between(rect, other) >= gap_px


def gap_between(one: Rect, other: Rect) -> int:
    """Pixels between two rectangles along the axis that parts them."""
    across = max(other.x_px - one.x_px - one.width_px, one.x_px - other.x_px - other.width_px)
    down = max(other.y_px - one.y_px - one.height_px, one.y_px - other.y_px - other.height_px)
    return max(across, down)


@given(st.integers(1, MAX_TILES), st.integers(64, 4000), st.integers(64, 4000), st.integers(0, 4))
def test_a_row_of_tiles_uses_every_pixel_column(tiles: int, width_px: int, height_px: int, gap_px: int) -> None:
    layout = uniform_layout(tiles)
    first_row = layout.rects(width_px, height_px, gap_px)[: layout.columns]
    assert sum(rect.width_px for rect in first_row) + gap_px * (layout.columns - 1) == width_px
    widths = {rect.width_px for rect in first_row}
    assert max(widths) - min(widths) <= 1, "neighbours differ by a pixel at most"


def test_a_wall_smaller_than_its_gaps_has_empty_tiles_not_negative_ones() -> None:
    assert all(rect.width_px >= 0 for rect in uniform_layout(64).rects(10, 10, gap_px=8))


@pytest.mark.parametrize("tiles", range(1, MAX_TILES + 1))
def test_uniform_layouts_are_as_square_as_holds_them(tiles: int) -> None:
    layout = uniform_layout(tiles)
    assert (layout.name, layout.tiles) == (str(tiles), tiles)
    assert layout.columns * layout.rows >= tiles > layout.columns * (layout.rows - 1), "no empty row"
    assert layout.rows <= layout.columns <= layout.rows + 1
    reading_order = sorted(layout.cells, key=lambda cell: (cell.row, cell.column))
    assert list(layout.cells) == reading_order


@pytest.mark.parametrize("tiles", [0, -1, MAX_TILES + 1])
def test_no_uniform_layout_beyond_the_limits(tiles: int) -> None:
    with pytest.raises(ConfigError, match=f"1 to 64 tiles, not {tiles}"):
        uniform_layout(tiles)


@pytest.mark.parametrize(
    ("columns", "rows", "cells", "sentence"),
    [
        (0, 2, [Cell(0, 0)], "layout x: a grid has 1 to 64 columns and rows"),
        (2, MAX_GRID + 1, [Cell(0, 0)], "layout x: a grid has 1 to 64 columns and rows"),
        (2, 2, [], "layout x: it has 0 cells, not 1 to 64"),
        (13, 5, [Cell(n % 13, n // 13) for n in range(65)], "layout x: it has 65 cells, not 1 to 64"),
        (2, 2, [Cell(0, 0), Cell(-1, 0)], "layout x: cell 2 has a negative place or an empty span"),
        (2, 2, [Cell(0, 0, 0, 1)], "layout x: cell 1 has a negative place or an empty span"),
        (2, 2, [Cell(0, 0), Cell(1, 0), Cell(0, 1, 3, 1)], "layout x: cell 3 leaves the grid"),
        (2, 2, [Cell(0, 1, 1, 2)], "layout x: cell 1 leaves the grid"),
        (3, 3, [Cell(0, 0, 2, 2), Cell(2, 0), Cell(1, 1)], "layout x: cells 1 and 3 overlap"),
    ],
)
def test_a_broken_layout_says_what_is_wrong(columns: int, rows: int, cells: list[Cell], sentence: str) -> None:
    with pytest.raises(ConfigError) as refused:
        Layout("x", columns, rows, tuple(cells))
    assert str(refused.value) == sentence


GOOD: dict[str, Any] = {"name": "good", "columns": 2, "rows": 1, "cells": [[0, 0], [1, 0, 1, 1]]}


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        ({"columns": 1, "rows": 1, "cells": [[0, 0]]}, r"^layout entry 2: KeyError 'name'"),
        ({**GOOD, "columns": "two"}, r"^layout entry 2: ValueError .*two"),
        ({**GOOD, "rows": None}, r"^layout entry 2: TypeError"),
        ({**GOOD, "rows": float("inf")}, r"^layout entry 2: OverflowError"),
        ({**GOOD, "cells": [[0]]}, r"^layout entry 2: TypeError .*row"),
        ({**GOOD, "cells": [[0, 0, 1, 1, 1]]}, r"^layout entry 2: TypeError"),
        ({**GOOD, "cells": 7}, r"^layout entry 2: TypeError"),
        ({**GOOD, "cells": [["a", 0]]}, r"^layout entry 2: ValueError"),
        (["name"], r"^layout entry 2: TypeError"),
        ({**GOOD, "name": "bad", "cells": [[0, 0], [0, 0]]}, r"^layout bad: cells 1 and 2 overlap$"),
    ],
)
def test_a_broken_entry_is_refused_by_its_place_and_reason(entry: Any, sentence: str) -> None:
    with pytest.raises(ConfigError, match=sentence):
        layouts_from_data([GOOD, entry])


def test_entries_join_the_uniform_layouts() -> None:
    by_name = layouts_from_data([GOOD])
    assert set(by_name) == {*map(str, range(1, MAX_TILES + 1)), "good"}
    assert by_name["good"] == Layout("good", 2, 1, (Cell(0, 0), Cell(1, 0)))


def test_the_products_layouts_are_sound_and_their_order_names_them() -> None:
    document = json.loads(PRODUCT_LAYOUTS.read_text(encoding="utf-8"))
    by_name = layouts_from_data(document["patterns"])
    tiles = {name: by_name[name].tiles for name in ("1+5", "1+7", "1+12", "2+8")}
    assert tiles == {"1+5": 6, "1+7": 8, "1+12": 13, "2+8": 10}
    assert set(document["order"]) <= set(by_name)
    for name in tiles:
        covered = sum(cell.column_span * cell.row_span for cell in by_name[name].cells)
        assert covered == by_name[name].columns * by_name[name].rows, f"{name} has a hole"


@given(pixels, pixels, pixels, pixels)
def test_a_fitted_picture_has_a_width_in_eights_lies_in_its_box_and_keeps_its_shape(
    width_px: int, height_px: int, box_width_px: int, box_height_px: int
) -> None:
    fitted_width_px, fitted_height_px = fit(width_px, height_px, box_width_px, box_height_px)
    assert fitted_width_px % 8 == fitted_height_px % 2 == 0
    assert 8 <= fitted_width_px <= max(8, box_width_px) and 2 <= fitted_height_px <= max(2, box_height_px)
    exact_width_px = min(box_width_px, width_px * box_height_px / height_px)
    assert fitted_width_px == 8 or -0.001 < exact_width_px - fitted_width_px < 9
    exact_height_px = min(box_height_px, fitted_width_px * height_px / width_px)
    assert fitted_height_px == 2 or -0.001 < exact_height_px - fitted_height_px < 2


@pytest.mark.parametrize(
    ("size", "box", "fitted"),
    [
        ((640, 360), (640, 360), (640, 360)),
        ((640, 360), (640, 480), (640, 360)),
        ((1920, 1080), (480, 300), (480, 270)),
        ((640, 480), (641, 361), (480, 360)),
        ((320, 240), (1280, 720), (960, 720)),
        ((4000, 2), (100, 100), (96, 2)),
        ((640, 360), (404, 240), (400, 224)),
        ((1, 4000), (100, 100), (8, 100)),
    ],
)
def test_fitting_examples(size: tuple[int, int], box: tuple[int, int], fitted: tuple[int, int]) -> None:
    assert fit(*size, *box) == fitted
