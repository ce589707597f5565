"""Encoding drawn frames as raw Annex-B streams, the way an IP camera would send them.

One slice a frame, closed GOPs, parameter sets before every key frame, no B-frames. One encoder thread, so
that the same pictures give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.video.codeccontext import VideoCodecContext
from numpy.typing import NDArray

from app.core.model import Codec
from app.demo.scenes import ClipFormat

_ENCODERS = {Codec.H264: "libx264", Codec.H265: "libx265"}
_START_CODE = b"\x00\x00\x01"


@dataclass(frozen=True, slots=True)
class Rate:
    """How many bits the pictures may take: constant quality below a ceiling, or a constant rate."""

    ceiling_kbps: int
    quality_crf: float | None = None


def encode(
    pictures: Iterable[NDArray[np.uint8]], codec: Codec, measures: ClipFormat, rate: Rate, target: Path
) -> int:
    """Encode height × width × RGB pictures into a file.

    Returns:
        The number of bytes written.
    """
    encoder = _open_encoder(codec, measures, rate)
    written = 0
    unfinished = target.with_name(target.name + ".part")
    with unfinished.open("wb") as file:
        for number, picture in enumerate(pictures):
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24").reformat(format="yuv420p")
            frame.pts = number
            for packet in encoder.encode(frame):
                written += file.write(_without_messages(bytes(packet), codec))
        for packet in encoder.encode(None):
            written += file.write(_without_messages(bytes(packet), codec))
    unfinished.replace(target)  # a simulator that runs meanwhile reads the old clip or the new one
    return written


def _open_encoder(codec: Codec, measures: ClipFormat, rate: Rate) -> VideoCodecContext:
    encoder = av.CodecContext.create(_ENCODERS[codec], "w")
    if not isinstance(encoder, VideoCodecContext):
        raise TypeError(f"{_ENCODERS[codec]} is no video encoder")
    encoder.width, encoder.height = measures.width_px, measures.height_px
    encoder.pix_fmt = "yuv420p"
    encoder.framerate = Fraction(measures.frame_rate_fps)
    encoder.time_base = Fraction(1, measures.frame_rate_fps)
    encoder.thread_count = 1
    encoder.options = _options(codec, measures, rate)
    return encoder


def _options(codec: Codec, measures: ClipFormat, rate: Rate) -> dict[str, str]:
    gop = measures.gop_s * measures.frame_rate_fps
    private = f"keyint={gop}:min-keyint={gop}:scenecut=0:open-gop=0:repeat-headers=1:bframes=0"
    private += f":vbv-maxrate={rate.ceiling_kbps}:vbv-bufsize={rate.ceiling_kbps}"
    if rate.quality_crf is not None:
        private += f":crf={rate.quality_crf}"
    else:
        private += f":bitrate={rate.ceiling_kbps}"
    if codec is Codec.H264:
        private += ":slices=1:sliced-threads=0:aud=0:aq-mode=3"
        return {"preset": "medium", "profile": "high", "tune": "zerolatency", "x264-params": private}
    private += ":pools=1:frame-threads=1:wpp=0:info=0:log-level=error:aq-mode=3"
    return {"preset": "fast", "tune": "zerolatency", "x265-params": private}


def _without_messages(packet: bytes, codec: Codec) -> bytes:
    """The packet without SEI: encoders sign their work there, which costs bytes and says nothing."""
    units = packet.replace(b"\x00\x00\x00\x01", _START_CODE).split(_START_CODE)[1:]
    return b"".join(_START_CODE + unit for unit in units if not _is_message(unit, codec))


def _is_message(unit: bytes, codec: Codec) -> bool:
    return unit[0] & 0x1F == 6 if codec is Codec.H264 else unit[0] >> 1 & 0x3F in (39, 40)
