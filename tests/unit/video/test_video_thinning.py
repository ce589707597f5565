"""A session that is thinned decodes key frames alone, and then goes on from one: never from the middle."""

from __future__ import annotations

import queue
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pytest
from av.packet import Packet

from app.core.budget import HardwareChoice
from app.video import protocol, session, timing
from app.video.engine_set import Kind
from app.video.engines.base import Engine
from app.video.engines.vlc import Library
from app.video.ingest import Ingest
from app.video.protocol import HostEvent, Open, OutputSpec
from app.video.session import EngineMaker, Session
from app.video.slots import SlotMaker
from app.video.timing import UNTIMED, Timing
from tests.fakes.fake_engine import FakeEngine
from tests.support.simulated_cameras import FRAME_RATE_FPS, Cameras, simulated_cameras
from tests.support.video_kit import TILE_PX, stream_key
from tests.waiting import GENEROUS_S, until

GENERATION = 5


@dataclass(frozen=True, slots=True)
class Fed:
    """A packet that was given to the engine."""

    is_key: bool
    time_s: float | None
    """By its timestamp; FFmpeg gives none to the first packet of a session."""


@dataclass(slots=True)
class Diary:
    """All packets that an engine was fed."""

    fed: list[Fed] = field(default_factory=list)
    is_blind: bool = False
    """Whether they give no picture."""

    @property
    def key_frames(self) -> int:
        return sum(each.is_key for each in self.fed)


class DiaryEngine(FakeEngine):
    """Notes what it is fed."""

    def __init__(self, diary: Diary) -> None:
        super().__init__(GENERATION)
        self._diary = diary
        self.is_blind = diary.is_blind

    def feed(self, packet: Packet[Any], timing: Timing = UNTIMED) -> None:
        super().feed(packet, timing)
        self._diary.fed.append(Fed(packet.is_keyframe, _time_s(packet)))


def _time_s(packet: Packet[Any]) -> float | None:
    if packet.dts is None or packet.time_base is None:
        return None
    return float(packet.dts * packet.time_base)


@dataclass(frozen=True, slots=True)
class DiaryMaker(EngineMaker):
    """Gives the session a noting engine."""

    diary: Diary

    def make(self, kind: Kind, ingest: Ingest, command: protocol.Open) -> Engine:
        return DiaryEngine(self.diary)


def no_library() -> Library:
    """Nothing is drawn directly here."""
    raise AssertionError("libVLC was asked for")


@pytest.fixture(scope="module")
def cameras() -> Iterator[Cameras]:
    with simulated_cameras() as running:
        yield running


@contextmanager
def playing(cameras: Cameras, diary: Diary) -> Iterator[Session]:
    """A session on its thread; closed and waited for in the end."""
    with closing(SlotMaker().new(*TILE_PX)) as slot:
        outputs = (OutputSpec(slot.handle, *TILE_PX),)
        login = (cameras.username, cameras.secret)
        command = Open(stream_key(1), GENERATION, cameras.endpoint(), *login, outputs, HardwareChoice.NEVER)
        thread = Session(command, DiaryMaker(no_library, diary), queue.SimpleQueue[HostEvent]().put)
        thread.start()
        try:
            yield thread
        finally:
            thread.close()
            thread.join(GENEROUS_S)


def assert_nothing_begins_in_the_middle(fed: list[Fed]) -> None:
    """Each packet between key frames came right after the one that it builds on."""
    for before, after in pairwise(fed):
        if before.time_s is not None and after.time_s is not None:
            assert after.is_key or after.time_s - before.time_s < 1.5 / FRAME_RATE_FPS


def test_a_thinned_session_decodes_key_frames_alone(cameras: Cameras) -> None:
    diary = Diary()
    with playing(cameras, diary) as thread:
        until(lambda: len(diary.fed) >= 3, what="packets")
        thread.set_thin(True)
        seen = diary.key_frames
        until(lambda: diary.key_frames > seen, what="a key frame")
        thinned = len(diary.fed)
        until(lambda: len(diary.fed) >= thinned + 2, what="two more")
    assert all(each.is_key for each in diary.fed[thinned:])
    assert_nothing_begins_in_the_middle(diary.fed)


def test_a_session_that_is_whole_again_goes_on_from_a_key_frame(cameras: Cameras) -> None:
    diary = Diary()
    with playing(cameras, diary) as thread:
        thread.set_thin(True)
        until(lambda: diary.key_frames >= 2, what="key frames")
        time.sleep(4 / FRAME_RATE_FPS)  # into the middle of a group of pictures
        thread.set_thin(False)
        until(lambda: sum(not each.is_key for each in diary.fed) >= 3, what="pictures between key frames")
    assert_nothing_begins_in_the_middle(diary.fed)


def test_a_session_thinned_for_less_than_a_group_of_pictures_skips_to_the_next(cameras: Cameras) -> None:
    diary = Diary()
    with playing(cameras, diary) as thread:
        until(lambda: len(diary.fed) >= 3, what="packets")
        thread.set_thin(True)
        time.sleep(2 / FRAME_RATE_FPS)
        thread.set_thin(False)
        count = len(diary.fed)
        until(lambda: len(diary.fed) >= count + 5, what="more packets")
    assert_nothing_begins_in_the_middle(diary.fed)


def judge_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Streams are looked at all the time, and given up long before their next key frame."""
    monkeypatch.setattr(session, "NO_PICTURE_LIMIT_S", 0.3)
    monkeypatch.setattr(timing, "BUSY_WINDOW_S", 0.05)


def test_a_thinned_session_is_not_given_up_for_what_it_skips(
    cameras: Cameras, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge_at_once(monkeypatch)
    diary = Diary()
    with playing(cameras, diary) as thread:
        thread.set_thin(True)
        until(lambda: diary.key_frames >= 4 or not thread.is_alive(), what="key frames")
        thread.set_thin(False)
        until(lambda: not (diary.fed[-1].is_key and thread.is_alive()), what="a picture between key frames")
        assert thread.is_alive()


def test_a_thinned_session_without_pictures_is_given_up_once_it_is_whole_again(
    cameras: Cameras, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge_at_once(monkeypatch)
    diary = Diary(is_blind=True)
    with playing(cameras, diary) as thread:
        thread.set_thin(True)
        until(lambda: diary.key_frames >= 3, what="key frames")
        assert thread.is_alive(), "key frames alone are too few to tell"
        thread.set_thin(False)
        until(lambda: not thread.is_alive(), what="its end")
