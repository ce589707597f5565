"""Direct surfaces through a real host process: libVLC draws into windows of a real X server."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import psutil
import pytest

from app.core.budget import HardwareChoice
from app.core.failure import Reason
from app.core.model import Profile
from app.core.ports import Output, StreamDecoding
from app.demo import barcode
from app.demo.scenes import CLIP_FORMATS
from tests.support.fault_proxy import FaultNet, slow
from tests.support.simulated_cameras import FRAME_RATE_FPS, H265_CODE, Cameras, simulated_cameras
from tests.support.video_kit import Stream, Wall, lease_for, running_wall, stream_key
from tests.support.x_window import x_window
from tests.waiting import until
from tests.xdisplay import XDisplay, open_display

WINDOW_PX = (480, 270)
IN_FLIGHT = 10
"""Packets in which what was decoded before is painted; libVLC decodes twice as many ahead of an output."""
pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="draws into X windows")


@pytest.fixture(scope="module")
def cameras() -> Iterator[Cameras]:
    with simulated_cameras() as running:
        yield running


@pytest.fixture(scope="module")
def display() -> Iterator[XDisplay]:
    with open_display() as running:
        yield running


@pytest.fixture
def wall(display: XDisplay, monkeypatch: pytest.MonkeyPatch) -> Iterator[Wall]:
    monkeypatch.setenv("DISPLAY", display.name)
    with running_wall() as running:
        yield running


@dataclass(frozen=True, slots=True)
class Window:
    """A window of the wall."""

    id: int
    display: XDisplay

    def frame_number(self) -> int | None:
        """The number of the frame that it shows, None for anything else."""
        return barcode.read(self.display.grab(str(self.id))[..., 1])


@pytest.fixture
def windows(display: XDisplay) -> Iterator[tuple[Window, Window]]:
    with (
        x_window(display.name, 0, 0, *WINDOW_PX) as left,
        x_window(display.name, 600, 0, *WINDOW_PX) as right,
    ):
        yield Window(left, display), Window(right, display)


def open_directly(wall: Wall, cameras: Cameras, window_id: int, code: str, port: int | None = None) -> Stream:
    """Play a camera in a window; `port` is that of a proxy before it."""
    stream = Stream(stream_key(1), 1, wall.slot(0, 0))
    endpoint = replace(cameras.endpoint(code), port=port or cameras.port)
    lease = lease_for(stream.key, endpoint, cameras.username, cameras.secret)
    output = Output(stream.slot, *WINDOW_PX, window_id)
    wall.supervisor.open(lease, stream.generation, [output], HardwareChoice.NEVER)
    return stream


def test_camera_is_drawn_into_its_window_and_moves_to_another(
    wall: Wall, cameras: Cameras, windows: tuple[Window, Window]
) -> None:
    left, right = windows
    stream = open_directly(wall, cameras, left.id, H265_CODE)
    decoding = wall.wait_for(StreamDecoding, stream)
    assert (decoding.engine, decoding.decoder) == ("vlc", "software")
    until(lambda: left.frame_number() is not None, what="a picture in the left window")
    first = left.frame_number()
    until(lambda: left.frame_number() not in (None, first), what="the next picture")
    assert right.frame_number() is None
    moved = Stream(stream.key, stream.generation, wall.slot(0, 0))
    wall.supervisor.set_outputs(stream.key, [Output(moved.slot, *WINDOW_PX, right.id)])
    until(lambda: right.frame_number() is not None, what="a picture in the right window")
    until(lambda: moved.pictures > 0, what="its count")
    wall.supervisor.close(stream.key, stream.generation)
    wall.wait_closed(stream)
    last = right.frame_number()
    pictures = moved.pictures
    other = wall.open(cameras.endpoint(), cameras.username, cameras.secret)
    wall.wait_pictures(other, more=5)
    assert right.frame_number() in (last, None)
    assert moved.pictures == pictures


def test_host_that_draws_directly_loads_no_opengl(
    wall: Wall, cameras: Cameras, windows: tuple[Window, Window]
) -> None:
    """Where it is software it would cost more than the decoding."""
    stream = open_directly(wall, cameras, windows[0].id, H265_CODE)
    until(lambda: windows[0].frame_number() is not None, what="a picture")
    (host,) = [each for each in psutil.Process().children(recursive=True) if "app.video.host" in each.cmdline()]
    loaded = {Path(each.path).name for each in host.memory_maps()}
    assert any(name.startswith("libxcb_x11_plugin") for name in loaded)
    assert not [name for name in loaded if name.startswith(("libGLX", "libEGL", "libLLVM"))]
    wall.supervisor.close(stream.key, stream.generation)
    wall.wait_closed(stream)


def test_pictures_that_do_not_reach_the_screen_are_not_counted(
    wall: Wall, cameras: Cameras, windows: tuple[Window, Window], display: XDisplay
) -> None:
    """libVLC decodes twenty pictures ahead of an X server that has stopped: the tile must grow old meanwhile."""
    stream = open_directly(wall, cameras, windows[0].id, H265_CODE)
    wall.wait_pictures(stream, more=20)
    server = psutil.Process(display.pid)
    server.suspend()
    try:
        wait_packets(stream, IN_FLIGHT)
        held = stream.slot.lights(stream.generation)
        wait_packets(stream, IN_FLIGHT)
        after = stream.slot.lights(stream.generation)
    finally:
        server.resume()
    assert after.pictures == held.pictures and after.last_picture_s == held.last_picture_s
    until(lambda: stream.pictures > after.pictures, what="the next picture")
    again = stream.slot.lights(stream.generation)
    assert again.late_s > IN_FLIGHT / FRAME_RATE_FPS, "it had waited for the server"
    until(lambda: stream.slot.lights(stream.generation).late_s < again.late_s / 2, what="punctual pictures")
    wall.supervisor.close(stream.key, stream.generation)
    wall.wait_closed(stream)


def test_gap_among_the_first_packets_delays_no_later_picture(
    wall: Wall, cameras: Cameras, windows: tuple[Window, Window]
) -> None:
    """libVLC shows a stream at the pace of what it has waited for: a gap in that delayed all pictures."""
    with FaultNet() as net:
        proxy = net.proxy(cameras.port)
        stream = open_directly(wall, cameras, windows[0].id, H265_CODE, proxy.port)
        until(lambda: stream.slot.lights(stream.generation).packets >= 3, step_s=0.002, what="the first packets")
        proxy.set(slow(1.0))
        wait_packets(stream, 4)
        at_the_gaps_end = windows[0].frame_number()
        wait_packets(stream, IN_FLIGHT)
        later = windows[0].frame_number()
        assert at_the_gaps_end is not None and later is not None
        assert (later - at_the_gaps_end) % CLIP_FORMATS[Profile.SUB].frames >= IN_FLIGHT / 2
        wall.supervisor.close(stream.key, stream.generation)
        wall.wait_closed(stream)


def wait_packets(stream: Stream, more: int) -> None:
    """Wait until so many packets have come."""
    lights = stream.slot.lights(stream.generation)
    wanted = lights.packets + more
    until(lambda: stream.slot.lights(stream.generation).packets >= wanted, what=f"{more} packets")


def test_killed_host_is_told_and_takes_its_picture_along(
    wall: Wall, cameras: Cameras, windows: tuple[Window, Window]
) -> None:
    """What it drew into is a window of its own inside the wall's; by OpenGL, its last picture would stay."""
    window = windows[0]
    stream = open_directly(wall, cameras, window.id, H265_CODE)
    until(lambda: window.frame_number() is not None, what="a picture")
    wall.supervisor.kill_host_of(stream.key)
    assert wall.wait_failed(stream).failure.reason is Reason.HOST_LOST
    until(lambda: window.frame_number() is None, what="the end of its last picture")
