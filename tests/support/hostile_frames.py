"""Faults in frames and their RTP headers: spoilt bits, lost pieces, clocks that lie.

Each is a function of a frame (or a header) and the stream's lots, or makes one; `hostile_catalogue` puts them
together. Pure.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from app.core.model import Codec
from app.demo.simulator.clip import CLOCK_HZ, Payload
from app.demo.simulator.rtp import HEADER_BYTES
from tests.support.hostile_stream import FAULT_AFTER_S, FIRST_TIMESTAMP, Shot, ShotFault, spoil_payloads

_FRAGMENT = {Codec.H264: 28, Codec.H265: 49}
_PARAMETERS = {Codec.H264: frozenset({7, 8}), Codec.H265: frozenset({32, 33, 34})}
_LAST_SLICE = {Codec.H264: 5, Codec.H265: 31}
_KEPT_BYTES = 3
"""The unit's and the fragment's own headers: with them spoilt there would be no slice left to be wrong."""
_FLIPS_PER_BYTES = 100
_UDP_ROOM_BYTES = 1_400
_AGGREGATE_H264, _SEQUENCE_SET = 24, 7


def unit_type(data: bytes, codec: Codec) -> int:
    """The type of the unit that a payload carries, or of which it is a fragment."""
    kind = data[0] & 0x1F if codec is Codec.H264 else data[0] >> 1 & 0x3F
    if kind != _FRAGMENT[codec]:
        return kind
    return data[1] & 0x1F if codec is Codec.H264 else data[2] & 0x3F


def is_slice(data: bytes, codec: Codec) -> bool:
    """Whether a payload carries coded picture."""
    return unit_type(data, codec) <= _LAST_SLICE[codec]


def flipped(data: bytes, lots: Random) -> bytes:
    """The payload with about one bit in a hundred bytes turned over, its headers kept."""
    spoilt = bytearray(data)
    body = range(_KEPT_BYTES, len(spoilt))
    for place in lots.choices(body, k=1 + len(body) // _FLIPS_PER_BYTES) if body else ():
        spoilt[place] ^= 1 << lots.randrange(8)
    return bytes(spoilt)


# --- bits ---


def flips(share: float = 1.0) -> ShotFault:
    """Bit errors in that share of all slices."""

    def spoil(shot: Shot, lots: Random) -> Shot:
        def change(data: bytes) -> bytes:
            return flipped(data, lots) if is_slice(data, shot.codec) and lots.random() < share else data

        return spoil_payloads(shot, change)

    return spoil


def flips_in_key_frames(shot: Shot, lots: Random) -> Shot:
    """Bit errors in key frames alone."""
    return flips()(shot, lots) if shot.is_key else shot


def flips_in_parameters(shot: Shot, lots: Random) -> Shot:
    """Bit errors in parameter sets alone: pictures of any size and coding are promised."""

    def change(data: bytes) -> bytes:
        return data if is_slice(data, shot.codec) else flipped(data, lots)

    return spoil_payloads(shot, change)


def noise(shot: Shot, lots: Random) -> Shot:
    """Random bytes in place of every payload, types and fragment flags included."""
    return spoil_payloads(shot, lambda data: lots.randbytes(len(data)))


# --- pieces ---


def truncated(shot: Shot, lots: Random) -> Shot:
    """Every payload cut somewhere, some to nothing."""
    return spoil_payloads(shot, lambda data: data[: lots.randrange(len(data))])


def without_some(shot: Shot, lots: Random) -> Shot:
    """A third of the packets is never sent: fragments without a beginning, a middle or an end."""
    return replace(shot, payloads=tuple(each for each in shot.payloads if lots.random() > 1 / 3))


def without_parameters(shot: Shot, lots: Random) -> Shot:
    """No parameter sets among the pictures."""
    kept = (each for each in shot.payloads if unit_type(each.data, shot.codec) not in _PARAMETERS[shot.codec])
    return replace(shot, payloads=tuple(kept))


def without_key_frames(shot: Shot, lots: Random) -> Shot:
    """Pictures that refer to others that were never sent."""
    return replace(shot, payloads=()) if shot.is_key else shot


def without_anything(shot: Shot, lots: Random) -> Shot:
    """No picture any more, while all else goes on."""
    return replace(shot, payloads=())


def endless_unit(shot: Shot, lots: Random) -> Shot:
    """A unit that never ends: nothing but middle fragments, 14 MB of them a second."""
    kind = bytes([0x60 | _FRAGMENT[Codec.H264], 5])
    middle = Payload(False, kind + lots.randbytes(1).replace(b"\0", b"\1") * _UDP_ROOM_BYTES)
    return replace(shot, payloads=(middle,) * 1_000)


def lying_aggregates(shot: Shot, lots: Random) -> Shot:
    """Aggregation packets (RFC 6184 section 5.7) whose units claim more bytes than there are."""
    size = lots.choice((0, 1, 0x7FFF, 0xFFFF)).to_bytes(2)
    return spoil_payloads(shot, lambda data: bytes([_AGGREGATE_H264]) + size + data)


def promising(sequence_set: bytes) -> ShotFault:
    """Another sequence parameter set in the place of the clip's own."""

    def spoil(shot: Shot, lots: Random) -> Shot:
        def change(data: bytes) -> bytes:
            return sequence_set if unit_type(data, shot.codec) == _SEQUENCE_SET else data

        return spoil_payloads(shot, change)

    return spoil


def sequence_set(width_px: int, height_px: int) -> bytes:
    """An H.264 sequence parameter set (section 7.3.2.1.1) of the baseline that promises pictures of that size."""
    # set, frame_num bits, order type, references, gaps, size, frames only, direct 8×8, no crop, no VUI, stop
    fields = (0, 0, 2, 1, None, width_px // 16 - 1, height_px // 16 - 1)
    bits = "".join("0" if field is None else _exp_golomb(field) for field in fields) + "11001"
    bits += "0" * (-len(bits) % 8)
    return bytes([0x67, 66, 0xC0, 62]) + int(bits, 2).to_bytes(len(bits) // 8)


def _exp_golomb(number: int) -> str:
    binary = f"{number + 1:b}"
    return "0" * (len(binary) - 1) + binary


# --- time ---


def clock(reading: Callable[[int, Random], int]) -> ShotFault:
    """Timestamps that a function makes of the true ones."""

    def spoil(shot: Shot, lots: Random) -> Shot:
        return replace(shot, timestamp=reading(shot.timestamp, lots))

    return spoil


def clock_stands(timestamp: int, lots: Random) -> int:
    """The same time for ever."""
    return FIRST_TIMESTAMP + round(FAULT_AFTER_S * CLOCK_HZ)


def clock_runs_backwards(timestamp: int, lots: Random) -> int:
    """From the fault on, as fast back as it would go forward."""
    return 2 * clock_stands(timestamp, lots) - timestamp


def clock_is_random(timestamp: int, lots: Random) -> int:
    """Any time."""
    return lots.randrange(1 << 32)


def clock_jumps(by_s: float) -> ShotFault:
    """A jump, once."""
    return clock(lambda timestamp, lots: timestamp + round(by_s * CLOCK_HZ))


# --- RTP headers (RFC 3550 section 5.1) ---


def random_header(header: bytes, lots: Random) -> bytes:
    """Twelve random bytes."""
    return lots.randbytes(HEADER_BYTES)


def wrong_version(header: bytes, lots: Random) -> bytes:
    """RTP version 1."""
    return bytes([0x40]) + header[1:]


def wrong_payload_type(header: bytes, lots: Random) -> bytes:
    """A payload type that the description does not name."""
    return header[:1] + bytes([header[1] & 0x80 | 97]) + header[2:]


def jumping_sequence(header: bytes, lots: Random) -> bytes:
    """Any sequence number."""
    return header[:2] + lots.randbytes(2) + header[4:]


def changing_source(header: bytes, lots: Random) -> bytes:
    """Another sender in every packet."""
    return header[:8] + lots.randbytes(4)


def lying_flags(header: bytes, lots: Random) -> bytes:
    """Padding, extension and contributing sources that are not there."""
    return bytes([0x80 | lots.randrange(1, 64)]) + header[1:]
