"""The demo's sixteen scenes before the checks: ten quiet minutes each, and everything that can befall a camera.

Their people, cars and rain move as in the clips; grain of one grey level stands for a sensor's noise.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from itertools import cycle, islice

import pytest

from app.core.hints import Hint
from app.core.picture import PictureSample
from app.core.picture_baseline import edge_map, likeness
from app.core.picture_watch import PictureWatch, judge
from tests.support.scene_pictures import (
    SCENES,
    Grain,
    Luma,
    blackened,
    blurred,
    carded,
    encoded_anew,
    pictures,
    samples_of,
)

LEARNING_S = 600
HOUR = 10
SOME_SCENES = SCENES[::3]
"""Each place, and each light and weather."""
_STEP = 16
"""Frames from one picture to the next: 1.07 s, so that a loop of 20 s is met at another place each time round."""
_COUNT = 75
"""Different pictures of a scene: four times round its loop."""


@functools.cache
def seen(scene: str) -> tuple[tuple[PictureSample, ...], tuple[Luma, ...]]:
    """A scene as its camera sees it, and a few of its pictures for mishaps: a clip is decoded once."""
    grain, lumas = Grain(1.0), pictures(scene, _COUNT, _STEP)
    return tuple(samples_of(grain.over(luma) for luma in lumas)), tuple(lumas[:10])


def quiet(scene: str) -> tuple[PictureSample, ...]:
    """A scene to which nothing happens."""
    return seen(scene)[0]


@functools.cache
def learnt(scene: str) -> PictureWatch:
    """A watch after ten minutes of a scene, in which there must have been nothing to find."""
    watch = PictureWatch()
    for second, sample in enumerate(islice(cycle(quiet(scene)), LEARNING_S)):
        watch = judge(watch, sample, float(second), HOUR)
        assert watch.findings == (), f"second {second}"
    return watch


def found(scene: str, samples: Iterable[PictureSample], seconds: int = 75) -> dict[Hint, int]:
    """Each hint that comes up when a scene's camera goes on with these samples, and after how many seconds."""
    watch, hints = learnt(scene), dict[Hint, int]()
    for second, sample in enumerate(islice(cycle(samples), seconds)):
        watch = judge(watch, sample, float(LEARNING_S + second), HOUR)
        for finding in watch.findings:
            hints.setdefault(finding.hint, second)
    return hints


def befallen(scene: str, mishap: Callable[[Luma], Luma], sigma: float = 1.0) -> list[PictureSample]:
    """A scene to which something happened; the sensor's noise comes after it."""
    grain = Grain(sigma)
    return samples_of(grain.over(mishap(luma)) for luma in seen(scene)[1])


@pytest.mark.parametrize("scene", SCENES)
def test_ten_minutes_of_people_traffic_and_rain_give_no_hint(scene: str) -> None:
    assert learnt(scene).findings == ()


@pytest.mark.parametrize("scene", SOME_SCENES)
def test_a_blackened_picture_is_black_after_5_s(scene: str) -> None:
    assert found(scene, befallen(scene, blackened)) == {Hint.BLACK: 5}


@pytest.mark.parametrize("scene", SOME_SCENES)
def test_a_picture_out_of_focus_is_blurred_after_60_s(scene: str) -> None:
    assert found(scene, befallen(scene, blurred)) == {Hint.BLURRED: 60}


@pytest.mark.parametrize("scene", SOME_SCENES)
def test_a_noisy_picture_is_noisy_after_10_s(scene: str) -> None:
    assert found(scene, befallen(scene, lambda luma: luma, sigma=12.0)) == {Hint.NOISY: 10}


@pytest.mark.parametrize("side", ["left", "right", "top", "bottom", "middle"])
@pytest.mark.parametrize("scene", SCENES[::5])
def test_a_card_before_most_of_the_picture_is_a_cover_after_20_s(scene: str, side: str) -> None:
    assert found(scene, befallen(scene, lambda luma: carded(luma, side))) == {Hint.MOVED: 20}


@pytest.mark.parametrize("scene", SCENES)
def test_any_other_scene_is_a_moved_camera_after_20_s(scene: str) -> None:
    for other in SCENES:
        if other != scene:
            assert found(scene, quiet(other), 30) == {Hint.MOVED: 20}, other


@pytest.mark.parametrize("scene", SOME_SCENES)
def test_a_frozen_picture_is_unchanged_after_45_s(scene: str) -> None:
    picture = seen(scene)[1][0]
    assert found(scene, samples_of([picture] * 2)[1:]) == {Hint.UNCHANGED: 45}


@pytest.mark.parametrize("scene", ["street-day", "office-night"])
def test_a_frozen_picture_that_is_encoded_anew_is_unchanged_too(scene: str) -> None:
    picture = seen(scene)[1][0]
    assert found(scene, samples_of(encoded_anew(picture, 9))[3:]) == {Hint.UNCHANGED: 45}


def test_a_scene_and_another_are_far_apart_on_either_side_of_the_limit() -> None:
    """The least likeness of a scene to itself, and the greatest to another one: 0.4 lies well between them."""
    same: list[float] = []
    other: list[float] = []
    for scene in SCENES:
        usual = learnt(scene).baselines[HOUR]
        assert usual is not None
        for looked_at in SCENES:
            alike = [likeness(edge_map(sample), usual) for sample in quiet(looked_at)[::5]]
            (same if looked_at == scene else other).extend(alike)
    assert min(same) > 0.6 and max(other) < 0.3
