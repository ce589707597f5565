"""How much of a look at the wall goes into dressing tiles anew.

GUI thread. Text is laid out then, one to three milliseconds a tile: sixty-four tiles that begin to play within a
moment would hold up the officer's keys. What a picture passes for never waits for them. No Qt here.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from app.core.tile_status import PICTURE_SIGNS, Sign

MOST_PICTURES = 8
"""How many tiles that show a picture are dressed in one look; the others follow with the next one."""
MOST_S = 0.006
"""After which tiles without a picture have to wait: none of them can deceive anybody. One of them is dressed in
each look, however long it takes."""


class Dressing:
    """What one look has dressed."""

    def __init__(self) -> None:
        self._pictures = self._others = 0
        self._spent_s = 0.0

    def has_room_for(self, shown: Sign | None) -> bool:
        """Whether a tile may be dressed anew.

        Args:
            shown: what the tile passes for until then; None for nothing yet.
        """
        if shown in PICTURE_SIGNS:
            return self._pictures < MOST_PICTURES
        return not self._others or self._spent_s < MOST_S

    @contextmanager
    def of_one(self, shown: Sign | None) -> Iterator[None]:
        """Dress one that has passed for this."""
        began_s = time.perf_counter()
        yield
        self._spent_s += time.perf_counter() - began_s
        if shown in PICTURE_SIGNS:
            self._pictures += 1
        else:
            self._others += 1
