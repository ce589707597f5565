"""Asks cameras whether they answer again: connect, RTSP OPTIONS, goodbye. No login, no stream.

Calls come from the console's thread and never block; threads ask, and leave answers in the inbox.
"""

from __future__ import annotations

import socket
import threading

from app.core.model import Endpoint, StreamKey
from app.core.paths import PathProbed
from app.core.ports import Inbox

PATIENCE_S = 0.7
"""For the connection, and again for the answer."""
_OPTIONS = b"OPTIONS * RTSP/1.0\r\nCSeq: 1\r\nUser-Agent: Pantau\r\n\r\n"
_ANSWER = b"RTSP/"


class Prober:
    """Implements `app.core.ports.PathPort`.

    Each question has a thread of its own, which ends with it: a question has to leave when its site's pace counts
    it. One that waited behind dead addresses would arrive beside later connects.

    Args:
        inbox: where the answers go.
    """

    def __init__(self, inbox: Inbox) -> None:
        self._inbox = inbox
        self._lock = threading.Lock()
        self._asking: set[threading.Thread] = set()

    def probe(self, key: StreamKey, endpoint: Endpoint) -> None:
        """Ask now."""
        thread = threading.Thread(target=self._ask, args=(key, endpoint), name="prober", daemon=True)
        with self._lock:
            self._asking.add(thread)
        try:
            thread.start()
        except (
            RuntimeError
        ):  # this PC has no thread to give: asked again later, like a camera that does not answer
            self._end(thread, PathProbed(key, False))

    def stop(self) -> None:
        """Wait for the threads to end."""
        with self._lock:
            asking = tuple(self._asking)
        for thread in asking:
            thread.join()

    def _ask(self, key: StreamKey, endpoint: Endpoint) -> None:
        self._end(threading.current_thread(), PathProbed(key, answers(endpoint)))

    def _end(self, thread: threading.Thread, answer: PathProbed) -> None:
        self._inbox.put(answer)
        with self._lock:
            self._asking.discard(thread)


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
