"""The messages between console and host: one JSON object a line, commands in, events out, over the host's pipes.

Credentials travel in an open command and nowhere else: through the pipe that only the two processes hold.
"""

from __future__ import annotations

import base64
import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from typing import Any, get_type_hints

from app.core.budget import HardwareChoice, Surface
from app.core.failure import Failure, Reason
from app.core.lights import STALE_AFTER_S
from app.core.model import CameraId, Codec, Endpoint, Profile, StreamKey
from app.core.picture import PictureSample
from app.core.redact import Secret
from app.core.zoom import WHOLE, Crop

VERSION = 5


@dataclass(frozen=True, slots=True)
class OutputSpec:
    """Where pictures go: a slot of that size, or a native window with a slot of counters.

    A slot of no size without a window keeps the stream warm: it is received, and no picture is made of it.
    """

    handle: str
    width_px: int
    height_px: int
    window_id: int | None = None
    crop: Crop = WHOLE
    """The part of the picture that goes into the slot."""

    @property
    def surface(self) -> Surface | None:
        """What shows the pictures; None for an output that only keeps the stream warm."""
        if self.window_id is not None:
            return Surface.DIRECT
        return Surface.SHARED if self.width_px else None


@dataclass(frozen=True, slots=True)
class Open:
    """Open a stream."""

    key: StreamKey
    generation: int
    endpoint: Endpoint
    username: str
    secret: Secret
    outputs: tuple[OutputSpec, ...]
    hardware: HardwareChoice
    silence_s: float = STALE_AFTER_S
    """After how long without a packet it has stalled."""
    is_unproved: bool = False
    """Whether the camera never took that login."""


@dataclass(frozen=True, slots=True)
class SetOutputs:
    """Change where an open stream's pictures go."""

    key: StreamKey
    outputs: tuple[OutputSpec, ...]


@dataclass(frozen=True, slots=True)
class Thin:
    """Decode key frames only, or everything again from the next key frame on."""

    key: StreamKey
    is_thin: bool


@dataclass(frozen=True, slots=True)
class Close:
    """Close a stream."""

    key: StreamKey
    generation: int


@dataclass(frozen=True, slots=True)
class Hello:
    """A host has started and speaks this version."""

    version: int


@dataclass(frozen=True, slots=True)
class Opened:
    """The camera described its stream."""

    key: StreamKey
    generation: int
    codec: Codec
    width_px: int
    height_px: int
    frame_rate_fps: float | None


@dataclass(frozen=True, slots=True)
class Decoding:
    """An engine has begun, or its decoder turned out to be another one than was thought."""

    key: StreamKey
    generation: int
    engine: str
    decoder: str


@dataclass(frozen=True, slots=True)
class Sampled:
    """What was measured of one picture, for the frame checks."""

    key: StreamKey
    generation: int
    sample: PictureSample


@dataclass(frozen=True, slots=True)
class Failed:
    """A stream ended by itself."""

    key: StreamKey
    generation: int
    failure: Failure


@dataclass(frozen=True, slots=True)
class Closed:
    """A close is done."""

    key: StreamKey
    generation: int


@dataclass(frozen=True, slots=True)
class Refused:
    """A stream that was let go before its camera had answered would have failed by its login."""

    key: StreamKey
    generation: int


@dataclass(frozen=True, slots=True)
class Beat:
    """The host lives: processor seconds used so far, unshared and resident memory now."""

    cpu_s: float
    uss_bytes: int
    rss_bytes: int


Command = Open | SetOutputs | Thin | Close
HostEvent = Hello | Opened | Decoding | Sampled | Failed | Closed | Refused | Beat

_COMMANDS: tuple[type[Command], ...] = (Open, SetOutputs, Thin, Close)
_EVENTS: tuple[type[HostEvent], ...] = (Hello, Opened, Decoding, Sampled, Failed, Closed, Refused, Beat)
_KINDS: dict[str, type[Command] | type[HostEvent]] = {
    kind.__name__.lower(): kind for kind in (*_COMMANDS, *_EVENTS)
}


def encode(message: Command | HostEvent) -> bytes:
    """One line, with its end."""
    document = {"kind": type(message).__name__.lower(), **_fields(message)}
    return json.dumps(document, default=_plain, separators=(",", ":")).encode() + b"\n"


def _fields(value: Any) -> dict[str, Any]:
    return {field.name: getattr(value, field.name) for field in fields(value)}


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Secret):
        return value.reveal()  # this pipe is the one way a secret takes
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return _fields(value)


def decode_command(line: bytes) -> Command:
    """The command of a line.

    Raises:
        ValueError: it is none; the message never quotes the line.
    """
    message = _decode(line)
    if not isinstance(message, _COMMANDS):
        raise ValueError(f"{type(message).__name__} is no command")
    return message


def decode_event(line: bytes) -> HostEvent:
    """The event of a line.

    Raises:
        ValueError: it is none; the message never quotes the line.
        TypeError: it is one with a value of a wrong type, which would break whoever counts with it.
    """
    message = _decode(line)
    if not isinstance(message, _EVENTS):
        raise ValueError(f"{type(message).__name__} is no event")
    if not _is_sound(message):
        raise TypeError(f"{type(message).__name__} with a value of a wrong type")
    return message


def _is_sound(value: Any) -> bool:
    """Whether each field, and each of what is in it, is of the type that it declares."""
    return all(_fits(getattr(value, name), kind) for name, kind in _types_of(value.__class__).items())


@functools.cache
def _types_of(kind: type) -> Mapping[str, Any]:
    """The types of a class's fields; an id's is that of its text."""
    return {name: getattr(hint, "__supertype__", hint) for name, hint in get_type_hints(kind).items()}


def _fits(value: object, kind: Any) -> bool:
    is_fraction = isinstance(value, int) and isinstance(0.0, kind)
    return is_fraction or (isinstance(value, kind) and (not is_dataclass(value) or _is_sound(value)))


def _decode(line: bytes) -> Command | HostEvent:
    try:
        document = json.loads(line)
        kind = _KINDS[document.pop("kind")]
        return kind(**{name: _revive(name, value) for name, value in document.items()})
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"a message that is not understood: {type(error).__name__}") from None


def _revive(name: str, value: Any) -> Any:
    """The typed value of a field; every message uses one name for one type."""
    match name:
        case "key":
            return StreamKey(CameraId(value["camera"]), Profile(value["profile"]))
        case "endpoint":
            return Endpoint(**value)
        case "secret":
            return Secret(value)
        case "outputs":
            return tuple(OutputSpec(**{**output, "crop": Crop(**output["crop"])}) for output in value)
        case "codec":
            return Codec(value)
        case "hardware":
            return HardwareChoice(value)
        case "failure":
            return _revive_failure(value)
        case "sample":
            return PictureSample(**{**value, "edges": base64.b64decode(value["edges"])})
    return value


def _revive_failure(value: Mapping[str, Any]) -> Failure:
    return Failure(**{**value, "reason": Reason(value["reason"])})
