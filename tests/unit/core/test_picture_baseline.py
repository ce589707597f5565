"""What a baseline learns, and how like it a picture is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from app.core.picture import EDGE_COLUMNS, EDGE_ROWS, PictureSample
from app.core.picture_baseline import (
    MEMORY_SAMPLES,
    RIPE_SAMPLES,
    Baseline,
    edge_map,
    learn,
    likeness,
)

CELLS = EDGE_ROWS * EDGE_COLUMNS


def sample(
    sharpness: float = 500.0, noise_sigma: float = 1.5, scene: int = 1, covered: slice | None = None
) -> PictureSample:
    """A sample of a scene: edges drawn by its number; the columns of `covered` are without any."""
    edges = np.random.default_rng(scene).integers(-60, 61, (EDGE_ROWS, EDGE_COLUMNS)).astype(np.int8)
    if covered is not None:
        edges[:, covered] = 0
    return PictureSample(640, 360, 0.1, sharpness, noise_sigma, 0.02, edges.tobytes())


def learnt(baseline: Baseline | None, picture: PictureSample) -> Baseline:
    return learn(baseline, picture, edge_map(picture))


def like(picture: PictureSample, baseline: Baseline) -> float:
    return likeness(edge_map(picture), baseline)


def test_the_same_picture_is_wholly_like_it_and_another_scene_is_not() -> None:
    baseline = learnt(None, sample())
    assert like(sample(), baseline) == pytest.approx(1.0)
    assert abs(like(sample(scene=2), baseline)) < 0.15


def test_a_card_takes_away_the_share_that_it_covers() -> None:
    assert like(sample(covered=slice(0, 32)), learnt(None, sample())) == pytest.approx(0.2, abs=0.02)


def test_a_lower_contrast_is_as_like() -> None:
    edges: NDArray[np.int8] = np.frombuffer(sample().edges, np.int8) // 2
    low, high = (replace(sample(), edges=(edges * factor).astype(np.int8).tobytes()) for factor in (1, 2))
    assert like(low, learnt(None, high)) == pytest.approx(1.0)


def test_without_edges_nothing_is_alike() -> None:
    blank = PictureSample(640, 360, 0.1, 0.0, 0.0, None, bytes(CELLS))
    assert like(blank, learnt(None, sample())) == 0.0
    assert like(sample(), learnt(None, blank)) == 0.0


def test_it_ripens_and_is_the_plain_mean_until_its_memory_is_full() -> None:
    baseline = None
    for number in range(RIPE_SAMPLES - 1):
        baseline = learnt(baseline, sample(sharpness=float(number)))
    assert baseline is not None and not baseline.is_ripe
    baseline = learnt(baseline, sample(sharpness=float(RIPE_SAMPLES - 1)))
    assert baseline.is_ripe
    assert baseline.sharpness == pytest.approx((RIPE_SAMPLES - 1) / 2)
    assert baseline.likeness == pytest.approx(1.0)


def test_a_full_memory_forgets_slowly() -> None:
    full = replace(learnt(None, sample(sharpness=400.0, noise_sigma=1.0)), samples=MEMORY_SAMPLES)
    later = learnt(full, sample(sharpness=760.0, noise_sigma=4.6))
    assert later.samples == MEMORY_SAMPLES
    assert (later.sharpness, later.noise_sigma) == pytest.approx((400.2, 1.002))


def test_broken_pictures_among_the_first_ones_do_not_make_sound_ones_odd() -> None:
    """One in ten measures fifty times as sharp, as H.265 key frames with a part missing were seen to."""
    baseline = None
    for number in range(RIPE_SAMPLES):
        is_broken = number % 10 == 5
        baseline = learnt(baseline, sample(sharpness=20_000.0 if is_broken else 400.0))
    assert baseline is not None and 400.0 <= baseline.sharpness < 500.0


def test_a_scene_that_was_flat_at_first_is_learnt_all_the_same() -> None:
    baseline = learnt(None, sample(sharpness=0.0, noise_sigma=0.0))
    for _ in range(RIPE_SAMPLES):
        baseline = learnt(baseline, sample(sharpness=3_000.0, noise_sigma=8.0))
    assert baseline.sharpness > 2_000.0 and baseline.noise_sigma > 4.0


def test_a_scene_without_firm_edges_is_known_by_a_low_usual_likeness() -> None:
    baseline = None
    for scene in range(RIPE_SAMPLES):
        baseline = learnt(baseline, sample(scene=scene))
    assert baseline is not None and baseline.likeness < 0.4
