"""The registry and the hosts as the console sees them, without network, processes or threads.

They keep the promises of `app.core.ports`, and fail a test in which the console breaks its own: a closed slot is
not used, an open stream is not opened again, a lease is given back once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.core.budget import HardwareChoice, HostId, Surface
from app.core.errors import VideoError
from app.core.failure import Failure, Reason
from app.core.lights import STALE_AFTER_S, Lights
from app.core.model import Codec, Endpoint, HeldList, Lease, Login, StreamKey
from app.core.paths import PathProbed
from app.core.ports import (
    Inbox,
    LeaseDenied,
    LeaseGranted,
    Output,
    Picture,
    StreamClosed,
    StreamDecoding,
    StreamFailed,
    StreamOpened,
)
from app.core.posts import ChiefRequest
from app.core.purpose import LeasePurpose
from app.core.redact import Secret
from app.core.remote import WallReport
from app.core.shared import ShareRequest

HOST = HostId(1)
FRAME_US = 40_000


class FakePictureSlot:
    """A picture slot of counters; `show` is the host's side of it."""

    def __init__(self, number: int, width_px: int, height_px: int) -> None:
        self.size_px = (width_px, height_px)
        self.closes = 0
        self.renewed_s: float | None = None
        """When it last showed a picture with a timestamp of its own."""
        self._handle = f"slot-{number}"
        self._generation = 0
        self._lights = Lights()
        self._sequence = 0
        self.measures: dict[str, Any] = {}
        """Further fields of the lights that it shows."""

    @property
    def handle(self) -> str:
        return self._handle

    def sequence(self) -> int:
        return self._sequence

    def picture(self) -> Picture | None:
        if not self._sequence:
            return None
        width_px, height_px = self.size_px
        pixels = memoryview(bytes(4 * width_px * height_px))
        return Picture(self._sequence, self._sequence % 3, width_px, height_px, 4 * width_px, pixels)

    def lights(self, generation: int) -> Lights:
        assert not self.closes, f"{self._handle} is read after its close"
        return self._lights if generation == self._generation else Lights()

    def close(self) -> None:
        self.closes += 1

    def show(self, generation: int, now_s: float, *, pts_us: int | None = None, pictures: int = 1) -> None:
        """Take a packet in and publish so many pictures of it, the last with that timestamp (None: the next)."""
        old = self._lights if generation == self._generation else Lights()
        pts_us = old.pts_us + FRAME_US if pts_us is None else pts_us
        if pictures and pts_us != old.pts_us:
            self.renewed_s = now_s
        self._generation = generation
        self._lights = Lights(
            packets=old.packets + 1,
            packet_bytes=old.packet_bytes + 1000,
            pictures=old.pictures + pictures,
            pts_us=pts_us,
            last_packet_s=now_s,
            last_picture_s=now_s if pictures else old.last_picture_s,
            **self.measures,
        )
        self._sequence += pictures


class FakeChief:
    """Keeps what it is asked; answers come from the test."""

    def __init__(self) -> None:
        self.looks: list[str | None] = []
        self.requests: list[ChiefRequest] = []

    def look(self, wall: str | None) -> None:
        self.looks.append(wall)

    def send(self, request: ChiefRequest) -> None:
        self.requests.append(request)


class FakeSharing:
    """Keeps what it is asked; answers come from the test."""

    def __init__(self) -> None:
        self.refreshes = 0
        self.requests: list[ShareRequest] = []

    def refresh(self) -> None:
        self.refreshes += 1

    def send(self, request: ShareRequest) -> None:
        self.requests.append(request)


class FakeRegistry:
    """A registry client that answers at once, or when told to.

    Args:
        inbox: where its answers go.
        clock: monotonic seconds.
    """

    def __init__(self, inbox: Inbox, clock: Callable[[], float]) -> None:
        self._inbox = inbox
        self._clock = clock
        self.lifetime_s = 3600.0
        self.offline_use_s = 0.0
        self.hosts: Mapping[str, str] = {"127.0.0.1": "camera"}
        """Of each lease's endpoints, by priority, with the kind of each."""
        self.relay_login: Login | None = None
        """What the leases open relays with; None for what they open cameras with."""
        self.failure: Failure | None = None
        """Refuse every lease with this."""
        self.is_silent = False
        """Leave requests unanswered until `answer`."""
        self.requested: list[StreamKey] = []
        self.purposes: list[LeasePurpose] = []
        """What each was requested for."""
        self.unanswered: list[StreamKey] = []
        self.granted: list[Lease] = []
        self.released: list[Lease] = []
        self.reports: list[WallReport] = []
        self.lists_accepted: list[HeldList] = []
        self.chief = FakeChief()
        self.shared = FakeSharing()
        self.is_stopped = False

    @property
    def held(self) -> list[Lease]:
        """Leases that were granted and not given back."""
        return [lease for lease in self.granted if not any(lease is back for back in self.released)]

    def request_lease(self, key: StreamKey, purpose: LeasePurpose) -> None:
        self.requested.append(key)
        self.purposes.append(purpose)
        self.unanswered.append(key)
        if not self.is_silent:
            self.answer()

    def release_lease(self, lease: Lease) -> None:
        assert any(lease is held for held in self.held), f"{lease.key} is given back twice, or was never granted"
        self.released.append(lease)

    def accept_list(self, held: HeldList) -> None:
        self.lists_accepted.append(held)

    def report_wall(self, report: WallReport) -> None:
        self.reports.append(report)

    def stop(self) -> None:
        self.is_stopped = True

    def answer(self) -> None:
        """Answer what was left unanswered, in order."""
        while self.unanswered:
            key = self.unanswered.pop(0)
            if self.failure is None:
                self._inbox.put(LeaseGranted(self._new_lease(key)))
            else:
                self._inbox.put(LeaseDenied(key, self.failure))

    def _new_lease(self, key: StreamKey) -> Lease:
        now_s = self._clock()
        lease = Lease(
            key=key,
            endpoints=tuple(
                Endpoint("rtsp", host, 8554, f"/{key}", kind=kind) for host, kind in self.hosts.items()
            ),
            username=f"viewer-{len(self.granted)}",
            secret=Secret("canary"),
            credential_version=1,
            expires_at_s=now_s + self.lifetime_s,
            offline_until_s=now_s + self.offline_use_s,
            relay_login=self.relay_login,
        )
        self.granted.append(lease)
        return lease


@dataclass(frozen=True, slots=True)
class Opening:
    """One open, or the present state of an open stream."""

    lease: Lease
    generation: int
    outputs: tuple[Output, ...]
    hardware: HardwareChoice
    silence_s: float = STALE_AFTER_S

    @property
    def key(self) -> StreamKey:
        return self.lease.key

    @property
    def slots(self) -> list[FakePictureSlot]:
        return [_own(output) for output in self.outputs]


class FakeVideo:
    """Hosts that open what they are told to and show pictures when the test says so.

    Args:
        inbox: where their events go.
    """

    def __init__(self, inbox: Inbox) -> None:
        self._inbox = inbox
        self.acknowledges = True
        """Whether a close is answered at once; else by `acknowledge`."""
        self.has_memory = True
        """Whether a slot is to be had."""
        self.slots: list[FakePictureSlot] = []
        self.openings: list[Opening] = []
        self.unproved: list[bool] = []
        """Of each open, whether its login was never taken."""
        self.open_streams: dict[StreamKey, Opening] = {}
        self.closing: dict[StreamKey, int] = {}
        self.closed: list[tuple[StreamKey, int]] = []
        self.output_changes: list[StreamKey] = []
        self.killed: list[StreamKey] = []
        self.thin: set[StreamKey] = set()
        """Open streams whose key frames alone are decoded; each begins whole."""
        self.is_stopped = False

    @property
    def open_slots(self) -> list[FakePictureSlot]:
        """Slots that were not given back."""
        return [slot for slot in self.slots if not slot.closes]

    # ---- VideoPort

    def new_slot(self, width_px: int, height_px: int) -> FakePictureSlot:
        if not self.has_memory:
            raise VideoError("no shared memory")
        slot = FakePictureSlot(len(self.slots) + 1, width_px, height_px)
        self.slots.append(slot)
        return slot

    def prepare(self, streams: int) -> None:
        """Nothing has to be started."""

    def open(
        self,
        lease: Lease,
        generation: int,
        outputs: Sequence[Output],
        hardware: HardwareChoice,
        silence_s: float = STALE_AFTER_S,
        is_unproved: bool = False,
    ) -> None:
        key = lease.key
        assert key not in self.open_streams and key not in self.closing, f"{key} is opened twice"
        opening = Opening(lease, generation, _alive(outputs), hardware, silence_s)
        self.openings.append(opening)
        self.unproved.append(is_unproved)
        self.open_streams[key] = opening

    def set_outputs(self, key: StreamKey, outputs: Sequence[Output]) -> None:
        alive = _alive(outputs)
        stream = self.open_streams.get(key)
        if stream is not None:
            self.output_changes.append(key)
            self.open_streams[key] = replace(stream, outputs=alive)

    def set_thin(self, key: StreamKey, is_thin: bool) -> None:
        if is_thin and key in self.open_streams:
            self.thin.add(key)
        else:
            self.thin.discard(key)

    def close(self, key: StreamKey, generation: int) -> None:
        self.closed.append((key, generation))
        stream = self._let_go(key)
        if stream is None:
            self._inbox.put(StreamClosed(key, generation))
            return
        assert stream.generation == generation, f"{key} is open as generation {stream.generation}"
        self.closing[key] = generation
        if self.acknowledges:
            self.acknowledge()

    def kill_host_of(self, key: StreamKey) -> None:
        self.killed.append(key)
        self.lose_host()

    def stop(self) -> None:
        self.is_stopped = True

    # ---- what the hosts do

    def acknowledge(self) -> None:
        """Say of every closing stream that it is closed."""
        while self.closing:
            self._inbox.put(StreamClosed(*self.closing.popitem()))

    def describe(self, key: StreamKey, frame_rate_fps: float | None = 15.0) -> None:
        """Say that the stream's description has come."""
        generation = self.open_streams[key].generation
        self._inbox.put(StreamOpened(key, generation, Codec.H264, 640, 360, frame_rate_fps))

    def decode(self, key: StreamKey, engine: str = "av", decoder: str = "software") -> None:
        """Say which decoder is in use."""
        self._inbox.put(StreamDecoding(key, self.open_streams[key].generation, engine, decoder))

    def show(self, key: StreamKey, now_s: float, *, pts_us: int | None = None, pictures: int = 1) -> None:
        """Publish pictures in every output of a stream that its host serves."""
        stream = self.open_streams[key]
        for slot in map(_own, _served(stream.outputs)):
            slot.show(stream.generation, now_s, pts_us=pts_us, pictures=pictures)

    def fail(self, key: StreamKey, failure: Failure) -> None:
        """End a stream, open or closing, by itself."""
        stream = self._let_go(key)
        generation = self.closing.pop(key) if stream is None else stream.generation
        self._inbox.put(StreamFailed(key, generation, failure))

    def lose_host(self) -> None:
        """End the one host, and every stream with it."""
        for key in [*self.open_streams, *self.closing]:
            self.fail(key, Failure(Reason.HOST_LOST))

    def _let_go(self, key: StreamKey) -> Opening | None:
        self.thin.discard(key)
        return self.open_streams.pop(key, None)


class FakePaths:
    """Asks nobody; the test answers.

    Args:
        inbox: where the answers go.
    """

    def __init__(self, inbox: Inbox) -> None:
        self._inbox = inbox
        self.probed: list[tuple[StreamKey, Endpoint]] = []
        self.is_stopped = False

    def probe(self, key: StreamKey, endpoint: Endpoint) -> None:
        self.probed.append((key, endpoint))

    def stop(self) -> None:
        self.is_stopped = True

    def answer(self, is_whole: bool) -> None:
        """Answer the last question."""
        self._inbox.put(PathProbed(self.probed[-1][0], is_whole))


def _alive(outputs: Sequence[Output]) -> tuple[Output, ...]:
    for output in outputs:
        assert not _own(output).closes, f"{output.slot.handle} is used after its close"
    return tuple(outputs)


def _served(outputs: Sequence[Output]) -> Iterator[Output]:
    """Those that get pictures: all but every native window after the first, as libVLC draws into one of them."""
    has_window = False
    for output in outputs:
        is_window = output.surface is Surface.DIRECT
        if not (is_window and has_window):
            yield output
        has_window |= is_window


def _own(output: Output) -> FakePictureSlot:
    assert isinstance(output.slot, FakePictureSlot)
    return output.slot
