"""An officer's own cameras: favourites, and those used last. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from app.core.model import CameraId

FAVOURITES_MAX = 200
RECENTS_MAX = 30


@dataclass(frozen=True, slots=True)
class Shortlist:
    """Favourites, the newest last, and the cameras used last, the newest first. A camera stands in each once."""

    favourites: tuple[CameraId, ...] = ()
    recents: tuple[CameraId, ...] = ()

    def with_favourites_toggled(self, cameras: Sequence[CameraId]) -> Shortlist:
        """The list after all of these cameras became favourites or, where all were, none is any more.

        Those for which there is no room are left out: compare with `has_room_for`.
        """
        if all(camera in self.favourites for camera in cameras):
            kept = tuple(camera for camera in self.favourites if camera not in cameras)
            return replace(self, favourites=kept)
        return replace(self, favourites=_each_once((*self.favourites, *cameras))[:FAVOURITES_MAX])

    def has_room_for(self, cameras: Iterable[CameraId]) -> bool:
        """Whether all of them can be favourites together with those that are."""
        return len(_each_once((*self.favourites, *cameras))) <= FAVOURITES_MAX

    def with_used(self, cameras: Sequence[CameraId]) -> Shortlist:
        """The list after these cameras were called up, the first of them first."""
        return replace(self, recents=_each_once((*cameras, *self.recents))[:RECENTS_MAX])


def _each_once(cameras: Iterable[CameraId]) -> tuple[CameraId, ...]:
    return tuple(dict.fromkeys(cameras))
