"""The demo's scenes as luma pictures, and what can befall a camera's picture. Needs no server and no display."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from app.core.picture import PictureSample, Thumbnail, measure
from app.demo.scenes import Condition, Place

Luma = NDArray[np.uint8]

CLIPS = Path(__file__).parents[2] / "resources" / "clips"
SCENES = tuple(f"{place.value}-{condition.value}" for place in Place for condition in Condition)


def pictures(scene: str, count: int, step: int) -> list[Luma]:
    """Pictures of a scene's sub-stream, every `step`-th, going round its loop."""
    (path,) = CLIPS.glob(f"{scene}.sub.*")
    with av.open(str(path)) as clip:
        loop = [luma_of(frame) for frame in clip.decode(video=0)]
    return [loop[number * step % len(loop)] for number in range(count)]


def luma_of(frame: av.VideoFrame) -> Luma:
    """The luma plane of a decoded frame, without its padding."""
    plane = frame.planes[0]
    rows: Luma = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)
    return rows[: frame.height, : frame.width].copy()


def samples_of(lumas: Iterable[Luma]) -> list[PictureSample]:
    """What the pictures measure, one after the other; the first has nothing before it to differ from."""
    samples: list[PictureSample] = []
    thumbnail: Thumbnail | None = None
    for luma in lumas:
        sample, thumbnail = measure(luma, thumbnail)
        samples.append(sample)
    return samples


class Grain:
    """Normal noise of a given strength, drawn once and laid over every picture at another place."""

    def __init__(self, sigma: float, seed: int = 7) -> None:
        self._random = np.random.default_rng(seed)
        self._field = np.rint(self._random.normal(0, sigma, (512, 800))).astype(np.int16)

    def over(self, luma: Luma) -> Luma:
        """A picture of up to 400 × 256 pixels less than the field, with noise."""
        height, width = luma.shape
        top, left = self._random.integers(0, 512 - height), self._random.integers(0, 800 - width)
        return clipped(luma + self._field[top : top + height, left : left + width])


def blackened(luma: Luma) -> Luma:
    """As through a lens cap: black of limited range, with a trace of what was there."""
    return clipped(16 + luma * 0.04)


def blurred(luma: Luma, radius: int = 2) -> Luma:
    """Out of focus: two box means after each other, nearly a Gaussian."""
    once = _box_mean(luma.astype(np.float64), radius)
    return clipped(_box_mean(once, radius))


def _box_mean(values: NDArray[np.float64], radius: int) -> NDArray[np.float64]:
    for axis in (0, 1):
        width = [(0, 0), (0, 0)]
        width[axis] = (radius + 1, radius)
        sums = np.pad(values, width, mode="edge").cumsum(axis=axis)
        length = values.shape[axis]
        ends = np.arange(2 * radius + 1, length + 2 * radius + 1)
        values = (sums.take(ends, axis) - sums.take(ends - 2 * radius - 1, axis)) / (2 * radius + 1)
    return values


def carded(luma: Luma, side: str) -> Luma:
    """A grey card before 80 % of the picture: `left`, `right`, `top`, `bottom` or `middle`."""
    height, width = luma.shape
    rows, columns = {
        "left": (slice(None), slice(0, width * 4 // 5)),
        "right": (slice(None), slice(width // 5, None)),
        "top": (slice(0, height * 4 // 5), slice(None)),
        "bottom": (slice(height // 5, None), slice(None)),
        "middle": (slice(height // 19, -(height // 19)), slice(width // 19, -(width // 19))),
    }[side]
    covered = luma.copy()
    covered[rows, columns] = 120
    return covered


def encoded_anew(luma: Luma, seconds: int) -> list[Luma]:
    """One frozen picture as a camera goes on encoding it, 15 times a second with a key frame every 2 s.

    Returns what comes of it, once a second.
    """
    height, width = luma.shape
    encoder = av.CodecContext.create("libx264", "w")
    assert isinstance(encoder, av.VideoCodecContext)
    encoder.width, encoder.height, encoder.pix_fmt = width, height, "yuv420p"
    encoder.time_base, encoder.framerate, encoder.gop_size = Fraction(1, 15), Fraction(15), 30
    encoder.options = {"preset": "veryfast", "tune": "zerolatency"}
    decoder = av.CodecContext.create("h264", "r")
    assert isinstance(decoder, av.VideoCodecContext)
    packets = [packet for frame in _frames(luma, seconds * 15) for packet in encoder.encode(frame)]
    frames = [frame for packet in packets for frame in decoder.decode(packet)] + decoder.decode(None)
    return [luma_of(frame) for frame in frames[::15]]


def _frames(luma: Luma, count: int) -> Iterable[av.VideoFrame]:
    frame = av.VideoFrame.from_ndarray(luma, format="gray").reformat(format="yuv420p")
    for number in range(count):
        frame.pts = number
        yield frame


def clipped(values: NDArray[np.generic]) -> Luma:
    """Values as luma: rounded, and held within 0 to 255."""
    return np.clip(np.rint(values), 0, 255).astype(np.uint8)
