"""Keys for one purpose each, out of the post's own key in the keyring: what a stolen file alone does not open.

Any thread; pure.
"""

from __future__ import annotations

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.core.redact import Secret


def derived_key(post_key: Secret, purpose: bytes) -> bytes:
    """32 bytes (RFC 5869) that tell nothing of the post's key, nor of another purpose's."""
    return HKDF(SHA256(), 32, None, purpose).derive(post_key.reveal().encode())
