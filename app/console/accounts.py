"""Logins that were refused: none is tried again before its time, by whatever stream.

Owned by the console's thread; pure core only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from app.core.backoff import REFUSED_LOGIN
from app.core.failure import Failure, Reason
from app.core.login import Account, LoginTry, Refusal
from app.core.model import CameraId

UNHEARD_MAX = 3
"""So many opens in a row that a camera does not answer: some lock an account at the next wrong password."""


class RefusalMemory(Protocol):
    """Keeps refusals for the next start. No call waits for the disk but the first one."""

    @property
    def mark_key(self) -> bytes:
        """See `login_try`: of one post, the same at each start."""

    def recall(self) -> Iterable[Refusal]:
        """What was kept and is not over."""

    def keep(self, refusals: Sequence[Refusal]) -> None:
        """Keep these instead."""


class ThisRunOnly:
    """Keeps nothing."""

    mark_key = b""

    def recall(self) -> Iterable[Refusal]:
        """Nothing."""
        return ()

    def keep(self, refusals: Sequence[Refusal]) -> None:
        """They are forgotten with this run."""


class Accounts:
    """Remembers refusals by account: a camera's two streams share one, as do all streams of a relay's login.

    Args:
        memory: keeps them for the next start: whoever starts the wall again must not lock a camera by it.
    """

    def __init__(self, memory: RefusalMemory | None = None) -> None:
        self._memory = memory or ThisRunOnly()
        self._refusals = {each.account: each for each in self._memory.recall()}
        self._let_in: set[LoginTry] = set()
        self._unheard: dict[LoginTry, int] = {}
        """How often in a row a login that was never let in was not answered."""

    @property
    def mark_key(self) -> bytes:
        """See `login_try`."""
        return self._memory.mark_key

    def refused(self, tried: LoginTry, now_s: float, reason: Reason = Reason.UNAUTHORIZED) -> None:
        """A login was refused. What is said late of an older version changes nothing."""
        known = self._refusals.get(tried.account)
        if known is not None and known.version > tried.version:
            return
        was_by_camera = known is not None and known.version == tried.version and not known.by_relay
        until_s = now_s + REFUSED_LOGIN.floor_s
        by_relay = tried.at_relay and not was_by_camera
        self._refusals[tried.account] = Refusal(tried.account, tried.version, now_s, until_s, by_relay, reason)
        self._let_in.discard(tried)
        self._keep()

    def tries(self, tried: LoginTry, now_s: float) -> None:
        """A refused login is tried once more: no other stream does the same at the same time."""
        known = self._refusals.get(tried.account)
        if known is not None and known.version == tried.version and tried not in self._let_in:
            self.refused(tried, now_s, known.reason)

    def unheard(self, tried: LoginTry, now_s: float) -> bool:
        """A camera took a login and did not answer; whether that counts as refused by now.

        Some fall silent or break off at a wrong one, and count it. One that was let in before is right, and a
        relay may be silent because its camera is.
        """
        if tried in self._let_in or tried.at_relay:
            return False
        self._unheard[tried] = self._unheard.get(tried, 0) + 1
        if self._unheard[tried] < UNHEARD_MAX:
            return False
        self.refused(tried, now_s, Reason.LOGIN_UNHEARD)
        return True

    def failed_otherwise(self, tried: LoginTry) -> None:
        """An open with that login failed by something else."""
        self._unheard.pop(tried, None)

    def accepted(self, tried: LoginTry) -> bool:
        """Somebody was let in; whether others may have waited for that.

        It ends a refusal by the same one alone: a relay that is shown the camera's login may judge it by itself.
        """
        self._let_in.add(tried)
        self._unheard.pop(tried, None)
        known = self._refusals.get(tried.account)
        if known is None or known.version != tried.version:
            return False
        if known.by_relay == tried.at_relay:
            del self._refusals[tried.account]
            self._keep()
        return True

    def is_proved(self, tried: LoginTry) -> bool:
        """Whether that login was let in there, and not refused since."""
        return tried in self._let_in

    def wait_s(self, tried: LoginTry, now_s: float) -> float:
        """How long a login must not be tried yet, seconds; 0.0 when it may."""
        refusal = self._refusals.get(tried.account)
        if refusal is None or tried.version > refusal.version or tried in self._let_in:
            return 0.0
        return max(0.0, refusal.until_s - now_s)

    def refused_as(self, tried: LoginTry, now_s: float) -> Failure | None:
        """How a login was refused that must not be tried yet; None for one that may."""
        if not self.wait_s(tried, now_s):
            return None
        refusal = self._refusals[tried.account]
        return Failure(refusal.reason, at_relay=refusal.by_relay)

    def is_outdated(self, tried: LoginTry, listed_version: int, leased_s: float, now_s: float) -> bool:
        """Whether a login was refused after it had been leased and has waited that out, or there is a newer one.

        Args:
            listed_version: of the camera's password, as the catalogue has it.
        """
        refusal = self._refusals.get(tried.account)
        if refusal is None or tried.version > refusal.version:
            return False
        is_over = refusal.since_s >= leased_s and now_s >= refusal.until_s
        return is_over or (not tried.account.is_relays and listed_version > refusal.version)

    def is_mended(self, camera: CameraId, credential_version: int) -> bool:
        """Whether the registry has a newer password of a camera than the refused one."""
        refusal = self._refusals.get(Account(camera))
        return refusal is not None and credential_version > refusal.version

    def _keep(self) -> None:
        self._memory.keep(tuple(self._refusals.values()))
