"""A console without registry, hosts or cameras: real wall state, pictures drawn into plain memory."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from importlib import resources

import numpy as np

from app.console import ConsoleSettings, RegistryStatus
from app.console.duty_book import DutyBook
from app.console.handover import Handover
from app.console.library import LayoutLibrary
from app.console.post_walls import PostWalls
from app.console.purpose_book import PurposeBook
from app.console.registry_book import RegistryBook
from app.console.remote_desk import RemoteDesk
from app.console.shared_book import SharedBook
from app.console.shortlist_keeper import ShortlistKeeper
from app.console.tour_library import TourLibrary
from app.console.wall_book import WallBook
from app.core import wall as walls
from app.core.budget import Surface
from app.core.commands import Command, TileId
from app.core.duty import SignInRule
from app.core.failure import Failure, Reason
from app.core.figures import StreamFigures
from app.core.hints import Finding, Hint
from app.core.layout import fit, layouts_from_data
from app.core.layouts import Layouts
from app.core.lights import Lights
from app.core.model import (
    Area,
    AreaCode,
    Camera,
    CameraId,
    Catalog,
    Codec,
    HeldList,
    Jurisdiction,
    Lifecycle,
    PrivacyClass,
    Profile,
    StreamProfile,
)
from app.core.monitor import MonitorState
from app.core.ports import Picture
from app.core.purpose import Purpose
from app.core.snapshot import Taker
from app.core.tile_status import Sign, TileStatus
from app.core.wall import WallState
from app.core.zoom import NO_ZOOM, Zoom
from tests.fakes.fake_journal import FakeJournal
from tests.fakes.fake_ports import FakeChief, FakeSharing
from tests.fakes.fake_stores import FakeLayoutStore, FakeShortlistStore, FakeSnapshots, FakeTourStore

BUFFERS = 3
NEW_ID = "0198c2f4-6c1e-4a51-9b7e-2f60c1d7a001"
"""Of whatever is shared anew."""


class FakeSlot:
    """A picture slot in this process's memory, written by the test."""

    def __init__(self, width_px: int, height_px: int) -> None:
        self.size = (width_px, height_px)
        self.is_closed = False
        self._pixels = [np.zeros((height_px, width_px, 4), np.uint8) for _ in range(BUFFERS)]
        self._sequence = 0

    @property
    def handle(self) -> str:
        return "fake"

    def sequence(self) -> int:
        assert not self.is_closed, "a closed slot was read"
        return self._sequence

    def picture(self) -> Picture | None:
        if self._sequence == 0:
            return None
        buffer = self._sequence % BUFFERS
        pixels = self._pixels[buffer]
        height_px, width_px = pixels.shape[:2]
        return Picture(
            self._sequence, buffer, width_px, height_px, width_px * 4, memoryview(pixels.reshape(-1)).cast("B")
        )

    def lights(self, generation: int) -> Lights:
        return Lights(pictures=self._sequence)

    def close(self) -> None:
        self.is_closed = True

    def show(self, pixels: np.ndarray) -> None:
        """Publish a picture: height × width × 4, BGRX."""
        target = (self._sequence + 1) % BUFFERS
        if self._pixels[target].shape == pixels.shape:
            self._pixels[target][:] = pixels
        else:
            self._pixels[target] = pixels.copy()
        self._sequence += 1

    def show_color(self, blue: int, green: int, red: int) -> None:
        """Publish a picture of one colour."""
        width_px, height_px = self.size
        self.show(np.full((height_px, width_px, 4), (blue, green, red, 255), np.uint8))


@dataclass
class FakeConsole:
    """Does what the console's interface says; statuses are set by the test."""

    book: WallBook
    catalog: Catalog
    statuses: dict[TileId, TileStatus] = field(default_factory=dict)
    slots: dict[TileId, FakeSlot] = field(default_factory=dict)
    surfaces: dict[TileId, Surface] = field(default_factory=dict)
    sizes: dict[TileId, tuple[int, int]] = field(default_factory=dict)
    views: dict[int, tuple[int, int]] = field(default_factory=dict)
    windows: dict[TileId, int | None] = field(default_factory=dict)
    dispatched: list[Command] = field(default_factory=list)
    pumps: list[float] = field(default_factory=list)
    shortlist: ShortlistKeeper = field(default_factory=lambda: ShortlistKeeper(FakeShortlistStore()))
    zooms: dict[TileId, Zoom] = field(default_factory=dict)
    marked: set[CameraId] = field(default_factory=set)
    shared_tiles: list[tuple[TileId, CameraId | None]] = field(default_factory=list)
    purposes_given: list[tuple[CameraId, Purpose]] = field(default_factory=list)
    purposes: PurposeBook | None = None
    snapshots: FakeSnapshots = field(default_factory=FakeSnapshots)
    taker: Taker = field(default_factory=lambda: Taker("", "POST-1", "pantau test"))
    duty: DutyBook = field(default_factory=lambda: DutyBook(SignInRule.OPTIONAL, None, FakeJournal(), None))
    handover: Handover = field(default_factory=lambda: Handover(FakeJournal()))
    is_stopped: bool = False

    def __post_init__(self) -> None:
        self.remote = RemoteDesk(self.book, FakeJournal())
        self.remote.catalog_changed(self.catalog)
        self.lists_accepted: list[HeldList] = []
        self.registry_book = RegistryBook(self.lists_accepted.append, FakeJournal(), lambda: self.duty.is_it)
        self.registry = RegistryStatus(is_reachable=True)
        self.chief = FakeChief()
        self.is_chief = False
        self.sharing = FakeSharing()
        self.shared = SharedBook(self.sharing, self.book, lambda: NEW_ID)
        self.posts = PostWalls(self.chief, FakeJournal(), lambda: self.is_chief)

    @property
    def registry(self) -> RegistryStatus:
        return self.registry_book.status

    @registry.setter
    def registry(self, status: RegistryStatus) -> None:
        self.registry_book.status = status

    @property
    def now_s(self) -> float:
        return self.pumps[-1] if self.pumps else 0.0

    @property
    def wall(self) -> WallState:
        return self.book.wall

    @property
    def layouts(self) -> Layouts:
        return self.book.layouts

    def dispatch(self, command: Command) -> None:
        self.dispatched.append(command)
        self.book.dispatch(command, self.now_s)

    def set_screens(self, keys: Sequence[str]) -> None:
        self.book.set_screens(keys)

    def pump(self, now_s: float) -> None:
        self.pumps.append(now_s)
        self.book.check(lambda tile: self.sign(tile, now_s), now_s)

    def set_tile_size(self, tile: TileId, width_px: int, height_px: int) -> None:
        self.sizes[tile] = (width_px, height_px)

    def set_view_size(self, monitor: int, width_px: int, height_px: int, gap_px: int = 0) -> None:
        self.views[monitor] = (width_px, height_px)

    def set_tile_window(self, tile: TileId, window_id: int | None) -> None:
        self.windows[tile] = window_id

    def surface(self, tile: TileId) -> Surface:
        return self.surfaces.get(tile, Surface.SHARED)

    def zoom(self, tile: TileId) -> Zoom:
        return self.zooms.get(tile, NO_ZOOM)

    def set_tile_zoom(self, tile: TileId, zoom: Zoom) -> None:
        self.zooms[tile] = zoom

    def share_tile(self, tile: TileId, camera: CameraId | None) -> None:
        self.shared_tiles.append((tile, camera))

    def is_watermarked(self, camera: Camera) -> bool:
        return camera.id in self.marked

    def give_purpose(self, camera: CameraId, purpose: Purpose) -> None:
        self.purposes_given.append((camera, purpose))

    def sign(self, tile: TileId, now_s: float) -> Sign:
        return self.status(tile, now_s).sign

    def doubts_clock(self, tile: TileId, now_s: float) -> bool:
        return any(finding.hint is Hint.CLOCK_OFFSET for finding in self.status(tile, now_s).findings)

    def status(self, tile: TileId, now_s: float) -> TileStatus:
        camera_id = self.wall.camera_at(tile)
        if camera_id is None:
            return TileStatus(tile, Sign.EMPTY)
        known = self.statuses.get(tile)
        camera = self.catalog.cameras.get(camera_id)
        if known is None:
            return TileStatus(tile, Sign.CONNECTING, camera_id, camera)
        return replace(known, camera_id=camera_id, camera=camera)

    def figures(self, tile: TileId, now_s: float) -> StreamFigures | None:
        known = self.statuses.get(tile)
        if known is None or known.profile is None or known.surface is None:
            return None
        return StreamFigures(
            known.profile, known.surface, known.engine, known.decoder,
            transport="tcp", codec=Codec.H264, width_px=640, height_px=360, packets_per_s=15.02, shown_fps=15.0,
            bitrate_kbps=411.6, age_s=known.age_s, late_s=0.0, jitter_s=0.0032, latency_s=0.071, clock_rate=1.0,
            first_picture_s=known.first_picture_s, pictures=known.pictures,
        )  # fmt: skip

    def slot(self, tile: TileId) -> FakeSlot | None:
        return self.slots.get(tile) if tile.number in self.wall.monitors[0].cameras else None

    def shown_tiles(self) -> dict[TileId, CameraId]:
        return walls.assigned_tiles(self.wall, self.layouts)

    def stop(self) -> None:
        self.is_stopped = True

    # ---- what a test sets

    def make_live(self, number: int, pixels: np.ndarray | None = None) -> FakeSlot:
        """Let a tile play: its slot has the size that the wall asked for."""
        tile = TileId(1, number)
        width_px, height_px = fit(640, 360, *self.sizes.get(tile, (160, 90)))
        slot = self.slots[tile] = FakeSlot(width_px, height_px)
        if pixels is None:
            slot.show_color(40, 160, 90)
        else:
            slot.show(pixels)
        self.set_sign(number, Sign.LIVE, age_s=0.04)
        return slot

    def set_sign(
        self,
        number: int,
        sign: Sign,
        age_s: float | None = None,
        reason: Reason | None = None,
        detail: str = "",
        retry_in_s: float | None = None,
        awaited: Profile | None = None,
        findings: tuple[Finding, ...] = (),
    ) -> None:
        """Say what a tile's status is from now on."""
        tile = TileId(1, number)
        self.statuses[tile] = TileStatus(
            tile,
            sign,
            age_s=age_s,
            failure=Failure(reason, detail) if reason else None,
            retry_in_s=retry_in_s,
            awaited=awaited,
            findings=findings,
            profile=Profile.SUB,
            surface=self.surface(tile),
            engine="av",
            decoder="software",
            first_picture_s=0.84,
            fps=15.0,
            pictures=1234,
        )


def a_camera(number: int, name: str, area: str, **changes: object) -> Camera:
    """A camera of the fake catalogue."""
    profiles = (
        StreamProfile(Profile.SUB, Codec.H264, 640, 360, 15.0),
        StreamProfile(Profile.MAIN, Codec.H265, 1920, 1080, 25.0),
    )
    camera = Camera(
        CameraId(f"camera-{number}"), 1, f"JKT-{number:05d}", name, AreaCode(area), Jurisdiction(), profiles
    )
    return replace(camera, **changes)


def a_catalog(cameras: int = 64) -> Catalog:
    """A catalogue of that many cameras in a few kelurahan."""
    areas = [
        ("31.71.01.1001", "Gambir"), ("31.71.01.1002", "Cideng"), ("31.71.02.1001", "Pasar Baru"),
        ("31.71.03.1001", "Kebon Kelapa"), ("31.72.01.1001", "Pademangan Timur"), ("31.74.01.1001", "Tebet Barat"),
    ]  # fmt: skip
    places = ["Simpang Harmoni", "Pasar Tanah Abang Pintu", "Kantor Kelurahan", "Gerbang Stasiun", "Jl. Veteran"]
    made = {}
    for number in range(1, cameras + 1):
        code, area = areas[number % len(areas)]
        extra: dict[str, object] = {"privacy": PrivacyClass.PUBLIC_STREET}
        if number % 9 == 0:
            extra["privacy"] = PrivacyClass.PRIVATE_OFFICE
        if number % 17 == 0:
            extra["lifecycle"] = Lifecycle.MAINTENANCE
        if number % 23 == 0:
            extra["lifecycle"] = Lifecycle.PLANNED
        camera = a_camera(number, f"{places[number % len(places)]} {number} {area}", code, **extra)
        made[camera.id] = camera
    return Catalog(made, {AreaCode(code): Area(AreaCode(code), name) for code, name in areas})


def a_console(
    layout: str = "4",
    tiles: int = 4,
    cameras: int = 64,
    store: FakeLayoutStore | None = None,
    tours: FakeTourStore | None = None,
) -> FakeConsole:
    """A console whose wall has cameras on its first `tiles` tiles; the stores have what officers saved."""
    document = json.loads(resources.files("resources").joinpath("layouts.json").read_text(encoding="utf-8"))
    layouts = Layouts(layouts_from_data(document["patterns"]), tuple(document["order"]))
    assigned = {number: CameraId(f"camera-{number}") for number in range(1, tiles + 1)}
    settings = ConsoleSettings(layout, wall=WallState((MonitorState(layout, assigned),)))
    catalog = a_catalog(cameras)
    library = LayoutLibrary(layouts, store or FakeLayoutStore())
    book = WallBook(settings, library, TourLibrary(tours or FakeTourStore()), keep=lambda _wall: None)
    book.catalog_changed(catalog)
    return FakeConsole(book, catalog)
