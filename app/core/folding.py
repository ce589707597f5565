"""Text without what a person leaves out when searching: case and accents. Pure."""

from __future__ import annotations

import unicodedata


def fold(text: str) -> str:
    """The text without case and accents, compatibility forms unified."""
    if text.isascii():
        return text.lower()
    # Twice: what a compatibility form stands for may have case, and what folding gives may have accents.
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))
