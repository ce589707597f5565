"""RTP and RTCP packets as bytes (RFC 3550). Pure; it must import nothing of ours but the payload type."""

from __future__ import annotations

import struct

from app.demo.simulator.clip import PAYLOAD_TYPE

_VERSION = 0x80
_MARKER = 0x80
_SENDER_REPORT, _SOURCE_DESCRIPTION, _GOODBYE = 200, 202, 203
_CNAME_ITEM = 1
_NTP_EPOCH_OFFSET_S = 2_208_988_800
"""Seconds from 1900, where NTP counts from, to 1970."""
_HEADER = struct.Struct(">BBHII")
_REPORT = struct.Struct(">BBHIIIIII")
HEADER_BYTES = _HEADER.size


def rtp_header(*, marker: bool, sequence: int, timestamp: int, source: int) -> bytes:
    """The header of one RTP packet; `sequence` and `timestamp` are already wrapped."""
    kind = PAYLOAD_TYPE | (_MARKER if marker else 0)
    return _HEADER.pack(_VERSION, kind, sequence, timestamp, source)


def sender_report(*, source: int, wall_s: float, timestamp: int, packets: int, octets: int, name: str) -> bytes:
    """A sender report with the source's name, which every compound RTCP packet must carry.

    Args:
        wall_s: now, seconds since 1970.
        timestamp: the RTP time of that same moment.
        packets, octets: sent so far; octets count payloads only (RFC 3550 section 6.4.1).
    """
    ntp = wall_s + _NTP_EPOCH_OFFSET_S
    seconds = int(ntp)
    fraction = int((ntp - seconds) * 2**32)
    report = _REPORT.pack(
        _VERSION,
        _SENDER_REPORT,
        6,
        source,
        seconds & 0xFFFFFFFF,
        fraction & 0xFFFFFFFF,
        timestamp,
        packets & 0xFFFFFFFF,
        octets & 0xFFFFFFFF,
    )
    return report + _source_description(source, name)


def goodbye(source: int) -> bytes:
    """The packet that ends a stream in order."""
    return struct.pack(">BBHI", _VERSION | 1, _GOODBYE, 1, source)


def _source_description(source: int, name: str) -> bytes:
    text = name.encode()[:255]
    chunk = struct.pack(">IBB", source, _CNAME_ITEM, len(text)) + text + b"\x00"
    chunk += b"\x00" * (-len(chunk) % 4)
    return struct.pack(">BBH", _VERSION | 1, _SOURCE_DESCRIPTION, len(chunk) // 4) + chunk
