"""The packets since the last key frame are kept, and not too many of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from av.packet import Packet

from app.video.ring import LIMIT_BYTES, PacketRing


def packet(*, is_key: bool, size_bytes: int = 100) -> Packet[Any]:
    made: Packet[Any] = Packet(size_bytes)
    made.is_keyframe = is_key
    return made


def pushed(pattern: str, size_bytes: int = 100) -> tuple[PacketRing, Sequence[Packet[Any]]]:
    """A ring after packets as in `KppK` (K a key frame), and those packets."""
    ring, packets = PacketRing(), [packet(is_key=each == "K", size_bytes=size_bytes) for each in pattern]
    for each in packets:
        ring.push(each)
    return ring, packets


@pytest.mark.parametrize(
    ("pattern", "kept"),
    [("", 0), ("ppp", 0), ("K", 1), ("Kpp", 3), ("ppKp", 2), ("KppKp", 2), ("KppKK", 1), ("KK", 1)],
)
def test_a_ring_holds_the_last_key_frame_and_what_followed(pattern: str, kept: int) -> None:
    ring, packets = pushed(pattern)
    assert [id(each) for each in ring.packets] == [id(each) for each in packets[len(packets) - kept :]]


def test_a_group_of_pictures_that_is_too_large_is_not_kept_in_part() -> None:
    quarter = LIMIT_BYTES // 4
    ring, _ = pushed("Kppp", quarter)
    assert len(ring.packets) == 4
    ring.push(packet(is_key=False, size_bytes=quarter))
    assert len(ring.packets) == 0
    ring.push(packet(is_key=False))
    assert len(ring.packets) == 0, "without its key frame a packet is worth nothing"


def test_the_next_key_frame_begins_anew_after_a_group_that_was_too_large() -> None:
    ring, _ = pushed("Kpppp", LIMIT_BYTES // 4)
    for is_key in (True, False, False):
        ring.push(packet(is_key=is_key, size_bytes=LIMIT_BYTES // 4))
    assert len(ring.packets) == 3


def test_what_was_handed_out_does_not_change_with_the_next_key_frame() -> None:
    ring, packets = pushed("Kp")
    handed_out = ring.packets
    ring.push(packet(is_key=True))
    assert list(handed_out) == packets
