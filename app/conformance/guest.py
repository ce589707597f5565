"""Who the suite is at the registry: a post with a key of its own, and officers who lent it their PINs. Pure.

Everything here lives as long as the command runs: no key, code, PIN or token is ever written anywhere.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

import jwt
from cryptography.hazmat.primitives.asymmetric import ec

from app.core.redact import Secret

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
ASSERTION_LIFETIME_S = 120
"""Well inside the 300 s that the contract allows."""
_ALGORITHM = "ES256"


@dataclass(frozen=True, slots=True)
class OfficerPin:
    """An officer who may be signed in."""

    service_number: str
    pin: Secret


@dataclass(frozen=True, slots=True)
class Guest:
    """What the suite was given.

    Attributes:
        code: the one-time enrolment code.
        officer: signs in and off; None leaves that unchecked.
        next_officer: takes over from them; None leaves that unchecked.
        wait_s: how long a long-poll waits.
    """

    code: Secret
    officer: OfficerPin | None = None
    next_officer: OfficerPin | None = None
    wait_s: int = 2


def make_key() -> ec.EllipticCurvePrivateKey:
    """A new key for the curve of the contract."""
    return ec.generate_private_key(ec.SECP256R1())


def public_jwk(key: ec.EllipticCurvePrivateKey) -> dict[str, str]:
    """The public half of a key as the contract writes it (RFC 7517)."""
    made = jwt.algorithms.ECAlgorithm.to_jwk(key.public_key(), as_dict=True)
    return {name: str(made[name]) for name in ("kty", "crv", "x", "y")}


def assertion(
    key: ec.EllipticCurvePrivateKey | str,
    claims: Mapping[str, object],
    algorithm: str = _ALGORITHM,
) -> Secret:
    """A signed assertion (RFC 7523); claims that are None are left out."""
    named = {name: value for name, value in claims.items() if value is not None}
    return Secret(jwt.encode(named, key, algorithm))


def good_claims(post_id: str, audience: str, now_s: float) -> dict[str, object]:
    """What a post claims when it proves itself.

    Args:
        post_id: who it is.
        audience: the token endpoint as it is called.
        now_s: the registry's time, seconds since 1970.
    """
    return {
        "iss": post_id,
        "sub": post_id,
        "aud": audience,
        "iat": int(now_s),
        "exp": int(now_s) + ASSERTION_LIFETIME_S,
        "jti": secrets.token_urlsafe(24),
    }


def nobodys_number() -> str:
    """A service number of the contract's form that no officer has."""
    return f"PANTAU-CHECK-{secrets.token_hex(6)}"
