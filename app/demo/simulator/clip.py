"""A clip: an Annex-B file cut into frames and packed once into RTP payloads, shared by all its streams.

H.264 goes by RFC 6184 (single NAL units and FU-A), H.265 by RFC 7798 (single NAL units and FU). Pure except
for `load_clip`, which reads one file in whatever thread calls it; it must not import asyncio.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from app.core.model import Codec

PAYLOAD_TYPE = 96
CLOCK_HZ = 90_000
"""The RTP clock of both codecs (RFC 6184 section 8.2.1, RFC 7798 section 7.1)."""
_MTU_PAYLOAD_BYTES = 1_400
"""Leaves room for IP, UDP and RTP headers in an Ethernet frame of 1,500 bytes."""
_START_CODE = re.compile(rb"\x00\x00\x01")
_FU_START, _FU_END = 0x80, 0x40


@dataclass(frozen=True, slots=True)
class Payload:
    """What one RTP packet carries; `marker` is set on the last one of a frame."""

    marker: bool
    data: bytes


@dataclass(frozen=True, slots=True)
class Frame:
    """One coded picture, ready to be sent."""

    is_key: bool
    payloads: tuple[Payload, ...]


@dataclass(frozen=True, slots=True)
class Clip:
    """A loop of frames and the parameter sets that a session description names."""

    codec: Codec
    frame_rate_fps: int
    frames: tuple[Frame, ...]
    parameter_sets: tuple[bytes, ...]

    def spoiled(self) -> Clip:
        """This clip with every coded picture overwritten: the packets are in order, nothing decodes."""
        return replace(self, frames=tuple(_spoil(frame) for frame in self.frames))


class ClipError(ValueError):
    """A clip file that holds no H.264 or H.265 stream."""


@dataclass(frozen=True, slots=True)
class _Syntax:
    """Where a codec keeps what the packetiser must know of a NAL unit."""

    header_bytes: int
    parameter_types: tuple[int, ...]
    key_types: frozenset[int]
    slice_types: frozenset[int]
    delimiter_type: int
    fragment_type: int
    is_hevc: bool

    def unit_type(self, unit: bytes) -> int:
        return unit[0] >> 1 & 0x3F if self.is_hevc else unit[0] & 0x1F

    def starts_picture(self, unit: bytes) -> bool:
        """Whether a slice is its picture's first: `first_mb_in_slice` 0 or `first_slice_segment…` 1."""
        return bool(unit[self.header_bytes] & 0x80)

    def fragment_header(self, unit: bytes, flags: int) -> bytes:
        if self.is_hevc:
            head = bytes([unit[0] & 0x81 | self.fragment_type << 1, unit[1]])
        else:
            head = bytes([unit[0] & 0xE0 | self.fragment_type])
        return head + bytes([flags | self.unit_type(unit)])


_SYNTAX = {
    Codec.H264: _Syntax(1, (7, 8), frozenset({5}), frozenset(range(1, 6)), 9, 28, is_hevc=False),
    Codec.H265: _Syntax(2, (32, 33, 34), frozenset(range(16, 22)), frozenset(range(32)), 35, 49, is_hevc=True),
}


def load_clip(path: Path, codec: Codec, frame_rate_fps: int) -> Clip:
    """Read and pack a clip file.

    Raises:
        OSError: the file cannot be read.
        ClipError: it holds no picture or no parameter sets of that codec.
    """
    return pack_clip(path.read_bytes(), codec, frame_rate_fps)


def pack_clip(stream: bytes, codec: Codec, frame_rate_fps: int) -> Clip:
    """Cut an Annex-B stream into frames and pack them.

    Raises:
        ClipError: it holds no picture or no parameter sets of that codec.
    """
    syntax = _SYNTAX[codec]
    units = [unit for unit in _units(stream) if len(unit) > syntax.header_bytes]
    parameter_sets = _parameter_sets(units, syntax)
    frames = tuple(_pack(picture, syntax) for picture in _pictures(units, syntax))
    if not frames or len(parameter_sets) < len(syntax.parameter_types):
        raise ClipError(f"no {codec.value} pictures with parameter sets in {len(stream)} bytes")
    return Clip(codec, frame_rate_fps, frames, parameter_sets)


def describe_media(clip: Clip) -> str:
    """The lines of a session description that name the codec and its parameter sets."""
    sets = [base64.b64encode(unit).decode() for unit in clip.parameter_sets]
    if clip.codec is Codec.H265:
        vps, sps, pps = sets
        encoding, parameters = "H265", f"sprop-vps={vps};sprop-sps={sps};sprop-pps={pps}"
    else:
        level = clip.parameter_sets[0][1:4].hex().upper()
        encoding = "H264"
        parameters = f"packetization-mode=1;profile-level-id={level};sprop-parameter-sets={','.join(sets)}"
    return (
        f"a=rtpmap:{PAYLOAD_TYPE} {encoding}/{CLOCK_HZ}\r\n"
        f"a=fmtp:{PAYLOAD_TYPE} {parameters}\r\n"
        f"a=framerate:{clip.frame_rate_fps}\r\n"
    )


def _units(stream: bytes) -> Iterator[bytes]:
    """The NAL units between start codes; zero bytes before a start code belong to none of them."""
    starts = [match.start() for match in _START_CODE.finditer(stream)]
    for start, end in pairwise([*starts, len(stream)]):
        yield stream[start + 3 : end].rstrip(b"\x00")


def _parameter_sets(units: list[bytes], syntax: _Syntax) -> tuple[bytes, ...]:
    first: dict[int, bytes] = {}
    for unit in units:
        first.setdefault(syntax.unit_type(unit), unit)
    return tuple(first[kind] for kind in syntax.parameter_types if kind in first)


def _pictures(units: list[bytes], syntax: _Syntax) -> Iterator[list[bytes]]:
    """The NAL units of each picture: parameter sets first, one or more slices after them."""
    current: list[bytes] = []
    has_slice = False
    for unit in units:
        kind = syntax.unit_type(unit)
        is_slice = kind in syntax.slice_types
        if has_slice and (not is_slice or syntax.starts_picture(unit)):
            yield current
            current, has_slice = [], False
        if kind != syntax.delimiter_type:
            current.append(unit)
        has_slice = has_slice or is_slice
    if has_slice:
        yield current


def _pack(picture: list[bytes], syntax: _Syntax) -> Frame:
    payloads = [data for unit in picture for data in _fragments(unit, syntax)]
    last = len(payloads) - 1
    return Frame(
        is_key=any(syntax.unit_type(unit) in syntax.key_types for unit in picture),
        payloads=tuple(Payload(position == last, data) for position, data in enumerate(payloads)),
    )


def _fragments(unit: bytes, syntax: _Syntax) -> Iterator[bytes]:
    """The unit itself where it fits into a packet, else its fragments with their headers."""
    if len(unit) <= _MTU_PAYLOAD_BYTES:
        yield unit
        return
    body = unit[syntax.header_bytes :]
    room = _MTU_PAYLOAD_BYTES - syntax.header_bytes - 1
    for start in range(0, len(body), room):
        is_last = start + room >= len(body)
        flags = (_FU_START if start == 0 else 0) | (_FU_END if is_last else 0)
        yield syntax.fragment_header(unit, flags) + body[start : start + room]


def _spoil(frame: Frame) -> Frame:
    """Keep the headers and fill the rest with ones: slices then name picture parameters that nobody sent."""
    return replace(
        frame,
        payloads=tuple(
            replace(payload, data=payload.data[:3] + b"\x01" * max(0, len(payload.data) - 3))
            for payload in frame.payloads
        ),
    )
