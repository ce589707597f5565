"""Relays and cameras of one lease: whose turn it is, whose pace and whose account a try counts in."""

from __future__ import annotations

import pytest

from app.core.failure import Failure, Reason
from app.core.login import LoginRefused
from app.core.model import Login, Site, SiteId
from app.core.redact import Secret
from app.core.tile_status import Sign
from tests.unit.console.console_bench import STEP_S, WALL_PX, camera, main, sub, tile
from tests.unit.console.lease_bench import LeaseBench

MARKET = Site(SiteId("market"), "Market")
PACE = 4
GUARD_S = 300.0
WRONG = Failure(Reason.UNAUTHORIZED)
SOON_S = 1.0
OWN, OTHER = Login("pos", Secret("relai")), Login("pos", Secret("baru"))


def relayed_bench(login: Login | None = OWN, **names: str) -> LeaseBench:
    """A wall whose leases name a relay and then the camera."""
    bench = LeaseBench()
    bench.kinds, bench.relay_login = ("relay", "camera"), login
    bench.assign(**names or {"t1": "A"})
    return bench


# ---- the site's pace


def test_a_question_to_a_relay_counts_in_no_sites_pace() -> None:
    bench = LeaseBench("9", cameras=[camera(name, site=MARKET) for name in "ABCDE"])
    bench.kinds = ("relay",)
    bench.assign(t1="A")
    bench.kinds = ("camera",)
    bench.fail(sub("A"), Failure(Reason.UNREACHABLE, retry_after_s=8.0))
    bench.wait(STEP_S)
    assert [endpoint.kind for _, endpoint in bench.paths.probed] == ["relay"]
    bench.assign(t2="B", t3="C", t4="D", t5="E")
    assert len(bench.opened) == 1 + PACE, "the relay is none of the market's cameras"


def test_a_relay_is_asked_although_its_cameras_site_was_connected_to_often_enough() -> None:
    bench = LeaseBench("9", cameras=[camera(name, site=MARKET) for name in "ABCDE"])
    bench.kinds = ("relay",)
    bench.assign(t1="A")
    bench.kinds = ("camera",)
    bench.assign(t2="B", t3="C", t4="D", t5="E")
    bench.fail(sub("A"), Failure(Reason.UNREACHABLE, retry_after_s=8.0))
    bench.wait(STEP_S)
    assert [endpoint.kind for _, endpoint in bench.paths.probed] == ["relay"]


def test_a_try_that_hangs_at_a_relay_leaves_its_cameras_site_its_pace() -> None:
    bench = LeaseBench("9", cameras=[camera(name, site=MARKET) for name in "ABCDE"])
    bench.kinds = ("relay",)
    bench.assign(t1="A")
    bench.wait(2.0)
    bench.kinds = ("camera",)
    bench.assign(t2="B", t3="C", t4="D", t5="E")
    assert len(bench.opened) == 1 + PACE


# ---- who it was


def test_a_failure_tells_whether_the_relay_or_the_camera_was_asked() -> None:
    bench = relayed_bench()
    for at_relay in (True, False):
        bench.fail(sub("A"), Failure(Reason.NOT_FOUND))
        assert bench.status(1).failure == Failure(Reason.NOT_FOUND, at_relay=at_relay)
        bench.wait(SOON_S)


def test_a_stream_that_stalls_at_a_relay_tells_so() -> None:
    bench = relayed_bench()
    bench.play(SOON_S)
    bench.wait(3.0)
    assert bench.status(1).failure == Failure(Reason.STALLED, at_relay=True)


def test_a_login_that_a_relay_refused_is_still_the_relays_when_it_must_not_be_tried() -> None:
    bench = LeaseBench()
    bench.kinds, bench.relay_login = ("relay",), OWN
    bench.assign(t1="A")
    bench.fail(sub("A"), WRONG)
    bench.assign(t2="B")
    bench.wait(SOON_S)
    assert bench.opened == [sub("A")]
    assert bench.status(2).failure == Failure(Reason.UNAUTHORIZED, at_relay=True)


def test_a_stream_that_a_relay_forbade_is_still_the_relays_when_it_must_not_be_asked() -> None:
    bench = LeaseBench()
    bench.kinds = ("relay",)
    bench.assign(t1="A")
    bench.fail(sub("A"), Failure(Reason.FORBIDDEN))
    bench.assign(t2="A")
    bench.wait(SOON_S)
    assert bench.opened == [sub("A")]
    assert bench.status(2).failure == Failure(Reason.FORBIDDEN, at_relay=True)


def test_a_process_of_our_own_that_ends_is_no_relays_fault() -> None:
    bench = relayed_bench()
    bench.fail(sub("A"), Failure(Reason.HOST_LOST))
    assert bench.status(1).failure == Failure(Reason.HOST_LOST)


# ---- a relay that refuses its own login


def test_a_relay_that_refuses_its_own_login_lets_the_camera_have_its_turn_at_once() -> None:
    bench = relayed_bench()
    bench.fail(sub("A"), WRONG)
    bench.wait(SOON_S)
    bench.play(SOON_S)
    assert bench.tried == ["relay", "camera"] and bench.status(1).sign is Sign.LIVE


def test_it_is_not_asked_again_by_any_stream_for_five_minutes() -> None:
    bench = relayed_bench(t1="A", t2="B")
    bench.fail(sub("A"), WRONG)
    bench.fail(sub("B"), WRONG)
    for _ in range(20):
        bench.play(14.0)
        for key in list(bench.video.open_streams):
            bench.fail(key, Failure(Reason.ENDED))
    bench.assign(t3="C")
    assert bench.tried.count("relay") == 2 and bench.opened[-1] == sub("C")
    bench.play(30.0)
    bench.fail(sub("C"), Failure(Reason.ENDED))
    bench.wait(SOON_S)
    assert bench.tried[-1] == "relay", "then it has its turn again"


def test_it_is_asked_at_once_with_another_login() -> None:
    bench = relayed_bench()
    bench.fail(sub("A"), WRONG)
    bench.relay_login = OTHER
    bench.assign(t2="B")
    assert bench.tried[-1] == "relay"


def test_who_waits_for_it_goes_on_when_it_has_let_another_stream_in_by_another_login() -> None:
    bench = LeaseBench()
    bench.kinds, bench.relay_login = ("relay",), OWN
    bench.assign(t1="A")
    bench.fail(sub("A"), WRONG)
    bench.relay_login = OTHER
    bench.wait(60.0)
    assert bench.opened == [sub("A")], "nobody knows of the other login yet"
    bench.assign(t2="B")
    bench.video.describe(sub("B"))
    bench.pump()
    assert bench.opened == [sub("A"), sub("B"), sub("A")]
    assert bench.video.open_streams[sub("A")].lease.relay_login == OTHER


def test_its_login_is_tried_again_by_a_newer_lease() -> None:
    bench = relayed_bench()
    bench.fail(sub("A"), WRONG)
    bench.wait(SOON_S)
    bench.relay_login = OTHER
    bench.play(GUARD_S)
    bench.fail(sub("A"), Failure(Reason.ENDED))
    bench.play(SOON_S)
    assert bench.tried[-1] == "relay" and bench.video.open_streams[sub("A")].lease.relay_login == OTHER


def test_without_a_registry_the_camera_is_opened_by_the_old_lease() -> None:
    bench = relayed_bench()
    bench.registry.is_silent = True
    bench.fail(sub("A"), WRONG)
    bench.wait(SOON_S)
    assert len(bench.registry.granted) == 1 and bench.tried == ["relay", "camera"]


def test_where_both_refuse_the_first_to_be_free_is_tried_first() -> None:
    bench = relayed_bench()
    bench.fail(sub("A"), WRONG)
    bench.wait(SOON_S)
    bench.fail(sub("A"), WRONG)
    bench.wait(GUARD_S - 2 * SOON_S)
    assert bench.tried == ["relay", "camera"]
    bench.wait(GUARD_S)
    assert bench.tried[2] == "relay" and len(bench.registry.granted) > 1


def test_a_login_that_is_refused_after_its_stream_was_let_go_counts_for_the_relay_that_was_asked() -> None:
    bench = relayed_bench()
    bench.clear(1)
    bench.wait(SOON_S)
    bench.pump(LoginRefused(sub("A"), 1))
    bench.assign(t1="A")
    assert bench.tried == ["relay", "camera"]


def test_what_is_said_of_a_login_long_after_it_was_let_go_counts_for_nobody() -> None:
    bench = relayed_bench()
    bench.clear(1)
    bench.wait(60.0)
    bench.assign(t1="B")
    bench.pump(LoginRefused(sub("A"), 1))
    bench.assign(t1="A")
    assert bench.tried[-1] == "relay"


# ---- a camera that refuses, and a relay


def test_a_relay_that_lets_in_does_not_free_what_the_camera_has_refused() -> None:
    bench = LeaseBench()
    bench.kinds, bench.relay_login = ("relay", "camera"), OWN
    bench.console.set_tile_size(tile(1), *WALL_PX)
    bench.assign(t1="A", t2="A")
    bench.video.describe(sub("A"))
    bench.fail(main("A"), Failure(Reason.ENDED))
    bench.play(SOON_S)
    bench.fail(main("A"), WRONG)
    bench.fail(sub("A"), Failure(Reason.HOST_LOST))
    bench.play(SOON_S)
    bench.video.describe(sub("A"))
    for _ in range(20):
        bench.play(10.0)
        bench.video.fail(main("A"), Failure(Reason.ENDED))
        bench.play(2.0)
    assert bench.tried.count("camera") == 1 and bench.tried.count("relay") > 10


def test_a_relay_that_is_opened_with_the_cameras_login_counts_as_the_camera() -> None:
    bench = relayed_bench(login=None)
    bench.fail(sub("A"), WRONG)
    bench.wait(GUARD_S - SOON_S)
    assert bench.tried == ["relay"], "it may have passed the login on"
    bench.wait(2 * SOON_S)
    assert len(bench.tried) == 2, "one of the two tries it for both"


def test_a_camera_with_a_newer_password_is_asked_with_it_although_its_relay_was_the_last_to_fail() -> None:
    bench = relayed_bench()
    bench.fail(sub("A"), Failure(Reason.REFUSED))
    bench.wait(SOON_S)
    bench.fail(sub("A"), WRONG)
    bench.wait(10.0)
    bench.fail(sub("A"), Failure(Reason.REFUSED))
    bench.list_version(2)
    for _ in range(3):
        bench.wait(10.0)
        if bench.tried[-1] == "relay":
            bench.fail(sub("A"), Failure(Reason.REFUSED))
    assert (bench.tried[-1], bench.versions[-1]) == ("camera", 2)


# ---- whose turn it is


@pytest.mark.parametrize(
    "reason", [Reason.NOT_FOUND, Reason.TLS, Reason.UNSUPPORTED, Reason.FORBIDDEN, Reason.UNAUTHORIZED]
)
def test_a_relay_that_waits_for_people_gives_way_to_the_camera_within_a_second(reason: Reason) -> None:
    bench = relayed_bench()
    bench.fail(sub("A"), Failure(reason))
    bench.wait(SOON_S)
    assert bench.tried == ["relay", "camera"]
    assert bench.status(1).failure == Failure(reason, at_relay=True), "it is shown until there are pictures"


def test_when_all_have_failed_the_mildest_wait_counts() -> None:
    bench = relayed_bench()
    bench.fail(sub("A"), Failure(Reason.NOT_FOUND))
    bench.wait(SOON_S)
    bench.fail(sub("A"), Failure(Reason.UNREACHABLE))
    assert (bench.status(1).retry_in_s or 0.0) <= 2.0
    bench.wait(2.0)
    assert bench.tried == ["relay", "camera", "relay"]
    bench.fail(sub("A"), Failure(Reason.NOT_FOUND))
    assert (bench.status(1).retry_in_s or 0.0) <= 4.0, "the row goes on, as the camera's"


def test_when_nobody_can_help_soon_people_are_waited_for() -> None:
    bench = relayed_bench()
    bench.fail(sub("A"), Failure(Reason.NOT_FOUND))
    bench.wait(SOON_S)
    bench.fail(sub("A"), WRONG)
    assert bench.status(1).retry_in_s == 60.0, "the relay's path, not the camera's account"
    bench.wait(60.0)
    assert bench.tried == ["relay", "camera", "relay"]


def test_two_that_fail_for_good_are_tried_less_and_less_often() -> None:
    bench = relayed_bench()
    for _ in range(400):
        bench.wait(5.0)
        if sub("A") in bench.video.open_streams:
            bench.fail(sub("A"), Failure(Reason.NOT_FOUND))
    assert len(bench.opened) < 12


def test_an_endpoint_that_forbids_is_not_asked_for_five_minutes_while_the_other_one_plays() -> None:
    bench = relayed_bench()
    bench.fail(sub("A"), Failure(Reason.FORBIDDEN))
    for _ in range(9):
        bench.wait(SOON_S)
        bench.play(30.0)
        bench.fail(sub("A"), Failure(Reason.ENDED))
    assert bench.tried.count("relay") == 1


def test_what_has_played_for_long_gives_way_to_the_other_one_when_it_fails() -> None:
    bench = relayed_bench()
    bench.fail(sub("A"), Failure(Reason.ENDED))
    bench.wait(SOON_S)
    bench.play(60.0)
    bench.fail(sub("A"), Failure(Reason.ENDED))
    bench.wait(SOON_S)
    assert bench.tried == ["relay", "camera", "relay"]


def test_all_endpoints_have_their_turn_also_two_of_one_relay() -> None:
    bench = relayed_bench()
    bench.kinds = ("relay", "relay", "camera")
    bench.assign(t2="B")
    for _ in range(4):
        bench.fail(sub("B"), Failure(Reason.ENDED))
        bench.wait(4.0)
    paths = [opening.lease.endpoints[0].path for opening in bench.video.openings if opening.key == sub("B")]
    assert paths == ["/B/sub/0", "/B/sub/1", "/B/sub/2", "/B/sub/0", "/B/sub/1"]
