"""Direct surfaces: libVLC takes the ingest's packets through imem and draws into a native window of the wall.

Used on the session's thread; libVLC's own threads fetch the packets (`vlc_feed.py`). The only module that imports
`vlc`. No URL or password reaches libVLC.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from ctypes import c_void_p, cast
from typing import TYPE_CHECKING, Any

import vlc

from app.core.errors import VideoError
from app.core.model import Codec
from app.core.ports import HARDWARE
from app.video.engines.vlc_backlog import SHOWN_WITHIN_S, Backlog, DecodedCount, Painting, Recent
from app.video.engines.vlc_feed import BEHIND_S, PacketFeed
from app.video.protocol import OutputSpec
from app.video.slots import WriteSlot
from app.video.timing import UNTIMED, Timing

if TYPE_CHECKING:
    from av.packet import Packet
    from av.video.stream import VideoStream

_US_PER_S = 1_000_000
_STATS_PERIOD_S = 0.1
_DISPLAY_DELAY_US = 300_000
"""libVLC's own, fixed for imem (measured): a picture on the screen is older by so much than the one decoded."""
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
_X11_OPTIONS = ("--gl=none", "--gles2=none")
"""Without OpenGL it draws by XVideo or plainly, for half the processor time and 80 MB less a host where OpenGL is
software. `--vout` would name the output, but libVLC 3 forgets it with `set_xwindow` (lib/media_player.c)."""


class Library:
    """A libVLC for all players of this process, cheaper than one each; what it says of its decoders is counted.

    Raises:
        VideoError: libVLC is not installed or does not start.
    """

    def __init__(self) -> None:
        self.instance = _new_instance()
        self.decoded = DecodedCount()
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
    options = [*_INSTANCE_OPTIONS, *(_X11_OPTIONS if sys.platform.startswith("linux") else ())]
    try:
        instance = vlc.Instance(options)
    except (NameError, OSError, AttributeError) as error:  # what python-vlc raises without a library
        raise VideoError("libVLC is not installed: direct surfaces cannot be used") from error
    if instance is None:
        raise VideoError("libVLC does not start: its plugins are missing or do not fit")
    return instance


def library_version() -> str:
    """The version of the libVLC that is installed.

    Raises:
        VideoError: none is.
    """
    try:
        text: bytes = vlc.libvlc_get_version()
    except (NameError, OSError, AttributeError) as error:
        raise VideoError("libVLC is not installed: direct surfaces cannot be used") from error
    return text.decode(errors="replace")


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
            raise VideoError("direct surfaces do not play {0}", codec.value)
        self._codec = _IMEM_CODECS[codec]
        self._extradata = bytes(stream.codec_context.extradata or b"")
        self._generation = generation
        self._library = library()
        self._counts_before = (0, 0)
        self._hardware = hardware
        self._feed: PacketFeed | None = None
        self._player: Any = None
        self._media: Any = None
        self._slot: WriteSlot | None = None
        self._spec: OutputSpec | None = None
        self._next_stats_s = 0.0
        self._has_begun = False
        self._late = Recent(max, SHOWN_WITHIN_S)
        self._camera_age = Recent(max, SHOWN_WITHIN_S)
        self._backlog = Backlog()
        self._painting = Painting()
        self._own_us = _DISPLAY_DELAY_US
        self._shown = 0
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
        return HARDWARE if hardware >= self._library.players_started - players_before else ""

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
        self._feed = PacketFeed()
        self._has_begun = False
        get, release = (cast(callback, c_void_p).value for callback in self._feed.callbacks)
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
            ":clock-jitter=0",  # a late packet must not delay all later ones
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
        for packet in packets:
            self._hand_over(packet, None)

    def feed(self, packet: Packet[VideoStream], timing: Timing = UNTIMED) -> None:
        """Hand a packet to libVLC and count what it has decoded since."""
        if self._slot is None or self._feed is None or not (self._has_begun or packet.is_keyframe):
            return
        stream_us = _stream_us(packet)
        now_s = time.monotonic()
        self.skip(packet)
        self._hand_over(packet, stream_us)
        late_us = self._late.take(timing.late_us, now_s)
        self._count_pictures(stream_us if stream_us is not None else self._backlog.fed, late_us, timing.is_damaged)

    def skip(self, packet: Packet[VideoStream]) -> None:
        """Count a packet."""
        if self._slot is not None:
            self._slot.count_packet(packet.size, time.monotonic_ns())

    def note(self, timing: Timing) -> None:
        """Publish what is known of the stream's time, and whether libVLC keeps up."""
        if self._slot is not None and self._feed is not None:
            now_s = time.monotonic()
            came_us = timing.camera_age_us or 0
            held_us = self._camera_age.take(came_us, now_s) - came_us
            is_busy = self._feed.lag_s(now_s) > BEHIND_S
            self._slot.note(timing, is_busy, shown_after_us=self._own_us + held_us)

    def _hand_over(self, packet: Packet[VideoStream], stream_us: int | None) -> None:
        if self._feed is None:
            return
        payload = bytes(packet)
        if not self._has_begun:
            payload = self._extradata + payload  # the parameter sets that some cameras send in the SDP alone
            self._has_begun = True
        if self._feed.put(stream_us, payload, packet.is_keyframe):
            self._backlog.add(time.monotonic())

    def _count_pictures(self, pts_us: int, late_us: int, is_damaged: bool) -> None:
        """libVLC's decoded count is the only one of its figures that a stall does not falsify (measured)."""
        now_s = time.monotonic()
        if now_s < self._next_stats_s:
            return
        self._next_stats_s = now_s + _STATS_PERIOD_S
        stats = vlc.MediaStats()
        if not self._media.get_stats(stats):
            return
        decoded = self._library.decoded.of(stats.decoded_video, self._backlog.fed)
        dropped, queued_s = (self._feed.dropped, self._feed.lag_s(now_s)) if self._feed else (0, 0.0)
        undecoded_s = self._backlog.waiting_s(decoded + dropped, stats.lost_pictures, now_s, queued_s)
        self._own_us = max(_DISPLAY_DELAY_US, int(undecoded_s * _US_PER_S))
        self.pictures = max(self.pictures, decoded)
        new = decoded - stats.lost_pictures - self._shown  # lost ones came too late to be shown
        held_s = self._painting.take(stats.displayed_pictures, now_s) if new > 0 else None
        if held_s is not None and self._slot is not None:
            self._shown += new
            late_us += self._own_us + int(held_s * _US_PER_S)
            self._slot.count_picture(pts_us, time.monotonic_ns(), new, late_us=late_us, is_damaged=is_damaged)

    def brightness(self) -> None:
        """There is no picture at hand."""

    def close(self) -> None:
        """Stop the player. May take a moment: never called on a thread that a person waits for."""
        if self._player is None or self._feed is None:
            return
        self._feed.end()
        self._player.stop()
        self._player.release()
        self._media.release()
        self._player = self._feed = self._slot = self._spec = None
        self.pictures = self._shown = 0
        self._backlog = Backlog()
        self._painting = Painting()


def _stream_us(packet: Packet[VideoStream]) -> int | None:
    """A packet's own timestamp, microseconds."""
    ticks = packet.pts if packet.pts is not None else packet.dts
    if ticks is None or packet.time_base is None:
        return None
    return ticks * packet.time_base.numerator * _US_PER_S // packet.time_base.denominator
