"""All tiles of the wall: what each should show, at what size and on which surface, and what is kept warm for them.

Owned by the console's thread; imports the pure core only.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Callable, Mapping
from types import MappingProxyType

from app.console.affordable import affordable
from app.console.outputs import TileOutput
from app.console.purpose_book import PurposeBook
from app.console.settings import ConsoleSettings
from app.console.stream_record import Wanted
from app.console.surface_book import SurfaceBook
from app.console.tiles import TileRecord, TileWish, close_dropped
from app.core import wall as walls
from app.core.budget import SWITCH_PERIOD_S, Surface, choose_profile
from app.core.commands import TileId
from app.core.errors import VideoError
from app.core.failure import Reason
from app.core.layouts import Layouts
from app.core.model import Camera, CameraId, Catalog, Profile, StreamKey
from app.core.ports import Output, PictureSlot, VideoPort
from app.core.tile_status import Sign
from app.core.wall import WallState
from app.core.zoom import NO_ZOOM, Zoom

SMALLEST_PICTURE_PX = 16
SLOT_RETRY_S = 5.0
"""How soon memory that was not to be had is asked for again."""
Size = tuple[int, int]
"""Width and height, pixels."""

_log = logging.getLogger(__name__)


class TileBook:
    """Keeps the tiles' records in step with the wall.

    Args:
        video: makes picture slots.
        settings: which surface and profile, and how many tiles, IT wants.
        purposes: by which private cameras may be looked at; None asks for no purpose.
        is_watermarked: whether a camera's pictures carry a watermark.

    Attributes:
        surfaces: which of them are drawn directly.
        revisit_s: when to reconcile again although nothing has changed, monotonic seconds.
    """

    def __init__(
        self,
        video: VideoPort,
        settings: ConsoleSettings,
        purposes: PurposeBook | None = None,
        is_watermarked: Callable[[Camera], bool] = lambda _: False,
    ) -> None:
        self._video = video
        self._forced = settings.profile
        self._purposes = purposes
        self._budget = settings.budget
        self._refused: frozenset[TileId] = frozenset()
        self.surfaces = SurfaceBook(settings, is_watermarked)
        self._records: dict[TileId, TileRecord] = {}
        self._sizes: dict[TileId, Size] = {}
        self._windows: dict[TileId, int] = {}
        self._zooms: dict[TileId, tuple[CameraId, Zoom]] = {}
        self._expected: Mapping[TileId, CameraId] = {}
        self._expected_heights_px: Mapping[TileId, int] = {}
        self._warm: dict[StreamKey, TileOutput] = {}
        self._is_short = False
        """Whether there was no memory when it was asked for last."""
        self._wall = WallState(())
        self._now_s = 0.0
        self.revisit_s = math.inf

    # ---- what the wall's window says; each tells whether anything has changed

    def set_size(self, tile: TileId, size: Size) -> bool:
        """A tile's picture area has that size; too small ones are ignored."""
        if min(size) < SMALLEST_PICTURE_PX or self._sizes.get(tile) == size:
            return False
        self._sizes[tile] = size
        return True

    def set_window(self, tile: TileId, window_id: int | None) -> bool:
        """A tile has that native window, or none any more."""
        if self._windows.get(tile) == window_id:
            return False
        if window_id is None:
            del self._windows[tile]
        else:
            self._windows[tile] = window_id
        return True

    def set_zoom(self, tile: TileId, camera: CameraId, zoom: Zoom) -> bool:
        """Look at a tile that closely, as long as it shows that camera."""
        if self.zoom(tile, camera) == zoom:
            return False
        if zoom.is_whole:
            del self._zooms[tile]
        else:
            self._zooms[tile] = (camera, zoom)
        return True

    def expect(
        self, cameras: Mapping[TileId, CameraId], heights_px: Mapping[TileId, int] = MappingProxyType({})
    ) -> bool:
        """These tiles will show these cameras next, as high as this, or as now."""
        if (cameras, heights_px) == (self._expected, self._expected_heights_px):
            return False
        self._expected, self._expected_heights_px = dict(cameras), dict(heights_px)
        return True

    # ---- what is to be seen

    def record(self, tile: TileId) -> TileRecord | None:
        """What a tile has, None before anything was opened for it."""
        return self._records.get(tile)

    def zoom(self, tile: TileId, camera: CameraId | None) -> Zoom:
        """How closely a tile that shows that camera is looked at."""
        zoomed, zoom = self._zooms.get(tile, (None, NO_ZOOM))
        return zoom if zoomed == camera else NO_ZOOM

    def withheld(self, camera: Camera, now_s: float) -> Reason | None:
        """Why nothing of a camera may be shown now; None where it may."""
        if camera.masks is None:
            return Reason.MASKS_UNREADABLE
        return self._purposes.withheld(camera, now_s) if self._purposes is not None else None

    def is_over_budget(self, tile: TileId) -> bool:
        """Whether nothing was opened for a tile because this PC sustains no more, or has no memory for it."""
        return tile in self._refused

    def least_important_first(self) -> list[StreamKey]:
        """The streams that tiles show, the least important first: small tiles before large, late before early."""
        tiles = sorted(self._records, key=self._importance, reverse=True)
        keys = dict.fromkeys(output.key for tile in tiles for output in self._records[tile].most_important_first())
        return [*keys][::-1]

    def _importance(self, tile: TileId) -> tuple[bool, bool, int, int]:
        monitor = self._wall.monitor(tile.monitor)
        return monitor.maximised == tile.number, monitor.selected == tile.number, self._area_px(tile), -tile.number

    def _rank(self, tile: TileId) -> tuple[bool, int, int]:
        """Who chooses first where streams are few; not the selected one: a step must not end another's picture."""
        is_maximised = self._wall.monitor(tile.monitor).maximised == tile.number
        return is_maximised, self._area_px(tile), -tile.number

    def _area_px(self, tile: TileId) -> int:
        return math.prod(self._sizes.get(tile, (0, 0)))

    # ---- keeping in step

    def reconcile(
        self, wall: WallState, catalog: Catalog, layouts: Layouts, now_s: float
    ) -> tuple[Mapping[StreamKey, Wanted], Callable[[], None]]:
        """Give every tile of the wall the output that it should have.

        Returns:
            what is wanted of each stream, and what is to be called when the streams know it: it gives back the
            memory of outputs that no tile has any more.
        """
        self._wall, self._now_s, self.revisit_s = wall, now_s, math.inf
        before = self._outputs()
        wishes = self._wishes(catalog, layouts)
        self.surfaces.end({wish.key for wish in wishes.values()})
        self._zooms = {tile: zoomed for tile, zoomed in self._zooms.items() if _shows(wishes, tile, zoomed[0])}
        orphans = self._keep(wishes)
        for tile, wish in wishes.items():
            self._grant(tile, wish, orphans)
        self._warm_up(catalog)
        if self._purposes is not None:
            self.revisit_s = min(self.revisit_s, self._purposes.next_end_s(now_s))
        after = self._outputs()
        return _by_stream(after, catalog), lambda: close_dropped(before, after)

    def settle(self, sign_of: Callable[[TileOutput], Sign]) -> bool:
        """Let every tile show the best of its outputs; whether one has an output less now."""
        has_dropped = False
        for tile, record in self._records.items():
            if record.is_settled:
                continue
            outputs = record.outputs
            record.settle(sign_of, keeps_sub=self._is_looked_at_closely(tile, record.camera))
            has_dropped |= len(record.outputs) < len(outputs)
            close_dropped(outputs, record.outputs)
        return has_dropped

    def close(self) -> None:
        """Give all memory back."""
        close_dropped(self._outputs(), ())

    def _outputs(self) -> list[TileOutput]:
        shown = [output for record in self._records.values() for output in record.outputs]
        return [*shown, *self._warm.values()]

    def _wishes(self, catalog: Catalog, layouts: Layouts) -> dict[TileId, TileWish]:
        wishes, assigned = {}, walls.assigned_tiles(self._wall, layouts)
        self.surfaces.begin(assigned)
        for tile, camera_id in assigned.items():
            camera, size = catalog.cameras.get(camera_id), self._sizes.get(tile)
            if camera is None or size is None or self.withheld(camera, self._now_s) is not None:
                continue
            wish = self._wish(tile, camera, size)
            if wish is not None:
                wishes[tile] = wish
        order = sorted(wishes, key=self._rank, reverse=True)
        looked_into = [tile for tile in self._zooms if self._is_raised_by_zoom(tile)]
        granted = affordable(wishes, order, catalog, self._budget, looked_into)
        self._refused = frozenset(wishes.keys() - granted.keys())
        return granted

    def _wish(self, tile: TileId, camera: Camera, size: Size) -> TileWish | None:
        profile = self._profile(tile, camera, size[1])
        if profile is None:
            return None
        zoom = self.zoom(tile, camera.id)
        surface = self.surfaces.choose(tile, camera, profile, size[1], is_whole=zoom.is_whole)
        window_id = self._windows.get(tile) if surface is Surface.DIRECT else None
        if window_id is None and surface is Surface.DIRECT and self.surfaces.is_forced:
            return None  # its window is on its way; where direct is only tried, the tile is shared for so long
        return TileWish(StreamKey(camera.id, profile), *size, window_id, zoom.crop)

    def _profile(self, tile: TileId, camera: Camera, height_px: int) -> Profile | None:
        is_close = self._is_looked_at_closely(tile, camera.id)
        if is_close or self._forced is not None:
            return choose_profile(camera, height_px, Profile.MAIN if is_close else self._forced)
        return self._profile_by_size(tile, camera, height_px)

    def _is_raised_by_zoom(self, tile: TileId) -> bool:
        """Whether a tile wishes for the main stream only because a part of its picture is looked at."""
        record = self._records.get(tile)
        is_maximised = self._wall.monitor(tile.monitor).maximised == tile.number
        return not is_maximised and record is not None and record.profile is Profile.SUB

    def _is_looked_at_closely(self, tile: TileId, camera: CameraId) -> bool:
        """Whether it fills the monitor, or a part of its picture is looked at: the small stream has no details."""
        is_maximised = self._wall.monitor(tile.monitor).maximised == tile.number
        return is_maximised or not self.zoom(tile, camera).is_whole

    def _profile_by_size(self, tile: TileId, camera: Camera, height_px: int) -> Profile | None:
        """The stream for the tile's size; it is not changed too often."""
        record = self._records.get(tile)
        if record is None or record.camera != camera.id or record.profile is None:
            return choose_profile(camera, height_px)
        profile = choose_profile(camera, height_px, present=record.profile)
        due_s = record.since_s + SWITCH_PERIOD_S
        if profile is record.profile or self._now_s >= due_s or camera.stream(record.profile) is None:
            return profile
        self.revisit_s = min(self.revisit_s, due_s)
        return record.profile

    def _keep(self, wishes: Mapping[TileId, TileWish]) -> list[TileOutput]:
        """Drop tiles that show another camera now; their outputs may serve the tile that took the camera over."""
        orphans = []
        for tile, record in list(self._records.items()):
            wish = wishes.get(tile)
            if wish is None or wish.key.camera != record.camera:
                orphans += [output for output in record.outputs if output.output.window_id is None]
                del self._records[tile]
        return orphans

    def _grant(self, tile: TileId, wish: TileWish, orphans: list[TileOutput]) -> None:
        record = self._records.get(tile)
        if record is None:
            record = self._records[tile] = _record_with(wish.key.camera, orphans)
        record.forget_windows_but(self._windows.get(tile))
        is_close = self._is_looked_at_closely(tile, record.camera)
        if not is_close and record.profile is not wish.key.profile:
            record.profile, record.since_s = wish.key.profile, self._now_s
        fitting = [output for output in record.outputs if wish.fits(output)]
        output = fitting[-1] if fitting else self._new_output(wish)
        if output is None:
            self._make_do(tile, record)
            return
        record.wanted = output
        if not fitting:
            record.outputs.append(output)
        for each in record.outputs:
            each.show_part(wish.crop)

    def _make_do(self, tile: TileId, record: TileRecord) -> None:
        """There is no memory for what a tile should have: it keeps what it has, or says that there is nothing."""
        if record.outputs:
            record.wanted = record.wanted or record.outputs[-1]
        else:
            del self._records[tile]
            self._refused |= {tile}

    def _new_output(self, wish: TileWish) -> TileOutput | None:
        size = (0, 0) if wish.window_id is not None else (wish.width_px, wish.height_px)
        slot = self._new_slot(size)
        if slot is None:
            return None
        return TileOutput(wish.key, Output(slot, wish.width_px, wish.height_px, wish.window_id))

    def _new_slot(self, size: Size) -> PictureSlot | None:
        """Memory for pictures; None while this PC has none to give, and then it is asked again after a while."""
        try:
            slot = self._video.new_slot(*size)
        except VideoError as error:
            if not self._is_short:
                _log.warning("tiles have to wait: %s", error)
            self._is_short = True
            self.revisit_s = min(self.revisit_s, self._now_s + SLOT_RETRY_S)
            return None
        self._is_short = False
        return slot

    def _warm_up(self, catalog: Catalog) -> None:
        """Give each expected stream that no tile shows an output of no size."""
        shown = {output.key for record in self._records.values() for output in record.outputs}
        expected = {self._expected_key(tile, catalog.cameras.get(each)) for tile, each in self._expected.items()}
        keys = [key for key in expected - shown if key is not None]
        warm = {key: self._warm.get(key) or self._new_warm(key) for key in keys}
        self._warm = {key: output for key, output in warm.items() if output is not None}

    def _expected_key(self, tile: TileId, camera: Camera | None) -> StreamKey | None:
        """The stream that a tile will want; none where its size is not known or nobody may look at the camera."""
        height_px = self._expected_heights_px.get(tile) or self._sizes.get(tile, (0, 0))[1]
        if camera is None or not height_px or self.withheld(camera, self._now_s) is not None:
            return None
        profile = choose_profile(camera, height_px, self._forced)
        return StreamKey(camera.id, profile) if profile else None

    def _new_warm(self, key: StreamKey) -> TileOutput | None:
        slot = self._new_slot((0, 0))
        return TileOutput(key, Output(slot, 0, 0)) if slot is not None else None


def _shows(wishes: Mapping[TileId, TileWish], tile: TileId, camera: CameraId) -> bool:
    return tile in wishes and wishes[tile].key.camera == camera


def _record_with(camera: CameraId, orphans: list[TileOutput]) -> TileRecord:
    """A tile's new record, with what another tile has left of the camera."""
    record = TileRecord(camera)
    record.outputs = [output for output in orphans if output.key.camera == camera]
    orphans[:] = [output for output in orphans if output not in record.outputs]
    lit = [output for output in record.outputs if output.has_picture]
    record.shown = lit[-1] if lit else None
    return record


def _by_stream(outputs: list[TileOutput], catalog: Catalog) -> dict[StreamKey, Wanted]:
    streams: dict[StreamKey, Wanted] = {}
    for output in outputs:
        camera = catalog.cameras.get(output.key.camera)
        profile = camera.stream(output.key.profile) if camera else None
        if camera is not None and profile is not None:
            streams.setdefault(output.key, Wanted(camera, profile, [])).outputs.append(output)
    return streams
