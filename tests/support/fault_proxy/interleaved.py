"""RTSP with packets between its messages (RFC 2326 section 10.12), taken apart as it arrives.

Pure; it must import nothing of ours. Both directions look alike: text messages, and `$ channel length packet`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

FRAMING_BYTES = 4
RTP_HEADER_BYTES = 12
_MARK = ord("$")
_LINE_ENDS = b"\r\n"
_HEAD_END = b"\r\n\r\n"
_LONGEST_HEAD_BYTES = 65_536
_LENGTH = re.compile(rb"^content-length:[ \t]*(\d{1,7})[ \t]*\r$", re.IGNORECASE | re.MULTILINE)


class Kind(Enum):
    """What a piece of a stream is."""

    MEDIA = "media"
    """An RTP packet."""
    CONTROL = "control"
    """An RTCP packet."""
    TEXT = "text"
    """A message of RTSP, or anything that is not RTSP at all."""
    END = "end"
    """The stream's end; it has no bytes."""


@dataclass(frozen=True, slots=True)
class Unit:
    """The least that may be lost or swapped without harm to what is around it.

    Attributes:
        kind: what it is.
        data: its bytes, framing included.
        channel: of a packet.
        packet_at: where in the data the packet begins.
    """

    kind: Kind
    data: bytes
    channel: int = 0
    packet_at: int = 0


class Splitter:
    """Cuts one direction of a connection into units; together they are the very bytes that came.

    From the first byte on that cannot be RTSP everything passes as it comes.
    """

    def __init__(self) -> None:
        self._pending = b""
        self._is_raw = False

    def feed(self, data: bytes) -> list[Unit]:
        """The units that are complete now."""
        pending = self._pending + data if self._pending else data
        units: list[Unit] = []
        at = 0
        while at < len(pending) and (end := self._end_of(pending, at)) is not None:
            units.append(_unit(pending[at:end], self._is_raw))
            at = end
        self._pending = pending[at:]
        return units

    def rest(self) -> list[Unit]:
        """What an ended stream left incomplete."""
        rest, self._pending = self._pending, b""
        return [Unit(Kind.TEXT, rest)] if rest else []

    def _end_of(self, data: bytes, at: int) -> int | None:
        """Where the unit that begins there ends, None while that cannot be told or has not come."""
        first = data[at]
        end: int | None
        if self._is_raw:
            end = len(data)
        elif first == _MARK:
            end = _packet_end(data, at)
        elif first in _LINE_ENDS:
            end = at + 1
        elif ord("A") <= first <= ord("Z"):
            end = self._message_end(data, at)
        else:
            end = self._turn_raw(data)
        return end if end is not None and end <= len(data) else None

    def _message_end(self, data: bytes, at: int) -> int | None:
        line_end = data.find(_LINE_ENDS, at)
        head_end = data.find(_HEAD_END, at)
        is_foreign = line_end >= 0 and b"RTSP/" not in data[at:line_end]
        if is_foreign or (head_end < 0 and len(data) - at > _LONGEST_HEAD_BYTES):
            return self._turn_raw(data)
        if head_end < 0:
            return None
        body_at = head_end + len(_HEAD_END)
        length = _LENGTH.search(data, at, body_at)
        return body_at + (int(length[1]) if length else 0)

    def _turn_raw(self, data: bytes) -> int:
        self._is_raw = True
        return len(data)


def packet_kind(packet: bytes) -> Kind:
    """RTP or RTCP: the types of RTCP are where RTP has none (RFC 5761 section 4)."""
    is_control = len(packet) < RTP_HEADER_BYTES or 192 <= packet[1] <= 223
    return Kind.CONTROL if is_control else Kind.MEDIA


def payload_at(packet: bytes) -> int:
    """How many bytes the header of an RTP packet has (RFC 3550 section 5.1)."""
    size = RTP_HEADER_BYTES + 4 * (packet[0] & 0x0F)
    if packet[0] & 0x10 and len(packet) >= size + 4:
        size += 4 + 4 * int.from_bytes(packet[size + 2 : size + 4])
    return min(size, len(packet))


def _packet_end(data: bytes, at: int) -> int | None:
    if len(data) - at < FRAMING_BYTES:
        return None
    return at + FRAMING_BYTES + int.from_bytes(data[at + 2 : at + FRAMING_BYTES])


def _unit(data: bytes, is_raw: bool) -> Unit:
    if is_raw or data[0] != _MARK:
        return Unit(Kind.TEXT, data)
    return Unit(packet_kind(data[FRAMING_BYTES:]), data, data[1], FRAMING_BYTES)
