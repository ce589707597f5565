"""Hints: what seems wrong with a camera whose stream lives, each with what was measured.

A hint is amber: it asks an officer to look, it never says that a picture is dead (`lights.py` decides that).
Pure: no Qt, no I/O, no clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Hint(Enum):
    """What seems wrong. Each value's note names the unit of a finding's `measured` and `limit`."""

    UNCHANGED = "unchanged"
    """The picture stays as it is: the mean difference of two pictures one second apart, as a part of the range."""
    BLACK = "black"
    """Nothing to see: the share of the picture that is dark."""
    BLURRED = "blurred"
    """Less detail than usual: variance of the Laplacian, as a part of this hour's usual one."""
    NOISY = "noisy"
    """More noise than usual: its standard deviation, as a multiple of this hour's usual one."""
    MOVED = "moved"
    """Covered or turned away: how much of the usual edges is in its place, 1 for all, about 0 for none."""
    CLOCK_OFFSET = "clock-offset"
    """The camera's clock is off: seconds, positive where the camera is ahead of this PC."""
    CLOCK_RATE = "clock-rate"
    """The camera's clock runs fast or slow: camera seconds per second of this PC."""
    DAMAGED = "damaged"
    """Pictures arrive damaged: the share of the last pictures that were decoded with errors."""
    KEY_FRAMES_ONLY = "key-frames-only"
    """Fewer pictures are decoded than arrive, to spare this PC: pictures a second."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One hint that holds now; `measured` and `limit` are in the unit of the hint."""

    hint: Hint
    measured: float
    limit: float
    """What `measured` went beyond: above for some hints, below for others."""
    since_s: float
    """When it began, monotonic seconds; it was shown only after it had lasted."""
