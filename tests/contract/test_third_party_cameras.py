"""Cameras that are not ours play: GStreamer's RTSP server, each stream through a real host process."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest

from app.core.failure import Reason
from app.core.lights import Lights
from app.core.model import Codec, Endpoint
from app.core.ports import StreamFailed
from app.core.redact import Secret
from tests.support.gstreamer import require_gstreamer, running_script
from tests.support.odd_camera import LOOPBACK
from tests.support.video_kit import Wall, running_wall
from tests.waiting import until

USERNAME, PASSWORD = "admin", "p:a@s%s/w?r#d"
NEEDED_PICTURES = 20
TRIES = 5
"""A first request may be answered 503 while the camera's pipeline warms up."""
RATE_TOLERANCE = 0.3
KEY_PERIOD_S = 4.0
SPARE_S = 4.0
"""What two busy cores may add to any limit."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of a stream: its description, and its counters early and later on."""

    codec: Codec
    size_px: tuple[int, int]
    declared_fps: float | None
    readings: list[Lights]

    @property
    def measured_fps(self) -> float:
        first, last = self.readings[0], self.readings[-1]
        return (last.pictures - first.pictures) / (last.last_picture_s - first.last_picture_s)


@pytest.fixture(scope="module")
def ports() -> Iterator[Mapping[str, int]]:
    """The ports of GStreamer's cameras: without a login, and with one."""
    require_gstreamer()
    with running_script("gst_cameras.py", {"username": USERNAME, "password": PASSWORD}) as announced:
        yield announced


@pytest.fixture(scope="module")
def seen(ports: Mapping[str, int]) -> Mapping[str, Seen]:
    """What a host saw of every camera; all play at once."""
    endpoints = {
        name: Endpoint("rtsp", LOOPBACK, ports["port"], f"/{name}")
        for name in ("h264", "h265", "mjpeg", "audio", "b-frames", "rare-keys")
    }
    with running_wall() as wall:
        viewers = [Viewer(wall, name, endpoint) for name, endpoint in endpoints.items()]
        login = Endpoint("rtsp", LOOPBACK, ports["login_port"], "/h264")
        viewers.append(Viewer(wall, "login", login, USERNAME, Secret(PASSWORD)))
        until(lambda: all([viewer.look() for viewer in viewers]), step_s=0.01, what="pictures of every camera")
        return {viewer.name: viewer.seen() for viewer in viewers}


class Viewer:
    """Watches one camera; one that is still starting is tried again."""

    def __init__(
        self, wall: Wall, name: str, endpoint: Endpoint, username: str = "", secret: Secret | None = None
    ) -> None:
        self.name = name
        self._wall = wall
        self._access = (endpoint, username, secret)
        self._stream = wall.open(*self._access)
        self._tries = 1
        self._readings: list[Lights] = []

    def look(self) -> bool:
        """Take a reading; whether there are enough."""
        failed = self._wall.messages_of(StreamFailed, self._stream.key)
        if failed:
            assert failed[0].failure.reason is Reason.BUSY and self._tries < TRIES, (self.name, failed)
            self._tries += 1
            self._stream = self._wall.open(*self._access)
        lights = self._stream.slot.lights(self._stream.generation)
        if lights.pictures and (not self._readings or lights.pictures > self._readings[-1].pictures):
            self._readings.append(lights)
        return len(self._readings) > 1 and lights.pictures - self._readings[0].pictures >= NEEDED_PICTURES

    def seen(self) -> Seen:
        """What there was to see."""
        opened = self._wall.wait_opened(self._stream)
        size_px = (opened.width_px, opened.height_px)
        return Seen(opened.codec, size_px, opened.frame_rate_fps, self._readings)


@pytest.mark.parametrize(
    ("name", "codec", "fps"),
    [
        ("h264", Codec.H264, 15),
        ("h265", Codec.H265, 15),
        ("mjpeg", Codec.MJPEG, 10),
        ("audio", Codec.H264, 15),
        ("b-frames", Codec.H264, 15),
        ("rare-keys", Codec.H264, 15),
        ("login", Codec.H264, 15),
    ],
)
def test_camera_plays_at_its_own_rate(seen: Mapping[str, Seen], name: str, codec: Codec, fps: int) -> None:
    camera = seen[name]
    assert camera.codec is codec
    assert camera.size_px == (320, 176)
    assert camera.declared_fps == fps
    assert camera.measured_fps == pytest.approx(fps, rel=RATE_TOLERANCE)


@pytest.mark.parametrize("name", ["h264", "mjpeg", "b-frames"])
def test_pictures_come_in_the_order_of_their_time(seen: Mapping[str, Seen], name: str) -> None:
    times_us = [lights.pts_us for lights in seen[name].readings]
    assert times_us == sorted(times_us)
    assert len(set(times_us)) > NEEDED_PICTURES / 2


def test_wrong_password_is_refused_by_a_strange_camera_too(ports: Mapping[str, int]) -> None:
    endpoint = Endpoint("rtsp", LOOPBACK, ports["login_port"], "/h264")
    with running_wall() as wall:
        failed = wall.wait_failed(wall.open(endpoint, USERNAME, Secret(PASSWORD + "x")))
    assert failed.failure.reason is Reason.UNAUTHORIZED


def test_camera_that_is_joined_between_key_frames_waits_for_the_next(ports: Mapping[str, int]) -> None:
    """The camera sends a key frame every four seconds only; a first viewer keeps it running."""
    endpoint = Endpoint("rtsp", LOOPBACK, ports["port"], "/rare-keys")
    with running_wall() as wall:
        first = wall.open(endpoint)
        wall.wait_pictures(first)
        began_s = time.monotonic()
        second = wall.open(endpoint)
        wall.wait_pictures(second)
        waited_s = time.monotonic() - began_s
        wall.wait_pictures(second, more=NEEDED_PICTURES)
    assert waited_s < KEY_PERIOD_S + SPARE_S
