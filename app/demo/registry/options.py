"""What the reference registry is started with. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.core.errors import ConfigError
from app.demo.registry.data_place import DataPlace

LOOPBACK = "127.0.0.1"
WORKERS_MAX = 16


@dataclass(frozen=True, slots=True)
class ServeOptions:
    """How to serve.

    Attributes:
        data: where everything is kept; kept as it is if it holds a catalogue.
        port: TCP port, 0 for a free one.
        host: a loopback address; any other is refused.
        cameras: a CSV file of one's own cameras; None serves the Jakarta catalogue.
        streams: the camera simulator's address, `rtsp://127.0.0.1:PORT`, for the Jakarta catalogue's leases.
        relays: a CSV file of media servers that stand between cameras and posts; None for none.
        audit_key: the file of the key that signs journals; None for one beside a SQLite file.
        workers: how many processes answer.
        listener: in a worker, the number of the socket that it shares with the others; None elsewhere.
        has_parent_pipe: standard input may bring one line `{"camera_secret": …}`, and its end is ours.
    """

    data: DataPlace
    port: int = 0
    host: str = LOOPBACK
    cameras: Path | None = None
    streams: str | None = None
    relays: Path | None = None
    audit_key: Path | None = None
    workers: int = 1
    listener: int | None = None
    has_parent_pipe: bool = False

    @property
    def audit_key_file(self) -> Path:
        """Where the key is kept that signs how far journals are kept.

        Raises:
            ConfigError: there is no file beside which it could be.
        """
        if self.audit_key is not None:
            return self.audit_key
        if not isinstance(self.data, Path):
            raise ConfigError("With PostgreSQL the key that signs journals needs a file of its own: --audit-key.")
        return self.data.with_name(f"{self.data.name}.audit-key")
