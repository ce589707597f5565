"""What the console needs from the outside, as protocols, and the messages that come back.

Calls go out from the console's thread and never block; answers come as messages through one inbox, from any
thread. The adapters are `app.registry` and `app.video`; `app.bootstrap` puts them together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol, TypeVar

from app.core.budget import HardwareChoice, HostId, Surface
from app.core.duty import DutyMessage
from app.core.failure import Failure
from app.core.lights import STALE_AFTER_S, Lights
from app.core.login import LoginRefused
from app.core.model import Catalog, Codec, HeldList, Lease, Reject, StreamKey
from app.core.paths import PathMessage
from app.core.picture import PictureSample
from app.core.posts import ChiefMessage, ChiefPort
from app.core.purpose import LeasePurpose
from app.core.remote import WallDesired, WallReport
from app.core.salvo import Salvo
from app.core.saved_layout import SavedLayout
from app.core.sentence import Sentence
from app.core.shared import SharedMessage, SharedPort
from app.core.tour import TourPlan
from app.core.zoom import WHOLE, Crop

# ---- from the registry client


@dataclass(frozen=True, slots=True)
class CatalogSynced:
    """The catalogue in this post's scope, whole: the first sync, a later change, or the last good copy."""

    catalog: Catalog
    rejects: tuple[Reject, ...] = ()
    sync_s: float = 0.0
    """How long the full sync took, request to merged catalogue."""
    from_cache: bool = False
    held: HeldList | None = None
    """The registry's newer list, which waits for somebody's yes; None where there is none."""


@dataclass(frozen=True, slots=True)
class RegistryReached:
    """The registry answered."""


@dataclass(frozen=True, slots=True)
class RegistryLost:
    """The registry could not be reached, or refused this post; `sentence` says which, for a person."""

    sentence: Sentence
    is_refusal: bool = False


@dataclass(frozen=True, slots=True)
class LeaseGranted:
    """A stream may be opened."""

    lease: Lease


@dataclass(frozen=True, slots=True)
class LeaseDenied:
    """A stream may not be opened, or nobody could be asked."""

    key: StreamKey
    failure: Failure


@dataclass(frozen=True, slots=True)
class JournalTaken:
    """The registry has this PC's journal up to an entry; or it does not take it, and `sentence` says why."""

    sentence: Sentence | None = None


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


HARDWARE = "hardware"
"""The decoder of a stream that a GPU really decodes."""


@dataclass(frozen=True, slots=True)
class StreamDecoding:
    """An engine plays the stream, with that decoder: read back, not assumed."""

    key: StreamKey
    generation: int
    engine: str
    decoder: str


@dataclass(frozen=True, slots=True)
class PictureSampled:
    """What was measured of one of a stream's pictures."""

    key: StreamKey
    generation: int
    sample: PictureSample


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


@dataclass(frozen=True, slots=True)
class HostEnded:
    """A host is gone."""

    host: HostId


Message = (
    CatalogSynced
    | RegistryReached
    | RegistryLost
    | LeaseGranted
    | LeaseDenied
    | JournalTaken
    | WallDesired
    | ChiefMessage
    | SharedMessage
    | DutyMessage
    | StreamOpened
    | StreamDecoding
    | PictureSampled
    | StreamFailed
    | StreamClosed
    | LoginRefused
    | PathMessage
    | HostBeat
    | HostEnded
)


class Inbox(Protocol):
    """Where adapters put messages; safe from any thread (`queue.SimpleQueue` is one)."""

    def put(self, item: Message, /) -> None:
        """Leave a message for the console's next pump."""


class RegistryPort(Protocol):
    """The registry client as the console sees it."""

    def request_lease(self, key: StreamKey, purpose: LeasePurpose) -> None:
        """Ask for a lease for a purpose; `LeaseGranted` or `LeaseDenied` follows."""

    def release_lease(self, lease: Lease) -> None:
        """Give a lease back that is not needed any more."""

    @property
    def chief(self) -> ChiefPort:
        """The walls of posts, for a chief."""

    @property
    def shared(self) -> SharedPort:
        """The layouts that officers share."""

    def accept_list(self, held: HeldList) -> None:
        """Somebody agrees to a list that is held back: it is asked for anew, and used."""

    def report_wall(self, report: WallReport) -> None:
        """Say what the wall shows; the newest is sent soon where it is another one, and every now and then."""

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
    crop: Crop = WHOLE
    """The part of the camera's picture that this is, to the pixel."""
    asked: Crop = WHOLE
    """The part that was asked for: the nearest that can be cut out was made of it."""


class PictureSlot(Protocol):
    """One output of a stream: shared memory that a host writes and the wall reads."""

    @property
    def handle(self) -> str:
        """What a host needs to attach it."""

    def sequence(self) -> int:
        """A number that changes with every published picture; 0 before the first."""

    def picture(self) -> Picture | None:
        """The latest picture; None before the first, and while what is there cannot be one."""

    def lights(self, generation: int) -> Lights:
        """The counters that the stream's open of that generation has published so far."""

    def close(self) -> None:
        """Give the memory back; a picture still held by a reader keeps it alive until it is dropped."""


@dataclass(frozen=True, slots=True)
class Output:
    """Where a stream's pictures go: a slot, of at most that size; or a native window, its slot counters only.

    Of no size and without a window it keeps the stream warm: received, and ready to be shown.
    """

    slot: PictureSlot
    width_px: int
    height_px: int
    window_id: int | None = None
    crop: Crop = WHOLE
    """The part of the picture that a slot gets; a native window always shows all of it."""

    @property
    def surface(self) -> Surface:
        """What shows its pictures."""
        return Surface.SHARED if self.window_id is None else Surface.DIRECT


class VideoPort(Protocol):
    """The hosts as the console sees them."""

    def new_slot(self, width_px: int, height_px: int) -> PictureSlot:
        """Shared memory for pictures of at most that size (0 × 0: counters only), else a `VideoError`."""

    def prepare(self, streams: int) -> None:
        """Start the hosts that so many streams will need, ahead of the first open."""

    def open(
        self,
        lease: Lease,
        generation: int,
        outputs: Sequence[Output],
        hardware: HardwareChoice,
        silence_s: float = STALE_AFTER_S,
        is_unproved: bool = False,
    ) -> None:
        """Open a stream; `StreamOpened` or `StreamFailed` follows.

        Args:
            silence_s: after how long without a packet it has stalled.
            is_unproved: whether the camera never took that login: it is looked whether it hears it.
        """

    def set_outputs(self, key: StreamKey, outputs: Sequence[Output]) -> None:
        """Change where an open stream's pictures go, without reopening it."""

    def set_thin(self, key: StreamKey, is_thin: bool) -> None:
        """Have an open stream's key frames decoded only, or everything again."""

    def close(self, key: StreamKey, generation: int) -> None:
        """Close a stream; `StreamClosed` follows, at once where nothing is open; `LoginRefused` may, later."""

    def kill_host_of(self, key: StreamKey) -> None:
        """End the host that does not answer; `StreamFailed` follows for each of its streams."""

    def stop(self) -> None:
        """End every host and wait until they are gone."""


@dataclass(frozen=True, slots=True)
class LoadedLayouts:
    """The saved layouts that could be read, and a sentence for each that could not."""

    saved: Mapping[str, SavedLayout]
    problems: tuple[Sentence, ...] = ()


class LayoutStore(Protocol):
    """Where saved layouts are kept. Every call waits for the disk and raises a ConfigError where it fails."""

    def load(self) -> LoadedLayouts:
        """Every layout that can be read."""

    def save(self, saved: SavedLayout) -> None:
        """Keep a layout in the place of the one of its name, unless that is locked."""

    def delete(self, name: str) -> None:
        """Delete a layout, unless it is locked."""

    def rename(self, old: str, new: str) -> None:
        """Give a layout another name, unless it is locked or the name is taken."""

    def unlock(self, name: str) -> None:
        """Let a layout be written over and deleted again."""

    def import_file(self, path: str) -> SavedLayout:
        """The layout in a file anywhere; it is not kept."""

    def export(self, saved: SavedLayout, path: str) -> None:
        """Write a layout to a file anywhere."""


class Named(Protocol):
    """What is kept under its name."""

    @property
    def name(self) -> str:
        """What a person calls it."""


T_contra = TypeVar("T_contra", bound=Named, contravariant=True)


class NamedStore(Protocol[T_contra]):
    """Where things of one kind are kept. Every call waits for the disk and raises a ConfigError where it fails."""

    def save(self, item: T_contra) -> None:
        """Keep one in the place of the one of its name."""

    def delete(self, name: str) -> None:
        """Delete one."""


@dataclass(frozen=True, slots=True)
class LoadedTours:
    """The tours and salvos that could be read, by name, and a sentence for each file that cannot be used."""

    tours: Mapping[str, TourPlan]
    salvos: Mapping[str, Salvo]
    problems: tuple[Sentence, ...] = ()


class TourStore(Protocol):
    """Where tours and salvos are kept."""

    @property
    def tours(self) -> NamedStore[TourPlan]:
        """The tours."""

    @property
    def salvos(self) -> NamedStore[Salvo]:
        """The salvos."""

    def load(self) -> LoadedTours:
        """Everything that can be read."""
