"""Which decoder a shared surface has is read back from what it decoded: a GPU that was asked for proves nothing.

No GPU is needed: what PyAV says of a decoder is said by a stand-in, and the pictures are real ones.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, cast

import pytest
from av.codec import Codec
from av.packet import Packet
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from app.core.ports import HARDWARE
from app.video.engines import av as engine_of_av
from app.video.engines.av import AvEngine, is_on_gpu

GPU_FORMAT = next(
    config.format.name for config in Codec("h264", "r").hardware_configs or () if config.format is not None
)


class Context:
    """A decoder as PyAV shows it.

    Attributes:
        is_hwaccel: whether a GPU was opened for it.
        pix_fmt: what its pictures are made in.
    """

    is_open = False
    sample_aspect_ratio: Fraction | None = None
    codec = Codec("h264", "r")

    def __init__(self, is_hwaccel: bool, pix_fmt: str) -> None:
        self.is_hwaccel = is_hwaccel
        self.pix_fmt = pix_fmt


class Stream:
    """A stream with such a decoder."""

    time_base = Fraction(1, 90_000)

    def __init__(self, codec_context: Context) -> None:
        self.codec_context = codec_context


@pytest.mark.parametrize(
    ("is_hwaccel", "pix_fmt", "decoder"),
    [(True, GPU_FORMAT, HARDWARE), (True, "yuv420p", "software"), (False, "yuv420p", "software")],
)
def test_the_decoder_is_what_decoded_the_first_picture(
    monkeypatch: pytest.MonkeyPatch, is_hwaccel: bool, pix_fmt: str, decoder: str
) -> None:
    """Until then a decoder that asks for a GPU says the GPU's format, whatever comes of it."""
    context = Context(is_hwaccel, GPU_FORMAT if is_hwaccel else pix_fmt)
    engine = AvEngine(cast(VideoStream, Stream(context)), generation=1)
    frames: list[VideoFrame] = []
    monkeypatch.setattr(engine_of_av, "_decoded", lambda _: frames)
    engine.feed(Packet(100))
    assert engine.decoder == "", "nothing is known yet"
    frames.append(VideoFrame(64, 48, "yuv420p"))
    context.pix_fmt = pix_fmt
    engine.feed(Packet(100))
    assert engine.decoder == decoder


def test_a_decoder_that_leaves_the_gpu_later_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    context = Context(is_hwaccel=True, pix_fmt=GPU_FORMAT)
    engine = AvEngine(cast(VideoStream, Stream(context)), generation=1)
    monkeypatch.setattr(engine_of_av, "_decoded", lambda _: [VideoFrame(64, 48, "yuv420p")])
    engine.feed(Packet(100))
    assert engine.decoder == HARDWARE
    context.pix_fmt = "yuv420p"
    assert engine.decoder == "software"


def test_a_real_decoder_without_a_gpu_is_software() -> None:
    context: Any = VideoCodecContext.create("h264", "r")
    assert not is_on_gpu(context)
