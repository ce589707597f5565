"""Whether a record of the catalogue names a host, an address or a secret. Pure; any thread.

A stolen copy of a catalogue must map nothing and open nothing. What is found is told by its place alone.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator

_URL = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_ADDRESS = re.compile(
    r"(?<![\w.:-])(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]*:[0-9a-f:]*:[0-9a-f:.]*)(?![\w.-])", re.IGNORECASE
)
_WORDS = re.compile(r"[a-z0-9]+|[A-Z][a-z0-9]*")
_TELLING = frozenset(
    {
        *(
            "host",
            "hostname",
            "ip",
            "ipv4",
            "ipv6",
            "login",
            "passwd",
            "password",
            "port",
            "rtsp",
            "secret",
            "token",
        ),
        *("uri", "url", "user", "username"),
    }
)
"""Words in a member's name that say what it holds."""
_AREA_CODES = frozenset({"jurisdiction.kelurahan_code"})
"""Members whose own form may look like an address."""


def first_leak(record: object) -> tuple[str, str] | None:
    """The first place that names one, and what it seems to be; None for a record that is clean."""
    return next(_leaks(record, ""), None)


def _leaks(value: object, field: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, each in value.items():
            path = f"{field}.{name}" if field else str(name)
            if _TELLING & {word.lower() for word in _WORDS.findall(str(name))} and each not in (None, ""):
                yield _shown(path), "a member for a host, an address or a secret"
            yield from _leaks(each, path)
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from _leaks(each, f"{field}[{number}]")
    elif isinstance(value, str):
        if _URL.search(value):
            yield _shown(field), "a URL"
        elif field not in _AREA_CODES and any(_is_address(each) for each in _ADDRESS.findall(value)):
            yield _shown(field), "an IP address"


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _shown(field: str) -> str:
    """A path whose names may be repeated at a prompt."""
    return re.sub(r"[^A-Za-z0-9_.\[\]-]", "?", field)[:120]
