"""A Jakarta avenue: a busway in the middle, lanes beside it, trees, shops and towers."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from app.demo.scenes import Condition
from tools.clips.canvas import Canvas
from tools.clips.ground import Ground, mix
from tools.clips.light import LIGHTS, Colour, Lamp
from tools.clips.people import Person, draw_person
from tools.clips.props import (
    Building,
    draw_building,
    draw_palm,
    draw_street_lamp,
    draw_traffic_light,
    draw_tree,
)
from tools.clips.space import Lens, Pose, block, part
from tools.clips.stage import Actor, loop_fraction, paint_by_distance
from tools.clips.vehicles import Kind, Vehicle, draw_vehicle

_LENSES = {
    Condition.DAY: Lens(8.6, 17.5, 66, yaw_deg=-9, roll_deg=0.6, x_m=5.5),
    Condition.DUSK: Lens(7.4, 12.5, 62, yaw_deg=7, roll_deg=-0.8, x_m=-6.0),
    Condition.NIGHT: Lens(9.6, 19.5, 64, yaw_deg=-15, roll_deg=0.5, x_m=9.0, is_mirrored=False),
    Condition.RAIN: Lens(7.8, 17.0, 72, yaw_deg=14, roll_deg=1.0, x_m=-8.5),
}
_SODIUM: Colour = (1.15, 0.80, 0.42)
_WHITE_LED: Colour = (0.88, 0.92, 0.96)
_PAINTS: tuple[Colour, ...] = (
    (226, 228, 230),
    (34, 36, 40),
    (168, 172, 178),
    (132, 30, 32),
    (70, 78, 90),
    (212, 206, 190),
    (44, 66, 104),
)
_SHOP_WALLS: tuple[Colour, ...] = (
    (206, 196, 176),
    (188, 170, 150),
    (170, 180, 176),
    (214, 208, 198),
    (186, 150, 124),
)
_FADE_M = 22.0


@dataclass(frozen=True, slots=True)
class _Lane:
    """A file of vehicles at one speed: x in metres, +1 away from the camera, way in metres a period."""

    x_m: float
    direction: int
    way_m: float
    traffic: tuple[tuple[float, Vehicle], ...]


class Street:
    """The avenue in one condition."""

    def __init__(self, condition: Condition) -> None:
        self._condition = condition
        self._chance = random.Random(f"street {condition.value}")
        self.lens = _LENSES[condition]
        self.light = LIGHTS[condition]
        tint = _WHITE_LED if condition in (Condition.NIGHT, Condition.RAIN) else _SODIUM
        self.lamps = tuple(
            Lamp(side * 9.3, y, 8.4, 9.0, tint) for y in (16.0, 44.0, 72.0, 104.0) for side in (-1.0, 1.0)
        )
        self._lanes = self._make_lanes()
        self._walkers = self._make_walkers()

    def texture(self, ground: Ground) -> NDArray[np.float32]:
        """Asphalt with wheel tracks and lines, red busway, kerbs, paved footways."""
        grain = ground.noise(0.12, 1) * 5 + ground.noise(1.1, 2) * 4 + ground.noise(7.0, 3) * 5
        own = (np.full((*ground.x_m.shape, 3), (90, 92, 97), np.float32) + grain[..., None]).astype(np.float32)
        for lane_x in (-8.9, -5.6, 5.6, 8.9):
            for track in (-0.8, 0.8):
                own = mix(own, (74, 75, 80), ground.band(lane_x + track - 0.3, lane_x + track + 0.3) * 0.5)
        for side in (-1, 1):
            own = mix(own, (134, 80, 70), ground.band(*sorted((side * 0.7, side * 3.7))) * 0.85)
            own = mix(own, (214, 214, 208), ground.dashes(side * 7.25, 0.16, 2.6, 6.0))
            own = mix(own, (208, 196, 120), ground.band(*sorted((side * 3.78, side * 3.98))))
            own = mix(own, (206, 206, 200), ground.band(*sorted((side * 10.55, side * 10.7))))
            pavement = ground.band(*sorted((side * 11.0, side * 16.5)))
            own = mix(own, (158, 148, 136), pavement)
            own = mix(own, (128, 120, 112), pavement * ground.tiles(0.9, 0.05))
            own = mix(own, (146, 118, 84), ground.band(*sorted((side * 12.6, side * 13.2))) * 0.7)
            kerb = ground.band(*sorted((side * 10.75, side * 11.05)))
            own = mix(own, (36, 36, 38), kerb)
            own = mix(own, (214, 212, 206), kerb * (np.mod(ground.y_m, 2.4) < 1.2))
            own = mix(own, (118, 132, 92), ground.band(*sorted((side * 16.5, side * 60.0))))
        own = mix(own, (92, 112, 70), ground.band(-0.7, 0.7))
        own = mix(own, (168, 166, 160), ground.band(-0.8, -0.55) + ground.band(0.55, 0.8))
        crossing = ground.band(19.0, 22.6, along_y=True) * ground.band(-10.5, 10.5)
        own = mix(own, (214, 214, 208), crossing * (np.mod(ground.x_m, 1.0) < 0.5) * 0.85)
        if self._condition is Condition.RAIN:
            puddles = np.clip(ground.noise(3.1, 8) + 0.35 * ground.noise(0.7, 9) - 0.12, 0, 1)
            own = mix(own * np.float32(0.78), (176, 188, 196), puddles * 0.55)
        return own

    def backdrop(self, canvas: Canvas) -> None:
        """Towers, shops, the footbridge, trees and lamps, the farthest first."""
        self._draw_skyline(canvas)
        things: list[Actor] = []
        for position, y in enumerate((128.0, 104.0, 80.0, 58.0, 38.0, 19.0)):
            things += [(y, partial(self._draw_plot, canvas, side, y, position)) for side in (-1, 1)]
        things.append((86.0, partial(self._draw_bridge, canvas)))
        things += [
            (lamp.y_m, partial(draw_street_lamp, canvas, lamp, 11.6 if lamp.x_m > 0 else -11.6))
            for lamp in self.lamps
        ]
        paint_by_distance(things)
        for y in np.arange(120.0, 4.0, -3.0):
            with canvas.standing_at(0.0, float(y)):
                canvas.ball((0.0, float(y), 0.35), 0.75, (62, 88, 50), squash=0.62)

    def act(self, canvas: Canvas, time_s: float) -> None:
        """Traffic on all lanes and people on the footways."""
        actors: list[Actor] = []
        for lane in self._lanes:
            for offset, vehicle in lane.traffic:
                actors.append(self._drive(canvas, lane, offset, vehicle, time_s))
        for person, x, start, way, offset in self._walkers:
            along = loop_fraction(time_s, offset) * way
            pose = Pose(x, start + along, 90.0 if way > 0 else -90.0)
            actors.append((pose.y_m, partial(draw_person, canvas, person, pose, along)))
        if canvas.light.is_wet:
            with canvas.mirrored(0.3):
                paint_by_distance(actors)
        paint_by_distance(actors)
        draw_traffic_light(canvas, 11.4, 26.0, -5.6, loop_fraction(time_s, 0.2))

    def foreground(self, canvas: Canvas) -> None:
        """Cables across the sky, as everywhere in the city."""
        for height in (9.3, 9.7, 10.3):
            points = [
                (-17.0 + step * 3.4, 30.0 + step, height - 0.9 * step * (10 - step) / 25) for step in range(11)
            ]
            for start, end in pairwise(points):
                canvas.line(start, end, 0.025, (40, 40, 44))

    def _drive(self, canvas: Canvas, lane: _Lane, offset: float, vehicle: Vehicle, time_s: float) -> Actor:
        along = loop_fraction(time_s, offset) * lane.way_m
        y = -14.0 + (along if lane.direction > 0 else lane.way_m - along)
        pose = Pose(lane.x_m, y, 90.0 * lane.direction)
        visible = min(1.0, max(0.0, (lane.way_m - 14.0 - y) / _FADE_M))

        def paint() -> None:
            before = canvas.painter.opacity()
            canvas.painter.setOpacity(before * visible)
            draw_vehicle(canvas, vehicle, pose)
            canvas.painter.setOpacity(before)

        return y, paint

    def _make_lanes(self) -> tuple[_Lane, ...]:
        chance = self._chance

        def car() -> Vehicle:
            kind = chance.choice((Kind.SEDAN, Kind.FAMILY, Kind.FAMILY, Kind.FAMILY))
            return Vehicle(kind, chance.choice(_PAINTS))

        def rider() -> Vehicle:
            paint = chance.choice(((150, 30, 30), (30, 30, 34), (40, 70, 130)))
            return Vehicle(chance.choice((Kind.OJEK, Kind.MOTORCYCLE)), paint)

        bajaj, van = Vehicle(Kind.BAJAJ, (36, 108, 190)), Vehicle(Kind.VAN, (86, 168, 206))
        bus, truck = Vehicle(Kind.BUS), Vehicle(Kind.TRUCK, (206, 148, 40))
        shift = chance.random()

        def spaced(*traffic: Vehicle) -> tuple[tuple[float, Vehicle], ...]:
            step = 1.0 / len(traffic)
            return tuple(
                ((shift + step * (position + chance.uniform(-0.14, 0.14))) % 1.0, vehicle)
                for position, vehicle in enumerate(traffic)
            )

        return (
            _Lane(-2.2, 1, 130, spaced(bus)),
            _Lane(2.2, -1, 130, spaced(bus)),
            _Lane(-5.6, 1, 150, spaced(car(), car(), car(), car())),
            _Lane(-8.2, 1, 118, spaced(van, car(), bajaj, car())),
            _Lane(-9.9, 1, 132, spaced(rider(), rider(), rider(), rider())),
            _Lane(5.6, -1, 150, spaced(car(), car(), truck, car())),
            _Lane(8.2, -1, 118, spaced(car(), bajaj, car(), car())),
            _Lane(9.9, -1, 132, spaced(rider(), rider(), rider(), rider(), rider())),
        )

    def _make_walkers(self) -> tuple[tuple[Person, float, float, float, float], ...]:
        umbrellas = (
            ((40, 60, 130), (170, 40, 50), None) if self._condition is Condition.RAIN else (None, None, None)
        )
        return (
            (Person((190, 70, 60), umbrella=umbrellas[0], bag=(40, 40, 60)), -13.9, -4.0, 14.5, 0.1),
            (Person((220, 220, 216), veil=(120, 80, 110), umbrella=umbrellas[1]), 12.1, 30.0, -14.0, 0.5),
            (Person((70, 100, 150), cap=(30, 30, 40), umbrella=umbrellas[2]), 12.4, 34.0, 14.0, 0.8),
            (Person((210, 180, 90), bag=(120, 40, 40), umbrella=umbrellas[0]), -12.2, 36.0, -14.0, 0.35),
        )

    def _draw_skyline(self, canvas: Canvas) -> None:
        chance = random.Random(f"skyline {self._condition.value}")
        for step in range(26):
            x = -300 + step * 24 + chance.uniform(-9, 9)
            if abs(x) < 16:
                continue
            height = chance.uniform(30, 120)
            wall = (chance.uniform(120, 170),) * 3
            tower = Building(x, chance.uniform(230, 330), 22, 22, height, wall, floors=int(height / 5), bays=7)
            draw_building(canvas, tower, step)

    def _draw_plot(self, canvas: Canvas, side: int, y_m: float, position: int) -> None:
        chance = random.Random(f"{self._condition.value} {side} {position}")
        is_tower = (position + (side > 0)) % 3 == 0
        if is_tower:
            height, floors, bays = chance.uniform(46, 74), 16, 7
            wall: Colour = chance.choice(((150, 158, 164), (176, 168, 154), (124, 134, 144)))
            building = Building(side * 34, y_m + 6, 24, 18, height, wall, floors=floors, bays=bays)
        else:
            height = chance.choice((7.5, 10.5, 12.0))
            wall = chance.choice(
                ((206, 196, 176), (188, 170, 150), (170, 180, 176), (214, 208, 198), (186, 150, 124))
            )
            sign: Colour = chance.choice(((196, 52, 44), (38, 96, 160), (232, 178, 52), (46, 132, 84)))
            building = Building(side * 24, y_m, 12, 17, height, wall, floors=int(height / 3.5), bays=5, sign=sign)
        draw_building(canvas, building, hash_of(side, position))
        for step in range(2):
            tree_y = y_m - 5 + step * 10
            if chance.random() < 0.35:
                draw_palm(canvas, side * 14.8, tree_y, chance.uniform(6.5, 8.5), position * 9 + step)
            else:
                draw_tree(canvas, side * 15.2, tree_y, chance.uniform(5.0, 7.5), position * 7 + step)

    def _draw_bridge(self, canvas: Canvas) -> None:
        """The footbridge over all lanes, with its roof."""
        for x in (-11.8, -0.0, 11.8):
            canvas.block(block(Pose(x, 86.0), 0.7, 0.7, 0.0, 5.4), (150, 152, 150))
        deck = block(Pose(0.0, 86.0), 3.0, 30.0, 5.4, 6.3)
        canvas.block(deck, (176, 178, 176))
        canvas.block(block(Pose(0.0, 86.0), 3.4, 30.0, 8.6, 8.9), (104, 128, 150))
        for step in range(16):
            canvas.line((-15 + step * 2.0, 84.5, 6.3), (-15 + step * 2.0, 84.5, 8.6), 0.12, (150, 152, 154))
        banner = part(deck.back, 0.3, 0.7, -0.1, 1.1)
        canvas.face(banner, (38, 92, 150), glow=0.6 if canvas.light.is_lit else 0.0)


def hash_of(*parts: int) -> int:
    """A number that differs for different parts and is the same in every run."""
    value = 17
    for item in parts:
        value = value * 31 + item + 7
    return value
