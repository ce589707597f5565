"""A loopback port that listens, refuses or is a black hole, and stays ours all the while.

Runs in the proxies' event loop; Linux alone has a backlog that makes a black hole. Must import nothing of ours
but `faults`.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
from collections.abc import Callable

from tests.support.fault_proxy.faults import Doorway

LOOPBACK = "127.0.0.1"
_BACKLOG = 256
_FILLERS = 4
"""A backlog of zero takes one connection; the others are there should that one be late."""
_RESET_ON_CLOSE = struct.pack("ii", 1, 0)
"""SO_LINGER with no time: close sends RST."""


def reset_on_close(connection: socket.socket) -> None:
    """Its peer will see RST instead of FIN."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)


class Door:
    """The port, and what stands behind it.

    Args:
        on_connect: takes each new connection, not blocking.

    Attributes:
        port: its number.
    """

    def __init__(self, on_connect: Callable[[socket.socket], None]) -> None:
        self._on_connect = on_connect
        self._keeper = _bind(0)  # never listens: it keeps the port while nobody else does
        self.port: int = self._keeper.getsockname()[1]
        self._open = contextlib.ExitStack()
        self._state = Doorway.CLOSED

    def set(self, doorway: Doorway) -> None:
        """From now on so."""
        is_shut = doorway in (Doorway.CLOSED, Doorway.BLACK_HOLE)
        state = doorway if is_shut else Doorway.OPEN  # taken, whatever becomes of it then
        if state is self._state:
            return
        self._state = state
        self._open.close()
        if state is Doorway.OPEN:
            self._listen()
        elif state is Doorway.BLACK_HOLE:
            self._swallow()

    def close(self) -> None:
        """Give the port back."""
        self._open.close()
        self._keeper.close()

    def _listen(self) -> None:
        loop = asyncio.get_running_loop()
        listener = self._open.enter_context(_bind(self.port))
        listener.listen(_BACKLOG)
        loop.add_reader(listener, self._accept, listener)
        self._open.callback(loop.remove_reader, listener)

    def _accept(self, listener: socket.socket) -> None:
        try:
            accepted, _ = listener.accept()
        except (BlockingIOError, ConnectionAbortedError):  # it has left again
            return
        accepted.setblocking(False)
        self._on_connect(accepted)

    def _swallow(self) -> None:
        """Fill the backlog: the system then drops every further attempt."""
        self._open.enter_context(_bind(self.port)).listen(0)
        for _ in range(_FILLERS):
            filler = self._open.enter_context(socket.socket())
            filler.setblocking(False)
            filler.connect_ex((LOOPBACK, self.port))


def _bind(port: int) -> socket.socket:
    bound = socket.socket()
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    bound.bind((LOOPBACK, port))
    bound.setblocking(False)
    return bound
