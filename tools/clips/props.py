"""What stands around: buildings, trees, lamps, poles, umbrellas, signs."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass

from tools.clips.canvas import Canvas
from tools.clips.light import Colour, Lamp
from tools.clips.space import Faces, Point, Pose, Quad, block, part
from tools.clips.vehicles import cast_shadow

_LIT_WINDOWS: tuple[Colour, ...] = ((255, 214, 150), (255, 232, 190), (214, 226, 240), (255, 196, 120))
_TRUNK: Colour = (92, 74, 58)
_METAL: Colour = (120, 124, 128)


@dataclass(frozen=True, slots=True)
class Building:
    """A block with rows of windows; measures in metres, `bays` windows on its long side."""

    x_m: float
    y_m: float
    width_m: float
    length_m: float
    height_m: float
    wall: Colour
    glass: Colour = (70, 84, 96)
    floors: int = 4
    bays: int = 6
    sign: Colour | None = None


def draw_building(canvas: Canvas, building: Building, seed: int) -> None:
    """Draw a building; some of its windows are lit where lamps burn."""
    chance = random.Random(seed)
    faces = block(Pose(building.x_m, building.y_m), building.length_m, building.width_m, 0.0, building.height_m)
    canvas.block(faces, building.wall)
    across = max(2, round(building.bays * building.width_m / building.length_m))
    for wall, bays in _walls(faces, building.bays, across):
        if canvas.projection.faces_camera(wall):
            _draw_windows(canvas, building, wall, bays, chance)
            if building.sign is not None:
                ground = 0.9 / building.floors
                board = part(wall, 0.08, 0.92, ground, ground * 1.28)
                canvas.face(board, building.sign, glow=0.9 if canvas.light.is_lit else 0.0)


def _walls(faces: Faces, along: int, across: int) -> tuple[tuple[Quad, int], ...]:
    return (faces.left, along), (faces.right, along), (faces.back, across), (faces.front, across)


def _draw_windows(canvas: Canvas, building: Building, wall: Quad, bays: int, chance: random.Random) -> None:
    for floor in range(building.floors):
        low, high = (floor + 0.24) / building.floors, (floor + 0.82) / building.floors
        for bay in range(bays):
            left, right = (bay + 0.14) / bays, (bay + 0.86) / bays
            is_lit = chance.random() < canvas.light.lit_windows
            tint = chance.choice(_LIT_WINDOWS) if is_lit else building.glass
            glow = chance.uniform(0.5, 0.95) if is_lit else 0.0
            canvas.face(part(wall, left, right, low, high), tint, glow=glow)


def draw_tree(canvas: Canvas, x_m: float, y_m: float, height_m: float, seed: int) -> None:
    """A broad city tree: a trunk and a crown of many leaves' clumps, darker below."""
    chance = random.Random(seed)
    with canvas.standing_at(x_m, y_m):
        pose = Pose(x_m, y_m)
        cast_shadow(canvas, pose, height_m * 0.5, height_m * 0.5, height_m * 0.7)
        canvas.line((x_m, y_m, 0), (x_m, y_m, height_m * 0.6), 0.34, _TRUNK)
        clumps = [_clump(chance, height_m) for _ in range(64)]
        for dx, dy, z, size in sorted(clumps, key=lambda clump: clump[2]):
            bright = 0.5 + 0.75 * (z / height_m - 0.5) + chance.uniform(-0.1, 0.1)
            leaf = (86 * bright, 122 * bright, 62 * bright)
            canvas.ball((x_m + dx, y_m + dy, z), size, leaf, squash=0.8)


def _clump(chance: random.Random, height_m: float) -> tuple[float, float, float, float]:
    turn, reach = chance.uniform(0, 2 * math.pi), math.sqrt(chance.random()) * height_m * 0.33
    top = height_m * (0.62 + 0.38 * (1 - (reach / (height_m * 0.34)) ** 2) * chance.random())
    return reach * math.cos(turn), reach * math.sin(turn), top, height_m * chance.uniform(0.04, 0.085)


def draw_palm(canvas: Canvas, x_m: float, y_m: float, height_m: float, seed: int) -> None:
    """A palm: a bent trunk and drooping fronds."""
    chance = random.Random(seed)
    lean_x, lean_y = chance.uniform(-0.7, 0.7), chance.uniform(-0.5, 0.5)
    crown = (x_m + lean_x, y_m + lean_y, height_m)
    with canvas.standing_at(x_m, y_m):
        cast_shadow(canvas, Pose(x_m, y_m), 1.2, 1.2, height_m)
        for step in range(6):
            start, end = step / 6, (step + 1) / 6
            canvas.line(
                (x_m + lean_x * start**2, y_m + lean_y * start**2, height_m * start),
                (x_m + lean_x * end**2, y_m + lean_y * end**2, height_m * end),
                0.34 - 0.16 * start,
                (126, 110, 92),
            )
        for frond in range(13):
            _draw_frond(canvas, crown, frond * 2 * math.pi / 13 + chance.uniform(-0.2, 0.2), chance)


def _draw_frond(canvas: Canvas, crown: Point, turn: float, chance: random.Random) -> None:
    length, droop = chance.uniform(1.8, 2.5), chance.uniform(0.9, 1.7)
    shade = chance.uniform(0.75, 1.1)
    previous = crown
    for step in range(1, 6):
        reach = step / 5
        point = (
            crown[0] + math.cos(turn) * length * reach,
            crown[1] + math.sin(turn) * length * reach,
            crown[2] + 0.5 * reach - droop * reach**2,
        )
        canvas.line(previous, point, 0.34 * (1.15 - reach), (70 * shade, 104 * shade, 54 * shade))
        previous = point


def draw_street_lamp(canvas: Canvas, lamp: Lamp, foot_x_m: float) -> None:
    """A pole with an arm that holds the lamp; its glow where it burns."""
    foot, knee = (foot_x_m, lamp.y_m, 0.0), (foot_x_m, lamp.y_m, lamp.z_m - 0.5)
    head = (lamp.x_m, lamp.y_m, lamp.z_m)
    canvas.line(foot, knee, 0.16, _METAL)
    canvas.line(knee, head, 0.1, _METAL)
    canvas.line(head, (head[0] + (0.5 if head[0] < foot_x_m else -0.5), head[1], head[2]), 0.2, (170, 172, 170))
    draw_glow(canvas, lamp)


def draw_glow(canvas: Canvas, lamp: Lamp, radius_m: float = 2.6, *, is_mirrored: bool = True) -> None:
    """A burning lamp: a white core, a halo in its tint and, in wet ground, its reflection."""
    if not canvas.light.is_lit:
        return
    tint = _visible(lamp.tint)
    is_dark = canvas.light.ambient[0] < 0.3
    canvas.glow((lamp.x_m, lamp.y_m, lamp.z_m), radius_m, tint, 0.95 if is_dark else 0.6)
    canvas.ball((lamp.x_m, lamp.y_m, lamp.z_m), 0.14, (255, 250, 236), glow=1.0)
    if canvas.light.is_wet and is_mirrored:
        canvas.streak((lamp.x_m, lamp.y_m, 0.0), 5.0, 0.5, tint, 0.22)


def _visible(tint: Colour) -> Colour:
    """A lamp's tint as a bright colour of the picture."""
    most = max(tint) or 1.0
    return 255 * tint[0] / most, 255 * tint[1] / most, 255 * tint[2] / most


def draw_traffic_light(canvas: Canvas, x_m: float, y_m: float, arm_m: float, phase: float) -> None:
    """A signal on an arm over the lanes; `phase` of 0 to 1 runs green, then amber: traffic flows for ever."""
    top = 5.6
    canvas.line((x_m, y_m, 0), (x_m, y_m, top), 0.2, _METAL)
    canvas.line((x_m, y_m, top), (x_m + arm_m, y_m, top), 0.14, _METAL)
    lit = 2 if phase < 0.85 else 1
    for centre in (x_m + arm_m, x_m + arm_m * 0.45):
        housing = block(Pose(centre, y_m), 0.3, 0.5, top - 0.75, top + 0.75)
        canvas.block(housing, (34, 36, 36))
        for place, tint in enumerate(((232, 40, 30), (250, 176, 40), (50, 222, 130))):
            spot = (centre, y_m - 0.2, top + 0.46 - place * 0.46)
            canvas.ball(spot, 0.17, tint if place == lit else (50, 44, 40), glow=1.0 if place == lit else 0.0)
            if place == lit:
                canvas.glow(spot, 1.3, tint, 0.75 if canvas.light.is_lit else 0.35)


def draw_fence(canvas: Canvas, start: Point, end: Point, height_m: float, own: Colour, bars: int) -> None:
    """Upright bars between two rails."""
    for bar in range(bars + 1):
        x = start[0] + (end[0] - start[0]) * bar / bars
        y = start[1] + (end[1] - start[1]) * bar / bars
        canvas.line((x, y, start[2]), (x, y, start[2] + height_m), 0.05, own)
    for level in (0.12, 0.92):
        z = start[2] + height_m * level
        canvas.line((start[0], start[1], z), (end[0], end[1], z), 0.06, own)
