"""The packets since the last key frame: with them a picture can be shown without waiting for the next one.

Used on the session's thread only.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from av.packet import Packet
    from av.video.stream import VideoStream

LIMIT_BYTES = 8 << 20
"""Of one stream: 10 s of a 6 Mbps main stream. A longer group of pictures is not worth the memory."""


class PacketRing:
    """Holds one group of pictures as it grows."""

    def __init__(self) -> None:
        self._packets: list[Packet[VideoStream]] = []
        self._size_bytes = 0

    @property
    def packets(self) -> Sequence[Packet[VideoStream]]:
        """A key frame and all that followed it; empty before one and where they are too many."""
        return self._packets

    def push(self, packet: Packet[VideoStream]) -> None:
        """Keep a packet; a key frame drops all before it."""
        if packet.is_keyframe:
            self._packets, self._size_bytes = [], 0
        elif not self._packets:
            return
        self._packets.append(packet)
        self._size_bytes += packet.size
        if self._size_bytes > LIMIT_BYTES:
            self._packets = []
