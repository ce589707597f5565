"""An address that never answers, so that a demo camera can be one that nobody reaches.

Made of a loopback listener whose queue is full: the system then drops further connection requests without a
word, as a lost network would, and no packet leaves this machine. Made and ended by the thread that serves.
"""

from __future__ import annotations

import socket
import sys
from types import TracebackType
from typing import Self

_LOOPBACK = "127.0.0.1"
_FULL_AFTER = 0
"""A backlog of 0 still holds one connection (Linux and macOS)."""
_ELSEWHERE = "10.255.255.1:554"
"""For Windows, which refuses what its queue cannot hold: a private address that hardly any network has."""


class BlackHole:
    """A context manager; `address` (host:port) never answers inside it."""

    def __init__(self) -> None:
        self.address = _ELSEWHERE
        self._sockets: list[socket.socket] = []

    def __enter__(self) -> Self:
        if sys.platform != "win32":
            self._open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for each in self._sockets:
            each.close()

    def _open(self) -> None:
        listener = socket.socket()
        self._sockets.append(listener)
        listener.bind((_LOOPBACK, 0))
        listener.listen(_FULL_AFTER)
        host, port = listener.getsockname()
        self._sockets.append(socket.create_connection((host, port)))
        self.address = f"{host}:{port}"
