"""Picture slots: shared memory that a host writes pictures into and the wall paints from.

A slot is a header of 64-bit counters and three BGRX buffers. The host fills the buffer after the published one and
then publishes it with one store of the sequence; a reader that takes the published buffer has two picture
intervals before it is written again. Counters of a direct surface live in a slot without buffers.

The console creates a slot and passes its handle to the host. On Linux it is an anonymous memory file that the host
opens through the console's `/proc` entry, so that nothing is left behind when any process dies by any signal; on
Windows a named mapping that ends with its last user. A handle that came late may name something else by now (the
system gives a closed descriptor's number away again): a host writes into nothing but the very slot it was given.
"""

from __future__ import annotations

import itertools
import mmap
import os
import secrets
import sys
from collections.abc import Iterator
from enum import IntEnum
from pathlib import Path

from app.core.errors import VideoError
from app.core.lights import Lights
from app.core.ports import Picture
from app.core.zoom import FINENESS, WHOLE, Crop
from app.video.timing import Timing

BUFFERS = 3
HEADER_BYTES = 256
LAYOUT_VERSION = 3
_STRIDE_ALIGNMENT = 64
_PIXEL_BYTES = 4
_NS_PER_S = 1_000_000_000
_US_PER_S = 1_000_000
_WORD_MASK = (1 << 64) - 1
_UNKNOWN = 1 << 63
"""The least signed word, which no measure reaches."""
_CROP_BITS = (0, 16, 32, 48)
_WHOLE = FINENESS << 32 | FINENESS << 48
"""The crop of a whole picture as a word."""
_NAME_MARK = "#"
"""Between a memory file's path and its name in a handle."""


class _Field(IntEnum):
    """Positions of the header's 64-bit words."""

    VERSION = 0
    SEQUENCE = 1  # pictures published × 4 + buffer
    GENERATION = 2
    PACKETS = 3
    PACKET_BYTES = 4
    PICTURES = 5
    PTS_US = 6  # two's complement
    LAST_PACKET_NS = 7
    LAST_PICTURE_NS = 8
    DAMAGED = 9
    LATE_US = 10
    JITTER_US = 11
    CAMERA_AGE_US = 12  # two's complement, _UNKNOWN where the camera sends no reports
    CLOCK_RATE_PPM = 13  # 0 where it is not known
    BUSY_PERMILLE = 14
    SHAPES = 15  # one word a buffer: width, height (16 bits each), stride (32 bits)
    CROPS = 18  # one word a buffer: the part of the camera's picture that it is, its corners of 16 bits
    ASKED = 21  # likewise: the part that was asked for


def _stride_bytes(width_px: int) -> int:
    return -(-width_px * _PIXEL_BYTES // _STRIDE_ALIGNMENT) * _STRIDE_ALIGNMENT


class _Memory:
    """The mapped bytes, seen as header words and buffers."""

    def __init__(self, mapping: mmap.mmap, width_px: int, height_px: int) -> None:
        self._mapping = mapping
        view = memoryview(mapping)
        self.words = view[:HEADER_BYTES].cast("Q")
        size = _stride_bytes(width_px) * height_px
        starts = range(HEADER_BYTES, HEADER_BYTES + BUFFERS * size, size) if size else range(0)
        self.buffers = [view[start : start + size] for start in starts]


def _total_bytes(width_px: int, height_px: int) -> int:
    return HEADER_BYTES + BUFFERS * _stride_bytes(width_px) * height_px


class SlotGoneError(VideoError):
    """There is no such slot any more: its tile has moved on, and word of its next one is on its way."""


class SlotMaker:
    """Makes slots with handles of its own process."""

    def __init__(self) -> None:
        self._numbers: Iterator[int] = itertools.count(1)

    def new(self, width_px: int, height_px: int) -> ReadSlot:
        """A slot for pictures of at most that size; 0 × 0 for counters only.

        Raises:
            VideoError: the system gives no shared memory.
        """
        size = _total_bytes(width_px, height_px)
        try:
            if sys.platform == "win32":
                handle = f"pantau-{os.getpid()}-{secrets.token_hex(8)}"  # one that is there would be taken over
                return ReadSlot(handle, mmap.mmap(-1, size, tagname=handle), width_px, height_px, None)
            name = f"pantau-{next(self._numbers)}"
            descriptor = os.memfd_create(name, os.MFD_CLOEXEC)
            os.ftruncate(descriptor, size)
            handle = f"/proc/{os.getpid()}/fd/{descriptor}{_NAME_MARK}{name}"
            return ReadSlot(handle, mmap.mmap(descriptor, size), width_px, height_px, descriptor)
        except OSError as error:
            raise VideoError("no shared memory of {0} bytes: {1}", size, error.strerror or str(error)) from error


class ReadSlot:
    """The console's side; implements `app.core.ports.PictureSlot`."""

    def __init__(
        self, handle: str, mapping: mmap.mmap, width_px: int, height_px: int, descriptor: int | None
    ) -> None:
        self._handle = handle
        self._memory = _Memory(mapping, width_px, height_px)
        self._descriptor = descriptor
        self._memory.words[_Field.CAMERA_AGE_US] = _UNKNOWN
        self._memory.words[_Field.VERSION] = LAYOUT_VERSION

    @property
    def handle(self) -> str:
        """What a host needs to attach it."""
        return self._handle

    def sequence(self) -> int:
        """A number that changes with every published picture; 0 before the first."""
        return self._memory.words[_Field.SEQUENCE]

    def picture(self) -> Picture | None:
        """The latest picture; None before the first, and for one that cannot be: a host may write anything."""
        words = self._memory.words
        sequence = words[_Field.SEQUENCE]
        buffer = sequence & 3
        if not sequence or buffer >= len(self._memory.buffers):
            return None
        shape = words[_Field.SHAPES + buffer]
        width_px, height_px, stride = shape & 0xFFFF, shape >> 16 & 0xFFFF, shape >> 32
        pixels = self._memory.buffers[buffer][: stride * height_px]
        if not _is_whole(width_px, height_px, stride, len(pixels)):
            return None
        crop, asked = _unpacked(words[_Field.CROPS + buffer]), _unpacked(words[_Field.ASKED + buffer])
        return Picture(sequence, buffer, width_px, height_px, stride, pixels, crop, asked)

    def lights(self, generation: int) -> Lights:
        """The counters that the open of that generation has published; zeros while it has not begun."""
        words = self._memory.words
        if words[_Field.GENERATION] != generation:
            return Lights()
        camera_age = words[_Field.CAMERA_AGE_US]
        return Lights(
            packets=words[_Field.PACKETS],
            packet_bytes=words[_Field.PACKET_BYTES],
            pictures=words[_Field.PICTURES],
            pts_us=_signed(words[_Field.PTS_US]),
            last_packet_s=words[_Field.LAST_PACKET_NS] / _NS_PER_S,
            last_picture_s=words[_Field.LAST_PICTURE_NS] / _NS_PER_S,
            damaged=words[_Field.DAMAGED],
            late_s=words[_Field.LATE_US] / _US_PER_S,
            jitter_s=words[_Field.JITTER_US] / _US_PER_S,
            camera_age_s=None if camera_age == _UNKNOWN else _signed(camera_age) / _US_PER_S,
            clock_rate=words[_Field.CLOCK_RATE_PPM] / _US_PER_S or None,
            busy=words[_Field.BUSY_PERMILLE] / 1000,
        )

    def close(self) -> None:
        """Give the name and descriptor back; the mapping goes when its last reader has dropped it.

        Windows keeps the name until then: a host that comes late finds a slot of no version.
        """
        self._memory.words[_Field.VERSION] = 0
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


class WriteSlot:
    """The host's side: attach, then publish counters and pictures.

    Args:
        handle: as the console gave it.
        width_px, height_px: the slot's size; both 0 for counters only.
        generation: of the open that writes; counters begin anew with it, pictures go on.

    Raises:
        SlotGoneError: there is no such slot (any more).
    """

    def __init__(self, handle: str, width_px: int, height_px: int, generation: int) -> None:
        size = _total_bytes(width_px, height_px)
        try:
            mapping = _attach(handle, size)
        except (OSError, ValueError) as error:
            raise SlotGoneError("no picture slot {0}: {1}", handle, str(error)) from error
        self.width_px = width_px
        self.height_px = height_px
        self._memory = _Memory(mapping, width_px, height_px)
        if self._memory.words[_Field.VERSION] != LAYOUT_VERSION:  # Windows makes a mapping for any name
            raise SlotGoneError("no picture slot {0}: it is gone, or of another version", handle)
        self._begin(generation)

    def _begin(self, generation: int) -> None:
        words = self._memory.words
        words[_Field.GENERATION] = 0  # readers see no counters while these change
        for field in range(_Field.PACKETS, _Field.SHAPES):
            words[field] = 0
        words[_Field.CAMERA_AGE_US] = _UNKNOWN
        words[_Field.GENERATION] = generation

    def count_packet(self, size_bytes: int, now_ns: int) -> None:
        """Count a packet that came in."""
        words = self._memory.words
        words[_Field.PACKETS] += 1
        words[_Field.PACKET_BYTES] += size_bytes
        words[_Field.LAST_PACKET_NS] = now_ns

    def note(self, timing: Timing, is_busy: bool = False, shown_after_us: int = 0) -> None:
        """Publish what is known of the stream's time.

        Args:
            timing: see there.
            is_busy: whether it is known otherwise that this PC cannot keep up with the stream.
            shown_after_us: how long after its arrival a packet's picture is on the screen.
        """
        words = self._memory.words
        words[_Field.JITTER_US] = timing.jitter_us
        age_us = timing.camera_age_us
        words[_Field.CAMERA_AGE_US] = _UNKNOWN if age_us is None else age_us + shown_after_us & _WORD_MASK
        words[_Field.CLOCK_RATE_PPM] = timing.clock_rate_ppm
        words[_Field.BUSY_PERMILLE] = 1000 if is_busy else timing.busy_permille

    def count_picture(
        self, pts_us: int, now_ns: int, pictures: int = 1, *, late_us: int = 0, is_damaged: bool = False
    ) -> None:
        """Count pictures that were decoded; with each published one, and alone on direct surfaces.

        Args:
            pts_us: the last one's own timestamp.
            now_ns: when it was decoded, monotonic.
            late_us: how late it was then.
            is_damaged: something that it was made of is missing.
        """
        words = self._memory.words
        words[_Field.PTS_US] = pts_us & _WORD_MASK
        words[_Field.LAST_PICTURE_NS] = now_ns
        words[_Field.LATE_US] = late_us
        words[_Field.DAMAGED] += is_damaged
        words[_Field.PICTURES] += pictures

    def count_patched(self) -> None:
        """Count a picture that the decoder had to patch: no sign of life, as it may be the last one again."""
        words = self._memory.words
        words[_Field.DAMAGED] += 1
        words[_Field.PICTURES] += 1

    def publish(
        self,
        pixels: memoryview,
        width_px: int,
        height_px: int,
        stride_bytes: int,
        crop: Crop = WHOLE,
        asked: Crop = WHOLE,
    ) -> None:
        """Copy a BGRX picture into the free buffer and publish it. It is counted by whoever knows what it is.

        Args:
            pixels: `stride_bytes × height_px` of them at least.
            crop: the part of the camera's picture that it is.
            asked: the part that was asked for.

        Raises:
            ValueError: the picture is larger than the slot.
        """
        if width_px > self.width_px or height_px > self.height_px:
            raise ValueError(f"{width_px}×{height_px} pixels for {self.width_px}×{self.height_px}")
        words = self._memory.words
        sequence = words[_Field.SEQUENCE]
        buffer = ((sequence & 3) + 1) % BUFFERS
        size = stride_bytes * height_px
        self._memory.buffers[buffer][:size] = pixels[:size]
        words[_Field.SHAPES + buffer] = width_px | height_px << 16 | stride_bytes << 32
        words[_Field.CROPS + buffer] = _packed(crop)
        words[_Field.ASKED + buffer] = _packed(asked)
        words[_Field.SEQUENCE] = ((sequence >> 2) + 1) << 2 | buffer


def _is_whole(width_px: int, height_px: int, stride_bytes: int, size_bytes: int) -> bool:
    """Whether so many bytes hold a picture of that shape, row by row."""
    is_drawn = width_px > 0 and height_px > 0
    is_in_rows = stride_bytes >= width_px * _PIXEL_BYTES and stride_bytes % _PIXEL_BYTES == 0
    return is_drawn and is_in_rows and stride_bytes * height_px == size_bytes


def _packed(crop: Crop) -> int:
    """A crop as a word: its corners, so that rounding never makes it leave the picture."""
    if crop == WHOLE:
        return _WHOLE
    corners = (crop.x, crop.y, crop.x + crop.width, crop.y + crop.height)
    return sum(round(part * FINENESS) << bit for part, bit in zip(corners, _CROP_BITS, strict=True))


def _unpacked(word: int) -> Crop:
    """The crop of a word; the whole picture for one that is none: a host may write anything."""
    if word == _WHOLE:
        return WHOLE
    left, top, right, bottom = (word >> bit & 0xFFFF for bit in _CROP_BITS)
    if not (left < right <= FINENESS and top < bottom <= FINENESS):
        return WHOLE
    return Crop(left / FINENESS, top / FINENESS, (right - left) / FINENESS, (bottom - top) / FINENESS)


def _signed(word: int) -> int:
    return word - (1 << 64) if word >> 63 else word


def _attach(handle: str, size: int) -> mmap.mmap:
    if sys.platform == "win32":
        return mmap.mmap(-1, size, tagname=handle)
    path, _, name = handle.partition(_NAME_MARK)
    descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    try:
        if str(Path(f"/proc/self/fd/{descriptor}").readlink()) != f"/memfd:{name} (deleted)":
            raise ValueError("its descriptor names something else now")
        return mmap.mmap(descriptor, size)
    finally:
        os.close(descriptor)
