"""How much room each monitor has for its tiles, and so how large those of any layout are there.

A window says how large its tiles are once it has placed them; streams that are to be there by then cannot wait for
that. Owned by the console's thread; imports the pure core only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.core.commands import TileId
from app.core.layout import Layout
from app.core.layouts import Layouts
from app.core.scene import Showing
from app.core.wall import WallState

Size = tuple[int, int]
"""Width and height, pixels."""


@dataclass(frozen=True, slots=True)
class Room:
    """The room for one monitor's tiles, device pixels."""

    width_px: int
    height_px: int
    gap_px: int
    """Between two tiles."""


class RoomBook:
    """The rooms of all monitors whose windows have said how large they are."""

    def __init__(self) -> None:
        self._rooms: dict[int, Room] = {}
        self._grids: dict[int, Layout] = {}
        """What each monitor was last seen to show the whole of."""

    def set(self, monitor: int, room: Room) -> None:
        """A monitor has that much room now."""
        self._rooms[monitor] = room

    def sizes(self, monitor: int, layout: str, layouts: Layouts) -> dict[TileId, Size]:
        """How large the tiles of a layout are on a monitor; empty while its room is not known."""
        room = self._rooms.get(monitor)
        if room is None:
            return {}
        rects = layouts.get(layout).rects(room.width_px, room.height_px, room.gap_px)
        return {
            TileId(monitor, number): (rect.width_px, rect.height_px) for number, rect in enumerate(rects, start=1)
        }

    def changed_sizes(self, wall: WallState, layouts: Layouts) -> dict[TileId, Size]:
        """How large the tiles are of monitors that have another grid than before, and show the whole of it."""
        sizes: dict[TileId, Size] = {}
        for number, monitor in enumerate(wall.monitors, start=1):
            grid = layouts.get(monitor.layout)
            if monitor.maximised is None and grid != self._grids.get(number):
                self._grids[number] = grid
                sizes |= self.sizes(number, monitor.layout, layouts)
        return sizes

    def heights_px(self, coming: Mapping[int, Showing], layouts: Layouts) -> dict[TileId, int]:
        """How high the tiles will be that show what comes next on each monitor."""
        return {
            tile: height_px
            for monitor, shown in coming.items()
            for tile, (_, height_px) in self.sizes(monitor, shown.layout, layouts).items()
            if tile.number in shown.cameras
        }
