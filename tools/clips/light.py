"""The light of a condition: what it does to a colour, and which lamps burn."""

from __future__ import annotations

import math
from dataclasses import dataclass

from app.demo.scenes import Condition

Colour = tuple[float, float, float]
"""Red, green, blue of 0 to 255."""
_LUMA = (0.299, 0.587, 0.114)


@dataclass(frozen=True, slots=True)
class Lamp:
    """A lamp's place and reach; colours are added to the ambient light, 1.0 being daylight."""

    x_m: float
    y_m: float
    z_m: float
    reach_m: float
    tint: Colour


@dataclass(frozen=True, slots=True)
class Light:
    """One condition's light.

    Args:
        sky_top, sky_low: the sky's colours, zenith and horizon.
        ambient: what of a surface's own colour is seen without lamps, per channel, 1.0 being daylight.
        sun: direction of the light, as the metres a shadow shifts for each metre of height; None: no shadows.
        shadow: opacity of shadows. saturation: of the camera's colours.
        haze: colour of distant things; haze_m: the distance at which two thirds are haze.
        is_lit: lamps and windows burn. is_wet: the ground mirrors. is_raining: streaks fall.
        noise: sigma of the sensor's noise, levels of 255. lit_windows: part of the windows that are lit.
    """

    sky_top: Colour
    sky_low: Colour
    ambient: Colour
    sun: tuple[float, float] | None
    shadow: float
    haze: Colour
    haze_m: float
    saturation: float
    is_lit: bool
    is_wet: bool
    is_raining: bool
    noise: float
    lit_windows: float

    def shade(self, colour: Colour, facing: float, depth_m: float, extra: Colour = (0, 0, 0)) -> Colour:
        """A surface's colour in the picture.

        Args:
            facing: how much of the light the surface gets by its direction, 1.0 fully.
            depth_m: distance, for the haze.
            extra: light of lamps at that place, per channel.
        """
        lit = [
            value * (ambient * facing + more * (0.45 + 0.55 * facing))
            for value, ambient, more in zip(colour, self.ambient, extra, strict=True)
        ]
        grey = sum(value * weight for value, weight in zip(lit, _LUMA, strict=True))
        haze = 1.0 - math.exp(-max(depth_m, 0.0) / self.haze_m)
        mixed = [
            (grey + (value - grey) * self.saturation) * (1 - haze) + fog * haze
            for value, fog in zip(lit, self.haze, strict=True)
        ]
        return mixed[0], mixed[1], mixed[2]


def lamplight(lamps: tuple[Lamp, ...], x_m: float, y_m: float) -> Colour:
    """What lamps add at a place on the ground."""
    red = green = blue = 0.0
    for lamp in lamps:
        distance_2 = (lamp.x_m - x_m) ** 2 + (lamp.y_m - y_m) ** 2
        strength = 1.0 / (1.0 + distance_2 / lamp.reach_m**2) ** 2
        red += lamp.tint[0] * strength
        green += lamp.tint[1] * strength
        blue += lamp.tint[2] * strength
    return red, green, blue


LIGHTS = {
    Condition.DAY: Light(
        sky_top=(142, 176, 212),
        sky_low=(216, 222, 224),
        ambient=(1.2, 1.18, 1.13),
        sun=(0.55, 0.35),
        shadow=0.36,
        haze=(206, 212, 214),
        haze_m=260,
        saturation=0.80,
        is_lit=False,
        is_wet=False,
        is_raining=False,
        noise=0.8,
        lit_windows=0.0,
    ),
    Condition.DUSK: Light(
        sky_top=(74, 78, 116),
        sky_low=(238, 158, 104),
        ambient=(0.60, 0.47, 0.46),
        sun=None,
        shadow=0.20,
        haze=(176, 122, 104),
        haze_m=170,
        saturation=0.85,
        is_lit=True,
        is_wet=False,
        is_raining=False,
        noise=1.3,
        lit_windows=0.45,
    ),
    Condition.NIGHT: Light(
        sky_top=(10, 12, 20),
        sky_low=(40, 38, 46),
        ambient=(0.15, 0.17, 0.23),
        sun=None,
        shadow=0.25,
        haze=(26, 26, 34),
        haze_m=150,
        saturation=0.70,
        is_lit=True,
        is_wet=False,
        is_raining=False,
        noise=2.2,
        lit_windows=0.34,
    ),
    Condition.RAIN: Light(
        sky_top=(112, 122, 128),
        sky_low=(156, 162, 164),
        ambient=(0.50, 0.55, 0.59),
        sun=None,
        shadow=0.16,
        haze=(140, 148, 152),
        haze_m=70,
        saturation=0.55,
        is_lit=True,
        is_wet=True,
        is_raining=True,
        noise=1.2,
        lit_windows=0.28,
    ),
}
