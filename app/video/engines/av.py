"""Shared surfaces: PyAV decodes, scales to each tile's size and publishes into picture slots.

Used on the session's thread only. A picture is shown when it is decoded.
"""

from __future__ import annotations

import functools
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple

import av.error
import numpy as np
from av.codec import Codec
from av.codec.hwaccel import HWAccel, hwdevices_available
from av.filter import Graph
from av.packet import Packet
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, Interpolation, VideoReformatter
from av.video.stream import VideoStream
from numpy.typing import NDArray

from app.core.budget import HardwareChoice
from app.core.layout import Rect, fit
from app.core.ports import HARDWARE
from app.core.zoom import WHOLE, Crop, crop_of_pixels
from app.video.engines.base import Brightness
from app.video.protocol import OutputSpec
from app.video.slots import WriteSlot
from app.video.timing import UNTIMED, Timing

_DEVICES = {"win32": ("d3d11va", "cuda")}
_OTHER_DEVICES = ("vaapi", "cuda")
_SHARED_CONTEXT = MappingProxyType({"primary_ctx": "1"})
"""Of CUDA: all streams of a host use one context. One each took twice the memory and the processor's time."""
_US_PER_S = 1_000_000
_LONGEST_GOP_US = 60 * _US_PER_S
_SCALING = Interpolation.FAST_BILINEAR
_CONVERTING = Interpolation.POINT  # at one size there is nothing to interpolate
_PLANAR_FORMATS = frozenset({"yuv420p", "yuvj420p"})
"""What is scaled as it is; the full range of the second is kept."""
_LUMA_FIRST = frozenset({*_PLANAR_FORMATS, "yuv422p", "yuvj422p", "yuv444p", "yuvj444p", "nv12", "gray"})
"""Formats whose first plane is the brightness, a byte a pixel."""


def hardware_decoder(choice: HardwareChoice) -> HWAccel | None:
    """The GPU to decode on, its pictures copied back, or None for software.

    AUTO is software until a preflight has measured the GPU here. With ALWAYS a PC without a GPU that decodes, and
    a stream that the GPU does not take, play in software, which the engine then reports.
    """
    device = usable_device() if choice is HardwareChoice.ALWAYS else None
    return _accelerator(device, allow_software_fallback=True) if device else None


def _accelerator(device: str, allow_software_fallback: bool = False) -> HWAccel:
    options: dict[str, object] = dict(_SHARED_CONTEXT) if device == "cuda" else {}
    return HWAccel(device, allow_software_fallback=allow_software_fallback, options=options)


@functools.cache
def usable_device() -> str | None:
    """The first kind of GPU that can be opened: the library lists what it was built for, not what is there."""
    available = set(hwdevices_available())
    devices = (name for name in _DEVICES.get(sys.platform, _OTHER_DEVICES) if name in available)
    return next(filter(_opens, devices), None)


def _opens(device: str) -> bool:
    try:
        _accelerator(device).create(Codec("h264", "r"))
    except (av.error.FFmpegError, NotImplementedError):
        return False
    return True


def is_on_gpu(context: VideoCodecContext) -> bool:
    """Whether a decoder that has given a picture decodes on the GPU.

    That a device was opened for it does not tell (`is_hwaccel`): what the GPU does not take, FFmpeg decodes in
    software, and its pixel format says which it was. Before the first picture that is only what was asked for.
    """
    if not context.is_hwaccel:
        return False
    configs = context.codec.hardware_configs or ()
    return context.pix_fmt in {config.format.name for config in configs if config.format is not None}


@dataclass(frozen=True, slots=True)
class _Shape:
    """What all pictures of a stream have in common until it changes: read once, for reading it is not cheap."""

    width_px: int
    height_px: int
    display_width_px: int
    """The width on a screen with square pixels."""
    planar: str
    """The format that they are scaled in."""


def _shape_of(frame: VideoFrame, aspect: Fraction | None) -> _Shape:
    planar = frame.format.name if frame.format.name in _PLANAR_FORMATS else "yuv420p"
    display_width_px = round(frame.width * aspect) if aspect else frame.width
    return _Shape(frame.width, frame.height, display_width_px, planar)


class _Picture(NamedTuple):
    """A decoded picture, its own time, when it was made, and how late and how whole it was then."""

    frame: VideoFrame
    pts_us: int
    decoded_ns: int
    late_us: int
    is_damaged: bool


class _Cutter:
    """Cuts parts out of pictures without copying them: FFmpeg's crop filter moves the planes' beginnings only.

    One thread: a graph's own default is a pool, which a crop has no use for.
    """

    def __init__(self) -> None:
        self._graph: Graph | None = None
        self._fitted: tuple[object, ...] = ()

    def cut(self, frame: VideoFrame, rect: Rect) -> VideoFrame:
        """Those pixels of a picture, as a picture."""
        fitted = (rect, frame.width, frame.height, frame.format.name, frame.colorspace, frame.color_range)
        if self._graph is None or fitted != self._fitted:
            self._graph, self._fitted = _crop_graph(frame, rect), fitted
        self._graph.vpush(frame)
        return self._graph.vpull()


def _crop_graph(frame: VideoFrame, rect: Rect) -> Graph:
    graph = Graph()
    graph.threads = 1
    source = (
        f"video_size={frame.width}x{frame.height}:pix_fmt={frame.format.name}:time_base=1/{_US_PER_S}"
        f":colorspace={frame.colorspace}:range={frame.color_range}"
    )
    crop = f"{rect.width_px}:{rect.height_px}:{rect.x_px}:{rect.y_px}"
    graph.link_nodes(graph.add("buffer", source), graph.add("crop", crop), graph.add("buffersink")).configure()
    return graph


class _Scaled:
    """One output and the scalers for it."""

    def __init__(self, spec: OutputSpec, generation: int) -> None:
        self.spec = spec
        self.slot = WriteSlot(spec.handle, spec.width_px, spec.height_px, generation)
        self._cutter = _Cutter()
        self._scaler = VideoReformatter()
        self._converter = VideoReformatter()
        self._shape: _Shape | None = None
        self._size_px = (0, 0)

    def publish(self, picture: _Picture, shape: _Shape) -> None:
        """Publish a picture at the size that the output holds, and count it for what it is."""
        self.publish_pixels(picture.frame, shape)
        if picture.frame.is_corrupt:
            self.slot.count_patched()
            return
        self.slot.count_picture(
            picture.pts_us, picture.decoded_ns, late_us=picture.late_us, is_damaged=picture.is_damaged
        )

    def publish_pixels(self, frame: VideoFrame, shape: _Shape) -> None:
        """Publish what the output shows of a picture, and count nothing: it may have been counted before."""
        if shape is not self._shape:  # one and the same until it changes
            self._shape = shape
            self._size_px = fit(shape.display_width_px, shape.height_px, self.spec.width_px, self.spec.height_px)
        width_px, height_px = self._size_px
        frame, crop = self._cut(frame, shape)
        plane = self._scaled_bgra(frame, shape, width_px, height_px).planes[0]
        self.slot.publish(memoryview(plane), width_px, height_px, plane.line_size, crop, self.spec.crop)

    def _cut(self, frame: VideoFrame, shape: _Shape) -> tuple[VideoFrame, Crop]:
        """The part of the picture that the output shows, and which one it really is."""
        if self.spec.crop == WHOLE:
            return frame, WHOLE
        rect = self.spec.crop.pixels(shape.width_px, shape.height_px)
        return self._cutter.cut(frame, rect), crop_of_pixels(rect, shape.width_px, shape.height_px)

    def _scaled_bgra(self, frame: VideoFrame, shape: _Shape, width_px: int, height_px: int) -> VideoFrame:
        """First the size, then the colours: half of what FFmpeg's scaler takes for both at once (measured).

        One thread: its default splits each small picture over a pool, which costs more than it saves.
        """
        small = self._scaler.reformat(frame, width_px, height_px, shape.planar, interpolation=_SCALING, threads=1)
        return self._converter.reformat(small, format="bgra", interpolation=_CONVERTING, threads=1)


class AvEngine:
    """Decodes one stream for any number of shared surfaces; implements `Engine`.

    Args:
        stream: of an open ingest.
        generation: of the open, written into the slots.
    """

    name = "av"

    def __init__(self, stream: VideoStream, generation: int) -> None:
        self._stream = stream
        self._generation = generation
        self._scaled: list[_Scaled] = []
        self._shape: _Shape | None = None
        self._last: _Picture | None = None
        self._tick_us = float(stream.time_base * _US_PER_S) if stream.time_base else 1.0
        self._has_decoded = False
        self.pictures = 0
        if stream.codec_context.is_open:
            stream.codec_context.flush_buffers()  # an engine before this one left off in the middle

    @property
    def decoder(self) -> str:
        """`software`, or `hardware` where the GPU really decodes; empty before the first picture."""
        if not self._has_decoded:
            return ""
        return HARDWARE if is_on_gpu(self._stream.codec_context) else "software"

    def set_outputs(self, outputs: tuple[OutputSpec, ...]) -> None:
        """Publish there, the present picture at once; outputs that stay keep their slot and scaler."""
        kept = {replace(scaled.spec, crop=WHOLE): scaled for scaled in self._scaled}
        self._scaled = [self._served(spec, kept.get(replace(spec, crop=WHOLE))) for spec in outputs]

    def _served(self, spec: OutputSpec, kept: _Scaled | None) -> _Scaled:
        scaled = kept or _Scaled(spec, self._generation)
        is_moved = scaled.spec.crop != spec.crop
        scaled.spec = spec
        if self._last is not None and self._shape is not None:
            if kept is None:
                scaled.publish(self._last, self._shape)
            elif is_moved:
                scaled.publish_pixels(self._last.frame, self._shape)
        return scaled

    def replay(self, packets: Sequence[Packet[VideoStream]]) -> None:
        """Decode them all and publish the last picture only."""
        for packet in packets:
            for frame in _decoded(packet):
                self._take(frame, packet, UNTIMED)
        if self._last is not None:
            self._publish(self._last)

    def feed(self, packet: Packet[VideoStream], timing: Timing = UNTIMED) -> None:
        """Decode a packet and publish what it yields. A packet that does not decode yields nothing."""
        self.skip(packet)
        self._last = None  # its memory is the decoder's to use again: one picture more costs the caches dearly
        for frame in _decoded(packet):
            self._publish(self._take(frame, packet, timing))

    def skip(self, packet: Packet[VideoStream]) -> None:
        """Count a packet."""
        now_ns = time.monotonic_ns()
        for scaled in self._scaled:
            scaled.slot.count_packet(packet.size, now_ns)

    def note(self, timing: Timing) -> None:
        """Publish what is known of the stream's time."""
        for scaled in self._scaled:
            scaled.slot.note(timing)

    def brightness(self) -> Brightness | None:
        """That of the present picture; None before the first."""
        return None if self._last is None else brightness_of(self._last.frame)

    def _take(self, frame: VideoFrame, packet: Packet[VideoStream], timing: Timing) -> _Picture:
        self._has_decoded = True
        self.pictures += not frame.is_corrupt
        late_us = timing.late_us + self._behind_us(frame, packet)
        self._last = _Picture(frame, self._pts_us(frame), time.monotonic_ns(), late_us, timing.is_damaged)
        return self._last

    def _behind_us(self, frame: VideoFrame, packet: Packet[VideoStream]) -> int:
        """How much older a picture is than the packet that brought it out: a decoder that lost its references may
        give away pictures of long ago. Beyond any group of pictures the timestamps have jumped."""
        if frame.pts is None or packet.pts is None:
            return 0
        behind_us = int((packet.pts - frame.pts) * self._tick_us)
        return behind_us if 0 < behind_us < _LONGEST_GOP_US else 0

    def _publish(self, picture: _Picture) -> None:
        frame, shape = picture.frame, self._shape
        if shape is None or (frame.width, frame.height) != (shape.width_px, shape.height_px):
            self._shape = shape = _shape_of(frame, self._stream.codec_context.sample_aspect_ratio)
        for scaled in self._scaled:
            scaled.publish(picture, shape)

    def _pts_us(self, frame: VideoFrame) -> int:
        if frame.pts is None:
            return self.pictures + 1  # a stream without timestamps: the count is all that can advance
        return int(frame.pts * self._tick_us)

    def close(self) -> None:
        """Let the slots go; the decoder goes with the ingest's container."""
        self._scaled = []
        self._last = None


def key_frame_brightness(packet: Packet[VideoStream]) -> Brightness | None:
    """That of a key frame's picture, for a stream that another engine plays; None if it is broken."""
    frames = _decoded(packet)
    return brightness_of(frames[-1]) if frames and not frames[-1].is_corrupt else None


def brightness_of(frame: VideoFrame) -> Brightness:
    """A picture's brightness, as a view where its format allows one."""
    is_full_range = frame.color_range == ColorRange.JPEG
    if frame.format.name not in _LUMA_FIRST:
        frame, is_full_range = frame.reformat(format="gray"), True  # FFmpeg's scaler makes grey of 0 to 255 only
    plane = frame.planes[0]
    rows: NDArray[np.uint8] = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)
    return Brightness(rows[: frame.height, : frame.width], is_full_range)


def _decoded(packet: Packet[VideoStream]) -> list[VideoFrame]:
    try:
        return packet.decode()
    except av.error.FFmpegError:
        return []  # the pictures that stay away are what the console goes by
