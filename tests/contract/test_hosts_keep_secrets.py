"""A canary password travels every path through the hosts and is found in nothing that anyone could read."""

from __future__ import annotations

import io
import logging
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from app.core.budget import HardwareChoice
from app.core.failure import Reason
from app.core.model import Endpoint
from app.core.ports import Output
from app.core.redact import Secret
from tests.support import canary, odd_camera
from tests.support.odd_camera import OddCamera
from tests.support.simulated_cameras import USERNAME, Cameras, simulated_cameras
from tests.support.video_kit import TILE_PX, Stream, Wall, lease_for, running_wall, stream_key
from tests.support.x_window import x_window
from tests.xdisplay import XDisplay

CANARY = canary.new_canary()
WRONG_CANARY = canary.new_canary()
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="reads /proc and sends POSIX signals")


@pytest.fixture(scope="module")
def cameras() -> Iterator[Cameras]:
    with simulated_cameras(CANARY) as running:
        yield running


@pytest.fixture
def spied_wall(tmp_path: Path) -> Iterator[Wall]:
    """A wall whose hosts write their standard error into a file instead of nowhere; ends with the search."""
    stderr = tmp_path / "stderr"
    shell = ("/bin/sh", "-c", 'exec "$0" -m app.video.host 2>>"$1"', sys.executable, str(stderr))
    with logged() as log, running_wall(shell) as wall:
        wall.prepare(1)
        yield wall
    assert "host=1 started" in log.getvalue()
    everything = [stderr.read_bytes(), log.getvalue().encode(), repr(wall.messages_of(object)).encode()]
    everything += [path.read_bytes() for path in Path(os.environ["HOME"]).rglob("*") if path.is_file()]
    for text in everything:
        assert_clean(text)


@contextmanager
def logged() -> Iterator[io.StringIO]:
    """Everything that this process logs, tracebacks too."""
    log = io.StringIO()
    handler = logging.StreamHandler(log)
    root = logging.getLogger()
    level = root.level
    root.setLevel(logging.DEBUG)
    root.addHandler(handler)
    try:
        yield log
    finally:
        root.removeHandler(handler)
        root.setLevel(level)


def assert_clean(text: bytes) -> None:
    """Neither of the canaries is in there, in any form."""
    for form in canary.forms(CANARY) | canary.forms(WRONG_CANARY):
        assert form not in text, f"a password was written: {form!r}"


def assert_processes_clean(wall: Wall) -> None:
    """No host shows a password to whoever lists processes."""
    hosts = [psutil.Process(pid) for pid in wall.supervisor.pids()]
    assert hosts
    assert all("app.video.host" in host.cmdline() for host in hosts)
    assert not canary.found_in_processes((CANARY, WRONG_CANARY), hosts)


@pytest.mark.parametrize("options", ["", "basic"])
def test_login_that_is_taken(spied_wall: Wall, cameras: Cameras, options: str) -> None:
    stream = spied_wall.open(cameras.endpoint(options=options), cameras.username, cameras.secret)
    spied_wall.wait_pictures(stream, more=3)
    assert_processes_clean(spied_wall)


@pytest.mark.parametrize("options", ["", "basic"])
def test_login_that_is_refused(spied_wall: Wall, cameras: Cameras, options: str) -> None:
    stream = spied_wall.open(cameras.endpoint(options=options), cameras.username, Secret(WRONG_CANARY))
    assert spied_wall.wait_failed(stream).failure.reason is Reason.UNAUTHORIZED
    assert_processes_clean(spied_wall)


def test_address_that_does_not_play(spied_wall: Wall) -> None:
    with odd_camera.closed_port() as port, OddCamera(odd_camera.greeting) as odd:
        endpoints = [Endpoint("rtsp", odd_camera.LOOPBACK, each, "/stream") for each in (port, odd.port)]
        streams = [spied_wall.open(endpoint, USERNAME, Secret(CANARY)) for endpoint in endpoints]
        for stream in streams:
            spied_wall.wait_failed(stream)
    assert_processes_clean(spied_wall)


def test_host_that_crashes(spied_wall: Wall, cameras: Cameras) -> None:
    stream = spied_wall.open(cameras.endpoint(), cameras.username, cameras.secret)
    spied_wall.wait_pictures(stream)
    for pid in spied_wall.supervisor.pids():
        os.kill(pid, signal.SIGSEGV)
    assert spied_wall.wait_failed(stream).failure.reason is Reason.HOST_LOST


def test_login_of_a_camera_on_a_direct_surface(
    xvfb: XDisplay, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest, cameras: Cameras
) -> None:
    monkeypatch.setenv("DISPLAY", xvfb.name)
    wall = request.getfixturevalue("spied_wall")
    with shown_directly(wall, cameras, xvfb) as stream:
        wall.wait_pictures(stream, more=3)
        assert_processes_clean(wall)


@contextmanager
def shown_directly(wall: Wall, cameras: Cameras, display: XDisplay) -> Iterator[Stream]:
    """A stream that libVLC draws into a window; closed before the window goes."""
    stream = Stream(stream_key(1), 1, wall.slot(0, 0))
    lease = lease_for(stream.key, cameras.endpoint(), cameras.username, cameras.secret)
    with x_window(display.name, 0, 0, *TILE_PX) as window_id:
        output = Output(stream.slot, *TILE_PX, window_id)
        wall.supervisor.open(lease, stream.generation, [output], HardwareChoice.NEVER)
        yield stream
        wall.supervisor.close(stream.key, stream.generation)
        wall.wait_closed(stream)
