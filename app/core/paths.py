"""The paths from this PC to its cameras: what is asked of them, and what is heard. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from app.core.model import Endpoint, StreamKey


@dataclass(frozen=True, slots=True)
class PathProbed:
    """A camera's address was asked whether anything answers there."""

    key: StreamKey
    is_whole: bool


@dataclass(frozen=True, slots=True)
class NetworkChanged:
    """This PC's own network came up, or changed; or the PC has slept.

    Attributes:
        slept_s: for how long the monotonic clock stood still meanwhile, seconds.
    """

    slept_s: float = 0.0


PathMessage = PathProbed | NetworkChanged


class PathPort(Protocol):
    """Asks, without logging in, whether a camera's address answers again."""

    def probe(self, key: StreamKey, endpoint: Endpoint) -> None:
        """Ask; `PathProbed` follows within a few seconds."""

    def stop(self) -> None:
        """End all work; no message follows."""
