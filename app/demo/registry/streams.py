"""Where a camera's stream is to be had: from the camera simulator, or from the cameras of a CSV file.

Held in memory only: no address or password of a camera is ever in the registry's file. Any thread may call
it. It must not import FastAPI.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit

from app.core.errors import ConfigError
from app.core.redact import Secret
from app.demo.scenes import Fault, fault_for

USERNAME = "pantau"
"""Of every simulated camera."""
NO_SECRET = Secret("")
_CLOSED_PORT = 1
"""tcpmux: nothing has served it for decades, and the system gives no port below 1024 to those who ask for any."""
_WRONG_SECRET = Secret("salah")


@dataclass(frozen=True, slots=True)
class StreamAccess:
    """How one stream is opened; `url` carries no user information."""

    url: str
    username: str
    secret: Secret


class Streams(Protocol):
    """Knows how streams are opened."""

    def access(self, code: str, profile: str) -> StreamAccess | None:
        """How to open a camera's stream, None while that is not known."""

    def zones(self) -> tuple[str, ...]:
        """The hosts that addresses may name."""


class SecretHolder:
    """The simulated cameras' password, which the demo's starter hands over when the registry already runs."""

    def __init__(self, secret: Secret = NO_SECRET) -> None:
        self._secret = secret

    def put(self, secret: Secret) -> None:
        """From now on leases carry this one."""
        self._secret = secret

    def get(self) -> Secret:
        """The password; empty where the simulator wants none."""
        return self._secret


class SimulatedStreams:
    """Streams of the camera simulator, four of them with a lease that does not work.

    Args:
        base_url: the simulator's address, `rtsp://127.0.0.1:8554`; None where none runs.
        secret: the cameras' password.
        black_hole: host and port of an address that never answers.

    Raises:
        ConfigError: the address is no RTSP address on this machine.
    """

    def __init__(self, base_url: str | None, secret: SecretHolder, black_hole: str) -> None:
        self._base_url = (base_url or "").rstrip("/")
        self._secret = secret
        self._black_hole = black_hole
        self._host = _loopback_host(self._base_url) if self._base_url else ""

    def access(self, code: str, profile: str) -> StreamAccess | None:
        """The stream `<base>/<profile>/<code>`, or what the camera's fault makes of it."""
        if not self._base_url:
            return None
        fault, path = fault_for(code), f"/{profile}/{code}"
        base, secret = self._base_url, self._secret.get()
        if fault is Fault.REFUSED_PORT:
            base = f"rtsp://127.0.0.1:{_CLOSED_PORT}"
        elif fault is Fault.BLACK_HOLE:
            base = f"rtsp://{self._black_hole}"
        elif fault is Fault.WRONG_PASSWORD:
            secret = _WRONG_SECRET
        elif fault is Fault.NOT_FOUND:
            path = f"/tidak-ada/{code}"
        return StreamAccess(base + path, USERNAME if secret else "", secret)

    def zones(self) -> tuple[str, ...]:
        """The simulator's host, this machine and the black hole."""
        black_hole = self._black_hole.rpartition(":")[0]
        return tuple(dict.fromkeys((self._host or "127.0.0.1", "127.0.0.1", black_hole)))


class ListedStreams:
    """Streams of cameras that somebody listed in a file."""

    def __init__(self, streams: Mapping[tuple[str, str], StreamAccess]) -> None:
        self._streams = streams

    def access(self, code: str, profile: str) -> StreamAccess | None:
        """The stream as listed."""
        return self._streams.get((code, profile))

    def zones(self) -> tuple[str, ...]:
        """Exactly the hosts of the list."""
        return _hosts(access.url for access in self._streams.values())


def _hosts(urls: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({urlsplit(url).hostname or "" for url in urls}))


def _loopback_host(url: str) -> str:
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname or "", parts.port
        is_loopback = ipaddress.ip_address(host).is_loopback
    except ValueError as error:
        raise ConfigError("The address of the camera simulator is not like rtsp://127.0.0.1:8554.") from error
    if parts.scheme != "rtsp" or parts.username is not None or parts.path or not is_loopback:
        raise ConfigError("The camera simulator is reached at rtsp:// and an address of this machine only.")
    return host
