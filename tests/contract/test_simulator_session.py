"""The push loop against a sink that will not take what is sent."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable

from app.core.model import Codec
from app.demo.simulator.clip import Clip, Frame, Payload
from app.demo.simulator.faults import HEALTHY
from app.demo.simulator.session import BACKLOG_LIMIT_BYTES, Playback, Programme, WallClock
from app.demo.simulator.sinks import Packet

_GOP = 5


class _FullSink:
    """Takes everything until it is said to be full."""

    def __init__(self) -> None:
        self.backlog = 0
        self.sent: list[bytes] = []

    def send_media(self, packets: Iterable[Packet]) -> None:
        self.sent += [payload for _, payload in packets]

    def send_control(self, packet: bytes) -> None:
        pass

    def backlog_bytes(self) -> int:
        return self.backlog

    def close(self) -> None:
        pass


def test_a_full_backlog_drops_whole_frames_until_the_next_key_frame() -> None:
    sink = _FullSink()
    asyncio.run(_play(sink))
    after_gap = sink.sent[sink.sent.index(b"gap") + 1 :]
    assert len(after_gap) > _GOP
    assert after_gap[0] == b"key"


def test_a_clock_is_not_moved_by_the_systems() -> None:
    clock = WallClock(offset_s=1_000.0)
    before_s = clock.wall_s()
    assert 0 <= clock.wall_s() - before_s < 5.0


async def _play(sink: _FullSink) -> None:
    playback = Playback(Programme(_clip(), 0.0, HEALTHY, "cam"), sink, WallClock.now(), lambda _: None)
    playback.start()
    await _until(lambda: len(sink.sent) >= 2 * _GOP)
    while sink.sent[-1] != b"delta 1":
        await asyncio.sleep(0)
    sink.backlog = BACKLOG_LIMIT_BYTES + 1
    await _until(lambda: playback.frames_dropped > 0)
    sink.sent.append(b"gap")
    sink.backlog = 0
    await _until(lambda: len(sink.sent) - sink.sent.index(b"gap") > 2 * _GOP)
    playback.close()


async def _until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(20.0):
        while not condition():
            await asyncio.sleep(0.001)


def _clip() -> Clip:
    frames = [Frame(True, (Payload(True, b"key"),))]
    frames += [Frame(False, (Payload(True, f"delta {number}".encode()),)) for number in range(1, _GOP)]
    return Clip(Codec.H264, 100, tuple(frames), (b"sps", b"pps"))
