"""Zoom: what stays where, what is clamped, and which pixels a crop means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.layout import Rect
from app.core.zoom import FINENESS, LARGEST_SCALE, NO_ZOOM, WHOLE, Crop, Zoom, crop_of_pixels

parts = st.floats(0, 1)
steps = st.floats(-40, 40)
moves = st.lists(st.tuples(st.booleans(), steps, parts, parts), max_size=8)


def looked(taken: list[tuple[bool, float, float, float]]) -> Zoom:
    """A zoom after turns of the wheel and drags."""
    zoom = NO_ZOOM
    for is_turn, amount, x, y in taken:
        zoom = zoom.stepped(amount, x, y) if is_turn else zoom.moved(amount * x, amount * y)
    return zoom


@given(moves)
def test_view_never_leaves_the_picture(taken: list[tuple[bool, float, float, float]]) -> None:
    zoom = looked(taken)
    crop = zoom.crop
    assert 1.0 <= zoom.scale <= LARGEST_SCALE
    assert crop.width == crop.height and (crop == WHOLE) is zoom.is_whole
    assert all(part * FINENESS == int(part * FINENESS) for part in (crop.x, crop.y, crop.width, crop.height))


@given(st.floats(0, 16), parts, parts)
def test_what_lies_under_the_mouse_stays_there(notches: float, x: float, y: float) -> None:
    before = NO_ZOOM.stepped(6)
    after = before.stepped(notches, x, y)
    for at, centre, moved in ((x, before.x, after.x), (y, before.y, after.y)):
        held = centre + (at - 0.5) / before.scale
        assert moved + (at - 0.5) / after.scale == pytest.approx(held, abs=1e-9)


def test_four_notches_double() -> None:
    assert NO_ZOOM.stepped(4).scale == pytest.approx(2.0)
    assert NO_ZOOM.stepped(4).crop == Crop(0.25, 0.25, 0.5, 0.5)


def test_as_many_notches_back_show_the_whole_picture() -> None:
    zoom = NO_ZOOM
    for _ in range(7):
        zoom = zoom.stepped(1, 0.9, 0.1)
    for _ in range(7):
        zoom = zoom.stepped(-1, 0.2, 0.7)
    assert zoom is NO_ZOOM and zoom.crop is WHOLE


def test_whole_picture_cannot_be_moved() -> None:
    assert NO_ZOOM.moved(0.5, -0.5) is NO_ZOOM


def test_a_move_is_counted_in_parts_of_the_view_and_stops_at_the_edge() -> None:
    zoom = NO_ZOOM.stepped(8)
    assert zoom.moved(0.5, 0.0).crop.x - zoom.crop.x == pytest.approx(0.125)
    assert zoom.moved(9.0, -9.0).crop == Crop(0.75, 0.0, 0.25, 0.25)


@pytest.mark.parametrize(
    "corners",
    [(-0.1, 0, 0.5, 0.5), (0, -0.1, 0.5, 0.5), (0.6, 0, 0.5, 0.5), (0, 0.6, 0.5, 0.5), (0, 0, 0, 1), (0, 0, 1, 0)],
)
def test_a_crop_that_is_empty_or_outside_is_refused(corners: tuple[float, float, float, float]) -> None:
    with pytest.raises(ValueError, match="lies in the picture"):
        Crop(*corners)


def test_a_crop_says_where_another_lies_in_it() -> None:
    view = Crop(0.5, 0.5, 0.25, 0.5)
    assert view.place(0.75, 0.75) == (1.0, 0.5)
    assert WHOLE.within(view) == (-2.0, -1.0, 4.0, 2.0)


@pytest.mark.parametrize(
    ("crop", "size", "pixels"),
    [
        (WHOLE, (640, 360), Rect(0, 0, 640, 360)),
        (WHOLE, (642, 361), Rect(0, 0, 642, 360)),
        (Crop(0.25, 0.25, 0.5, 0.5), (640, 360), Rect(160, 90, 320, 180)),
        (Crop(0.5, 0.5, 0.5, 0.5), (641, 363), Rect(320, 180, 320, 182)),
        (Crop(0.9375, 0.9375, 0.0625, 0.0625), (160, 90), Rect(144, 74, 16, 16)),
        (Crop(0.0, 0.0, 0.0625, 0.0625), (12, 10), Rect(0, 0, 12, 10)),
    ],
)
def test_a_crop_means_even_pixels_that_lie_in_the_picture(crop: Crop, size: tuple[int, int], pixels: Rect) -> None:
    assert crop.pixels(*size) == pixels


def test_pixels_are_a_crop_that_never_reaches_over_the_picture() -> None:
    assert crop_of_pixels(Rect(320, 0, 320, 180), 640, 360) == Crop(0.5, 0.0, 0.5, 0.5)
    assert crop_of_pixels(Rect(320, 180, 400, 360), 640, 360) == Crop(0.5, 0.5, 0.5, 0.5)


@given(moves, st.integers(2, 4096), st.integers(2, 4096))
def test_cut_pixels_lie_in_the_picture_and_are_a_crop_again(
    taken: list[tuple[bool, float, float, float]], width_px: int, height_px: int
) -> None:
    rect = looked(taken).crop.pixels(width_px, height_px)
    assert rect.x_px % 2 == rect.y_px % 2 == 0
    assert rect.x_px + rect.width_px <= width_px and rect.y_px + rect.height_px <= height_px
    crop = crop_of_pixels(rect, width_px, height_px)
    assert crop.x * width_px == pytest.approx(rect.x_px)
