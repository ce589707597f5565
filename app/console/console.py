"""The console: takes commands and messages, owns every piece of state, says what each tile shows.

Everything here runs on one thread, the GUI's, inside `dispatch` and `pump`; other threads only leave messages in
the inbox. Must never import Qt or a concrete adapter.
"""

from __future__ import annotations

import queue
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from random import Random
from types import MappingProxyType
from uuid import uuid4

from app.console.accounts import Accounts
from app.console.direct_trial import DirectTrial
from app.console.duty_book import DutyBook
from app.console.handover import Handover
from app.console.health import Health
from app.console.library import LayoutLibrary
from app.console.load import Load
from app.console.post_walls import PostWalls
from app.console.purpose_book import PurposeBook
from app.console.recovery import Recovery
from app.console.registry_book import RegistryBook
from app.console.registry_news import RegistryNews
from app.console.remote_desk import RemoteDesk
from app.console.room import Room, RoomBook
from app.console.settings import ConsoleSettings, RegistryStatus
from app.console.shared_book import SharedBook
from app.console.shortlist_keeper import ShortlistKeeper
from app.console.stream_news import StreamNews
from app.console.streams import StreamBook
from app.console.tile_book import TileBook
from app.console.tile_reader import TileReader
from app.console.tour_library import TourLibrary
from app.console.view_log import ViewLog
from app.console.wall_book import WallBook
from app.console.wall_reporter import WallReporter
from app.core import wall as walls
from app.core.budget import HostId, Surface
from app.core.commands import Command, TileId
from app.core.duty import ShiftOver, ShiftStarted, SignInRefused, SignInRule, Unlocked
from app.core.figures import StreamFigures
from app.core.journal import JournalPort
from app.core.layouts import Layouts
from app.core.model import EMPTY_CATALOG, Camera, CameraId, Catalog
from app.core.paths import NetworkChanged, PathPort
from app.core.ports import HostBeat, HostEnded, Message, PictureSlot, RegistryPort, VideoPort
from app.core.purpose import LeasePurpose, Purpose, is_watermarked, needs_purpose
from app.core.scene import Showing
from app.core.snapshot import SnapshotPort, Taker
from app.core.tile_status import Sign, TileStatus
from app.core.wall import WallState
from app.core.zoom import Zoom

CHECK_PERIOD_S = 0.1
"""How often the streams' counters are read: a stale tile is marked at most this late."""
HASTY_CHECK_PERIOD_S = 0.03
"""While a first picture is awaited: an officer who switches waits for it."""
HANDOVER_PERIOD_S = 1.0
"""How often tiles without a live picture are counted for the next officer."""


class Console:
    """One post's wall: `dispatch` what an operator asks, `pump` what happened, then look.

    Args:
        settings: see there.
        registry: where leases come from.
        video: where streams are opened.
        paths: where broken paths are asked after.
        inbox: where all of them leave their messages.
        random: the source of retry jitter.
        hour: the local hour of the day, 0 to 23.
        library: the layouts.
        tours: the tours and salvos.
        shortlist: the officer's favourites and recently used cameras.
        snapshots: writes them.
        keep: takes what the wall shows after each change, for the next start; never waits.
        journal: is told who sees what.
        purposes: by which private cameras may be looked at; None asks for no purpose.
        duty: who is on duty; None where nobody can sign in.
        handover: what the next officer has to know; None begins without any incident.
        accounts: the logins that were refused; None begins without any.
    """

    def __init__(
        self,
        settings: ConsoleSettings,
        registry: RegistryPort,
        video: VideoPort,
        paths: PathPort,
        inbox: queue.SimpleQueue[Message],
        random: Random,
        hour: Callable[[], int],
        library: LayoutLibrary,
        tours: TourLibrary,
        shortlist: ShortlistKeeper,
        snapshots: SnapshotPort,
        journal: JournalPort,
        keep: Callable[[WallState], None] = lambda _wall: None,
        purposes: PurposeBook | None = None,
        duty: DutyBook | None = None,
        handover: Handover | None = None,
        accounts: Accounts | None = None,
    ) -> None:
        self._video = video
        self._registry_port = registry
        self._paths = paths
        self._inbox = inbox
        self.purposes = purposes
        self._marks_all = settings.marks_all
        self.book = WallBook(settings, library, tours, keep, self._is_private)
        self.shortlist = shortlist
        self.snapshots = snapshots
        self.duty = duty or DutyBook(SignInRule.OPTIONAL, None, journal, purposes)
        self.handover = handover or Handover(journal)
        self._taker = settings.taker
        self.catalog: Catalog = EMPTY_CATALOG
        self.registry_book = RegistryBook(registry.accept_list, journal, lambda: self.duty.is_it)
        self.hosts: dict[HostId, HostBeat] = {}
        self.ended_hosts_cpu_s = 0.0
        self._streams = StreamBook(
            registry, video, settings.hardware, random, lambda: self.registry.is_silent, self._leased_for, accounts
        )
        self._recovery = Recovery(self._streams, paths, random)
        self._load = Load(self._streams)
        self._health = Health(hour)
        self.remote = RemoteDesk(self.book, journal)
        self._reporter = WallReporter(registry)
        self.shared = SharedBook(registry.shared, self.book, lambda: str(uuid4()))
        self.posts = PostWalls(registry.chief, journal, lambda: self.duty.is_chief)
        self._registry_news = RegistryNews(
            self.registry_book, self.remote, self.shared, self.posts, self._recovery, self._take_catalog
        )
        self._tiles = TileBook(video, settings, purposes, self.is_watermarked)
        trial = DirectTrial(self._streams, self._tiles.surfaces, self._reconcile)
        self._reader = TileReader(self._tiles, self._streams, self._health)
        self._stream_news = StreamNews(self._streams, trial, self._recovery, self._health)
        self._views = ViewLog(journal, purposes)
        self._seen_wall, self._seen_officer = self.book.wall, self.duty.state.officer
        self._rooms = RoomBook()
        self._coming: Mapping[int, Showing] = {}
        self._tiles_to_fill = settings.fill_tiles
        self._must_reconcile = False
        self._next_check_s = self._next_handover_s = self._now_s = 0.0

    @property
    def now_s(self) -> float:
        """When it was last pumped, monotonic seconds."""
        return self._now_s

    @property
    def registry(self) -> RegistryStatus:
        """What is known of the central registry."""
        return self.registry_book.status

    @property
    def wall(self) -> WallState:
        """What the wall shows."""
        return self.book.wall

    @property
    def layouts(self) -> Layouts:
        """All layouts, the saved ones included."""
        return self.book.layouts

    @property
    def taker(self) -> Taker:
        """Who looks, and with what."""
        officer = self.duty.state.officer
        who = f"{officer.name} · {officer.service_number}" if officer is not None else self._taker.officer
        return replace(self._taker, officer=who)

    # ---- what an operator asks

    def dispatch(self, command: Command) -> None:
        """Carry a command out.

        Raises:
            ConfigError: it names a monitor, tile, layout, tour or salvo that is not there; nothing has changed.
        """
        self.book.dispatch(command, self._now_s)

    def set_screens(self, keys: Sequence[str]) -> None:
        """Say which screens are plugged in, the operator's own first: each shows the monitor that it had before.

        A monitor whose screen is gone keeps what it shows for when it is back; its streams are closed.
        """
        self.book.set_screens(keys)

    def set_tile_size(self, tile: TileId, width_px: int, height_px: int) -> None:
        """Say how large a tile's picture area is, device pixels; too small ones are ignored."""
        self._must_reconcile |= self._tiles.set_size(tile, (width_px, height_px))

    def set_tile_window(self, tile: TileId, window_id: int | None) -> None:
        """Give or take the native window that a tile's direct surface is drawn into."""
        self._must_reconcile |= self._tiles.set_window(tile, window_id)

    def set_tile_zoom(self, tile: TileId, zoom: Zoom) -> None:
        """Look at a part of a tile's picture; forgotten when the tile gets another camera."""
        camera = self.wall.camera_at(tile)
        if camera is not None:
            self._must_reconcile |= self._tiles.set_zoom(tile, camera, zoom)

    def share_tile(self, tile: TileId, camera: CameraId | None) -> None:
        """Have a tile's picture of that camera where its pixels can be read; None: it is not needed any more."""
        self._must_reconcile |= self._tiles.surfaces.read(tile, camera)

    def give_purpose(self, camera: CameraId, purpose: Purpose) -> None:
        """Say why a private camera is looked at; it may be for a while."""
        if self.purposes is not None:
            self.purposes.give(camera, purpose, self._now_s)
            self._recovery.purpose_given(camera, self._now_s)
            self._must_reconcile = True

    def set_view_size(self, monitor: int, width_px: int, height_px: int, gap_px: int = 0) -> None:
        """Say how large the room for a monitor's tiles is, `gap_px` apart, device pixels."""
        self._rooms.set(monitor, Room(width_px, height_px, gap_px))

    def expect(
        self, cameras: Mapping[TileId, CameraId], heights_px: Mapping[TileId, int] = MappingProxyType({})
    ) -> None:
        """Say what tiles will show next: those streams are kept warm, and then have a picture at once.

        What was expected before and is not any more is closed, unless a tile shows it.

        Args:
            cameras: by tile.
            heights_px: how high the tiles will be, where they will not be as high as now.
        """
        self._must_reconcile |= self._tiles.expect(cameras, heights_px)

    def _warm_for_tours(self) -> None:
        """Keep warm what the tours show next, at the size that it will have then."""
        coming = self.book.touring.coming
        if coming == self._coming:
            return
        self._coming = coming
        self.expect(self.book.touring.expected, self._rooms.heights_px(coming, self.layouts))

    def stop(self) -> None:
        """Close every stream and end every worker. The console is not used afterwards."""
        self._views.end()
        self._registry_port.stop()
        self._paths.stop()
        self._video.stop()
        self._tiles.close()

    # ---- what happened

    def pump(self, now_s: float) -> None:
        """Take in what has come since the last call, and let time pass to `now_s` (monotonic)."""
        self._now_s = now_s
        for message in [self._inbox.get_nowait() for _ in range(self._inbox.qsize())]:
            self._take_in(message)
        self.remote.check(now_s)
        self.book.check(lambda tile: self.sign(tile, now_s), now_s)
        self._warm_for_tours()
        if self.book.wall is not self._seen_wall:
            self._take_wall()
        if self._must_reconcile or now_s >= self._tiles.revisit_s:
            self._reconcile()
        if now_s >= self._next_check_s:
            self._check(now_s)
            is_hasty = self._streams.awaits_pictures()
            self._next_check_s = now_s + (HASTY_CHECK_PERIOD_S if is_hasty else CHECK_PERIOD_S)

    def _take_wall(self) -> None:
        """The wall is another one: tiles of another layout are as large as they will be when it is drawn."""
        for tile, size in self._rooms.changed_sizes(self.wall, self.layouts).items():
            self._tiles.set_size(tile, size)
        self._views.wall_changed(self._seen_wall, self.wall, self.book.touring.running)
        self._seen_wall = self.wall
        self._must_reconcile = True

    def _check(self, now_s: float) -> None:
        self._check_duty(now_s)
        if self.purposes is not None:
            self.purposes.check(now_s)
        if self._must_reconcile:  # first: what nobody may look at any more is not seen
            self._reconcile()
        self._streams.check(now_s)
        self._stream_news.check(now_s)
        self._load.check(self._tiles.least_important_first, now_s)
        if self._tiles.settle(lambda output: self._streams.sign_of(output, now_s)):
            self._reconcile()
        self._views.look(self, now_s)
        self._reporter.look(self, self.remote.answer, now_s)

    def _check_duty(self, now_s: float) -> None:
        self.duty.check(now_s)
        officer, self._seen_officer = self._seen_officer, self.duty.state.officer
        self._must_reconcile |= self._seen_officer is not officer
        if now_s >= self._next_handover_s:
            self._next_handover_s = now_s + HANDOVER_PERIOD_S
            self.handover.look(self, now_s)

    def _take_in(self, message: Message) -> None:
        match message:
            case ShiftStarted() | SignInRefused() | Unlocked() | ShiftOver():
                self.duty.take_in(message, self._now_s)
                self._must_reconcile = True
                self.shared.refresh()
            case NetworkChanged(slept_s):
                self._slept(slept_s)
                self._stream_news.take(message, self._now_s)
            case HostBeat(host):
                self.hosts[host] = message
            case HostEnded(host):
                beat = self.hosts.pop(host, None)
                self.ended_hosts_cpu_s += beat.cpu_s if beat is not None else 0.0
            case _ if not self._registry_news.take(message, self._now_s):
                self._stream_news.take(message, self._now_s)

    def _take_catalog(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.book.catalog_changed(self.catalog)
        if self._tiles_to_fill and self.catalog.cameras:
            self.book.fill(self._tiles_to_fill)
            self._tiles_to_fill = 0
        self.remote.catalog_changed(self.catalog)
        self._must_reconcile = True

    def _slept(self, slept_s: float) -> None:
        """The monotonic clock stood still for so long: officers' rights and leases ran on."""
        self.duty.slept(slept_s)
        self._streams.slept(slept_s)
        if self.purposes is not None:
            self.purposes.slept(slept_s)
            self._must_reconcile = True

    def _reconcile(self) -> None:
        """Give every tile of the wall the output that it should have, and every stream its outputs."""
        self._must_reconcile = False
        wanted, close = self._tiles.reconcile(self.wall, self.catalog, self.layouts, self._now_s)
        self._streams.want(wanted, self._now_s)
        close()

    # ---- what the wall shows

    def zoom(self, tile: TileId) -> Zoom:
        """Which part of its picture the tile shows."""
        return self._tiles.zoom(tile, self.wall.camera_at(tile))

    def _is_private(self, camera: Camera) -> bool:
        return self.purposes is not None and needs_purpose(camera)

    def is_watermarked(self, camera: Camera) -> bool:
        """Whether a camera's pictures carry who looks at them and when."""
        return self.purposes is not None and is_watermarked(camera, self._marks_all)

    def _leased_for(self, camera: Camera, now_s: float) -> LeasePurpose | None:
        return self.purposes.leased_for(camera, now_s) if self.purposes is not None else LeasePurpose.SECURITY

    def surface(self, tile: TileId) -> Surface:
        """Whether the tile is to be painted from shared memory or needs a native window."""
        return self._tiles.surfaces.of(tile)

    def slot(self, tile: TileId) -> PictureSlot | None:
        """What the tile's picture is read from; None before anything was opened for it."""
        return self._reader.slot(tile)

    def sign(self, tile: TileId, now_s: float) -> Sign:
        """The sign of `status` alone, at a tenth of its cost while the tile has a stream."""
        return self._reader.sign(tile, self.wall.camera_at(tile), self.catalog, now_s)

    def doubts_clock(self, tile: TileId, now_s: float) -> bool:
        """Whether the camera's clock calls the tile's picture older than the tile does: a hint of `status`."""
        return self._reader.doubts_clock(tile, now_s)

    def status(self, tile: TileId, now_s: float) -> TileStatus:
        """What the tile says of itself at `now_s`."""
        return self._reader.status(tile, self.wall.camera_at(tile), self.catalog, now_s)

    def figures(self, tile: TileId, now_s: float) -> StreamFigures | None:
        """The figures of the stream that the tile shows; None before anything was opened for it."""
        return self._reader.figures(tile, now_s)

    def shown_tiles(self) -> Mapping[TileId, CameraId]:
        """Every tile of the wall that has a camera, in reading order."""
        return walls.assigned_tiles(self.wall, self.layouts)
