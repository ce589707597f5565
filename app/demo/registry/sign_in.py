"""A sign-in: whether a service number and a PIN are an officer's. Any thread may call it.

A number that nobody has and a PIN that is wrong have one answer and cost the same work. That an account is locked
by IT is told to whoever knows its PIN alone. It must not import FastAPI.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass

from app.demo.registry.officers import Account, Officer, OfficerStore
from app.demo.registry.pins import PinHasher
from app.demo.registry.tries import Hold, Try, TryCounter

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class WrongSignIn:
    """The number or the PIN is wrong; which one is not told."""


@dataclass(frozen=True, slots=True)
class LockedAccount:
    """The PIN is right, and IT has locked the account."""


SignInRefusal = WrongSignIn | LockedAccount | Hold


class SignInDesk:
    """Checks officers.

    Args:
        officers: who there is.
        tries: who has to wait.
        hasher: checks PINs.
    """

    def __init__(self, officers: OfficerStore, tries: TryCounter, hasher: PinHasher) -> None:
        self._officers = officers
        self._tries = tries
        self._hasher = hasher

    def check(self, post_id: str, service_number: str, pin: str) -> Officer | SignInRefusal:
        """Who signs in at a post, or why nobody does."""
        begun = self._tries.begin(post_id, service_number)
        if isinstance(begun, Hold):
            return begun
        account = self._officers.account(service_number)
        is_right = self._hasher.is_right(pin, account.pin_hash if account else None)
        if account is None or not is_right:
            _tell_lock(begun, post_id, account)
            return WrongSignIn()
        self._tries.forgive(post_id, service_number)
        return LockedAccount() if account.is_locked else account.officer


def _tell_lock(begun: Try, post_id: str, account: Account | None) -> None:
    """IT sees in the log where PINs are being guessed; a number that nobody has is not repeated."""
    if begun.locks:
        who = account.officer.id if account else "unknown"
        _log.warning("post=%s officer=%s state=sign-in-locked", post_id, who)
