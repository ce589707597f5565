"""What one picture measures, against pictures whose measures are known."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from app.core.picture import EDGE_COLUMNS, EDGE_ROWS, PictureSample, measure

SIZES = [(64, 48), (90, 160), (640, 360), (704, 576), (1920, 1080), (3840, 2160)]
"""Width and height, pixels."""


def flat(level: int, width: int = 704, height: int = 576) -> NDArray[np.uint8]:
    return np.full((height, width), level, np.uint8)


def noise(sigma: float, width: int = 704, height: int = 576) -> NDArray[np.uint8]:
    values = np.random.default_rng(3).normal(128, sigma, (height, width))
    return np.clip(np.rint(values), 0, 255).astype(np.uint8)


def sample_of(luma: NDArray[np.uint8]) -> PictureSample:
    return measure(luma, None)[0]


def cells_of(sample: PictureSample) -> NDArray[np.int8]:
    return np.frombuffer(sample.edges, np.int8).reshape(EDGE_ROWS, EDGE_COLUMNS)


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_every_size_is_measured_alike(width: int, height: int) -> None:
    sample = sample_of(noise(6.0, width, height))
    assert (sample.width_px, sample.height_px) == (width, height)
    assert sample.noise_sigma == pytest.approx(6.0, rel=0.08)
    assert sample.sharpness == pytest.approx(20 * 6.0**2, rel=0.15), "four neighbours and four times the middle"
    assert len(sample.edges) == EDGE_ROWS * EDGE_COLUMNS


def test_a_flat_picture_has_neither_detail_nor_noise_nor_edges() -> None:
    sample = sample_of(flat(120))
    assert (sample.sharpness, sample.noise_sigma, sample.dark_fraction) == (0.0, 0.0, 0.0)
    assert sample.edges == bytes(EDGE_ROWS * EDGE_COLUMNS)


def test_a_brightness_that_rises_evenly_is_no_noise() -> None:
    ramp = np.add.outer(np.arange(48), np.arange(64)).astype(np.uint8)
    assert (sample_of(ramp).noise_sigma, sample_of(ramp).sharpness) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("level", "is_full_range", "dark"),
    [(16, False, 1.0), (37, False, 1.0), (38, False, 0.0), (0, True, 1.0), (25, True, 1.0), (26, True, 0.0)],
)
def test_dark_is_below_a_tenth_of_the_range(level: int, is_full_range: bool, dark: float) -> None:
    assert measure(flat(level), None, is_full_range=is_full_range)[0].dark_fraction == dark


def test_the_dark_share_is_that_of_the_area() -> None:
    luma = flat(150)
    luma[:144] = 16
    assert sample_of(luma).dark_fraction == pytest.approx(0.25)


def test_change_is_the_mean_difference_to_the_picture_before() -> None:
    first, thumbnail = measure(flat(100), None)
    assert first.change is None
    brighter = flat(100)
    brighter[:, :352] += 51
    second, later = measure(brighter, thumbnail)
    assert second.change == pytest.approx(0.1)
    assert measure(flat(100), later)[0].change == pytest.approx(0.1), "darker counts as much as brighter"
    assert measure(brighter, later)[0].change == 0.0


def test_a_change_of_size_can_be_compared_across() -> None:
    _, thumbnail = measure(flat(100, 1920, 1080), None)
    assert measure(flat(100, 640, 360), thumbnail)[0].change == 0.0


def test_edges_lie_where_they_are_and_say_which_side_is_lighter() -> None:
    luma = flat(50, 640, 384)
    luma[:, 320:] = 200
    cells = cells_of(sample_of(luma))
    columns = np.flatnonzero(cells.any(axis=0))
    assert columns.tolist() == [19, 20]
    assert (cells[:, 19] < 0).all() and (cells[:, 20] > 0).all()


def test_the_strongest_contrast_fits_into_a_cell() -> None:
    luma = flat(0, 640, 384)
    luma[160:176, 320:336] = 255
    assert cells_of(sample_of(luma)).max() == 120  # 8·√(255 - 255/9)


def test_a_decoders_padded_plane_is_read_without_its_padding() -> None:
    padded = np.full((576, 768), 255, np.uint8)
    padded[:, :704] = noise(4.0)
    assert sample_of(padded[:, :704]) == sample_of(noise(4.0))


@given(st.integers(64, 200), st.integers(48, 160), st.integers(0, 2**32 - 1), st.integers(0, 255))
def test_whatever_the_picture_its_measures_are_in_their_ranges(
    width: int, height: int, seed: int, least: int
) -> None:
    luma = np.random.default_rng(seed).integers(least, 256, (height, width), dtype=np.uint8)
    sample, _ = measure(luma, measure(~luma, None)[1])
    assert 0.0 <= sample.dark_fraction <= 1.0
    assert sample.change is not None and 0.0 <= sample.change <= 1.0
    assert 0.0 <= sample.sharpness <= 1020.0**2
    assert 0.0 <= sample.noise_sigma < 500.0
    assert all(isinstance(value, float) for value in (sample.dark_fraction, sample.sharpness, sample.noise_sigma))
