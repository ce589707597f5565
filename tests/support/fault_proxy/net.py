"""Proxies in a thread of this process: any number of them, one thread.

What is public here may be called from any thread but that one.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from types import TracebackType
from typing import Any, Self, TypeVar

from tests.support.fault_proxy.door import LOOPBACK
from tests.support.fault_proxy.faults import HEALTHY, Fault
from tests.support.fault_proxy.gate import Connect, Gate

_ANSWERS_WITHIN_S = 10.0
T = TypeVar("T")


class Loop:
    """An event loop in a thread of its own."""

    def __init__(self) -> None:
        self._loop = asyncio.SelectorEventLoop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="fault net", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End the thread; what was scheduled before still runs."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(_ANSWERS_WITHIN_S)
        self._loop.close()

    def call(self, work: Callable[[], T]) -> T:
        """Do it there, and give what it gives."""

        async def do() -> T:
            return work()

        return self.run(do())

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Await it there, and give what it gives."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(_ANSWERS_WITHIN_S)


class FaultProxy:
    """One camera's proxy.

    Args:
        gate: what it commands.
        loop: where that runs.

    Attributes:
        port: on loopback, where consoles connect.
    """

    def __init__(self, gate: Gate, loop: Loop) -> None:
        self._gate = gate
        self._loop = loop
        self.port = gate.port

    def set(self, fault: Fault) -> float:
        """Replace the fault, for live connections and new ones.

        Returns:
            When it took effect, monotonic seconds.
        """
        return self._loop.call(lambda: self._gate.set(fault))

    def heal(self) -> float:
        """Nothing is wrong any more; gives the monotonic seconds of it."""
        return self.set(HEALTHY)

    @property
    def log(self) -> list[Connect]:
        """Every connect so far."""
        return self._loop.call(self._gate.log.copy)

    @property
    def connections(self) -> int:
        """How many are open."""
        return self._loop.call(lambda: self._gate.connections)


class FaultNet:
    """Makes proxies and ends them all; a context manager."""

    def __init__(self) -> None:
        self._loop = Loop()
        self._gates: list[Gate] = []

    def __enter__(self) -> Self:
        self._loop.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for gate in self._gates:
            self._loop.run(gate.close())
        self._loop.stop()

    def proxy(self, port: int, host: str = LOOPBACK) -> FaultProxy:
        """A new port in front of a camera.

        Args:
            port: the camera's.
            host: the camera's address, in numbers.
        """
        gate = self._loop.call(lambda: Gate((host, port)))
        self._gates.append(gate)
        return FaultProxy(gate, self._loop)
