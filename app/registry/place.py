"""Where the registry is and by what it is trusted: its address and the certificates that may vouch for it.

Pure but for reading the certificate file; any thread. Must import nothing of ours but the core.
"""

from __future__ import annotations

import ipaddress
import ssl
from pathlib import Path
from urllib.parse import urlsplit

from app.core.errors import ConfigError


def checked_url(url: str) -> tuple[str, str]:
    """A registry's address without a slash at its end, and its host and port as people write them.

    Raises:
        ConfigError: it cannot be used; one sentence that does not repeat a login in it.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise _malformed() from None
    if parts.username is not None or parts.password is not None:
        raise ConfigError("the registry's address for {0} may not carry a user name or password", host)
    if parts.scheme not in ("http", "https") or not host or parts.query or parts.fragment:
        raise _malformed()
    if parts.scheme == "http" and not _is_this_machine(host):
        raise ConfigError(
            "the registry at {0} must be reached by https://: http:// is for this machine only", host
        )
    place = f"[{host}]" if ":" in host else host
    place += f":{port}" if port else ""
    return f"{parts.scheme}://{place}{parts.path.rstrip('/')}", place


def trust(ca_file: Path | None) -> ssl.SSLContext:
    """What vouches for the registry: TLS 1.2 or newer, the certificate and its host always verified.

    Args:
        ca_file: the city's certificates as PEM; None trusts what the system trusts.

    Raises:
        ConfigError: the file cannot be used.
    """
    try:
        context = ssl.create_default_context(cafile=ca_file)
    except OSError:  # ssl.SSLError is one
        raise ConfigError("the registry's certificate file {0} cannot be read as PEM", str(ca_file)) from None
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _malformed() -> ConfigError:
    return ConfigError("the registry's address is not of the form https://host:port")


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
