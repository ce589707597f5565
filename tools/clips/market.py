"""A market lane: stalls under awnings and umbrellas on both sides, people between them."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from app.demo.scenes import Condition
from tools.clips.canvas import Canvas
from tools.clips.ground import Ground, mix
from tools.clips.light import LIGHTS, Colour, Lamp
from tools.clips.people import Person, draw_person
from tools.clips.props import Building, draw_building, draw_glow
from tools.clips.space import Lens, Point, Pose, block, part
from tools.clips.stage import Actor, loop_fraction, paint_by_distance
from tools.clips.vehicles import Kind, Vehicle, draw_vehicle
from tools.clips.ways import Way

_LENSES = {
    Condition.DAY: Lens(5.4, 21.0, 74, yaw_deg=6, roll_deg=-0.8, x_m=-1.6),
    Condition.DUSK: Lens(4.7, 16.0, 70, yaw_deg=-10, roll_deg=0.7, x_m=2.2),
    Condition.NIGHT: Lens(5.8, 22.0, 76, yaw_deg=12, roll_deg=0.6, x_m=-2.0),
    Condition.RAIN: Lens(6.0, 25.0, 72, yaw_deg=-5, roll_deg=1.0, x_m=1.0),
}
_AWNINGS = {
    Condition.DAY: ((196, 74, 58), (226, 218, 200), (58, 112, 168), (228, 180, 70), (72, 140, 96)),
    Condition.DUSK: ((170, 84, 60), (222, 210, 188), (196, 150, 70), (88, 110, 140)),
    Condition.NIGHT: ((60, 110, 170), (210, 206, 196), (150, 70, 66), (80, 130, 100)),
    Condition.RAIN: ((44, 92, 168), (52, 104, 180), (70, 118, 170), (216, 146, 54)),
}
_PRODUCE: tuple[Colour, ...] = (
    (214, 60, 44),
    (238, 150, 40),
    (112, 160, 58),
    (238, 206, 84),
    (92, 60, 112),
    (196, 176, 140),
    (70, 124, 60),
    (190, 40, 70),
)
_BULB: Colour = (1.15, 0.82, 0.46)
_STALL_M = 3.2
_FIRST_Y_M = 5.2
_STALLS = 9


@dataclass(frozen=True, slots=True)
class _Walker:
    """Somebody on a way, and how far ahead in the loop."""

    person: Person
    way: Way
    offset: float


class Market:
    """The lane in one condition."""

    def __init__(self, condition: Condition) -> None:
        self._condition = condition
        self._chance = random.Random(f"market {condition.value}")
        self.lens = _LENSES[condition]
        light = LIGHTS[condition]
        self.light = replace(light, haze_m=light.haze_m * 0.6)
        self.lamps = tuple(
            Lamp(side * 3.3, _FIRST_Y_M + 1.4 + step * _STALL_M, 2.35, 2.6, _BULB)
            for step in range(_STALLS)
            for side in (-1.0, 1.0)
        )
        self._walkers = self._make_walkers()

    def texture(self, ground: Ground) -> NDArray[np.float32]:
        """Worn paving with a gutter and stains."""
        grain = ground.noise(0.1, 1) * 5 + ground.noise(0.6, 2) * 8 + ground.noise(2.6, 3) * 9
        own = (np.full((*ground.x_m.shape, 3), (146, 138, 126), np.float32) + grain[..., None]).astype(np.float32)
        own = mix(own, (112, 104, 96), ground.tiles(0.6, 0.035) * 0.8)
        own = mix(own, (84, 78, 72), np.clip(ground.noise(0.9, 6) - 0.45, 0, 1) * 1.2)
        for side in (-1, 1):
            own = mix(own, (92, 90, 88), ground.band(*sorted((side * 2.45, side * 2.72))))
            own = mix(own, (122, 116, 108), ground.band(*sorted((side * 2.72, side * 9.0))) * 0.8)
        if self.light.is_wet:
            puddles = np.clip(ground.noise(1.5, 8) + 0.4 * ground.noise(0.4, 9) - 0.1, 0, 1)
            own = mix(own * np.float32(0.74), (176, 188, 196), puddles * 0.6)
        return own

    def backdrop(self, canvas: Canvas) -> None:
        """Shop houses behind, the market's gate at the end, tables with goods, the farthest first."""
        self._draw_houses(canvas)
        self._draw_gate(canvas)
        for step in reversed(range(_STALLS)):
            for side in (-1, 1):
                self._draw_table(canvas, side, step)

    def act(self, canvas: Canvas, time_s: float) -> None:
        """People walk, buy and sell; a motorcycle comes through."""
        actors: list[Actor] = []
        for walker in self._walkers:
            along = loop_fraction(time_s, walker.offset) * walker.way.length_m
            pose = walker.way.pose(along)
            actors.append((pose.y_m, partial(draw_person, canvas, walker.person, pose, along)))
        actors += self._sellers(canvas, time_s)
        way = Way((0.5, 34.0), (0.2, 22.0), (-0.5, 12.0), (-0.2, 2.0), (0.0, -6.0))
        pose = way.pose(loop_fraction(time_s, 0.3) * way.length_m)
        rider = Vehicle(Kind.OJEK, (40, 40, 44))
        actors.append((pose.y_m, partial(draw_vehicle, canvas, rider, pose)))
        if canvas.light.is_wet:
            with canvas.mirrored(0.22):
                paint_by_distance(actors)
        paint_by_distance(actors)

    def foreground(self, canvas: Canvas) -> None:
        """Awnings and umbrellas, and the bulbs that hang from them."""
        for step in reversed(range(_STALLS)):
            for side in (-1, 1):
                if self._has_umbrella(side, step):
                    self._draw_umbrella(canvas, side, step)
                else:
                    self._draw_awning(canvas, side, step)
        for lamp in self.lamps:
            canvas.line((lamp.x_m, lamp.y_m, 2.9), (lamp.x_m, lamp.y_m, lamp.z_m), 0.02, (40, 40, 40))
            draw_glow(canvas, lamp, 0.9, is_mirrored=False)

    def _has_umbrella(self, side: int, step: int) -> bool:
        return (step * 2 + (side > 0) + len(self._condition.value)) % 5 == 0

    def _paint_of(self, side: int, step: int) -> Colour:
        paints = _AWNINGS[self._condition]
        return paints[(step * 3 + (2 if side > 0 else 0)) % len(paints)]

    def _draw_houses(self, canvas: Canvas) -> None:
        chance = random.Random(f"houses {self._condition.value}")
        walls: tuple[Colour, ...] = ((208, 196, 170), (176, 188, 180), (196, 160, 132), (214, 206, 196))
        signs: tuple[Colour, ...] = ((196, 60, 48), (40, 96, 160), (226, 176, 60), (50, 130, 90))
        for step in reversed(range(7)):
            for side in (-1, 1):
                house = Building(
                    side * 11.4,
                    6.5 + step * 6.0,
                    8.0,
                    5.8,
                    chance.choice((6.4, 7.2, 9.6)),
                    chance.choice(walls),
                    floors=chance.choice((2, 3)),
                    bays=3,
                    sign=chance.choice(signs),
                )
                draw_building(canvas, house, step * 2 + (side > 0))

    def _draw_gate(self, canvas: Canvas) -> None:
        end = _FIRST_Y_M + _STALLS * _STALL_M + 6.0
        for x in (-15.0, 15.0):
            draw_building(canvas, Building(x, end + 16, 22, 8, 11.0, (170, 166, 158), floors=3, bays=8), 5)
        for x in (-3.4, 3.4):
            canvas.block(block(Pose(x, end), 0.7, 0.7, 0.0, 4.6), (168, 70, 56))
        beam = block(Pose(0.0, end), 0.8, 8.4, 4.2, 5.3)
        canvas.block(beam, (182, 76, 60))
        canvas.face(part(beam.back, 0.14, 0.86, 0.22, 0.78), (236, 222, 186), glow=0.5 if self.light.is_lit else 0)

    def _draw_table(self, canvas: Canvas, side: int, step: int) -> None:
        chance = random.Random(f"{self._condition.value} table {side} {step}")
        y = _FIRST_Y_M + (step + 0.5) * _STALL_M
        with canvas.standing_at(side * 3.3, y):
            table = block(Pose(side * 3.55, y), _STALL_M * 0.86, 1.5, 0.0, 0.78)
            canvas.block(table, (124, 96, 70), top=(150, 120, 88))
            for row in range(2):
                for box in range(3):
                    self._draw_heap(canvas, chance, side * (3.2 + row * 0.65), y - 0.95 + box * 0.95)
            for _ in range(2):
                crate_y = y + chance.uniform(-1.0, 1.0)
                canvas.block(
                    block(Pose(side * 2.55, crate_y, chance.uniform(60, 120)), 0.5, 0.36, 0.0, 0.3),
                    chance.choice(((196, 64, 52), (52, 96, 160), (176, 138, 86), (70, 130, 90))),
                )
                self._draw_heap(canvas, chance, side * 2.55, crate_y, base_m=0.26, reach_m=0.16)
            for x, across in ((2.9, -1.0), (2.9, 1.0)):
                foot = (side * x, y + across * 1.45, 0.0)
                canvas.line(foot, (foot[0], foot[1], 2.6), 0.06, (96, 96, 98))

    def _draw_heap(
        self, canvas: Canvas, chance: random.Random, x: float, y: float, base_m: float = 0.8, reach_m: float = 0.36
    ) -> None:
        tint = chance.choice(_PRODUCE)
        spots = [(chance.uniform(-1, 1), chance.uniform(-1, 1)) for _ in range(22)]
        for dx, dy in sorted(spots, key=lambda spot: -spot[1]):
            if dx * dx + dy * dy > 1:
                continue
            bright = chance.uniform(0.8, 1.15)
            height = base_m + 0.16 * (1 - dx * dx - dy * dy)
            place = (x + dx * reach_m * 0.8, y + dy * reach_m, height)
            canvas.ball(place, 0.075, (tint[0] * bright, tint[1] * bright, tint[2] * bright))

    def _draw_awning(self, canvas: Canvas, side: int, step: int) -> None:
        low, high = 2.45, 3.15
        start = _FIRST_Y_M + step * _STALL_M + 0.08
        end = start + _STALL_M - 0.16
        own = self._paint_of(side, step)
        stripes = 6
        with canvas.standing_at(side * 6.2, (start + end) / 2):  # the bulbs hang below: little reaches its top
            for stripe in range(stripes):
                a = start + (end - start) * stripe / stripes
                b = start + (end - start) * (stripe + 1) / stripes
                tint = own if stripe % 2 or self._condition is Condition.RAIN else (222, 216, 204)
                inner, outer = side * 3.15, side * 6.6
                facing = 0.98 if side < 0 else 0.86
                canvas.sheet(
                    [(inner, a, low), (inner, b, low), (outer, b, high), (outer, a, high)], tint, facing=facing
                )
                flap = [(inner, a, low), (inner, b, low), (inner, b, low - 0.26), (inner, a, low - 0.26)]
                canvas.sheet(flap, tint, facing=0.7)

    def _draw_umbrella(self, canvas: Canvas, side: int, step: int) -> None:
        own = self._paint_of(side, step + 1)
        y = _FIRST_Y_M + (step + 0.5) * _STALL_M
        x, top, reach = side * 3.9, 3.15, 1.75
        with canvas.standing_at(side * 6.2, y):
            rim: list[Point] = [
                (x + reach * math.cos(turn * math.pi / 5), y + reach * math.sin(turn * math.pi / 5), top - 0.7)
                for turn in range(10)
            ]
            canvas.line((x, y, 0.0), (x, y, top), 0.06, (110, 112, 114))
            order = sorted(range(10), key=lambda panel: -rim[panel][1] - rim[panel - 1][1])
            for panel in order:
                tint = own if panel % 2 else (226, 220, 206)
                canvas.sheet([rim[panel - 1], rim[panel], (x, y, top)], tint, facing=0.82 + 0.16 * (panel % 3) / 2)

    def _sellers(self, canvas: Canvas, time_s: float) -> list[Actor]:
        """Stall keepers and customers at the tables: they sway and turn a little."""
        chance = random.Random(f"sellers {self._condition.value}")
        actors: list[Actor] = []
        for step in range(_STALLS - 1):
            for side in (-1, 1):
                if chance.random() < 0.25:
                    continue
                person = _somebody(chance)
                sway = math.sin(2 * math.pi * loop_fraction(time_s, chance.random(), chance.choice((1, 2, 3))))
                y = _FIRST_Y_M + (step + 0.5) * _STALL_M + chance.uniform(-0.9, 0.9) + 0.07 * sway
                pose = Pose(side * (2.1 + 0.06 * sway), y, (0.0 if side > 0 else 180.0) + 25 * sway)
                actors.append((y, partial(draw_person, canvas, person, pose, sway * 0.12)))
        return actors

    def _make_walkers(self) -> tuple[_Walker, ...]:
        chance = self._chance
        ways = (
            Way((-4.4, 8.0), (-1.7, 9.6), (-1.2, 15.0), (-1.4, 19.0), (-4.4, 21.0)),
            Way((4.4, 21.5), (1.7, 19.5), (1.3, 14.0), (1.5, 9.8), (4.4, 8.2)),
            Way((-1.2, -1.0), (-0.9, 5.0), (-0.6, 11.0), (-1.8, 13.0), (-4.4, 14.4)),
            Way((4.4, 14.8), (1.6, 13.0), (0.8, 9.0), (1.2, 3.0), (1.4, -1.5)),
            Way((4.4, 28.0), (1.2, 26.0), (0.4, 20.0), (0.9, 15.0), (4.4, 14.2)),
            Way((-4.4, 15.4), (-1.0, 17.0), (0.2, 22.0), (-1.2, 27.0), (-4.4, 28.2)),
            Way((-4.4, 24.0), (-1.8, 25.0), (1.0, 29.0), (0.6, 34.0)),
            Way((-0.5, 34.0), (-0.2, 29.0), (0.9, 24.0), (4.4, 22.4)),
            Way((-4.4, 11.0), (-0.6, 11.6), (1.6, 12.0), (4.4, 11.4)),
        )
        walkers = []
        for position, way in enumerate(ways):
            for half in (0.0, 0.5):
                person = _somebody(chance, has_umbrella=self._condition is Condition.RAIN)
                walkers.append(_Walker(person, way, (position * 0.37 + half + chance.uniform(-0.1, 0.1)) % 1.0))
        return tuple(walkers)


def _somebody(chance: random.Random, *, has_umbrella: bool = False) -> Person:
    shirts: tuple[Colour, ...] = (
        (206, 66, 60),
        (232, 230, 222),
        (60, 96, 160),
        (236, 190, 84),
        (96, 150, 110),
        (150, 96, 150),
        (70, 74, 84),
        (224, 140, 120),
    )
    veils: tuple[Colour | None, ...] = (
        None,
        None,
        None,
        (196, 150, 170),
        (90, 110, 150),
        (226, 220, 206),
        (70, 110, 90),
    )
    umbrellas: tuple[Colour | None, ...] = ((190, 50, 56), (46, 70, 140), (220, 170, 60), (70, 140, 110), None)
    veil = chance.choice(veils)
    return Person(
        shirt=chance.choice(shirts),
        trousers=chance.choice(((52, 56, 72), (84, 74, 64), (40, 40, 46), (96, 104, 120))),
        veil=veil,
        skirt=chance.choice(shirts) if veil else None,
        cap=chance.choice((None, None, (30, 34, 40), (180, 60, 50))) if not veil else None,
        bag=chance.choice((None, (60, 50, 44), (140, 40, 50))),
        umbrella=chance.choice(umbrellas) if has_umbrella else None,
        height_m=chance.uniform(1.52, 1.76),
    )
