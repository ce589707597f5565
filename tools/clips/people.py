"""People, drawn as round-limbed figures that really walk; seen from a camera's height that is enough."""

from __future__ import annotations

import math
from dataclasses import dataclass

from tools.clips.canvas import Canvas
from tools.clips.light import Colour
from tools.clips.space import Pose
from tools.clips.vehicles import cast_shadow

_STEP_M = 0.72
"""The length of an adult's step."""
_SHOES: Colour = (40, 36, 34)


@dataclass(frozen=True, slots=True)
class Person:
    """What somebody looks like; `veil` is a headscarf's colour, `umbrella` and `bag` what is carried."""

    shirt: Colour = (180, 180, 186)
    trousers: Colour = (54, 58, 72)
    skin: Colour = (176, 128, 98)
    hair: Colour = (30, 26, 26)
    veil: Colour | None = None
    skirt: Colour | None = None
    cap: Colour | None = None
    bag: Colour | None = None
    umbrella: Colour | None = None
    height_m: float = 1.66


def draw_person(canvas: Canvas, person: Person, pose: Pose, walked_m: float = 0.0) -> None:
    """Draw somebody who has walked so far; standing still is walking no further."""
    scale = person.height_m / 1.7
    swing = math.sin(walked_m / _STEP_M * math.pi)
    with canvas.standing_at(pose.x_m, pose.y_m):
        cast_shadow(canvas, pose, 0.45, 0.5, person.height_m)
        _draw_legs(canvas, person, pose, swing, scale)
        _draw_arm(canvas, person, pose, -swing, -0.24, scale)
        _draw_torso(canvas, person, pose, scale)
        _draw_arm(canvas, person, pose, swing, 0.24, scale)
        _draw_head(canvas, person, pose, scale)
        if person.umbrella is not None:
            _draw_umbrella(canvas, person.umbrella, pose, scale)


def _draw_legs(canvas: Canvas, person: Person, pose: Pose, swing: float, scale: float) -> None:
    for side, direction in ((-0.09, 1.0), (0.09, -1.0)):
        step = 0.3 * swing * direction
        lift = max(0.0, step) * 0.25
        hip = pose.point(0, side, 0.88 * scale)
        knee = pose.point(step * 0.62, side, (0.47 + lift * 0.4) * scale)
        foot = pose.point(step, side, (0.07 + lift) * scale)
        canvas.line(hip, knee, 0.18, person.trousers)
        canvas.line(knee, foot, 0.15, person.trousers)
        canvas.line(foot, pose.point(step + 0.13, side, (0.05 + lift) * scale), 0.1, _SHOES)
    if person.skirt is not None:
        sway = 0.12 * abs(swing)
        corners = [(0.0, -0.2, 0.95), (0.0, 0.2, 0.95), (sway, 0.27, 0.25), (-sway, -0.27, 0.25)]
        canvas.line(pose.point(0, 0, 0.8 * scale), pose.point(0, 0, 0.42 * scale), 0.44, person.skirt)
        canvas.sheet([pose.point(a, c, z * scale) for a, c, z in corners], person.skirt, facing=0.85)


def _draw_torso(canvas: Canvas, person: Person, pose: Pose, scale: float) -> None:
    canvas.line(pose.point(0, 0, 0.92 * scale), pose.point(0.02, 0, 1.28 * scale), 0.36, person.shirt)
    shoulders = pose.point(0.02, -0.15, 1.34 * scale), pose.point(0.02, 0.15, 1.34 * scale)
    canvas.line(*shoulders, 0.2, person.shirt)
    if person.bag is not None:
        canvas.line(pose.point(-0.2, 0, 1.02 * scale), pose.point(-0.2, 0, 1.26 * scale), 0.3, person.bag)


def _draw_arm(canvas: Canvas, person: Person, pose: Pose, swing: float, side: float, scale: float) -> None:
    shoulder = pose.point(0.02, side, 1.34 * scale)
    elbow = pose.point(0.1 * swing, side * 1.15, 1.06 * scale)
    hand = pose.point(0.12 + 0.22 * swing, side * 1.1, 0.86 * scale)
    canvas.line(shoulder, elbow, 0.12, person.shirt)
    canvas.line(elbow, hand, 0.09, person.skin)


def _draw_head(canvas: Canvas, person: Person, pose: Pose, scale: float) -> None:
    neck, crown = 1.46 * scale, 1.58 * scale
    if person.veil is not None:
        canvas.line(pose.point(0, 0, 1.36 * scale), pose.point(0, 0, crown), 0.27, person.veil)
        canvas.ball(pose.point(0.07, 0, crown), 0.085, person.skin)
        return
    canvas.line(pose.point(0, 0, neck - 0.08), pose.point(0, 0, neck), 0.12, person.skin)
    canvas.ball(pose.point(0.02, 0, crown), 0.125, person.skin)
    canvas.ball(pose.point(-0.03, 0, crown + 0.045), 0.122, person.cap or person.hair, squash=0.85)
    if person.cap is not None:
        canvas.line(pose.point(0.05, 0, crown + 0.03), pose.point(0.17, 0, crown + 0.02), 0.12, person.cap)


def _draw_umbrella(canvas: Canvas, tint: Colour, pose: Pose, scale: float) -> None:
    top = 2.15 * scale
    canvas.line(pose.point(0.1, 0.1, 1.1 * scale), pose.point(0.05, 0.05, top), 0.03, (60, 60, 64))
    turns = [step * math.pi / 6 for step in range(12)]
    rim = [pose.point(0.62 * math.cos(turn), 0.62 * math.sin(turn), top - 0.26) for turn in turns]
    crown = pose.point(0.05, 0.05, top)
    for step in range(12):
        shade = 0.86 if step % 2 else 1.0
        canvas.sheet([rim[step - 1], rim[step], crown], tint, facing=shade)
