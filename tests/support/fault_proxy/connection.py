"""One console's connection, and the one to the camera that answers it. Runs in the proxies' event loop."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable

from tests.support.fault_proxy.door import reset_on_close
from tests.support.fault_proxy.faults import Ending, Fault
from tests.support.fault_proxy.interleaved import Kind, Splitter, Unit
from tests.support.fault_proxy.line import Line
from tests.support.fault_proxy.mangler import Mangler
from tests.support.fault_proxy.udp import UdpRelays

Address = tuple[str, int]
_SEND_BUFFER_BYTES = 256 * 1024
"""As much as the simulated camera has: a larger one would hide a slow console behind seconds of video."""


class Side(asyncio.Protocol):
    """One of the two connections.

    Args:
        on_data: takes what comes.
        on_left: is told when it has ended, and whether it broke.
        on_full: is told when it takes no more, and when it does again.
    """

    def __init__(
        self,
        on_data: Callable[[bytes], None],
        on_left: Callable[[bool], None],
        on_full: Callable[[bool], None] = lambda is_full: None,
    ) -> None:
        self._on_data = on_data
        self._on_left = on_left
        self._on_full = on_full
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._on_data(data)

    def connection_lost(self, exc: Exception | None) -> None:
        self._on_left(exc is not None)

    def pause_writing(self) -> None:
        self._on_full(True)

    def resume_writing(self) -> None:
        self._on_full(False)

    def write(self, data: bytes) -> None:
        """Send, unless it has ended."""
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(data)

    def pause(self, is_paused: bool) -> None:
        """Take nothing for a while, or again."""
        if self._transport is not None:
            (self._transport.pause_reading if is_paused else self._transport.resume_reading)()

    def finish(self) -> None:
        """Send FIN, and read on: closing with something unread would send RST."""
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write_eof()

    def abort(self) -> None:
        """Close without waiting for what is unsent."""
        if self._transport is not None:
            self._transport.abort()


class Connection:
    """Passes on what each side sends, through the fault of the moment.

    Args:
        accepted: the console's connection.
        camera: where the camera listens; None leaves the console without one.
        fault: what is wrong.
    """

    def __init__(self, accepted: socket.socket, camera: Address | None, fault: Fault) -> None:
        self._accepted = accepted
        self._address = camera
        self._fault = fault
        self._camera = Side(self._from_camera, self._camera_left)
        self._console = Side(self._from_console, self._console_left, self._camera.pause)
        self._requests, self._answers = Splitter(), Splitter()
        self._mangler = Mangler(fault.packets)
        self._line = Line(self._to_console, fault, is_stream=True)
        self._relays = UdpRelays(camera[0] if camera else "", fault)
        self._is_broken = False
        self._has_ended = False
        self._is_over = asyncio.Event()

    async def serve(self) -> None:
        """Pass everything on until the console has gone; `close` then gives back what was opened."""
        try:
            await self._join()
            await self._is_over.wait()
        except OSError:  # the camera is not there, which a console in front of a proxy can only see as RST
            reset_on_close(self._accepted)

    def close(self) -> None:
        """Break off, and close both connections."""
        self._has_ended = True
        self._line.close()
        self._relays.close()
        self._camera.abort()
        self._console.abort()
        self._accepted.close()

    def set(self, fault: Fault) -> None:
        """From now on so."""
        self._fault = fault
        if fault.ends is not None:
            self.end(fault.ends)
        self._mangler.set(fault.packets)
        self._relays.set(fault)
        self._line.set(fault)

    def end(self, ending: Ending) -> None:
        """End it as the camera would."""
        if self._has_ended:
            return
        self._has_ended = True
        self._line.close()
        self._camera.abort()
        if ending is Ending.RESET:
            reset_on_close(self._accepted)
            self._is_over.set()
        else:
            self._console.finish()

    async def _join(self) -> None:
        loop = asyncio.get_running_loop()
        if self._address is not None:
            await loop.create_connection(lambda: self._camera, *self._address)
        self._accepted.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER_BYTES)
        await loop.connect_accepted_socket(lambda: self._console, self._accepted)
        if self._has_ended:  # a fault did it meanwhile
            self._console.finish()

    def _from_console(self, data: bytes) -> None:
        for unit in self._requests.feed(data):
            if not self._fault.loses_requests:
                self._camera.write(self._relays.request(unit.data) if unit.kind is Kind.TEXT else unit.data)

    def _from_camera(self, data: bytes) -> None:
        units = [self._told(unit) for unit in self._answers.feed(data)]
        self._line.put(self._mangler.mangle(units))

    def _told(self, unit: Unit) -> Unit:
        return Unit(Kind.TEXT, self._relays.answer(unit.data)) if unit.kind is Kind.TEXT else unit

    def _to_console(self, units: list[Unit]) -> None:
        if self._has_ended or not units:
            return
        self._console.write(b"".join(unit.data for unit in units))
        if units[-1].kind is Kind.END:
            self.end(Ending.RESET if self._is_broken else Ending.FINISH)

    def _camera_left(self, is_broken: bool) -> None:
        if self._has_ended:
            return
        self._is_broken = is_broken
        self._line.put(self._mangler.mangle([*self._answers.rest(), Unit(Kind.END, b"")]))

    def _console_left(self, is_broken: bool) -> None:
        self._has_ended = True
        self._is_over.set()
