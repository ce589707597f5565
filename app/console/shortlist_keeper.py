"""Owns the officer's favourites and recently used cameras, and has them kept.

GUI thread. Must never import Qt.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from app.config.shortlist_file import LoadedShortlist
from app.core.errors import ConfigError
from app.core.model import CameraId
from app.core.shortlist import FAVOURITES_MAX, Shortlist


class ShortlistStore(Protocol):
    """Where the list is kept (`app.config.shortlist_file.ShortlistFile`)."""

    def load(self) -> LoadedShortlist:
        """What is kept."""

    def save(self, shortlist: Shortlist) -> None:
        """Keep a list; raises ConfigError where that cannot be done."""


class ShortlistKeeper:
    """The list while the console runs.

    Args:
        store: where it is kept.

    Attributes:
        problem: why the kept list could not be used, one sentence; None where it could.
    """

    def __init__(self, store: ShortlistStore) -> None:
        self._store = store
        loaded = store.load()
        self.problem = loaded.problem
        self._kept = self._shortlist = loaded.shortlist

    @property
    def shortlist(self) -> Shortlist:
        """The list as it is now; another object after each change."""
        return self._shortlist

    def toggle_favourites(self, cameras: Sequence[CameraId]) -> None:
        """Make these cameras favourites or, where all are, no favourites any more; kept at once.

        Raises:
            ConfigError: there is no room for all of them (nothing has changed), or the list cannot be kept.
        """
        if not self._shortlist.has_room_for(cameras):
            raise ConfigError("There is room for {0} favourites.", FAVOURITES_MAX)
        self._shortlist = self._shortlist.with_favourites_toggled(cameras)
        self.keep()

    def use(self, cameras: Sequence[CameraId]) -> None:
        """Note that these cameras were called up; `keep` writes it down: calling up must not wait for a disk."""
        self._shortlist = self._shortlist.with_used(cameras)

    def keep(self) -> None:
        """Write the list down if it has changed.

        Raises:
            ConfigError: it cannot be written; it is still in memory.
        """
        if self._shortlist != self._kept:
            self._store.save(self._shortlist)
            self._kept = self._shortlist
