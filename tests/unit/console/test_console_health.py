"""What seems wrong with a camera that lives: found, told with what was measured, and gone when it is over."""

from __future__ import annotations

import pytest

from app.console.console import HASTY_CHECK_PERIOD_S
from app.core.failure import Failure, Reason
from app.core.hints import Finding, Hint
from app.core.picture import EDGE_COLUMNS, EDGE_ROWS, PictureSample
from app.core.picture_watch import GAP_S
from app.core.ports import PictureSampled
from app.core.tile_status import Sign
from tests.support.trust_verdict import AGE_LIMIT_S
from tests.unit.console.console_bench import STEP_S, Bench, playing, sub, tile
from tests.unit.console.patched_pictures import play_patched

NO_EDGES = bytes(EDGE_ROWS * EDGE_COLUMNS)
BLACK = PictureSample(640, 360, 1.0, 0.0, 0.0, 0.0, NO_EDGES)


def measured(bench: Bench, number: int = 1, **measures: float | None) -> tuple[Finding, ...]:
    """What a tile finds when its pictures come with these measures."""
    bench.slot(number).measures.update(measures)
    bench.play(STEP_S)
    return bench.status(number).findings


def hints(bench: Bench, number: int = 1) -> list[Hint]:
    return [finding.hint for finding in bench.status(number).findings]


def black_for(bench: Bench, seconds: int, sample: PictureSample = BLACK) -> None:
    """Let a host say once a second that the picture looks like that."""
    for _ in range(seconds):
        generation = bench.generations()[sub("A")]
        bench.pump(PictureSampled(sub("A"), generation, sample))
        bench.play(1.0)


# ---- the camera's clock


@pytest.mark.parametrize(
    ("camera_age_s", "offset_s"),
    [
        (None, None),
        (0.07, None),
        (1.7, None),
        (1.8, -1.8),
        (-2.0, None),
        (2.5, -2.5),
        (-2.5, 2.5),
        (-86_400.0, 86_400.0),
    ],
)
def test_a_clock_that_is_ahead_of_this_pcs_is_positive(camera_age_s: float | None, offset_s: float | None) -> None:
    findings = measured(playing(t1="A"), camera_age_s=camera_age_s)
    assert [(each.hint, each.measured) for each in findings] == (
        [] if offset_s is None else [(Hint.CLOCK_OFFSET, offset_s)]
    )


@pytest.mark.parametrize(("camera_age_s", "is_doubted"), [(None, False), (1.7, False), (1.8, True), (-3.0, True)])
def test_what_the_clock_says_can_be_asked_for_alone(camera_age_s: float | None, is_doubted: bool) -> None:
    bench = playing(t1="A")
    measured(bench, camera_age_s=camera_age_s)
    assert bench.console.doubts_clock(tile(1), bench.now_s) is is_doubted
    assert not bench.console.doubts_clock(tile(2), bench.now_s), "nothing is on it"


def test_an_old_picture_is_told_by_the_clock_before_it_is_as_old_as_may_not_go_unmarked() -> None:
    """It grows old on a link that never was better, so that nothing but the camera's clock knows."""
    bench = playing(t1="A")
    told_at_s = next(age / 100 for age in range(100, 300, 10) if measured(bench, camera_age_s=age / 100))
    assert told_at_s < AGE_LIMIT_S - 0.3


@pytest.mark.parametrize(
    ("rate", "is_off"), [(None, False), (1.0, False), (1.04, False), (0.96, False), (1.06, True), (0.94, True)]
)
def test_a_clock_that_runs_more_than_a_twentieth_off_is_told(rate: float | None, is_off: bool) -> None:
    findings = measured(playing(t1="A"), clock_rate=rate)
    assert [(each.hint, each.measured) for each in findings] == ([(Hint.CLOCK_RATE, rate)] if is_off else [])


def test_a_link_that_jams_is_not_blamed_on_the_cameras_clock() -> None:
    bench = playing(t1="A")
    assert measured(bench, late_s=3.0, camera_age_s=3.07) == ()
    assert bench.status(1).sign is Sign.LATE


def test_a_picture_as_late_as_its_tile_says_is_not_told_early() -> None:
    """A player that stays 1.8 s behind shows pictures of an age that needs no mark, and the tile names it."""
    bench = playing(t1="A")
    assert measured(bench, late_s=1.8, camera_age_s=1.87) == ()
    assert bench.status(1).sign is Sign.LIVE
    assert [each.hint for each in measured(bench, late_s=1.2, camera_age_s=1.87)] == [Hint.CLOCK_OFFSET]


# ---- damaged pictures


def test_damaged_pictures_are_told_with_their_part() -> None:
    bench = playing(t1="A")
    (finding,) = measured(bench, damaged=3)
    assert finding.hint is Hint.DAMAGED
    assert 0.0 < finding.measured < 0.5
    assert bench.status(1).sign is Sign.LIVE, "a hint makes no picture less live"


def test_damage_is_told_for_two_seconds_after_the_last() -> None:
    bench = playing(t1="A")
    bench.play(3.0)
    measured(bench, damaged=1)
    bench.play(1.0)
    assert hints(bench) == [Hint.DAMAGED]
    bench.play(2.0)
    assert hints(bench) == []


def test_damage_is_told_as_long_while_another_tile_awaits_its_first_picture() -> None:
    """Counters are read more often then, on all tiles."""
    bench = playing(t1="A")
    bench.dark.add(sub("B"))
    bench.assign(t2="B")
    bench.play(3.0, step_s=HASTY_CHECK_PERIOD_S)
    measured(bench, damaged=1)
    bench.play(0.9, step_s=HASTY_CHECK_PERIOD_S)
    assert hints(bench) == [Hint.DAMAGED]
    bench.play(0.6, step_s=HASTY_CHECK_PERIOD_S)
    assert hints(bench) == []


def test_nothing_but_damaged_pictures_is_the_whole_part() -> None:
    bench = playing(t1="A")
    play_patched(bench, 24)
    (finding,) = bench.status(1).findings
    assert finding.measured == 1.0 and bench.status(1).sign is Sign.STALE


# ---- since when


def test_a_finding_keeps_its_beginning_while_its_measure_changes() -> None:
    bench = playing(t1="A")
    (first,) = measured(bench, camera_age_s=3.0)
    bench.play(5.0)
    (later,) = measured(bench, camera_age_s=4.0)
    assert first.since_s == later.since_s and later.measured == -4.0


def test_a_finding_that_vanished_begins_anew() -> None:
    bench = playing(t1="A")
    (first,) = measured(bench, camera_age_s=3.0)
    assert measured(bench, camera_age_s=0.0) == ()
    (again,) = measured(bench, camera_age_s=3.0)
    assert again.since_s - first.since_s == 2 * STEP_S


def test_a_stream_that_is_opened_again_has_nothing_against_it_yet() -> None:
    bench = playing(t1="A")
    measured(bench, camera_age_s=3.0, damaged=1)
    bench.slot(1).measures.clear()
    bench.fail(sub("A"), Failure(Reason.ENDED))
    bench.play(1.0)
    assert bench.status(1).sign is Sign.LIVE and hints(bench) == []


def test_the_worst_comes_first() -> None:
    bench = playing(t1="A")
    measured(bench, clock_rate=1.5, camera_age_s=9.0, damaged=2)
    black_for(bench, 8)
    bench.slot(1).measures["damaged"] = 3
    bench.play(STEP_S)
    assert hints(bench) == [Hint.BLACK, Hint.DAMAGED, Hint.CLOCK_OFFSET, Hint.CLOCK_RATE]


def test_one_cameras_findings_are_its_own() -> None:
    bench = playing(t1="A", t2="B")
    measured(bench, number=1, camera_age_s=3.0)
    assert bench.status(2).findings == ()


# ---- pictures


def test_a_black_picture_is_found_after_five_seconds_and_gone_with_light() -> None:
    bench = playing(t1="A")
    black_for(bench, 4)
    assert hints(bench) == []
    black_for(bench, 4)
    assert hints(bench) == [Hint.BLACK] and bench.status(1).sign is Sign.LIVE
    black_for(bench, 2, PictureSample(640, 360, 0.1, 900.0, 2.0, 0.01, NO_EDGES))
    assert hints(bench) == []


def test_what_was_seen_holds_only_while_samples_are_fresh() -> None:
    bench = playing(t1="A")
    black_for(bench, 8)
    bench.play(GAP_S - 2.0)
    assert hints(bench) == [Hint.BLACK]
    bench.play(3.0)
    assert hints(bench) == []


def test_a_sample_of_an_older_open_is_ignored() -> None:
    bench = playing(t1="A")
    bench.fail(sub("A"), Failure(Reason.ENDED))
    bench.play(1.0)
    for _ in range(8):
        bench.pump(PictureSampled(sub("A"), 1, BLACK))
        bench.play(1.0)
    assert hints(bench) == []


def test_a_sample_of_a_stream_that_is_not_there_is_ignored() -> None:
    bench = Bench()
    bench.pump(PictureSampled(sub("A"), 1, BLACK))
    assert bench.status(1).findings == ()


# ---- figures


def test_the_figures_are_what_was_measured() -> None:
    bench = playing(t1="A")
    bench.video.describe(sub("A"))
    bench.video.decode(sub("A"), decoder="software")
    measured(bench, late_s=0.25, jitter_s=0.004, camera_age_s=0.07, clock_rate=1.001)
    bench.play(3.0)
    figures = bench.console.figures(tile(1), bench.now_s)
    assert figures is not None
    assert (figures.engine, figures.decoder, figures.transport) == ("av", "software", "tcp")
    assert (figures.late_s, figures.jitter_s, figures.latency_s, figures.clock_rate) == (0.25, 0.004, 0.07, 1.001)
    assert figures.packets_per_s == pytest.approx(1 / STEP_S)
    assert figures.bitrate_kbps == pytest.approx(8.0 / STEP_S)
    assert (figures.width_px, figures.height_px, figures.reconnects) == (640, 360, 0)


def test_what_is_not_known_is_not_guessed() -> None:
    bench = Bench()
    assert bench.console.figures(tile(1), bench.now_s) is None
    bench.assign(t1="A")
    bench.wait(STEP_S)
    figures = bench.console.figures(tile(1), bench.now_s)
    assert figures is not None
    unknown = (figures.codec, figures.late_s, figures.jitter_s, figures.latency_s, figures.clock_rate)
    assert unknown == (None,) * 5 and figures.decoder == "" and figures.age_s is None


def test_reconnects_are_counted_on_the_tile() -> None:
    bench = playing(t1="A")
    for expected in (1, 2):
        bench.fail(sub("A"), Failure(Reason.ENDED))
        bench.play(2.0)
        assert bench.status(1).reconnects == expected
