"""A bare RTSP client that says exactly what a test wants, and shows exactly what came back."""

from __future__ import annotations

import base64
import hashlib
import re
import socket
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import quote

from app.core.redact import Secret
from app.demo.simulator.auth import Credentials
from app.demo.simulator.server import SESSION_TIMEOUT_S, SimulatorThread

USER = "pantau"
PASSWORD = "a:b@c%d/e f"
GENEROUS_S = 20.0
_PARAMETER = re.compile(r'(\w+)="?([^",]*)"?')


@contextmanager
def simulator(session_timeout_s: float = SESSION_TIMEOUT_S) -> Iterator[SimulatorThread]:
    """A running simulator with the kit's credentials."""
    credentials = Credentials(USER, Secret(PASSWORD))
    with SimulatorThread(credentials, session_timeout_s=session_timeout_s) as running:
        yield running


def player_url(running: SimulatorThread, path: str, password: str = PASSWORD) -> str:
    """The address with user information, as a player wants it."""
    return running.url(path).replace("rtsp://", f"rtsp://{USER}:{quote(password, safe='')}@", 1)


@dataclass(frozen=True, slots=True)
class Reply:
    """A server's answer."""

    status: int
    headers: dict[str, str]
    body: str


@dataclass(frozen=True, slots=True)
class Packet:
    """An RTP packet's fields that tests look at."""

    marker: bool
    sequence: int
    timestamp: int
    source: int
    payload: bytes

    @classmethod
    def parse(cls, data: bytes) -> Packet:
        _, kind, sequence, timestamp, source = struct.unpack(">BBHII", data[:12])
        return cls(bool(kind & 0x80), sequence, timestamp, source, data[12:])


@dataclass
class Client:
    """One RTSP connection. Binary packets that come between answers are kept in `packets`."""

    running: SimulatorThread
    path: str
    password: str = PASSWORD
    packets: list[tuple[int, bytes]] = field(default_factory=list)
    challenge: str = ""
    session: str = ""

    def __post_init__(self) -> None:
        self._cseq = 0
        self._pending = b""
        self._socket = socket.create_connection(("127.0.0.1", self.running.port), timeout=GENEROUS_S)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    @property
    def url(self) -> str:
        return self.running.url(self.path)

    def send(self, data: bytes) -> None:
        self._socket.sendall(data)

    def ask(self, method: str, suffix: str = "", *, authorized: bool = True, **headers: str) -> Reply:
        """Send a request and read its answer."""
        self._cseq += 1
        url = self.url + suffix
        fields = {"CSeq": str(self._cseq), **{name.title(): value for name, value in headers.items()}}
        if authorized and self.challenge:
            fields["Authorization"] = self.authorization(method, url)
        lines = [f"{method} {url} RTSP/1.0", *(f"{name}: {value}" for name, value in fields.items())]
        self.send(("\r\n".join(lines) + "\r\n\r\n").encode())
        reply = self.reply()
        assert reply.headers["cseq"] == str(self._cseq)
        return reply

    def log_in(self) -> Reply:
        """DESCRIBE twice: the first is refused and names the challenge, the second answers it."""
        self.challenge = self.ask("DESCRIBE").headers["www-authenticate"]
        return self.ask("DESCRIBE")

    def set_up(self, transport: str = "RTP/AVP/TCP;unicast;interleaved=0-1") -> Reply:
        reply = self.ask("SETUP", "/track0", transport=transport)
        self.session = reply.headers.get("session", "").partition(";")[0]
        return reply

    def play(self) -> Reply:
        return self.ask("PLAY", session=self.session)

    def start(self, transport: str = "RTP/AVP/TCP;unicast;interleaved=0-1") -> None:
        """Everything up to a playing stream."""
        assert self.log_in().status == 200
        assert self.set_up(transport).status == 200
        assert self.play().status == 200

    def reply(self) -> Reply:
        """The next answer; packets before it are kept."""
        while self._peek(1) == b"$":
            self.packets.append(self._packet())
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            head += self._take(1)
        lines = head.decode().strip().split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
        body = self._take(int(headers.get("content-length", "0"))).decode()
        return Reply(int(lines[0].split(" ")[1]), headers, body)

    def packet(self) -> tuple[int, bytes]:
        """The next binary packet, channel and data."""
        return self.packets.pop(0) if self.packets else self._packet()

    def packets_for(self, seconds_s: float) -> list[tuple[int, bytes]]:
        """What comes within a time; fewer if the connection ends."""
        until_s = time.monotonic() + seconds_s
        got, self.packets = self.packets, []
        while (left_s := until_s - time.monotonic()) > 0:
            self._socket.settimeout(left_s)
            try:
                got.append(self._packet())
            except (TimeoutError, EOFError):
                break
        self._socket.settimeout(GENEROUS_S)
        return got

    def authorization(self, method: str, url: str) -> str:
        """The answer to the challenge."""
        if self.challenge.startswith("Basic"):
            return "Basic " + base64.b64encode(f"{USER}:{self.password}".encode()).decode()
        given = dict(_PARAMETER.findall(self.challenge))
        nonce, realm = given["nonce"], given["realm"]
        identity, what = _md5(f"{USER}:{realm}:{self.password}"), _md5(f"{method}:{url}")
        text = f'Digest username="{USER}", realm="{realm}", nonce="{nonce}", uri="{url}"'
        if "qop" not in given:
            return f'{text}, response="{_md5(f"{identity}:{nonce}:{what}")}"'
        response = _md5(f"{identity}:{nonce}:00000001:c0ffee:auth:{what}")
        return f'{text}, qop=auth, nc=00000001, cnonce="c0ffee", response="{response}"'

    def _packet(self) -> tuple[int, bytes]:
        mark, channel, size = struct.unpack(">cBH", self._peek(4))
        assert mark == b"$"
        self._peek(4 + size)
        return channel, self._take(4 + size)[4:]

    def _peek(self, count: int) -> bytes:
        while len(self._pending) < count:
            data = self._socket.recv(65_536)
            if not data:
                raise EOFError("the server closed the connection")
            self._pending += data
        return self._pending[:count]

    def _take(self, count: int) -> bytes:
        data = self._peek(count)
        self._pending = self._pending[count:]
        return data


def _md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
