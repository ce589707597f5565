"""A post whose registry gets into trouble: the real client and console, and video that plays what it is told."""

from __future__ import annotations

import queue
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest

from app.audit.spool import Spool
from app.audit.writer import Journal
from app.console import Console, ConsoleSettings
from app.console.duty_book import DutyBook
from app.console.library import LayoutLibrary
from app.console.purpose_book import PurposeBook
from app.console.shortlist_keeper import ShortlistKeeper
from app.console.tour_library import TourLibrary
from app.core.backoff import RetryClass
from app.core.commands import AssignTile, ClearTile, TileId
from app.core.duty import SignInRule
from app.core.journal import Event, Kind
from app.core.layout import layouts_from_data
from app.core.layouts import Layouts
from app.core.model import CameraId, Profile, StreamKey
from app.core.ports import Message
from app.core.tile_status import Sign, TileStatus
from app.credentials import Identity
from app.known_officers import FILE_NAME as OFFICERS_FILE
from app.known_officers import KnownOfficers
from app.registry import audit_sender, leasing, order_watch, report_sender, retry, sync, tokens
from app.registry.answers import Timeouts
from app.registry.cache import CatalogCache
from app.registry.client import RegistryApi
from app.registry.report_sender import Vitals
from app.registry.sync import RegistryClient
from tests.fakes.fake_ports import FakePaths, FakeVideo
from tests.fakes.fake_stores import FakeLayoutStore, FakeShortlistStore, FakeSnapshots, FakeTourStore
from tests.waiting import until

QUICK = RetryClass(first_s=0.04, cap_s=0.16)
"""In place of the product's waits, so that a trouble of half a second has several tries in it."""
HELD_S = 0.15
TILE_PX = (480, 270)
PUBLIC_TILES = (1, 2, 3)
NEW_TILE = 4
"""Gets a camera during the trouble."""


class LongestRandom(Random):
    """Draws the longest wait: what a log shows is then no chance."""

    def uniform(self, a: float, b: float) -> float:
        return b

    def random(self) -> float:
        return 0.01  # of the console: its tiles ask again and again, and it is the client that holds off


def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shorten what the client waits; how it grows is the product's."""
    for module in (leasing, audit_sender):
        monkeypatch.setattr(module, "RETRY", QUICK)
    monkeypatch.setattr(audit_sender, "COLLECT_S", 0.01)
    for name in ("RETRY", "REFUSED"):
        monkeypatch.setattr(retry, f"{name}_FIRST_S", QUICK.first_s)
        monkeypatch.setattr(retry, f"{name}_CAP_S", QUICK.cap_s)
    for module in (sync, order_watch):
        monkeypatch.setattr(module, "ROUND_MIN_S", 0.02)
    monkeypatch.setattr(report_sender, "PERIOD_S", QUICK.first_s)
    monkeypatch.setattr(sync, "HELD_RETRY_S", HELD_S)
    monkeypatch.setattr(tokens, "REFUSED_S", QUICK.first_s)


class TroubledPost:
    """A wall of four tiles, and everything between it and its registry.

    Args:
        api: the registry, as the post.
        identity: the post's.
        folder: for all that it keeps.
    """

    def __init__(self, api: RegistryApi, identity: Identity, folder: Path) -> None:
        inbox: queue.SimpleQueue[Message] = queue.SimpleQueue()
        self.video = FakeVideo(inbox)
        self.journal = Journal(folder / "journal")
        cache = CatalogCache(folder / "cache", api.url, api.post_id)
        self.spool = Spool(folder / "journal", self.journal.go_on_after)
        officers = KnownOfficers(folder / OFFICERS_FILE, identity.private_key)
        vitals = Vitals("0.1.0", lambda: self.journal.head.seq)
        client = RegistryClient(
            api, inbox, LongestRandom(), cache, spool=self.spool, vitals=vitals, verifier=officers
        )
        self.journal.on_written = client.journal_written
        purposes = PurposeBook(self.journal)
        duty = DutyBook(SignInRule.OPTIONAL, client.duty, self.journal, purposes)
        self.shift = client.shift
        self.console = Console(
            ConsoleSettings("4"),
            client,
            self.video,
            FakePaths(inbox),
            inbox,
            LongestRandom(),
            lambda: 12,
            LayoutLibrary(Layouts(layouts_from_data([]), ("1", "4")), FakeLayoutStore()),
            TourLibrary(FakeTourStore(None)),
            ShortlistKeeper(FakeShortlistStore()),
            FakeSnapshots(),
            self.journal,
            purposes=purposes,
            duty=duty,
        )
        for number in (*PUBLIC_TILES, NEW_TILE):
            self.console.set_tile_size(TileId(1, number), *TILE_PX)
        client.start()

    def stop(self) -> None:
        """End it."""
        self.console.stop()
        self.journal.close()

    # ---- its officer

    def call_up(self, number: int, camera: CameraId) -> None:
        """Put a camera on a tile."""
        self.console.dispatch(AssignTile(TileId(1, number), camera))

    def clear(self, number: int) -> None:
        """Take the camera from a tile."""
        self.console.dispatch(ClearTile(TileId(1, number)))

    def note(self) -> None:
        """Have something written down that the registry is to get."""
        self.journal.write(Event(Kind.LOCKED, {"how": "key"}))

    # ---- what is seen

    def until(self, condition: Callable[[], object], what: str) -> None:
        """Let time pass until that is true."""

        def passed() -> object:
            self.pump()
            return condition()

        until(passed, step_s=0.005, what=f"{what} (the registry: {self.said or 'reached'})")

    def pump(self) -> None:
        """Let every open stream show a picture, and the console look."""
        now_s = time.monotonic()
        for key in list(self.video.open_streams):
            self.video.show(key, now_s)
        self.console.pump(now_s)

    @property
    def said(self) -> str:
        """Why the registry is not reached, in the words that an officer reads; empty while it is."""
        return str(self.console.registry.sentence or "")

    @property
    def codes(self) -> Sequence[CameraId]:
        """The catalogue's cameras in the order of their codes."""
        return sorted(self.console.catalog.cameras, key=lambda each: self.console.catalog.cameras[each].code)

    def status(self, number: int) -> TileStatus:
        """What a tile says."""
        return self.console.status(TileId(1, number), self.console.now_s)

    def plays(self, *numbers: int) -> bool:
        """Whether these tiles are live."""
        return all(self.status(number).sign is Sign.LIVE for number in numbers)

    def key(self, number: int) -> StreamKey:
        """The stream that a tile shows."""
        camera = self.console.wall.camera_at(TileId(1, number))
        assert camera is not None
        return StreamKey(camera, Profile.SUB)

    def show_public(self) -> None:
        """Fill all tiles but one, and wait until they play and the registry knows everything."""
        self.until(lambda: len(self.codes) > NEW_TILE, "the catalogue")
        for number, camera in zip(PUBLIC_TILES, self.codes, strict=False):
            self.call_up(number, camera)
        self.until(lambda: self.plays(*PUBLIC_TILES), "the public tiles")
        self.until(lambda: self.spool.acknowledged == self.journal.head.seq, "the journal")


@contextmanager
def running_post(
    url: str, identity: Identity, folder: Path, ca_file: Path | None = None, timeouts: Timeouts | None = None
) -> Iterator[TroubledPost]:
    """A post whose public tiles play."""
    post = TroubledPost(RegistryApi(url, identity, ca_file, timeouts=timeouts), identity, folder)
    try:
        post.show_public()
        yield post
    finally:
        post.stop()
