"""The cameras on a plane: a schematic map without any map material, drawn from positions and kelurahan alone.

Pure: no Qt, no I/O, no clock. The plane's x grows to the east and y to the south, in metres, as a widget draws it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from app.core.model import AreaCode, Camera, Catalog

EARTH_RADIUS_M = 6_371_008.8
"""The mean radius (IUGG)."""
DOTS_APART_PX = 10.0
"""Where a kelurahan's dots would lie nearer to each other, one circle with their number is drawn for them."""
CIRCLES_APART_PX = 34.0
"""Circles that would lie nearer to each other become one."""
_FINEST_DOTS_M_PER_PX, _COARSEST_DOTS_M_PER_PX = 1.0, 40.0
FINEST_M_PER_PX = 0.05
FIT_MARGIN = 1.12
"""The part of a view that what it fits takes is 1 over this."""
SMALLEST_SPAN_M = 300.0
"""A single camera is shown with this much around it."""
_ROW_PX = 48
"""Dots whose heights differ by less are read as one row."""

Points = NDArray[np.float64]
"""One number for each camera or kelurahan."""


@dataclass(frozen=True, slots=True)
class Place:
    """A kelurahan on the plane."""

    name: str
    x_m: float
    y_m: float
    """The middle of its cameras."""
    cameras: int


@dataclass(frozen=True, slots=True, eq=False)
class Chart:
    """The cameras that have a position, by code, and the kelurahan they stand in."""

    cameras: tuple[Camera, ...]
    x_m: Points
    y_m: Points
    places: tuple[Place, ...]
    """The largest first."""
    place_of: NDArray[np.intp]
    """By camera, the number of its kelurahan in `places`."""
    dots_m_per_px: float
    """The coarsest scale at which most kelurahan can be drawn dot by dot."""
    unplaced: int
    """How many cameras have no position in the registry."""


@dataclass(frozen=True, slots=True)
class ChartView:
    """The part of the plane that a widget shows."""

    x_m: float
    y_m: float
    """The middle."""
    m_per_px: float
    width_px: int
    height_px: int

    def x_px(self, x_m: float) -> float:
        """Where a point of the plane lies in the widget."""
        return (x_m - self.x_m) / self.m_per_px + self.width_px / 2

    def y_px(self, y_m: float) -> float:
        """Where a point of the plane lies in the widget."""
        return (y_m - self.y_m) / self.m_per_px + self.height_px / 2

    def panned(self, right_px: float, down_px: float) -> ChartView:
        """The view moved over the plane by so much of the widget."""
        return replace(self, x_m=self.x_m + right_px * self.m_per_px, y_m=self.y_m + down_px * self.m_per_px)

    def resized(self, width_px: int, height_px: int) -> ChartView:
        """The same middle and scale in a widget of another size."""
        return replace(self, width_px=max(1, width_px), height_px=max(1, height_px))

    def centred(self, x_m: float, y_m: float, at_most_m_per_px: float = math.inf) -> ChartView:
        """The view with that point in the middle, and no coarser than asked."""
        return replace(self, x_m=x_m, y_m=y_m, m_per_px=min(self.m_per_px, at_most_m_per_px))

    def zoomed(self, factor: float, x_px: float, y_px: float, coarsest_m_per_px: float) -> ChartView:
        """The view so many times closer; what lies at that point of the widget stays there."""
        m_per_px = min(max(self.m_per_px / factor, FINEST_M_PER_PX), coarsest_m_per_px)
        step = self.m_per_px - m_per_px
        return replace(
            self,
            x_m=self.x_m + (x_px - self.width_px / 2) * step,
            y_m=self.y_m + (y_px - self.height_px / 2) * step,
            m_per_px=m_per_px,
        )


def chart_of(catalog: Catalog) -> Chart:
    """The chart of a catalogue."""
    placed = sorted((camera for camera in catalog.cameras.values() if camera.location), key=_code)
    x_m, y_m = _projected(placed)
    places, place_of = _places(placed, x_m, y_m, catalog)
    unplaced = len(catalog.cameras) - len(placed)
    return Chart(tuple(placed), x_m, y_m, places, place_of, _dots_m_per_px(places, place_of, x_m, y_m), unplaced)


def _code(camera: Camera) -> str:
    return camera.code


def _projected(cameras: Sequence[Camera]) -> tuple[Points, Points]:
    """Equirectangular projection about the middle: within a city it is off by less than a part in a thousand."""
    spots = [(camera.location.lon_deg, camera.location.lat_deg) for camera in cameras if camera.location]
    degrees = np.array(spots, np.float64).reshape(-1, 2)
    if not len(degrees):
        return np.zeros(0), np.zeros(0)
    lon_deg, lat_deg = degrees.T
    middle_lon_deg, middle_lat_deg = float(np.median(lon_deg)), float(np.median(lat_deg))
    m_per_deg = EARTH_RADIUS_M * math.pi / 180
    east_deg = (lon_deg - middle_lon_deg + 180) % 360 - 180  # the short way round
    x_m = east_deg * m_per_deg * math.cos(math.radians(middle_lat_deg))
    return x_m, (middle_lat_deg - lat_deg) * m_per_deg


def _places(
    cameras: Sequence[Camera], x_m: Points, y_m: Points, catalog: Catalog
) -> tuple[tuple[Place, ...], NDArray[np.intp]]:
    """The kelurahan, the largest first, and for each camera the number of its own."""
    numbers: dict[AreaCode, int] = {}
    place_of = np.array([numbers.setdefault(each.kelurahan_code, len(numbers)) for each in cameras], np.intp)
    counts = np.bincount(place_of, minlength=len(numbers))
    middle_x_m, middle_y_m = (np.bincount(place_of, at_m, len(numbers)) / counts for at_m in (x_m, y_m))
    places = [
        Place(catalog.area_name(code), float(middle_x_m[number]), float(middle_y_m[number]), int(counts[number]))
        for code, number in numbers.items()
    ]
    order = sorted(range(len(places)), key=lambda number: (-places[number].cameras, places[number].name))
    return tuple(places[number] for number in order), np.argsort(order)[place_of]


def _dots_m_per_px(places: Sequence[Place], place_of: NDArray[np.intp], x_m: Points, y_m: Points) -> float:
    """By how far apart cameras stand in the median kelurahan, each taken as a disc that is evenly filled."""
    if not places:
        return _COARSEST_DOTS_M_PER_PX
    middle_x_m, middle_y_m = np.array([(place.x_m, place.y_m) for place in places]).T
    squares = (x_m - middle_x_m[place_of]) ** 2 + (y_m - middle_y_m[place_of]) ** 2
    counts = np.array([place.cameras for place in places])
    # A disc of radius r has a mean square distance of r²/2 from its middle, and π r²/n of ground for each camera.
    grounds_m2 = 2 * math.pi * np.bincount(place_of, squares, len(places)) / counts**2
    apart_m = math.sqrt(float(np.median(grounds_m2)))
    return min(max(apart_m / DOTS_APART_PX, _FINEST_DOTS_M_PER_PX), _COARSEST_DOTS_M_PER_PX)


def fitting(chart: Chart, width_px: int, height_px: int, part: float = 1.0) -> ChartView:
    """The view that shows the cameras.

    Args:
        chart: where they are.
        width_px, height_px: of the widget.
        part: how many of them must be seen: a few on an island must not make a city small.
    """
    width_px, height_px = max(1, width_px), max(1, height_px)
    if not chart.cameras:
        return ChartView(0.0, 0.0, SMALLEST_SPAN_M / width_px, width_px, height_px)
    ends = ((1 - part) / 2, (1 + part) / 2)
    left_m, right_m = (float(end_m) for end_m in np.quantile(chart.x_m, ends))
    top_m, bottom_m = (float(end_m) for end_m in np.quantile(chart.y_m, ends))
    m_per_px = max(
        max(right_m - left_m, SMALLEST_SPAN_M) * FIT_MARGIN / width_px,
        max(bottom_m - top_m, SMALLEST_SPAN_M) * FIT_MARGIN / height_px,
    )
    return ChartView((left_m + right_m) / 2, (top_m + bottom_m) / 2, m_per_px, width_px, height_px)


def dots_px(chart: Chart, view: ChartView) -> tuple[Points, Points]:
    """Where every camera's dot lies in the widget, x and y, whether that is within it or not."""
    x_px = (chart.x_m - view.x_m) / view.m_per_px + view.width_px / 2
    return x_px, (chart.y_m - view.y_m) / view.m_per_px + view.height_px / 2


def in_view(chart: Chart, view: ChartView) -> NDArray[np.intp]:
    """The numbers of the cameras whose dots lie within the widget."""
    x_px, y_px = dots_px(chart, view)
    return np.flatnonzero((x_px >= 0) & (x_px < view.width_px) & (y_px >= 0) & (y_px < view.height_px))


def nearest(chart: Chart, view: ChartView, x_px: float, y_px: float, within_px: float) -> int | None:
    """The number of the camera whose dot lies nearest to a point of the widget, None where none is that near."""
    if not chart.cameras:
        return None
    dots_x_px, dots_y_px = dots_px(chart, view)
    distances_px = np.hypot(dots_x_px - x_px, dots_y_px - y_px)
    number = int(np.argmin(distances_px))
    return number if distances_px[number] <= within_px else None


def neighbour(chart: Chart, view: ChartView, current: int | None, step: int) -> int | None:
    """The next (+1) or previous (-1) camera in view, as one reads: row by row, from the left; None where none is.

    Without a current camera, or with one out of view, it is the first in view, or the last.
    """
    seen = in_view(chart, view)
    if not len(seen):
        return None
    rows = np.floor(chart.y_m[seen] / (view.m_per_px * _ROW_PX))
    ordered = seen[np.lexsort((chart.x_m[seen], rows))].tolist()
    if current not in ordered:
        return int(ordered[0 if step > 0 else -1])
    return int(ordered[(ordered.index(current) + step) % len(ordered)])


@dataclass(frozen=True, slots=True, eq=False)
class Circle:
    """Kelurahan that are drawn as one, named after the largest of them."""

    name: str
    x_px: float
    y_px: float
    cameras: int
    places: tuple[int, ...]
    """Their numbers in the chart, the largest first."""


def circles_of(chart: Chart, view: ChartView) -> list[Circle]:
    """The kelurahan near a view as circles that do not lie on each other, the largest kelurahan's first."""
    points_m = np.array([(place.x_m, place.y_m) for place in chart.places]).reshape(-1, 2)
    points_px = (points_m - (view.x_m, view.y_m)) / view.m_per_px + (view.width_px / 2, view.height_px / 2)
    is_free = np.ones(len(points_px), np.bool_)
    circles = []
    for number, place in enumerate(chart.places):
        if is_free[number]:
            is_near = is_free & (np.hypot(*(points_px - points_px[number]).T) < CIRCLES_APART_PX)
            is_free &= ~is_near
            places = tuple(np.flatnonzero(is_near).tolist())
            cameras = sum(chart.places[each].cameras for each in places)
            x_px, y_px = points_px[number]
            circles.append(Circle(place.name, float(x_px), float(y_px), cameras, places))
    return circles


@dataclass(frozen=True, slots=True)
class Label:
    """A text that wants a place, the middle of its box at a point of the widget."""

    x_px: float
    y_px: float
    width_px: float
    height_px: float

    def is_within(self, width_px: float, height_px: float) -> bool:
        """Whether the whole box lies in a widget of that size."""
        is_across = self.width_px <= 2 * self.x_px <= 2 * width_px - self.width_px
        return is_across and self.height_px <= 2 * self.y_px <= 2 * height_px - self.height_px

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Its middle and its size."""
        return self.x_px, self.y_px, self.width_px, self.height_px


def without_overlap(
    labels: Sequence[Label], width_px: float, height_px: float, obstacles: Sequence[Label] = ()
) -> list[int]:
    """The numbers of the labels that can be drawn: within the widget, and over no obstacle or earlier label.

    Args:
        labels: the most important first.
        width_px, height_px: of the widget.
        obstacles: what is drawn in any case.
    """
    taken = np.zeros((len(obstacles) + len(labels), 4))
    taken[: len(obstacles)] = [label.box for label in obstacles] or np.zeros((0, 4))
    kept: list[int] = []
    for number, label in enumerate(labels):
        used = len(obstacles) + len(kept)
        if label.is_within(width_px, height_px) and not _meets_any(label, taken[:used]):
            taken[used] = label.box
            kept.append(number)
    return kept


def _meets_any(label: Label, boxes: Points) -> bool:
    """Whether a label shares a point with one of the boxes."""
    x_px, y_px, width_px, height_px = boxes.T
    is_beside = np.abs(x_px - label.x_px) * 2 < width_px + label.width_px
    return bool(np.any(is_beside & (np.abs(y_px - label.y_px) * 2 < height_px + label.height_px)))
