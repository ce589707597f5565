"""Packets on their way to libVLC through its `imem` access, stamped at the moment it fetches them.

The session's thread puts; libVLC's input thread calls `_get` and `_release`, which only copy and return. Must not
import `vlc`.
"""

from __future__ import annotations

import contextlib
import queue
import time
from ctypes import CFUNCTYPE, POINTER, c_char_p, c_int, c_int64, c_size_t, c_uint, c_void_p, cast
from typing import Any, NamedTuple

QUEUED_PACKETS = 200
"""Eight seconds at 25 fps; a decoder that far behind has failed, and its tile says so."""
JUMP_US = 200_000
"""How far a timestamp may be from where this PC's clock expects it: jitter and B-frames stay below."""
BEHIND_S = 0.5
"""A packet that waits longer waits for a PC that cannot keep up."""
PUNCTUAL_S = 0.1
"""A packet that waited longer is one of a backlog: at its own pace that would never be caught up with."""
STEP_US = 1000
"""Between two packets that libVLC fetches in one go."""
BUFFERED_US = 301_000
"""libVLC shows nothing before the stamps have gone on by more than its delay: 300 ms for imem (measured)."""
_US_PER_S = 1_000_000

# (data, cookie, dts, pts, flags, size, buffer) and (data, cookie, size, buffer), as libVLC's imem calls them
_GET = CFUNCTYPE(
    c_int,
    c_void_p,
    c_char_p,
    POINTER(c_int64),
    POINTER(c_int64),
    POINTER(c_uint),
    POINTER(c_size_t),
    POINTER(c_void_p),
)
_RELEASE = CFUNCTYPE(c_int, c_void_p, c_char_p, c_size_t, c_void_p)


class _Item(NamedTuple):
    stream_us: int | None
    payload: bytes
    came_s: float


class Stamps:
    """Gives packets the times that keep libVLC in step with this PC's clock.

    libVLC begins its clock with the first packet that it fetches, whenever that is, and sleeps until a packet's
    time has come before it fetches the next one: what once waited, or came late, would delay the stream for good
    (both seen). A packet that had to wait therefore gets a time just after that of the one before: libVLC does not
    sleep for it, all that wait are decoded in one go, and the last one is shown. From there on packets keep their
    own distances, as long as these agree with this PC's clock.

    What libVLC has of a stream when it begins to show it, it shows at the stamps' own pace, and all that
    follows so much later: a gap among the first packets would delay the pictures by itself, unseen, until the
    stamps catch up (seen: a picture 3.1 s old that was said to be 1.5 s old). The second packet's stamp
    therefore is as far from the first one's as it takes to begin, whenever it comes.
    """

    def __init__(self) -> None:
        self._given = 0
        self._began_s = 0.0
        self._offset_us = 0
        self._last_us = 0

    def next_us(self, stream_us: int | None, now_s: float, has_waited: bool = False) -> int:
        """The stamp of a packet that is fetched now; above 0, which imem takes for "no timestamp".

        Args:
            stream_us: its own timestamp; None where it has none, or where it belongs to the past.
            now_s: monotonic.
            has_waited: whether it was there before libVLC asked for it.
        """
        self._given += 1
        if has_waited or self._given <= 2:
            self._last_us += BUFFERED_US if self._given == 2 else STEP_US
            self._began_s = now_s - self._last_us / _US_PER_S
            self._offset_us = self._last_us - (stream_us or 0)
            return self._last_us
        now_us = int((now_s - self._began_s) * _US_PER_S)
        if stream_us is None:
            self._last_us = max(now_us, self._last_us + STEP_US)
            return self._last_us
        if abs(stream_us + self._offset_us - now_us) > JUMP_US:
            self._offset_us = max(now_us, self._last_us + STEP_US) - stream_us
        self._last_us = max(1, stream_us + self._offset_us)
        return self._last_us


class PacketFeed:
    """The queue, and the callbacks that empty it.

    Attributes:
        callbacks: imem's get and release, as C functions; kept as long as libVLC may call them.
        dropped: how many packets were dropped for a key frame that came while libVLC was behind.
    """

    def __init__(self) -> None:
        self._packets: queue.Queue[_Item | None] = queue.Queue(QUEUED_PACKETS)
        self._held: bytes | None = None  # libVLC reads it until it releases it
        self._is_closed = False
        self.dropped = 0
        self._stamps = Stamps()
        self.callbacks: tuple[Any, Any] = (_GET(self._get), _RELEASE(self._release))

    def put(self, stream_us: int | None, payload: bytes, is_key_frame: bool) -> bool:
        """Queue a packet; False where libVLC has stopped fetching and the queue is full.

        Where libVLC is behind, a key frame drops what waits before it: the picture jumps, and is a live one again.
        """
        if is_key_frame and self.lag_s(time.monotonic()) > BEHIND_S:
            self._drop_all()
        try:
            self._packets.put_nowait(_Item(stream_us, payload, time.monotonic()))
        except queue.Full:
            return False
        return True

    def lag_s(self, now_s: float) -> float:
        """How long the packet has waited that libVLC fetches next; 0.0 where none waits."""
        with contextlib.suppress(IndexError):  # it may have been fetched just now
            head = self._packets.queue[0]
            return now_s - head.came_s if head is not None else 0.0
        return 0.0

    def _drop_all(self) -> None:
        with contextlib.suppress(queue.Empty):
            while True:
                self._packets.get_nowait()
                self.dropped += 1

    def end(self) -> None:
        """Let a waiting `_get` return at once, and every later one."""
        self._is_closed = True
        while not self._put_end():
            self._packets.get_nowait()

    def _put_end(self) -> bool:
        try:
            self._packets.put_nowait(None)
        except queue.Full:
            return False
        return True

    def _get(self, _data: Any, _cookie: Any, dts: Any, pts: Any, _flags: Any, size: Any, buffer: Any) -> int:
        item = None if self._is_closed else self._packets.get()
        if item is None:
            return 1  # the end of the stream, to libVLC
        now_s = time.monotonic()
        has_waited = item.stream_us is None or now_s - item.came_s > PUNCTUAL_S
        dts[0] = pts[0] = self._stamps.next_us(item.stream_us, now_s, has_waited)
        self._held = item.payload
        size[0] = len(item.payload)
        buffer[0] = cast(c_char_p(item.payload), c_void_p).value
        return 0

    def _release(self, *_: Any) -> int:
        self._held = None
        return 0
