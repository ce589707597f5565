"""RTSP 1.0 messages (RFC 2326): reading requests, parsing their headers, forming answers.

Runs in the simulator's event loop. It knows nothing of cameras, clips or passwords.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

VERSION = "RTSP/1.0"
_INTERLEAVED_MARK = b"$"
_LONGEST_BODY_BYTES = 64 * 1024
_PAIR = re.compile(r"^(\d{1,5})(?:-(\d{1,5}))?$")
_NO_HEADERS: Mapping[str, str] = MappingProxyType({})


class Status(Enum):
    """The answers that the simulator gives: code and reason phrase."""

    OK = (200, "OK")
    BAD_REQUEST = (400, "Bad Request")
    UNAUTHORIZED = (401, "Unauthorized")
    NOT_FOUND = (404, "Not Found")
    NOT_ENOUGH_BANDWIDTH = (453, "Not Enough Bandwidth")
    SESSION_NOT_FOUND = (454, "Session Not Found")
    NOT_VALID_IN_STATE = (455, "Method Not Valid in This State")
    UNSUPPORTED_TRANSPORT = (461, "Unsupported Transport")
    NOT_IMPLEMENTED = (501, "Not Implemented")
    UNAVAILABLE = (503, "Service Unavailable")
    VERSION_NOT_SUPPORTED = (505, "RTSP Version Not Supported")


@dataclass(frozen=True, slots=True)
class Request:
    """One request; header names are lower case."""

    method: str
    url: str
    version: str
    headers: Mapping[str, str]

    def header(self, name: str) -> str:
        """The header's value, empty where the request has none."""
        return self.headers.get(name.lower(), "")


@dataclass(frozen=True, slots=True)
class Interleaved:
    """A binary packet that the client sent between requests (its receiver reports)."""

    channel: int
    data: bytes


@dataclass(frozen=True, slots=True)
class TcpTransport:
    """The client wants packets inside the RTSP connection, on these two channels."""

    rtp_channel: int
    rtcp_channel: int


@dataclass(frozen=True, slots=True)
class UdpTransport:
    """The client wants datagrams to these two ports of its own address."""

    rtp_port: int
    rtcp_port: int


Transport = TcpTransport | UdpTransport


class MalformedRequestError(ValueError):
    """Bytes that are no RTSP request."""


async def read_message(reader: asyncio.StreamReader) -> Request | Interleaved:
    """The next request or binary packet of a connection.

    Raises:
        asyncio.IncompleteReadError: the client closed the connection.
        MalformedRequestError: what came is no RTSP; the connection cannot be read on.
    """
    first = await reader.readexactly(1)
    while first in b"\r\n":  # blank lines between requests are allowed, like in HTTP
        first = await reader.readexactly(1)
    if first == _INTERLEAVED_MARK:
        head = await reader.readexactly(3)
        return Interleaved(head[0], await reader.readexactly(int.from_bytes(head[1:])))
    try:
        text = (first + await reader.readuntil(b"\r\n\r\n")).decode()
    except (asyncio.LimitOverrunError, UnicodeDecodeError) as error:
        raise MalformedRequestError("a request head that is too long or not text") from error
    request = parse_request(text)
    await reader.readexactly(_body_bytes(request))
    return request


def parse_request(text: str) -> Request:
    """A request's head, with its request line.

    Raises:
        MalformedRequestError: the request line or a header is not of RTSP's form.
    """
    line, *rest = text.strip("\r\n").split("\r\n")
    words = line.split(" ")
    if len(words) != 3 or not words[2].startswith("RTSP/"):
        raise MalformedRequestError("no RTSP request line")
    headers: dict[str, str] = {}
    for field in rest:
        name, separator, value = field.partition(":")
        if not separator:
            raise MalformedRequestError("a header without a colon")
        headers[name.strip().lower()] = value.strip()
    return Request(words[0], words[1], words[2], MappingProxyType(headers))


def answer(cseq: str, status: Status, headers: Mapping[str, str] = _NO_HEADERS, body: str = "") -> bytes:
    """The bytes of an answer to the request with that sequence number."""
    code, reason = status.value
    lines = [f"{VERSION} {code} {reason}", f"CSeq: {cseq or '0'}", "Server: Pantau camera simulator"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    if body:
        lines.append(f"Content-Length: {len(body.encode())}")
    return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()


def parse_transport(header: str) -> Transport | None:
    """The first transport of a SETUP's list that can be served, None where there is none."""
    for offer in header.split(","):
        protocol, *parameters = (part.strip() for part in offer.split(";"))
        values = dict(part.partition("=")[::2] for part in parameters)
        if "multicast" in values:
            continue
        if protocol == "RTP/AVP/TCP":
            rtp, rtcp = _pair(values.get("interleaved", "0-1"), 0xFF) or (0, 1)
            return TcpTransport(rtp, rtcp)
        ports = _pair(values.get("client_port", ""), 0xFFFF)
        if protocol in ("RTP/AVP", "RTP/AVP/UDP") and ports:
            return UdpTransport(*ports)
    return None


def _pair(text: str, most: int) -> tuple[int, int] | None:
    """`6970-6971` as two numbers; a lone number is followed by the next one."""
    match = _PAIR.match(text)
    if match is None:
        return None
    first = int(match[1])
    second = int(match[2]) if match[2] else first + 1
    return (first, second) if max(first, second) <= most else None


def _body_bytes(request: Request) -> int:
    length = request.header("content-length") or "0"
    if not length.isascii() or not length.isdigit() or int(length) > _LONGEST_BODY_BYTES:
        raise MalformedRequestError("a body length that is no number or too large")
    return int(length)
