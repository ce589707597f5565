"""Asks cameras whether they answer again: connect, RTSP OPTIONS, goodbye. No login, no stream.

Calls come from the console's thread and never block; threads ask, and leave answers in the inbox.
"""

from __future__ import annotations

import socket
from concurrent.futures import ThreadPoolExecutor

from app.core.model import Endpoint, StreamKey
from app.core.paths import PathProbed
from app.core.ports import Inbox

PATIENCE_S = 0.7
"""For the connection, and again for the answer."""
AT_ONCE = 64
"""Every site of a large wall. A question has to leave when its site's pace counts it: one that waited behind dead
addresses would arrive beside later connects."""
_OPTIONS = b"OPTIONS * RTSP/1.0\r\nCSeq: 1\r\nUser-Agent: Pantau\r\n\r\n"
_ANSWER = b"RTSP/"


class Prober:
    """Implements `app.core.ports.PathPort`.

    Args:
        inbox: where the answers go.
    """

    def __init__(self, inbox: Inbox) -> None:
        self._inbox = inbox
        self._threads = ThreadPoolExecutor(AT_ONCE, "prober")  # made as they are needed

    def probe(self, key: StreamKey, endpoint: Endpoint) -> None:
        """Ask now."""
        self._threads.submit(self._ask, key, endpoint)

    def stop(self) -> None:
        """End the threads and wait for them."""
        self._threads.shutdown(cancel_futures=True)

    def _ask(self, key: StreamKey, endpoint: Endpoint) -> None:
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
