"""A beat: what the wall tells its watchdog twice a second, as one line of JSON.

Any thread. Must not import Qt: both processes speak it, and it is read where only time and places count.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from app.core.layout import Rect

Places = tuple[Rect, ...]
"""Where the wall's windows are: the inside of each, logical pixels of the whole desktop. Empty: none is shown."""


def encode_beat(places: Iterable[Rect]) -> bytes:
    """The line of a beat."""
    windows = [[each.x_px, each.y_px, each.width_px, each.height_px] for each in places]
    return json.dumps({"windows": windows}).encode() + b"\n"


def decode_beat(line: bytes) -> Places:
    """The places in a beat's line.

    Raises:
        ValueError: it is no beat.
    """
    try:
        return tuple(Rect(*map(int, window)) for window in json.loads(line)["windows"])
    except (KeyError, TypeError) as error:
        raise ValueError(f"no beat of the wall: {error}") from error
