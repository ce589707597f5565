"""SHA-256 of texts: how codes, tokens and assertion ids are kept. Pure.

They are long and random, so a plain hash cannot be turned back. PINs are short: `pins.py` keeps those.
"""

from __future__ import annotations

import hashlib


def sha256_text(text: str) -> str:
    """The hash as 64 hexadecimal digits; any text has one, broken surrogates included."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
