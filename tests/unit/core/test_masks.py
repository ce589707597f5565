"""Privacy masks: what can be read, and that all is hidden where anything cannot."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.masks import MASKS_MAX, in_view, read_masks
from app.core.zoom import Crop

TRIANGLE = [[0.1, 0.1], [0.5, 0.1], [0.1, 0.6]]


def test_no_masks_hide_nothing() -> None:
    assert read_masks([]) == ()


def test_polygons_and_rectangles_are_read() -> None:
    assert read_masks([TRIANGLE, [0.5, 0.5, 0.25, 0.25]]) == (
        ((0.1, 0.1), (0.5, 0.1), (0.1, 0.6)),
        ((0.5, 0.5), (0.75, 0.5), (0.75, 0.75), (0.5, 0.75)),
    )


def test_a_rectangle_over_the_edge_ends_there() -> None:
    assert read_masks([[0.5, 0.5, 0.75, 1]]) == (((0.5, 0.5), (1.0, 0.5), (1.0, 1.0), (0.5, 1.0)),)


@pytest.mark.parametrize(
    "value",
    [
        None,
        "0 0 1 1",
        {"x": 0},
        [None],
        [[]],
        [[0.1, 0.1, 0.1]],
        [[0.1, 0.1, 0.1, "0.1"]],
        [[0.1, 0.1, 0.1, 1.2]],
        [[0.1, 0.1, 0.1, True]],
        [[0.1, 0.1, 0.1, math.nan]],
        [[0.1, 0.1, 0.0, 0.5]],
        [[[0.1, 0.1], [0.5, 0.5]]],
        [[[0.1, 0.1], [0.5, 0.5], [0.9, 0.9]]],
        [[[0.1, 0.1], [0.5, 0.5], [0.9]]],
        [[[0.1, 0.1], [0.5, 0.5], 0.9]],
        [[[0.1, 0.1], [0.5, 0.5], [0.9, -0.1]]],
        [[[0.1, 0.1], [0.5, 0.5], ["0.9", 0.1]]],
        [TRIANGLE, [[0.1, 0.1]]],
        [[[0.0, 0.0]] * 65],
        [TRIANGLE] * (MASKS_MAX + 1),
    ],
    ids=str,
)
def test_a_mask_that_cannot_be_read_hides_all(value: object) -> None:
    assert read_masks(value) is None


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=2), inner, max_size=2),
)


@given(json_values)
def test_anything_is_either_read_or_hides_all(value: object) -> None:
    masks = read_masks(value)
    assert masks is None or (isinstance(value, list) and len(masks) == len(value))


def test_masks_move_with_the_view() -> None:
    masks = read_masks([[0.5, 0.5, 0.25, 0.25]])
    assert masks is not None
    assert in_view(masks, Crop(0.5, 0.5, 0.5, 0.5)) == (((0.0, 0.0), (0.5, 0.0), (0.5, 0.5), (0.0, 0.5)),)
