"""Cutting parts out of pictures: the right pixels, whatever the format and size, and nothing counted twice.

The clip is a lossless one whose brightness rises to the right and downwards, so that a pixel tells its own place.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from fractions import Fraction

import av
import numpy as np
import pytest
from av.container import InputContainer
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from app.core.zoom import WHOLE, Crop, Zoom
from app.video.engines.av import AvEngine
from app.video.protocol import OutputSpec
from app.video.slots import ReadSlot, SlotMaker

GENERATION = 5
SIZE_PX = (320, 180)
FRAMES = 4
BLACK, WHITE = 16, 235
TOLERANCE = 6
"""Of brightness, 0–255: scaling, chroma and the conversion to RGB."""
QUARTER = Crop(0.5, 0.25, 0.25, 0.25)


@dataclass(frozen=True, slots=True)
class Form:
    """How a clip is coded."""

    encoder: str
    pixels: str
    width_px: int
    height_px: int


SUB = Form("ffv1", "yuv420p", 640, 360)
FORMS = [
    SUB,
    Form("ffv1", "yuv420p", 641, 361),
    Form("ffv1", "yuv422p", 640, 360),
    Form("ffv1", "yuv444p", 639, 359),
    Form("rawvideo", "nv12", 640, 360),
    Form("ffv1", "yuv420p10le", 640, 360),
]


class Play:
    """An engine that plays a clip into slots."""

    def __init__(self, form: Form, stack: ExitStack) -> None:
        self._stack = stack
        container = stack.enter_context(opened(form))
        self.engine = AvEngine(container.streams.video[0], GENERATION)
        stack.callback(self.engine.close)
        self.packets: Iterator[Packet[VideoStream]] = container.demux(video=0)

    def slot(self) -> ReadSlot:
        return self._stack.enter_context(closing(SlotMaker().new(*SIZE_PX)))

    def feed(self) -> None:
        self.engine.feed(next(self.packets))


def opened(form: Form) -> InputContainer:
    """The clip as a stream."""
    file = io.BytesIO()
    with av.open(file, "w", format="nut") as output:
        stream = output.add_stream(form.encoder, rate=Fraction(10))
        assert isinstance(stream, VideoStream)
        stream.width, stream.height, stream.pix_fmt = form.width_px, form.height_px, form.pixels
        for number in range(FRAMES):
            frame = ramp(form)
            frame.pts = number
            output.mux(stream.encode(frame))
        output.mux(stream.encode(None))
    file.seek(0)
    return av.open(file, "r")


def ramp(form: Form) -> VideoFrame:
    """Brightness from black on the left to white on the right."""
    row = np.linspace(0, 255, form.width_px, dtype=np.float32)
    grey = np.repeat(row[None, :], form.height_px, axis=0).astype(np.uint8)
    return VideoFrame.from_ndarray(np.dstack([grey] * 3), format="rgb24").reformat(format=form.pixels)


def spec_of(slot: ReadSlot, crop: Crop = WHOLE) -> OutputSpec:
    return OutputSpec(slot.handle, *SIZE_PX, crop=crop)


def edges(slot: ReadSlot) -> tuple[float, float]:
    """The brightness at the left and right of what was published, parts of white."""
    picture = slot.picture()
    assert picture is not None
    rows = np.frombuffer(picture.pixels, np.uint8).reshape(picture.height_px, picture.stride_bytes)
    green = rows[:, : picture.width_px * 4].reshape(picture.height_px, picture.width_px, 4)[..., 1]
    middle = green[picture.height_px // 2]
    return float(middle[1]) / 255, float(middle[-2]) / 255


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


@pytest.mark.parametrize("form", FORMS, ids=str)
@pytest.mark.parametrize("crop", [WHOLE, QUARTER, Zoom(3.7, 0.9, 0.8).crop, Zoom(16.0, 0.97, 0.03).crop])
def test_what_is_published_is_the_part_that_is_said(form: Form, crop: Crop, stack: ExitStack) -> None:
    play = Play(form, stack)
    slot = play.slot()
    play.engine.set_outputs((spec_of(slot, crop),))
    play.feed()
    picture = slot.picture()
    assert picture is not None and picture.asked == crop
    left, right = edges(slot)
    assert left == pytest.approx(picture.crop.x, abs=TOLERANCE / 255 + 2 / form.width_px)
    assert right == pytest.approx(picture.crop.x + picture.crop.width, abs=TOLERANCE / 255 + 2 / form.width_px)
    for said, asked in ((picture.crop.x, crop.x), (picture.crop.width, crop.width)):
        assert said == pytest.approx(asked, abs=2.1 / form.width_px)


def test_a_crop_has_the_size_of_the_whole_picture(stack: ExitStack) -> None:
    play = Play(SUB, stack)
    whole, part = play.slot(), play.slot()
    play.engine.set_outputs((spec_of(whole), spec_of(part, QUARTER)))
    play.feed()
    first, second = whole.picture(), part.picture()
    assert first is not None and second is not None
    assert first[2:5] == second[2:5] and (first.crop, second.crop) == (WHOLE, QUARTER)


def test_another_crop_is_shown_at_once_and_counts_no_picture(stack: ExitStack) -> None:
    play = Play(SUB, stack)
    slot = play.slot()
    play.engine.set_outputs((spec_of(slot),))
    play.feed()
    before, lights = slot.sequence(), slot.lights(GENERATION)
    play.engine.set_outputs((spec_of(slot, QUARTER),))
    picture = slot.picture()
    assert slot.sequence() != before and picture is not None and picture.crop == QUARTER
    assert slot.lights(GENERATION) == lights, "the same picture again is no sign of life"
    play.feed()
    assert slot.lights(GENERATION).pictures == lights.pictures + 1


def test_the_same_crop_again_publishes_nothing(stack: ExitStack) -> None:
    play = Play(SUB, stack)
    slot = play.slot()
    play.engine.set_outputs((spec_of(slot, QUARTER),))
    play.feed()
    before = slot.sequence()
    play.engine.set_outputs((spec_of(slot, QUARTER),))
    assert slot.sequence() == before


def test_a_crop_moves_with_every_turn_and_comes_back_to_the_whole(stack: ExitStack) -> None:
    play = Play(SUB, stack)
    slot = play.slot()
    play.engine.set_outputs((spec_of(slot),))
    play.feed()
    for notches in (1, 2, 5, 9, 0):
        crop = Zoom().stepped(notches, 1.0, 0.5).crop
        play.engine.set_outputs((spec_of(slot, crop),))
        picture = slot.picture()
        assert picture is not None and picture.asked == crop
        assert edges(slot)[1] == pytest.approx(1.0, abs=0.05)


def test_an_output_that_only_looks_elsewhere_keeps_its_slot(stack: ExitStack) -> None:
    play = Play(SUB, stack)
    slot = play.slot()
    spec = spec_of(slot)
    play.engine.set_outputs((spec,))
    play.feed()
    slot.close()  # nobody could attach it again
    play.engine.set_outputs((replace(spec, crop=QUARTER),))
    play.feed()
    picture = slot.picture()
    assert picture is not None and picture.crop == QUARTER
