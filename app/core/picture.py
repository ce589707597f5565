"""What one decoded picture measures: darkness, detail, noise, change and edges; `picture_watch.py` judges them.

Runs in a video host, once a second for each stream, on the session's thread. Pure numpy; no I/O, no clock, and it
must import nothing of ours.

The work does not grow with the picture: texture is read from full-resolution rows spread over its whole height,
everything else from a thumbnail of 160 × 96 points.
"""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Luma: TypeAlias = NDArray[np.uint8]
"""Brightness of a picture, height × width; rows may be padded (a view of a decoder's plane)."""
Thumbnail: TypeAlias = NDArray[np.uint8]
"""Points of a picture on an even grid, unfiltered: 96 × 160."""

EDGE_COLUMNS = 40
EDGE_ROWS = 24
_POINTS = 4
"""Thumbnail points along each side of an edge cell."""
_TEXTURE_PX = 16_000
"""Pixels whose texture is read, about. The rows are the same each time: what they miss, a baseline misses, too."""

_DARK_LIMITED = 38
"""10 % of the limited range, in which black is 16 and white 235 (BT.601, BT.709): 16 + 21.9."""
_DARK_FULL = 26
"""10 % of 0 to 255."""
_EDGE_SCALE = 8.0
"""Makes the square root of a contrast, at most √255, fill a signed byte."""


@dataclass(frozen=True, slots=True)
class PictureSample:
    """What one picture measured; plain numbers and bytes, ready to travel from a host to the console."""

    width_px: int
    height_px: int
    dark_fraction: float
    """Share of the picture below 10 % of its luma range, 0 to 1."""
    sharpness: float
    """Variance of the 4-neighbour Laplacian, grey levels squared (Pech-Pacheco et al. 2000)."""
    noise_sigma: float
    """Standard deviation of the noise, grey levels (Immerkær 1996); fine texture counts in."""
    change: float | None
    """Mean absolute difference to the previous picture's thumbnail, over 255; None without one."""
    edges: bytes
    """Edge map: 24 rows of 40 cells, one signed byte each: how much lighter (positive) or darker the cell is than
    its surroundings, as ±8·√(grey levels). The sign survives blur and noise; the root keeps lamps from outweighing
    the rest."""


def measure(
    luma: Luma, previous: Thumbnail | None, *, is_full_range: bool = False
) -> tuple[PictureSample, Thumbnail]:
    """Measure a picture, and its thumbnail to hand in with the next one.

    Args:
        luma: height × width, at least 3 × 3; not changed, and not kept.
        previous: the thumbnail of the picture a second ago, or None.
        is_full_range: whether luma uses 0 to 255, not 16 to 235 as video does.
    """
    height_px, width_px = luma.shape
    dark_below = _DARK_FULL if is_full_range else _DARK_LIMITED
    thumbnail = _thumbnail(luma)
    sharpness, noise_sigma = _texture(luma)
    sample = PictureSample(
        width_px=width_px,
        height_px=height_px,
        dark_fraction=np.count_nonzero(thumbnail < dark_below) / thumbnail.size,
        sharpness=sharpness,
        noise_sigma=noise_sigma,
        change=None if previous is None else _change(thumbnail, previous),
        edges=_edges(thumbnail),
    )
    return sample, thumbnail


def _thumbnail(luma: Luma) -> Thumbnail:
    """Points, not means: a mean would hide the noise by which a live picture differs from the one before."""
    height_px, width_px = luma.shape
    return luma[_centres(height_px, EDGE_ROWS)][:, _centres(width_px, EDGE_COLUMNS)]


@functools.lru_cache(maxsize=64)
def _centres(length_px: int, cells: int) -> NDArray[np.intp]:
    """The middles of as many equal parts as the thumbnail has points; a small picture's pixels repeat."""
    points = cells * _POINTS
    return (2 * np.arange(points) + 1) * length_px // (2 * points)


def _texture(luma: Luma) -> tuple[float, float]:
    """The variance of the Laplacian and the noise's standard deviation, both from second differences.

    Along y, on rows spread over the picture, v = I(y-1) - 2·I(y) + I(y+1), and along x likewise h. The Laplacian
    is v + h; Immerkær's mask [1 -2 1; -2 4 -2; 1 -2 1] is the second difference along x of v.
    """
    height_px, width_px = luma.shape
    step = max(1, math.ceil((height_px - 2) * width_px / _TEXTURE_PX))
    row = luma[1:-1:step].astype(np.int16)
    twice = row << 1
    along_y = luma[:-2:step].astype(np.int16)
    along_y += luma[2::step]
    along_y -= twice
    along_x = row[:, :-2] + row[:, 2:]
    along_x -= twice[:, 1:-1]
    return _variance(along_x + along_y[:, 1:-1]), _immerkaer_sigma(along_y)


def _variance(values: NDArray[np.int16]) -> float:
    flat = values.ravel().astype(np.float32)
    mean = float(flat.sum()) / flat.size
    return max(0.0, float(flat @ flat) / flat.size - mean * mean)


def _immerkaer_sigma(along_y: NDArray[np.int16]) -> float:
    """J. Immerkær, Fast Noise Variance Estimation, CVIU 64(2), 1996: σ = √(π/2) · mean|mask| / 6."""
    response = along_y[:, :-2] + along_y[:, 2:]
    response -= along_y[:, 1:-1] << 1
    return math.sqrt(math.pi / 2) / 6 * float(np.abs(response, out=response).mean(dtype=np.float32))


def _change(thumbnail: Thumbnail, previous: Thumbnail) -> float:
    difference = np.maximum(thumbnail, previous) - np.minimum(thumbnail, previous)
    return float(difference.mean(dtype=np.float64)) / 255


def _edges(thumbnail: Thumbnail) -> bytes:
    """Each cell's mean against the mean of the 3 × 3 cells around it."""
    means = _in_fours(_in_fours(thumbnail.astype(np.uint16)).T).T / np.float32(_POINTS**2)
    framed = _framed(means)
    columns = framed[:-2] + framed[1:-1] + framed[2:]
    around = (columns[:, :-2] + columns[:, 1:-1] + columns[:, 2:]) / 9
    contrast = means - around
    rooted = np.copysign(np.sqrt(np.abs(contrast)) * _EDGE_SCALE, contrast)
    return bytes(np.rint(rooted).astype(np.int8))


def _in_fours(rows: NDArray[np.uint16]) -> NDArray[np.uint16]:
    """The sums of four rows each: slices added up take a third of what numpy's own sum over an axis does."""
    sums: NDArray[np.uint16] = rows[0::_POINTS] + rows[1::_POINTS] + rows[2::_POINTS] + rows[3::_POINTS]
    return sums


def _framed(cells: NDArray[np.float32]) -> NDArray[np.float32]:
    """With each border cell once more outside; `numpy.pad` takes four times as long."""
    framed = np.empty((EDGE_ROWS + 2, EDGE_COLUMNS + 2), np.float32)
    framed[1:-1, 1:-1] = cells
    framed[0], framed[-1] = framed[1], framed[-2]
    framed[:, 0], framed[:, -1] = framed[:, 1], framed[:, -2]
    return framed
