"""Long work in a worker thread at a pace that leaves the GUI thread its turn.

Python runs one thread at a time and hands over every 5 ms only, which a 16 ms frame feels. Any thread; must import
nothing of ours.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

BATCH = 32
"""Records between two pauses: about one millisecond of parsing."""
PAUSE_S = 0.0002

Item = TypeVar("Item")


def paced(items: Iterable[Item]) -> Iterator[Item]:
    """The same items, with a short sleep after every few of them."""
    for number, item in enumerate(items, start=1):
        yield item
        if number % BATCH == 0:
            time.sleep(PAUSE_S)
