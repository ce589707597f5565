"""Direct surfaces: libVLC takes the ingest's packets through imem and draws into a native window of the wall.

The session's thread feeds; libVLC's own threads call `_get` and `_release`, which only copy and return. The only
module that imports `vlc`. No URL or password reaches libVLC.
"""

from __future__ import annotations

import queue
import sys
import time
from collections.abc import Callable, Sequence
from ctypes import (
    CFUNCTYPE,
    POINTER,
    c_char_p,
    c_int,
    c_int64,
    c_size_t,
    c_uint,
    c_void_p,
    cast,
)
from typing import TYPE_CHECKING, Any

import vlc

from app.core.errors import VideoError
from app.core.model import Codec
from app.video.protocol import OutputSpec
from app.video.slots import WriteSlot
from app.video.timing import UNTIMED, Timing

if TYPE_CHECKING:
    from av.packet import Packet
    from av.video.stream import VideoStream

_US_PER_S = 1_000_000
_QUEUED_PACKETS = 200
"""Eight seconds at 25 fps; a decoder that far behind has failed, and its tile says so."""
_STATS_PERIOD_S = 0.1
_REPLAY_STEP_US = 1000
_JUMP_US = 1_500_000
"""How far a timestamp may be from where the clock expects it: jitter, late packets and B-frames stay below."""
_IMEM_CODECS = {Codec.H264: "h264", Codec.H265: "hevc", Codec.MJPEG: "mjpg"}
_INSTANCE_OPTIONS = (
    "--no-audio",
    "--quiet",
    "--avcodec-threads=1",
    "--no-video-title-show",
    "--no-osd",
    "--no-spu",
    "--no-interact",
)
_HARDWARE_MESSAGE = b"for hardware decoding"
"""The end of what libVLC's decoder logs when a GPU has taken the stream (modules/codec/avcodec/video.c)."""
_X11_OUTPUT = "--vout=xcb_x11,none"

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


class Library:
    """A libVLC for all players of this process, cheaper than one each; what it says of its decoders is counted.

    Raises:
        VideoError: libVLC is not installed or does not start.
    """

    def __init__(self) -> None:
        self.instance = _new_instance()
        self.players_started = 0
        self.hardware_decoders = 0
        self._listener = vlc.CallbackDecorators.LogCb(
            self._listen
        )  # kept: libVLC calls it for as long as it lives
        self.instance.log_set(self._listener, None)

    def _listen(self, _data: Any, _level: int, _context: Any, form: bytes | None, _values: Any) -> None:
        """Only the form of a message is read: nothing that it says of a stream."""
        if form is not None and _HARDWARE_MESSAGE in form:
            self.hardware_decoders += 1

    def close(self) -> None:
        """Let libVLC go; its players are gone."""
        self.instance.log_unset()
        self.instance.release()


def _new_instance() -> Any:
    options = [*_INSTANCE_OPTIONS, *([_X11_OUTPUT] if sys.platform.startswith("linux") else [])]
    try:
        instance = vlc.Instance(options)
    except (NameError, OSError, AttributeError) as error:  # what python-vlc raises without a library
        raise VideoError("libVLC is not installed: direct surfaces cannot be used") from error
    if instance is None:
        raise VideoError("libVLC does not start: its plugins are missing or do not fit")
    return instance


class _PacketQueue:
    """Packets on their way to libVLC, and the callbacks that fetch them."""

    def __init__(self) -> None:
        self._packets: queue.Queue[tuple[int, bytes] | None] = queue.Queue(_QUEUED_PACKETS)
        self._held: bytes | None = None  # libVLC reads it until it releases it
        self._is_closed = False
        self.callbacks: tuple[Any, Any] = (_GET(self._get), _RELEASE(self._release))

    def put(self, pts_us: int, payload: bytes) -> bool:
        """Queue a packet; False where libVLC has stopped fetching and the queue is full."""
        try:
            self._packets.put_nowait((pts_us, payload))
        except queue.Full:
            return False
        return True

    def end(self) -> None:
        """Let a waiting `_get` return at once, and every later one."""
        self._is_closed = True
        while not self.put_end():
            self._packets.get_nowait()

    def put_end(self) -> bool:
        try:
            self._packets.put_nowait(None)
        except queue.Full:
            return False
        return True

    def _get(self, _data: Any, _cookie: Any, dts: Any, pts: Any, _flags: Any, size: Any, buffer: Any) -> int:
        item = None if self._is_closed else self._packets.get()
        if item is None:
            return 1  # the end of the stream, to libVLC
        dts[0] = pts[0] = item[0]
        self._held = item[1]
        size[0] = len(item[1])
        buffer[0] = cast(c_char_p(item[1]), c_void_p).value
        return 0

    def _release(self, *_: Any) -> int:
        self._held = None
        return 0


class VlcEngine:
    """Plays one stream into one native window; implements `Engine`.

    Args:
        stream: of an open ingest.
        codec: what it sends.
        generation: of the open, written into the slot of counters.
        library: gives this process's libVLC.
        hardware: whether libVLC may decode on the GPU.

    Raises:
        VideoError: libVLC cannot play this.
    """

    name = "vlc"

    def __init__(
        self,
        stream: VideoStream,
        codec: Codec,
        generation: int,
        library: Callable[[], Library],
        hardware: bool,
    ) -> None:
        if codec not in _IMEM_CODECS:
            raise VideoError(f"direct surfaces do not play {codec.value}")
        self._codec = _IMEM_CODECS[codec]
        self._extradata = bytes(stream.codec_context.extradata or b"")
        self._generation = generation
        self._library = library()
        self._counts_before = (0, 0)
        self._hardware = hardware
        self._queue: _PacketQueue | None = None
        self._player: Any = None
        self._media: Any = None
        self._slot: WriteSlot | None = None
        self._spec: OutputSpec | None = None
        self._next_stats_s = 0.0
        self._has_begun = False
        self._fed = 0
        self._time_sent_us = 0
        self._sent_s = 0.0
        self._offset_us = 0
        self._is_doubled = False
        self.pictures = 0

    @property
    def decoder(self) -> str:
        """`hardware` or `software` as libVLC's own log tells; empty before the first picture and when it doesn't.

        The log names no player: of several that were started at the same time it is known only whether all of
        them, or none, got the GPU.
        """
        if not self.pictures:
            return ""
        players_before, hardware_before = self._counts_before
        hardware = self._library.hardware_decoders - hardware_before
        if not hardware:
            return "software"
        return "hardware" if hardware >= self._library.players_started - players_before else ""

    def set_outputs(self, outputs: tuple[OutputSpec, ...]) -> None:
        """Draw into the window of the first output."""
        if not outputs or outputs[0] == self._spec:
            return
        spec = outputs[0]
        slot = WriteSlot(spec.handle, 0, 0, self._generation)
        self.close()
        self._spec, self._slot = spec, slot
        self._start(spec)

    def _start(self, spec: OutputSpec) -> None:
        self._queue = _PacketQueue()
        self._has_begun = False
        get, release = (cast(callback, c_void_p).value for callback in self._queue.callbacks)
        self._counts_before = (self._library.players_started, self._library.hardware_decoders)
        self._library.players_started += 1
        self._media = self._library.instance.media_new("imem://")
        for option in (
            f":imem-get={get}",
            f":imem-release={release}",
            ":imem-cookie=pantau",
            ":imem-data=1",
            f":imem-codec={self._codec}",
            ":imem-cat=2",  # video
            ":imem-id=1",
            f":avcodec-hw={'any' if self._hardware else 'none'}",
        ):
            self._media.add_option(option)
        self._player = self._library.instance.media_player_new()
        self._player.set_media(self._media)
        self._player.video_set_mouse_input(False)
        self._player.video_set_key_input(False)
        if sys.platform == "win32":
            self._player.set_hwnd(spec.window_id)
        else:
            self._player.set_xwindow(spec.window_id)
        self._player.play()

    def replay(self, packets: Sequence[Packet[VideoStream]]) -> None:
        """Hand them over as if they had come together just now: libVLC then shows the last one at once."""
        for number, packet in enumerate(packets):
            self._hand_over(packet, number * _REPLAY_STEP_US)

    def feed(self, packet: Packet[VideoStream], timing: Timing = UNTIMED) -> None:
        """Hand a packet to libVLC and count what it has decoded since."""
        if self._slot is None or not (self._has_begun or packet.is_keyframe):
            return
        pts_us = self._time_us(packet)
        self._slot.count_packet(packet.size, time.monotonic_ns(), timing)
        self._hand_over(packet, pts_us)
        self._count_pictures(pts_us)

    def _hand_over(self, packet: Packet[VideoStream], pts_us: int) -> None:
        if self._queue is None:
            return
        payload = bytes(packet)
        if not self._has_begun:
            payload = self._extradata + payload  # the parameter sets that some cameras send in the SDP alone
            self._has_begun = True
        if self._queue.put(pts_us + 1, payload):  # imem takes 0 for "no timestamp"
            self._fed += 1

    def _time_us(self, packet: Packet[VideoStream]) -> int:
        """The packet's time in the stream, kept in step with this PC's clock.

        After a jump in a camera's timestamps libVLC shows nothing, or counts nothing, for as long as the jump is
        wide. A packet that jumps, or has no timestamp as the first of a session often has none, therefore follows
        the one before it by the time that has really passed, and so do all after it.
        """
        now_s = time.monotonic()
        expected_us = self._time_sent_us + int((now_s - self._sent_s) * _US_PER_S) if self._sent_s else 0
        ticks = packet.pts if packet.pts is not None else packet.dts
        if ticks is None or packet.time_base is None:
            time_us = expected_us
        else:
            stream_us = ticks * packet.time_base.numerator * _US_PER_S // packet.time_base.denominator
            if abs(stream_us + self._offset_us - expected_us) > _JUMP_US:
                self._offset_us = expected_us - stream_us
            time_us = stream_us + self._offset_us
        self._time_sent_us, self._sent_s = time_us, now_s
        return time_us

    def _count_pictures(self, pts_us: int) -> None:
        """libVLC's decoded count is the only one of its figures that a stall does not falsify (measured)."""
        now_s = time.monotonic()
        if now_s < self._next_stats_s:
            return
        self._next_stats_s = now_s + _STATS_PERIOD_S
        stats = vlc.MediaStats()
        if not self._media.get_stats(stats):
            return
        new = self._decoded(stats.decoded_video) - self.pictures
        if new > 0 and self._slot is not None:
            self.pictures += new
            self._slot.count_picture(pts_us, time.monotonic_ns(), new)

    def _decoded(self, counted: int) -> int:
        """How many pictures really were decoded.

        libVLC 3.0.24 counts each twice, which shows when it counts more than it was given: a packet is a picture.
        """
        self._is_doubled = self._is_doubled or counted > self._fed + 1
        return counted // 2 if self._is_doubled else counted

    def luma(self) -> None:
        """There is no picture at hand."""

    def close(self) -> None:
        """Stop the player. May take a moment: never called on a thread that a person waits for."""
        if self._player is None or self._queue is None:
            return
        self._queue.end()
        self._player.stop()
        self._player.release()
        self._media.release()
        self._player = self._queue = self._slot = self._spec = None
        self._fed = self.pictures = 0
