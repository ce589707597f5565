"""How long a registry is left alone after it failed, refused, or asked to be.

Any thread may ask; whoever owns a `Holdoff` guards it. Must import nothing of ours but the core and its
neighbours here.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from app.core.backoff import RetryClass
from app.core.errors import RegistryError
from app.registry.problems import RefusalError

RETRY_FIRST_S, RETRY_CAP_S = 0.5, 15.0
"""Five hundred posts that draw from 15 s are 70 calls a second; a server that cannot bear it says Retry-After."""
REFUSED_FIRST_S, REFUSED_CAP_S = 15.0, 300.0
"""A refusal needs a person: no hurry."""
DOUBLINGS_MAX = 16

SPREAD = 0.5
"""So much of what a server asks to wait is drawn on top: five hundred posts that it told "60" at the same moment
come back over half a minute, 17 a second."""


def retry_wait_s(retry_after_s: float | None, ceiling_s: float, random: Random) -> float:
    """What the server asked for, and a draw on top.

    Args:
        retry_after_s: what it asked for, if it did.
        ceiling_s: the longest draw where it asked for little or nothing.
        random: the source of the draw.
    """
    asked_s = retry_after_s or 0.0
    return asked_s + random.uniform(0.0, max(ceiling_s, SPREAD * asked_s))


def retry_delay_s(error: RegistryError, failures: int, random: Random) -> float:
    """What the server asks for and a draw on top: hundreds of posts do not return in the same second.

    Args:
        error: why the last call failed.
        failures: how many have failed one after another, from 1.
        random: the source of the draw.
    """
    is_final = isinstance(error, RefusalError) and not error.retryable
    first_s, cap_s = (REFUSED_FIRST_S, REFUSED_CAP_S) if is_final else (RETRY_FIRST_S, RETRY_CAP_S)
    ceiling_s = min(cap_s, first_s * 2.0 ** min(failures - 1, DOUBLINGS_MAX))
    return retry_wait_s(error.retry_after_s, ceiling_s, random)


class Holdoff:
    """Failures in a row, and until when nothing is asked after the last one.

    Args:
        retry: how the draws grow.
        random: their source.
        clock: monotonic seconds.
    """

    def __init__(self, retry: RetryClass, random: Random, clock: Callable[[], float]) -> None:
        self._retry = retry
        self._random = random
        self._clock = clock
        self._failures = 0
        self._until_s = 0.0

    def failed(self, retry_after_s: float | None) -> float:
        """A call has failed; returns how long nothing is asked now, seconds."""
        self._failures += 1
        wait_s = retry_wait_s(retry_after_s, self._retry.ceiling_s(self._failures), self._random)
        self._until_s = self._clock() + wait_s
        return wait_s

    def succeeded(self) -> None:
        """A call was answered."""
        self._failures = 0

    def left_s(self) -> float:
        """How long nothing is to be asked yet, seconds; 0.0 when something may."""
        return max(0.0, self._until_s - self._clock())
