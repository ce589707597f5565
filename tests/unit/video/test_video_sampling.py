"""One picture a second is measured: the one at hand, or of a direct surface a key frame."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from av.packet import Packet
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange
from numpy.typing import NDArray

from app.core.budget import Surface
from app.core.picture import PictureSample
from app.video import sampling
from app.video.engine_set import EngineSet, Kind
from app.video.engines.av import brightness_of
from app.video.engines.base import Brightness
from app.video.protocol import OutputSpec
from app.video.sampling import CALM_S, Sampler
from app.video.timing import UNTIMED, Timing

Luma = NDArray[np.uint8]
PHASE_S = 0.3
START_S = 100.0
FPS = 25
OUTPUTS: dict[Kind, OutputSpec] = {
    Surface.SHARED: OutputSpec("shared", 320, 180),
    Surface.DIRECT: OutputSpec("direct", 0, 0, 77),
    None: OutputSpec("warm", 0, 0),
}


class StillEngine:
    """An engine that has one picture at hand, or none."""

    name = "still"
    decoder = ""
    pictures = 0

    def __init__(self, picture: Callable[[], Brightness | None]) -> None:
        self.brightness = picture

    def set_outputs(self, outputs: tuple[OutputSpec, ...]) -> None:
        """It shows nothing."""

    def replay(self, packets: Any) -> None:
        """It has its picture."""

    def feed(self, packet: Packet[Any], timing: Timing = UNTIMED) -> None:
        """It has its picture."""

    def close(self) -> None:
        """It holds nothing."""


def engines_with(luma: Callable[[], Luma | None], *kinds: Kind, is_full_range: bool = False) -> EngineSet:
    """Engines at work; the shared one has that picture at hand."""

    def seen() -> Brightness | None:
        picture = luma()
        return None if picture is None else Brightness(picture, is_full_range)

    engines = EngineSet(lambda kind: StillEngine(seen if kind is Surface.SHARED else lambda: None))
    engines.set_outputs([OUTPUTS[kind] for kind in kinds], ())
    return engines


def grey(height_px: int = 180, width_px: int = 320, level: int = 128) -> Luma:
    return np.full((height_px, width_px), level, np.uint8)


def packet(*, is_key: bool = False) -> Packet[Any]:
    made: Packet[Any] = Packet(100)
    made.is_keyframe = is_key
    return made


class Look:
    """A sampler that is shown a packet each frame, and when it measured."""

    def __init__(self, engines: EngineSet, phase_s: float = PHASE_S) -> None:
        self.samples: list[PictureSample] = []
        self.at_s: list[float] = []
        self.now_s = START_S
        self.is_damaged = False
        self._engines = engines
        self._sampler = Sampler(self.samples.append, phase_s)

    def at(self, now_s: float, *, is_key: bool = False) -> None:
        """One packet."""
        self.now_s = now_s
        self._sampler.look(packet(is_key=is_key), self._engines, now_s, lambda: self.is_damaged)
        self.at_s += [now_s - START_S] * (len(self.samples) - len(self.at_s))

    def frames(self, count: int, *, key_every: int = FPS) -> None:
        """So many frames, the first a key frame."""
        for number in range(count):
            self.at(START_S + number / FPS, is_key=number % key_every == 0)


def test_a_shared_picture_is_measured_once_a_second_from_its_phase_on() -> None:
    look = Look(engines_with(grey, Surface.SHARED))
    look.frames(4 * FPS)
    assert look.at_s == pytest.approx([0.32, 1.32, 2.32, 3.32], abs=2 / FPS)
    assert [(each.width_px, each.height_px) for each in look.samples] == [(320, 180)] * 4


@pytest.mark.parametrize("phase_s", [0.0, 0.5, 0.999])
def test_streams_differ_in_their_phase(phase_s: float) -> None:
    look = Look(engines_with(grey, Surface.SHARED), phase_s)
    look.frames(FPS + 3)
    assert look.at_s[0] == pytest.approx(phase_s + 1 / FPS, abs=1.5 / FPS)


def test_a_picture_is_compared_with_the_one_a_second_ago() -> None:
    levels = iter([100, 100, 151])
    pictures = {START_S + second: grey(level=next(levels)) for second in range(3)}
    look = Look(engines_with(lambda: pictures[look.now_s], Surface.SHARED), phase_s=0.0)
    for now_s in pictures:
        look.at(now_s)
    look.at(max(pictures))
    assert [each.change for each in look.samples] == [None, 0.0, pytest.approx(51 / 255)]


@pytest.mark.parametrize(("height_px", "width_px"), [(47, 320), (180, 47), (2, 2)])
def test_a_picture_too_small_to_tell_anything_is_not_measured(height_px: int, width_px: int) -> None:
    look = Look(engines_with(lambda: grey(height_px, width_px), Surface.SHARED))
    look.frames(3 * FPS)
    assert look.samples == []


def test_a_stream_that_shows_nothing_yet_is_measured_with_its_first_picture() -> None:
    pictures: list[Luma] = []
    look = Look(engines_with(lambda: pictures[0] if pictures else None, Surface.SHARED))
    look.frames(2 * FPS)
    assert look.samples == []
    pictures.append(grey())
    look.at(START_S + 2.0)
    look.at(START_S + 2.04)
    assert len(look.samples) == 1


def test_of_a_direct_surface_key_frames_alone_are_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    decoded: list[bool] = []

    def decode(asked: Packet[Any]) -> Brightness:
        decoded.append(asked.is_keyframe)
        return Brightness(grey(), is_full_range=False)

    monkeypatch.setattr(sampling, "key_frame_brightness", decode)
    look = Look(engines_with(lambda: None, Surface.DIRECT))
    look.frames(8 * FPS, key_every=2 * FPS)
    assert decoded == [True] * 3 and look.at_s == pytest.approx([2.04, 4.04, 6.04])


def test_a_shared_picture_is_taken_before_a_key_frame_is_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        sampling, "key_frame_brightness", lambda _: pytest.fail("it costs what is at hand already")
    )
    look = Look(engines_with(grey, Surface.SHARED, Surface.DIRECT))
    look.frames(3 * FPS, key_every=1)
    assert len(look.samples) == 3


def test_a_warm_stream_is_not_decoded_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sampling, "key_frame_brightness", lambda _: pytest.fail("nobody looks at it"))
    look = Look(engines_with(lambda: None, None))
    look.frames(3 * FPS, key_every=1)
    assert look.samples == []


def test_a_key_frame_that_does_not_decode_gives_no_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sampling, "key_frame_brightness", lambda _: None)
    look = Look(engines_with(lambda: None, Surface.DIRECT))
    look.frames(3 * FPS, key_every=FPS)
    assert look.samples == []


def test_after_damage_a_stream_has_to_be_calm_before_it_is_measured() -> None:
    look = Look(engines_with(grey, Surface.SHARED), phase_s=0.0)
    look.is_damaged = True
    look.at(START_S)
    look.is_damaged = False
    look.frames(4 * FPS)
    assert look.at_s == pytest.approx([CALM_S + 0.04, CALM_S + 1.04], abs=1.5 / FPS)


def test_a_measure_is_dropped_where_the_next_packet_tells_of_damage() -> None:
    look = Look(engines_with(grey, Surface.SHARED), phase_s=0.0)
    look.at(START_S)
    look.is_damaged = True
    look.at(START_S + 0.04)
    look.is_damaged = False
    look.at(START_S + 0.08)
    assert look.samples == []


def test_a_key_frame_whose_decoding_finds_damage_gives_no_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    look = Look(engines_with(lambda: None, Surface.DIRECT), phase_s=0.0)

    def decode(_: Packet[Any]) -> Brightness:
        look.is_damaged = True
        return Brightness(grey(), is_full_range=False)

    monkeypatch.setattr(sampling, "key_frame_brightness", decode)
    look.at(START_S, is_key=True)
    look.is_damaged = False
    look.at(START_S + 0.04)
    assert look.samples == []


@pytest.mark.parametrize(("level", "is_full_range", "dark"), [(30, False, 1.0), (30, True, 0.0), (20, True, 1.0)])
def test_dark_is_a_part_of_the_range_that_the_picture_uses(level: int, is_full_range: bool, dark: float) -> None:
    engines = engines_with(lambda: grey(level=level), Surface.SHARED, is_full_range=is_full_range)
    look = Look(engines, phase_s=0.0)
    look.frames(3)
    assert look.samples[0].dark_fraction == dark


@pytest.mark.parametrize(
    ("form", "color_range", "is_full_range"),
    [
        ("yuv420p", ColorRange.UNSPECIFIED, False),
        ("yuv420p", ColorRange.MPEG, False),
        ("yuv420p", ColorRange.JPEG, True),
        ("yuvj420p", ColorRange.JPEG, True),
        ("nv12", ColorRange.MPEG, False),
        ("yuv420p10le", ColorRange.MPEG, True),
    ],
)
def test_the_range_is_read_from_the_picture(form: str, color_range: ColorRange, is_full_range: bool) -> None:
    """What has to be converted first has the full one afterwards."""
    frame = VideoFrame(64, 48, form)
    frame.color_range = color_range
    assert brightness_of(frame).is_full_range is is_full_range


def test_black_of_ten_bits_is_black() -> None:
    frame = VideoFrame(64, 48, "yuv420p10le")
    for plane, level in zip(frame.planes, (64, 512, 512), strict=True):
        plane.update(np.full(plane.buffer_size // 2, level, np.uint16).tobytes())
    frame.color_range = ColorRange.MPEG
    assert brightness_of(frame).luma.max() == 0


def test_pictures_of_mjpeg_have_the_full_range() -> None:
    encoder: Any = VideoCodecContext.create("mjpeg", "w")
    encoder.width, encoder.height, encoder.pix_fmt, encoder.time_base = 64, 48, "yuvj420p", Fraction(1, 10)
    drawn = VideoFrame(64, 48, "yuvj420p")
    drawn.pts = 0
    decoder: Any = VideoCodecContext.create("mjpeg", "r")
    (frame,) = (frame for coded in encoder.encode(drawn) for frame in decoder.decode(coded))
    assert brightness_of(frame).is_full_range


def test_the_picture_is_not_changed_by_measuring_it() -> None:
    picture = np.random.default_rng(5).integers(0, 255, (180, 320), np.uint8)
    before = picture.copy()
    Look(engines_with(lambda: picture, Surface.SHARED)).frames(2 * FPS)
    assert np.array_equal(picture, before)
