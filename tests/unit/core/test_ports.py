"""The fakes keep the ports' promises, so that what is proved on them holds on the real adapters."""

from __future__ import annotations

import queue

from app.core.budget import HardwareChoice, Surface
from app.core.failure import Failure, Reason
from app.core.lights import Lights
from app.core.model import CameraId, Endpoint, Profile, StreamKey
from app.core.paths import PathPort, PathProbed
from app.core.ports import (
    LeaseDenied,
    LeaseGranted,
    Message,
    Output,
    PictureSlot,
    RegistryPort,
    StreamClosed,
    StreamFailed,
    VideoPort,
)
from app.core.purpose import LeasePurpose
from tests.fakes.fake_ports import FakePaths, FakePictureSlot, FakeRegistry, FakeVideo

KEY = StreamKey(CameraId("A"), Profile.SUB)


def test_the_fakes_have_the_ports_shape() -> None:
    inbox: queue.SimpleQueue[Message] = queue.SimpleQueue()
    registry: RegistryPort = FakeRegistry(inbox, lambda: 0.0)
    video: VideoPort = FakeVideo(inbox)
    slot: PictureSlot = video.new_slot(4, 2)
    video.prepare(1)
    paths: PathPort = FakePaths(inbox)
    assert registry and paths and slot.sequence() == 0 and slot.picture() is None


def test_an_outputs_window_says_what_draws_it() -> None:
    slot = FakePictureSlot(1, 4, 2)
    assert Output(slot, 4, 2).surface is Surface.SHARED
    assert Output(slot, 4, 2, window_id=7).surface is Surface.DIRECT


def test_every_question_after_a_path_is_answered() -> None:
    inbox: queue.SimpleQueue[Message] = queue.SimpleQueue()
    paths = FakePaths(inbox)
    paths.probe(KEY, Endpoint("rtsp", "127.0.0.1", 8554, "/A"))
    paths.answer(is_whole=True)
    assert inbox.get_nowait() == PathProbed(KEY, is_whole=True)


def test_a_slots_counters_belong_to_one_generation_and_its_pictures_go_on() -> None:
    slot = FakePictureSlot(1, 4, 2)
    slot.show(1, 10.0)
    slot.show(1, 10.5, pictures=2)
    first = slot.sequence()
    assert (slot.lights(1).pictures, slot.lights(1).last_picture_s) == (3, 10.5)
    assert slot.lights(2) == Lights()
    slot.show(2, 11.0)
    assert slot.lights(1) == Lights() and slot.lights(2).pictures == 1
    assert slot.sequence() > first
    picture = slot.picture()
    assert picture is not None and len(picture.pixels) == picture.stride_bytes * picture.height_px


def test_every_request_for_a_lease_is_answered_once() -> None:
    inbox: queue.SimpleQueue[Message] = queue.SimpleQueue()
    registry = FakeRegistry(inbox, lambda: 5.0)
    registry.request_lease(KEY, LeasePurpose.SECURITY)
    granted = inbox.get_nowait()
    assert isinstance(granted, LeaseGranted) and granted.lease.expires_at_s == 3605.0
    registry.failure = Failure(Reason.LEASE_REFUSED)
    registry.request_lease(KEY, LeasePurpose.SECURITY)
    assert inbox.get_nowait() == LeaseDenied(KEY, registry.failure)
    assert inbox.empty()


def test_a_stream_is_drawn_into_the_first_of_its_native_windows_only() -> None:
    inbox: queue.SimpleQueue[Message] = queue.SimpleQueue()
    registry, video = FakeRegistry(inbox, lambda: 0.0), FakeVideo(inbox)
    registry.request_lease(KEY, LeasePurpose.SECURITY)
    slots = [video.new_slot(4, 2) for _ in range(4)]
    outputs = [Output(slot, 4, 2, window) for slot, window in zip(slots, (None, 71, 72, None), strict=True)]
    video.open(registry.granted[0], 1, outputs, HardwareChoice.AUTO)
    video.show(KEY, 1.0)
    assert [slot.lights(1).packets for slot in slots] == [1, 1, 0, 1]
    video.set_outputs(KEY, outputs[2:])
    video.show(KEY, 2.0)
    assert [slot.lights(1).packets for slot in slots] == [1, 1, 1, 2]


def test_a_stream_is_thin_for_as_long_as_it_is_open() -> None:
    inbox: queue.SimpleQueue[Message] = queue.SimpleQueue()
    registry, video = FakeRegistry(inbox, lambda: 0.0), FakeVideo(inbox)
    registry.request_lease(KEY, LeasePurpose.SECURITY)
    video.set_thin(KEY, is_thin=True)
    assert not video.thin, "it is not open"
    output = Output(video.new_slot(4, 2), 4, 2)
    for generation in (1, 2):
        video.open(registry.granted[0], generation, [output], HardwareChoice.AUTO)
        assert not video.thin
        video.set_thin(KEY, is_thin=True)
        assert video.thin == {KEY}
        video.close(KEY, generation)
        assert not video.thin


def test_a_close_is_acknowledged_and_one_of_nothing_at_once() -> None:
    inbox: queue.SimpleQueue[Message] = queue.SimpleQueue()
    registry, video = FakeRegistry(inbox, lambda: 0.0), FakeVideo(inbox)
    video.close(KEY, 3)
    assert inbox.get_nowait() == StreamClosed(KEY, 3)
    registry.request_lease(KEY, LeasePurpose.SECURITY)
    inbox.get_nowait()
    output = Output(video.new_slot(4, 2), 4, 2)
    video.open(registry.granted[0], 4, [output], HardwareChoice.AUTO)
    video.acknowledges = False
    video.close(KEY, 4)
    assert inbox.empty()
    video.kill_host_of(KEY)
    assert inbox.get_nowait() == StreamFailed(KEY, 4, Failure(Reason.HOST_LOST))
