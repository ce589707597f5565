"""Logins as somebody judges them: whose account a try counts in. Pure."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass

from app.core.failure import Reason
from app.core.model import Endpoint, Lease, Login, StreamKey

LOGIN_REASONS = frozenset({Reason.UNAUTHORIZED, Reason.LOGIN_UNHEARD})
"""A login is wrong, or passes for it: a newer one may help."""


@dataclass(frozen=True, slots=True)
class LoginRefused:
    """The login of a stream that was let go meanwhile was refused: whoever refused it counts it all the same."""

    key: StreamKey
    generation: int
    """Of the open that it was."""


@dataclass(frozen=True, slots=True)
class Account:
    """What may be locked by wrong logins.

    Attributes:
        name: a camera's id; of a relay's own login a mark, which tells neither host nor login.
        is_relays: whether it is one of a relay's, which has no versions: another login is another account.
    """

    name: str
    is_relays: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """A login that was refused.

    Attributes:
        account: whose.
        version: which; older ones are as wrong.
        since_s: when, monotonic seconds.
        until_s: until when it must not be tried again.
        by_relay: whether only a relay has said so.
        reason: how it was said.
    """

    account: Account
    version: int
    since_s: float
    until_s: float
    by_relay: bool
    reason: Reason = Reason.UNAUTHORIZED


@dataclass(frozen=True, slots=True)
class LoginTry:
    """A login as it is shown to somebody.

    Attributes:
        account: in which it counts. A relay without logins of its own is shown the camera's, and may pass it on to
            the camera: that counts as the camera's.
        version: of the camera's password; 0 for a relay's own.
        at_relay: whether a relay is asked.
    """

    account: Account
    version: int
    at_relay: bool

    def shows(self, other: LoginTry) -> bool:
        """Whether it is the same login, whoever is asked."""
        return (self.account, self.version) == (other.account, other.version)


def login_try(lease: Lease, endpoint: Endpoint, mark_key: bytes) -> LoginTry:
    """What opening an endpoint of a lease tries.

    Args:
        mark_key: makes a mark tell nothing of the password to whoever does not have it.
    """
    if endpoint.is_relay and lease.relay_login is not None:
        return LoginTry(Account(_mark(endpoint.host, lease.relay_login, mark_key), is_relays=True), 0, True)
    return LoginTry(Account(lease.key.camera), lease.credential_version, endpoint.is_relay)


def _mark(host: str, login: Login, key: bytes) -> str:
    text = f"{host}\n{login.username}\n{login.secret.reveal()}"  # no part has line ends
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()[:32]
