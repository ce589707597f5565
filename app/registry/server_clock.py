"""The registry's wall clock, as it was told and counted on with our own: the PC's may be wrong by years.

Any thread. Pure; must import nothing of ours.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

TRUST_S = 60.0
"""So long after it was told the registry's clock is counted on with our own; then it is asked anew."""
MOVED_S = 10.0
"""What differs by more from what was counted is a clock that somebody has set: no answer is so long on its way."""


@dataclass(frozen=True, slots=True)
class _Told:
    server_s: float
    """Seconds since 1970 by the registry's clock …"""
    at_s: float
    """… when ours, monotonic, said this."""


class ServerClock:
    """What is known of it.

    Args:
        clock: monotonic seconds.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._last: _Told | None = None

    def tell(self, server_s: float) -> bool:
        """Take in what it says now, seconds since 1970; whether that is not what was counted on."""
        counted_s = self.counted_s()
        self._last = _Told(server_s, self._clock())
        return counted_s is not None and abs(server_s - counted_s) > MOVED_S

    def counted_s(self) -> float | None:
        """What it says now by our counting, seconds since 1970; None before it was ever told."""
        last = self._last
        return None if last is None else last.server_s + self._clock() - last.at_s

    def is_fresh(self) -> bool:
        """Whether it was told lately enough to be counted on."""
        return self._last is not None and self._clock() <= self._last.at_s + TRUST_S
