"""Checkpoints: the registry signs how far it keeps a post's journal, so that neither can deny it later.

Any thread may call it. The key is in a file of its own beside the database, readable by its owner alone: a copy of
the database signs nothing. It must not import FastAPI.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from app.core.errors import ConfigError
from app.demo.registry.audit_chain import Link
from app.demo.registry.clock import NowS

_ALGORITHM = "ES256"
_TYPE = "pantau-checkpoint+jwt"
"""Says that this is no assertion and no token, whoever reads it (RFC 8725 section 3.11)."""
_THUMBPRINT_MEMBERS = ("crv", "kty", "x", "y")


def make_key() -> ec.EllipticCurvePrivateKey:
    """A new key for the curve of ES256."""
    return ec.generate_private_key(ec.SECP256R1())


def key_of_file(path: Path) -> ec.EllipticCurvePrivateKey:
    """The key of a PEM file, which is made with a new one if it is not there.

    Raises:
        ConfigError: the file cannot be read or made, or holds no such key.
    """
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _held_key(path)
    except OSError as error:
        raise ConfigError(f"The registry cannot make {path}: {error.strerror}.") from error
    key = make_key()
    with os.fdopen(descriptor, "wb") as file:
        file.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return key


def _held_key(path: Path) -> ec.EllipticCurvePrivateKey:
    try:
        key = load_pem_private_key(path.read_bytes(), None)
    except (OSError, ValueError, TypeError) as error:
        raise ConfigError(f"{path} holds no key that the registry can sign with.") from error
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise ConfigError(f"{path} holds no key of the curve P-256.")
    return key


class CheckpointSigner:
    """Signs with one key.

    Args:
        key: the registry's.
        now_s: the wall clock, seconds since 1970.
    """

    def __init__(self, key: ec.EllipticCurvePrivateKey, now_s: NowS) -> None:
        self._key = key
        self._now_s = now_s
        own = jwt.algorithms.ECAlgorithm.to_jwk(key.public_key(), as_dict=True)
        self._public = {name: str(own[name]) for name in _THUMBPRINT_MEMBERS}
        self._key_id = _thumbprint(self._public)

    def public_key(self) -> dict[str, str]:
        """The public half as a JWK (RFC 7517)."""
        return {**self._public, "kid": self._key_id, "alg": _ALGORITHM, "use": "sig"}

    def sign(self, post_id: str, last: Link) -> str:
        """A compact JWS that says how far a post's journal is kept now."""
        claims = {"post_id": post_id, "seq": last.seq, "hash": last.hash, "at_s": int(self._now_s())}
        return jwt.encode(claims, self._key, _ALGORITHM, headers={"kid": self._key_id, "typ": _TYPE})


def _thumbprint(public: dict[str, str]) -> str:
    """RFC 7638, in hexadecimal: it names the key, so that an old checkpoint is tried with the key of its time."""
    return hashlib.sha256(json.dumps(public, sort_keys=True, separators=(",", ":")).encode()).hexdigest()[:32]
