"""One contract for every engine: PyAV into shared memory, libVLC into a native window, and the fake of the tests.

The packets come from the camera simulator through the product's own ingest, as they would in a host.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import psutil
import pytest
from av.packet import Packet
from numpy.typing import NDArray

from app.core.errors import VideoError
from app.core.lights import Lights
from app.demo import barcode
from app.video.engines.av import AvEngine
from app.video.engines.base import Engine
from app.video.engines.vlc import Library, VlcEngine
from app.video.ingest import Ingest
from app.video.protocol import OutputSpec
from app.video.slots import ReadSlot, SlotMaker
from tests.fakes.fake_engine import FakeEngine
from tests.support.simulated_cameras import FRAME_RATE_FPS, H264_CODE, H265_CODE, Cameras, simulated_cameras
from tests.support.video_kit import rgb
from tests.support.x_window import x_window
from tests.waiting import GENEROUS_S
from tests.xdisplay import XDisplay, open_display

GENERATION = 41
SIZE_PX = (480, 270)
TOLERANCE = 0.35
"""Of rates and durations: libVLC renews its figures four times a second only."""
LEAST_COLOURS = 64
"""A scene has hundreds; a window that nobody draws into has one."""
LEAST_SPREAD = 8.0
"""Standard deviation of the pixels, of 255."""
Image = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Screen:
    """One output of an engine, and how to look at it."""

    spec: OutputSpec
    slot: ReadSlot
    grab: Callable[[], Image]

    @property
    def lights(self) -> Lights:
        return self.slot.lights(GENERATION)

    def index(self) -> int | None:
        """The frame number that the picture carries, None where there is no whole picture."""
        image = self.grab()
        return barcode.read(image[..., 1]) if image.size and is_scene(image) else None


class Rig(Protocol):
    """What the contract needs of an engine under test."""

    def engine(self, ingest: Ingest) -> Engine:
        """A new one for an open stream."""

    def screen(self) -> Screen:
        """A new output, gone with the test."""


def is_scene(image: Image) -> bool:
    """Whether a picture shows something: many colours, from dark to bright."""
    sample = image[::3, ::3].astype(np.uint32)
    colours = np.unique(sample @ np.array([1 << 16, 1 << 8, 1], np.uint32))
    return len(colours) >= LEAST_COLOURS and float(sample.std()) > LEAST_SPREAD


class SharedRig:
    """Engines that write into picture slots."""

    def __init__(self, stack: ExitStack, make: Callable[[Ingest], Engine]) -> None:
        self._stack = stack
        self.engine = make

    def screen(self) -> Screen:
        slot = self._stack.enter_context(closing(SlotMaker().new(*SIZE_PX)))
        return Screen(OutputSpec(slot.handle, *SIZE_PX), slot, lambda: _picture(slot))


def _picture(slot: ReadSlot) -> Image:
    picture = slot.picture()
    return np.zeros((0, 0, 3), np.uint8) if picture is None else rgb(picture)


class DirectRig:
    """libVLC, drawing into windows of a real X server."""

    def __init__(self, stack: ExitStack, display: XDisplay, library: Library) -> None:
        self._stack = stack
        self._display = display
        self._library = library
        self._windows = 0

    def engine(self, ingest: Ingest) -> Engine:
        return VlcEngine(ingest.stream, ingest.codec, GENERATION, lambda: self._library, hardware=False)

    def screen(self) -> Screen:
        where = (self._windows * (SIZE_PX[0] + 20), 0)
        self._windows += 1
        window_id = self._stack.enter_context(x_window(self._display.name, *where, *SIZE_PX))
        slot = self._stack.enter_context(closing(SlotMaker().new(0, 0)))
        spec = OutputSpec(slot.handle, *SIZE_PX, window_id)
        return Screen(spec, slot, lambda: self._display.grab(str(window_id)))


@pytest.fixture(scope="module")
def cameras() -> Iterator[Cameras]:
    with simulated_cameras() as running:
        yield running


@pytest.fixture(scope="module")
def display() -> Iterator[XDisplay | None]:
    """An X server, None where there is none."""
    if not sys.platform.startswith("linux"):
        yield None
        return
    with open_display() as running:
        yield running


@pytest.fixture(scope="module")
def library() -> Iterator[Library | None]:
    """A libVLC, None where there is none."""
    try:
        made = Library()
    except VideoError:
        yield None
        return
    yield made
    made.close()


@pytest.fixture(params=["av", "vlc", "fake"])
def rig(
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    display: XDisplay | None,
    library: Library | None,
) -> Iterator[Rig]:
    with ExitStack() as stack:
        if request.param == "av":
            yield SharedRig(stack, lambda ingest: AvEngine(ingest.stream, GENERATION))
        elif request.param == "fake":
            yield SharedRig(stack, lambda _: FakeEngine(GENERATION))
        elif display is None or library is None:
            pytest.skip("no X server, or no libVLC")
        else:
            monkeypatch.setenv("DISPLAY", display.name)
            yield DirectRig(stack, display, library)


@dataclass(slots=True)
class Play:
    """A stream that an engine plays, packet by packet in the camera's own time."""

    engine: Engine
    ingest: Ingest
    packets: Iterator[Packet[Any]]

    def until(self, condition: Callable[[], bool], what: str) -> None:
        """Feed until it is true; asked once a packet, that is fifteen times a second."""
        give_up_s = time.monotonic() + GENEROUS_S
        while not condition():
            assert time.monotonic() < give_up_s, f"{what} did not come true"
            self.engine.feed(next(self.packets))

    def pictures(self, more: int) -> None:
        """Feed until there are so many more pictures."""
        wanted = self.engine.pictures + more
        self.until(lambda: self.engine.pictures >= wanted, f"{wanted} pictures")


@contextmanager
def playing(rig: Rig, cameras: Cameras, *screens: Screen, code: str = H264_CODE) -> Iterator[Play]:
    """An engine on an open camera; both are closed in the end."""
    with closing(Ingest(cameras.endpoint(code), cameras.username, cameras.secret, None)) as ingest:
        engine = rig.engine(ingest)
        try:
            engine.set_outputs(tuple(screen.spec for screen in screens))
            yield Play(engine, ingest, ingest.packets())
        finally:
            engine.close()


@pytest.mark.parametrize("code", [H264_CODE, H265_CODE])
def test_first_pictures_are_seen_and_counted_for_their_generation(rig: Rig, cameras: Cameras, code: str) -> None:
    screen = rig.screen()
    with playing(rig, cameras, screen, code=code) as play:
        play.until(lambda: screen.index() is not None, "a whole picture on the screen")
        play.until(lambda: screen.lights.pictures > 0, "its count")
        lights = screen.lights
    assert 0 < lights.pictures <= lights.packets
    assert lights.packet_bytes > lights.packets * 10
    assert 0.0 < lights.last_picture_s <= time.monotonic()
    assert screen.slot.lights(GENERATION - 1) == screen.slot.lights(GENERATION + 1) == Lights()


def test_pictures_and_their_timestamps_rise_at_the_rate_of_the_stream(rig: Rig, cameras: Cameras) -> None:
    screen = rig.screen()
    readings: list[Lights] = []
    with playing(rig, cameras, screen) as play:
        play.pictures(more=5)
        for _ in range(6):
            play.pictures(more=4)
            readings.append(screen.lights)
    first, last = readings[0], readings[-1]
    took_s = last.last_picture_s - first.last_picture_s
    assert (last.pictures - first.pictures) / took_s == pytest.approx(FRAME_RATE_FPS, rel=TOLERANCE)
    packets_fps = (last.packets - first.packets) / (last.last_packet_s - first.last_packet_s)
    assert packets_fps == pytest.approx(FRAME_RATE_FPS, rel=TOLERANCE)
    times_us = [lights.pts_us for lights in readings]
    assert times_us == sorted(set(times_us))
    assert (times_us[-1] - times_us[0]) / 1e6 == pytest.approx(took_s, rel=TOLERANCE)


def test_what_is_seen_moves_on(rig: Rig, cameras: Cameras) -> None:
    screen = rig.screen()
    seen: set[int] = set()

    def has_moved() -> bool:
        index = screen.index()
        seen.update(() if index is None else (index,))
        return len(seen) >= 4

    with playing(rig, cameras, screen) as play:
        play.until(has_moved, "four different frames on the screen")


def test_outputs_stay_and_change_while_the_stream_plays(rig: Rig, cameras: Cameras) -> None:
    first, second = rig.screen(), rig.screen()
    with playing(rig, cameras, first) as play:
        play.until(
            lambda: first.index() is not None and first.lights.pictures > 0, "a picture on the first screen"
        )
        packets = first.lights.packets
        play.engine.set_outputs((first.spec,))
        play.pictures(more=1)
        assert first.lights.packets > packets, "what stays is not begun anew"
        play.engine.set_outputs((second.spec,))
        left = first.lights.packets
        play.until(lambda: second.index() is not None, "a picture on the second screen")
        play.until(lambda: second.lights.pictures > 0, "its count")
        assert first.lights.packets == left, "the first screen is left alone"


def test_close_ends_everything(rig: Rig, cameras: Cameras) -> None:
    screen = rig.screen()
    threads = psutil.Process().num_threads()
    with playing(rig, cameras, screen) as play:
        play.until(lambda: screen.index() is not None, "a picture")
        play.engine.close()
        after, index = screen.lights, screen.index()
        time.sleep(3 / FRAME_RATE_FPS)
        assert screen.lights == after
        assert screen.index() in (index, None), "what was shown last, or nothing"
        assert psutil.Process().num_threads() <= threads
        play.engine.close()


def test_bad_packets_raise_nothing_and_good_ones_play_on(rig: Rig, cameras: Cameras) -> None:
    screen = rig.screen()
    rng = random.Random(7)
    with playing(rig, cameras, screen) as play:
        play.pictures(more=3)
        for _ in range(12):
            play.engine.feed(spoiled(next(play.packets), rng))
        play.pictures(more=int(FRAME_RATE_FPS))
        play.until(lambda: screen.index() is not None, "a whole picture after the bad packets")


def test_stream_whose_first_packet_carries_no_time_plays(rig: Rig, cameras: Cameras) -> None:
    """FFmpeg gives no timestamp to the first packet of a session, and that may be a key frame."""
    screen = rig.screen()
    with playing(rig, cameras, screen) as play:
        first = next(packet for packet in play.packets if packet.is_keyframe)
        first.pts = first.dts = None
        play.engine.feed(first)
        play.until(lambda: screen.index() is not None, "a picture")
        play.until(lambda: screen.lights.pictures >= 5, "more pictures")


def test_jumps_of_the_camera_clock_freeze_nothing(rig: Rig, cameras: Cameras) -> None:
    screen = rig.screen()
    with playing(rig, cameras, screen) as play:
        play.until(lambda: screen.index() is not None and screen.lights.pictures > 0, "a picture")
        for jump_s in (-10.0, 20.0):
            play.packets = moved_in_time(play.packets, jump_s)
            play.pictures(more=int(FRAME_RATE_FPS / 2))
            before = screen.index()
            play.until(
                lambda before=before: screen.index() not in (None, before), "another picture after the jump"
            )


def moved_in_time(packets: Iterator[Packet[Any]], by_s: float) -> Iterator[Packet[Any]]:
    """The same packets, their timestamps moved."""
    for packet in packets:
        if packet.pts is not None and packet.time_base:
            packet.pts = packet.dts = packet.pts + int(by_s / packet.time_base)
        yield packet


def spoiled(packet: Packet[Any], rng: random.Random) -> Packet[Any]:
    """A packet of the same place in the stream with bad bytes: noise, a part, flipped bits, a bare start code."""
    good = bytearray(bytes(packet))
    for _ in range(max(1, len(good) // 50)):
        good[rng.randrange(4, len(good))] ^= 1 << rng.randrange(8)
    bad = rng.choice([bytes(good), bytes(good[: len(good) // 3]), rng.randbytes(400), b"\x00\x00\x00\x01"])
    new: Packet[Any] = Packet(bad)
    new.stream = packet.stream
    new.pts, new.dts, new.is_keyframe = packet.pts, packet.dts, packet.is_keyframe
    if packet.time_base is not None:
        new.time_base = packet.time_base
    return new
