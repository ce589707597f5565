"""The frame index that every demo clip carries in its pixels, so that anyone can measure latency by looking.

Thirteen square cells of width/64 in a row at the bottom left, on a dark plate of 15 × 2 cells that touches
the picture's corner: a start bit (bright), ten index bits (least significant first), an even parity bit over
the index, a stop bit (dark). The plate's margins count as dark check bits. Pure numpy; no thread, no I/O; it
must import nothing of ours.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

INDEX_BITS = 10
_CELLS_PER_WIDTH = 64
_BITS = INDEX_BITS + 3  # start, parity, stop
_PLATE_CELLS = _BITS + 2  # a dark margin on either side
_DARK = 20
_BRIGHT = 216
_LEAST_CONTRAST = 60
"""Start minus stop bit, of 255: lossy coding and scaling leave well over 120, a covered code under 40."""
_LEAST_CLARITY = 0.2
"""How far from the middle a bit must be, as a part of the contrast, to count at all."""


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
    picture[round(height_px - 2 * cell_px) :, : round(_PLATE_CELLS * cell_px)] = _DARK
    rows = slice(round(height_px - 1.5 * cell_px), round(height_px - 0.5 * cell_px))
    for position, bit in enumerate(_bits(index), start=1):
        if bit:
            picture[rows, round(position * cell_px) : round((position + 1) * cell_px)] = _BRIGHT


def read(luma: NDArray[np.uint8]) -> int | None:
    """The frame index that a picture shows, or None where no undamaged code is found.

    Args:
        luma: height × width brightness of the whole picture, scaled to 240 pixels of width or more.
    """
    cells = _sample(luma)
    contrast = float(cells[1] - cells[_BITS])
    if contrast < _LEAST_CONTRAST:
        return None
    level = (cells - cells[_BITS]) / contrast - 0.5
    bits = level > 0
    is_clear = bool((np.abs(level) >= _LEAST_CLARITY).all())
    index = sum(1 << place for place in range(INDEX_BITS) if bits[2 + place])
    has_margins = not bits[0] and not bits[_PLATE_CELLS - 1]
    has_parity = bool(bits[2 + INDEX_BITS]) == _parity(index)
    return index if is_clear and has_margins and has_parity else None


def _bits(index: int) -> list[bool]:
    payload = [bool(index >> place & 1) for place in range(INDEX_BITS)]
    return [True, *payload, _parity(index), False]


def _parity(index: int) -> bool:
    return bool(index.bit_count() & 1)


def _sample(luma: NDArray[np.uint8]) -> NDArray[np.float64]:
    """The brightness at the centre of every cell of the plate's middle row, margins included."""
    height_px, width_px = luma.shape
    cell_px = width_px / _CELLS_PER_WIDTH
    half_px = max(1, round(cell_px / 6))
    centre_y = min(round(height_px - cell_px), height_px - 1)
    rows = luma[max(0, centre_y - half_px) : centre_y + half_px].mean(axis=0)
    centres = ((np.arange(_PLATE_CELLS) + 0.5) * cell_px).astype(int)
    return np.array([rows[max(0, x - half_px + 1) : x + half_px].mean() for x in centres])
