"""The way from a camera to a console: late, narrow, held up or cut. Runs in the proxies' event loop."""

from __future__ import annotations

import asyncio
import math
from collections import deque
from collections.abc import Callable
from dataclasses import replace

from tests.support.fault_proxy.faults import Fault
from tests.support.fault_proxy.interleaved import Kind, Unit

_STEP_S = 0.02
"""A narrow line hands on what it carries in this time, or one byte where it carries less."""


class Line:
    """Carries units in order; what a fault loses is lost where the line ends.

    Args:
        send: takes what has arrived.
        fault: what is wrong with the line.
        is_stream: whether a unit may arrive in pieces; a datagram may not.
    """

    def __init__(self, send: Callable[[list[Unit]], None], fault: Fault, *, is_stream: bool) -> None:
        self._send = send
        self._is_stream = is_stream
        self._queue: deque[tuple[float, Unit]] = deque()
        self._queued_bytes = 0
        self._has_begun = False
        self._free_s = 0.0
        self._timer: asyncio.TimerHandle | None = None
        self.set(fault)

    def set(self, fault: Fault) -> None:
        """From now on so, also for what is under way."""
        self._fault = fault
        self._rate_bytes_per_s = fault.rate_bytes_per_s
        self._is_plain = not (
            fault.delay_s or self._rate_bytes_per_s or fault.is_cut or fault.loses_answers or fault.loses_media
        )
        self._free_s = 0.0
        self._drain()

    def put(self, units: list[Unit]) -> None:
        """Send these."""
        if self._is_plain and not self._queue:
            self._send(units)
            return
        now_s = asyncio.get_running_loop().time()
        for unit in units:
            if self._has_room(unit):
                self._queue.append((now_s, unit))
                self._queued_bytes += len(unit.data)
        self._drain()

    def close(self) -> None:
        """Forget what is under way."""
        self._queue.clear()
        self._stop_timer()

    def _has_room(self, unit: Unit) -> bool:
        limit = self._fault.queue_bytes
        return limit is None or unit.kind is not Kind.MEDIA or self._queued_bytes + len(unit.data) <= limit

    def _drain(self) -> None:
        """Send what is due and come back for the next."""
        self._stop_timer()
        if not self._queue:
            return
        loop = asyncio.get_running_loop()
        now_s = loop.time()
        arrived: list[Unit] = []
        while self._queue and (due_s := self._due_s()) <= now_s:
            arrived += self._take(now_s)
        if self._queue and due_s < math.inf:
            self._timer = loop.call_at(due_s, self._drain)
        if arrived:
            self._send(arrived)

    def _due_s(self) -> float:
        """When the first unit, or the next piece of it, arrives: monotonic seconds."""
        put_s, unit = self._queue[0]
        if self._fault.is_held or (unit.kind is Kind.END and self._fault.is_cut):
            return math.inf
        return max(put_s + self._fault.delay_s, self._free_s)

    def _take(self, now_s: float) -> list[Unit]:
        put_s, unit = self._queue.popleft()
        self._queued_bytes -= len(unit.data)
        # a unit that has begun goes on to its end: without it what follows could not be read
        if self._loses(unit) and not self._has_begun:
            return []
        size_bytes = self._piece_bytes(unit)
        self._has_begun = size_bytes < len(unit.data)
        if self._has_begun:
            rest = replace(unit, data=unit.data[size_bytes:])
            self._queue.appendleft((put_s, rest))
            self._queued_bytes += len(rest.data)
        if self._rate_bytes_per_s:
            self._free_s = max(self._free_s, now_s - _STEP_S) + size_bytes / self._rate_bytes_per_s
        return [replace(unit, data=unit.data[:size_bytes])]

    def _piece_bytes(self, unit: Unit) -> int:
        if not self._rate_bytes_per_s or not self._is_stream:
            return len(unit.data)
        return min(len(unit.data), max(1, int(self._rate_bytes_per_s * _STEP_S)))

    def _loses(self, unit: Unit) -> bool:
        match unit.kind:
            case Kind.END:
                return False
            case Kind.TEXT:
                return self._fault.loses_answers
            case Kind.MEDIA | Kind.CONTROL:
                return self._fault.loses_media

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
