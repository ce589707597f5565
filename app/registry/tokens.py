"""The post's tokens: a signed assertion (RFC 7523) is exchanged for one, which is held almost until its end.

Any thread may call it. Assertions and tokens are in memory only and get into no log and no error. Must import
nothing of ours but the core and its neighbours here.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import jwt

from app.core.errors import RegistryError
from app.core.redact import Secret
from app.core.sentence import Sentence
from app.registry.fields import FieldError, mapping, token, whole
from app.registry.problems import RefusalError

ASSERTION_LIFETIME_S = 120
"""Well inside the 300 s that the contract allows."""
MARGIN_S = 60.0
"""So long before its end a token is replaced."""
REFUSED_S = 10.0
"""So long all threads take a refusal of a token as the last word."""
LIFETIME_MAX_S = 24 * 3600


class PostIdentity(Protocol):
    """Who asks: `app.credentials.Identity` is one."""

    @property
    def post_id(self) -> str:
        """The post's name at the registry."""

    @property
    def private_key(self) -> Secret:
        """Its P-256 key as PEM."""


@dataclass(frozen=True, slots=True)
class Token:
    """A bearer token and until when it is used, monotonic seconds."""

    text: Secret
    until_s: float


class TokenHolder:
    """Holds the one token of a client, or for a while that there is none for it.

    Args:
        fetch: gets a new one; may raise what a call raises.
        clock: monotonic seconds.
    """

    def __init__(self, fetch: Callable[[], Token], clock: Callable[[], float]) -> None:
        self._fetch = fetch
        self._clock = clock
        self._lock = threading.Lock()
        self._token: Token | None = None
        self._trouble: tuple[RegistryError, float] | None = None
        """Why there is no token, and until when that is not asked again."""

    def get(self) -> Secret:
        """The token, fetched anew where none is held that is still good.

        Raises:
            RegistryError: what `fetch` raised, now or a moment ago for another thread.
        """
        with self._lock:
            if self._token is None or self._clock() >= self._token.until_s:
                self._token = self._fetched()
            return self._token.text

    def _fetched(self) -> Token:
        """A new token; a post that gets none (its device was revoked) does not ask for every tile of its wall.

        Where nobody answers, whoever has waited meanwhile does not wait as long once more: an officer who signs in
        without the registry would stand behind every other thread.
        """
        if self._trouble is not None and self._clock() < self._trouble[1]:
            raise self._trouble[0].with_traceback(None)
        asked_s = self._clock()
        try:
            token = self._fetch()
        except RegistryError as error:
            took_s = self._clock() - asked_s
            wait_s = error.retry_after_s or (REFUSED_S if isinstance(error, RefusalError) else took_s)
            self._trouble = error, self._clock() + wait_s
            raise
        self._trouble = None
        return token

    def drop(self, refused: Secret) -> None:
        """Forget a token that was refused, unless another thread has fetched a newer one by now."""
        with self._lock:
            if self._token is not None and self._token.text == refused:
                self._token = None


def make_assertion(identity: PostIdentity, audience: str, now_s: float) -> str:
    """A compact JWS by which a post proves itself once.

    Args:
        identity: the post and its key.
        audience: the token endpoint's URL, as it is called.
        now_s: the server's time, seconds since 1970.
    """
    claims = {
        "iss": identity.post_id,
        "sub": identity.post_id,
        "aud": audience,
        "iat": int(now_s),
        "exp": int(now_s) + ASSERTION_LIFETIME_S,
        "jti": secrets.token_urlsafe(24),
    }
    return jwt.encode(claims, identity.private_key.reveal(), algorithm="ES256")


def parse_token(value: object, asked_s: float) -> Token:
    """The token of an answer.

    Args:
        value: the answer's JSON.
        asked_s: when it was asked for, monotonic seconds.

    Raises:
        FieldError: it is not of the contract's form.
    """
    record = mapping(value, "token")
    if token(record.get("token_type"), "token_type", 16).lower() != "bearer":
        raise FieldError("token_type", Sentence("is not Bearer"))
    lifetime_s = whole(record.get("expires_in"), "expires_in", 1, LIFETIME_MAX_S)
    text = token(record.get("access_token"), "access_token", 4096)
    return Token(Secret(text), asked_s + max(lifetime_s - MARGIN_S, lifetime_s / 2))
