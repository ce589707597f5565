"""Real hosts: what is received already is shown at once, and a thinned stream shows its key frames alone."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest

from app.core.budget import HardwareChoice
from app.core.lights import Lights
from app.core.ports import Output, StreamFailed, StreamOpened
from app.demo import barcode
from app.video.slots import ReadSlot
from tests.support.hostile_camera import HostileCameras
from tests.support.hostile_stream import HostileStream
from tests.support.made_streams import Form, MadeStreams
from tests.support.simulated_cameras import FRAME_RATE_FPS, Cameras, simulated_cameras
from tests.support.video_kit import GENERATION, TILE_PX, Stream, Wall, lease_for, rgb, running_wall, stream_key
from tests.waiting import until

LONG_GOP = Form(frame_rate_fps=10, frames=400, gop_frames=400)
"""40 s from key frame to key frame: who waits for one is not at once."""
SLOW = Form(frame_rate_fps=1, frames=20, gop_frames=1)
SHORT_GOP = Form(frame_rate_fps=10, frames=100, gop_frames=5)
AT_ONCE_S = 8.0
"""Far below the long group of pictures, far above what two busy cores need."""


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HostileCameras]:
    streams = {"long": HostileStream(LONG_GOP), "slow": HostileStream(SLOW), "short": HostileStream(SHORT_GOP)}
    with HostileCameras(streams, MadeStreams.of_session(tmp_path_factory)) as running:
        yield running


@pytest.fixture(scope="module")
def cameras() -> Iterator[Cameras]:
    with simulated_cameras() as running:
        yield running


@pytest.fixture
def wall() -> Iterator[Wall]:
    with running_wall() as running:
        yield running


def open_warm(wall: Wall, odd: HostileCameras, name: str) -> Stream:
    """A stream that is received and shown nowhere."""
    return wall.open(odd.endpoint(name), size_px=(0, 0))


def lights(slot: ReadSlot) -> Lights:
    return slot.lights(GENERATION)


def shown_after(wall: Wall, stream: Stream, slot: ReadSlot) -> float:
    """Move a stream to a slot; seconds until that has a picture."""
    asked_s = time.monotonic()
    wall.supervisor.set_outputs(stream.key, [Output(slot, *TILE_PX)])
    until(lambda: slot.sequence() or wall.messages_of(StreamFailed, stream.key), what="a picture")
    assert not wall.messages_of(StreamFailed, stream.key)
    return time.monotonic() - asked_s


def index_of(slot: ReadSlot) -> int | None:
    """The number of the frame that a slot shows."""
    picture = slot.picture()
    return None if picture is None else barcode.read(rgb(picture)[..., 1])


# ---- warm


def test_a_warm_stream_counts_as_alive_and_draws_nothing(wall: Wall, odd: HostileCameras) -> None:
    stream = open_warm(wall, odd, "long")
    wall.wait_pictures(stream, more=5)
    assert stream.slot.sequence() == 0 and stream.slot.picture() is None
    first = lights(stream.slot)
    wall.wait_pictures(stream, more=3)
    later = lights(stream.slot)
    assert (
        later.pts_us > first.pts_us and later.packets > first.packets and later.packet_bytes > first.packet_bytes
    )


def test_a_warm_stream_shows_the_present_picture_without_waiting_for_a_key_frame(
    wall: Wall, odd: HostileCameras
) -> None:
    stream = open_warm(wall, odd, "long")
    wall.wait_pictures(stream, more=20)
    received = lights(stream.slot).pictures
    slot = wall.slot()
    assert shown_after(wall, stream, slot) < AT_ONCE_S
    assert index_of(slot) is not None and (index_of(slot) or 0) >= received - 1, "not the key frame: the last one"
    assert len(wall.messages_of(StreamOpened, stream.key)) == 1


def test_a_stream_that_was_warm_plays_on_whole(wall: Wall, odd: HostileCameras) -> None:
    stream = open_warm(wall, odd, "long")
    wall.wait_pictures(stream, more=10)
    shown = Stream(stream.key, stream.generation, wall.slot())
    shown_after(wall, stream, shown.slot)
    wall.wait_pictures(shown, more=10)
    assert lights(shown.slot).damaged == 0 and index_of(shown.slot) is not None


def test_a_stream_that_becomes_warm_again_is_decoded_no_more_and_comes_back_at_once(
    wall: Wall, odd: HostileCameras
) -> None:
    stream = open_warm(wall, odd, "long")
    wall.wait_pictures(stream, more=3)
    shown = wall.slot()
    shown_after(wall, stream, shown)
    wall.supervisor.set_outputs(stream.key, [Output(stream.slot, 0, 0)])
    wall.wait_pictures(stream, more=5)
    left = shown.sequence()
    wall.wait_pictures(stream, more=5)
    assert shown.sequence() == left
    before = index_of(shown)
    again = wall.slot()
    assert shown_after(wall, stream, again) < AT_ONCE_S
    assert before is not None and (index_of(again) or 0) > before


# ---- a second output


def test_a_second_output_of_a_slow_stream_gets_the_present_picture_with_the_next_packet(
    wall: Wall, odd: HostileCameras
) -> None:
    stream = wall.open(odd.endpoint("slow"))
    wall.wait_pictures(stream, more=2)
    second = wall.slot(640, 360)
    wall.supervisor.set_outputs(stream.key, [Output(stream.slot, *TILE_PX), Output(second, 640, 360)])
    until(second.sequence, what="a picture on the second output")
    assert index_of(second) is not None
    assert not wall.messages_of(StreamFailed)


def test_a_second_output_of_a_long_group_of_pictures_is_shown_at_once(wall: Wall, odd: HostileCameras) -> None:
    stream = wall.open(odd.endpoint("long"))
    wall.wait_pictures(stream, more=5)
    second = wall.slot(640, 360)
    asked_s = time.monotonic()
    wall.supervisor.set_outputs(stream.key, [Output(stream.slot, *TILE_PX), Output(second, 640, 360)])
    until(second.sequence, what="a picture on the second output")
    assert time.monotonic() - asked_s < AT_ONCE_S and index_of(second) is not None


# ---- thin


def seen_over(slot: ReadSlot, is_enough: Callable[[set[int]], bool]) -> set[int]:
    """The frames that a slot shows until they are enough."""
    seen: set[int] = set()

    def look() -> bool:
        index = index_of(slot)
        seen.update(() if index is None else (index,))
        return is_enough(seen)

    until(look, step_s=0.01, what="enough pictures")
    return seen


def test_a_thin_stream_shows_key_frames_alone_and_then_all_again(wall: Wall, odd: HostileCameras) -> None:
    stream = wall.open(odd.endpoint("short"))
    wall.wait_pictures(stream, more=3)
    wall.supervisor.set_thin(stream.key, True)
    packets = lights(stream.slot).packets
    until(lambda: lights(stream.slot).packets > packets + SHORT_GOP.gop_frames, what="the next key frames")
    thin = seen_over(stream.slot, lambda seen: len(seen) >= 4)
    assert {index % SHORT_GOP.gop_frames for index in thin} == {0}
    wall.supervisor.set_thin(stream.key, False)
    until(lambda: (index_of(stream.slot) or 0) % SHORT_GOP.gop_frames != 0, what="a picture between key frames")
    whole = seen_over(stream.slot, lambda seen: len(seen) >= 2 * SHORT_GOP.gop_frames)
    assert len({index % SHORT_GOP.gop_frames for index in whole}) == SHORT_GOP.gop_frames
    assert lights(stream.slot).damaged == 0, "it goes on from a key frame"


def test_a_thin_stream_is_counted_as_it_is_received(wall: Wall, cameras: Cameras) -> None:
    """Its packets and bytes are figures on the tile: what is not decoded has come all the same."""
    stream = wall.open(cameras.endpoint(), cameras.username, cameras.secret)
    wall.wait_pictures(stream)
    wall.supervisor.set_thin(stream.key, True)
    wall.wait_pictures(stream, more=2)
    first = lights(stream.slot)
    wall.wait_pictures(stream, more=3)
    last = lights(stream.slot)
    packets_per_s = (last.packets - first.packets) / (last.last_packet_s - first.last_packet_s)
    assert packets_per_s == pytest.approx(FRAME_RATE_FPS, rel=0.35)


def test_a_stream_that_is_thin_from_its_open_on_is_thin(wall: Wall, odd: HostileCameras) -> None:
    key, slot = stream_key(50), wall.slot()
    lease = lease_for(key, odd.endpoint("short"))
    wall.supervisor.open(lease, GENERATION, [Output(slot, *TILE_PX)], HardwareChoice.NEVER)
    wall.supervisor.set_thin(key, True)
    assert {index % SHORT_GOP.gop_frames for index in seen_over(slot, lambda seen: len(seen) >= 3)} == {0}
