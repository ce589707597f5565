"""What a camera's picture usually is at one hour of the day, learnt from its samples.

Runs on the console's thread. Pure numpy; no Qt, no I/O, no clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from app.core.picture import EDGE_COLUMNS, EDGE_ROWS, PictureSample

RIPE_SAMPLES = 120
"""A baseline judges after so many: two minutes at 1 Hz, which outlast a traffic light and a passing crowd."""
MEMORY_SAMPLES = 1800
"""Samples that a baseline averages over: half an hour at 1 Hz."""

OUTLIER = 2.0
"""No sample counts for more than so many times what is usual: a broken picture that nobody has noticed may measure
fifty times as sharp as a sound one."""
_PLAIN_SHARPNESS, _PLAIN_NOISE = 400.0, 5.0
"""What always counts whole: a lens that was capped at first must not make every later picture an outlier."""

_PATCH_COLUMNS = 5
_PATCH_ROWS = 4
_LEAST_NORM = 1.0
"""A patch without an edge has no direction to compare; divided by this, it agrees with nothing."""

Patches: TypeAlias = NDArray[np.float32]
"""20 patches × 48 cells, or one number for each patch."""


class EdgeMap(NamedTuple):
    """A picture's edges, patch by patch; made once for a sample, compared several times."""

    cells: Patches
    """A row for each patch of the picture."""
    norms: Patches
    """The length of each row."""


@dataclass(frozen=True, slots=True, eq=False)
class Baseline:
    """Slow averages of the pictures of one hour; each sample makes a new one. It holds an array: no equality."""

    samples: int
    """How many it learnt from, up to `MEMORY_SAMPLES`."""
    sharpness: float
    noise_sigma: float
    likeness: float
    """How like it a good picture usually is: what `likeness` says of the samples that it learns. Low for scenes
    without firm edges (a dark yard, water), which therefore cannot say whether the camera was moved."""
    edges: EdgeMap

    @property
    def is_ripe(self) -> bool:
        """Whether it has learnt enough to judge."""
        return self.samples >= RIPE_SAMPLES


def learn(baseline: Baseline | None, sample: PictureSample, edges: EdgeMap) -> Baseline:
    """The baseline with one more sample: a plain mean at first, then an exponential average.

    Args:
        baseline: as it was, None before its first sample.
        sample: of a good picture.
        edges: the sample's.
    """
    if baseline is None:
        return Baseline(1, sample.sharpness, sample.noise_sigma, 1.0, edges)
    samples = min(baseline.samples + 1, MEMORY_SAMPLES)
    part = 1 / samples
    cells = baseline.edges.cells
    return Baseline(
        samples=samples,
        sharpness=_averaged(baseline.sharpness, sample.sharpness, part, _PLAIN_SHARPNESS),
        noise_sigma=_averaged(baseline.noise_sigma, sample.noise_sigma, part, _PLAIN_NOISE),
        likeness=baseline.likeness + part * (likeness(edges, baseline) - baseline.likeness),
        edges=_with_norms(cells + np.float32(part) * (edges.cells - cells)),
    )


def _averaged(usual: float, seen: float, part: float, plain: float) -> float:
    return usual + part * (min(seen, max(OUTLIER * usual, plain)) - usual)


def edge_map(sample: PictureSample) -> EdgeMap:
    """A sample's edges."""
    cells = np.frombuffer(sample.edges, np.int8).astype(np.float32)
    patches = cells.reshape(_PATCH_ROWS, EDGE_ROWS // _PATCH_ROWS, _PATCH_COLUMNS, EDGE_COLUMNS // _PATCH_COLUMNS)
    return _with_norms(patches.transpose(0, 2, 1, 3).reshape(_PATCH_ROWS * _PATCH_COLUMNS, -1))


def likeness(edges: EdgeMap, baseline: Baseline) -> float:
    """How much of a baseline's edges a picture has where they belong: 1 for all, about 0 for none.

    The correlation of edges patch by patch, and the mean of the patches weighted by the baseline's edges in them.
    With a card before 80 % of the picture one correlation over all of it would still be √0.2 = 0.45; this is 0.2.
    """
    usual = baseline.edges
    total = float(usual.norms.sum())
    agreement = _row_products(edges.cells, usual.cells) / np.maximum(edges.norms, _LEAST_NORM)
    return float(agreement.sum()) / total if total else 0.0


def _with_norms(cells: Patches) -> EdgeMap:
    return EdgeMap(cells, np.sqrt(_row_products(cells, cells)))


def _row_products(one: Patches, other: Patches) -> Patches:
    products: Patches = np.einsum("ij,ij->i", one, other)
    return products
