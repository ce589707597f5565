"""Keeps what lives as long as the wall out of the garbage collector's way.

A full collection looks at every object there is: with the imports it held the wall up for 36 to 79 ms, with a
catalogue of 10,000 cameras for another 15 to 40 ms. GUI thread.
"""

from __future__ import annotations

import gc

_GROWN = 1.25
"""A catalogue that has become so many times larger is set aside again. Not every one: what is garbage at that
moment is kept for good, and a registry may change its catalogue every few seconds for weeks."""
_IN_WORK_S = 3.0
"""How long after a catalogue came it has been listed and indexed."""


def set_imports_aside() -> None:
    """Set aside everything that exists; call it once, before the wall is shown."""
    gc.collect()
    gc.freeze()


class CatalogAside:
    """Sets a catalogue aside, with all that was made of it."""

    def __init__(self) -> None:
        self._cameras = 0
        self._due_s: float | None = None

    def tick(self, cameras: int, now_s: float) -> None:
        """Look at the catalogue.

        Args:
            cameras: how many it has.
            now_s: monotonic seconds.
        """
        if cameras > self._cameras * _GROWN:
            self._cameras, self._due_s = cameras, now_s + _IN_WORK_S
        if self._due_s is not None and now_s >= self._due_s:
            self._due_s = None
            gc.freeze()
