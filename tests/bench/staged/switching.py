"""Switches the wall's cameras and measures when the new ones are live. GUI thread of the wall.

A tile is live when the console says so of the camera that was asked for: what an officer sees, a tick of the wall
later than it is painted. The rest of the figures say where the time went.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import cycle
from typing import Any

from app.console import Console
from app.core.commands import AssignTile, TileId
from app.core.model import CameraId
from app.core.ports import PictureSlot
from app.core.purpose import needs_purpose
from app.core.tile_status import Sign, TileStatus

COLD, WARM, HALF = "cold", "warm", "half"
"""All tiles, all tiles kept warm before, and every tile after the first half."""
POOL = 64
"""The cameras that are switched between; by the time that one comes again it has long been closed."""
REST_S = 2.0
"""From all live to the next switch."""
WARM_S = 4.0
"""The same where the next cameras are expected: as long as a short dwell of a tour."""
AFTER_S = 2.0
"""How long a switch is watched at least."""
LIMIT_S = 15.0
"""How long at most."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A tile's new picture, seconds from the dispatch of the switch."""

    tile: int
    camera: str
    opened_s: float
    """When its host was told to open or show the stream: the lease has come by then."""
    picture_s: float
    """When the first picture was decoded, or the next one if that came before the console looked."""
    live_s: float
    """When the tile was live."""


class PictureCount:
    """What one tile's slot gets: how many pictures, and the longest time without.

    Args:
        slot: of the tile.
        now_s: when the count begins.
    """

    def __init__(self, slot: PictureSlot, now_s: float) -> None:
        self._slot = slot
        self._first = self._last = _published(slot)
        self._began_s = self._changed_s = now_s
        self._gap_s = 0.0
        self._is_same = True

    def look(self, slot: PictureSlot | None, now_s: float) -> None:
        """Look whether there is another picture."""
        self._is_same &= slot is self._slot
        published = _published(self._slot)
        if published != self._last:
            self._gap_s = max(self._gap_s, now_s - self._changed_s)
            self._last, self._changed_s = published, now_s

    def figures(self) -> dict[str, Any]:
        """For the bench; the count is of the time between the first look and the last picture."""
        return {
            "pictures": self._last - self._first,
            "seconds": self._changed_s - self._began_s,
            "gap_s": self._gap_s,
            "is_same": self._is_same,
        }


def _published(slot: PictureSlot) -> int:
    """How many pictures a slot got: the two lowest bits of its sequence name the buffer."""
    return slot.sequence() >> 2


class SwitchScript:
    """Switches, watches, tells, until every switch of the list is done.

    Args:
        console: an assembled one, its wall filled.
        tell: the way to the bench: `switched` after each switch, `over` after the last.
        kinds: of `COLD`, `WARM` and `HALF`, in turn.
    """

    def __init__(
        self, console: Console, tell: Callable[[str, Mapping[str, Any]], None], kinds: Sequence[str]
    ) -> None:
        self._console = console
        self._tell = tell
        self._kinds = list(kinds)
        self._cameras: Iterator[CameraId] = iter(())
        self._next: dict[TileId, CameraId] = {}
        self._live_since_s: float | None = None
        self._switched_s: float | None = None
        self._ticked_s = 0.0
        self._block_s = 0.0
        self._arrivals: dict[TileId, Arrival] = {}
        self._stayed: dict[TileId, PictureCount] = {}

    def tick(self, now_s: float) -> None:
        """Do what is due."""
        self._block_s = max(self._block_s, now_s - self._ticked_s)
        self._ticked_s = now_s
        if not self._kinds or not self._console.catalog.cameras:
            return
        if self._switched_s is None:
            self._rest(now_s)
        else:
            self._watch(now_s - self._switched_s, now_s)

    # ---- before a switch

    def _rest(self, now_s: float) -> None:
        shown = self._console.shown_tiles()
        if any(self._console.status(tile, now_s).sign is not Sign.LIVE for tile in shown):
            self._live_since_s = None
        elif self._live_since_s is None:
            self._live_since_s = now_s
            self._prepare(now_s)
        elif now_s - self._live_since_s >= (WARM_S if self._kinds[0] == WARM else REST_S):
            self._switch(now_s)

    def _prepare(self, now_s: float) -> None:
        """Choose what comes next, and expect it where that is the point."""
        shown = self._console.shown_tiles()
        tiles = [*shown]
        changed = tiles[len(tiles) // 2 :] if self._kinds[0] == HALF else tiles
        self._next = {tile: self._another([*shown.values()]) for tile in changed}
        if self._kinds[0] == WARM:
            self._console.expect(self._next)

    def _another(self, shown: Sequence[CameraId]) -> CameraId:
        """The next camera of the pool that is not on the wall."""
        while (camera := next(self._cameras, None)) is None or camera in shown:
            if camera is None:
                public = (each for each in self._console.catalog.cameras.values() if not needs_purpose(each))
                cameras = sorted(public, key=lambda each: each.code)
                self._cameras = cycle([each.id for each in cameras[:POOL]])
        return camera

    def _switch(self, now_s: float) -> None:
        for tile, camera in self._next.items():
            self._console.dispatch(AssignTile(tile, camera))
        self._console.expect({})
        self._switched_s, self._arrivals, self._block_s = now_s, {}, 0.0
        slots = {tile: self._console.slot(tile) for tile in self._console.shown_tiles() if tile not in self._next}
        self._stayed = {tile: PictureCount(slot, now_s) for tile, slot in slots.items() if slot}

    # ---- after it

    def _watch(self, since_s: float, now_s: float) -> None:
        for tile, count in self._stayed.items():
            count.look(self._console.slot(tile), now_s)
        for tile in self._next.keys() - self._arrivals.keys():
            status = self._console.status(tile, now_s)
            if status.sign is Sign.LIVE and status.camera_id == self._next[tile]:
                self._arrivals[tile] = self._arrival(status, since_s, now_s)
        is_complete = len(self._arrivals) == len(self._next)
        if (is_complete and since_s >= AFTER_S) or since_s >= LIMIT_S:
            self._end()

    def _arrival(self, status: TileStatus, since_s: float, now_s: float) -> Arrival:
        figures = self._console.figures(status.tile, now_s)
        late_s = figures.late_s if figures else None
        picture_s = since_s - (status.age_s or 0.0) + (late_s or 0.0)  # its age counts its lateness, too
        opened_s = picture_s - (status.first_picture_s or 0.0)
        code = status.camera.code if status.camera else ""
        return Arrival(status.tile.number, code, opened_s, picture_s, since_s)

    def _end(self) -> None:
        missing = sorted(self._console.catalog.cameras[self._next[tile]].code for tile in self._missing())
        figures = {
            "kind": self._kinds.pop(0),
            "arrivals": [asdict(each) for each in self._arrivals.values()],
            "missing": missing,
            "stayed": [count.figures() for count in self._stayed.values()],
            "block_s": self._block_s,
        }
        self._switched_s = self._live_since_s = None
        self._tell("switched", figures)
        if not self._kinds:
            self._tell("over", {})

    def _missing(self) -> list[TileId]:
        return [tile for tile in self._next if tile not in self._arrivals]
