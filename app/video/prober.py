"""Asks cameras whether they answer again: connect, RTSP OPTIONS, goodbye. No login, no stream.

Calls come from the console's thread and never block; a few threads ask, and leave answers in the inbox.
"""

from __future__ import annotations

import queue
import socket
import threading

from app.core.model import Endpoint, StreamKey
from app.core.ports import Inbox, PathProbed

PATIENCE_S = 0.7
"""For the connection, and again for the answer."""
THREADS = 4
"""Dead addresses use the patience up: so many are asked at the same time."""
_OPTIONS = b"OPTIONS * RTSP/1.0\r\nCSeq: 1\r\nUser-Agent: Pantau\r\n\r\n"
_ANSWER = b"RTSP/"


class Prober:
    """Implements `app.core.ports.PathPort`.

    Args:
        inbox: where the answers go.
    """

    def __init__(self, inbox: Inbox) -> None:
        self._inbox = inbox
        self._asked: queue.SimpleQueue[tuple[StreamKey, Endpoint] | None] = queue.SimpleQueue()
        self._is_stopping = False
        self._threads = [
            threading.Thread(target=self._work, name=f"prober {number}", daemon=True) for number in range(THREADS)
        ]
        for thread in self._threads:
            thread.start()

    def probe(self, key: StreamKey, endpoint: Endpoint) -> None:
        """Ask soon."""
        self._asked.put((key, endpoint))

    def stop(self) -> None:
        """End the threads and wait for them."""
        self._is_stopping = True
        for _ in self._threads:
            self._asked.put(None)
        for thread in self._threads:
            thread.join()

    def _work(self) -> None:
        while (asked := self._asked.get()) is not None and not self._is_stopping:
            key, endpoint = asked
            self._inbox.put(PathProbed(key, answers(endpoint)))


def answers(endpoint: Endpoint) -> bool:
    """Whether an RTSP server answers there; over TLS a connection has to do."""
    try:
        with socket.create_connection((endpoint.host, endpoint.port), PATIENCE_S) as connection:
            return endpoint.scheme != "rtsp" or _answers_options(connection)
    except (OSError, UnicodeError):  # UnicodeError: a label longer than names may be
        return False


def _answers_options(connection: socket.socket) -> bool:
    connection.settimeout(PATIENCE_S)
    connection.sendall(_OPTIONS)
    answer = b""
    while len(answer) < len(_ANSWER) and (more := connection.recv(64)):
        answer += more
    return answer.startswith(_ANSWER)
