"""What each tile gets: which stream profile, which surface, and which host its stream runs in."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import NewType

from app.core.model import Camera, Profile, StreamProfile

HostId = NewType("HostId", int)

STREAMS_PER_HOST = 16
"""Sixteen cost about what sixty-four do, and a crash loses fewer (measured)."""
ENLARGE_LIMIT = 1.25
"""How far a sub-stream is enlarged before the main one is worth its eightfold cost."""
ENLARGE_ENOUGH = 1.0
"""Below this the main stream is given up again: Nx's 171 and 229 pixels are as far apart."""
SWITCH_PERIOD_S = 5.0
"""The least time between two changes of stream that only a tile's size asks for."""
DEFAULT_SUB_HEIGHT_PX = 360
HD_HEIGHT_PX = 720


class SurfaceChoice(Enum):
    """The setting `video.surface`."""

    AUTO = "auto"
    SHARED = "shared"
    DIRECT = "direct"


class Surface(Enum):
    """How pictures reach a tile: through shared memory, or drawn by libVLC into a native window."""

    SHARED = "shared"
    DIRECT = "direct"


class DirectVerdict(Enum):
    """What is known of direct surfaces on this PC, where `video.surface` leaves the choice to the console."""

    UNWANTED = "unwanted"
    """They save nothing on this system."""
    OPEN = "open"
    """They may: the next large HD tile shows it."""
    FAILED = "failed"
    """They did not start, or the GPU did not decode."""


class HardwareChoice(Enum):
    """The setting `video.hardware`: whether the GPU decodes."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


def choose_profile(
    camera: Camera, height_px: int, forced: Profile | None = None, present: Profile | None = None
) -> Profile | None:
    """The stream for a tile of that height: the forced one if the camera has it, else by size.

    A camera with a single stream gives that one; None for a camera without any.

    Args:
        present: what the tile has now: between the two limits it stays, so that no tile goes to and fro.
    """
    offered = [stream.profile for stream in camera.profiles]
    if len(offered) < 2 or forced in offered:
        return forced if forced in offered else next(iter(offered), None)
    sub = camera.stream(Profile.SUB)
    sub_height_px = sub.height_px if sub and sub.height_px else DEFAULT_SUB_HEIGHT_PX
    limit = ENLARGE_ENOUGH if present is Profile.MAIN else ENLARGE_LIMIT
    return Profile.MAIN if height_px > sub_height_px * limit else Profile.SUB


def choose_surface(
    setting: SurfaceChoice, verdict: DirectVerdict, stream: StreamProfile | None, height_px: int
) -> Surface:
    """The surface of a tile that shows that stream at that height.

    AUTO draws large tiles of HD streams directly where that copies nothing, and until it has shown that the GPU
    does not really decode here; all others are shared.
    """
    if setting is not SurfaceChoice.AUTO:
        return Surface.DIRECT if setting is SurfaceChoice.DIRECT else Surface.SHARED
    is_large_hd = height_px >= HD_HEIGHT_PX // 2 and ((stream and stream.height_px) or 0) >= HD_HEIGHT_PX
    return Surface.DIRECT if verdict is DirectVerdict.OPEN and is_large_hd else Surface.SHARED


def hosts_for(streams: int) -> int:
    """How many hosts that many streams are spread over."""
    return -(-streams // STREAMS_PER_HOST)


def place(load: Mapping[HostId, int], streams: int) -> HostId | None:
    """The host for one more stream, or None if a new host has to be started.

    Args:
        load: streams that each running host has now.
        streams: all streams of the console, the new one included.
    """
    if len(load) < hosts_for(streams):
        return None
    return min(load, key=lambda host: (load[host], host), default=None)
