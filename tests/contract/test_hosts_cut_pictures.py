"""A real host shows the part of a picture that is asked for, in the slot that it has, and the stream plays on."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from numpy.typing import NDArray

from app.core.ports import Output, Picture, StreamOpened
from app.core.zoom import WHOLE, Crop, Zoom
from app.video.slots import ReadSlot
from tests.support.simulated_cameras import H264_CODE, H265_CODE, Cameras, simulated_cameras
from tests.support.video_kit import TILE_PX, Stream, Wall, rgb, running_wall
from tests.waiting import until

QUARTER = Crop(0.5, 0.25, 0.25, 0.25)
Image = NDArray[np.float64]


@pytest.fixture(scope="module")
def cameras() -> Iterator[Cameras]:
    with simulated_cameras() as running:
        yield running


@pytest.fixture
def wall() -> Iterator[Wall]:
    with running_wall() as running:
        yield running


def show(wall: Wall, stream: Stream, crop: Crop) -> Picture:
    """Ask for a part, and wait until it is there."""
    wall.supervisor.set_outputs(stream.key, [Output(stream.slot, *TILE_PX, crop=crop)])
    picture = until(lambda: shown(stream.slot, crop), what=f"a picture of {crop}")
    assert picture is not None
    return picture


def shown(slot: ReadSlot, crop: Crop) -> Picture | None:
    picture = slot.picture()
    return picture if picture is not None and picture.asked == crop else None


def quartered(image: NDArray[np.uint8]) -> Image:
    """Brightness at a quarter of the size."""
    height, width = (side // 4 for side in image.shape[:2])
    means: Image = image[: height * 4, : width * 4, 1].reshape(height, 4, width, 4).mean(axis=(1, 3))
    return means


def distance(part: Image, whole: Image, x: float, y: float) -> float:
    """How much a part differs from the whole picture's part at a place."""
    left, top = round(x * whole.shape[1]), round(y * whole.shape[0])
    cut = whole[top : top + part.shape[0], left : left + part.shape[1]]
    return float(np.abs(cut - part[: cut.shape[0], : cut.shape[1]]).mean())


@pytest.mark.parametrize("code", [H264_CODE, H265_CODE])
def test_a_part_is_the_same_part_of_the_whole(wall: Wall, cameras: Cameras, code: str) -> None:
    stream = wall.open(cameras.endpoint(code), cameras.username, cameras.secret)
    wall.wait_pictures(stream)
    whole = rgb(show(wall, stream, WHOLE))[..., 1].astype(np.float64)
    picture = show(wall, stream, QUARTER)
    part = quartered(rgb(picture))
    steps = np.arange(0.0, 0.76, 0.05)
    best = min(((x, y) for x in steps for y in steps), key=lambda at: distance(part, whole, *at))
    assert best == pytest.approx((picture.crop.x, picture.crop.y), abs=0.06)


def test_looking_around_reopens_nothing_and_stays_alive(wall: Wall, cameras: Cameras) -> None:
    stream = wall.open(cameras.endpoint(), cameras.username, cameras.secret)
    wall.wait_pictures(stream)
    before = stream.pictures
    for notches in (2, 6, 11, 3, 0):
        crop = Zoom().stepped(notches, 0.8, 0.2).crop
        picture = show(wall, stream, crop)
        assert picture.crop.width == pytest.approx(crop.width, abs=0.02)
    wall.wait_pictures(stream, more=2)
    assert stream.pictures > before and len(wall.messages_of(StreamOpened, stream.key)) == 1
    assert stream.slot.lights(stream.generation).damaged == 0, "FFmpeg complains of nothing"
