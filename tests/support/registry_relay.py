"""A relay between a post and its registry: a test puts trouble on it, and it writes down who asked when.

HTTPS on the post's side, plain HTTP on the registry's. One thread for each connection; a test's thread changes
what is done with requests while they come.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import socket
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

CONNECT = "connect"
"""In place of a path: somebody has connected, and has asked for nothing yet."""
_CONNECTION_HEADERS = frozenset({"connection", "keep-alive", "transfer-encoding", "content-length"})
_IDLE_LIMIT_S = 60.0


@dataclass(frozen=True, slots=True)
class Asked:
    """What came, and when by the monotonic clock: noted before anything is done about it."""

    path: str
    at_s: float


class Exchange(BaseHTTPRequestHandler):
    """One connection of a post; each request goes to what the relay does with requests just then."""

    protocol_version = "HTTP/1.1"
    server: RegistryRelay

    def log_message(self, *_args: object) -> None:
        """The relay has a log of its own."""

    def _serve(self) -> None:
        self.body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        self.server.note(self.path.partition("?")[0])
        self.server.work(self)

    do_GET = do_POST = do_PUT = do_DELETE = _serve  # noqa: N815  # the base class's names

    def pass_on(self) -> None:
        """Ask the registry and tell its answer."""
        self.tell(*self.ask())

    def ask(self) -> tuple[int, Mapping[str, str], bytes]:
        """What the registry answers; the connection of a post ends with the registry's."""
        headers = {name: text for name, text in self.headers.items() if name.lower() not in _CONNECTION_HEADERS}
        upstream = http.client.HTTPConnection("127.0.0.1", self.server.target)
        try:
            upstream.connect()
            with self.server.watched(upstream.sock):
                upstream.request(self.command, self.path, self.body or None, headers)
                answer = upstream.getresponse()
                return answer.status, dict(answer.getheaders()), answer.read()
        finally:
            upstream.close()

    def tell(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
        """Answer the post."""
        self.send_response(status)
        for name, text in headers.items():
            if name.lower() not in _CONNECTION_HEADERS:
                self.send_header(name, text)
        if status not in (204, 304):
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def problem(self, status: int, code: str, detail: str, **headers: str) -> None:
        """Answer with a problem of the contract."""
        told = {"type": f"urn:pantau:problem:{code}", "title": "Trouble", "status": status, "code": code}
        told |= {"detail": detail, "retryable": True, "trace_id": "0" * 32}
        self.tell(status, {"Content-Type": "application/problem+json", **headers}, json.dumps(told).encode())


Work = Callable[[Exchange], None]


def hang_up(exchange: Exchange) -> None:
    """End the connection without an answer, as a registry does that has just died."""
    exchange.close_connection = True


def hold(exchange: Exchange) -> None:
    """Keep the post waiting until the connection or the relay ends."""
    exchange.close_connection = True
    exchange.server.healed.wait(_IDLE_LIMIT_S)


class RegistryRelay(ThreadingHTTPServer):
    """The relay; a context manager.

    Args:
        identity: TLS as it should be.

    Attributes:
        target: the registry's port.
        identity: TLS for the connections to come.
        work: what is done with each request.
        log: all that came.
    """

    daemon_threads = False
    block_on_close = True

    def __init__(self, identity: ssl.SSLContext) -> None:
        super().__init__(("127.0.0.1", 0), Exchange)
        self.url = f"https://127.0.0.1:{self.server_address[1]}"
        self.target = 0
        self._good = self.identity = identity
        self.work: Work = Exchange.pass_on
        self.log: list[Asked] = []
        self.healed = threading.Event()
        """Set while there is no trouble."""
        self.healed.set()
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._thread = threading.Thread(target=self.serve_forever, args=(0.02,), name="registry relay")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.shutdown()
        self._thread.join()
        self.heal()
        self.server_close()

    # ---- trouble

    def trouble(self, work: Work = Exchange.pass_on, identity: ssl.SSLContext | None = None) -> None:
        """Do something else with what comes from now on; whoever is connected has to come again."""
        self.healed.clear()
        self.work, self.identity = work, identity or self._good
        self.break_off()

    def heal(self) -> None:
        """Be a good relay again."""
        self.work, self.identity = Exchange.pass_on, self._good
        self.healed.set()
        self.break_off()

    def break_off(self) -> None:
        """End every connection, on both sides."""
        with self._lock:
            for each in self._open:
                with contextlib.suppress(OSError):  # it has just ended by itself
                    socket.socket.shutdown(each, socket.SHUT_RDWR)  # under TLS, too: nothing more is to be said

    # ---- its log

    def note(self, path: str) -> None:
        """Something came."""
        self.log.append(Asked(path, time.monotonic()))

    def times_s(self, path: str, since_s: float) -> list[float]:
        """When that was asked for since then."""
        return [each.at_s for each in list(self.log) if each.path == path and each.at_s >= since_s]

    # ---- connections

    @contextlib.contextmanager
    def watched(self, connection: socket.socket) -> Any:
        """A connection that `break_off` ends."""
        with self._lock:
            self._open.add(connection)
        try:
            yield
        finally:
            with self._lock:
                self._open.discard(connection)

    def get_request(self) -> Any:
        """The next connection; its handshake is its own thread's business."""
        connection, address = super().get_request()
        self.note(CONNECT)
        connection.settimeout(_IDLE_LIMIT_S)
        encrypted = self.identity.wrap_socket(connection, server_side=True, do_handshake_on_connect=False)
        return encrypted, address

    def finish_request(self, request: Any, client_address: Any) -> None:
        """Serve a connection until it ends."""
        with self.watched(request):
            super().finish_request(request, client_address)

    def handle_error(self, *_args: object) -> None:
        """Posts refuse us and connections are broken off: that is what the relay is for."""
