"""RTSP servers that misbehave on purpose, each a thread on loopback: what no simulator of cameras would do."""

from __future__ import annotations

import contextlib
import functools
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import Self

LOOPBACK = "127.0.0.1"
_LONGEST_REQUEST_BYTES = 65_536
_ENDS_WITHIN_S = 10.0

VIDEO_SDP = """v=0
o=- 1 1 IN IP4 127.0.0.1
s=odd
c=IN IP4 0.0.0.0
t=0 0
a=control:*
m=video 0 RTP/AVP 96
a=rtpmap:96 H264/90000
a=control:track0
"""
AUDIO_SDP = """v=0
o=- 1 1 IN IP4 127.0.0.1
s=odd
c=IN IP4 0.0.0.0
t=0 0
a=control:*
m=audio 0 RTP/AVP 8
a=rtpmap:8 PCMA/8000
a=control:track0
"""
UNKNOWN_CODEC_SDP = VIDEO_SDP.replace("H264", "X-NOBODY-KNOWS")
GARBAGE_SDP = "\x00\xff\x13 this is not a description\nm=\nzzz\n"


@dataclass(frozen=True, slots=True)
class Request:
    """An RTSP request: all that an odd camera looks at."""

    method: str
    sequence: str
    has_login: bool = False


class Talk:
    """One client's connection, as a script sees it."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._pending = b""

    def requests(self) -> Iterator[Request]:
        """Requests until the client leaves."""
        while (head := self._read_head()) is not None:
            lines = head.decode(errors="replace").split("\r\n")
            headers = dict(line.lower().split(":", 1) for line in lines[1:] if ":" in line)
            method, sequence = lines[0].split(" ")[0], headers.get("cseq", "0").strip()
            yield Request(method, sequence, "authorization" in headers)

    def _read_head(self) -> bytes | None:
        while b"\r\n\r\n" not in self._pending:
            chunk = self._connection.recv(_LONGEST_REQUEST_BYTES)
            if not chunk:
                return None
            self._pending += chunk
        head, _, self._pending = self._pending.partition(b"\r\n\r\n")
        return head

    def reply(self, request: Request, status: str = "200 OK", body: str = "", **headers: str) -> None:
        """Answer a request; header names are given with underscores."""
        payload = body.replace("\n", "\r\n").encode()
        lines = [f"RTSP/1.0 {status}", f"CSeq: {request.sequence}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        lines += [f"Content-Length: {len(payload)}", "", ""]
        self.send("\r\n".join(lines).encode() + payload)

    def send(self, data: bytes) -> None:
        """Send bytes as they are."""
        self._connection.sendall(data)

    def reset(self) -> None:
        """Break the connection: the client sees RST."""
        self._connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


Script = Callable[[Talk], None]
Ending = Callable[[Talk], None]
"""What a script does last."""


def describing(sdp: str) -> Script:
    """A camera that describes itself so, takes every request and sends no packet."""

    def play(talk: Talk) -> None:
        for request in talk.requests():
            match request.method:
                case "DESCRIBE":
                    talk.reply(request, body=sdp, Content_Type="application/sdp")
                case "SETUP":
                    talk.reply(request, Session="1", Transport="RTP/AVP/TCP;unicast;interleaved=0-1")
                case _:
                    talk.reply(request, Session="1")

    return play


def answering(status: str) -> Script:
    """A camera that answers every DESCRIBE with that status line."""

    def play(talk: Talk) -> None:
        for request in talk.requests():
            talk.reply(request, status if request.method == "DESCRIBE" else "200 OK")

    return play


def refusing(may_answer: threading.Event) -> Script:
    """A camera that refuses every login, as soon as it may answer."""

    def play(talk: Talk) -> None:
        for request in talk.requests():
            if request.method == "DESCRIBE":
                may_answer.wait(_ENDS_WITHIN_S)
                talk.reply(request, "401 Unauthorized", WWW_Authenticate='Digest realm="odd", nonce="1"')
            else:
                talk.reply(request)

    return play


def asking(then: Ending) -> Script:
    """A camera that asks for a login and does something else than to answer when it gets one."""

    def play(talk: Talk) -> None:
        for request in talk.requests():
            if request.has_login:
                then(talk)
                return
            if request.method == "DESCRIBE":
                talk.reply(request, "401 Unauthorized", WWW_Authenticate='Digest realm="odd", nonce="1"')
            else:
                talk.reply(request)

    return play


def resetting(talk: Talk) -> None:
    """Breaks the connection at the first request."""
    next(talk.requests(), None)
    talk.reset()


def silent(talk: Talk) -> None:
    """Takes everything and says nothing."""
    for _ in talk.requests():
        pass


def greeting(talk: Talk) -> None:
    """Something that is no camera: says what an SSH server says."""
    talk.send(b"SSH-2.0-OpenSSH_9.2\r\n" * 8)
    for _ in talk.requests():
        talk.send(b"Protocol mismatch.\r\n\r\n")


class OddCamera:
    """Plays a script to every client; a context manager.

    Args:
        script: what each connection gets.
    """

    def __init__(self, script: Script) -> None:
        self._script = script
        self._listener = socket.create_server((LOOPBACK, 0))
        self._threads: list[threading.Thread] = []
        self._connections: list[socket.socket] = []
        self.port: int = self._listener.getsockname()[1]

    def __enter__(self) -> Self:
        self._run(self._accept)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for each in (self._listener, *self._connections):
            with contextlib.suppress(OSError):  # it may be closed by now
                each.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(_ENDS_WITHIN_S)
        self._listener.close()

    def _run(self, work: Callable[[], None]) -> None:
        thread = threading.Thread(target=work, name="odd camera", daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):  # the listener is shut down
            while True:
                connection, _ = self._listener.accept()
                self._connections.append(connection)
                self._run(functools.partial(self._serve, connection))

    def _serve(self, connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            self._script(Talk(connection))


@contextmanager
def black_hole() -> Iterator[int]:
    """A loopback port that swallows connection attempts: its backlog is full, so that SYNs are dropped."""
    with contextlib.ExitStack() as opened:
        listener = opened.enter_context(socket.socket())
        listener.bind((LOOPBACK, 0))
        listener.listen(0)
        port: int = listener.getsockname()[1]
        while True:
            filler = opened.enter_context(socket.socket())
            filler.settimeout(0.5)
            try:
                filler.connect((LOOPBACK, port))
            except TimeoutError:
                break
        yield port


@contextmanager
def closed_port() -> Iterator[int]:
    """A loopback port that refuses: bound, so that nobody else gets it, and not listened on."""
    with socket.socket() as bound:
        bound.bind((LOOPBACK, 0))
        yield bound.getsockname()[1]
