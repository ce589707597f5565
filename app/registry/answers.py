"""What a call to the registry is given and gives back. Plain frozen data; any thread."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.core.model import Area, AreaCode, Reject
from app.registry.parse import SnapshotHead


@dataclass(frozen=True, slots=True)
class Timeouts:
    """How long is waited, seconds.

    Attributes:
        connect_s: for one address to take a connection.
        read_s: between two pieces of an answer, beyond what a long-poll waits.
        body_s: for a whole answer after its head, beyond the snapshot.
        snapshot_s: for a whole snapshot.
    """

    connect_s: float = 3.0
    read_s: float = 10.0
    body_s: float = 15.0
    snapshot_s: float = 120.0


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A snapshot that is just being read: its lines come as they arrive, None for one that is too long."""

    head: SnapshotHead
    etag: str
    lines: Iterator[bytes | None]


@dataclass(frozen=True, slots=True)
class Areas:
    """The names of the administrative areas."""

    areas: Mapping[AreaCode, Area]
    etag: str
    rejects: tuple[Reject, ...]
