"""Logins as somebody judges them: whose account a try counts in. Pure."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass

from app.core.model import Endpoint, Lease, Login, StreamKey


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
        holder: a camera's id, or the host of a relay that has logins of its own.
        mark: tells such a relay's logins apart; empty for a camera, whose logins have versions.
    """

    holder: str
    mark: str = ""


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
        return LoginTry(Account(endpoint.host, _mark(lease.relay_login, mark_key)), 0, True)
    return LoginTry(Account(lease.key.camera), lease.credential_version, endpoint.is_relay)


def _mark(login: Login, key: bytes) -> str:
    text = f"{login.username}\n{login.secret.reveal()}"  # neither part has line ends
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()[:32]
