"""Pictures that were pieced together from two frames: which numbers the barcode lets them show.

What a decoder without references shows is the old picture up to some place and the new one from there on, or a
patch of one in the other. Over all pairs of numbers, no such picture may show a third one.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray

from app.demo import barcode

HEIGHT_PX, WIDTH_PX = 180, 320
CELL_PX = WIDTH_PX / 64
NUMBERS = 1 << barcode.INDEX_BITS
ROWS, COLUMNS = 2, 11
"""Of the cells that hold the number and its checks."""
BITS = ROWS * COLUMNS
SEED = 20_261_126

Picture = NDArray[np.uint8]


def picture_of(number: int) -> Picture:
    picture = np.full((HEIGHT_PX, WIDTH_PX), 128, np.uint8)
    barcode.write(picture, number)
    return picture


@pytest.fixture(scope="module")
def all_words() -> NDArray[np.int64]:
    """What the cells of every number hold, as they are seen in its picture, one bit a cell, row after row."""
    found = []
    for number in range(NUMBERS):
        picture = picture_of(number)
        y = (np.array([HEIGHT_PX - 2.375 * CELL_PX, HEIGHT_PX - 1.125 * CELL_PX])).astype(int)
        x = ((np.arange(COLUMNS) + 2.5) * CELL_PX).astype(int)
        found.append(int((picture[np.ix_(y, x)] > 128).ravel() @ (1 << np.arange(BITS)[::-1])))
    return np.array(found)


def mask(cells: NDArray[np.bool_]) -> int:
    return int(cells.ravel() @ (1 << np.arange(BITS)[::-1]))


def patches() -> Iterator[int]:
    """The cells that may be of another frame: a piece of the plate between two cuts, across or in raster order."""
    for first, end in combinations(range(COLUMNS + 1), 2):
        for rows in (slice(0, 2), slice(0, 1), slice(1, 2)):
            cells = np.zeros((ROWS, COLUMNS), bool)
            cells[rows, first:end] = True
            yield mask(cells)
    for first, end in combinations(range(BITS + 1), 2):
        cells = np.zeros(BITS, bool)
        cells[first:end] = True
        yield mask(cells)


def test_any_two_numbers_differ_in_eight_cells(all_words: NDArray[np.int64]) -> None:
    differences = all_words[:, None] ^ all_words[None, :]
    cells = sum((differences >> place & 1) for place in range(BITS))
    np.fill_diagonal(cells, BITS)
    assert cells.min() == 8


def test_no_patch_of_one_frame_in_another_shows_a_third_number(all_words: NDArray[np.int64]) -> None:
    """The code is linear: what a patch does to one pair of numbers it does to all with the same difference."""
    assert all(
        np.isin(all_words ^ word, all_words).all() for word in all_words[1 << np.arange(barcode.INDEX_BITS)]
    )
    changes = all_words[1:]
    for cells in set(patches()):
        taken = changes & cells
        is_third = (taken != 0) & (taken != changes) & np.isin(taken, all_words)
        assert not is_third.any(), f"{cells:022b}"


def test_cells_that_are_mixed_by_lot_show_a_third_number_once_in_thirty_thousand_times(
    all_words: NDArray[np.int64],
) -> None:
    """Each cell from one of two frames: two numbers that differ in sixteen cells have others between them."""
    chances = []
    for change in all_words[1:]:
        between = (all_words & ~change) == 0
        chances.append((between.sum() - 2) / 2 ** int(change).bit_count())
    assert 1 / 30_000 < np.mean(chances) < 1 / 28_000, f"one in {1 / np.mean(chances):.0f}"


@pytest.mark.parametrize("is_across", [False, True], ids=["upper and lower", "left and right"])
def test_two_halves_are_read_as_one_of_them_or_not_at_all(is_across: bool) -> None:
    """Real pictures, at every row and column of pixels, so that a cut goes through cells as well."""
    lots = np.random.default_rng(SEED)
    refused = read = 0
    for number in lots.choice(NUMBERS, 40):
        for other in (int(number + 1) % NUMBERS, int(lots.integers(NUMBERS))):
            one, two = picture_of(int(number)), picture_of(other)
            for cut in range(15 * WIDTH_PX // 64) if is_across else range(HEIGHT_PX * 7 // 8, HEIGHT_PX):
                mixed = one.copy()
                where = (slice(None), slice(cut, None)) if is_across else (slice(cut, None), slice(None))
                mixed[where] = two[where]
                found = barcode.read(mixed)
                assert found in (int(number), other, None), (number, other, cut, found)
                refused, read = refused + (found is None), read + (found is not None)
    assert refused > 0.3 * read > 0
