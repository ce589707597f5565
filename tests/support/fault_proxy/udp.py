"""RTSP over UDP: a pair of ports between a camera's and a console's, told to each as the other's.

The proxy sits in the RTSP connection: SETUP then names its ports to the camera, the answer names them to the
console. Runs in the proxies' event loop.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import socket

from tests.support.fault_proxy.door import LOOPBACK
from tests.support.fault_proxy.faults import Fault
from tests.support.fault_proxy.interleaved import Kind, Unit
from tests.support.fault_proxy.line import Line
from tests.support.fault_proxy.mangler import Mangler

Ports = tuple[int, int]
"""Of RTP and of RTCP."""
_CLIENT = re.compile(rb"client_port=(\d{1,5})(?:-(\d{1,5}))?")
_SERVER = re.compile(rb"server_port=(\d{1,5})(?:-(\d{1,5}))?")
_LONGEST_DATAGRAM_BYTES = 65_536
_PAIR_TRIES = 64
_KINDS = (Kind.MEDIA, Kind.CONTROL)


class UdpRelays:
    """The pairs of ports of one RTSP connection.

    Args:
        camera_host: where the camera sends from.
        fault: what is wrong with the link.
    """

    def __init__(self, camera_host: str, fault: Fault) -> None:
        self._camera_host = camera_host
        self._fault = fault
        self._relays: dict[int, _Relay] = {}

    def set(self, fault: Fault) -> None:
        """From now on so."""
        self._fault = fault
        for relay in self._relays.values():
            relay.set(fault)

    def request(self, message: bytes) -> bytes:
        """A console's message as the camera shall see it.

        Raises:
            OSError: no pair of ports is free.
        """
        asked = _CLIENT.search(message) if message.startswith(b"SETUP ") else None
        if asked is None:
            return message
        relay = _Relay(self._camera_host, _ports(asked), self._fault)
        self._relays[relay.ports[0]] = relay
        return _CLIENT.sub(b"client_port=%d-%d" % relay.ports, message)

    def answer(self, message: bytes) -> bytes:
        """A camera's message as the console shall see it."""
        named, served = _CLIENT.search(message), _SERVER.search(message)
        relay = self._relays.get(_ports(named)[0]) if named else None
        if relay is None or served is None:
            return message
        relay.camera_ports = _ports(served)
        message = _CLIENT.sub(b"client_port=%d-%d" % relay.console_ports, message)
        return _SERVER.sub(b"server_port=%d-%d" % relay.ports, message)

    def close(self) -> None:
        """Give all ports back."""
        for relay in self._relays.values():
            relay.close()


class _Relay:
    """One stream's pair of ports: what comes from the console goes to the camera, all else to the console."""

    def __init__(self, camera_host: str, console_ports: Ports, fault: Fault) -> None:
        self._camera_host = camera_host
        self.console_ports = console_ports
        self.camera_ports: Ports | None = None
        self._fault = fault
        self._mangler = Mangler(fault.packets)
        self._line = Line(self._to_console, fault, is_stream=False)
        self._sockets = _bind_pair()
        self.ports: Ports = (self._sockets[0].getsockname()[1], self._sockets[1].getsockname()[1])
        for channel, bound in enumerate(self._sockets):
            asyncio.get_running_loop().add_reader(bound, self._receive, channel)

    def set(self, fault: Fault) -> None:
        self._fault = fault
        self._mangler.set(fault.packets)
        self._line.set(fault)

    def close(self) -> None:
        self._line.close()
        for bound in self._sockets:
            asyncio.get_running_loop().remove_reader(bound)
            bound.close()

    def _receive(self, channel: int) -> None:
        try:
            data, source = self._sockets[channel].recvfrom(_LONGEST_DATAGRAM_BYTES)
        except OSError:  # the other side has closed its port
            return
        if source[1] != self.console_ports[channel]:
            self._line.put(self._mangler.mangle([Unit(_KINDS[channel], data, channel)]))
        elif self.camera_ports is not None and not self._fault.loses_requests:
            self._send(channel, data, (self._camera_host, self.camera_ports[channel]))

    def _to_console(self, units: list[Unit]) -> None:
        for unit in units:
            self._send(unit.channel, unit.data, (LOOPBACK, self.console_ports[unit.channel]))

    def _send(self, channel: int, data: bytes, address: tuple[str, int]) -> None:
        with contextlib.suppress(OSError):  # a full queue or a closed port: lost, as datagrams are
            self._sockets[channel].sendto(data, address)


def _ports(found: re.Match[bytes]) -> Ports:
    first = int(found[1])
    return first, int(found[2] or first + 1)


def _bind_pair() -> tuple[socket.socket, socket.socket]:
    """RTP wants an even port and RTCP the next one (RFC 3550 section 11)."""
    for _ in range(_PAIR_TRIES):
        with contextlib.ExitStack() as opened:
            media, control = (opened.enter_context(socket.socket(type=socket.SOCK_DGRAM)) for _ in range(2))
            media.bind((LOOPBACK, 0))
            port = media.getsockname()[1]
            with contextlib.suppress(OSError):  # the next one is taken by somebody
                control.bind((LOOPBACK, port + 1))
            if port % 2 == 0 and control.getsockname()[1] == port + 1:
                opened.pop_all()
                media.setblocking(False)
                control.setblocking(False)
                return media, control
    raise OSError("no even UDP port with a free neighbour was found")
