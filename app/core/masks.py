"""Privacy masks: the parts of a camera's picture that nobody may see. Pure.

A mask that cannot be read hides the whole picture: what was meant to be hidden must never show.
"""

from __future__ import annotations

from collections.abc import Iterable

from app.core.zoom import Crop

Point = tuple[float, float]
"""Parts of the picture's width and height, from its upper left corner."""
Mask = tuple[Point, ...]
"""A polygon's corners, in order; it is closed by itself."""
Masks = tuple[Mask, ...] | None
"""All masks of a camera; None: they cannot be read, and nothing of the picture may be shown."""

MASKS_MAX = 64
CORNERS_MAX = 64
_LEAST_AREA = 1e-6
"""Of the picture: less hides no pixel, and was meant to hide something."""


def read_masks(value: object) -> Masks:
    """The masks of a JSON value: polygons `[[x, y], …]` of three corners and more, or rectangles `[x, y, w, h]`.

    Returns:
        None where any of it is not of that form: one mask too few shows what must be hidden.
    """
    if not isinstance(value, list | tuple) or len(value) > MASKS_MAX:
        return None
    masks = tuple(mask for mask in map(_read_mask, value) if mask is not None)
    return masks if len(masks) == len(value) else None


def _read_mask(value: object) -> Mask | None:
    if not isinstance(value, list | tuple) or not 3 <= len(value) <= CORNERS_MAX:
        return None
    is_rectangle = _part(value[0]) is not None
    corners = _rectangle(value) if is_rectangle else [_read_point(point) for point in value]
    whole = tuple(corner for corner in corners if corner is not None)
    return whole if len(whole) == len(corners) and _area(whole) >= _LEAST_AREA else None


def _rectangle(values: Iterable[object]) -> list[Point | None]:
    parts = [value for value in map(_part, values) if value is not None]
    if len(parts) != 4:
        return [None]
    x, y, width, height = parts
    right, bottom = min(1.0, x + width), min(1.0, y + height)
    return [(x, y), (right, y), (right, bottom), (x, bottom)]


def _read_point(value: object) -> Point | None:
    if not isinstance(value, list | tuple) or len(value) != 2:
        return None
    x, y = map(_part, value)
    return None if x is None or y is None else (x, y)


def _part(value: object) -> float | None:
    """A number from 0 to 1; NaN is none, and neither are true and false."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        return None
    return float(value)


def _area(mask: Mask) -> float:
    """By the shoelace formula, a part of the picture; 0 for a line, and for a bow whose halves cancel out."""
    turned = (*mask[1:], mask[0])
    return abs(sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in zip(mask, turned, strict=True))) / 2


def in_view(masks: Iterable[Mask], view: Crop) -> tuple[Mask, ...]:
    """The masks in parts of a view of the picture; corners may lie outside of it."""
    return tuple(tuple(view.place(x, y) for x, y in mask) for mask in masks)
