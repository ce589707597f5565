"""How much of a look at the wall goes into dressing tiles anew.

GUI thread. Text is laid out then, one to three milliseconds a tile: sixty-four tiles that begin to play within a
moment would hold up the officer's keys. No Qt here.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from app.core.tile_status import PLAYING_SIGNS, Sign

MOST_TILES = 8
"""How many tiles are dressed in one look at most; the others follow with the next one."""
MOST_S = 0.004
"""After which tiles that pass for no live picture have to wait: none of them can deceive anybody. One tile is
dressed in each look, however long it takes."""


class Dressing:
    """What one look has dressed."""

    def __init__(self) -> None:
        self._tiles = 0
        self._spent_s = 0.0

    def has_room_for(self, shown: Sign | None) -> bool:
        """Whether a tile may be dressed anew.

        Args:
            shown: what the tile passes for until then; None for nothing yet.
        """
        has_time = not self._tiles or self._spent_s < MOST_S
        return self._tiles < MOST_TILES and (has_time or shown in PLAYING_SIGNS)

    @contextmanager
    def of_one(self) -> Iterator[None]:
        """Dress one."""
        began_s = time.perf_counter()
        yield
        self._tiles += 1
        self._spent_s += time.perf_counter() - began_s
