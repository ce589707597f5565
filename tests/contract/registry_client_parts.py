"""Parts for the registry client's tests: a scripted server on loopback, and the reference registry's process."""

from __future__ import annotations

import json
import queue
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random
from typing import Any, TypeVar

from app.core.ports import Message
from app.credentials import Identity, new_private_key

CANARY = "k4nari-Rahasia:@/%#?"
WAIT_S = 20.0
M = TypeVar("M")
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes


class Exchange(BaseHTTPRequestHandler):
    """One request; a route answers it through `json`, `raw` or its own writing to `wfile`."""

    protocol_version = "HTTP/1.1"
    server: Peer

    def log_message(self, *_args: object) -> None:
        pass

    def _serve(self) -> None:
        path, _, query = self.path.partition("?")
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        request = Request(self.command, path, query, dict(self.headers), body)
        self.server.requests.append(request)
        route = self.server.routes.get(path) or self.server.routes.get(f"{path.rpartition('/')[0]}/*")
        if route is None:
            self.problem(404, "not-found")
        else:
            route(self, request)

    do_GET = do_POST = do_PUT = do_DELETE = _serve  # noqa: N815  # the base class's names

    def json(self, value: object, status: int = 200, headers: Mapping[str, str] | None = None) -> None:
        self.raw(json.dumps(value).encode(), status, {"Content-Type": "application/json", **(headers or {})})

    def raw(self, body: bytes, status: int = 200, headers: Mapping[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        if status not in (204, 304):
            self.wfile.write(body)

    def problem(self, status: int, code: str, headers: Mapping[str, str] | None = None, **more: object) -> None:
        body = {
            "type": f"urn:pantau:problem:{code}",
            "title": "Title",
            "detail": f"Because of {code}.",
            "status": status,
            "code": code,
            "retryable": status >= 500 or status == 429,
            "trace_id": "0" * 32,
            **more,
        }
        self.json(body, status, headers)


Route = Callable[[Exchange, Request], None]


class Peer(ThreadingHTTPServer):
    """A scripted server. Its routes can be changed while it runs; `ending` is set before it ends."""

    daemon_threads = False
    block_on_close = True

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.routes: dict[str, Route] = dict(_well_behaved())
        self.requests: list[Request] = []
        self.ending = threading.Event()
        super().__init__(("127.0.0.1", 0), Exchange)
        self._tls = tls
        self.port = self.server_address[1]
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{self.port}"

    def get_request(self) -> Any:
        connection, address = super().get_request()
        connection.settimeout(WAIT_S)
        if self._tls is not None:
            connection = self._tls.wrap_socket(connection, server_side=True)
        return connection, address

    def handle_error(self, *_args: object) -> None:
        """Clients break connections off; that is what they are tested for."""

    def asked(self, path: str) -> list[Request]:
        return [request for request in self.requests if request.path == path]


def _well_behaved() -> Iterator[tuple[str, Route]]:
    yield "/v1/meta", lambda exchange, _request: exchange.json(meta())
    yield (
        "/oauth2/token",
        lambda exchange, _request: exchange.json(
            {"access_token": "token-1", "token_type": "Bearer", "expires_in": 600}
        ),
    )
    yield "/v1/jurisdictions", lambda exchange, _request: exchange.json(AREAS, headers={"ETag": '"areas-1"'})
    yield "/v1/changes", hold


def hold(exchange: Exchange, _request: Request) -> None:
    """A long-poll in which nothing happens, as long as the server lives."""
    exchange.server.ending.wait(WAIT_S)


AREAS = {"units": [], "areas": [{"code": "31", "kind": "province", "name": "Daerah Khusus Ibukota Jakarta"}]}


def meta(**more: object) -> dict[str, object]:
    return {
        "contract": "1.0",
        "epoch": "e1",
        "server_time": "2026-11-20T08:11:02Z",
        "min_client_version": "0.1.0",
        "limits": {
            "lease_batch_max": 64,
            "changes_limit_max": 1000,
            "changes_wait_max_s": 25,
            "request_body_max_bytes": 262144,
        },
        "stream_zones": ["10.20.0.0/16", "*.registry.example", "relay.example"],
        **more,
    }


def camera(number: int, **more: object) -> dict[str, Any]:
    return {
        "id": f"00000000-0000-4000-8000-{number:012}",
        "rev": number,
        "code": f"JKT-{number:05}",
        "name": f"Simpang {number}",
        "jurisdiction": {"polda": "PMJ", "kelurahan_code": "31.71.01.1004"},
        "profiles": [{"id": "sub", "role": "sub", "codec": "h264", "width_px": 640, "height_px": 360}],
        "credential": {"version": 1},
        "status": {"lifecycle": "active"},
        "updated_at": "2026-11-20T08:11:02Z",
        **more,
    }


def snapshot(*cameras: object, cursor: str = "c1", count: int | None = None) -> bytes:
    head = {"cursor": cursor, "epoch": "e1", "count": len(cameras) if count is None else count}
    return "".join(json.dumps(each) + "\n" for each in (head, *cameras)).encode()


def serve_snapshot(*cameras: object, cursor: str = "c1", etag: str = '"s1"') -> Route:
    """A route with that catalogue, honouring `If-None-Match`."""

    def route(exchange: Exchange, request: Request) -> None:
        if request.headers.get("If-None-Match") == etag:
            exchange.raw(b"", 304, {"ETag": etag})
        else:
            exchange.raw(snapshot(*cameras, cursor=cursor), headers={"ETag": etag})

    return route


def lease(
    item: Mapping[str, str], url: str = "rtsp://10.20.31.7/live?a=b%20c", **more: object
) -> dict[str, object]:
    number = int(item["camera_id"][-4:], 16)
    return {
        "lease_id": f"00000000-0000-4000-9000-{number:012}",
        "camera_id": item["camera_id"],
        "profile": item["profile"],
        "endpoints": [{"kind": "camera", "url": url, "transport": "tcp"}],
        "username": "pantau",
        "secret": CANARY,
        "credential_version": 1,
        "expires_in_s": 3600,
        "offline_use_s": 7200,
        **more,
    }


def serve_leases(exchange: Exchange, request: Request) -> None:
    exchange.json({"items": [lease(item) for item in json.loads(request.body)["items"]]})


@contextmanager
def running_peer(tls: ssl.SSLContext | None = None) -> Iterator[Peer]:
    peer = Peer(tls)
    thread = threading.Thread(target=peer.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield peer
    finally:
        peer.ending.set()
        peer.shutdown()
        thread.join()
        peer.server_close()


def make_identity() -> Identity:
    return Identity("post_1", new_private_key())


class Messages:
    """An inbox that a test waits on."""

    def __init__(self) -> None:
        self.all: list[Message] = []
        self._queue: queue.SimpleQueue[Message] = queue.SimpleQueue()

    def put(self, item: Message, /) -> None:
        self.all.append(item)
        self._queue.put(item)

    def take(self, kind: type[M]) -> M:
        """The next message of that kind; others that come before it are passed over."""
        while True:
            message = self._queue.get(timeout=WAIT_S)
            if isinstance(message, kind):
                return message


class QuickRandom(Random):
    """Draws the shortest wait but a little, so that tests do not last."""

    def uniform(self, a: float, b: float) -> float:
        return min(b, 0.05)


def wait_until(is_true: Callable[[], object]) -> None:
    """Wait for a condition that another thread brings about."""
    deadline_s = time.monotonic() + WAIT_S
    while not is_true():
        assert time.monotonic() < deadline_s, "it did not happen"
        time.sleep(0.005)


@dataclass(frozen=True)
class ReferenceRegistry:
    """A running reference registry."""

    url: str
    code: str
    data: Path
    process: subprocess.Popen[bytes]


@contextmanager
def running_registry(
    folder: Path, port: int = 0, streams: str = "rtsp://127.0.0.1:8554"
) -> Iterator[ReferenceRegistry]:
    """`pantau registry serve`, which ends with the pipe that it reads."""
    data = folder / "registry.sqlite"
    command = [sys.executable, "-m", "app.demo.registry", "serve", "--data", str(data), "--port", str(port)]
    process = subprocess.Popen(
        [*command, "--streams", streams, "--parent-pipe"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
    )
    assert process.stdin is not None and process.stdout is not None
    try:
        process.stdin.write(json.dumps({"camera_secret": CANARY}).encode() + b"\n")
        process.stdin.flush()
        announced = json.loads(process.stdout.readline())
        yield ReferenceRegistry(announced["registry"], announced["enrolment_code"], data, process)
    finally:
        process.stdin.close()
        process.stdout.close()
        try:
            process.wait(WAIT_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
