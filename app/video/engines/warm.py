"""Keeps a stream warm: no picture is made of it, but it is known that one could be.

Used on the session's thread only.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.video.protocol import OutputSpec
from app.video.slots import WriteSlot
from app.video.timing import UNTIMED, Timing

if TYPE_CHECKING:
    from av.packet import Packet
    from av.video.stream import VideoStream

_US_PER_S = 1_000_000


class WarmEngine:
    """Counts the packets that a picture could be made of as pictures; implements `Engine`.

    Args:
        generation: of the open, written into the slots.
    """

    name = "warm"
    decoder = ""

    def __init__(self, generation: int) -> None:
        self._generation = generation
        self._slots: dict[OutputSpec, WriteSlot] = {}
        self._has_key_frame = False
        self.pictures = 0

    def set_outputs(self, outputs: tuple[OutputSpec, ...]) -> None:
        """Count there from the next packet on."""
        self._slots = {
            spec: self._slots.get(spec) or WriteSlot(spec.handle, 0, 0, self._generation) for spec in outputs
        }

    def replay(self, packets: Sequence[Packet[VideoStream]]) -> None:
        """A key frame has come before."""
        self._has_key_frame = bool(packets)

    def feed(self, packet: Packet[VideoStream], timing: Timing = UNTIMED) -> None:
        """Count a packet."""
        now_ns = time.monotonic_ns()
        self._has_key_frame = self._has_key_frame or packet.is_keyframe
        self.pictures += self._has_key_frame
        for slot in self._slots.values():
            slot.count_packet(packet.size, now_ns)
            if self._has_key_frame:
                slot.count_picture(self._pts_us(packet), now_ns, late_us=timing.late_us)

    def _pts_us(self, packet: Packet[VideoStream]) -> int:
        if packet.pts is None or packet.time_base is None:
            return self.pictures
        return int(packet.pts * packet.time_base * _US_PER_S)

    def skip(self, packet: Packet[VideoStream]) -> None:
        """Count a packet, as ever: nothing is decoded anyway."""
        self.feed(packet)

    def note(self, timing: Timing) -> None:
        """Publish what is known of the stream's time."""
        for slot in self._slots.values():
            slot.note(timing)

    def brightness(self) -> None:
        """There is no picture at hand."""

    def close(self) -> None:
        """Let the slots go."""
        self._slots = {}
