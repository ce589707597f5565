"""When this PC falls behind, the least important tiles drop to key frames, say so, and come back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from app.console.stream_record import StreamRecord
from app.core.commands import SelectTile
from app.core.failure import Failure, Reason
from app.core.hints import Hint
from app.core.lights import STALE_AFTER_S, STALE_AT_MOST_S
from app.core.model import Codec, Profile, StreamKey, StreamProfile
from app.core.shedding import BUSY_LIMIT, CALM_S, LATE_LIMIT_S, STEP_S
from app.core.tile_status import Sign
from tests.unit.console.console_bench import STEP_S as TURN_S
from tests.unit.console.console_bench import Bench, camera, main, sub, tile

NAMES = "ABCDEFGH"
LONG_GOP_SUB = StreamProfile(Profile.SUB, Codec.H264, 640, 360, frame_rate_fps=15.0, gop_s=3.0)
BEHIND = {"late_s": LATE_LIMIT_S, "busy": BUSY_LIMIT}
AT_EASE = {"late_s": 0.0, "busy": 0.1}
LONGEST_PATIENCE_S = 10.0


def busy_wall() -> Bench:
    """Eight live tiles of one size."""
    bench = Bench("9", cameras=[camera(name, LONG_GOP_SUB) for name in NAMES])
    for number, name in enumerate(NAMES, start=1):
        bench.assign(**{f"t{number}": name})
    bench.play(1.0)
    return bench


def measure(bench: Bench, key: StreamKey, **measures: float) -> None:
    """Let a stream's outputs show these from its next picture on."""
    for slot in bench.outputs_of(key):
        slot.measures.update(measures)


def play_until(bench: Bench, is_over: Callable[[], bool], what: str) -> None:
    """Play until just then."""
    for _ in range(round(LONGEST_PATIENCE_S / TURN_S)):
        bench.play(TURN_S)
        if is_over():
            return
    raise AssertionError(f"{what} did not come")


def play_until_shed(bench: Bench) -> None:
    """Play until the first streams are thin."""
    play_until(bench, lambda: bool(bench.video.thin), "what is shed first")


def shed_bench() -> Bench:
    """Eight live tiles of which the last two have been shed."""
    bench = busy_wall()
    measure(bench, sub("A"), **BEHIND)
    play_until_shed(bench)
    measure(bench, sub("A"), **AT_EASE)
    bench.play(2 * TURN_S)
    return bench


def test_a_wall_at_ease_sheds_nothing() -> None:
    bench = busy_wall()
    bench.play(60.0)
    assert bench.video.thin == set()


@pytest.mark.parametrize(
    "measures",
    [{"late_s": 5.0, "busy": 0.5}, {"late_s": 0.1, "busy": 1.0}],
    ids=["the network", "busy and in time"],
)
def test_what_is_not_this_pcs_fault_sheds_nothing(measures: dict[str, float]) -> None:
    bench = busy_wall()
    measure(bench, sub("A"), **measures)
    bench.play(10.0)
    assert bench.video.thin == set()


def test_the_last_tiles_go_first_a_quarter_at_a_time() -> None:
    bench = busy_wall()
    measure(bench, sub("A"), **BEHIND)
    play_until_shed(bench)
    assert bench.video.thin == {sub("H"), sub("G")}
    bench.play(STEP_S)
    assert {sub("H"), sub("G")} < bench.video.thin
    bench.play(60.0)
    assert len(bench.video.thin) == len(NAMES) - 1 and sub("A") not in bench.video.thin


def test_the_selected_and_the_large_tile_are_kept_whole() -> None:
    bench = busy_wall()
    bench.console.set_tile_size(tile(7), 560, 315)
    bench.do(SelectTile(1, 8))
    bench.play(1.0)
    measure(bench, sub("A"), **BEHIND)
    bench.play(60.0)
    assert sub("H") not in bench.video.thin, "an officer looks at it"
    assert bench.video.thin == {sub(name) for name in "ABCDEFG"}


def test_what_a_maximised_tile_shows_is_the_last_to_go() -> None:
    bench = Bench("9")
    for number, name in enumerate(NAMES, start=1):
        bench.assign(**{f"t{number}": name})
    bench.play(1.0)
    bench.toggle_maximised(8)
    bench.play(3.0)
    measure(bench, main("H"), **BEHIND)
    bench.play(60.0)
    assert bench.video.thin == {sub(name) for name in NAMES}, "the small stream behind it shows nothing now"


def test_a_thin_tile_says_so_with_what_was_measured() -> None:
    bench = shed_bench()
    (finding,) = bench.status(8).findings
    assert (finding.hint, finding.limit) == (Hint.KEY_FRAMES_ONLY, LONG_GOP_SUB.frame_rate_fps)
    assert finding.measured == pytest.approx(bench.status(8).fps)
    assert bench.status(1).findings == ()


def test_a_thin_stream_has_three_groups_of_pictures_before_it_is_stale() -> None:
    bench = shed_bench()
    bench.dark.update({sub("G"), sub("H")})
    bench.play(9.0 - TURN_S)
    assert bench.status(8).sign is Sign.LIVE
    bench.play(TURN_S)
    assert bench.status(8).sign is Sign.STALE


def test_a_calm_wall_gets_its_tiles_back_the_last_shed_first() -> None:
    bench = shed_bench()
    bench.play(CALM_S)
    assert bench.video.thin == {sub("H")}
    bench.play(CALM_S)
    assert bench.video.thin == set()
    assert bench.status(8).findings == bench.status(7).findings == ()


def returning_bench() -> Bench:
    """A wall whose seventh tile was told just now to be whole again, and has shown nothing for a moment before."""
    bench = shed_bench()
    bench.play(CALM_S - 1.0)
    assert sub("G") in bench.video.thin
    bench.dark.add(sub("G"))
    while sub("G") in bench.video.thin:
        bench.play(TURN_S)
    return bench


def silence_s(bench: Bench) -> float:
    """How long the seventh tile has shown nothing new."""
    age_s = bench.status(7).age_s
    assert age_s is not None
    return age_s


def test_a_stream_that_waits_for_its_key_frame_to_be_whole_again_is_not_stale() -> None:
    bench = returning_bench()
    bench.play(STALE_AFTER_S + 1.0)
    assert bench.status(7).sign is Sign.LIVE
    assert [each.hint for each in bench.status(7).findings] == [Hint.KEY_FRAMES_ONLY]
    bench.dark.discard(sub("G"))
    bench.play(2 * TURN_S)
    assert bench.status(7).findings == ()


def test_a_stall_after_the_return_is_shown_when_it_would_have_been_before() -> None:
    bench = returning_bench()
    bench.play(9.0 - TURN_S - silence_s(bench))
    assert bench.status(7).sign is Sign.LIVE
    bench.play(TURN_S)
    assert bench.status(7).sign is Sign.STALE


def test_one_picture_after_the_return_may_be_a_key_frame_that_was_on_its_way() -> None:
    bench = returning_bench()
    bench.video.show(sub("G"), bench.now_s)
    bench.play(STALE_AFTER_S + 1.0)
    assert bench.status(7).sign is Sign.LIVE
    bench.dark.discard(sub("G"))
    bench.play(1.0)
    bench.dark.add(sub("G"))
    bench.play(STALE_AFTER_S - TURN_S)
    assert bench.status(7).sign is Sign.LIVE
    bench.play(TURN_S)
    assert bench.status(7).sign is Sign.STALE, "whole again: its usual limit holds"


def test_a_stream_that_is_opened_anew_while_it_returns_is_whole_from_the_start() -> None:
    bench = returning_bench()
    bench.fail(sub("G"), Failure(Reason.ENDED))
    bench.dark.discard(sub("G"))
    bench.play(2.0)
    bench.dark.add(sub("G"))
    bench.play(STALE_AFTER_S)
    assert bench.status(7).sign is Sign.STALE


def test_a_thin_stream_of_endless_groups_of_pictures_is_stale_before_it_is_gone() -> None:
    profile = replace(LONG_GOP_SUB, gop_s=3600.0)
    record = StreamRecord(sub("A"), camera("A", profile), profile, is_thin=True)
    assert record.stale_limit_s == STALE_AT_MOST_S


def test_a_moment_behind_sheds_nothing() -> None:
    bench = busy_wall()
    measure(bench, sub("A"), **BEHIND)
    bench.play(1.0)
    measure(bench, sub("A"), **AT_EASE)
    bench.play(10.0)
    assert bench.video.thin == set()


def test_a_thin_stream_that_is_opened_again_is_whole_until_there_is_need() -> None:
    bench = shed_bench()
    assert sub("H") in bench.video.thin
    bench.fail(sub("H"), Failure(Reason.ENDED))
    play_until(bench, lambda: bench.generations().get(sub("H")) == 2, "the reopen")
    assert bench.video.thin == {sub("G")}
    bench.play(CALM_S / 2)
    assert bench.video.thin == {sub("G")}
    assert bench.status(8).sign is Sign.LIVE and bench.status(8).findings == ()
    measure(bench, sub("A"), **BEHIND)
    play_until(bench, lambda: sub("H") in bench.video.thin, "the need")
    bench.play(TURN_S)
    assert [each.hint for each in bench.status(8).findings] == [Hint.KEY_FRAMES_ONLY]


def test_a_thin_camera_that_is_cleared_is_forgotten() -> None:
    bench = shed_bench()
    bench.clear(8)
    bench.play(1.0)
    bench.assign(t8="H")
    bench.play(1.0)
    assert bench.status(8).findings == () and sub("H") not in bench.video.thin


def test_a_stream_that_has_failed_sheds_nothing_by_what_it_measured_last() -> None:
    bench = busy_wall()
    measure(bench, sub("A"), **BEHIND)
    bench.play(1.0)
    bench.fail(sub("A"), Failure(Reason.UNREACHABLE, retry_after_s=600.0))
    bench.play(30.0)
    assert bench.video.thin == set()
