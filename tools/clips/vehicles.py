"""What drives in Jakarta: cars, buses, bajaj, motorcycles. Each is drawn at a pose in the canvas's light."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum

from tools.clips.canvas import Canvas
from tools.clips.light import Colour
from tools.clips.space import Faces, Point, Pose, Slab, block, part, solid

GLASS: Colour = (38, 46, 54)
_TYRE: Colour = (24, 24, 26)
_HEAD: Colour = (255, 244, 222)
_TAIL: Colour = (214, 28, 22)
_BUS_WHITE: Colour = (226, 232, 236)
_OJEK: Colour = (22, 150, 72)
_DARK_AMBIENT = 0.3
"""Below this part of daylight lamps throw visible beams."""


class Kind(Enum):
    """The kinds of vehicle."""

    SEDAN = "sedan"
    FAMILY = "family"
    BUS = "bus"
    BAJAJ = "bajaj"
    VAN = "van"
    TRUCK = "truck"
    MOTORCYCLE = "motorcycle"
    OJEK = "ojek"


@dataclass(frozen=True, slots=True)
class Vehicle:
    """A kind and its paint."""

    kind: Kind
    paint: Colour = (200, 200, 204)


@dataclass(frozen=True, slots=True)
class _Shape:
    """A motor car's measures in metres: body below, cabin above, narrower at its top."""

    length: float
    width: float
    waist: float
    roof: float
    cabin_back: float
    cabin_front: float
    roof_back: float
    roof_front: float
    tuck: float = 0.14


_SHAPES = {
    Kind.SEDAN: _Shape(4.5, 1.78, 0.88, 1.44, -1.75, 1.05, -1.1, 0.25),
    Kind.FAMILY: _Shape(4.3, 1.72, 0.95, 1.68, -2.1, 1.2, -1.95, 0.5, 0.1),
    Kind.VAN: _Shape(3.9, 1.62, 1.0, 1.86, -1.93, 1.8, -1.9, 1.25, 0.08),
    Kind.BAJAJ: _Shape(2.6, 1.3, 0.85, 1.72, -1.25, 1.05, -1.1, 0.5, 0.1),
}
_LENGTHS = {Kind.BUS: 11.6, Kind.TRUCK: 6.4, Kind.MOTORCYCLE: 1.9, Kind.OJEK: 1.9}


def draw_vehicle(
    canvas: Canvas, vehicle: Vehicle, pose: Pose, *, braking: bool = False, has_lamps: bool = True
) -> None:
    """Draw a vehicle with its shadow; its lamps glow where lamps burn, unless it is parked."""
    with canvas.standing_at(pose.x_m, pose.y_m):
        if has_lamps:
            _draw_beam(canvas, vehicle, pose)
        if vehicle.kind in (Kind.MOTORCYCLE, Kind.OJEK):
            _draw_motorcycle(canvas, vehicle, pose)
        elif vehicle.kind is Kind.BUS:
            _draw_bus(canvas, pose)
        elif vehicle.kind is Kind.TRUCK:
            _draw_truck(canvas, vehicle, pose)
        else:
            _draw_car(canvas, vehicle, pose, braking=braking)
        if has_lamps:
            _draw_lamps(canvas, vehicle, pose, braking=braking)


def cast_shadow(canvas: Canvas, pose: Pose, length_m: float, width_m: float, height_m: float) -> None:
    """Darken the ground under and, in the sun, beside a thing."""
    half_l, half_w = length_m / 2, width_m / 2
    corners = [(-half_l, -half_w), (half_l, -half_w), (half_l, half_w), (-half_l, half_w)]
    foot = [pose.point(along, across, 0.0) for along, across in corners]
    if canvas.light.sun is None:
        canvas.shadow([pose.point(along * 1.06, across * 1.16, 0.0) for along, across in corners])
        return
    shift_x, shift_y = (part * height_m for part in canvas.light.sun)
    cast = [(x + shift_x, y + shift_y, 0.0) for x, y, _ in foot]
    canvas.shadow(_hull([*foot, *cast]))


def _draw_car(canvas: Canvas, vehicle: Vehicle, pose: Pose, *, braking: bool) -> None:
    shape = _SHAPES[vehicle.kind]
    cast_shadow(canvas, pose, shape.length, shape.width, shape.roof)
    body = block(pose, shape.length, shape.width, 0.24, shape.waist)
    canvas.block(body, vehicle.paint)
    for side in (body.left, body.right):
        canvas.face(part(side, 0.0, 1.0, 0.0, 0.22), (46, 46, 50))
    _draw_wheels(canvas, pose, shape.length * 0.31, shape.width / 2, 0.32)
    _draw_ends(canvas, body, vehicle, braking=braking)
    _draw_cabin(canvas, pose, shape, vehicle)


def _draw_cabin(canvas: Canvas, pose: Pose, shape: _Shape, vehicle: Vehicle) -> None:
    half = shape.width / 2
    cabin = solid(
        pose,
        Slab(shape.cabin_back, shape.cabin_front, -half + 0.04, half - 0.04, shape.waist),
        Slab(shape.roof_back, shape.roof_front, -half + shape.tuck, half - shape.tuck, shape.roof),
    )
    canvas.block(cabin, vehicle.paint)
    for end in (cabin.front, cabin.back):
        canvas.face(part(end, 0.07, 0.93, 0.1, 0.92), GLASS)
        canvas.face(part(end, 0.1, 0.45, 0.5, 0.9), (62, 74, 84))
    for side in (cabin.left, cabin.right):
        canvas.face(part(side, 0.12, 0.5, 0.14, 0.86), GLASS)
        canvas.face(part(side, 0.54, 0.9, 0.14, 0.86), GLASS)


def _draw_ends(canvas: Canvas, body: Faces, vehicle: Vehicle, *, braking: bool) -> None:
    canvas.face(part(body.front, 0.28, 0.72, 0.2, 0.62), (40, 42, 46))
    canvas.face(part(body.front, 0.36, 0.64, 0.1, 0.26), (16, 16, 18))
    canvas.face(part(body.back, 0.36, 0.64, 0.3, 0.52), (16, 16, 18))
    is_lit = canvas.light.is_lit
    for left, right in ((0.05, 0.25), (0.75, 0.95)):
        canvas.face(part(body.front, left, right, 0.5, 0.8), _HEAD, glow=1.0 if is_lit else 0.2)
        glow = 1.0 if braking else 0.75 if is_lit else 0.1
        canvas.face(part(body.back, left, right, 0.5, 0.84), _TAIL, glow=glow)


def _draw_bus(canvas: Canvas, pose: Pose) -> None:
    length, width, roof = _LENGTHS[Kind.BUS], 2.5, 3.1
    cast_shadow(canvas, pose, length, width, roof)
    body = block(pose, length, width, 0.35, roof)
    canvas.block(body, (44, 96, 168), top=_BUS_WHITE)
    glow = 0.55 if canvas.light.is_lit else 0.0
    glass: Colour = (196, 190, 160) if canvas.light.is_lit else GLASS
    for side in (body.left, body.right):
        canvas.face(part(side, 0.0, 1.0, 0.44, 1.0), _BUS_WHITE)
        canvas.face(part(side, 0.0, 1.0, 0.38, 0.46), (214, 52, 44))
        for window in range(7):
            canvas.face(part(side, 0.04 + window * 0.136, 0.155 + window * 0.136, 0.5, 0.84), glass, glow=glow)
    _draw_wheels(canvas, pose, length * 0.3, width / 2, 0.48)
    canvas.face(part(body.front, 0.05, 0.95, 0.4, 0.84), GLASS)
    canvas.face(part(body.front, 0.2, 0.8, 0.87, 0.97), (255, 176, 60), glow=0.85)
    canvas.face(part(body.back, 0.12, 0.88, 0.5, 0.82), GLASS)
    for left, right in ((0.06, 0.22), (0.78, 0.94)):
        canvas.face(part(body.front, left, right, 0.14, 0.24), _HEAD, glow=1.0 if canvas.light.is_lit else 0.2)
        canvas.face(part(body.back, left, right, 0.2, 0.34), _TAIL, glow=0.8 if canvas.light.is_lit else 0.15)


def _draw_truck(canvas: Canvas, vehicle: Vehicle, pose: Pose) -> None:
    length, width = _LENGTHS[Kind.TRUCK], 2.1
    cast_shadow(canvas, pose, length, width, 2.7)
    half = length / 2
    cab = solid(
        pose,
        Slab(half - 1.7, half, -width / 2, width / 2, 0.4),
        Slab(half - 1.7, half - 0.25, -width / 2, width / 2, 2.15),
    )
    box = solid(
        pose,
        Slab(-half, half - 1.85, -width / 2, width / 2, 0.7),
        Slab(-half, half - 1.85, -width / 2, width / 2, 2.8),
    )
    towards = canvas.projection.faces_camera(cab.front)
    for faces, paint in ((box, (216, 214, 204)), (cab, vehicle.paint))[:: 1 if towards else -1]:
        canvas.block(faces, paint)
    _draw_wheels(canvas, pose, length * 0.33, width / 2, 0.42)
    canvas.face(part(cab.front, 0.08, 0.92, 0.48, 0.9), GLASS)
    for side in (cab.left, cab.right):
        canvas.face(part(side, 0.3, 0.85, 0.5, 0.88), GLASS)
    for side in (box.left, box.right):
        canvas.face(part(side, 0.0, 1.0, 0.0, 0.12), vehicle.paint)
    for left, right in ((0.06, 0.24), (0.76, 0.94)):
        canvas.face(part(cab.front, left, right, 0.12, 0.26), _HEAD, glow=1.0 if canvas.light.is_lit else 0.2)
        canvas.face(part(box.back, left, right, 0.02, 0.1), _TAIL, glow=0.8 if canvas.light.is_lit else 0.2)


def _draw_motorcycle(canvas: Canvas, vehicle: Vehicle, pose: Pose) -> None:
    is_ojek = vehicle.kind is Kind.OJEK
    cast_shadow(canvas, pose, 1.8, 0.5, 1.4)
    for along in (-0.62, 0.62):
        _draw_wheel(canvas, pose.point(along, 0, 0.3), pose, 0.3)
    canvas.line(pose.point(-0.75, 0, 0.62), pose.point(0.35, 0, 0.55), 0.3, vehicle.paint)
    canvas.line(pose.point(0.35, 0, 0.5), pose.point(0.55, 0, 0.95), 0.22, vehicle.paint)
    canvas.line(pose.point(0.5, -0.32, 1.0), pose.point(0.5, 0.32, 1.0), 0.06, (40, 40, 44))
    jacket: Colour = _OJEK if is_ojek else (58, 62, 78)
    for side in (-0.17, 0.17):
        canvas.line(pose.point(-0.1, side, 0.78), pose.point(0.25, side * 1.2, 0.45), 0.17, (44, 48, 60))
        canvas.line(pose.point(0.02, side * 1.3, 1.28), pose.point(0.46, side * 1.7, 1.02), 0.11, jacket)
    canvas.line(pose.point(-0.16, 0, 0.85), pose.point(-0.04, 0, 1.28), 0.42, jacket)
    if is_ojek:
        canvas.line(pose.point(-0.55, 0, 0.85), pose.point(-0.5, 0, 1.2), 0.38, (66, 60, 92))
        canvas.ball(pose.point(-0.46, 0, 1.5), 0.16, (200, 196, 190))
    canvas.ball(pose.point(0.02, 0, 1.6), 0.165, _OJEK if is_ojek else vehicle.paint)


def _draw_lamps(canvas: Canvas, vehicle: Vehicle, pose: Pose, *, braking: bool) -> None:
    """Glows and beams: what makes a night picture."""
    light = canvas.light
    if not light.is_lit and not braking:
        return
    nose, tail, half_w, height = _lamp_places(vehicle.kind)
    strength = 1.0 if light.ambient[0] < _DARK_AMBIENT else 0.5
    to_camera = canvas.projection.lens.x_m - pose.x_m, -pose.y_m
    ahead = pose.point(1, 0, 0)
    towards = (ahead[0] - pose.x_m) * to_camera[0] + (ahead[1] - pose.y_m) * to_camera[1] > 0
    for across in (-half_w, half_w) if half_w else (0.0,):
        if towards:
            canvas.glow(pose.point(nose, across, height), 1.5 * strength, _HEAD, 0.9 * strength)
            if light.is_wet:
                canvas.streak(pose.point(nose + 0.2, across, 0), 3.4, 0.34, _HEAD, 0.36)
        else:
            canvas.glow(pose.point(tail, across, height), 0.8, _TAIL, (1.0 if braking else 0.6) * strength)
            if light.is_wet:
                canvas.streak(pose.point(tail - 0.2, across, 0), 2.4, 0.3, _TAIL, 0.34)


def _draw_beam(canvas: Canvas, vehicle: Vehicle, pose: Pose) -> None:
    """The headlights' light on the road ahead, where it is dark enough to be seen."""
    if canvas.light.is_lit and canvas.light.ambient[0] < _DARK_AMBIENT:
        nose, _, half_w, _ = _lamp_places(vehicle.kind)
        beam = [(nose, -half_w), (nose, half_w), (nose + 11, 2.6), (nose + 11, -2.6)]
        canvas.beam([pose.point(along, across, 0.02) for along, across in beam], (120, 112, 92), 0.55)


def _lamp_places(kind: Kind) -> tuple[float, float, float, float]:
    """Front and rear along the vehicle, half the distance between a pair, height; metres."""
    if kind in (Kind.MOTORCYCLE, Kind.OJEK):
        return 0.62, -0.85, 0.0, 0.85
    if kind in _LENGTHS:
        return _LENGTHS[kind] / 2, -_LENGTHS[kind] / 2, 0.9, 0.85
    shape = _SHAPES[kind]
    return shape.length / 2, -shape.length / 2, shape.width / 2 - 0.25, 0.68


def _draw_wheels(canvas: Canvas, pose: Pose, along_m: float, across_m: float, radius_m: float) -> None:
    """The wheels of the side that is seen; the other side's are behind the body."""
    for across in (-across_m, across_m):
        middle, outside = pose.point(0, across, radius_m), pose.point(0, across * 2, radius_m)
        lens = canvas.projection.lens
        towards = (outside[0] - middle[0]) * (lens.x_m - middle[0]) - (outside[1] - middle[1]) * middle[1]
        for along in (-along_m, along_m) if towards > 0 else ():
            _draw_wheel(canvas, pose.point(along, across, radius_m), pose, radius_m, has_hub=True)


def _draw_wheel(canvas: Canvas, hub: Point, pose: Pose, radius_m: float, *, has_hub: bool = False) -> None:
    ahead = pose.point(1, 0, 0)
    along = ahead[0] - pose.x_m, ahead[1] - pose.y_m

    def disc(radius: float) -> list[Point]:
        turns = [
            (radius * math.cos(turn * math.pi / 6), radius * math.sin(turn * math.pi / 6)) for turn in range(12)
        ]
        return [(hub[0] + along[0] * out, hub[1] + along[1] * out, hub[2] + up) for out, up in turns]

    canvas.sheet(disc(radius_m), _TYRE, facing=0.8)
    if has_hub:
        canvas.sheet(disc(radius_m * 0.5), (120, 122, 126), facing=0.8)


def _hull(points: list[Point]) -> list[Point]:
    """The convex outline of points on the ground (Andrew's monotone chain)."""
    ordered = sorted(set(points))

    def chain(source: list[Point]) -> list[Point]:
        out: list[Point] = []
        for point in source:
            while len(out) > 1 and _cross(out[-2], out[-1], point) <= 0:
                out.pop()
            out.append(point)
        return out[:-1]

    return chain(ordered) + chain(ordered[::-1])


def _cross(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
