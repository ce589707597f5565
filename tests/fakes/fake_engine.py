"""An engine without a decoder: each packet becomes a drawn picture. It keeps the contract of the real ones."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from app.demo import barcode
from app.video.protocol import OutputSpec
from app.video.slots import WriteSlot
from app.video.timing import UNTIMED, Timing

if TYPE_CHECKING:
    from av.packet import Packet

FRAME_US = 66_667
LOOP_FRAMES = 1024
"""How many numbers the barcode has."""


class FakeEngine:
    """Draws instead of decoding; implements `app.video.engines.base.Engine`.

    Attributes:
        error: what the next packet raises, None for nothing.
        is_blind: whether packets come in and no picture comes out.
        closes: how often it was closed.
        key_frames: how many key frames it was fed.
    """

    name = "fake"
    decoder = "drawn"

    def __init__(self, generation: int) -> None:
        self.pictures = 0
        self.error: Exception | None = None
        self.is_blind = False
        self.closes = 0
        self.key_frames = 0
        self._generation = generation
        self._slots: dict[OutputSpec, WriteSlot] = {}

    def set_outputs(self, outputs: tuple[OutputSpec, ...]) -> None:
        self._slots = {spec: self._slots.get(spec) or self._attach(spec) for spec in outputs}

    def _attach(self, spec: OutputSpec) -> WriteSlot:
        return WriteSlot(spec.handle, spec.width_px, spec.height_px, self._generation)

    def replay(self, packets: Sequence[Packet[Any]]) -> None:
        """It needs no key frame."""

    def skip(self, packet: Packet[Any]) -> None:
        now_ns = time.monotonic_ns()
        for slot in self._slots.values():
            slot.count_packet(packet.size, now_ns)

    def note(self, timing: Timing) -> None:
        for slot in self._slots.values():
            slot.note(timing)

    def brightness(self) -> None:
        """It shows nothing that could be measured."""

    def feed(self, packet: Packet[Any], timing: Timing = UNTIMED) -> None:
        if self.error is not None:
            raise self.error
        self.key_frames += packet.is_keyframe
        now_ns = time.monotonic_ns()
        for slot in self._slots.values():
            slot.count_packet(packet.size, now_ns)
        if self.is_blind:
            return
        self.pictures += 1
        for slot in self._slots.values():
            self._draw(slot, now_ns)

    def _draw(self, slot: WriteSlot, now_ns: int) -> None:
        picture = np.zeros((slot.height_px, slot.width_px, 4), np.uint8)
        picture[..., :3] = np.linspace(40, 200, slot.width_px, dtype=np.uint8)[None, :, None]
        barcode.write(picture, self.pictures % LOOP_FRAMES)
        pixels = picture.data.cast("B")
        stride_bytes = slot.width_px * 4
        slot.publish(pixels, slot.width_px, slot.height_px, stride_bytes)
        slot.count_picture(self.pictures * FRAME_US, now_ns)

    def close(self) -> None:
        self.closes += 1
        self._slots = {}
