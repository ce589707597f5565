"""A post proves itself with a signed assertion (RFC 7523) and receives a token.

Any thread may call it. Assertions and tokens appear in no log and no error. It must not import FastAPI.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence

import jwt
from cryptography.hazmat.primitives.asymmetric import ec

from app.demo.registry.access import AccessStore, Post
from app.demo.registry.clock import NowS
from app.demo.registry.limits import ASSERTION_LIFETIME_MAX_S, CLOCK_LEEWAY_S
from app.demo.registry.models import PublicKey

_ALGORITHM = "ES256"
_REQUIRED_CLAIMS = ("iss", "sub", "aud", "iat", "exp", "jti")
_JTI_LENGTHS = range(16, 257)


def public_key(key: PublicKey) -> ec.EllipticCurvePublicKey:
    """The key of a JWK.

    Raises:
        ValueError: its coordinates are no point of the curve.
    """
    x, y = (int.from_bytes(base64.urlsafe_b64decode(f"{part}=")) for part in (key.x, key.y))
    return ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()


class TokenIssuer:
    """Gives tokens to posts that prove themselves.

    Args:
        access: posts, and the assertions that were used.
        audiences: the URLs under which posts call the token endpoint.
        now_s: the wall clock, seconds since 1970.
    """

    def __init__(self, access: AccessStore, audiences: Sequence[str], now_s: NowS) -> None:
        self._access = access
        self._audiences = tuple(audiences)
        self._now_s = now_s

    def token_for(self, assertion: str) -> str | None:
        """A token for the post that made the assertion; None, without a reason, where it proves nothing."""
        post = self._claimed_post(assertion)
        claims = self._proven_claims(assertion, post) if post else None
        if post is None or claims is None:
            return None
        until_s = float(claims["exp"]) + CLOCK_LEEWAY_S
        is_new = self._access.use_assertion(post.id, str(claims["jti"]), until_s)
        return self._access.issue_token(post.id) if is_new else None

    def _claimed_post(self, assertion: str) -> Post | None:
        """Who the assertion says it is from; nothing is proven yet."""
        try:
            claims = jwt.decode(assertion, options={"verify_signature": False})
        except jwt.InvalidTokenError:
            return None
        issuer = claims.get("iss")
        return self._access.post(issuer) if isinstance(issuer, str) else None

    def _proven_claims(self, assertion: str, post: Post) -> Mapping[str, float | str] | None:
        try:
            claims = jwt.decode(
                assertion,
                public_key(post.key),
                algorithms=[_ALGORITHM],
                audience=self._audiences,
                issuer=post.id,
                options={"require": list(_REQUIRED_CLAIMS), "verify_exp": False, "verify_iat": False},
            )
        except jwt.InvalidTokenError:
            return None
        is_good = self._is_in_time(claims) and _is_within_contract(claims, post)
        return claims if is_good else None

    def _is_in_time(self, claims: Mapping[str, object]) -> bool:
        """By this registry's own clock, which the library would not ask."""
        issued_at_s, expires_at_s = claims["iat"], claims["exp"]
        if not isinstance(issued_at_s, int | float) or not isinstance(expires_at_s, int | float):
            return False
        earliest_s = self._now_s() - CLOCK_LEEWAY_S
        latest_s = self._now_s() + CLOCK_LEEWAY_S
        return issued_at_s <= latest_s and earliest_s < expires_at_s <= latest_s + ASSERTION_LIFETIME_MAX_S


def _is_within_contract(claims: Mapping[str, object], post: Post) -> bool:
    """What the library does not check: the subject, the form of the audience, the length of the id."""
    jti = claims["jti"]
    is_named_once = isinstance(jti, str) and len(jti) in _JTI_LENGTHS
    return is_named_once and claims["sub"] == post.id and isinstance(claims["aud"], str)
