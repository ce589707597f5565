"""One session: its last word is said once, whatever happens, and everything that it opened is closed."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

import pytest

from app.core.budget import HardwareChoice
from app.core.errors import VideoError
from app.core.failure import Failure, Reason
from app.core.model import Endpoint
from app.core.redact import Secret
from app.video import protocol, session
from app.video.engine_set import Kind
from app.video.engines.base import Engine
from app.video.ingest import Ingest
from app.video.protocol import Closed, Decoding, Failed, HostEvent, Open, Opened, OutputSpec, Refused
from app.video.session import EngineMaker, Session
from app.video.slots import ReadSlot, SlotMaker
from tests.fakes.fake_engine import FakeEngine
from tests.support import odd_camera
from tests.support.simulated_cameras import Cameras, simulated_cameras
from tests.support.video_kit import TILE_PX, stream_key
from tests.waiting import GENEROUS_S, until

GENERATION = 5
"""Of the login."""
KEY = stream_key(1)


@dataclass(frozen=True, slots=True)
class OneEngine(EngineMaker):
    """Gives every session the same fake."""

    engine: FakeEngine

    def make(self, kind: Kind, ingest: Ingest, command: protocol.Open) -> Engine:
        return self.engine


@pytest.fixture(scope="module")
def cameras() -> Iterator[Cameras]:
    with simulated_cameras() as running:
        yield running


@pytest.fixture
def slot() -> Iterator[ReadSlot]:
    with closing(SlotMaker().new(*TILE_PX)) as made:
        yield made


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine(GENERATION)


Events = queue.SimpleQueue[HostEvent]


@contextmanager
def running(endpoint: Endpoint, login: tuple[str, Secret], slot: ReadSlot, engine: FakeEngine) -> Iterator[Any]:
    """A session on its thread, and its events; closed and waited for in the end."""
    events: Events = queue.SimpleQueue()
    outputs = (OutputSpec(slot.handle, *TILE_PX),)
    command = Open(KEY, GENERATION, endpoint, *login, outputs, HardwareChoice.NEVER)
    thread = Session(command, OneEngine(lambda: None, engine), events.put)
    thread.start()
    try:
        yield thread, events
    finally:
        thread.close()
        thread.join(GENEROUS_S)


def login_of(cameras: Cameras) -> tuple[str, Secret]:
    return cameras.username, cameras.secret


def next_event(events: Events) -> HostEvent:
    return events.get(timeout=GENEROUS_S)


def test_session_is_described_plays_and_is_closed_once(
    cameras: Cameras, slot: ReadSlot, engine: FakeEngine
) -> None:
    with running(cameras.endpoint(), login_of(cameras), slot, engine) as (thread, events):
        opened = next_event(events)
        assert isinstance(opened, Opened)
        assert next_event(events) == Decoding(KEY, GENERATION, "fake", "drawn")
        until(lambda: slot.lights(GENERATION).pictures >= 3)
        thread.close()
        thread.close()
        assert next_event(events) == Closed(KEY, GENERATION)
        thread.join(GENEROUS_S)
        assert events.empty()
    assert engine.closes == 1


@pytest.mark.parametrize(
    ("error", "failure"),
    [
        (VideoError("no such window"), Failure(Reason.UNSUPPORTED, "no such window")),
        (ZeroDivisionError("rtsp://post:secret@10.0.0.1/"), Failure(Reason.UNDECODABLE, "ZeroDivisionError")),
        (MemoryError(), Failure(Reason.UNDECODABLE, "MemoryError")),
    ],
)
def test_engine_that_breaks_costs_its_stream_only(
    cameras: Cameras, slot: ReadSlot, engine: FakeEngine, error: Exception, failure: Failure
) -> None:
    engine.error = error
    with running(cameras.endpoint(), login_of(cameras), slot, engine) as (_, events):
        assert isinstance(next_event(events), Opened)
        assert next_event(events) == Failed(KEY, GENERATION, failure)
    assert engine.closes == 1
    assert events.empty(), "a failure is the last word, also when the stream is closed after it"


def test_stream_without_pictures_is_given_up_after_its_first_key_frame(
    cameras: Cameras, slot: ReadSlot, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "NO_PICTURE_LIMIT_S", 0.3)
    engine.is_blind = True
    with running(cameras.endpoint(), login_of(cameras), slot, engine) as (_, events):
        assert isinstance(next_event(events), Opened)
        assert isinstance(next_event(events), Decoding)
        failed = next_event(events)
    assert isinstance(failed, Failed)
    assert failed.failure.reason is Reason.UNDECODABLE
    assert engine.key_frames > 0, "before a key frame there is nothing to decode"


def test_session_that_is_closed_while_it_opens_says_so_at_once_and_no_more(
    slot: ReadSlot, engine: FakeEngine
) -> None:
    with odd_camera.black_hole() as port:
        endpoint = Endpoint("rtsp", odd_camera.LOOPBACK, port, "/stream")
        with running(endpoint, ("", Secret("")), slot, engine) as (thread, events):
            asked_s = time.monotonic()
            thread.close()
            assert next_event(events) == Closed(KEY, GENERATION)
            assert time.monotonic() - asked_s < 1.0
            assert thread.is_alive(), "it still waits for the camera"
        assert events.empty()
    assert engine.closes == 0


def test_session_that_was_let_go_does_not_begin_when_its_camera_answers(
    cameras: Cameras, slot: ReadSlot, engine: FakeEngine
) -> None:
    with running(cameras.endpoint(options="slow1"), login_of(cameras), slot, engine) as (thread, events):
        thread.close()
        assert next_event(events) == Closed(KEY, GENERATION)
        thread.join(GENEROUS_S)
    assert events.empty()
    assert slot.lights(GENERATION).packets == 0


@pytest.mark.parametrize("is_let_go", [True, False])
def test_refused_login_is_told_once_also_by_a_session_that_was_let_go(
    slot: ReadSlot, engine: FakeEngine, is_let_go: bool
) -> None:
    """The camera counts it in any case: a few more of them, and it locks the account."""
    may_answer = threading.Event()
    with odd_camera.OddCamera(odd_camera.refusing(may_answer)) as camera:
        endpoint = Endpoint("rtsp", odd_camera.LOOPBACK, camera.port, "/stream")
        with running(endpoint, ("post", Secret("wrong")), slot, engine) as (thread, events):
            if is_let_go:
                thread.close()
                assert next_event(events) == Closed(KEY, GENERATION)
            may_answer.set()
            refused = next_event(events)
            thread.join(GENEROUS_S)
    refusal = Failed(KEY, GENERATION, Failure(Reason.UNAUTHORIZED))
    assert refused == (Refused(KEY, GENERATION) if is_let_go else refusal)
    assert events.empty()
