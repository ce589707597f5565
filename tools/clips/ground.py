"""The ground of a scene, shaded pixel by pixel: textures and lamplight in metres, then through the lens."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tools.clips.light import Colour, Lamp, Light
from tools.clips.space import Projection

Plane = NDArray[np.float32]
"""One number for every pixel of the picture."""
_FARTHEST_M = 900.0


@dataclass(frozen=True, slots=True)
class Ground:
    """Where on the ground each pixel looks: metres right and away, the distance, and a pixel's own width."""

    x_m: Plane
    y_m: Plane
    depth_m: Plane
    pixel_m: Plane
    """How many metres one pixel covers across, for edges without steps."""
    is_ground: NDArray[np.bool_]

    def band(self, from_m: float, to_m: float, *, along_y: bool = False) -> Plane:
        """1 between two lines of constant x (or y), soft over one pixel."""
        value = self.y_m if along_y else self.x_m
        softness = self.pixel_m * (3.0 if along_y else 1.0)
        return _ramp(value - from_m, softness) * _ramp(to_m - value, softness)

    def dashes(self, x_m: float, width_m: float, dash_m: float, period_m: float) -> Plane:
        """A broken line along y."""
        place = np.mod(self.y_m, period_m)
        softness = np.minimum(self.pixel_m * 3.0, period_m / 4)
        is_dash = _ramp(place, softness) * _ramp(dash_m - place, softness)
        return self.band(x_m - width_m / 2, x_m + width_m / 2) * is_dash

    def tiles(self, size_m: float, joint_m: float) -> Plane:
        """1 on the joints between square tiles, fading where they are finer than pixels."""
        joints = np.zeros_like(self.x_m)
        for value, softness in ((self.x_m, self.pixel_m), (self.y_m, self.pixel_m * 3)):
            place = np.abs(np.mod(value + size_m / 2, size_m) - size_m / 2)
            joint = _ramp(joint_m / 2 + softness / 2 - place, softness)
            joints = np.maximum(joints, joint * np.clip(joint_m / (softness + joint_m), 0, 1))
        return joints

    def noise(self, size_m: float, seed: int) -> Plane:
        """Smooth noise of -1 to 1 with spots of that size, fading where they are finer than pixels."""
        values = smooth_noise(self.x_m / size_m, self.y_m / size_m, seed)
        return np.asarray(values * np.clip(size_m / (self.pixel_m * 3 + 1e-6), 0, 1), np.float32)


def look_at_ground(projection: Projection) -> Ground:
    """The ground as the lens sees it."""
    lens, height_px, width_px = projection.lens, projection.height_px, projection.width_px
    rows, columns = np.mgrid[0:height_px, 0:width_px].astype(np.float32)
    focal_px = projection.scale_px(1.0)
    x, y = columns + 0.5 - width_px / 2, rows + 0.5 - height_px / 2
    x = -x if lens.is_mirrored else x
    roll, pitch, yaw = (math.radians(angle) for angle in (lens.roll_deg, lens.pitch_deg, lens.yaw_deg))
    right = (x * math.cos(roll) + y * math.sin(roll)) / focal_px
    down = (-x * math.sin(roll) + y * math.cos(roll)) / focal_px
    forward = math.cos(pitch) - down * math.sin(pitch)
    sink = math.sin(pitch) + down * math.cos(pitch)
    is_ground = sink > lens.height_m / _FARTHEST_M
    depth = np.where(is_ground, lens.height_m / np.maximum(sink, 1e-4), _FARTHEST_M).astype(np.float32)
    x_m = right * math.cos(yaw) + forward * math.sin(yaw)
    y_m = forward * math.cos(yaw) - right * math.sin(yaw)
    return Ground(
        x_m=(x_m * depth + lens.x_m).astype(np.float32),
        y_m=(y_m * depth).astype(np.float32),
        depth_m=depth,
        pixel_m=(depth / focal_px).astype(np.float32),
        is_ground=is_ground,
    )


def mix(below: NDArray[np.float32], above: Colour, amount: Plane) -> NDArray[np.float32]:
    """A colour laid over a picture, as opaque as `amount` says."""
    part = np.clip(amount, 0, 1)[..., None]
    return (below * (1 - part) + np.asarray(above, np.float32) * part).astype(np.float32)


def shade_ground(
    ground: Ground, own: NDArray[np.float32], light: Light, lamps: tuple[Lamp, ...]
) -> NDArray[np.float32]:
    """The ground's colours in that light."""
    strength = np.ones((*ground.x_m.shape, 3), np.float32) * np.asarray(light.ambient, np.float32)
    for lamp in lamps if light.is_lit else ():
        distance_2 = (ground.x_m - lamp.x_m) ** 2 + (ground.y_m - lamp.y_m) ** 2
        reach = 1.0 / (1.0 + distance_2 / lamp.reach_m**2) ** 2
        strength += reach[..., None] * np.asarray(lamp.tint, np.float32)
    lit = own * strength
    grey = (lit @ np.array([0.299, 0.587, 0.114], np.float32))[..., None]
    lit = grey + (lit - grey) * light.saturation
    return mix(lit, light.haze, 1 - np.exp(-ground.depth_m / light.haze_m))


def sky(projection: Projection, light: Light, seed: int) -> NDArray[np.float32]:
    """The sky over the whole picture: a gradient with soft clouds."""
    lens = projection.lens
    horizon_px = projection.height_px / 2 - math.tan(math.radians(lens.pitch_deg)) * projection.scale_px(1.0)
    rows = np.arange(projection.height_px, dtype=np.float32)[:, None]
    columns = np.arange(projection.width_px, dtype=np.float32)[None, :]
    height = np.clip((horizon_px - rows) / (projection.height_px * 0.45), 0, 1) + 0 * columns
    low, top = np.asarray(light.sky_low, np.float32), np.asarray(light.sky_top, np.float32)
    picture = low + (top - low) * (height**0.75)[..., None]
    span = projection.width_px / 4
    clouds = smooth_noise(columns / span + 0 * rows, rows / span * 3.2 + 0 * columns, seed)
    clouds += 0.5 * smooth_noise(columns / span * 2.3 + 0 * rows, rows / span * 7 + 0 * columns, seed + 1)
    brightness = np.clip(clouds, 0, 1)[..., None] * 0.16
    return np.asarray(picture * (1 + brightness), np.float32)


def paint_ground(
    projection: Projection,
    light: Light,
    lamps: tuple[Lamp, ...],
    texture: Callable[[Ground], NDArray[np.float32]],
    seed: int,
) -> NDArray[np.uint8]:
    """Sky above, textured ground below, as height × width × RGB."""
    ground = look_at_ground(projection)
    shaded = shade_ground(ground, texture(ground), light, lamps)
    picture = np.where(ground.is_ground[..., None], shaded, sky(projection, light, seed))
    return np.clip(picture, 0, 255).astype(np.uint8)


def smooth_noise(x: Plane, y: Plane, seed: int) -> Plane:
    """Value noise of -1 to 1 on a grid of step 1, repeating after 64 steps."""
    grid = np.random.default_rng(seed).uniform(-1, 1, (64, 64)).astype(np.float32)
    column, row = np.floor(x), np.floor(y)
    u, v = _ease(x - column), _ease(y - row)
    i, j = column.astype(np.int64) % 64, row.astype(np.int64) % 64
    i1, j1 = (i + 1) % 64, (j + 1) % 64
    low = grid[j, i] * (1 - u) + grid[j, i1] * u
    high = grid[j1, i] * (1 - u) + grid[j1, i1] * u
    return np.asarray(low * (1 - v) + high * v, np.float32)


def _ease(value: Plane) -> Plane:
    return np.asarray(value * value * (3 - 2 * value), np.float32)


def _ramp(value: Plane, softness: Plane) -> Plane:
    return np.asarray(np.clip(value / np.maximum(softness, 1e-4) + 0.5, 0, 1), np.float32)
