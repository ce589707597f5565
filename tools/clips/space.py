"""The space that scenes are built in: metres, x to the right, y away from the camera, z up; and its camera."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Point = tuple[float, float, float]
Pixel = tuple[float, float]
Quad = tuple[Point, Point, Point, Point]
"""Corners seen from outside: bottom left, bottom right, top right, top left."""
_NEAR_M = 0.4


@dataclass(frozen=True, slots=True)
class Lens:
    """A camera on a pole above the origin.

    Args:
        height_m: above the ground.
        pitch_deg: how far it looks down; yaw_deg: to the right; roll_deg: clockwise.
        field_deg: horizontal field of view.
        is_mirrored: left and right exchanged, which makes another composition of the same place.
    """

    height_m: float
    pitch_deg: float
    field_deg: float = 70.0
    yaw_deg: float = 0.0
    roll_deg: float = 0.0
    x_m: float = 0.0
    is_mirrored: bool = False


class Projection:
    """Points of the space to pixels of a picture."""

    def __init__(self, lens: Lens, width_px: int, height_px: int) -> None:
        self.width_px = width_px
        self.height_px = height_px
        self.lens = lens
        self._focal_px = width_px / 2 / math.tan(math.radians(lens.field_deg) / 2)
        self._yaw = _turn(lens.yaw_deg)
        self._pitch = _turn(lens.pitch_deg)
        self._roll = _turn(lens.roll_deg)

    def scale_px(self, distance_m: float) -> float:
        """How many pixels a metre has at a distance."""
        return self._focal_px / max(distance_m, _NEAR_M)

    def view(self, point: Point) -> Point:
        """A point as the camera sees it: right, down, depth in metres."""
        x, y, z = point[0] - self.lens.x_m, point[1], point[2] - self.lens.height_m
        cos, sin = self._yaw
        x, y = x * cos - y * sin, x * sin + y * cos
        cos, sin = self._pitch
        return x, -z * cos - y * sin, y * cos - z * sin

    def pixel(self, seen: Point) -> Pixel:
        """The pixel of a seen point, which lies before the camera."""
        ratio = self._focal_px / max(seen[2], _NEAR_M)
        x, y = seen[0] * ratio, seen[1] * ratio
        cos, sin = self._roll
        x, y = x * cos - y * sin, x * sin + y * cos
        if self.lens.is_mirrored:
            x = -x
        return x + self.width_px / 2, y + self.height_px / 2

    def at(self, point: Point) -> tuple[Pixel, float]:
        """A point's pixel and its depth in metres."""
        seen = self.view(point)
        return self.pixel(seen), seen[2]

    def polygon(self, points: Sequence[Point]) -> tuple[list[Pixel], float]:
        """A polygon's pixels, cut off behind the camera, and its middle depth; no pixels if out of sight."""
        seen = list(_before_camera([self.view(point) for point in points]))
        if len(seen) < 3:
            return [], 0.0
        depth_m = sum(point[2] for point in seen) / len(seen)
        return [self.pixel(point) for point in seen], depth_m

    def faces_camera(self, quad: Quad) -> bool:
        """Whether the outside of a quad is seen."""
        normal = normal_of(quad)
        return (
            normal[0] * (self.lens.x_m - quad[0][0])
            - normal[1] * quad[0][1]
            + normal[2] * (self.lens.height_m - quad[0][2])
        ) > 0


@dataclass(frozen=True, slots=True)
class Pose:
    """Where a thing stands on the ground and which way it looks; `along` is forward, `across` is left."""

    x_m: float
    y_m: float
    heading_deg: float = 90.0

    def point(self, along_m: float, across_m: float, z_m: float) -> Point:
        """A point of the thing in the space."""
        cos, sin = _turn(self.heading_deg)
        return (
            self.x_m + along_m * cos - across_m * sin,
            self.y_m + along_m * sin + across_m * cos,
            z_m,
        )


@dataclass(frozen=True, slots=True)
class Slab:
    """A rectangle at one height of a solid: along from-to, across from-to, height."""

    back_m: float
    front_m: float
    right_m: float
    left_m: float
    z_m: float


@dataclass(frozen=True, slots=True)
class Faces:
    """The outer faces of a solid."""

    front: Quad
    back: Quad
    left: Quad
    right: Quad
    top: Quad


def solid(pose: Pose, low: Slab, high: Slab) -> Faces:
    """The faces of a block whose top may be smaller than its bottom."""

    def corners(slab: Slab) -> tuple[Point, Point, Point, Point]:
        return (
            pose.point(slab.back_m, slab.right_m, slab.z_m),
            pose.point(slab.front_m, slab.right_m, slab.z_m),
            pose.point(slab.front_m, slab.left_m, slab.z_m),
            pose.point(slab.back_m, slab.left_m, slab.z_m),
        )

    br, fr, fl, bl = corners(low)
    tbr, tfr, tfl, tbl = corners(high)
    return Faces(
        front=(fr, fl, tfl, tfr),
        back=(bl, br, tbr, tbl),
        left=(fl, bl, tbl, tfl),
        right=(br, fr, tfr, tbr),
        top=(tbr, tfr, tfl, tbl),
    )


def block(pose: Pose, length_m: float, width_m: float, bottom_m: float, top_m: float) -> Faces:
    """The faces of an upright block around its pose."""
    half_l, half_w = length_m / 2, width_m / 2
    low = Slab(-half_l, half_l, -half_w, half_w, bottom_m)
    return solid(pose, low, Slab(-half_l, half_l, -half_w, half_w, top_m))


def part(quad: Quad, left: float, right: float, bottom: float, top: float) -> Quad:
    """A rectangle inside a quad, by fractions of its width and height."""

    def at(across: float, up: float) -> Point:
        low = between(quad[0], quad[1], across)
        return between(low, between(quad[3], quad[2], across), up)

    return at(left, bottom), at(right, bottom), at(right, top), at(left, top)


def between(start: Point, end: Point, fraction: float) -> Point:
    """A point on the way from one to another."""
    return (
        start[0] + (end[0] - start[0]) * fraction,
        start[1] + (end[1] - start[1]) * fraction,
        start[2] + (end[2] - start[2]) * fraction,
    )


def normal_of(quad: Quad) -> Point:
    """The direction that a quad's outside looks to, of length 1."""
    a = [quad[1][axis] - quad[0][axis] for axis in range(3)]
    b = [quad[3][axis] - quad[0][axis] for axis in range(3)]
    x, y, z = a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]
    length = math.sqrt(x * x + y * y + z * z) or 1.0
    return x / length, y / length, z / length


def _turn(degrees: float) -> tuple[float, float]:
    radians = math.radians(degrees)
    return math.cos(radians), math.sin(radians)


def _before_camera(points: list[Point]) -> Iterator[Point]:
    """The polygon cut at the near plane (Sutherland and Hodgman)."""
    for position, current in enumerate(points):
        previous = points[position - 1]
        if (current[2] >= _NEAR_M) != (previous[2] >= _NEAR_M):
            yield between(previous, current, (_NEAR_M - previous[2]) / (current[2] - previous[2]))
        if current[2] >= _NEAR_M:
            yield current
