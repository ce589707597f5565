"""Looking closely, masks and purposes as the tile book sees them: what is opened, where, and which part of it."""

from __future__ import annotations

import queue
from collections.abc import Callable
from typing import Any

import pytest

from app.console.purpose_book import PurposeBook
from app.console.settings import ConsoleSettings
from app.console.stream_record import Wanted
from app.console.streams import StreamBook
from app.console.tile_book import TileBook
from app.core.budget import HardwareChoice, Surface, SurfaceChoice
from app.core.commands import AssignTile, ClearTile, SwapTiles
from app.core.failure import Reason
from app.core.masks import Masks
from app.core.model import Camera, CameraId, Codec, PrivacyClass, StreamKey
from app.core.monitor import MonitorState
from app.core.ports import Message, StreamOpened
from app.core.purpose import LeasePurpose, Purpose, PurposeKind
from app.core.tile_status import Sign
from app.core.wall import WallState, apply
from app.core.zoom import NO_ZOOM, WHOLE, Zoom
from tests.fakes.fake_journal import FakeJournal
from tests.fakes.fake_ports import FakeRegistry, FakeVideo
from tests.unit.console.console_bench import (
    LAYOUTS,
    SUB,
    TILE_PX,
    HalfRandom,
    camera,
    catalog,
    main,
    sub,
    tile,
)

A, B = CameraId("A"), CameraId("B")
CLOSER = NO_ZOOM.stepped(4, 0.25, 0.75)
MASKS: Masks = (((0.0, 0.0), (0.5, 0.0), (0.0, 0.5)),)
WINDOW = 77


class Rig:
    """A tile book, its streams, and a wall of four tiles that shows camera `A` on the first."""

    def __init__(self, *cameras: Camera, surface: SurfaceChoice = SurfaceChoice.AUTO, **rules: Any) -> None:
        inbox: queue.SimpleQueue[Message] = queue.SimpleQueue()
        self.now_s = 1000.0
        self.inbox = inbox
        self.video = FakeVideo(inbox)
        registry = FakeRegistry(inbox, lambda: self.now_s)
        self.streams = StreamBook(
            registry,
            self.video,
            HardwareChoice.AUTO,
            HalfRandom(),
            lambda: False,
            lambda *_: LeasePurpose.SECURITY,
        )
        settings = ConsoleSettings("4", surface=surface, may_draw_directly=True)
        self.book = TileBook(self.video, settings, **rules)
        self.catalog = catalog(cameras or (camera("A"), camera("B")))
        self.wall = WallState((MonitorState("4", {1: A}),))
        for number in range(1, 5):
            self.book.set_size(tile(number), TILE_PX)
        self.reconcile()

    def do(self, *commands: AssignTile | ClearTile | SwapTiles) -> None:
        for command in commands:
            self.wall = apply(self.wall, command, LAYOUTS)
        self.reconcile()

    def reconcile(self) -> None:
        wanted, close = self.book.reconcile(self.wall, self.catalog, LAYOUTS, self.now_s)
        self.streams.want(wanted, self.now_s)
        close()
        while self.inbox.qsize():
            message = self.inbox.get_nowait()
            if isinstance(message, StreamOpened):
                self.streams.host_opened(message, self.now_s)
            lease = getattr(message, "lease", None)
            if lease is not None:
                self.streams.lease_granted(lease, self.now_s)

    def zoom(self, zoom: Zoom) -> bool:
        has_changed = self.book.set_zoom(tile(1), A, zoom)
        self.reconcile()
        return has_changed

    @property
    def open(self) -> set[StreamKey]:
        return set(self.video.open_streams)


def test_a_closer_look_is_told_to_the_host_without_a_new_slot() -> None:
    rig = Rig(camera("A", SUB))
    slots = len(rig.video.slots)
    assert rig.zoom(CLOSER)
    assert [output.crop for output in rig.video.open_streams[sub("A")].outputs] == [CLOSER.crop]
    assert len(rig.video.slots) == slots and rig.video.output_changes == [sub("A")]
    assert rig.zoom(NO_ZOOM)
    assert [output.crop for output in rig.video.open_streams[sub("A")].outputs] == [WHOLE]


def test_the_same_look_again_changes_nothing() -> None:
    rig = Rig(camera("A", SUB))
    rig.zoom(CLOSER)
    assert not rig.zoom(CLOSER) and len(rig.video.output_changes) == 1


def test_a_closer_look_brings_the_main_stream_and_the_small_one_is_there_when_it_ends() -> None:
    rig = Rig()
    assert rig.open == {sub("A")}
    rig.streams.host_opened(StreamOpened(sub("A"), 1, Codec.H264, 640, 360, 15.0), rig.now_s)
    rig.zoom(CLOSER)
    assert rig.open == {sub("A"), main("A")}
    assert [output.crop for each in rig.video.open_streams.values() for output in each.outputs] == [
        CLOSER.crop
    ] * 2
    rig.book.settle(lambda _: Sign.LIVE)
    rig.reconcile()
    assert rig.open == {sub("A"), main("A")}, "the small one stays warm"
    rig.zoom(NO_ZOOM)
    rig.book.settle(lambda _: Sign.LIVE)
    rig.reconcile()
    assert rig.open == {sub("A")}


@pytest.mark.parametrize(
    "command",
    [AssignTile(tile(1), B), ClearTile(tile(1)), SwapTiles(tile(1), tile(2))],
    ids=lambda each: each.name,
)
def test_another_camera_on_the_tile_is_seen_whole(command: AssignTile | ClearTile | SwapTiles) -> None:
    rig = Rig()
    rig.do(AssignTile(tile(2), B))
    rig.zoom(CLOSER)
    rig.do(command)
    assert all(output.crop == WHOLE for each in rig.video.open_streams.values() for output in each.outputs)
    assert rig.book.zoom(tile(1), B) == NO_ZOOM
    rig.do(AssignTile(tile(1), A))
    assert rig.book.zoom(tile(1), A) == NO_ZOOM, "and so is the first one when it comes back"


def large(*cameras: Camera, **rules: Any) -> Rig:
    """A wall whose first tile is large enough to be drawn directly."""
    rig = Rig(*(cameras or (camera("A"),)), **rules)
    rig.book.set_size(tile(1), (1280, 720))
    rig.book.set_window(tile(1), WINDOW)
    rig.now_s += 10.0
    for key in rig.open:
        rig.video.describe(key)
    rig.reconcile()
    rig.streams.check(rig.now_s)
    return rig


def surfaces(rig: Rig) -> list[Surface]:
    return [output.surface for each in rig.video.open_streams.values() for output in each.outputs]


@pytest.mark.parametrize("setting", [SurfaceChoice.AUTO, SurfaceChoice.DIRECT])
def test_a_direct_tile_is_shared_while_it_is_looked_at_closely(setting: SurfaceChoice) -> None:
    rig = large(surface=setting)
    assert rig.book.surfaces.of(tile(1)) is Surface.DIRECT
    rig.zoom(CLOSER)
    assert rig.book.surfaces.of(tile(1)) is Surface.SHARED
    assert CLOSER.crop in [output.crop for output in rig.video.open_streams[main("A")].outputs]
    rig.zoom(NO_ZOOM)
    assert rig.book.surfaces.of(tile(1)) is Surface.DIRECT


@pytest.mark.parametrize("setting", [SurfaceChoice.AUTO, SurfaceChoice.DIRECT])
def test_a_direct_tile_is_shared_while_its_pixels_are_read(setting: SurfaceChoice) -> None:
    rig = large(surface=setting)
    assert rig.book.surfaces.read(tile(1), A) and not rig.book.surfaces.read(tile(1), A)
    rig.reconcile()
    assert rig.book.surfaces.of(tile(1)) is Surface.SHARED and Surface.SHARED in surfaces(rig)
    assert rig.book.surfaces.read(tile(1), None) and not rig.book.surfaces.read(tile(1), None)
    rig.reconcile()
    assert rig.book.surfaces.of(tile(1)) is Surface.DIRECT


@pytest.mark.parametrize("setting", [SurfaceChoice.AUTO, SurfaceChoice.DIRECT])
@pytest.mark.parametrize(
    ("masks", "is_watermarked"), [(MASKS, lambda _: False), ((), lambda _: True)], ids=["masked", "watermarked"]
)
def test_what_must_be_drawn_over_is_never_drawn_directly(
    setting: SurfaceChoice, masks: Masks, is_watermarked: Callable[[Camera], bool]
) -> None:
    rig = large(camera("A", masks=masks), surface=setting, is_watermarked=is_watermarked)
    assert rig.book.surfaces.of(tile(1)) is Surface.SHARED
    assert Surface.DIRECT not in surfaces(rig)


def test_masks_that_come_later_end_a_direct_surface_at_once() -> None:
    rig = large()
    assert Surface.DIRECT in surfaces(rig)
    rig.catalog = catalog([camera("A", masks=MASKS)])
    rig.reconcile()
    assert rig.book.surfaces.of(tile(1)) is Surface.SHARED


def test_nothing_is_opened_of_a_camera_whose_masks_cannot_be_read() -> None:
    rig = Rig(camera("A", masks=None))
    assert not rig.open
    assert rig.book.withheld(camera("A", masks=None), rig.now_s) is Reason.MASKS_UNREADABLE


PRIVATE = camera("A", privacy=PrivacyClass.PRIVATE_OFFICE)
PUBLIC = camera("B", privacy=PrivacyClass.PUBLIC_STREET)


def test_a_private_camera_is_opened_with_a_purpose_only_and_closed_with_its_end() -> None:
    purposes = PurposeBook(FakeJournal())
    rig = Rig(PRIVATE, PUBLIC, purposes=purposes)
    rig.do(AssignTile(tile(2), B))
    assert rig.open == {sub("B")}
    assert rig.book.withheld(PRIVATE, rig.now_s) is Reason.PURPOSE_NEEDED
    grant = purposes.give(A, Purpose(PurposeKind.INCIDENT), rig.now_s)
    rig.reconcile()
    assert rig.open == {sub("A"), sub("B")} and rig.book.revisit_s == grant.until_s
    rig.now_s = rig.book.revisit_s
    rig.reconcile()
    assert rig.open == {sub("B")} and rig.book.record(tile(1)) is None
    assert rig.book.withheld(PRIVATE, rig.now_s) is Reason.PURPOSE_EXPIRED


def test_a_private_camera_is_not_even_kept_warm_without_a_purpose() -> None:
    rig = Rig(PRIVATE, PUBLIC, purposes=PurposeBook(FakeJournal()))
    rig.book.expect({tile(3): A, tile(4): B})
    rig.reconcile()
    assert rig.open == {sub("B")}


def test_without_a_purpose_book_nobody_is_asked() -> None:
    assert Rig(PRIVATE).open == {sub("A")}


def test_a_stream_that_may_be_leased_for_nothing_is_not_asked_for() -> None:
    """Whatever wants it: the last gate before a registry fails closed."""
    inbox: queue.SimpleQueue[Message] = queue.SimpleQueue()
    registry, video = FakeRegistry(inbox, lambda: 1000.0), FakeVideo(inbox)
    streams = StreamBook(registry, video, HardwareChoice.AUTO, HalfRandom(), lambda: True, lambda *_: None)
    private = camera("A", privacy=PrivacyClass.PRIVATE_OFFICE)
    streams.want({sub("A"): Wanted(private, private.profiles[0], [])}, 1000.0)
    record = streams.get(sub("A"))
    assert record is not None and record.state.failure is not None
    assert record.state.failure.reason is Reason.PURPOSE_NEEDED
    assert registry.requested == []
