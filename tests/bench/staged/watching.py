"""Tells when tiles become live and when they cease to be; does nothing to the console. GUI thread of the wall."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from app.console import Console
from app.core.commands import TileId
from app.core.tile_status import Sign

LOOK_S = 0.03


class WatchScript:
    """Looks at every tile of the wall.

    Args:
        console: an assembled one.
        tell: the way to the bench: `tiles`, with the moment, which tiles have become live and which have ceased to
            be, and how many are live now.
    """

    def __init__(self, console: Console, tell: Callable[[str, Mapping[str, Any]], None]) -> None:
        self._console = console
        self._tell = tell
        self._live: set[TileId] = set()
        self._next_look_s = 0.0

    def tick(self, now_s: float) -> None:
        """Look, if it is time."""
        if now_s < self._next_look_s:
            return
        self._next_look_s = now_s + LOOK_S
        shown = self._console.shown_tiles()
        live = {tile for tile in shown if self._console.status(tile, now_s).sign is Sign.LIVE}
        if live != self._live:
            self._say(now_s, live)
        self._live = live

    def _say(self, now_s: float, live: set[TileId]) -> None:
        come, gone = ([tile.number for tile in each] for each in (live - self._live, self._live - live))
        self._tell("tiles", {"at_s": now_s, "come": sorted(come), "gone": sorted(gone), "live": len(live)})
