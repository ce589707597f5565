"""What follows from a camera's code."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.model import Codec, Profile
from app.demo.scenes import (
    CLIP_FORMATS,
    SCENES,
    Condition,
    Fault,
    Place,
    Scene,
    code_number,
    fault_for,
    phase_s,
    scene_for,
)

_NUMBERS = st.integers(1, 10_000)


def _code(number: int) -> str:
    return f"JKT-{number:05d}"


def test_every_place_is_shown_in_every_condition() -> None:
    assert {(scene.place, scene.condition) for scene in SCENES} == {(p, c) for p in Place for c in Condition}
    assert len(SCENES) == 16


@given(_NUMBERS)
def test_any_sixteen_consecutive_codes_show_sixteen_scenes(first: int) -> None:
    assert len({scene_for(_code(first + step)) for step in range(16)}) == 16


def test_the_first_wall_repeats_nothing_in_a_row_or_column() -> None:
    wall = [[scene_for(_code(1 + row * 4 + column)) for column in range(4)] for row in range(4)]
    columns = [list(column) for column in zip(*wall, strict=True)]
    for line in wall + columns:
        assert len({scene.place for scene in line}) == 4
        assert len({scene.condition for scene in line}) == 4


def test_a_quarter_of_the_sub_clips_and_half_of_the_main_clips_are_h265() -> None:
    assert sum(scene.sub_codec is Codec.H265 for scene in SCENES) == 4
    assert sum(scene.main_codec is Codec.H265 for scene in SCENES) == 8


def test_clip_files_are_named_by_scene_profile_and_codec() -> None:
    scene = Scene(Place.GATE, Condition.RAIN, Codec.H264, Codec.H265)
    assert scene.clip_file(Profile.SUB) == "gate-rain.sub.h264"
    assert scene.clip_file(Profile.MAIN) == "gate-rain.main.h265"


@given(_NUMBERS)
def test_a_phase_is_within_the_loop_and_always_the_same(number: int) -> None:
    assert 0 <= phase_s(_code(number)) < CLIP_FORMATS[Profile.SUB].loop_s
    assert phase_s(_code(number)) == phase_s(_code(number))


def test_cameras_that_share_a_scene_are_spread_over_the_loop() -> None:
    phases = sorted(phase_s(_code(1 + 16 * step)) for step in range(20))
    gaps = [later - earlier for earlier, later in itertools.pairwise(phases)]
    assert max(gaps) < 3.0


@given(st.text(min_size=1, max_size=20))
def test_any_code_has_a_scene_and_a_phase(code: str) -> None:
    assert scene_for(code) in SCENES
    assert phase_s(code) >= 0


@pytest.mark.parametrize(("code", "number"), [("JKT-04211", 4211), ("A1-B22", 22), ("7", 7)])
def test_the_last_digits_of_a_code_are_its_number(code: str, number: int) -> None:
    assert code_number(code) == number


def test_the_last_thirteen_codes_have_one_fault_each_and_no_other_has_any() -> None:
    assert [fault_for(_code(9_988 + step)) for step in range(13)] == list(Fault)
    assert not any(fault_for(_code(number)) for number in [*range(1, 9_988), 10_001])
