"""What a watch makes of samples over hours: learning, gaps, jumps of the clock, and what stays odd for good."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.hints import Finding, Hint
from app.core.picture import EDGE_COLUMNS, EDGE_ROWS, PictureSample
from app.core.picture_baseline import RIPE_SAMPLES, Baseline, edge_map, learn
from app.core.picture_watch import (
    FAULT_IS_USUAL_AFTER_SAMPLES,
    GAP_S,
    TURNED_IS_USUAL_AFTER_SAMPLES,
    PictureWatch,
    judge,
)


def scene(number: int) -> bytes:
    edges = np.random.default_rng(number).integers(-60, 61, EDGE_ROWS * EDGE_COLUMNS)
    return edges.astype(np.int8).tobytes()


GOOD = PictureSample(640, 360, 0.1, 500.0, 1.5, 0.02, scene(1))
NIGHT = PictureSample(640, 360, 0.6, 300.0, 2.0, 0.01, scene(2))
BLACK = replace(GOOD, dark_fraction=1.0, sharpness=0.0, noise_sigma=0.0, change=0.0, edges=bytes(len(GOOD.edges)))
BLURRED = replace(GOOD, sharpness=100.0)
NOISY = replace(GOOD, noise_sigma=9.0)
TURNED = replace(GOOD, edges=scene(3))
COVERED = replace(GOOD, edges=bytes(len(GOOD.edges)), sharpness=5.0, noise_sigma=6.0)
FROZEN = replace(GOOD, change=0.0)


class Run:
    """A stream's watch, fed at 1 Hz."""

    def __init__(self, hour: int = 10) -> None:
        self.watch = PictureWatch()
        self.now_s = 1000.0
        self.hour = hour

    def see(self, sample: PictureSample, times: int = 1, every_s: float = 1.0) -> list[Hint]:
        """The hints after so many samples."""
        for _ in range(times):
            self.watch = judge(self.watch, sample, self.now_s, self.hour)
            self.now_s += every_s
        return self.hints

    @property
    def hints(self) -> list[Hint]:
        return [finding.hint for finding in self.watch.findings]

    def baseline(self, hour: int | None = None) -> Baseline:
        baseline = self.watch.baselines[self.hour if hour is None else hour]
        assert baseline is not None
        return baseline


def learnt(hour: int = 10) -> Run:
    """A watch that knows GOOD, and is about to see its next sample."""
    run = Run(hour)
    assert run.see(GOOD, RIPE_SAMPLES) == []
    return run


@pytest.mark.parametrize(
    ("sample", "finding", "after_s"),
    [
        (BLACK, Finding(Hint.BLACK, 1.0, 0.98, 1120.0), 5),
        (COVERED, Finding(Hint.MOVED, 0.0, 0.4, 1120.0), 20),
        (BLURRED, Finding(Hint.BLURRED, 0.2, 0.4, 1120.0), 60),
        (NOISY, Finding(Hint.NOISY, 6.0, 3.0, 1120.0), 10),
        (FROZEN, Finding(Hint.UNCHANGED, 0.0, 0.001, 1120.0), 45),
    ],
    ids=lambda value: value.hint.value if isinstance(value, Finding) else None,
)
def test_each_fault_gives_its_hint_alone_with_what_was_measured(
    sample: PictureSample, finding: Finding, after_s: int
) -> None:
    run = learnt()
    assert run.see(sample, after_s) == []
    assert run.see(sample) == [finding.hint]
    (found,) = run.watch.findings
    assert found.measured == pytest.approx(finding.measured)
    assert replace(found, measured=finding.measured) == finding
    assert run.see(sample, 100)[0] is finding.hint
    assert run.see(GOOD, 5) == []


def test_before_it_has_learnt_enough_only_what_needs_no_comparison_is_found() -> None:
    run = Run()
    run.see(GOOD, RIPE_SAMPLES - 1)
    for sample in (TURNED, BLURRED, NOISY):
        assert judge(run.watch, sample, run.now_s, 10).streaks == PictureWatch().streaks
    assert Run().see(BLACK, 6) == [Hint.BLACK]


@pytest.mark.parametrize("sample", [BLACK, COVERED, BLURRED, NOISY, TURNED])
def test_what_is_suspected_is_not_learnt(sample: PictureSample) -> None:
    run = learnt()
    before = run.watch.baselines
    run.see(sample, 600)
    assert run.watch.baselines == before


def test_an_unchanging_picture_is_learnt_for_quiet_nights_are_usual() -> None:
    run = learnt()
    assert run.see(FROZEN, 60) == [Hint.UNCHANGED]
    assert run.baseline().samples == RIPE_SAMPLES + 60


# --- samples that stay away, and clocks that jump ---


@pytest.mark.parametrize("gap_s", [GAP_S, 3600.0, -2.0, -400 * 86_400.0])
@pytest.mark.parametrize("sample", [BLACK, COVERED, BLURRED, NOISY, FROZEN])
def test_a_gap_voids_what_was_suspected_and_found(sample: PictureSample, gap_s: float) -> None:
    run = learnt()
    run.see(sample, 5)
    run.now_s += gap_s
    assert run.see(sample, 5) == []
    run.see(sample, 70)
    assert run.hints != []
    run.now_s += gap_s
    assert run.see(sample) == []
    assert run.baseline().is_ripe, "what was learnt is kept"


@pytest.mark.parametrize(("every_s", "samples"), [(2.0, 4), (10.0, 4), (0.1, 51)])
def test_rare_samples_take_as_many_as_if_they_were_two_seconds_apart(every_s: float, samples: int) -> None:
    run = Run()
    assert run.see(BLACK, samples - 1, every_s) == []
    assert run.see(BLACK, 2, every_s) == [Hint.BLACK]


@given(st.lists(st.tuples(st.booleans(), st.floats(-1e6, 1e6)), max_size=30))
def test_no_timing_whatever_finds_anything_in_less_than_four_bad_samples(steps: list[tuple[bool, float]]) -> None:
    run, in_a_row = Run(), 0
    for is_bad, pause_s in steps:
        in_a_row = in_a_row + 1 if is_bad else 0
        found = run.see(BLACK if is_bad else GOOD, 1, pause_s)
        assert Hint.BLACK not in found or in_a_row >= 4 or not is_bad


@pytest.mark.parametrize("jump", [2, 7, -5, 12])
def test_a_jump_of_the_wall_clock_forgets_which_hours_were_which(jump: int) -> None:
    run = learnt(hour=10)
    run.hour = (10 + jump) % 24
    assert run.see(TURNED, 60) == []
    assert run.watch.baselines[10] is None


@pytest.mark.parametrize("hour", [9, 10, 11])
def test_an_hour_more_or_less_is_no_jump(hour: int) -> None:
    run = learnt(hour=10)
    run.hour = hour
    assert run.see(TURNED, 21) == [Hint.MOVED]


def test_a_stream_that_comes_back_hours_later_finds_what_it_knew_of_that_hour() -> None:
    run = learnt(hour=10)
    run.now_s += 8 * 3600
    run.hour = 18
    assert run.see(NIGHT, RIPE_SAMPLES) == [], "of this hour nothing is known, and day is no measure for night"
    run.now_s += 16 * 3600
    run.hour = 10
    assert run.see(GOOD, 30) == []
    assert run.see(NIGHT, 21) == [Hint.MOVED]


def test_another_size_is_learnt_anew() -> None:
    run = learnt()
    smaller = replace(GOOD, width_px=320, height_px=180, sharpness=90.0, edges=scene(4))
    assert run.see(smaller, 100) == []
    assert run.baseline().samples == 100


# --- from hour to hour ---


def test_each_hour_has_its_own_baseline_and_midnight_is_between_two_of_them() -> None:
    run = learnt(hour=23)
    run.hour = 0
    assert run.see(TURNED, 21) == [Hint.MOVED], "judged by the hour before while its own is unripe"
    assert run.see(GOOD, 4) == []
    assert run.baseline(23).samples == RIPE_SAMPLES and run.baseline(0).samples < 10


def test_dusk_may_come_an_hour_sooner_or_later() -> None:
    run = learnt(hour=17)
    run.hour = 18
    run.watch = with_baseline(run.watch, 19, NIGHT)
    assert run.see(GOOD, 30) == [] and run.see(NIGHT, 30) == [] and run.see(GOOD, 30) == []
    assert run.see(TURNED, 21) == [Hint.MOVED]


def with_baseline(watch: PictureWatch, hour: int, sample: PictureSample) -> PictureWatch:
    """A watch that has seen a full hour of this."""
    baseline = None
    for _ in range(RIPE_SAMPLES):
        baseline = learn(baseline, sample, edge_map(sample))
    return replace(watch, baselines=(*watch.baselines[:hour], baseline, *watch.baselines[hour + 1 :]))


def test_a_cover_that_stays_on_into_hours_never_seen_stays_found() -> None:
    run = learnt(hour=10)
    run.see(COVERED, 30)
    for run.hour in (11, 12, 13):
        assert run.see(COVERED, 200) == [Hint.MOVED]
    assert run.watch.baselines[13] is None


# --- what stays odd for good ---


def test_a_camera_that_was_turned_for_good_is_accepted_after_an_hour() -> None:
    run = learnt(hour=10)
    assert run.see(TURNED, 20 + TURNED_IS_USUAL_AFTER_SAMPLES - 1) == [Hint.MOVED]
    assert run.see(TURNED) == []
    assert run.see(TURNED, RIPE_SAMPLES) == []
    assert run.see(GOOD, 21) == [Hint.MOVED], "the new view is the usual one"


def test_the_hours_after_it_learn_the_new_view_from_it() -> None:
    run = learnt(hour=10)
    run.watch = with_baseline(run.watch, 11, GOOD)
    run.see(TURNED, 20 + TURNED_IS_USUAL_AFTER_SAMPLES)
    run.hour = 11
    assert run.see(TURNED, 600) == []


def test_a_lost_stream_does_not_start_the_hour_of_acceptance_anew() -> None:
    run = learnt()
    run.see(TURNED, 20 + TURNED_IS_USUAL_AFTER_SAMPLES // 2)
    run.now_s += 60
    assert run.see(TURNED, 20 + TURNED_IS_USUAL_AFTER_SAMPLES // 2 - 1) == [Hint.MOVED]
    assert run.see(TURNED) == []


@pytest.mark.parametrize(
    ("sample", "hint", "samples"),
    [
        (TURNED, Hint.MOVED, TURNED_IS_USUAL_AFTER_SAMPLES),
        (COVERED, Hint.MOVED, FAULT_IS_USUAL_AFTER_SAMPLES),
        (BLURRED, Hint.BLURRED, FAULT_IS_USUAL_AFTER_SAMPLES),
        (NOISY, Hint.NOISY, FAULT_IS_USUAL_AFTER_SAMPLES),
    ],
)
def test_a_fault_that_nobody_mends_is_accepted_in_the_end(sample: PictureSample, hint: Hint, samples: int) -> None:
    run = learnt()
    assert run.see(sample, 70) == [hint]
    run.watch = replace(run.watch, odd_samples=samples - 2)
    assert run.see(sample) == [hint]
    assert run.see(sample) == []
    assert run.see(sample, 100) == []


def test_one_faults_patience_is_not_anothers() -> None:
    run = learnt()
    run.see(NOISY, TURNED_IS_USUAL_AFTER_SAMPLES)
    assert run.see(TURNED, 600) == [Hint.MOVED]


def test_black_is_never_accepted() -> None:
    run = learnt()
    run.see(COVERED, 30)
    run.watch = replace(run.watch, odd_samples=FAULT_IS_USUAL_AFTER_SAMPLES)
    run.see(BLACK, 6)
    for _ in range(10):
        assert run.see(BLACK) == [Hint.BLACK]


# --- where there is too little to compare with ---


def test_a_scene_without_firm_edges_is_never_called_moved() -> None:
    run = Run()
    for number in range(RIPE_SAMPLES + 60):
        run.see(replace(GOOD, edges=scene(100 + number)))
        assert run.hints == []


def test_a_scene_without_detail_is_never_called_blurred() -> None:
    run = Run()
    run.see(replace(GOOD, sharpness=15.0), RIPE_SAMPLES)
    assert run.see(replace(GOOD, sharpness=1.0), 100) == []


def test_a_denoised_scene_may_get_the_noise_that_nobody_sees() -> None:
    run = Run()
    run.see(replace(GOOD, noise_sigma=0.2), RIPE_SAMPLES)
    assert run.see(replace(GOOD, noise_sigma=2.4), 20) == []
    assert run.see(replace(GOOD, noise_sigma=3.1), 11) == [Hint.NOISY]
