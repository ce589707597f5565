"""A console on a bench: fakes on both sides, an invented clock, and an officer's hands."""

from __future__ import annotations

import queue
from collections.abc import Iterable, Mapping
from dataclasses import replace
from random import Random
from typing import Any

from app.console import Console, ConsoleSettings
from app.console.accounts import Accounts
from app.console.duty_book import DutyBook
from app.console.library import LayoutLibrary
from app.console.purpose_book import PurposeBook
from app.console.shortlist_keeper import ShortlistKeeper
from app.console.tour_library import TourLibrary
from app.core.commands import AssignTile, ClearTile, Command, TileId, ToggleMaximised
from app.core.failure import Failure
from app.core.layout import layouts_from_data
from app.core.layouts import Layouts
from app.core.model import (
    AreaCode,
    Camera,
    CameraId,
    Catalog,
    Codec,
    Jurisdiction,
    Profile,
    StreamKey,
    StreamProfile,
)
from app.core.ports import CatalogSynced, Message, RegistryReached
from app.core.tile_status import Sign, TileStatus
from app.core.tour import TourPlan
from tests.fakes.fake_journal import FakeJournal
from tests.fakes.fake_ports import FakePaths, FakePictureSlot, FakeRegistry, FakeVideo
from tests.fakes.fake_stores import FakeLayoutStore, FakeShortlistStore, FakeSnapshots, FakeTourStore

STEP_S = 0.125
"""One turn of the bench; a power of two, so that invented times add up exactly."""
TILE_PX = (480, 270)
WALL_PX = (1920, 1080)
LAYOUTS = Layouts(layouts_from_data([]), ("1", "4", "9"))

SUB = StreamProfile(Profile.SUB, Codec.H264, 640, 360, frame_rate_fps=15.0)
MAIN = StreamProfile(Profile.MAIN, Codec.H264, 1920, 1080, frame_rate_fps=25.0)


def camera(name: str, *profiles: StreamProfile, **fields: Any) -> Camera:
    """A camera whose id and code are its name, with both streams unless told otherwise."""
    kelurahan = AreaCode("31.71.01.1001")
    plain = Camera(CameraId(name), 1, name, f"Camera {name}", kelurahan, Jurisdiction(), profiles or (MAIN, SUB))
    return replace(plain, **fields)


def catalog(cameras: Iterable[Camera]) -> Catalog:
    """A catalogue of these cameras."""
    return Catalog(cameras={item.id: item for item in cameras}, areas={})


def sub(name: str) -> StreamKey:
    """A camera's small stream."""
    return StreamKey(CameraId(name), Profile.SUB)


def main(name: str) -> StreamKey:
    """A camera's full stream."""
    return StreamKey(CameraId(name), Profile.MAIN)


def tile(number: int) -> TileId:
    """A tile of the first monitor."""
    return TileId(1, number)


class HalfRandom(Random):
    """Jitter without chance: always the middle."""

    def random(self) -> float:
        return 0.5


class Bench:
    """A console of one monitor, its cameras `A` to `I` listed, its tiles sized.

    Args:
        layout: of the monitor.
        cameras: of the catalogue; None for `A` to `I`, empty for a registry that has not answered.
        is_laid_out: whether the window has said how large its tiles are.
        purposes: by which private cameras may be looked at; None asks for no purpose.
        duty: who may do what; None asks nobody.
        tours: those that can be started.
        accounts: the logins that were refused; None begins without any.
        settings: further fields of `ConsoleSettings`.
    """

    def __init__(
        self,
        layout: str = "4",
        cameras: Iterable[Camera] | None = None,
        is_laid_out: bool = True,
        purposes: PurposeBook | None = None,
        duty: DutyBook | None = None,
        tours: Mapping[str, TourPlan] | None = None,
        accounts: Accounts | None = None,
        **settings: Any,
    ) -> None:
        self.now_s = 1000.0
        self.inbox: queue.SimpleQueue[Message] = queue.SimpleQueue()
        self.registry = FakeRegistry(self.inbox, lambda: self.now_s)
        self.video = FakeVideo(self.inbox)
        whole = ConsoleSettings(layout, **settings)
        self.layouts = FakeLayoutStore()
        library, shortlist = LayoutLibrary(LAYOUTS, self.layouts), ShortlistKeeper(FakeShortlistStore())
        self.paths = FakePaths(self.inbox)
        self.hour = 12
        self.journal = FakeJournal()
        self.console = Console(
            whole,
            self.registry,
            self.video,
            self.paths,
            self.inbox,
            HalfRandom(),
            lambda: self.hour,
            library,
            TourLibrary(FakeTourStore(tours)),
            shortlist,
            FakeSnapshots(),
            self.journal,
            purposes=purposes,
            duty=duty,
            accounts=accounts,
        )
        self.dark: set[StreamKey] = set()
        """Streams that show nothing."""
        listed = [camera(name) for name in "ABCDEFGHI"] if cameras is None else list(cameras)
        if listed:
            self.inbox.put(RegistryReached())
            self.inbox.put(CatalogSynced(catalog(listed)))
        if is_laid_out:
            self.size_tiles()

    # ---- an officer and the window

    def size_tiles(self, size_px: tuple[int, int] = TILE_PX) -> None:
        """Make every tile of the layout that large."""
        for number in range(1, self.console.layouts.get(self.console.wall.monitor(1).layout).tiles + 1):
            self.console.set_tile_size(tile(number), *size_px)

    def do(self, *commands: Command) -> None:
        """Dispatch, then pump without letting time pass."""
        for command in commands:
            self.console.dispatch(command)
        self.pump()

    def assign(self, **names: str) -> None:
        """Put cameras on tiles: `assign(t1="A")`."""
        self.do(*[AssignTile(tile(int(place[1:])), CameraId(name)) for place, name in names.items()])

    def clear(self, number: int) -> None:
        """Clear a tile."""
        self.do(ClearTile(tile(number)))

    def toggle_maximised(self, number: int) -> None:
        """Maximise a tile, or bring the layout back; its size follows, as a window's does."""
        self.console.dispatch(ToggleMaximised(1, number))
        is_maximised = self.console.wall.monitor(1).maximised is not None
        self.console.set_tile_size(tile(number), *(WALL_PX if is_maximised else TILE_PX))
        self.pump()

    # ---- time

    def pump(self, *messages: Message) -> None:
        """Leave messages and pump until nothing is left to take in; no time passes."""
        for message in messages:
            self.inbox.put(message)
        self.console.pump(self.now_s)
        while self.inbox.qsize():
            self.console.pump(self.now_s)

    def wait(self, seconds: float) -> None:
        """Let time pass in which no host shows anything."""
        self._turn(seconds, STEP_S, shows=False)

    def play(self, seconds: float = 1.0, step_s: float = STEP_S) -> None:
        """Let time pass in which every open stream that is not dark shows new pictures."""
        self._turn(seconds, step_s, shows=True)

    def _turn(self, seconds: float, step_s: float, *, shows: bool) -> None:
        for _ in range(round(seconds / step_s)):
            self.now_s += step_s
            if shows:
                for key in set(self.video.open_streams) - self.dark:
                    self.video.show(key, self.now_s)
            self.pump()

    # ---- looking

    def fail(self, key: StreamKey, failure: Failure) -> None:
        """Let a stream end by itself."""
        self.video.fail(key, failure)
        self.pump()

    def status(self, number: int) -> TileStatus:
        """What a tile says now."""
        return self.console.status(tile(number), self.now_s)

    def signs(self) -> dict[int, Sign]:
        """The sign of each tile that has a camera."""
        return {shown.number: self.status(shown.number).sign for shown in self.console.shown_tiles()}

    def slot(self, number: int) -> FakePictureSlot:
        """What a tile is painted from."""
        slot = self.console.slot(tile(number))
        assert isinstance(slot, FakePictureSlot)
        return slot

    @property
    def opened(self) -> list[StreamKey]:
        """Every open so far, in order."""
        return [opening.key for opening in self.video.openings]

    @property
    def closed(self) -> list[StreamKey]:
        """Every close so far, in order."""
        return [key for key, _ in self.video.closed]

    def outputs_of(self, key: StreamKey) -> list[FakePictureSlot]:
        """Where an open stream's pictures go."""
        return self.video.open_streams[key].slots

    def generations(self) -> Mapping[StreamKey, int]:
        """The generation under which each open stream is open."""
        return {key: stream.generation for key, stream in self.video.open_streams.items()}


def playing(**names: str) -> Bench:
    """A bench of four tiles whose cameras are live: `playing(t1="A", t2="B")`."""
    bench = Bench()
    bench.assign(**names)
    bench.play(1.0)
    assert set(bench.signs().values()) == {Sign.LIVE}
    return bench
