"""Time that passes while this process runs: what a PC stood still is nobody's silence.

A PC that swaps, is suspended, or shares its processor with other machines stops a host for seconds. Its cameras
went on sending meanwhile, and what they sent lies in the sockets: a clock that went on would call every one of
them stalled, and all would log in anew at once.
"""

from __future__ import annotations

import math
import threading
import time

LEAST_STANDSTILL_S = 0.25
"""A sleep that took so much longer than it was to is a standstill; less is what a busy PC makes of any sleep."""


class RunClock:
    """A clock that stands while its process does. It knows by one thread's sleeps, which take too long then.

    Safe on any thread; `sleep` is for one thread only, whose rhythm it is.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stood_s = 0.0
        self._wakes_s = math.inf

    def now_s(self) -> float:
        """Seconds; only differences count. It steps back a little where a standstill becomes known."""
        with self._lock:
            now_s = time.monotonic()
            return now_s - self._stood_s - self._overslept_s(now_s)

    def sleep(self, duration_s: float) -> None:
        """Sleep, and count as a standstill what the sleep takes too long."""
        with self._lock:
            self._wakes_s = time.monotonic() + duration_s
        time.sleep(duration_s)
        with self._lock:
            self._stood_s += self._overslept_s(time.monotonic())
            self._wakes_s = math.inf

    def _overslept_s(self, now_s: float) -> float:
        late_s = now_s - self._wakes_s
        return late_s if late_s >= LEAST_STANDSTILL_S else 0.0
