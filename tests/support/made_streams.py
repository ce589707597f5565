"""Small clips encoded when a test first asks for them: sizes, frame rates and codings that no shipped clip has.

Every frame carries the barcode of `app.demo.barcode`, its place in the loop in order of showing, so that a reader
of pixels can tell which frame is on the screen. Plain functions, called on the test's own thread.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from av.video.codeccontext import VideoCodecContext
from numpy.typing import NDArray

from app.core.model import Codec
from app.demo import barcode
from app.demo.simulator.clip import Clip, pack_clip

_ENCODERS = {Codec.H264: "libx264", Codec.H265: "libx265"}
_DARK, _GREY = 32, 128
_NOISE_LUMA = 24
"""Enough for slices of several packets; the barcode's contrast is eight times that."""
_GRAINS_PER_WIDTH = 160
_STRIPE_PX = 16
_QUALITY_CRF = 26


@dataclass(frozen=True, slots=True)
class Form:
    """How a clip is coded.

    Attributes:
        codec: H.264 or H.265.
        width_px, height_px: even numbers; the barcode wants 240 pixels of width or more to be read.
        frame_rate_fps: whole frames a second, 1 and more.
        frames: in the loop, at most the barcode's 1,024.
        gop_frames: from key frame to key frame; divides `frames`.
        b_frames: between two others, at most.
        slices: that each picture is cut into.
    """

    codec: Codec = Codec.H264
    width_px: int = 320
    height_px: int = 180
    frame_rate_fps: int = 10
    frames: int = 20
    gop_frames: int = 10
    b_frames: int = 0
    slices: int = 1


@dataclass(frozen=True, slots=True)
class MadeClip:
    """A clip in the order of sending.

    Attributes:
        clip: its frames, packed into RTP payloads.
        shown: each frame's place in the order of showing, which is the number in its barcode.
    """

    clip: Clip
    shown: tuple[int, ...]


class MadeStreams:
    """Makes clips and keeps them in a folder.

    Args:
        folder: where they are kept; made if it is missing.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    @classmethod
    def of_session(cls, factory: pytest.TempPathFactory) -> MadeStreams:
        """Those of this run of pytest: each form is encoded once in it, whichever test asks first."""
        return cls(factory.getbasetemp() / "made-streams")

    def clip(self, form: Form) -> MadeClip:
        """A clip of that form, encoded or read back."""
        name = "-".join(str(getattr(part, "value", part)) for part in astuple(form))
        index, *media = (self._folder / f"{name}.{ending}" for ending in ("json", "media"))
        if not index.exists():
            pictures = encode(form)
            media[0].write_bytes(b"".join(data for _, data in pictures))
            index.write_text(json.dumps([[shown, len(data)] for shown, data in pictures]))
        return _pack(form, media[0].read_bytes(), json.loads(index.read_text()))


def encode(form: Form) -> list[tuple[int, bytes]]:
    """A clip's coded pictures in the order of sending: the place in the order of showing, and Annex-B bytes."""
    encoder = _open_encoder(form)
    packets = [packet for frame in _frames(form) for packet in encoder.encode(frame)]
    packets += encoder.encode(None)
    return [(packet.pts or 0, bytes(packet)) for packet in packets]


def draw(form: Form, number: int) -> NDArray[np.uint8]:
    """A frame's luma: noise, a stripe that wanders, the barcode."""
    grain_px = max(2, form.width_px // _GRAINS_PER_WIDTH)
    shape = (form.height_px // grain_px + 1, form.width_px // grain_px + 1)
    grains = np.random.default_rng(number).integers(_GREY, _GREY + _NOISE_LUMA, shape, np.uint8)
    luma = grains.repeat(grain_px, axis=0).repeat(grain_px, axis=1)[: form.height_px, : form.width_px].copy()
    left = number * _STRIPE_PX % form.width_px
    luma[:, left : left + _STRIPE_PX] = _DARK
    barcode.write(luma, number)
    return luma


def _frames(form: Form) -> Iterator[av.VideoFrame]:
    chroma = np.full((form.height_px // 2, form.width_px), _GREY, np.uint8)
    for number in range(form.frames):
        frame = av.VideoFrame.from_ndarray(np.vstack([draw(form, number), chroma]), format="yuv420p")
        frame.pts = number
        yield frame


def _open_encoder(form: Form) -> VideoCodecContext:
    encoder = av.CodecContext.create(_ENCODERS[form.codec], "w")
    if not isinstance(encoder, VideoCodecContext):
        raise TypeError(f"{_ENCODERS[form.codec]} is no video encoder")
    encoder.width, encoder.height = form.width_px, form.height_px
    encoder.pix_fmt = "yuv420p"
    encoder.framerate = Fraction(form.frame_rate_fps)
    encoder.time_base = Fraction(1, form.frame_rate_fps)
    encoder.thread_count = 1
    encoder.options = _options(form)
    return encoder


def _options(form: Form) -> dict[str, str]:
    private = f"keyint={form.gop_frames}:min-keyint={form.gop_frames}:scenecut=0:open-gop=0:repeat-headers=1"
    private += f":bframes={form.b_frames}:b-adapt=0:slices={form.slices}:crf={_QUALITY_CRF}"
    if form.codec is Codec.H264:
        return {"preset": "ultrafast", "x264-params": private + ":sliced-threads=0:rc-lookahead=0"}
    private += ":pools=1:frame-threads=1:wpp=0:info=0:log-level=error:rc-lookahead=4"
    return {"preset": "ultrafast", "x265-params": private}


def _pack(form: Form, media: bytes, index: list[tuple[int, int]]) -> MadeClip:
    clip = pack_clip(media, form.codec, form.frame_rate_fps)
    if len(clip.frames) != len(index):
        raise ValueError(f"{len(clip.frames)} frames of {len(index)} coded pictures: {form}")
    return MadeClip(clip, tuple(shown for shown, _ in index))
