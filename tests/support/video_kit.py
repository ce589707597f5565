"""What tests of the video hosts share: a supervisor, an inbox that remembers, and short ways to open streams."""

from __future__ import annotations

import itertools
import math
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from app.core.budget import HardwareChoice, hosts_for
from app.core.lights import STALE_AFTER_S
from app.core.model import CameraId, Endpoint, Lease, Profile, StreamKey
from app.core.ports import Message, Output, Picture, StreamClosed, StreamFailed, StreamOpened
from app.core.redact import Secret
from app.video.slots import ReadSlot
from app.video.supervisor import Supervisor
from tests.waiting import until

HOST_COMMAND = (sys.executable, "-m", "app.video.host")
TILE_PX = (320, 180)
GENERATION = 1
M = TypeVar("M")


def stream_key(number: int) -> StreamKey:
    """A stream of a camera that no other number gives."""
    return StreamKey(CameraId(f"camera-{number}"), Profile.SUB)


def lease_for(key: StreamKey, endpoint: Endpoint, username: str = "", secret: Secret | None = None) -> Lease:
    """A lease of one endpoint that does not expire."""
    return Lease(key, (endpoint,), username, secret or Secret(""), 1, math.inf, math.inf)


def rgb(picture: Picture) -> NDArray[np.uint8]:
    """A slot's picture as rows of RGB pixels, a copy."""
    rows = np.frombuffer(picture.pixels, np.uint8).reshape(picture.height_px, picture.stride_bytes)
    pixels = rows[:, : picture.width_px * 4].reshape(picture.height_px, picture.width_px, 4)
    return pixels[..., 2::-1].copy()


@dataclass(slots=True)
class Stream:
    """A stream that a test has opened, and where its pictures go."""

    key: StreamKey
    generation: int
    slot: ReadSlot

    @property
    def pictures(self) -> int:
        """Decoded pictures so far."""
        return self.slot.lights(self.generation).pictures


class Messages:
    """An inbox that keeps every message with the time it came; implements `Inbox`."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._arrived: list[tuple[float, Message]] = []

    def put(self, item: Message, /) -> None:
        """Keep a message."""
        with self._lock:
            self._arrived.append((time.monotonic(), item))

    def of(self, kind: type[M], key: StreamKey | None = None) -> list[tuple[float, M]]:
        """What came of a kind so far, of all streams or one, with its monotonic seconds."""
        with self._lock:
            arrived = list(self._arrived)
        of_kind = [(at_s, message) for at_s, message in arrived if isinstance(message, kind)]
        return [each for each in of_kind if key is None or getattr(each[1], "key", None) == key]


@dataclass(slots=True)
class Wall:
    """A supervisor as the console has one, and what it said."""

    supervisor: Supervisor
    messages: Messages
    _slots: list[ReadSlot] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def slot(self, width_px: int = TILE_PX[0], height_px: int = TILE_PX[1]) -> ReadSlot:
        """A slot that is closed with the wall."""
        slot = self.supervisor.new_slot(width_px, height_px)
        self._slots.append(slot)
        return slot

    def open(
        self,
        endpoint: Endpoint,
        username: str = "",
        secret: Secret | None = None,
        hardware: HardwareChoice = HardwareChoice.NEVER,
        size_px: tuple[int, int] = TILE_PX,
        *,
        silence_s: float = STALE_AFTER_S,
        is_unproved: bool = False,
    ) -> Stream:
        """Open a stream into a slot of its own."""
        stream = Stream(stream_key(next(self._numbers)), GENERATION, self.slot(*size_px))
        lease = lease_for(stream.key, endpoint, username, secret)
        outputs = [Output(stream.slot, *size_px)]
        self.supervisor.open(lease, stream.generation, outputs, hardware, silence_s, is_unproved)
        return stream

    def prepare(self, streams: int) -> None:
        """Start the hosts that so many streams need, and wait until their processes are there.

        Of a fixture that outlives a test, they are there before the test then, and are not taken for its own.
        """
        self.supervisor.prepare(streams)
        until(lambda: len(self.supervisor.pids()) == hosts_for(streams), what="the hosts' processes")

    def messages_of(self, kind: type[M], key: StreamKey | None = None) -> list[M]:
        """What came of a kind so far, of all streams or one."""
        return [message for _, message in self.messages.of(kind, key)]

    def wait_for(self, kind: type[M], stream: Stream) -> M:
        """The first message of a kind about a stream."""
        return until(lambda: self.messages_of(kind, stream.key), what=f"{kind.__name__} of {stream.key}")[0]

    def wait_failed(self, stream: Stream) -> StreamFailed:
        """Its failure."""
        return self.wait_for(StreamFailed, stream)

    def wait_opened(self, stream: Stream) -> StreamOpened:
        """Its description."""
        return self.wait_for(StreamOpened, stream)

    def wait_closed(self, stream: Stream) -> StreamClosed:
        """The acknowledgement of its close."""
        return self.wait_for(StreamClosed, stream)

    def wait_pictures(self, stream: Stream, more: int = 1) -> None:
        """Until it has shown so many more pictures."""
        wanted = stream.pictures + more
        until(lambda: self._has(stream, wanted), what=f"{wanted} pictures of {stream.key}")

    def _has(self, stream: Stream, wanted: int) -> bool:
        failed = self.messages_of(StreamFailed, stream.key)
        assert not failed, failed
        return stream.pictures >= wanted

    def close_slots(self) -> None:
        """Give the memory back."""
        for slot in self._slots:
            slot.close()


@contextmanager
def running_wall(command: Sequence[str] = HOST_COMMAND) -> Iterator[Wall]:
    """A supervisor, ended with everything that it started."""
    messages = Messages()
    wall = Wall(Supervisor(command, messages), messages)
    try:
        yield wall
    finally:
        wall.supervisor.stop()
        wall.close_slots()
