"""Passwords of a simulated camera: digest (RFC 2617, with and without qop) and basic.

Runs in the simulator's event loop. One `Challenge` belongs to one connection, so a nonce is good for that
connection only. The secret stays a `Secret` until the moment it is hashed or compared.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from app.core.redact import Secret

_REALM = "Pantau camera simulator"
_PARAMETER = re.compile(r'(\w+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))')
_NONCE_COUNT = re.compile(r"^[0-9a-fA-F]{8}$")


class Scheme(Enum):
    """How a camera asks for its password."""

    DIGEST = "digest"
    DIGEST_QOP = "digestqop"
    BASIC = "basic"
    NONE = "noauth"


@dataclass(frozen=True, slots=True)
class Credentials:
    """The user name and secret that every simulated camera accepts."""

    username: str
    secret: Secret


class Challenge:
    """One connection's demand for a password, and the judge of the answers to it."""

    def __init__(self, credentials: Credentials, scheme: Scheme) -> None:
        self._credentials = credentials
        self._scheme = scheme
        self._nonce = secrets.token_hex(16)

    def header(self) -> str:
        """The value of `WWW-Authenticate`."""
        if self._scheme is Scheme.BASIC:
            return f'Basic realm="{_REALM}"'
        qop = ', qop="auth", algorithm=MD5' if self._scheme is Scheme.DIGEST_QOP else ""
        return f'Digest realm="{_REALM}", nonce="{self._nonce}"{qop}'

    def accepts(self, method: str, url: str, authorization: str) -> bool:
        """Whether a request's `Authorization` proves that the client knows the secret."""
        if self._scheme is Scheme.NONE:
            return True
        kind, _, rest = authorization.partition(" ")
        if self._scheme is Scheme.BASIC:
            return kind.lower() == "basic" and self._accepts_basic(rest)
        return kind.lower() == "digest" and self._accepts_digest(method, url, _parameters(rest))

    def _accepts_basic(self, encoded: str) -> bool:
        try:
            given = base64.b64decode(encoded.strip(), validate=True)
        except (binascii.Error, ValueError):
            return False
        wanted = f"{self._credentials.username}:{self._credentials.secret.reveal()}"
        return hmac.compare_digest(given, wanted.encode())

    def _accepts_digest(self, method: str, url: str, given: Mapping[str, str]) -> bool:
        uri = given.get("uri", "")
        is_ours = (
            given.get("username") == self._credentials.username
            and given.get("realm") == _REALM
            and given.get("nonce") == self._nonce
            and _is_same_resource(uri, url)
        )
        middle = self._nonce
        if self._scheme is Scheme.DIGEST_QOP:
            count = given.get("nc", "")
            is_ours = is_ours and given.get("qop") == "auth" and bool(_NONCE_COUNT.match(count))
            middle = f"{self._nonce}:{count}:{given.get('cnonce', '')}:auth"
        wanted = _md5(f"{self._identity()}:{middle}:{_md5(f'{method}:{uri}')}")
        return is_ours and hmac.compare_digest(given.get("response", "").lower().encode(), wanted.encode())

    def _identity(self) -> str:
        return _md5(f"{self._credentials.username}:{_REALM}:{self._credentials.secret.reveal()}")


def _parameters(text: str) -> dict[str, str]:
    return {match[1].lower(): match[2] or match[3] or "" for match in _PARAMETER.finditer(text)}


def _is_same_resource(uri: str, url: str) -> bool:
    """Whether the digest was made for this request's URL, or for its path, as some clients do."""
    return bool(uri) and (uri == url or re.sub(r"^rtsps?://[^/]*", "", url) == uri)


def _md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
