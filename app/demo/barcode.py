"""The frame index that every demo clip carries in its pixels, so that anyone can measure latency by looking.

Two rows of thirteen cells, width/64 wide and a quarter taller, at the bottom left, on a dark plate that touches
the picture's corner. A row begins and ends with a reference, bright and dark above, dark and bright below; between
them lie 22 bits: ten of the index, most significant first, and twelve check bits, which begin at the upper row's
end. They are those of the extended Golay code: the remainder of its generator, and even parity over all.

Any two numbers differ in eight cells or more, so that seven damaged cells are noticed for certain. A picture that
a decoder has pieced together from two frames is read as one of the two or not at all, wherever a cut, or two cuts
across, divide its code (`tests/unit/demo/test_barcode_pieces.py` tries them all); of pictures from anything else
one in 4,096 passes. Pure numpy; no thread, no I/O; it must import nothing of ours.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

INDEX_BITS = 10
_REMAINDER_BITS = 11
_GENERATOR = 0b110001110101
"""x¹¹ + x¹⁰ + x⁶ + x⁵ + x⁴ + x² + 1, which generates the binary Golay code."""
_ROWS = 2
_ROW_BITS = (INDEX_BITS + _REMAINDER_BITS + 1) // _ROWS  # and the parity
_CELLS_PER_WIDTH = 64
_PLATE_CELLS = _ROW_BITS + 4  # two references, and a dark margin on either side
_ROW_HEIGHT = 1.25
"""Of a cell's width: at 240 pixels a player that lays its picture a pixel off still shows every cell's middle."""
_MARGIN = 0.5
_PLATE_HEIGHT = _ROWS * _ROW_HEIGHT + 2 * _MARGIN
_DARK = 20
_BRIGHT = 216
_LEAST_CONTRAST = 60
"""Bright minus dark references, of 255: lossy coding and scaling leave well over 120, a covered code under 40."""
_LEAST_CLARITY = 0.2
"""How far from the middle a cell must be, as a part of the contrast, to count at all."""


def write(picture: NDArray[np.uint8], index: int) -> None:
    """Draw the code of a frame into a picture.

    Args:
        picture: height × width luma or height × width × channels colours, changed in place.
        index: the frame's number in its loop, 0 to 1023.

    Raises:
        ValueError: the index does not fit into ten bits.
    """
    if not 0 <= index < 1 << INDEX_BITS:
        raise ValueError(f"frame index {index} does not fit into {INDEX_BITS} bits")
    height_px, width_px = picture.shape[:2]
    cell_px = width_px / _CELLS_PER_WIDTH
    picture[round(height_px - _PLATE_HEIGHT * cell_px) :, : round(_PLATE_CELLS * cell_px)] = _DARK
    for row, column in np.argwhere(_cells(_word(index))):
        top = height_px + (_MARGIN + row * _ROW_HEIGHT - _PLATE_HEIGHT) * cell_px
        rows = slice(round(top), round(top + _ROW_HEIGHT * cell_px))
        picture[rows, round(column * cell_px) : round((column + 1) * cell_px)] = _BRIGHT


def read(luma: NDArray[np.uint8]) -> int | None:
    """The frame index that a picture shows, or None where no undamaged code is found.

    Args:
        luma: height × width brightness of the whole picture, scaled to 240 pixels of width or more.
    """
    levels = _sample(luma)
    bright, dark = _references(levels)
    if bright - dark < _LEAST_CONTRAST:
        return None
    levels = (levels - dark) / (bright - dark) - 0.5
    if (np.abs(levels) < _LEAST_CLARITY).any():
        return None
    is_bright = levels > 0
    index = int(is_bright[:, 2:-2].ravel()[:INDEX_BITS] @ (1 << np.arange(INDEX_BITS)[::-1]))
    return index if np.array_equal(is_bright, _cells(_word(index))) else None


def _word(index: int) -> int:
    """Index, remainder and parity."""
    remainder = index << _REMAINDER_BITS
    for place in reversed(range(INDEX_BITS)):
        if remainder >> (place + _REMAINDER_BITS) & 1:
            remainder ^= _GENERATOR << place
    word = index << _REMAINDER_BITS | remainder
    return word << 1 | word.bit_count() & 1


def _cells(word: int) -> NDArray[np.bool_]:
    """Which cells of the plate's two rows are bright, margins and references included."""
    cells = np.zeros((_ROWS, _PLATE_CELLS), bool)
    places = np.arange(_ROWS * _ROW_BITS)[::-1].reshape(_ROWS, _ROW_BITS)
    cells[:, 2:-2] = word >> places & 1
    cells[0, 1] = cells[1, -2] = True
    return cells


def _references(levels: NDArray[np.float64]) -> tuple[float, float]:
    """The brightness of the bright references, and that of the dark ones."""
    return float(levels[0, 1] + levels[1, -2]) / 2, float(levels[0, -2] + levels[1, 1]) / 2


def _sample(luma: NDArray[np.uint8]) -> NDArray[np.float64]:
    """The brightness at the centre of every cell of the plate's two rows, margins included."""
    height_px, width_px = luma.shape
    cell_px = width_px / _CELLS_PER_WIDTH
    half_px = max(1, round(cell_px / 6))
    rows_above = _MARGIN + (np.arange(_ROWS) + 0.5) * _ROW_HEIGHT - _PLATE_HEIGHT
    middles_y = np.rint(height_px + rows_above * cell_px).astype(int)
    middles_x = ((np.arange(_PLATE_CELLS) + 0.5) * cell_px).astype(int)
    y = np.clip(middles_y[:, None] + np.arange(-half_px, half_px), 0, height_px - 1)
    x = middles_x[:, None] + np.arange(1 - half_px, half_px)
    sampled = luma[y[:, :, None, None], x].astype(np.float64)
    return np.asarray(sampled.mean(axis=(1, 3)))
