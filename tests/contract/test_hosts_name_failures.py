"""Every way in which a camera can fail reaches the console by its own name, soon; against real sockets.

Most of these cameras take seconds to fail, so all are opened together, once, and each test looks at its own.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest

from app.core.failure import Failure, Reason
from app.core.lights import STALE_AFTER_S, Lights
from app.core.model import Endpoint
from app.core.ports import StreamFailed, StreamOpened
from app.core.redact import Secret
from app.video.ingest import OPEN_TIMEOUT_S, PROBE_TIMEOUT_S
from tests.support import odd_camera
from tests.support.odd_camera import LOOPBACK, OddCamera
from tests.support.simulated_cameras import Cameras, simulated_cameras
from tests.support.video_kit import Stream, Wall, running_wall

SPARE_S = 4.0
"""What two busy cores may add to any limit."""
BAD_NAME = "no-such-camera.invalid"
LONG_NAME = f"{'a' * 64}.invalid"

SCRIPTS = {
    "speaks no RTSP": odd_camera.greeting,
    "garbage description": odd_camera.describing(odd_camera.GARBAGE_SDP),
    "empty description": odd_camera.describing(""),
    "audio only": odd_camera.describing(odd_camera.AUDIO_SDP),
    "unknown codec": odd_camera.describing(odd_camera.UNKNOWN_CODEC_SDP),
    "sends no packet": odd_camera.describing(odd_camera.VIDEO_SDP + "a=framerate:0.01\n"),
    "resets before an answer": odd_camera.resetting,
    "answers 400": odd_camera.answering("400 Bad Request"),
    "answers 403": odd_camera.answering("403 Forbidden"),
    "answers 429": odd_camera.answering("429 Too Many Requests"),
    "answers 454": odd_camera.answering("454 Session Not Found"),
    "answers 500": odd_camera.answering("500 Internal Server Error"),
}
FAULTS = {
    "never answers": "silent",
    "answers 453": "busy",
    "answers 503": "busy503",
    "stalls": "stall2",
    "ends in order": "eos2",
    "breaks the connection": "rst2",
    "sends what is no picture": "nopictures",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a stream.

    Attributes:
        failure: what the console was told.
        after_s: how long after the open it was told, seconds.
        lights: the stream's counters in the end.
        told_s: when it was told, monotonic seconds.
        opened: what the console had heard of its stream before, None for nothing.
    """

    failure: Failure
    after_s: float
    lights: Lights
    told_s: float
    opened: StreamOpened | None


@pytest.fixture(scope="module")
def cameras() -> Iterator[Cameras]:
    with simulated_cameras() as running:
        yield running


@pytest.fixture(scope="module")
def outcomes(cameras: Cameras) -> Mapping[str, Outcome]:
    """Each bad camera's outcome, by what is bad about it."""
    with running_wall() as wall, contextlib.ExitStack() as stack:
        wall.prepare(32)
        opened_s = time.monotonic()
        streams = {
            **_open_simulated(wall, cameras),
            **_open_odd(wall, stack),
            "unknown name": wall.open(Endpoint("rtsp", BAD_NAME, 554, "/stream")),
            "overlong name": wall.open(Endpoint("rtsp", LONG_NAME, 554, "/stream")),
        }
        return {name: _outcome(wall, stream, opened_s) for name, stream in streams.items()}


def _open_simulated(wall: Wall, cameras: Cameras) -> dict[str, Stream]:
    login = (cameras.username, cameras.secret)
    faulty = {name: wall.open(cameras.endpoint(options=options), *login) for name, options in FAULTS.items()}
    return {
        **faulty,
        "wrong password": wall.open(cameras.endpoint(), cameras.username, Secret("not the password")),
        "no login": wall.open(cameras.endpoint()),
        "unknown path": wall.open(_at_port(cameras.port), *login),
    }


def _open_odd(wall: Wall, stack: contextlib.ExitStack) -> dict[str, Stream]:
    ports = {name: stack.enter_context(OddCamera(script)).port for name, script in SCRIPTS.items()}
    ports["nothing answers"] = stack.enter_context(odd_camera.black_hole())
    ports["closed port"] = stack.enter_context(odd_camera.closed_port())
    return {name: wall.open(_at_port(port)) for name, port in ports.items()}


def _at_port(port: int) -> Endpoint:
    return Endpoint("rtsp", LOOPBACK, port, "/no/such/stream")


def _outcome(wall: Wall, stream: Stream, opened_s: float) -> Outcome:
    wall.wait_failed(stream)
    told_s, failed = wall.messages.of(StreamFailed, stream.key)[0]
    lights = stream.slot.lights(stream.generation)
    opened = wall.messages_of(StreamOpened, stream.key)
    return Outcome(failed.failure, told_s - opened_s, lights, told_s, opened[0] if opened else None)


@pytest.mark.parametrize(
    ("name", "reason", "within_s"),
    [
        ("wrong password", Reason.UNAUTHORIZED, 0.0),
        ("no login", Reason.UNAUTHORIZED, 0.0),
        ("closed port", Reason.REFUSED, 0.0),
        ("nothing answers", Reason.UNREACHABLE, OPEN_TIMEOUT_S + PROBE_TIMEOUT_S),
        ("never answers", Reason.NO_ANSWER, OPEN_TIMEOUT_S),
        ("speaks no RTSP", Reason.NO_ANSWER, OPEN_TIMEOUT_S),
        ("unknown path", Reason.NOT_FOUND, 0.0),
        ("unknown name", Reason.NAME_UNKNOWN, OPEN_TIMEOUT_S),
        ("overlong name", Reason.NAME_UNKNOWN, 0.0),
        ("answers 453", Reason.BUSY, 0.0),
        ("answers 503", Reason.BUSY, 0.0),
        ("answers 429", Reason.BUSY, 0.0),
        ("answers 454", Reason.BUSY, 0.0),
        ("answers 500", Reason.BUSY, 0.0),
        ("answers 400", Reason.PROTOCOL, 0.0),
        ("answers 403", Reason.FORBIDDEN, 0.0),
        ("garbage description", Reason.PROTOCOL, 0.0),
        ("empty description", Reason.PROTOCOL, 0.0),
        ("resets before an answer", Reason.PROTOCOL, 0.0),
        ("audio only", Reason.UNSUPPORTED, OPEN_TIMEOUT_S),
        ("unknown codec", Reason.UNSUPPORTED, OPEN_TIMEOUT_S),
        ("sends no packet", Reason.NO_PICTURES, OPEN_TIMEOUT_S + STALE_AFTER_S),
    ],
)
def test_camera_that_does_not_open_is_named(
    outcomes: Mapping[str, Outcome], name: str, reason: Reason, within_s: float
) -> None:
    assert outcomes[name].failure.reason is reason
    assert outcomes[name].after_s < within_s + SPARE_S
    assert outcomes[name].lights.pictures == 0


def test_unknown_name_is_told(outcomes: Mapping[str, Outcome]) -> None:
    assert outcomes["unknown name"].failure.detail == BAD_NAME


def test_frame_rate_that_cannot_be_meant_counts_as_unknown(outcomes: Mapping[str, Outcome]) -> None:
    """A tile turns stale after three frames: at 0.01 a second a dead picture would look live for five minutes."""
    opened = outcomes["sends no packet"].opened
    assert opened is not None
    assert opened.frame_rate_fps is None


def test_stalled_stream_is_named_two_seconds_after_its_last_packet(outcomes: Mapping[str, Outcome]) -> None:
    stalled = outcomes["stalls"]
    assert stalled.failure.reason is Reason.STALLED
    assert STALE_AFTER_S - 0.1 < stalled.told_s - stalled.lights.last_packet_s < STALE_AFTER_S + SPARE_S


def test_stalled_stream_shows_no_old_picture_as_a_new_one(outcomes: Mapping[str, Outcome]) -> None:
    stalled = outcomes["stalls"]
    assert stalled.told_s - stalled.lights.last_picture_s > STALE_AFTER_S - 0.1


@pytest.mark.parametrize(
    ("name", "reasons"),
    [
        ("ends in order", {Reason.ENDED}),
        ("breaks the connection", {Reason.RESET, Reason.ENDED}),
    ],
)
def test_end_of_a_playing_stream_is_named_at_once(
    outcomes: Mapping[str, Outcome], name: str, reasons: set[Reason]
) -> None:
    outcome = outcomes[name]
    assert outcome.failure.reason in reasons
    assert outcome.opened is not None
    assert outcome.lights.pictures > 0
    assert outcome.told_s - outcome.lights.last_packet_s < STALE_AFTER_S - 0.5


def test_packets_that_make_no_picture_are_undecodable(outcomes: Mapping[str, Outcome]) -> None:
    outcome = outcomes["sends what is no picture"]
    assert outcome.failure.reason is Reason.UNDECODABLE
    assert outcome.lights.packets > 0
    assert outcome.lights.pictures == 0
