"""A path that broke is asked after, and its cameras are tried as soon as it answers again."""

from __future__ import annotations

import pytest

from app.console.streams import ARRIVES_S
from app.core.failure import Failure, Reason
from app.core.model import Site, SiteId
from app.core.paths import NetworkChanged
from app.core.tile_status import Sign
from tests.unit.console.console_bench import STEP_S, Bench, camera, sub

MARKET, GATE = Site(SiteId("market"), "Market"), Site(SiteId("gate"), "Gate")
PACE = 4
"""Connects a second and site, probes included."""
LONG_S = 8.0
"""A wait that leaves room for questions."""


def market_bench(*names: str) -> Bench:
    """A wall of cameras of one site, all open."""
    bench = Bench("9", cameras=[camera(name, site=MARKET) for name in "ABCDEFGH"] + [camera("I", site=GATE)])
    for number, name in enumerate(names, start=1):
        bench.assign(**{f"t{number}": name})
    bench.play(2.0)
    return bench


def fail_long(bench: Bench, *names: str, reason: Reason = Reason.UNREACHABLE) -> None:
    """Let these fail together, with a long wait before the next try."""
    for name in names:
        bench.video.fail(sub(name), Failure(reason, retry_after_s=LONG_S))
    bench.pump()


def asked(bench: Bench) -> list[str]:
    """The cameras that were asked after, in order."""
    return [key.camera for key, _ in bench.paths.probed]


def answer(bench: Bench, is_whole: bool) -> None:
    """Answer the last question."""
    bench.paths.answer(is_whole)
    bench.pump()


# ---- broken, then whole


def test_a_refused_path_that_answers_again_is_opened_at_once() -> None:
    bench = market_bench("A")
    fail_long(bench, "A", reason=Reason.REFUSED)
    bench.wait(STEP_S)
    assert asked(bench) == ["A"] and bench.paths.probed[0][1] == bench.registry.granted[0].endpoints[0]
    answer(bench, False)
    bench.wait(1.5)
    assert asked(bench) == ["A", "A"] and bench.opened == [sub("A")]
    answer(bench, True)
    assert bench.opened == [sub("A")] * 2
    bench.play(1.0)
    assert bench.status(1).sign is Sign.LIVE


def test_what_has_played_until_its_path_broke_does_not_wait_its_failure_out() -> None:
    bench = market_bench("A", "B")
    for name in "AB":
        bench.video.describe(sub(name))
    bench.play(1.0)
    fail_long(bench, "A", "B", reason=Reason.STALLED)
    bench.wait(STEP_S)
    answer(bench, False)
    bench.wait(1.5)
    answer(bench, True)
    assert bench.opened == [sub("A"), sub("B")] * 2


def test_one_answer_brings_its_whole_site_back() -> None:
    bench = market_bench("A", "B", "C")
    fail_long(bench, "A", "B", "C")
    bench.wait(STEP_S)
    answer(bench, False)
    bench.wait(3 * 1.5)
    answer(bench, False)
    bench.wait(1.5)
    assert asked(bench) == ["A", "B", "C"], "one a second, each in its turn"
    answer(bench, False)
    bench.wait(1.5)
    answer(bench, True)
    assert sorted(key.camera for key in bench.opened[3:]) == ["A", "B", "C"]


def test_each_site_is_asked_after_by_itself_and_comes_back_alone() -> None:
    bench = market_bench("A", "I")
    fail_long(bench, "A", "I")
    bench.wait(STEP_S)
    assert sorted(asked(bench)) == ["A", "I"]
    last = asked(bench)[-1]
    answer(bench, False)
    bench.wait(1.5)
    assert asked(bench)[2:] == [last], "the other's answer is still out"
    answer(bench, True)
    assert [key.camera for key in bench.opened[2:]] == [last]


def test_a_camera_that_answers_all_along_keeps_its_wait() -> None:
    bench = market_bench("A")
    fail_long(bench, "A", reason=Reason.ENDED)
    for _ in range(4):
        bench.wait(1.5)
        answer(bench, True)
    assert bench.opened == [sub("A")] and len(bench.paths.probed) == 4
    bench.wait(LONG_S)
    assert bench.opened == [sub("A")] * 2


def test_an_answer_about_a_camera_that_nobody_asked_after_changes_nothing() -> None:
    bench = market_bench("A", "B")
    fail_long(bench, "A")
    bench.wait(STEP_S)
    answer(bench, False)
    answer(bench, False)
    bench.clear(1)
    answer(bench, True)
    bench.wait(STEP_S)
    assert bench.opened == [sub("A"), sub("B")]


def test_a_host_that_dies_in_an_outage_leaves_its_cameras_asked_after() -> None:
    bench = market_bench("A")
    for _ in range(7):
        bench.fail(sub("A"), Failure(Reason.UNREACHABLE))
        bench.wait((bench.status(1).retry_in_s or 0.0) + STEP_S)
    opens = len(bench.opened)
    bench.video.lose_host()
    bench.wait(2 * STEP_S)
    assert len(bench.opened) == opens + 1, "the outage's failures are not the host's"
    before = len(asked(bench))
    fail_long(bench, "A")
    bench.wait(1.5)
    assert len(asked(bench)) > before


# ---- whom not to ask


@pytest.mark.parametrize(
    "reason",
    [Reason.UNAUTHORIZED, Reason.FORBIDDEN, Reason.NOT_FOUND, Reason.BUSY, Reason.UNDECODABLE, Reason.HOST_LOST],
)
def test_what_no_path_has_done_is_not_asked_after(reason: Reason) -> None:
    bench = market_bench("A")
    fail_long(bench, "A", reason=reason)
    bench.wait(5.0)
    assert asked(bench) == []


def test_a_stream_that_was_never_opened_is_not_asked_after() -> None:
    bench = Bench()
    bench.registry.failure = Failure(Reason.UNREACHABLE, retry_after_s=LONG_S)
    bench.assign(t1="A")
    bench.wait(5.0)
    assert asked(bench) == []


def test_a_playing_camera_is_not_asked_after() -> None:
    bench = market_bench("A")
    bench.play(5.0)
    assert asked(bench) == []


def test_nobody_is_asked_twice_while_the_answer_is_out() -> None:
    bench = market_bench("A", "B")
    fail_long(bench, "A", "B")
    bench.wait(5.0)
    assert len(bench.paths.probed) == 1


# ---- the site's pace


def test_a_question_counts_in_the_sites_pace() -> None:
    bench = market_bench("A", "B", "C", "D", "E")
    fail_long(bench, "A")
    bench.wait(STEP_S)
    assert asked(bench) == ["A"]
    for name in "BCDE":
        bench.fail(sub(name), Failure(Reason.HOST_LOST))
    before = len(bench.opened)
    bench.wait(0.5)
    assert len(bench.opened) - before == PACE - 1
    bench.play(1.0)
    assert len(bench.opened) - before == PACE


def test_a_question_waits_where_the_site_has_been_connected_to_often_enough() -> None:
    bench = market_bench("A", "B", "C", "D", "E")
    bench.play(2.0)
    for name in "BCDE":
        bench.fail(sub(name), Failure(Reason.HOST_LOST))
    bench.wait(2 * STEP_S)
    assert len(bench.opened) == 5 + PACE
    fail_long(bench, "A")
    bench.wait(STEP_S)
    assert asked(bench) == [], "it would be one connect too many"
    bench.play(1.5)
    assert asked(bench) == ["A"]


def test_what_hangs_in_the_network_counts_until_it_is_answered() -> None:
    """A heal delivers it all at once: a place is left for the question beside it, and none for another camera."""
    bench = market_bench("A", "B", "C", "D", "E")
    for name in "ABCDE":
        bench.fail(sub(name), Failure(Reason.HOST_LOST))
    before = len(bench.opened)
    bench.wait(3.0)
    assert len(bench.opened) - before == PACE, "the fifth waits although a second has passed"
    for name in "ABCD":
        bench.video.describe(sub(name))
    bench.play(STEP_S)
    assert len(bench.opened) - before == PACE, "what lands just now counts in the second that follows"
    bench.play(2.0)
    assert len(bench.opened) - before == PACE + 1


def test_a_call_that_is_given_up_counts_as_one_that_may_have_arrived_just_then() -> None:
    bench = market_bench("A", "B", "C", "D", "E")
    for name in "ABCDE":
        bench.fail(sub(name), Failure(Reason.HOST_LOST))
    before = len(bench.opened)
    bench.wait(3.0)
    for name in "AB":
        bench.video.fail(sub(name), Failure(Reason.UNREACHABLE))
    bench.wait(1.0)
    assert len(bench.opened) - before == PACE, "two that hang, two that may have arrived"
    bench.wait(1.0)
    assert len(bench.opened) - before == PACE + 1, "a place is left for a question beside the two that hang"


# ---- this PC's own network


def test_a_network_that_comes_back_hurries_what_failed_by_its_path() -> None:
    bench = market_bench("A", "B")
    fail_long(bench, "A", "B", reason=Reason.NO_ANSWER)
    bench.wait(1.0)
    bench.pump(NetworkChanged())
    assert bench.opened == [sub("A"), sub("B")] * 2


@pytest.mark.parametrize("reason", [Reason.UNAUTHORIZED, Reason.FORBIDDEN, Reason.NOT_FOUND])
def test_a_network_that_comes_back_hurries_nothing_else(reason: Reason) -> None:
    bench = market_bench("A")
    bench.fail(sub("A"), Failure(reason))
    bench.pump(NetworkChanged())
    bench.wait(5.0)
    assert bench.opened == [sub("A")]


def test_a_network_that_comes_back_leaves_the_playing_alone() -> None:
    bench = market_bench("A")
    bench.play(1.0)
    bench.pump(NetworkChanged())
    bench.play(1.0)
    assert bench.generations() == {sub("A"): 1} and bench.status(1).sign is Sign.LIVE


def test_a_whole_site_that_is_hurried_comes_back_at_its_pace() -> None:
    names = [f"C{number}" for number in range(1, 17)]
    bench = Bench("16", cameras=[camera(name, site=MARKET) for name in names])
    bench.assign(**{f"t{name[1:]}": name for name in names})
    bench.play(5.0)
    fail_long(bench, *names, reason=Reason.RESET)
    bench.pump(NetworkChanged())
    for seconds in range(1, 7):
        bench.play(1.0 - STEP_S)
        assert len(bench.opened) <= len(names) + PACE * seconds
        bench.play(STEP_S)
    assert set(bench.signs().values()) == {Sign.LIVE} and len(bench.opened) == 2 * len(names)


def test_a_try_that_hangs_in_the_broken_path_is_begun_anew() -> None:
    bench = market_bench("A")
    bench.fail(sub("A"), Failure(Reason.RESET))
    bench.wait(1.0)
    assert bench.generations() == {sub("A"): 2}
    bench.pump(NetworkChanged())
    bench.play(1.0)
    assert bench.generations() == {sub("A"): 3} and bench.status(1).sign is Sign.LIVE


def hanging_bench() -> Bench:
    """A camera is being called on a path that was seen broken and is whole again."""
    bench = market_bench("A")
    fail_long(bench, "A")
    bench.wait(STEP_S)
    answer(bench, False)
    bench.wait(LONG_S * 1.5)
    assert bench.generations() == {sub("A"): 2}
    answer(bench, True)
    return bench


def test_a_try_that_hangs_is_not_begun_anew_while_it_may_arrive() -> None:
    bench = hanging_bench()
    bench.wait(ARRIVES_S / 2)
    assert bench.generations() == {sub("A"): 2}
    bench.play(2 * ARRIVES_S)
    assert bench.generations() == {sub("A"): 2} and bench.status(1).sign is Sign.LIVE


def test_a_try_that_hangs_and_arrives_counts_as_a_first_one() -> None:
    bench = market_bench("A")
    for _ in range(6):
        bench.fail(sub("A"), Failure(Reason.RESET))
        bench.wait((bench.status(1).retry_in_s or 0.0) + STEP_S)
    answer(bench, False)
    bench.wait(1.5)
    answer(bench, True)
    bench.play(3.0)
    assert bench.status(1).sign is Sign.LIVE and bench.generations() == {sub("A"): 7}
    bench.fail(sub("A"), Failure(Reason.RESET))
    assert bench.status(1).retry_in_s == 0.25, "half of the first half second"


def test_a_try_that_hangs_and_does_not_arrive_is_begun_anew() -> None:
    bench = hanging_bench()
    bench.wait(ARRIVES_S + 2 * STEP_S)
    bench.play(1.0)
    assert bench.generations() == {sub("A"): 3} and bench.status(1).sign is Sign.LIVE


def test_a_try_that_its_host_gives_up_while_it_may_arrive_is_begun_anew_at_once() -> None:
    bench = hanging_bench()
    fail_long(bench, "A")
    bench.play(1.0)
    assert bench.generations() == {sub("A"): 3} and bench.status(1).sign is Sign.LIVE


def test_a_try_that_its_camera_has_answered_goes_on() -> None:
    bench = market_bench("A")
    bench.fail(sub("A"), Failure(Reason.RESET))
    bench.wait(1.0)
    bench.video.describe(sub("A"))
    bench.pump(NetworkChanged())
    bench.play(1.0)
    assert bench.generations() == {sub("A"): 2} and bench.status(1).sign is Sign.LIVE


def test_stopping_the_console_ends_the_asking() -> None:
    bench = market_bench("A")
    bench.console.stop()
    assert bench.paths.is_stopped
