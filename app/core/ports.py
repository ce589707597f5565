"""What the console needs from the outside, as protocols, and the messages that come back.

Calls go out from the console's thread and never block; answers come as messages through one inbox, from any
thread. The adapters are `app.registry` and `app.video`; `app.bootstrap` puts them together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from app.core.budget import HardwareChoice, HostId
from app.core.failure import Failure
from app.core.lights import Lights
from app.core.model import Catalog, Codec, Lease, Reject, StreamKey

# ---- from the registry client


@dataclass(frozen=True, slots=True)
class CatalogSynced:
    """The catalogue in this post's scope, whole: the first sync, a later change, or the last good copy."""

    catalog: Catalog
    rejects: tuple[Reject, ...] = ()
    sync_s: float = 0.0
    """How long the full sync took, request to merged catalogue."""
    from_cache: bool = False


@dataclass(frozen=True, slots=True)
class RegistryReached:
    """The registry answered."""


@dataclass(frozen=True, slots=True)
class RegistryLost:
    """The registry could not be reached or refused; `sentence` says which, for a person."""

    sentence: str


@dataclass(frozen=True, slots=True)
class LeaseGranted:
    """A stream may be opened."""

    lease: Lease


@dataclass(frozen=True, slots=True)
class LeaseDenied:
    """A stream may not be opened, or nobody could be asked."""

    key: StreamKey
    failure: Failure


# ---- from the video hosts


@dataclass(frozen=True, slots=True)
class StreamOpened:
    """A host has the stream's description; says nothing of pictures."""

    key: StreamKey
    generation: int
    codec: Codec
    width_px: int
    height_px: int
    frame_rate_fps: float | None
    engine: str
    decoder: str


@dataclass(frozen=True, slots=True)
class StreamFailed:
    """A stream ended by itself; nothing of it is open any more."""

    key: StreamKey
    generation: int
    failure: Failure


@dataclass(frozen=True, slots=True)
class StreamClosed:
    """A close that was asked for is done."""

    key: StreamKey
    generation: int


@dataclass(frozen=True, slots=True)
class HostBeat:
    """A host is alive: what it has used so far."""

    host: HostId
    cpu_s: float
    uss_bytes: int


Message = (
    CatalogSynced
    | RegistryReached
    | RegistryLost
    | LeaseGranted
    | LeaseDenied
    | StreamOpened
    | StreamFailed
    | StreamClosed
    | HostBeat
)


class Inbox(Protocol):
    """Where adapters put messages; safe from any thread (`queue.SimpleQueue` is one)."""

    def put(self, item: Message, /) -> None:
        """Leave a message for the console's next pump."""


class RegistryPort(Protocol):
    """The registry client as the console sees it."""

    def request_lease(self, key: StreamKey) -> None:
        """Ask for a lease; `LeaseGranted` or `LeaseDenied` follows."""

    def release_lease(self, lease: Lease) -> None:
        """Give a lease back that is not needed any more."""

    def stop(self) -> None:
        """End all work; no message follows."""


class Picture(NamedTuple):
    """A picture in shared memory; valid until the writer has published two more."""

    sequence: int
    buffer: int
    """Which of the slot's buffers it lies in: a reader may keep one image object per buffer."""
    width_px: int
    height_px: int
    stride_bytes: int
    pixels: memoryview
    """BGRX bytes, `stride_bytes × height_px`."""


class PictureSlot(Protocol):
    """One output of a stream: shared memory that a host writes and the wall reads."""

    @property
    def handle(self) -> str:
        """What a host needs to attach it."""

    def sequence(self) -> int:
        """A number that changes with every published picture; 0 before the first."""

    def picture(self) -> Picture | None:
        """The latest picture, None before the first."""

    def lights(self, generation: int) -> Lights:
        """The counters that the stream's open of that generation has published so far."""

    def close(self) -> None:
        """Give the memory back; a picture still held by a reader keeps it alive until it is dropped."""


@dataclass(frozen=True, slots=True)
class Output:
    """Where a stream's pictures go: a slot, of at most that size; or a native window, its slot counters only."""

    slot: PictureSlot
    width_px: int
    height_px: int
    window_id: int | None = None


class VideoPort(Protocol):
    """The hosts as the console sees them."""

    def new_slot(self, width_px: int, height_px: int) -> PictureSlot:
        """Shared memory for pictures of at most that size (0 × 0: counters only)."""

    def prepare(self, streams: int) -> None:
        """Start the hosts that so many streams will need, ahead of the first open."""

    def open(
        self,
        lease: Lease,
        generation: int,
        outputs: Sequence[Output],
        hardware: HardwareChoice,
    ) -> None:
        """Open a stream; `StreamOpened` or `StreamFailed` follows."""

    def set_outputs(self, key: StreamKey, outputs: Sequence[Output]) -> None:
        """Change where an open stream's pictures go, without reopening it."""

    def close(self, key: StreamKey, generation: int) -> None:
        """Close a stream; `StreamClosed` follows, at once where nothing is open."""

    def kill_host_of(self, key: StreamKey) -> None:
        """End the host that does not answer; `StreamFailed` follows for each of its streams."""

    def stop(self) -> None:
        """End every host and wait until they are gone."""
