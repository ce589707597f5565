"""The console: takes commands and messages, owns every piece of state, says what each tile shows.

Everything here runs on one thread, the GUI's, inside `dispatch` and `pump`; other threads only leave messages in
the inbox. Must never import Qt or a concrete adapter.
"""

from __future__ import annotations

import queue
from collections.abc import Mapping
from dataclasses import dataclass, replace
from random import Random

from app.console.streams import StreamBook, StreamRecord, TileOutput
from app.console.tiles import TileRecord, TileWish, close_dropped
from app.core import wall as walls
from app.core.budget import (
    HardwareChoice,
    HostId,
    Surface,
    SurfaceChoice,
    choose_profile,
    choose_surface,
)
from app.core.commands import Command, TileId, Undo
from app.core.failure import Reason
from app.core.model import (
    EMPTY_CATALOG,
    Camera,
    CameraId,
    Catalog,
    Lifecycle,
    Profile,
    Reject,
    StreamKey,
    StreamProfile,
)
from app.core.ports import (
    CatalogSynced,
    HostBeat,
    LeaseDenied,
    LeaseGranted,
    Message,
    Output,
    PictureSlot,
    RegistryLost,
    RegistryPort,
    RegistryReached,
    StreamClosed,
    StreamFailed,
    StreamOpened,
    VideoPort,
)
from app.core.stream_life import Life
from app.core.tile_status import Sign, TileStatus, lost, tile_sign
from app.core.wall import Layouts, MonitorState, WallState

CHECK_PERIOD_S = 0.1
"""How often the streams' counters are read: a stale tile is marked at most this late."""
UNDO_DEPTH = 50
SMALLEST_PICTURE_PX = 16


@dataclass(frozen=True, slots=True)
class ConsoleSettings:
    """What the console is told at its start."""

    layouts: Layouts
    layout: str
    surface: SurfaceChoice = SurfaceChoice.AUTO
    hardware: HardwareChoice = HardwareChoice.AUTO
    profile: Profile | None = None
    """Force one stream profile on every tile; None: by the tile's size."""
    fill_tiles: int = 0
    """How many of the first catalogue's cameras are put on the wall's tiles by themselves."""


@dataclass(frozen=True, slots=True)
class RegistryStatus:
    """What is known of the central registry."""

    is_reachable: bool = False
    sentence: str = ""
    """Why it cannot be reached, for a person; empty while it can."""
    synced_s: float | None = None
    """When it last answered, monotonic seconds."""
    from_cache: bool = False
    """Whether the catalogue is the last good copy of an earlier run."""
    rejected: tuple[Reject, ...] = ()
    sync_s: float | None = None
    """How long the last full sync took."""


class Console:
    """One post's wall: `dispatch` what an operator asks, `pump` what happened, then look.

    Args:
        settings: see there.
        registry: where leases come from.
        video: where streams are opened.
        inbox: where both leave their messages.
        random: the source of retry jitter.
    """

    def __init__(
        self,
        settings: ConsoleSettings,
        registry: RegistryPort,
        video: VideoPort,
        inbox: queue.SimpleQueue[Message],
        random: Random,
    ) -> None:
        self._settings = settings
        self._video = video
        self._registry_port = registry
        self._inbox = inbox
        self.layouts = settings.layouts
        self.layouts.get(settings.layout)
        self.wall = WallState((MonitorState(settings.layout),))
        self.catalog: Catalog = EMPTY_CATALOG
        self.registry = RegistryStatus()
        self.hosts: dict[HostId, HostBeat] = {}
        self._streams = StreamBook(
            registry, video, settings.hardware, random, lambda: not self.registry.is_reachable
        )
        self._tiles: dict[TileId, TileRecord] = {}
        self._sizes: dict[TileId, tuple[int, int]] = {}
        self._windows: dict[TileId, int] = {}
        self._history: list[WallState] = []
        self._tiles_to_fill = settings.fill_tiles
        self._must_reconcile = False
        self._next_check_s = 0.0
        self._now_s = 0.0

    # ---- what an operator asks

    def dispatch(self, command: Command) -> None:
        """Carry a command out.

        Raises:
            ConfigError: it names a monitor, tile or layout that is not there; nothing has changed.
        """
        before = self.wall
        if isinstance(command, Undo):
            self.wall = self._history.pop() if self._history else self.wall
        else:
            self.wall = walls.apply(self.wall, command, self.layouts)
            self._remember(before)
        if self.wall is not before:
            self._must_reconcile = True

    def set_tile_size(self, tile: TileId, width_px: int, height_px: int) -> None:
        """Say how large a tile's picture area is, device pixels; too small ones are ignored."""
        size = (width_px, height_px)
        if min(size) >= SMALLEST_PICTURE_PX and self._sizes.get(tile) != size:
            self._sizes[tile] = size
            self._must_reconcile = True

    def set_tile_window(self, tile: TileId, window_id: int | None) -> None:
        """Give or take the native window that a tile's direct surface is drawn into."""
        if self._windows.get(tile) != window_id:
            if window_id is None:
                del self._windows[tile]
            else:
                self._windows[tile] = window_id
            self._must_reconcile = True

    def stop(self) -> None:
        """Close every stream and end every worker. The console is not used afterwards."""
        self._registry_port.stop()
        self._video.stop()
        close_dropped(self._all_outputs(), ())

    # ---- what happened

    def pump(self, now_s: float) -> None:
        """Take in what has come since the last call, and let time pass to `now_s` (monotonic)."""
        self._now_s = now_s
        for message in self._received():
            self._take_in(message)
        if self._must_reconcile:
            self._reconcile()
        if now_s >= self._next_check_s:
            self._next_check_s = now_s + CHECK_PERIOD_S
            self._streams.check(now_s)
            if self._settle_tiles():
                self._reconcile()

    def _received(self) -> list[Message]:
        return [self._inbox.get_nowait() for _ in range(self._inbox.qsize())]

    def _take_in(self, message: Message) -> None:
        match message:
            case CatalogSynced():
                self._take_catalog(message)
            case RegistryReached():
                self.registry = replace(self.registry, is_reachable=True, sentence="", synced_s=self._now_s)
            case RegistryLost(sentence):
                self.registry = replace(self.registry, is_reachable=False, sentence=sentence)
            case LeaseGranted(lease):
                self._streams.lease_granted(lease, self._now_s)
            case LeaseDenied(key, failure):
                self._streams.lease_denied(key, failure, self._now_s)
            case StreamOpened():
                self._streams.host_opened(message)
            case StreamFailed(key, generation, failure):
                self._streams.host_failed(key, generation, failure, self._now_s)
            case StreamClosed(key, generation):
                self._streams.host_closed(key, generation, self._now_s)
            case HostBeat(host):
                self.hosts[host] = message

    def _take_catalog(self, message: CatalogSynced) -> None:
        self.catalog = message.catalog
        self.registry = replace(
            self.registry,
            from_cache=message.from_cache,
            rejected=message.rejects,
            sync_s=message.sync_s or self.registry.sync_s,
        )
        if self._tiles_to_fill and self.catalog.cameras:
            self._fill_wall()
        self._must_reconcile = True

    def _fill_wall(self) -> None:
        """Put the catalogue's first active cameras on the first monitor's tiles, in the order of their codes."""
        active = (camera for camera in self.catalog.cameras.values() if camera.lifecycle is Lifecycle.ACTIVE)
        cameras = sorted(active, key=lambda camera: camera.code)[: self._tiles_to_fill]
        first, *others = self.wall.monitors
        filled = {number: camera.id for number, camera in enumerate(cameras, start=1)}
        self.wall = WallState((replace(first, cameras=filled), *others))
        self._tiles_to_fill = 0
        self._history = []  # an undo must not empty the wall that nobody filled by hand

    def _remember(self, before: WallState) -> None:
        """Keep a wall for undo, unless only the selection or the maximised tile has changed."""
        if [(m.layout, m.cameras) for m in before.monitors] != [(m.layout, m.cameras) for m in self.wall.monitors]:
            self._history = [*self._history[1 - UNDO_DEPTH :], before]

    # ---- tiles and their streams

    def _reconcile(self) -> None:
        """Give every tile of the wall the output that it should have, and every stream its outputs."""
        self._must_reconcile = False
        before = self._all_outputs()
        wishes = self._wishes()
        orphans = self._keep_tiles(wishes)
        for tile, wish in wishes.items():
            self._grant(tile, wish, orphans)
        outputs = self._all_outputs()
        self._streams.want(self._by_stream(outputs), self._now_s)
        close_dropped(before, outputs)

    def _wishes(self) -> dict[TileId, TileWish]:
        wishes = {}
        for tile, camera_id in walls.assigned_tiles(self.wall, self.layouts).items():
            camera = self.catalog.cameras.get(camera_id)
            size = self._sizes.get(tile)
            if camera is None or size is None:
                continue
            wish = self._wish(tile, camera, size)
            if wish is not None:
                wishes[tile] = wish
        return wishes

    def _wish(self, tile: TileId, camera: Camera, size: tuple[int, int]) -> TileWish | None:
        is_maximised = self.wall.monitor(tile.monitor).maximised == tile.number
        forced = Profile.MAIN if is_maximised else self._settings.profile
        profile = choose_profile(camera, size[1], forced)
        window_id = self._windows.get(tile)
        if profile is None or (window_id is None and self.surface(tile) is Surface.DIRECT):
            return None
        return TileWish(StreamKey(camera.id, profile), *size, window_id)

    def _keep_tiles(self, wishes: Mapping[TileId, TileWish]) -> list[TileOutput]:
        """Drop tiles that show another camera now; their outputs may serve the tile that took the camera over."""
        orphans = []
        for tile, record in list(self._tiles.items()):
            wish = wishes.get(tile)
            if wish is None or wish.key.camera != record.camera:
                orphans += [output for output in record.outputs if output.output.window_id is None]
                del self._tiles[tile]
        return orphans

    def _grant(self, tile: TileId, wish: TileWish, orphans: list[TileOutput]) -> None:
        record = self._tiles.get(tile)
        if record is None:
            record = self._tiles[tile] = TileRecord(wish.key.camera)
            record.outputs = [output for output in orphans if output.key.camera == wish.key.camera]
            orphans[:] = [output for output in orphans if output not in record.outputs]
            lit = [output for output in record.outputs if output.has_picture]
            record.shown = lit[-1] if lit else None
        fitting = [output for output in record.outputs if wish.fits(output)]
        record.wanted = fitting[-1] if fitting else self._new_output(wish)
        if not fitting:
            record.outputs.append(record.wanted)

    def _new_output(self, wish: TileWish) -> TileOutput:
        size = (0, 0) if wish.window_id is not None else (wish.width_px, wish.height_px)
        slot = self._video.new_slot(*size)
        return TileOutput(wish.key, Output(slot, wish.width_px, wish.height_px, wish.window_id))

    def _all_outputs(self) -> list[TileOutput]:
        return [output for record in self._tiles.values() for output in record.outputs]

    def _by_stream(self, outputs: list[TileOutput]) -> dict[StreamKey, tuple[StreamProfile, list[TileOutput]]]:
        streams: dict[StreamKey, tuple[StreamProfile, list[TileOutput]]] = {}
        for output in outputs:
            profile = self.catalog.cameras[output.key.camera].stream(output.key.profile)
            if profile is not None:
                streams.setdefault(output.key, (profile, []))[1].append(output)
        return streams

    def _settle_tiles(self) -> bool:
        """Let every tile show the best of its outputs; whether one has an output less now."""
        has_dropped = False
        for tile, record in self._tiles.items():
            outputs = record.outputs
            is_maximised = self.wall.monitor(tile.monitor).maximised == tile.number
            record.settle(lambda output: self._streams.is_live(output, self._now_s), is_maximised)
            has_dropped |= len(record.outputs) < len(outputs)
            close_dropped(outputs, record.outputs)
        return has_dropped

    # ---- what the wall shows

    def surface(self, tile: TileId) -> Surface:
        """Whether the tile is painted from shared memory or needs a native window."""
        return choose_surface(self._settings.surface)

    def slot(self, tile: TileId) -> PictureSlot | None:
        """What the tile's picture is read from; None before anything was opened for it."""
        record = self._tiles.get(tile)
        return record.shown.output.slot if record is not None and record.shown is not None else None

    def status(self, tile: TileId, now_s: float) -> TileStatus:
        """What the tile says of itself at `now_s`."""
        camera_id = self.wall.camera_at(tile)
        if camera_id is None:
            return TileStatus(tile, Sign.EMPTY)
        camera = self.catalog.cameras.get(camera_id)
        if camera is None and self.catalog is not EMPTY_CATALOG:
            return lost(tile, camera_id, None, Reason.WITHDRAWN)
        if camera is not None and not camera.profiles:
            return lost(tile, camera_id, camera, Reason.NO_PROFILE)
        record = self._tiles.get(tile)
        stream = self._streams.get(record.shown.key) if record and record.shown else None
        if record is None or stream is None:
            return TileStatus(tile, Sign.CONNECTING, camera_id, camera)
        return self._playing_status(tile, camera, record, stream, now_s)

    def _playing_status(
        self, tile: TileId, camera: Camera | None, record: TileRecord, stream: StreamRecord, now_s: float
    ) -> TileStatus:
        shown, wanted = record.shown, record.wanted
        assert shown is not None and wanted is not None
        state, retry_at_s = stream.state, stream.state.retry_at_s
        return TileStatus(
            tile=tile,
            sign=tile_sign(state, shown.watch, stream.stale_limit_s, now_s),
            camera_id=record.camera,
            camera=camera,
            age_s=shown.watch.age_s(now_s),
            failure=state.failure,
            retry_in_s=max(0.0, retry_at_s - now_s) if retry_at_s and state.life is Life.BACKOFF else None,
            profile=shown.key.profile,
            awaited=wanted.key.profile if wanted.key != shown.key else None,
            surface=Surface.DIRECT if shown.output.window_id is not None else Surface.SHARED,
            engine=stream.opened.engine if stream.opened else "",
            decoder=stream.opened.decoder if stream.opened else "",
            first_picture_s=shown.watch.first_picture_s,
            fps=shown.fps(),
            pictures=shown.watch.lights.pictures,
        )

    def shown_tiles(self) -> Mapping[TileId, CameraId]:
        """Every tile of the wall that has a camera, in reading order."""
        return walls.assigned_tiles(self.wall, self.layouts)
