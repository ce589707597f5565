"""Looking closer at a picture: what part of it a tile shows, and how the wheel and the keys change that. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.layout import Rect

LARGEST_SCALE = 16.0
WHEEL_STEP = 2.0**0.25
"""What one notch of the wheel enlarges by: four double the picture."""
PAN_STEP = 0.1
"""How far a key moves the view, parts of the view itself."""
FINENESS = 1 << 15
"""The steps that a picture's width and height are cut into: a crop survives shared memory and JSON unchanged."""
LEAST_CUT_PX = 16
"""FFmpeg's scaler takes nothing narrower without reading past its end."""
_ALMOST_WHOLE = 1.001
"""Notches do not add up to exactly one."""


@dataclass(frozen=True, slots=True)
class Crop:
    """A part of a picture: its corner and size, each a part (0–1) of the picture's width or height.

    Raises:
        ValueError: it is empty or leaves the picture.
    """

    x: float = 0.0
    y: float = 0.0
    width: float = 1.0
    height: float = 1.0

    def __post_init__(self) -> None:
        is_inside = min(self.x, self.y) >= 0.0 and self.x + self.width <= 1.0 and self.y + self.height <= 1.0
        if not (is_inside and self.width > 0.0 and self.height > 0.0):
            raise ValueError("a crop lies in the picture and is not empty")

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the picture lies in this view of it, in parts; outside 0–1 where it is not seen."""
        return (x - self.x) / self.width, (y - self.y) / self.height

    def within(self, other: Crop) -> tuple[float, float, float, float]:
        """This crop's corner and size in parts of another crop of the same picture."""
        return *other.place(self.x, self.y), self.width / other.width, self.height / other.height

    def pixels(self, width_px: int, height_px: int) -> Rect:
        """The pixels of a picture of that size that come nearest.

        Corner and size are even: chroma is halved both ways. The size does not depend on the place, so that
        nothing jitters while the view is moved.
        """
        left_px, wide_px = _even_span(self.x, self.width, width_px)
        top_px, high_px = _even_span(self.y, self.height, height_px)
        return Rect(left_px, top_px, wide_px, high_px)


WHOLE = Crop()


def crop_of_pixels(rect: Rect, width_px: int, height_px: int) -> Crop:
    """The part that some pixels are of a picture of that size."""
    x, y = rect.x_px / width_px, rect.y_px / height_px
    return Crop(x, y, min(rect.width_px / width_px, 1.0 - x), min(rect.height_px / height_px, 1.0 - y))


def _even_span(start: float, part: float, length_px: int) -> tuple[int, int]:
    span_px = min(length_px, max(LEAST_CUT_PX, 2 * round(part * length_px / 2)))
    last_px = (length_px - span_px) & ~1
    return min(last_px, 2 * round(start * length_px / 2)), span_px


@dataclass(frozen=True, slots=True)
class Zoom:
    """How closely a tile is looked at: made by its own methods, which keep the view inside the picture.

    Attributes:
        scale: 1 to 16 times.
        x, y: the view's centre, parts of the picture.
    """

    scale: float = 1.0
    x: float = 0.5
    y: float = 0.5

    @property
    def is_whole(self) -> bool:
        """Whether the whole picture is shown."""
        return self.scale == 1.0

    @property
    def crop(self) -> Crop:
        """The part of the picture that is shown, in `FINENESS` steps."""
        if self.is_whole:
            return WHOLE
        size = max(1, round(FINENESS / self.scale))
        left, top = (min(max(0, round(at * FINENESS - size / 2)), FINENESS - size) for at in (self.x, self.y))
        return Crop(left / FINENESS, top / FINENESS, size / FINENESS, size / FINENESS)

    def stepped(self, steps: float, x: float = 0.5, y: float = 0.5) -> Zoom:
        """So many notches closer (negative: away); the point under the mouse stays where it is.

        Args:
            steps: of the wheel.
            x, y: the mouse, parts of the view.
        """
        scale = min(max(1.0, self.scale * WHEEL_STEP**steps), LARGEST_SCALE)
        held = self.x + (x - 0.5) / self.scale, self.y + (y - 0.5) / self.scale
        return _inside(scale, held[0] - (x - 0.5) / scale, held[1] - (y - 0.5) / scale)

    def moved(self, right: float, down: float) -> Zoom:
        """The view moved over the picture, parts of the view."""
        return _inside(self.scale, self.x + right / self.scale, self.y + down / self.scale)


NO_ZOOM = Zoom()


def _inside(scale: float, x: float, y: float) -> Zoom:
    if scale < _ALMOST_WHOLE:
        return NO_ZOOM
    half = 0.5 / scale
    return Zoom(scale, min(max(half, x), 1.0 - half), min(max(half, y), 1.0 - half))
