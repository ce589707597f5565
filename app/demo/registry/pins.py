"""Officers' PINs as Argon2id hashes (RFC 9106). Any thread may call it; it must not import FastAPI.

A PIN has six digits, so whoever holds the file and has patience can try them all: the hash makes that cost
about 30 ms a try and officer. What keeps a PIN safe is that the server slows and locks (`tries.py`).
"""

from __future__ import annotations

import base64
import secrets
import threading

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

_MEMORY_KIB = 19 * 1024
_PASSES = 2
_LANES = 1
"""OWASP's least recommended setting for Argon2id (Password Storage Cheat Sheet): 19 MiB, two passes."""
_SALT_BYTES = 16
_HASH_BYTES = 32
_AT_ONCE = 2
"""Hashes that are computed at the same time: more would only take memory, 19 MiB each, and processor time."""


class PinHasher:
    """Makes and checks hashes; a check costs the same whether there is a hash or none."""

    def __init__(self) -> None:
        self._turns = threading.BoundedSemaphore(_AT_ONCE)
        self._nobodys = _hash_of_nothing()

    def hash(self, pin: str) -> str:
        """A new hash of a PIN with its salt and cost, in the PHC string format."""
        kdf = Argon2id(
            salt=secrets.token_bytes(_SALT_BYTES),
            length=_HASH_BYTES,
            iterations=_PASSES,
            lanes=_LANES,
            memory_cost=_MEMORY_KIB,
        )
        with self._turns:
            return kdf.derive_phc_encoded(pin.encode())

    def is_right(self, pin: str, pin_hash: str | None) -> bool:
        """Whether the PIN is the hashed one.

        Args:
            pin: what somebody typed.
            pin_hash: None where there is no such officer: the same work is done, and the answer is False.
        """
        with self._turns:
            try:
                Argon2id.verify_phc_encoded(pin.encode(), pin_hash or self._nobodys)
            except InvalidKey:
                return False
        return pin_hash is not None


def _hash_of_nothing() -> str:
    """A hash in the PHC string format that no PIN is known to have: its bytes are drawn, not computed."""
    salt, drawn = (_unpadded(secrets.token_bytes(size)) for size in (_SALT_BYTES, _HASH_BYTES))
    return f"$argon2id$v=19$m={_MEMORY_KIB},t={_PASSES},p={_LANES}${salt}${drawn}"


def _unpadded(data: bytes) -> str:
    return base64.b64encode(data).decode().rstrip("=")
