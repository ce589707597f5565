"""How often the wall is looked at: as seldom as its pictures allow.

GUI thread. What a look costs is mostly what is looked up, and processor caches that the decoders have filled
meanwhile; of it there is as much when there is nothing to see. Must not import Qt.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from ui.tile_images import SlotFeed

TICK_MS = 16
"""Sixty looks a second at most: a picture waits 8 ms on average."""
MANY_TILES = 16
"""More of them are sub-streams, whatever else is shown."""
SLOW_FPS = 17.0
"""Streams of 15 pictures a second and fewer do not jerk when each picture is up to two ticks late."""
_SELDOM_S = 1.75 * TICK_MS / 1000
"""Just under two ticks, so that a tick that comes a little early still counts."""
_COUNTED_EVERY_S = 1.0


class LookPace:
    """Counts pictures, and says how long the wall may be left alone."""

    def __init__(self) -> None:
        self._taken: dict[SlotFeed, int] = {}
        self._counted_s = -math.inf
        self._is_slow = True

    def period_s(self, feeds: Sequence[SlotFeed], now_s: float, *, is_awaited: bool = False) -> float:
        """How long to leave the wall alone from now on: 0.0 until the next tick.

        Args:
            feeds: those of all tiles on the monitors. A direct surface has no pictures here.
            now_s: monotonic.
            is_awaited: whether some tile waits for its first picture.
        """
        if now_s - self._counted_s >= _COUNTED_EVERY_S:
            self._count(feeds, now_s)
        is_seldom = len(feeds) > MANY_TILES or (self._is_slow and not is_awaited)
        return _SELDOM_S if is_seldom else 0.0

    def _count(self, feeds: Sequence[SlotFeed], now_s: float) -> None:
        before, self._taken = self._taken, {feed: feed.taken for feed in feeds}
        most = max((taken - before.get(feed, taken) for feed, taken in self._taken.items()), default=0)
        self._is_slow = most <= SLOW_FPS * (now_s - self._counted_s)
        self._counted_s = now_s
