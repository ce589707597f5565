"""What tests of the fault proxy share: a bare client of simulated cameras, and a camera that follows a script."""

from __future__ import annotations

import itertools
import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import cast

from app.demo.simulator.server import SimulatorThread
from tests.contract.simulator_kit import Client, Packet
from tests.support.fault_proxy import Ending
from tests.support.odd_camera import LOOPBACK, OddCamera, Talk

STREAM = "/noauth/sub/JKT-00001"
RTP, RTCP = 0, 1
PAYLOAD_BYTES = 100


@dataclass(frozen=True, slots=True)
class At:
    """As much of a simulator as a client looks at: where it is."""

    port: int

    def url(self, path: str) -> str:
        """The address of a path."""
        return f"rtsp://{LOOPBACK}:{self.port}{path}"


def client_of(port: int, path: str = STREAM) -> Client:
    """A client that has connected there and said nothing."""
    return Client(cast(SimulatorThread, At(port)), path)


@contextmanager
def playing(port: int) -> Iterator[Client]:
    """A client of a stream that plays."""
    with client_of(port) as client:
        assert client.set_up().status == 200
        assert client.play().status == 200
        assert client.packet()
        yield client


def media(packets: list[tuple[int, bytes]]) -> list[Packet]:
    """The RTP packets among them."""
    return [Packet.parse(data) for channel, data in packets if channel == RTP]


def steps(packets: list[Packet]) -> list[int]:
    """From each sequence number to the next; all are 1 where nothing is missing."""
    return [(b.sequence - a.sequence) & 0xFFFF for a, b in itertools.pairwise(packets)]


def next_media(client: Client, count: int) -> list[Packet]:
    """So many of the RTP packets that come next."""
    packets: list[Packet] = []
    while len(packets) < count:
        packets += media([client.packet()])
    return packets


def rtp(sequence: int) -> bytes:
    """A packet that tells by its payload which one it is."""
    header = struct.pack(">BBHII", 0x80, 96, sequence, sequence * 10, 7)
    return header + bytes([sequence % 256]) * PAYLOAD_BYTES


def framed(packet: bytes, channel: int = RTP) -> bytes:
    """As it goes between RTSP messages."""
    return struct.pack(">cBH", b"$", channel, len(packet)) + packet


@dataclass
class Scripted:
    """A camera that says what it is told to whoever asks for anything, and remembers what it was asked.

    Attributes:
        says: what it sends after the first request.
        piece_bytes: how much of it at a time.
        ends: how it ends the connection then; None leaves that to the client.
        heard: the methods asked for.
        sent_bytes: how much it could send so far.
    """

    says: bytes
    piece_bytes: int = 65_536
    ends: Ending | None = None
    heard: list[str] = field(default_factory=list)
    sent_bytes: int = 0

    def __call__(self, talk: Talk) -> None:
        """Play it: the script of an odd camera."""
        for request in talk.requests():
            self.heard.append(request.method)
            if len(self.heard) == 1:
                self._say(talk)
            if self.ends is not None:
                break
        if self.ends is Ending.RESET:
            talk.reset()

    def _say(self, talk: Talk) -> None:
        for at in range(0, len(self.says), self.piece_bytes):
            talk.send(self.says[at : at + self.piece_bytes])
            self.sent_bytes = at + self.piece_bytes


@contextmanager
def scripted(script: Scripted) -> Iterator[int]:
    """The camera's port while it is there."""
    with OddCamera(script) as camera:
        yield camera.port


def asked(port: int) -> socket.socket:
    """A connection on which one request has been sent."""
    connection = socket.create_connection((LOOPBACK, port), timeout=20.0)
    connection.sendall(b"OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n")
    return connection


def received(connection: socket.socket, count_bytes: int = 1 << 30) -> bytes:
    """So much of what comes; less if it ends, all of it by default."""
    data = b""
    while len(data) < count_bytes and (chunk := connection.recv(count_bytes - len(data))):
        data += chunk
    return data
