"""Several cameras dropped onto one tile: which tiles take them. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from app.core.model import CameraId


def spread(cameras: Sequence[CameraId], first: int, taken: Collection[int], tiles: int) -> dict[int, CameraId]:
    """The tiles that take the cameras: the one they were dropped onto, and the free ones that follow.

    Tiles that show something keep it, all but the first. Cameras for which there is no tile are left out.

    Args:
        cameras: in the order of the list.
        first: the number of the tile they were dropped onto.
        taken: the numbers of the tiles that show something.
        tiles: how many there are.
    """
    free = (number for number in range(first + 1, tiles + 1) if number not in taken)
    return dict(zip((first, *free), cameras, strict=False))
