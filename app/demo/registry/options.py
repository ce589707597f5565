"""What the reference registry is started with. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class ServeOptions:
    """How to serve.

    Attributes:
        data: the SQLite file; made if it is not there, kept if it holds a catalogue.
        port: TCP port, 0 for a free one.
        host: a loopback address; any other is refused.
        cameras: a CSV file of one's own cameras; None serves the Jakarta catalogue.
        streams: the camera simulator's address, `rtsp://127.0.0.1:PORT`, for the Jakarta catalogue's leases.
        has_parent_pipe: standard input may bring one line `{"camera_secret": …}`, and its end is ours.
    """

    data: Path
    port: int = 0
    host: str = LOOPBACK
    cameras: Path | None = None
    streams: str | None = None
    has_parent_pipe: bool = False
