"""A login that nobody has taken yet is shown by one stream of its camera at a time."""

from __future__ import annotations

import pytest

from app.core.failure import Failure, Reason
from app.core.model import Login
from app.core.ports import RegistryLost
from app.core.redact import Secret
from app.core.sentence import Sentence
from app.core.stream_life import CONNECT_LIMIT_S
from app.core.tile_status import Sign
from tests.unit.console.console_bench import STEP_S, WALL_PX, Bench, camera, main, sub, tile
from tests.unit.console.lease_bench import LeaseBench

WRONG_PASSWORD = Failure(Reason.UNAUTHORIZED)
OWN = Login("pos", Secret("relai"))


def both_bench(*kinds: str, login: Login | None = None) -> LeaseBench:
    """A wall that has just called up both streams of a camera."""
    bench = LeaseBench(cameras=[camera("A"), camera("B")])
    bench.kinds, bench.relay_login = kinds or ("camera",), login
    bench.console.set_tile_size(tile(2), *WALL_PX)
    bench.assign(t1="A", t2="A")
    return bench


def test_a_login_that_is_refused_was_tried_once() -> None:
    bench = both_bench()
    bench.wait(1.0)
    assert bench.opened == [sub("A")]
    bench.fail(sub("A"), WRONG_PASSWORD)
    bench.wait(200.0)
    assert bench.opened == [sub("A")]
    assert {bench.status(number).failure for number in (1, 2)} == {WRONG_PASSWORD}


def test_who_waits_for_the_other_streams_answer_has_not_failed() -> None:
    bench = both_bench()
    bench.wait(1.0)
    status = bench.status(2)
    assert (status.sign, status.failure, status.retry_in_s) == (Sign.CONNECTING, None, None)


def test_the_second_stream_is_opened_at_once_when_the_first_is_let_in() -> None:
    bench = both_bench()
    bench.video.describe(sub("A"))
    bench.pump()
    assert bench.opened == [sub("A"), main("A")], "no time has passed"
    bench.play(1.0)
    assert set(bench.signs().values()) == {Sign.LIVE}


@pytest.mark.parametrize("reason", [Reason.UNREACHABLE, Reason.NO_ANSWER, Reason.HOST_LOST, Reason.NOT_FOUND])
def test_the_second_stream_has_its_turn_when_the_first_has_failed_otherwise(reason: Reason) -> None:
    bench = both_bench()
    bench.fail(sub("A"), Failure(reason))
    assert bench.opened == [sub("A"), main("A")]


def test_the_second_stream_has_its_turn_although_the_first_is_never_answered() -> None:
    bench = both_bench()
    bench.wait(CONNECT_LIMIT_S + STEP_S)
    assert bench.opened == [sub("A"), main("A")]


def test_the_second_stream_has_its_turn_when_the_first_is_wanted_no_more() -> None:
    bench = both_bench()
    bench.clear(1)
    bench.wait(STEP_S)
    assert bench.opened[-1] == main("A")


def test_a_login_that_was_let_in_is_shown_by_both_at_once_after_an_outage() -> None:
    bench = both_bench()
    bench.video.describe(sub("A"))
    bench.play(30.0)
    bench.video.lose_host()
    bench.wait(0.5)
    assert bench.opened[2:] == [sub("A"), main("A")]


def test_a_newer_password_is_shown_by_one_stream_first() -> None:
    bench = both_bench()
    bench.video.describe(sub("A"))
    bench.play(30.0)
    bench.list_version(2)
    for key in (sub("A"), main("A")):
        bench.fail(key, WRONG_PASSWORD)
    assert bench.versions[2:] == [2]
    bench.video.describe(bench.opened[-1])
    bench.pump()
    assert bench.versions[2:] == [2, 2]


def test_other_cameras_wait_for_nobody() -> None:
    bench = both_bench()
    bench.assign(t3="B")
    assert bench.opened == [sub("A"), sub("B")]


def test_a_camera_without_a_login_has_nothing_to_prove() -> None:
    bench = LeaseBench()
    bench.username = ""
    bench.console.set_tile_size(tile(2), *WALL_PX)
    bench.assign(t1="A", t2="A")
    assert bench.opened == [sub("A"), main("A")]


@pytest.mark.parametrize(("login", "opened"), [(OWN, 2), (None, 1)])
def test_a_relay_is_shown_its_own_login_by_all_and_the_cameras_by_one(login: Login | None, opened: int) -> None:
    assert len(both_bench("relay", login=login).opened) == opened


# ---- a login that is never answered

UNHEARD = Failure(Reason.NO_ANSWER, login_unheard=True)
GUARD_S = 300.0


def fail_when_open(bench: LeaseBench, failure: Failure, seconds: float) -> None:
    """Let each open of the camera's streams fail so, at once."""
    for _ in range(round(seconds)):
        for key in list(bench.video.open_streams):
            bench.fail(key, failure)
        bench.wait(1.0)


def single_bench(*kinds: str, **fields: int) -> LeaseBench:
    """A wall that has just called up a camera."""
    bench = LeaseBench(cameras=[camera("A", **fields), camera("B")])
    bench.kinds = kinds or ("camera",)
    bench.assign(t1="A")
    return bench


def test_a_login_that_is_not_answered_three_times_in_a_row_waits_as_a_refused_one() -> None:
    bench = single_bench()
    fail_when_open(bench, UNHEARD, 60.0)
    assert bench.opened == [sub("A")] * 3
    assert bench.status(1).failure == Failure(Reason.LOGIN_UNHEARD)
    assert GUARD_S - 61.0 < (bench.status(1).retry_in_s or 0.0) <= GUARD_S
    fail_when_open(bench, UNHEARD, GUARD_S)
    assert bench.opened == [sub("A")] * 4, "once more, and no more than that"


def test_until_then_it_is_what_it_looks_like() -> None:
    bench = single_bench()
    bench.fail(sub("A"), UNHEARD)
    assert bench.status(1).failure == UNHEARD and (bench.status(1).retry_in_s or 0.0) <= 1.0


def test_both_streams_of_a_camera_count_in_one_row_and_wait() -> None:
    bench = both_bench()
    fail_when_open(bench, UNHEARD, 60.0)
    assert len(bench.opened) == 3 and set(bench.opened) == {sub("A"), main("A")}
    assert {bench.status(number).failure for number in (1, 2)} == {Failure(Reason.LOGIN_UNHEARD)}


def test_no_officer_ends_that_wait_and_a_newer_password_does() -> None:
    bench = single_bench(credential_version=1)
    fail_when_open(bench, UNHEARD, 30.0)
    bench.clear(1)
    bench.wait(10.0)
    bench.assign(t1="A")
    bench.wait(10.0)
    assert bench.versions == [1] * 3
    assert bench.status(1).failure == Failure(Reason.LOGIN_UNHEARD)
    bench.list_version(2)
    assert bench.versions == [1] * 3 + [2]


def test_a_login_that_was_let_in_before_is_tried_as_ever() -> None:
    bench = single_bench()
    bench.video.describe(sub("A"))
    bench.play(30.0)
    fail_when_open(bench, UNHEARD, 30.0)
    assert bench.video.unproved == [True] + [False] * (len(bench.opened) - 1)
    assert len(bench.opened) > 5 and bench.status(1).failure == UNHEARD


@pytest.mark.parametrize("reason", [Reason.NO_ANSWER, Reason.UNREACHABLE, Reason.REFUSED, Reason.RESET])
def test_a_broken_path_is_never_taken_for_a_wrong_login(reason: Reason) -> None:
    bench = single_bench()
    fail_when_open(bench, Failure(reason), 60.0)
    assert len(bench.opened) > 5 and bench.status(1).failure == Failure(reason)


def test_another_failure_in_between_begins_the_row_anew() -> None:
    bench = single_bench()
    for failure in (UNHEARD, UNHEARD, Failure(Reason.UNREACHABLE), UNHEARD, UNHEARD):
        bench.fail(sub("A"), failure)
        while sub("A") not in bench.video.open_streams:
            bench.wait(STEP_S)
    assert len(bench.opened) == 6 and bench.now_s < 1000.0 + GUARD_S


def test_a_relay_may_be_silent_because_its_camera_is() -> None:
    bench = single_bench("relay")
    fail_when_open(bench, UNHEARD, 30.0)
    assert len(bench.opened) > 3 and not any(bench.video.unproved)


# ---- leases that run out meanwhile


def short_lease_bench() -> Bench:
    """The second stream of a camera has waited until its lease ran out."""
    bench = Bench(cameras=[camera("A")])
    bench.registry.lifetime_s, bench.registry.offline_use_s = 5.0, 600.0
    bench.console.set_tile_size(tile(2), *WALL_PX)
    bench.assign(t1="A", t2="A")
    bench.registry.is_silent = True
    bench.wait(6.0)
    assert bench.opened == [sub("A")] and bench.registry.requested.count(main("A")) == 2
    return bench


def test_a_lease_that_runs_out_while_its_stream_waits_is_asked_for_anew_and_not_used() -> None:
    bench = short_lease_bench()
    bench.video.describe(sub("A"))
    bench.play(1.0)
    assert bench.opened == [sub("A")]
    bench.registry.answer()
    bench.play(1.0)
    assert bench.opened == [sub("A"), main("A")]
    assert bench.video.openings[-1].lease.expires_at_s > bench.now_s


def test_a_stream_that_waits_for_a_new_lease_is_opened_once_whatever_the_old_one_is_good_for_by_then() -> None:
    bench = short_lease_bench()
    bench.pump(RegistryLost(Sentence("gone")))
    bench.video.describe(sub("A"))
    bench.play(1.0)
    bench.registry.answer()
    bench.play(1.0)
    assert bench.opened == [sub("A"), main("A")] and set(bench.signs().values()) == {Sign.LIVE}
