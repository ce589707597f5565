"""The gate of a compound: barrier, guard hut, a street that passes outside, parking inside."""

from __future__ import annotations

import math
import random
from functools import partial

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
    draw_fence,
    draw_glow,
    draw_palm,
    draw_street_lamp,
    draw_tree,
)
from tools.clips.space import Lens, Pose, block, part
from tools.clips.stage import Actor, loop_fraction, paint_by_distance
from tools.clips.vehicles import Kind, Vehicle, cast_shadow, draw_vehicle
from tools.clips.ways import Way, keyed

_LENSES = {
    Condition.DAY: Lens(6.2, 19.0, 72, yaw_deg=-8, roll_deg=0.7, x_m=3.4),
    Condition.DUSK: Lens(5.2, 14.5, 68, yaw_deg=10, roll_deg=-0.6, x_m=-4.4),
    Condition.NIGHT: Lens(6.6, 20.0, 74, yaw_deg=-12, roll_deg=0.5, x_m=4.8, is_mirrored=True),
    Condition.RAIN: Lens(5.8, 18.0, 70, yaw_deg=7, roll_deg=-1.0, x_m=-2.6),
}
_WALLS: dict[Condition, Colour] = {
    Condition.DAY: (214, 206, 190),
    Condition.DUSK: (196, 176, 150),
    Condition.NIGHT: (180, 186, 190),
    Condition.RAIN: (190, 150, 120),
}
_BARRIER_Y_M, _WALL_Y_M, _STREET_Y_M = 12.0, 17.0, 24.5
_LANE_X_M = 2.9
_HUT_LIGHT: Colour = (0.95, 0.80, 0.55)
_POLE_LIGHT: Colour = (0.86, 0.90, 0.98)


class Gate:
    """The gate in one condition."""

    def __init__(self, condition: Condition) -> None:
        self._condition = condition
        self.lens = _LENSES[condition]
        self.light = LIGHTS[condition]
        self.lamps = (
            Lamp(0.0, 13.4, 2.5, 2.6, _HUT_LIGHT),
            Lamp(-7.6, 15.0, 6.0, 6.0, _POLE_LIGHT),
            Lamp(7.6, 9.0, 6.0, 6.5, _POLE_LIGHT),
            Lamp(-13.0, 30.0, 8.0, 8.0, (1.0, 0.72, 0.4)),
            Lamp(12.0, 30.0, 8.0, 8.0, (1.0, 0.72, 0.4)),
        )
        self._entering = Way(
            (-34.0, 23.0),
            (-14.0, 22.8),
            (-6.0, 22.0),
            (-_LANE_X_M, 18.4),
            (-_LANE_X_M, 12),
            (-_LANE_X_M, 4),
            (-3.2, -6.0),
        )
        self._leaving = Way(
            (3.2, -6.0),
            (_LANE_X_M, 4.0),
            (_LANE_X_M, 12.0),
            (_LANE_X_M + 0.2, 18.6),
            (7.0, 22.3),
            (16.0, 23.0),
            (36.0, 23.0),
        )

    def texture(self, ground: Ground) -> NDArray[np.float32]:
        """Concrete drive, lawn, footway and the street outside."""
        grain = ground.noise(0.12, 1) * 4 + ground.noise(0.9, 2) * 5 + ground.noise(5.0, 3) * 6
        grass = np.full((*ground.x_m.shape, 3), (96, 118, 72), np.float32)
        own = (grass + (ground.noise(0.25, 5) * 10 + grain)[..., None]).astype(np.float32)
        concrete: Colour = (150, 148, 144)
        drive = ground.band(-5.2, 5.2) * ground.band(-5.0, 20.5, along_y=True)
        yard = ground.band(-16.0, 16.0) * ground.band(-5.0, 9.5, along_y=True)
        own = mix(own, concrete, np.maximum(drive, yard))
        own = (own + (grain * np.maximum(drive, yard) * 0.4)[..., None]).astype(np.float32)
        own = mix(own, (122, 120, 116), np.maximum(drive, yard) * ground.tiles(3.4, 0.05))
        for x in (-4.9, 4.9):
            own = mix(own, (222, 190, 70), ground.band(x - 0.08, x + 0.08) * drive)
        for bay in range(5):
            for side in (-1, 1):
                line_x = side * (6.2 + bay * 2.5)
                own = mix(
                    own,
                    (226, 226, 220),
                    ground.band(line_x - 0.05, line_x + 0.05) * ground.band(3.6, 9.0, along_y=True),
                )
        footway = ground.band(18.4, 20.6, along_y=True)
        own = mix(own, (166, 158, 146), footway)
        own = mix(own, (134, 126, 118), footway * ground.tiles(0.8, 0.04))
        street = ground.band(20.6, 28.6, along_y=True)
        own = mix(own, (88, 90, 95), street)
        dashes = (np.mod(ground.x_m, 5.0) < 2.4).astype(np.float32)
        own = mix(own, (214, 214, 208), ground.band(24.45, 24.6, along_y=True) * dashes)
        own = mix(own, (150, 144, 134), ground.band(28.6, 31.0, along_y=True))
        own = mix(own, (206, 206, 200), drive * ground.band(13.1, 13.4, along_y=True))
        if self.light.is_wet:
            puddles = np.clip(ground.noise(2.3, 8) + 0.35 * ground.noise(0.6, 9) - 0.1, 0, 1)
            paved = np.maximum(np.maximum(drive, yard), street)
            own = mix(own * np.float32(0.76), (176, 188, 196), puddles * paved * 0.6)
        return own

    def backdrop(self, canvas: Canvas) -> None:
        """The houses and trees across the street."""
        chance = random.Random(f"gate {self._condition.value}")
        walls: tuple[Colour, ...] = (
            (206, 196, 176),
            (176, 186, 182),
            (196, 164, 140),
            (214, 208, 198),
            (150, 160, 170),
        )
        signs: tuple[Colour, ...] = ((196, 52, 44), (38, 96, 160), (232, 178, 52), (46, 132, 84))
        for step in range(15):
            x = -70 + step * 10 + chance.uniform(-1, 1)
            height = chance.choice((7.0, 10.0, 11.0, 24.0))
            house = Building(
                x,
                40,
                9.0,
                12,
                height,
                chance.choice(walls),
                floors=max(2, int(height / 3.4)),
                bays=4,
                sign=chance.choice(signs),
            )
            draw_building(canvas, house, step)
        for step in range(11):
            draw_tree(canvas, -48 + step * 9.6 + chance.uniform(-1.5, 1.5), 32.5, chance.uniform(4.5, 6.5), step)
        for lamp in self.lamps[3:]:
            draw_street_lamp(canvas, lamp, lamp.x_m + 2.0)

    def act(self, canvas: Canvas, time_s: float) -> None:
        """Street traffic; a car comes in, another leaves, the barriers let them through; the guard walks."""
        street = self._street_traffic(canvas, time_s)
        inside = self._gate_traffic(canvas, time_s)
        if canvas.light.is_wet:
            with canvas.mirrored(0.26):
                paint_by_distance(street + inside)
        paint_by_distance(street)
        self._draw_compound(canvas)
        paint_by_distance([*inside, *self._barriers(canvas, time_s), (13.6, partial(self._draw_hut, canvas))])

    def foreground(self, canvas: Canvas) -> None:
        """Parked cars and a lamp inside, nearer than the gate."""
        with canvas.standing_at(7.6, 9.0):
            draw_street_lamp(canvas, self.lamps[2], 9.0)
        paints: tuple[Colour, ...] = ((226, 228, 230), (40, 42, 48), (150, 36, 36), (70, 90, 130))
        for step, (x, kind) in enumerate(
            ((-7.4, Kind.FAMILY), (-9.9, Kind.SEDAN), (-12.4, Kind.FAMILY), (7.5, Kind.SEDAN), (12.5, Kind.VAN))
        ):
            pose = Pose(x, 6.3, 90.0 if step % 2 else -90.0)
            draw_vehicle(canvas, Vehicle(kind, paints[step % 4]), pose, has_lamps=False)

    def _street_traffic(self, canvas: Canvas, time_s: float) -> list[Actor]:
        kinds = (
            (0.02, Vehicle(Kind.FAMILY, (226, 228, 230))),
            (0.22, Vehicle(Kind.OJEK, (40, 40, 44))),
            (0.40, Vehicle(Kind.BAJAJ, (36, 108, 190))),
            (0.58, Vehicle(Kind.SEDAN, (60, 64, 72))),
            (0.80, Vehicle(Kind.MOTORCYCLE, (160, 40, 40))),
        )
        actors: list[Actor] = []
        for offset, vehicle in kinds:
            x = -45 + 90 * loop_fraction(time_s, offset)
            pose = Pose(x, 26.6, 0.0)
            actors.append((pose.y_m, partial(draw_vehicle, canvas, vehicle, pose)))
            back = Pose(45 - 90 * loop_fraction(time_s, (offset * 1.7 + 0.45) % 1.0), 22.6 + 1.9, 180.0)
            if vehicle.kind is not Kind.OJEK:
                actors.append((back.y_m, partial(draw_vehicle, canvas, vehicle, back)))
        walker = Person((200, 80, 70), umbrella=(46, 70, 140) if self.light.is_raining else None)
        along = loop_fraction(time_s, 0.3) * 14
        actors.append((19.4, partial(draw_person, canvas, walker, Pose(-13 + along, 19.4, 0.0), along)))
        return actors

    def _gate_traffic(self, canvas: Canvas, time_s: float) -> list[Actor]:
        coming, going = self._arrival(time_s), self._departure(time_s)
        car, sedan = Vehicle(Kind.FAMILY, (176, 180, 186)), Vehicle(Kind.SEDAN, (132, 32, 34))
        stopped_in = 0.34 <= loop_fraction(time_s, 0.0) <= 0.52
        stopped_out = 0.24 <= loop_fraction(time_s, 0.55) <= 0.42
        actors: list[Actor] = [
            (coming.y_m, partial(draw_vehicle, canvas, car, coming, braking=stopped_in)),
            (going.y_m, partial(draw_vehicle, canvas, sedan, going, braking=stopped_out)),
        ]
        guard = Person((60, 66, 84), (44, 48, 62), cap=(36, 42, 60))
        way = Way((-1.3, 11.0), (-1.5, 13.2), (-1.4, 14.6), (-1.2, 13.0), (-1.3, 11.0))
        along = loop_fraction(time_s, 0.2) * way.length_m
        pose = way.pose(along)
        actors.append((pose.y_m, partial(draw_person, canvas, guard, pose, along)))
        visitor = Person(
            (226, 190, 90), veil=(120, 80, 110), umbrella=(180, 50, 56) if self.light.is_raining else None
        )
        walked = loop_fraction(time_s, 0.65) * 13.5
        actors.append(
            (18.0 - walked, partial(draw_person, canvas, visitor, Pose(-4.6, 18.0 - walked, -90.0), walked))
        )
        return actors

    def _arrival(self, time_s: float) -> Pose:
        """The car that comes in: it stops at the barrier, waits for it to rise, drives on."""
        stop = self._entering.length_m - 20.6
        fraction = loop_fraction(time_s, 0.0)
        return self._entering.pose(
            keyed(fraction, (0.0, 0.0), (0.36, stop), (0.52, stop), (1.0, self._entering.length_m))
        )

    def _departure(self, time_s: float) -> Pose:
        stop = 14.6
        fraction = loop_fraction(time_s, 0.55)
        return self._leaving.pose(
            keyed(fraction, (0.0, 0.0), (0.26, stop), (0.42, stop), (1.0, self._leaving.length_m))
        )

    def _barriers(self, canvas: Canvas, time_s: float) -> list[Actor]:
        lift_in = keyed(loop_fraction(time_s, 0.0), (0.42, 0.0), (0.52, 78.0), (0.70, 78.0), (0.82, 0.0))
        lift_out = keyed(loop_fraction(time_s, 0.55), (0.32, 0.0), (0.42, 78.0), (0.60, 78.0), (0.72, 0.0))
        return [
            (_BARRIER_Y_M, partial(self._draw_barrier, canvas, -1, lift_in)),
            (_BARRIER_Y_M, partial(self._draw_barrier, canvas, 1, lift_out)),
        ]

    def _draw_barrier(self, canvas: Canvas, side: int, lift_deg: float) -> None:
        """A striped boom on its post; `lift_deg` 0 closes the lane."""
        x = side * 0.75
        turn = math.radians(lift_deg)
        with canvas.standing_at(x, _BARRIER_Y_M):
            canvas.block(block(Pose(x, _BARRIER_Y_M), 0.4, 0.4, 0.0, 1.1), (222, 180, 50))
            for piece in range(8):
                a, b = 0.1 + piece * 0.52, 0.1 + (piece + 1) * 0.52
                start = (x + side * a * math.cos(turn), _BARRIER_Y_M - 0.2, 0.98 + a * math.sin(turn))
                end = (x + side * b * math.cos(turn), _BARRIER_Y_M - 0.2, 0.98 + b * math.sin(turn))
                canvas.line(start, end, 0.12, (206, 44, 40) if piece % 2 else (238, 236, 230), glow=0.25)
            tip = (x + side * 4.2 * math.cos(turn), _BARRIER_Y_M - 0.2, 0.98 + 4.2 * math.sin(turn))
            lit: Colour = (80, 230, 120) if lift_deg > 60 else (255, 60, 50)
            canvas.ball(tip, 0.09, lit, glow=1.0)
            canvas.glow(tip, 0.6, lit, 0.5)

    def _draw_compound(self, canvas: Canvas) -> None:
        """Wall, gate posts, fence, trees: between the street and the yard."""
        wall = _WALLS[self._condition]
        for side in (-1, 1):
            with canvas.standing_at(side * 8.0, 15.0):
                canvas.block(block(Pose(side * 24.0, _WALL_Y_M), 0.3, 36.4, 0.0, 1.1), wall, top=(150, 146, 140))
                draw_fence(
                    canvas, (side * 5.8, _WALL_Y_M, 1.1), (side * 38.0, _WALL_Y_M, 1.1), 1.0, (60, 66, 70), 64
                )
                post = block(Pose(side * 5.6, _WALL_Y_M), 0.9, 0.9, 0.0, 3.2)
                canvas.block(post, wall, top=(150, 146, 140))
                canvas.face(part(post.back, 0.15, 0.85, 0.5, 0.8), (40, 70, 110))
        for x, y, tall, seed in ((-11.0, 15.2, 5.2, 3), (11.5, 14.6, 5.6, 4), (17.0, 13.0, 4.6, 6)):
            draw_tree(canvas, x, y, tall, seed)
        draw_palm(canvas, -7.9, 13.2, 6.0, 7)
        draw_palm(canvas, 8.4, 15.4, 5.6, 8)
        draw_street_lamp(canvas, self.lamps[1], -8.8)

    def _draw_hut(self, canvas: Canvas) -> None:
        """The guard's hut on its island between the lanes."""
        if canvas.is_mirror:
            return
        canvas.block(block(Pose(0.0, 13.6), 5.6, 1.7, 0.0, 0.16), (196, 190, 90), top=(176, 172, 166))
        with canvas.standing_at(0.6, 13.0):
            pose = Pose(0.0, 14.4)
            cast_shadow(canvas, pose, 2.6, 1.5, 2.6)
            hut = block(pose, 2.6, 1.5, 0.16, 2.5)
            canvas.block(hut, (226, 222, 212))
            is_lit = canvas.light.is_lit
            pane: Colour = (255, 220, 150) if is_lit else (70, 88, 102)
            for wall in (hut.back, hut.left, hut.right):
                canvas.face(part(wall, 0.1, 0.9, 0.44, 0.88), pane, glow=0.8 if is_lit else 0.0)
                canvas.face(part(wall, 0.0, 1.0, 0.1, 0.2), (40, 84, 150))
            canvas.block(block(pose, 3.1, 2.1, 2.5, 2.72), (52, 92, 150))
        draw_glow(canvas, self.lamps[0], 1.6)
