"""One proxied camera: its port, its fault and its connections. Runs in the proxies' event loop."""

from __future__ import annotations

import asyncio
import functools
import socket
import time
from collections.abc import Iterable
from dataclasses import dataclass

from tests.support.fault_proxy.connection import Address, Connection
from tests.support.fault_proxy.door import Door, reset_on_close
from tests.support.fault_proxy.faults import HEALTHY, Doorway, Ending, Fault


@dataclass(frozen=True, slots=True)
class Connect:
    """A connection that a console has opened. One that is refused or times out is not seen from here.

    Attributes:
        at_s: when, monotonic seconds.
        met: what it met.
    """

    at_s: float
    met: Doorway


def most_in_a_second(connects: Iterable[Connect]) -> int:
    """The most connects, of one proxy or many, that any span of one second holds."""
    times_s = sorted(each.at_s for each in connects)
    first = most = 0
    for count, at_s in enumerate(times_s, start=1):
        while at_s - times_s[first] >= 1.0:
            first += 1
        most = max(most, count - first)
    return most


class Gate:
    """Takes connections and joins each to the camera.

    Args:
        camera: where it listens.

    Attributes:
        port: on loopback, where consoles connect.
        log: every connect so far.
    """

    def __init__(self, camera: Address) -> None:
        self._camera = camera
        self._fault = HEALTHY
        self._live: dict[Connection, asyncio.Task[None]] = {}
        self._door = Door(self._take)
        self._door.set(HEALTHY.doorway)
        self.port = self._door.port
        self.log: list[Connect] = []

    @property
    def connections(self) -> int:
        """How many are open."""
        return len(self._live)

    def set(self, fault: Fault) -> float:
        """From now on so, for live connections and new ones; gives the monotonic seconds of it."""
        self._fault = fault
        self._door.set(fault.doorway)
        for connection in self._live:
            connection.set(fault)
        return time.monotonic()

    async def close(self) -> None:
        """End everything."""
        self._door.close()
        for task in self._live.values():
            task.cancel()
        await asyncio.gather(*self._live.values(), return_exceptions=True)

    def _take(self, accepted: socket.socket) -> None:
        met = self._fault.doorway
        self.log.append(Connect(time.monotonic(), met))
        if met is Doorway.RESETS:
            reset_on_close(accepted)
            accepted.close()
            return
        connection = Connection(accepted, self._camera if met is Doorway.OPEN else None, self._fault)
        if met is Doorway.FINISHES:
            connection.end(Ending.FINISH)
        task = asyncio.get_running_loop().create_task(connection.serve())
        self._live[connection] = task
        task.add_done_callback(functools.partial(self._forget, connection))

    def _forget(self, connection: Connection, task: asyncio.Task[None]) -> None:
        del self._live[connection]
        connection.close()  # here, not in the task: one that is cancelled early never begins
