"""The frame index in the pixels: written, scaled, damaged, read."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from app.demo import barcode

_SIZES = [(1080, 1920), (360, 640), (135, 240), (270, 480)]
_INDEXES = st.integers(0, 1023)


def _picture(shape: tuple[int, ...], level: int = 128) -> NDArray[np.uint8]:
    return np.full(shape, level, np.uint8)


@pytest.mark.parametrize("size", _SIZES)
@given(index=_INDEXES, level=st.integers(0, 255))
def test_what_is_written_is_read(size: tuple[int, int], index: int, level: int) -> None:
    picture = _picture(size, level)
    barcode.write(picture, index)
    assert barcode.read(picture) == index


@given(index=_INDEXES, factor=st.sampled_from([2, 4, 8]))
def test_it_is_read_from_a_picture_scaled_down_to_240_pixels(index: int, factor: int) -> None:
    picture = _picture((135 * factor, 240 * factor))
    barcode.write(picture, index)
    small = picture.reshape(135, factor, 240, factor).mean(axis=(1, 3)).astype(np.uint8)
    assert barcode.read(small) == index


@given(index=_INDEXES, seed=st.integers(0, 1_000))
def test_noise_and_a_weak_contrast_do_not_hide_it(index: int, seed: int) -> None:
    picture = _picture((360, 640))
    barcode.write(picture, index)
    noise = np.random.default_rng(seed).normal(0, 12, picture.shape)
    worn = np.clip(40 + picture * 0.6 + noise, 0, 255).astype(np.uint8)
    assert barcode.read(worn) == index


def test_colours_are_written_like_luma() -> None:
    colours = _picture((360, 640, 3))
    barcode.write(colours, 777)
    assert barcode.read(colours[:, :, 1].copy()) == 777


@given(index=_INDEXES, cells=st.sets(st.tuples(st.integers(0, 1), st.integers(0, 14)), min_size=1, max_size=7))
def test_up_to_seven_flipped_cells_are_noticed(index: int, cells: set[tuple[int, int]]) -> None:
    picture = _picture((720, 1280))
    barcode.write(picture, index)
    for row, column in cells:
        cell = picture[660 + row * 25 : 685 + row * 25, column * 20 : (column + 1) * 20]
        cell[:] = 236 - cell
    assert barcode.read(picture) is None


@pytest.mark.parametrize("level", [0, 20, 128, 255])
def test_a_picture_without_a_code_reads_as_none(level: int) -> None:
    assert barcode.read(_picture((360, 640), level)) is None


@given(seed=st.integers(0, 300))
def test_noise_alone_is_hardly_ever_taken_for_a_code(seed: int) -> None:
    noise = np.random.default_rng(seed).integers(0, 256, (360, 640), np.uint8)
    assert barcode.read(noise) is None


def test_a_covered_code_reads_as_none() -> None:
    picture = _picture((360, 640))
    barcode.write(picture, 511)
    picture[340:, :80] = 20
    assert barcode.read(picture) is None


@pytest.mark.parametrize("index", [-1, 1024])
def test_an_index_that_does_not_fit_is_refused(index: int) -> None:
    with pytest.raises(ValueError, match="does not fit"):
        barcode.write(_picture((360, 640)), index)
