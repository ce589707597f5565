"""An office lobby: a glass front, a reception desk, turnstiles and two lifts whose doors open and close."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from app.demo.scenes import Condition
from tools.clips.canvas import Canvas
from tools.clips.ground import Ground, mix
from tools.clips.light import LIGHTS, Colour, Lamp, Light
from tools.clips.people import Person, draw_person
from tools.clips.space import Lens, Pose, Quad, block, part
from tools.clips.stage import Actor, loop_fraction, paint_by_distance
from tools.clips.ways import Way, keyed

_LENSES = {
    Condition.DAY: Lens(4.3, 19.0, 82, yaw_deg=-14, roll_deg=-0.6, x_m=2.5),
    Condition.DUSK: Lens(4.5, 20.0, 78, yaw_deg=-9, roll_deg=0.8, x_m=3.0, is_mirrored=True),
    Condition.NIGHT: Lens(4.6, 23.0, 86, yaw_deg=10, roll_deg=0.5, x_m=-2.5),
    Condition.RAIN: Lens(4.0, 17.0, 80, yaw_deg=-24, roll_deg=-0.7, x_m=4.5, is_mirrored=True),
}
_WALL_X_M, _BACK_Y_M, _CEILING_M = 9.0, 15.5, 5.2
_LIFTS_X_M = (4.2, 6.9)
_LIFT_HALF_M = 0.85
_CEILING_LIGHT: Colour = (0.34, 0.35, 0.36)
_NIGHT_LIGHT: Colour = (0.62, 0.64, 0.72)


@dataclass(frozen=True, slots=True)
class _Decor:
    """The colours of a lobby, which differ by condition so that no two look alike."""

    wall: Colour
    panel: Colour
    floor: Colour
    desk: Colour
    seat: Colour


_DECORS = {
    Condition.DAY: _Decor((214, 210, 202), (150, 108, 70), (196, 190, 180), (196, 190, 184), (70, 96, 130)),
    Condition.DUSK: _Decor((206, 190, 172), (70, 78, 92), (150, 136, 124), (120, 84, 60), (150, 70, 60)),
    Condition.NIGHT: _Decor((190, 196, 204), (64, 92, 118), (126, 132, 140), (180, 184, 190), (60, 66, 80)),
    Condition.RAIN: _Decor((206, 212, 208), (66, 104, 92), (168, 172, 170), (150, 120, 90), (196, 160, 70)),
}


class Office:
    """The lobby in one condition."""

    def __init__(self, condition: Condition) -> None:
        self._condition = condition
        self._decor = _DECORS[condition]
        self.lens = _LENSES[condition]
        self.light = _indoors(condition)
        self.lamps = self._make_lamps()
        self._ways = _make_ways(condition)

    def texture(self, ground: Ground) -> NDArray[np.float32]:
        """Large polished tiles, with light from the glass front lying on them."""
        tone = np.full((*ground.x_m.shape, 3), self._decor.floor, np.float32)
        own = (tone + (ground.noise(0.5, 2) * 3 + ground.noise(3.0, 3) * 4)[..., None]).astype(np.float32)
        own = mix(own, (110, 106, 102), ground.tiles(1.2, 0.03) * 0.7)
        own = mix(own, self._decor.panel, ground.band(-1.6, 1.6) * ground.band(-2.0, 11.0, along_y=True) * 0.34)
        glare = {Condition.DAY: 0.55, Condition.DUSK: 0.34, Condition.NIGHT: 0.0, Condition.RAIN: 0.26}
        spill = np.exp(-np.clip(ground.x_m + _WALL_X_M, 0, 60) / 3.2) * (
            0.6 + 0.4 * np.sign(np.sin(ground.y_m * 2.1))
        )
        tint: Colour = (255, 190, 130) if self._condition is Condition.DUSK else (255, 252, 244)
        return mix(own, tint, (spill * glare[self._condition]).astype(np.float32))

    def backdrop(self, canvas: Canvas) -> None:
        """Walls, ceiling, glass front, lifts' frames, desk and seats, and their reflections in the floor."""
        self._draw_room(canvas)
        with canvas.mirrored(0.2):
            self._draw_furniture(canvas)
        self._draw_furniture(canvas)

    def act(self, canvas: Canvas, time_s: float) -> None:
        """People cross the lobby; lifts open for them; the receptionist turns to visitors."""
        actors = self._walkers(canvas, time_s)
        sway = math.sin(2 * math.pi * loop_fraction(time_s, 0.1))
        clerk = Person((40, 60, 110), veil=(150, 160, 190))
        actors.append((13.6, partial(self._draw_clerk, canvas, clerk, sway)))
        visitor = Person((188, 70, 64), bag=(50, 46, 44))
        actors.append(
            (11.2, partial(draw_person, canvas, visitor, Pose(-1.2 + 0.05 * sway, 11.0, 85 + 14 * sway)))
        )
        with canvas.mirrored(0.2):
            paint_by_distance(actors)
        for number, x in enumerate(_LIFTS_X_M):
            actors.append((15.4, partial(self._draw_lift, canvas, x, number, time_s)))
        paint_by_distance(actors)
        self._draw_screen(canvas, time_s)

    def foreground(self, canvas: Canvas) -> None:
        """A plant near the camera and the pillars."""
        for x in (-5.4, 7.6):
            with canvas.standing_at(x, 7.0):
                canvas.block(block(Pose(x, 7.0), 0.8, 0.8, 0.0, _CEILING_M), self._decor.wall)
        _draw_plant(canvas, -6.4, 5.6, 1)

    def _make_lamps(self) -> tuple[Lamp, ...]:
        if self._condition is Condition.NIGHT:
            return (
                Lamp(0.0, 13.0, _CEILING_M - 0.2, 3.4, _NIGHT_LIGHT),
                Lamp(5.6, 13.6, _CEILING_M - 0.2, 2.6, (0.42, 0.42, 0.44)),
                Lamp(-2.0, 6.0, _CEILING_M - 0.2, 4.4, (0.34, 0.38, 0.46)),
            )
        return tuple(
            Lamp(x, y, _CEILING_M - 0.1, 2.6, _CEILING_LIGHT) for x in (-4.5, 0.0, 4.5) for y in (5, 9, 13)
        )

    def _draw_room(self, canvas: Canvas) -> None:
        left, right, back, top = -_WALL_X_M, _WALL_X_M, _BACK_Y_M, _CEILING_M
        near = -2.0
        canvas.sheet(
            [(left, near, top), (right, near, top), (right, back, top), (left, back, top)], (226, 226, 222)
        )
        for lamp in self.lamps:
            self._draw_ceiling_light(canvas, lamp)
        with canvas.standing_at(0.0, back - 1.0):
            canvas.sheet(
                [(left, back, 0), (right, back, 0), (right, back, top), (left, back, top)], self._decor.wall
            )
            panel: Quad = (
                (-3.6, back - 0.05, 0),
                (2.4, back - 0.05, 0),
                (2.4, back - 0.05, top),
                (-3.6, back - 0.05, top),
            )
            for slat in range(18):
                shade = 1.0 if slat % 2 else 0.88
                own = self._decor.panel
                canvas.sheet(
                    part(panel, slat / 18, (slat + 1) / 18, 0, 1), (own[0] * shade, own[1] * shade, own[2] * shade)
                )
            canvas.sheet(part(panel, 0.36, 0.64, 0.56, 0.82), (232, 226, 208), glow=0.35)
            canvas.sheet(part(panel, 0.46, 0.54, 0.6, 0.78), self._decor.panel)
        with canvas.standing_at(right - 1.0, 9.0):
            canvas.sheet(
                [(right, near, 0), (right, back, 0), (right, back, top), (right, near, top)],
                self._decor.wall,
                facing=0.78,
            )
            for y, own in ((6.0, (60, 96, 130)), (9.6, (190, 120, 70)), (12.6, (90, 120, 90))):
                frame: Quad = (
                    (right - 0.03, y, 1.5),
                    (right - 0.03, y + 2.0, 1.5),
                    (right - 0.03, y + 2.0, 2.9),
                    (right - 0.03, y, 2.9),
                )
                canvas.sheet(frame, (240, 238, 232), facing=0.8)
                canvas.sheet(part(frame, 0.08, 0.92, 0.1, 0.9), own, facing=0.8)
        self._draw_glass_front(canvas)

    def _draw_ceiling_light(self, canvas: Canvas, lamp: Lamp) -> None:
        tube = [
            (lamp.x_m - 1.1, lamp.y_m - 0.16, _CEILING_M - 0.02),
            (lamp.x_m + 1.1, lamp.y_m - 0.16, _CEILING_M - 0.02),
            (lamp.x_m + 1.1, lamp.y_m + 0.16, _CEILING_M - 0.02),
            (lamp.x_m - 1.1, lamp.y_m + 0.16, _CEILING_M - 0.02),
        ]
        canvas.sheet(tube, (252, 250, 240), glow=1.0)
        canvas.glow((lamp.x_m, lamp.y_m, _CEILING_M), 1.6, (255, 250, 236), 0.35)

    def _draw_glass_front(self, canvas: Canvas) -> None:
        """The left wall: panes that show the weather outside, with frames before them."""
        outside = LIGHTS[self._condition]
        x, top = -_WALL_X_M, _CEILING_M
        chance = random.Random(f"outside {self._condition.value}")
        for pane in range(9):
            y = -1.5 + pane * 1.9
            rows = 8
            for row in range(rows):
                part_up = (row + 0.5) / rows
                low, high = outside.sky_low, outside.sky_top
                tint = tuple(low[k] + (high[k] - low[k]) * part_up for k in range(3))
                z0, z1 = top * row / rows, top * (row + 1) / rows
                canvas.sheet(
                    [(x, y, z0), (x, y + 1.9, z0), (x, y + 1.9, z1), (x, y, z1)],
                    (tint[0], tint[1], tint[2]),
                    glow=1.0,
                )
            self._draw_outside(canvas, outside, chance, y)
        for pane in range(10):
            y = -1.5 + pane * 1.9
            canvas.line((x, y, 0), (x, y, top), 0.12, (70, 74, 80))
        for z in (0.06, 2.6, top):
            canvas.line((x, -1.5, z), (x, _BACK_Y_M, z), 0.1, (70, 74, 80))

    def _draw_outside(self, canvas: Canvas, outside: Light, chance: random.Random, y: float) -> None:
        """Houses across the street, as seen through one pane."""
        x = -_WALL_X_M + 0.01
        height = chance.uniform(1.9, 4.2)
        wall = chance.uniform(110, 170)
        shade = [wall * part for part in outside.ambient]
        canvas.sheet(
            [(x, y, 0.7), (x, y + 1.7, 0.7), (x, y + 1.7, height), (x, y, height)],
            (shade[0], shade[1], shade[2]),
            glow=1.0,
        )
        for _ in range(7):
            wy, wz = y + chance.uniform(0.1, 1.4), chance.uniform(1.0, max(1.2, height - 0.4))
            is_lit = chance.random() < outside.lit_windows + 0.1 * outside.is_lit
            own: Colour = (255, 210, 140) if is_lit else (shade[0] * 0.6, shade[1] * 0.6, shade[2] * 0.65)
            canvas.sheet(
                [(x, wy, wz), (x, wy + 0.22, wz), (x, wy + 0.22, wz + 0.26), (x, wy, wz + 0.26)], own, glow=1.0
            )
        road = [value * part for value, part in zip((120, 122, 126), outside.ambient, strict=True)]
        canvas.sheet(
            [(x, y, 0), (x, y + 1.9, 0), (x, y + 1.9, 0.7), (x, y, 0.7)], (road[0], road[1], road[2]), glow=1.0
        )
        if outside.is_raining:
            for _ in range(14):
                dy, z = y + chance.uniform(0, 1.8), chance.uniform(0.4, 5.0)
                canvas.line(
                    (x, dy, z),
                    (x, dy + 0.03, z - chance.uniform(0.1, 0.4)),
                    0.015,
                    (226, 232, 236),
                    glow=1.0,
                    alpha=0.6,
                )

    def _draw_furniture(self, canvas: Canvas) -> None:
        for number, x in enumerate(_LIFTS_X_M):
            with canvas.standing_at(x, _BACK_Y_M - 1):
                frame = [
                    (x - 1.05, 15.45, 0),
                    (x + 1.05, 15.45, 0),
                    (x + 1.05, 15.45, 2.6),
                    (x - 1.05, 15.45, 2.6),
                ]
                canvas.sheet(frame, (70, 72, 76))
                canvas.ball((x, 15.4, 2.85), 0.1, (255, 120, 60) if number else (90, 220, 140), glow=1.0)
        with canvas.standing_at(-0.6, 12.6):
            desk = block(Pose(-0.6, 12.6, 0.0), 4.6, 0.9, 0.0, 1.08)
            canvas.block(desk, self._decor.desk, top=(228, 224, 216))
            canvas.face(part(desk.right, 0.0, 1.0, 0.05, 0.14), (255, 236, 190), glow=0.7)
            canvas.face(part(desk.right, 0.06, 0.94, 0.3, 0.86), self._decor.panel)
        for x, y, turn in ((-7.0, 9.0, 90.0), (-7.0, 12.2, 90.0), (-4.7, 13.4, 0.0)):
            _draw_sofa(canvas, x, y, turn, self._decor.seat)
        canvas.block(block(Pose(-5.3, 10.4), 1.5, 0.8, 0.0, 0.42), (90, 74, 60), top=(140, 120, 100))
        for x, y, seed in ((-8.2, 14.4, 3), (8.2, 14.6, 4), (2.9, 14.9, 5)):
            _draw_plant(canvas, x, y, seed)
        for step in range(4):
            gate = block(Pose(2.7 + step * 1.35, 9.2), 1.3, 0.3, 0.0, 0.98)
            with canvas.standing_at(2.7 + step * 1.35, 9.2):
                canvas.block(gate, (150, 154, 160), top=(60, 64, 70))
                canvas.face(part(gate.back, 0.2, 0.8, 0.7, 0.86), (80, 220, 140), glow=0.9)

    def _draw_clerk(self, canvas: Canvas, clerk: Person, sway: float) -> None:
        if canvas.is_mirror:
            return
        draw_person(canvas, clerk, Pose(-0.4 + 0.12 * sway, 13.6, -95 + 22 * sway), 0.0)
        desk = block(Pose(-0.6, 12.6, 0.0), 4.6, 0.9, 0.0, 1.08)
        with canvas.standing_at(-0.6, 12.6):
            canvas.block(desk, self._decor.desk, top=(228, 224, 216))
            canvas.face(part(desk.right, 0.0, 1.0, 0.05, 0.14), (255, 236, 190), glow=0.7)
            canvas.face(part(desk.right, 0.06, 0.94, 0.3, 0.86), self._decor.panel)
            canvas.block(block(Pose(0.5, 12.7, 12.0), 0.62, 0.05, 1.12, 1.5), (30, 32, 36))

    def _walkers(self, canvas: Canvas, time_s: float) -> list[Actor]:
        actors: list[Actor] = []
        for person, way, offset in self._ways:
            along = loop_fraction(time_s, offset) * way.length_m
            pose = way.pose(along)
            actors.append((pose.y_m, partial(draw_person, canvas, person, pose, along)))
        return actors

    def _draw_lift(self, canvas: Canvas, x: float, number: int, time_s: float) -> None:
        """Two door leaves; between them, when they are open, the bright cabin."""
        phase = loop_fraction(time_s, 0.52 * number)
        gap = (
            keyed(phase, (0.0, 1.0), (0.06, 1.0), (0.2, 0.0), (0.74, 0.0), (0.88, 1.0), (1.0, 1.0)) * _LIFT_HALF_M
        )
        y = 15.42
        with canvas.standing_at(x, y - 1):
            for side in (-1, 1):
                inner, outer = x + side * gap, x + side * _LIFT_HALF_M
                leaf = [(inner, y, 0), (outer, y, 0), (outer, y, 2.4), (inner, y, 2.4)]
                canvas.sheet(leaf, (168, 172, 178) if side < 0 else (156, 160, 168))
            if gap > 0.02:
                cabin = [(x - gap, y, 0.0), (x + gap, y, 0.0), (x + gap, y, 2.4), (x - gap, y, 2.4)]
                canvas.sheet(cabin, (250, 238, 206), glow=0.85, alpha=0.85 if gap < _LIFT_HALF_M else 0.5)

    def _draw_screen(self, canvas: Canvas, time_s: float) -> None:
        """An information screen on the back wall whose bars keep moving."""
        y = _BACK_Y_M - 0.08
        screen: Quad = ((-7.9, y, 2.0), (-5.1, y, 2.0), (-5.1, y, 3.6), (-7.9, y, 3.6))
        canvas.sheet(screen, (22, 40, 66), glow=0.8)
        for bar in range(7):
            height = 0.2 + 0.5 * (
                0.5 + 0.5 * math.sin(2 * math.pi * loop_fraction(time_s, bar * 0.21, 1 + bar % 3))
            )
            left = 0.08 + bar * 0.125
            canvas.sheet(part(screen, left, left + 0.08, 0.1, 0.1 + height), (92, 190, 220), glow=0.9)


def _indoors(condition: Condition) -> Light:
    """The outdoor light as it is behind glass, with the lobby's own lamps."""
    ambient: dict[Condition, Colour] = {
        Condition.DAY: (0.86, 0.86, 0.85),
        Condition.DUSK: (0.62, 0.52, 0.46),
        Condition.NIGHT: (0.24, 0.27, 0.34),
        Condition.RAIN: (0.56, 0.60, 0.62),
    }
    outside = LIGHTS[condition]
    return Light(
        sky_top=outside.sky_top,
        sky_low=outside.sky_low,
        ambient=ambient[condition],
        sun=None,
        shadow=0.2,
        haze=(128, 128, 128),
        haze_m=2_000,
        saturation=outside.saturation,
        is_lit=True,
        is_wet=False,
        is_raining=False,
        noise=outside.noise,
        lit_windows=outside.lit_windows,
    )


def _make_ways(condition: Condition) -> tuple[tuple[Person, Way, float], ...]:
    """Who walks where; at night only a guard and a cleaner are about."""
    left_lift, right_lift = _LIFTS_X_M
    guard = Person((44, 52, 70), (36, 40, 52), cap=(30, 36, 52))
    if condition is Condition.NIGHT:
        round_way = Way((-3.0, 4.0), (2.0, 5.2), (4.6, 8.0), (1.0, 10.2), (-3.0, 8.4), (-4.2, 5.6), (-3.0, 4.0))
        mop = Way((4.8, 12.0), (6.6, 12.4), (4.8, 12.8), (6.6, 13.2), (4.8, 12.0))
        return (guard, round_way, 0.0), (
            Person((90, 150, 160), veil=(60, 110, 120), skirt=(60, 90, 100)),
            mop,
            0.3,
        )
    wet: tuple[Colour | None, ...] = (
        ((46, 70, 140), (180, 50, 56)) if condition is Condition.RAIN else (None, None)
    )
    return (
        (
            Person((226, 226, 222), (44, 48, 60), bag=(40, 36, 34)),
            Way((-2.6, -1.0), (0.4, 4.5), (3.4, 9.2), (left_lift, 15.3)),
            0.06,
        ),
        (Person((70, 96, 150), (60, 56, 52)), Way((right_lift, 15.3), (5.6, 9.2), (3.8, 4.0), (2.8, -1.0)), 0.0),
        (
            Person((196, 90, 100), veil=(206, 170, 180), skirt=(90, 60, 80)),
            Way((-8.9, 6.4), (-4.5, 5.0), (0.0, 6.2), (4.7, 9.2)),
            0.55,
        ),
        (
            Person((120, 130, 120), umbrella=wet[0], bag=(70, 60, 50)),
            Way((8.9, 4.6), (3.0, 3.6), (-3.0, 4.4), (-8.9, 7.6)),
            0.3,
        ),
        (guard, Way((-3.2, 7.4), (-1.2, 8.2), (0.8, 7.6), (-1.0, 6.8), (-3.2, 7.4)), 0.0),
        (
            Person((236, 200, 120), (70, 66, 84), umbrella=wet[1]),
            Way((-8.9, 9.8), (-4.2, 8.2), (-1.9, 9.6), (-2.6, 11.2), (-8.9, 10.6)),
            0.75,
        ),
    )


def _draw_sofa(canvas: Canvas, x: float, y: float, turn: float, own: Colour) -> None:
    pose = Pose(x, y, turn)
    dark = (own[0] * 0.8, own[1] * 0.8, own[2] * 0.8)
    with canvas.standing_at(x, y):
        canvas.block(block(pose, 2.0, 0.85, 0.1, 0.45), own)
        back = pose.point(0.0, 0.4, 0.0)
        canvas.block(block(Pose(back[0], back[1], turn), 2.0, 0.24, 0.1, 0.88), dark)


def _draw_plant(canvas: Canvas, x: float, y: float, seed: int) -> None:
    chance = random.Random(seed)
    with canvas.standing_at(x, y):
        canvas.block(block(Pose(x, y), 0.5, 0.5, 0.0, 0.5), (216, 212, 204))
        for _ in range(26):
            turn, reach = chance.uniform(0, 2 * math.pi), chance.uniform(0.2, 0.65)
            tip = (x + reach * math.cos(turn), y + reach * math.sin(turn), chance.uniform(0.9, 1.9))
            shade = chance.uniform(0.7, 1.15)
            canvas.line((x, y, 0.5), tip, 0.09, (60 * shade, 110 * shade, 62 * shade))
