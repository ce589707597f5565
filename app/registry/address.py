"""Where a leased stream may lie: the registry's stream zones, and addresses rebuilt from allow-listed parts.

Pure; any thread. Nothing of an address is passed on as it came: scheme, host, port and path are taken apart by
one strict pattern, checked and put together anew. Must import nothing of ours but the core.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import quote

from app.core.model import Endpoint
from app.core.sentence import Sentence
from app.registry.fields import FieldError

DEFAULT_PORTS: Mapping[str, int] = MappingProxyType({"rtsp": 554, "rtsps": 322})
"""The schemes that a stream may have, and their ports (RFC 7826 section 4.2)."""
URL_MAX_LENGTH = 2048

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_METADATA = frozenset(ipaddress.ip_address(text) for text in ("169.254.169.254", "fd00:ec2::254"))
"""Clouds give a machine's own credentials there to whoever asks from inside (contract, `stream_zones`)."""
_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_NAME = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")
_NUMERIC_END = re.compile(r"(?:.*\.)?(?:[0-9]+|0x[0-9a-f]*)")
"""`127.1`, `2130706433` and `0x7f000001` are names to us and addresses to a resolver."""
_URL = re.compile(
    r"(?P<scheme>[a-z][a-z0-9+.-]*)://"
    r"(?P<host>\[[0-9a-f:.]+\]|[^\[\]:/?#@]+)(?::(?P<port>[0-9]{1,5}))?"
    r"(?P<path>/.*)?",
    re.IGNORECASE,
)
_ENCODED_CONTROL = re.compile(r"%(?:[01][0-9a-f]|7f)", re.IGNORECASE)
_ASCII = "".join(chr(code) for code in range(0x21, 0x7F))


@dataclass(frozen=True, slots=True)
class Zones:
    """The hosts that leases may name: exact names, domains (`*.` of the contract) and networks."""

    names: frozenset[str] = frozenset()
    domains: tuple[str, ...] = ()
    networks: tuple[Network, ...] = ()

    def admits(self, host: str) -> bool:
        """Whether a host, as `parse_host` gives it, lies inside. A name matches names only."""
        address = _address(host)
        if address is None:
            return host in self.names or host.endswith(self.domains)
        return any(address in network for network in self.networks)


def parse_zones(entries: Iterable[object]) -> Zones:
    """The zones of the registry's `meta`; entries of unknown form admit nothing."""
    names: set[str] = set()
    domains: list[str] = []
    networks: list[Network] = []
    for entry in entries:
        if not isinstance(entry, str):
            continue
        network = _network(entry)
        name = entry.lower().removesuffix(".")
        if network is not None:
            networks.append(network)
        elif name.startswith("*.") and _NAME.fullmatch(name[2:]):
            domains.append(name[1:])
        elif _NAME.fullmatch(name) and not _NUMERIC_END.fullmatch(name):
            names.add(name)
    return Zones(frozenset(names), tuple(domains), tuple(networks))


def parse_host(text: str) -> str:
    """A host name in lower case, or an address in its one usual form, without brackets.

    Raises:
        FieldError: it is neither, or an address that never holds a camera.
    """
    if text.startswith("["):
        address = _address(text[1:-1])
        if address is None:
            raise FieldError("url", Sentence("names a host of a wrong form"))
    else:
        address = _address(text)
    if address is None:
        return _host_name(text)
    if address in _METADATA or address.is_unspecified or address.is_multicast or _is_disguised(address):
        raise FieldError("url", Sentence("names {0}, where no camera can be", str(address)))
    return str(address)


def parse_url(text: object, zones: Zones) -> Endpoint:
    """A leased URL as an endpoint (over TCP, from a camera: the caller knows more).

    Path and query keep their percent escapes; characters beyond ASCII are escaped.

    Raises:
        FieldError: its form, scheme or host is not allowed; the error names the host at most.
    """
    if not isinstance(text, str) or not 0 < len(text) <= URL_MAX_LENGTH:
        raise FieldError("url", Sentence("is no address of at most {0} characters", URL_MAX_LENGTH))
    if not text.isprintable() or " " in text or "#" in text or _ENCODED_CONTROL.search(text):
        raise FieldError("url", Sentence("has characters that no stream's address has"))
    parts = _URL.fullmatch(text)
    if parts is None:
        raise FieldError("url", Sentence("is not of the form of a stream's address"))
    scheme = parts["scheme"].lower()
    if scheme not in DEFAULT_PORTS:
        raise FieldError("url", Sentence("has a scheme that is not allowed"))
    host = parse_host(parts["host"])
    if not zones.admits(host):
        raise FieldError("url", Sentence("names {0}, which lies outside the registry's stream zones", host))
    return Endpoint(scheme, host, _port(parts["port"], scheme), quote(parts["path"] or "/", safe=_ASCII))


def _host_name(text: str) -> str:
    name = text.lower().removesuffix(".")
    if len(name) > 253 or not _NAME.fullmatch(name) or _NUMERIC_END.fullmatch(name):
        raise FieldError("url", Sentence("names a host of a wrong form"))
    return name


def _port(text: str | None, scheme: str) -> int:
    if text is None:
        return DEFAULT_PORTS[scheme]
    port = int(text)
    if not 0 < port <= 65_535:
        raise FieldError("url", Sentence("has a port that does not exist"))
    return port


def _address(text: str) -> Address | None:
    try:
        return None if "%" in text else ipaddress.ip_address(text)
    except ValueError:
        return None


def _network(text: str) -> Network | None:
    try:
        return None if "%" in text else ipaddress.ip_network(text, strict=False)
    except ValueError:
        return None


def _is_disguised(address: Address) -> bool:
    """Whether it is an IPv4 address inside an IPv6 one: `::ffff:169.254.169.254` reaches the former."""
    return isinstance(address, ipaddress.IPv6Address) and (
        address.ipv4_mapped is not None or address.sixtofour is not None or address.teredo is not None
    )
