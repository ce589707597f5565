"""Which scene, phase and fault a demo camera has: all of it follows from its code, so nothing is stored.

The reference registry reads it to describe its cameras, the simulator to play them, the tests to know what
to expect. Pure: no I/O, no thread, no clock; it must not import the simulator or the registry.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from enum import Enum

from app.core.model import Codec, Profile

_GOLDEN_RATIO = 0.6180339887498949
"""Multiples of it, modulo 1, are spread evenly however many are taken (Knuth, TAOCP 3, 6.4)."""
_FIRST_FAULT = 9_988
_DIGITS = re.compile(r"\d+")


class Place(Enum):
    """What the camera looks at."""

    STREET = "street"
    MARKET = "market"
    OFFICE = "office"
    GATE = "gate"


class Condition(Enum):
    """The light and weather it looks at it in."""

    DAY = "day"
    DUSK = "dusk"
    NIGHT = "night"
    RAIN = "rain"


class Fault(Enum):
    """What is wrong with a known few cameras of the demo, so that each state can be seen.

    The first four need no path of the simulator: the registry's lease alone causes them. The order is that
    of the codes, JKT-09988 onwards (`fault_for`).
    """

    REFUSED_PORT = "refused-port"  # the lease names a port that nothing listens on
    BLACK_HOLE = "black-hole"  # the lease names an address that answers nothing
    WRONG_PASSWORD = "wrong-password"  # the lease's secret is not the camera's
    NOT_FOUND = "not-found"  # the lease names a path that the camera does not have
    SILENT = "silent"  # connects, never answers DESCRIBE
    NO_DATA = "nodata"  # answers PLAY, sends no packet
    STALL = "stall"  # packets stop after some seconds, the connection stays open
    FLAP = "flap"  # plays for a few seconds, then the connection breaks; again and again
    END_OF_STREAM = "eos"  # closes the stream in order after some seconds
    SLOW = "slow"  # answers DESCRIBE late, then plays well
    BUSY = "busy"  # refuses with 453: its sessions are used up
    NO_PICTURES = "nopictures"  # packets come, no picture can be decoded from them
    STALE = "stale"  # stalls for 6 s of every 20 s, then returns by itself


@dataclass(frozen=True, slots=True)
class ClipFormat:
    """The measures of every clip of one profile; a clip loops, and its first frame follows its last."""

    width_px: int
    height_px: int
    frame_rate_fps: int
    loop_s: int
    gop_s: int

    @property
    def frames(self) -> int:
        """How many frames a loop has."""
        return self.frame_rate_fps * self.loop_s


@dataclass(frozen=True, slots=True)
class Scene:
    """One drawn scene: a place in a condition, and the codecs of its two clips."""

    place: Place
    condition: Condition
    sub_codec: Codec
    main_codec: Codec

    @property
    def name(self) -> str:
        """The scene's name in file names and options, such as `street-night`."""
        return f"{self.place.value}-{self.condition.value}"

    def codec(self, profile: Profile) -> Codec:
        """The codec of that profile's clip."""
        return self.sub_codec if profile is Profile.SUB else self.main_codec

    def clip_file(self, profile: Profile) -> str:
        """The file name of that profile's clip, an Annex-B stream without container."""
        return f"{self.name}.{profile.value}.{self.codec(profile).value}"


CLIP_FORMATS = {
    Profile.SUB: ClipFormat(width_px=640, height_px=360, frame_rate_fps=15, loop_s=20, gop_s=1),
    Profile.MAIN: ClipFormat(width_px=1920, height_px=1080, frame_rate_fps=25, loop_s=10, gop_s=1),
}

# A Graeco-Latin square: the first 16 cameras on a 4×4 wall have no place and no condition twice in a row or
# column. Four sub clips are H.265, one of each place and condition; of the main clips every second one is.
SCENES: tuple[Scene, ...] = (
    Scene(Place.STREET, Condition.DAY, Codec.H264, Codec.H265),
    Scene(Place.MARKET, Condition.DUSK, Codec.H264, Codec.H264),
    Scene(Place.OFFICE, Condition.NIGHT, Codec.H265, Codec.H264),
    Scene(Place.GATE, Condition.RAIN, Codec.H264, Codec.H265),
    Scene(Place.MARKET, Condition.NIGHT, Codec.H264, Codec.H265),
    Scene(Place.STREET, Condition.RAIN, Codec.H265, Codec.H264),
    Scene(Place.GATE, Condition.DAY, Codec.H264, Codec.H264),
    Scene(Place.OFFICE, Condition.DUSK, Codec.H264, Codec.H265),
    Scene(Place.OFFICE, Condition.RAIN, Codec.H264, Codec.H265),
    Scene(Place.GATE, Condition.NIGHT, Codec.H264, Codec.H264),
    Scene(Place.STREET, Condition.DUSK, Codec.H264, Codec.H265),
    Scene(Place.MARKET, Condition.DAY, Codec.H265, Codec.H264),
    Scene(Place.GATE, Condition.DUSK, Codec.H265, Codec.H265),
    Scene(Place.OFFICE, Condition.DAY, Codec.H264, Codec.H264),
    Scene(Place.MARKET, Condition.RAIN, Codec.H264, Codec.H265),
    Scene(Place.STREET, Condition.NIGHT, Codec.H264, Codec.H264),
)


def code_number(code: str) -> int:
    """The number in a camera code (4211 of `JKT-04211`), or a checksum of a code that has no digits."""
    digits = _DIGITS.findall(code)
    return int(digits[-1]) if digits else zlib.crc32(code.encode())


def scene_for(code: str) -> Scene:
    """The scene that this camera shows; any 16 consecutive codes show 16 different ones."""
    return SCENES[(code_number(code) - 1) % len(SCENES)]


def phase_s(code: str) -> float:
    """How far ahead of the wall clock this camera's loop runs, seconds, in [0, sub loop)."""
    return (code_number(code) * _GOLDEN_RATIO) % 1.0 * CLIP_FORMATS[Profile.SUB].loop_s


def fault_for(code: str) -> Fault | None:
    """What is wrong with this camera: JKT-09988 to JKT-10000 have one fault each, all others none."""
    faults = tuple(Fault)
    position = code_number(code) - _FIRST_FAULT
    return faults[position] if 0 <= position < len(faults) else None
