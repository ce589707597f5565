"""How long to wait before a camera is tried again: one retry class per reason, with full jitter.

Full jitter (a uniform draw between the class's floor and its growing ceiling) keeps the cameras of a sector that
came back together from being opened together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from app.core.failure import Failure, Reason


@dataclass(frozen=True, slots=True)
class RetryClass:
    """When to try again: a draw from `floor_s` to `first_s` doubled per attempt, `cap_s` at most."""

    first_s: float
    cap_s: float
    floor_s: float = 0.0
    guards_account: bool = False
    """Whether the wait holds even for an officer who calls the camera up anew."""

    def shares_row(self, other: RetryClass) -> bool:
        """Whether failures of both make one row: those that wait shortly at first, or those of the same floor.

        A camera that ends each session and is busy at every second try would else be called twice a second.
        """
        return self.floor_s == other.floor_s

    def ceiling_s(self, attempt: int) -> float:
        """The longest wait after the `attempt`-th failure in a row (from 1)."""
        doublings = min(attempt - 1, 32)  # 2 ** 32 s is past any cap
        return max(self.floor_s, min(self.cap_s, self.first_s * 2.0**doublings))


CUT = RetryClass(first_s=0.5, cap_s=30.0)
"""A cut link starts short: the picture is back within 3 s of a healed link (trust.md)."""
ABSENT = RetryClass(first_s=1.0, cap_s=30.0)
"""Something is not there or not ready: no hurry, but soon."""
REFUSED_LOGIN = RetryClass(first_s=300.0, cap_s=900.0, floor_s=300.0, guards_account=True)
"""A wrong password waits at least 5 min: some cameras lock the account, some count sessions by it."""
HOPELESS = RetryClass(first_s=60.0, cap_s=600.0, floor_s=60.0)
"""Only a change at the camera or in the registry helps."""
OURS = RetryClass(first_s=0.2, cap_s=10.0)
"""Our own process died: its streams move at once."""

RETRY: Mapping[Reason, RetryClass] = MappingProxyType(
    {
        Reason.REFUSED: ABSENT,
        Reason.UNREACHABLE: ABSENT,
        Reason.NAME_UNKNOWN: ABSENT,
        Reason.NO_ANSWER: ABSENT,
        Reason.UNAUTHORIZED: REFUSED_LOGIN,
        Reason.LOGIN_UNHEARD: REFUSED_LOGIN,
        Reason.FORBIDDEN: REFUSED_LOGIN,
        Reason.NOT_FOUND: HOPELESS,
        Reason.BUSY: ABSENT,
        Reason.PROTOCOL: ABSENT,
        Reason.UNSUPPORTED: HOPELESS,
        Reason.TLS: HOPELESS,
        Reason.NO_PICTURES: ABSENT,
        Reason.STALLED: CUT,
        Reason.ENDED: CUT,
        Reason.RESET: CUT,
        Reason.UNDECODABLE: ABSENT,
        Reason.INTERNAL: ABSENT,
        Reason.HOST_LOST: OURS,
        Reason.NO_HOST: ABSENT,
        Reason.NO_PROFILE: HOPELESS,
        Reason.OVER_BUDGET: HOPELESS,
        Reason.PURPOSE_NEEDED: HOPELESS,
        Reason.PURPOSE_EXPIRED: HOPELESS,
        Reason.MASKS_UNREADABLE: HOPELESS,
        Reason.WITHDRAWN: HOPELESS,
        Reason.LEASE_REFUSED: HOPELESS,
        Reason.LEASE_UNAVAILABLE: ABSENT,
        Reason.BAD_ADDRESS: HOPELESS,
    }
)


def mildest(classes: Iterable[RetryClass]) -> RetryClass:
    """Of one class or more, that with the shortest wait."""
    return min(classes, key=lambda retry: (retry.floor_s, retry.first_s))


def retry_delay_s(failure: Failure, attempt: int, draw: float, retry: RetryClass | None = None) -> float:
    """Seconds to wait after the `attempt`-th failure in a row (from 1).

    Args:
        failure: why; a `retry_after_s` that the other side asked for is kept, and the jitter added to it.
        attempt: failures in a row so far, this one included.
        draw: uniform in [0, 1).
        retry: its class, where that is not the reason's own.
    """
    retry = retry or RETRY[failure.reason]
    jittered_s = retry.floor_s + draw * (retry.ceiling_s(attempt) - retry.floor_s)
    return jittered_s + (failure.retry_after_s or 0.0)
