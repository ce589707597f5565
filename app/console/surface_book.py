"""Which tiles hosts draw into windows, and which come through shared memory.

Owned by the console's thread; imports the pure core only.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Mapping

from app.console.settings import ConsoleSettings
from app.core.budget import DirectVerdict, Surface, SurfaceChoice, choose_surface
from app.core.commands import TileId
from app.core.model import Camera, CameraId, Profile, StreamKey

STREAMS_AGAINST_IT = 3
"""So many streams that direct surfaces did not play speak against this PC; one or two, against their cameras."""

_log = logging.getLogger(__name__)


class SurfaceBook:
    """Chooses each tile's surface.

    Args:
        settings: what IT wants.
        is_watermarked: whether a camera's pictures carry a watermark.
    """

    def __init__(self, settings: ConsoleSettings, is_watermarked: Callable[[Camera], bool]) -> None:
        self._setting = settings.surface
        self._verdict = DirectVerdict.OPEN if settings.may_draw_directly else DirectVerdict.UNWANTED
        self._is_watermarked = is_watermarked
        self._not_directly: frozenset[StreamKey] = frozenset()
        """Streams of the wall that did not appear on a direct surface."""
        self._unplayed: set[StreamKey] = set()
        """Streams that a direct surface did not play, ever."""
        self._read: dict[TileId, CameraId] = {}
        """Tiles whose pixels somebody needs, and of which camera."""
        self._chosen: dict[TileId, Surface] = {}
        self._drawn: dict[StreamKey, TileId] = {}
        """Which tile each direct stream is drawn on."""

    @property
    def is_forced(self) -> bool:
        """Whether IT wants direct surfaces, whatever they show."""
        return self._setting is SurfaceChoice.DIRECT

    def of(self, tile: TileId) -> Surface:
        """Whether the tile is to be painted from shared memory or needs a native window."""
        return self._chosen.get(tile, Surface.DIRECT if self.is_forced else Surface.SHARED)

    # ---- what is known of direct surfaces

    def end_trial(self) -> bool:
        """Direct surfaces have shown that they save nothing here; whether that is news."""
        if self._verdict is not DirectVerdict.OPEN:
            return False
        self._verdict = DirectVerdict.FAILED
        _log.warning("surface=shared: the GPU does not decode for direct ones, or they do not play")
        return True

    def unplayed(self, key: StreamKey) -> bool:
        """A direct surface did not play a stream; whether that is shared now."""
        self._unplayed.add(key)
        if len(self._unplayed) >= STREAMS_AGAINST_IT:
            self.end_trial()
        return self.unseen([key])

    def unseen(self, keys: Collection[StreamKey]) -> bool:
        """These do not appear on direct surfaces: they are shared until they leave the wall, unless IT forces it.

        Returns:
            whether that is news.
        """
        if self._setting is not SurfaceChoice.AUTO or self._not_directly.issuperset(keys):
            return False
        for key in frozenset(keys) - self._not_directly:
            _log.warning("camera=%s surface=shared: no direct picture of it appears", key)
        self._not_directly |= frozenset(keys)
        return True

    # ---- what is needed

    def read(self, tile: TileId, camera: CameraId | None) -> bool:
        """A tile's picture of that camera is needed where its pixels can be read; None: not any more.

        Returns:
            whether that is news.
        """
        if self._read.get(tile) == camera:
            return False
        if camera is None:
            del self._read[tile]
        else:
            self._read[tile] = camera
        return True

    # ---- choosing

    def begin(self, assigned: Mapping[TileId, CameraId]) -> None:
        """All tiles choose anew.

        Args:
            assigned: the camera of each.
        """
        self._chosen = {}
        self._drawn = {key: tile for key, tile in self._drawn.items() if assigned.get(tile) == key.camera}

    def choose(self, tile: TileId, camera: Camera, profile: Profile, height_px: int, *, is_whole: bool) -> Surface:
        """A tile's surface for a stream, at that height.

        What must be drawn over, or looked at closely, is shared: nothing lies over what libVLC draws. So is what
        did not appear there, what is read, and what is drawn on another tile already: a host draws a stream once.

        Args:
            is_whole: whether all of the picture is looked at.
        """
        key = StreamKey(camera.id, profile)
        is_plain = is_whole and not (camera.masks or self._is_watermarked(camera))
        is_for_window = is_plain and key not in self._not_directly and self._read.get(tile) != camera.id
        wished = choose_surface(self._setting, self._verdict, camera.stream(profile), height_px)
        surface = wished if is_for_window and self._drawn.get(key, tile) == tile else Surface.SHARED
        if surface is Surface.DIRECT:
            self._drawn[key] = tile
        self._chosen[tile] = surface
        return surface

    def end(self, wanted: Collection[StreamKey]) -> None:
        """All tiles have chosen.

        Args:
            wanted: the streams that there are now: what is known of others is forgotten.
        """
        self._not_directly &= frozenset(wanted)
        is_drawn = {tile for tile, surface in self._chosen.items() if surface is Surface.DIRECT}
        self._drawn = {key: tile for key, tile in self._drawn.items() if key in wanted and tile in is_drawn}
