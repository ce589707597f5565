"""Secrets that do not print, and the scrubber that removes one from any text."""

from __future__ import annotations

import base64
import re
from urllib.parse import quote

MASK = "***"

# user:password@ of a URL, with or without percent escapes; greedy up to the last @ before the path, since
# a badly built URL may carry a bare @ in its password.
# The scheme's length is bounded: without that, a long word takes the square of its length.
_USERINFO = re.compile(r"(?P<scheme>[a-z][a-z0-9+.-]{0,30}://)[^\s/]*@", re.IGNORECASE)
_AUTHORIZATION = re.compile(r"(?i)(authorization:\s*)[^\r\n]+")


class Secret:
    """A text that neither prints, compares by accident nor pickles; `reveal()` gives it."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The text itself; call it only where it leaves for its one destination."""
        return self._text

    def __bool__(self) -> bool:
        return bool(self._text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._text == self._text

    def __hash__(self) -> int:
        return hash(self._text)

    def __repr__(self) -> str:
        return MASK

    __str__ = __repr__

    def __reduce__(self) -> str:
        raise TypeError("a Secret is not pickled")


def scrub(text: str, *secrets: Secret) -> str:
    """`text` without URL user information, Authorization headers and the given secrets.

    Each secret is removed in its plain, percent-encoded and base64 form. Empty secrets remove nothing.
    """
    text = _USERINFO.sub(rf"\g<scheme>{MASK}@", text)
    text = _AUTHORIZATION.sub(rf"\g<1>{MASK}", text)
    for secret in secrets:
        for form in _forms(secret):
            text = text.replace(form, MASK)
    return text


def _forms(secret: Secret) -> list[str]:
    plain = secret.reveal()
    if not plain:
        return []
    encoded = base64.b64encode(plain.encode()).decode()
    forms = {plain, quote(plain, safe=""), quote(plain), encoded}
    return sorted(forms, key=len, reverse=True)
