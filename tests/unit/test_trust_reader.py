"""The witness of the wall on screens that are drawn here: it finds every lie, and accuses nobody without proof."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pytest

from app.demo import barcode
from app.demo.scenes import phase_s
from tests.support.trust_reader import read_tile
from tests.support.trust_verdict import (
    AGE_LIMIT_S,
    CameraTime,
    Reading,
    Verdict,
    first_live_again_s,
    first_not_live_s,
    judge,
)
from tests.support.wall_eye import Pixels, theme_colour

CAMERA = CameraTime("JKT-00007", 1_000.0)
FPS, FRAMES = 15, 300
LOOK_S = 0.07
TILE_PX = (318, 178)
PICTURE_PX = (312, 174)
BAR_PX = 18


@dataclass(frozen=True, slots=True)
class Shown:
    """What a drawn tile shows at a moment; an age of None is a picture without a code."""

    age_s: float | None
    badge: str = "live"
    noise: int = 0


def frame_at(at_s: float) -> int:
    return int((at_s + CAMERA.offset_s + phase_s(CAMERA.code)) * FPS) % FRAMES


def drawn(frame: int | None, badge: str, noise: int = 0) -> Pixels:
    """A tile with a picture at its lower edge, and a bar with a badge over the top."""
    picture = np.full((PICTURE_PX[1], PICTURE_PX[0], 3), 120 + noise, np.uint8)
    picture[:, ::2] -= 20
    if frame is not None:
        barcode.write(picture, frame)
    width_px, height_px = TILE_PX
    tile = np.full((height_px, width_px, 3), theme_colour("tile"), np.uint8)
    left_px = (width_px - PICTURE_PX[0]) // 2
    tile[-PICTURE_PX[1] :, left_px : left_px + PICTURE_PX[0]] = picture
    tile[:BAR_PX] = theme_colour("bar")
    tile[5:12, -60:-50] = theme_colour(badge)
    return tile


def watched(script: Callable[[float], Shown], seconds: float, began_s: float = 50.0) -> list[Reading]:
    """The readings of a tile that follows a script of the time since the beginning."""
    readings = []
    for look in range(int(seconds / LOOK_S)):
        at_s = began_s + look * LOOK_S
        shown = script(at_s - began_s)
        frame = None if shown.age_s is None else frame_at(at_s - shown.age_s)
        readings.append(read_tile(drawn(frame, shown.badge, shown.noise), at_s))
    return readings


def seen(script: Callable[[float], Shown], seconds: float) -> Verdict:
    return judge(watched(script, seconds), CAMERA)


def frozen_from(frozen_s: float, marked_s: float) -> Callable[[float], Shown]:
    def script(now_s: float) -> Shown:
        age_s = 0.1 + max(0.0, now_s - frozen_s)
        return Shown(age_s, "amber" if now_s >= marked_s else "live")

    return script


def test_a_picture_that_moves_and_is_young_is_no_lie() -> None:
    verdict = seen(lambda _: Shown(0.1), 30.0)
    assert (verdict.claims, verdict.doubtful, verdict.blind_s) == ((), 0, 0)
    assert verdict.unmarked_s == pytest.approx(verdict.watched_s)


@pytest.mark.parametrize("badge", ["live", "dim"])
def test_a_frozen_picture_that_is_never_marked_is_found(badge: str) -> None:
    verdict = seen(lambda now_s: replace(frozen_from(3.0, math.inf)(now_s), badge=badge), 12.0)
    (claim,) = verdict.claims
    assert claim.seconds == pytest.approx(9.0 - AGE_LIMIT_S, abs=0.3)
    assert claim.oldest_s == pytest.approx(9.0, abs=0.3)


def test_a_picture_that_is_frozen_for_longer_than_the_clip_is_found_in_full() -> None:
    verdict = seen(frozen_from(1.0, math.inf), 50.0)
    assert verdict.false_live_s == pytest.approx(49.0 - AGE_LIMIT_S, abs=0.3)


def test_a_frozen_picture_that_is_marked_in_time_is_no_lie() -> None:
    verdict = seen(frozen_from(3.0, 3.0 + 2.05), 12.0)
    assert (verdict.claims, verdict.doubtful) == ((), 0)


def test_a_mark_that_comes_half_a_second_late_is_found() -> None:
    verdict = seen(frozen_from(3.0, 3.0 + AGE_LIMIT_S + 0.5), 12.0)
    assert verdict.false_live_s == pytest.approx(0.6, abs=0.15)


def test_a_picture_that_moves_but_is_late_is_found() -> None:
    verdict = seen(lambda now_s: Shown(min(0.1 + now_s, 3.5)), 10.0)
    assert verdict.false_live_s == pytest.approx(10.0 - (AGE_LIMIT_S - 0.1), abs=0.4)
    assert verdict.claims[0].oldest_s == pytest.approx(3.5, abs=0.1)


def test_a_late_picture_after_a_reconnect_is_found_before_its_mark_comes() -> None:
    def script(now_s: float) -> Shown:
        if now_s < 3.0:
            return Shown(2.0 + now_s, "amber")
        return Shown(2.6, "live" if now_s < 3.5 else "amber")

    assert seen(script, 8.0).false_live_s == pytest.approx(0.5, abs=0.15)


def test_an_old_picture_that_comes_onto_a_marked_tile_is_found_although_it_never_moves() -> None:
    def script(now_s: float) -> Shown:
        if now_s < 4.0:
            return Shown(0.1 + now_s, "amber")
        return Shown(6.0 + now_s - 4.0) if now_s < 4.8 else Shown(0.1)

    assert seen(script, 10.0).false_live_s == pytest.approx(0.8, abs=0.15)


def test_one_misread_number_accuses_nobody_and_is_counted() -> None:
    verdict = seen(lambda now_s: Shown(9.0 if 3.0 <= now_s < 3.1 else 0.1), 10.0)
    assert verdict.claims == ()
    assert 1 <= verdict.doubtful <= 2


def test_garbled_numbers_accuse_nobody() -> None:
    lots = np.random.default_rng(7)
    verdict = seen(lambda _: Shown(float(lots.uniform(0.0, 19.0)) if lots.random() < 0.7 else 0.1), 60.0)
    assert verdict.claims == ()
    assert verdict.doubtful > 0


def test_a_damaged_bit_that_lasts_until_the_next_key_frame_accuses_nobody() -> None:
    assert seen(lambda now_s: Shown(4.3 if now_s % 4.0 < 1.0 else 0.1), 30.0).claims == ()


def test_a_stall_on_a_misread_number_accuses_nobody_before_its_time() -> None:
    def script(now_s: float) -> Shown:
        if now_s < 3.0:
            return Shown(0.1)
        return Shown(9.0 + now_s - 3.0, "live" if now_s < 5.0 else "amber")

    assert seen(script, 10.0).claims == ()


def test_a_lie_between_garbled_numbers_is_found() -> None:
    lots = np.random.default_rng(3)
    verdict = seen(lambda _: Shown(float(lots.uniform(0.0, 19.0)) if lots.random() < 0.3 else 5.0), 20.0)
    assert verdict.false_live_s > 10.0


def test_a_picture_without_a_code_that_stands_still_is_found_and_one_that_moves_is_told() -> None:
    still = seen(lambda _: Shown(None), 10.0)
    assert still.false_live_s == pytest.approx(10.0 - AGE_LIMIT_S, abs=0.3)
    moving = seen(lambda now_s: Shown(None, noise=int(now_s * FPS) % 50), 10.0)
    assert moving.claims == ()
    assert moving.blind_s == pytest.approx(moving.watched_s)


def test_it_reads_a_picture_in_the_middle_of_its_tile_too() -> None:
    tile = np.zeros((400, 318, 3), np.uint8)
    picture = np.full((174, 312, 3), 120, np.uint8)
    barcode.write(picture, 77)
    tile[113 : 113 + 174, 3 : 3 + 312] = picture
    assert read_tile(tile, 0.0).frame == 77


def test_it_tells_when_a_tile_went_and_when_it_came_back() -> None:
    def script(now_s: float) -> Shown:
        return Shown(0.1, "amber" if 4.0 <= now_s < 6.0 or 6.5 <= now_s < 7.0 else "live")

    readings: Sequence[Reading] = watched(script, 10.0, began_s=50.0)
    assert first_not_live_s(readings, 53.0) == pytest.approx(54.0, abs=2 * LOOK_S)
    assert first_live_again_s(readings, CAMERA, 55.0) == pytest.approx(57.0, abs=2 * LOOK_S)
    assert first_not_live_s(readings, 57.5) is None
    assert math.isnan(first_not_live_s(readings, 55.0) or 0.0)
