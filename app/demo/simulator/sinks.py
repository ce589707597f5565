"""Where packets of one session go: into the RTSP connection or out as datagrams.

Runs in the simulator's event loop. A sink never blocks and never keeps more than its transport's buffer; the
session looks at `backlog_bytes` and drops frames instead of queueing them.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from app.demo.simulator.rtsp import TcpTransport

_FRAMING = struct.Struct(">cBH")
_PORT_TRIES = 64
_LOOPBACK = "127.0.0.1"

Packet = tuple[bytes, bytes]
"""An RTP header and its payload; the payload is shared by all streams of a clip, so they stay apart."""


class Sink(Protocol):
    """One session's way to its client."""

    def send_media(self, packets: Iterable[Packet]) -> None:
        """Send the RTP packets of one frame."""

    def send_control(self, packet: bytes) -> None:
        """Send one RTCP packet."""

    def backlog_bytes(self) -> int:
        """What the client has not yet taken, as far as this process holds it."""

    def close(self) -> None:
        """Give back what the sink itself opened."""


class TcpSink:
    """Packets inside the RTSP connection (RFC 2326 section 10.12)."""

    def __init__(self, transport: asyncio.WriteTransport, channels: TcpTransport) -> None:
        self._transport = transport
        self._channels = channels

    def send_media(self, packets: Iterable[Packet]) -> None:
        channel = self._channels.rtp_channel
        pieces: list[bytes] = []
        for header, payload in packets:
            pieces += (_FRAMING.pack(b"$", channel, len(header) + len(payload)), header, payload)
        self._write(b"".join(pieces))

    def send_control(self, packet: bytes) -> None:
        self._write(_FRAMING.pack(b"$", self._channels.rtcp_channel, len(packet)) + packet)

    def backlog_bytes(self) -> int:
        return self._transport.get_write_buffer_size()

    def close(self) -> None:
        """The connection belongs to the server, nothing of it is the sink's."""

    def _write(self, data: bytes) -> None:
        if not self._transport.is_closing():
            self._transport.write(data)


class UdpSink:
    """Datagrams from a pair of ports of ours to a pair of the client's.

    Sending goes straight to the sockets: what the system does not take at once is lost, as datagrams are,
    where asyncio's transports would queue it without bound.
    """

    def __init__(self, media: _Port, control: _Port, client: tuple[str, int, int]) -> None:
        self._media = media
        self._control = control
        host, rtp_port, rtcp_port = client
        self._media_address = (host, rtp_port)
        self._control_address = (host, rtcp_port)

    @property
    def server_ports(self) -> tuple[int, int]:
        """Our RTP and RTCP ports."""
        return _number_of(self._media.socket), _number_of(self._control.socket)

    def send_media(self, packets: Iterable[Packet]) -> None:
        for header, payload in packets:
            self._media.send(header + payload, self._media_address)

    def send_control(self, packet: bytes) -> None:
        self._control.send(packet, self._control_address)

    def backlog_bytes(self) -> int:
        return 0

    def close(self) -> None:
        self._media.endpoint.close()
        self._control.endpoint.close()


@dataclass(frozen=True, slots=True)
class _Port:
    """A UDP port: a socket to send by, and the endpoint that listens on it and closes it."""

    socket: socket.socket
    endpoint: asyncio.DatagramTransport

    def send(self, packet: bytes, address: tuple[str, int]) -> None:
        with contextlib.suppress(OSError):  # a full queue or a closed port of the client: lost
            self.socket.sendto(packet, address)


class _Listener(asyncio.DatagramProtocol):
    """Receiver reports and hole-punching packets: all they say is that the client is alive."""

    def __init__(self, on_sign_of_life: Callable[[], None]) -> None:
        self._on_sign_of_life = on_sign_of_life

    def datagram_received(self, data: bytes, addr: tuple[str | None, int]) -> None:
        self._on_sign_of_life()

    def error_received(self, exc: Exception) -> None:
        """The client's port is closed: its connection's end, or the session timeout, tells the server."""


async def open_udp_sink(client: tuple[str, int, int], on_sign_of_life: Callable[[], None]) -> UdpSink:
    """Datagrams to a client's host and two ports, from an even port and the one above it.

    Raises:
        OSError: no such pair of ports is free.
    """
    media_socket, control_socket = _bind_pair()
    media = await _listen(media_socket, on_sign_of_life)
    return UdpSink(media, await _listen(control_socket, on_sign_of_life), client)


async def _listen(bound: socket.socket, on_sign_of_life: Callable[[], None]) -> _Port:
    loop = asyncio.get_running_loop()
    endpoint, _ = await loop.create_datagram_endpoint(lambda: _Listener(on_sign_of_life), sock=bound)
    return _Port(bound, endpoint)


def _bind_pair() -> tuple[socket.socket, socket.socket]:
    """RTP wants an even port and RTCP the next one (RFC 3550 section 11)."""
    for _ in range(_PORT_TRIES):
        media = _bind(0)
        port = _number_of(media)
        if port % 2 == 0:
            try:
                return media, _bind(port + 1)
            except OSError:  # taken by somebody: try another pair
                pass
        media.close()
    raise OSError("no even UDP port with a free neighbour was found")


def _bind(port: int) -> socket.socket:
    bound = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    try:
        bound.bind((_LOOPBACK, port))
        bound.setblocking(False)
    except OSError:
        bound.close()
        raise
    return bound


def _number_of(bound: socket.socket) -> int:
    return int(bound.getsockname()[1])
