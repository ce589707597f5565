"""A camera that refused a password: none of its streams tries that one again before its time."""

from __future__ import annotations

from collections import defaultdict

from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.console.admission import LET_GO_S
from app.core.failure import Failure, Reason
from app.core.login import LoginRefused
from app.core.model import Site, SiteId, StreamKey
from app.core.ports import CatalogSynced
from app.core.tile_status import Sign
from tests.unit.console.console_bench import STEP_S, TILE_PX, WALL_PX, camera, catalog, main, sub, tile
from tests.unit.console.lease_bench import LeaseBench

WRONG_PASSWORD = Failure(Reason.UNAUTHORIZED)
FORBIDDEN = Failure(Reason.FORBIDDEN)
GUARD_S = 300.0


def refused_bench() -> LeaseBench:
    """A wall whose one camera has refused the password of its first lease."""
    bench = LeaseBench()
    bench.assign(t1="A")
    bench.fail(sub("A"), WRONG_PASSWORD)
    return bench


# ---- two streams, one account


def test_the_main_stream_is_not_tried_when_the_tile_is_maximised() -> None:
    bench = refused_bench()
    bench.toggle_maximised(1)
    bench.wait(GUARD_S - 2 * STEP_S)
    assert bench.opened == [sub("A")]
    assert (bench.status(1).sign, bench.status(1).failure) == (Sign.LOST, WRONG_PASSWORD)


def test_the_main_stream_is_not_tried_by_another_tile_either() -> None:
    bench = refused_bench()
    bench.console.set_tile_size(tile(2), *WALL_PX)
    bench.assign(t2="A")
    bench.wait(GUARD_S - 2 * STEP_S)
    assert bench.opened == [sub("A")]


def test_a_stream_that_waits_for_its_sites_turn_learns_of_the_refusal() -> None:
    site = Site(SiteId("market"), "Market")
    bench = LeaseBench("9", cameras=[camera(name, site=site) for name in "ABCD"])
    bench.assign(t1="A", t2="B", t3="C", t4="D")
    bench.toggle_maximised(1)
    assert main("A") not in bench.opened, "four have been connected to in this second"
    bench.fail(sub("A"), WRONG_PASSWORD)
    bench.wait(10.0)
    assert main("A") not in bench.opened


def test_the_main_stream_waits_for_what_is_left_of_the_other_ones_five_minutes() -> None:
    bench = refused_bench()
    bench.wait(GUARD_S - 10.0)
    bench.clear(1)
    bench.console.set_tile_size(tile(2), *WALL_PX)
    bench.assign(t2="A")
    bench.wait(STEP_S)
    assert bench.status(2).retry_in_s == 10.0 - STEP_S
    bench.wait(10.0)
    assert bench.opened == [sub("A"), main("A")]


def test_a_stream_that_waits_for_the_other_ones_try_is_opened_when_that_is_let_in() -> None:
    bench = refused_bench()
    bench.wait(100.0)
    bench.toggle_maximised(1)
    bench.wait(GUARD_S - 100.0 + STEP_S)
    assert bench.opened == [sub("A"), main("A")], "the one that has its lease still tries first"
    bench.wait(10.0)
    assert len(bench.opened) == 2
    bench.video.describe(main("A"))
    bench.pump()
    assert bench.opened == [sub("A"), main("A"), sub("A")]


def test_after_five_minutes_the_camera_is_tried_with_a_new_lease() -> None:
    bench = refused_bench()
    bench.wait(GUARD_S + STEP_S)
    bench.play(1.0)
    assert bench.opened == [sub("A")] * 2 and bench.status(1).sign is Sign.LIVE
    assert bench.video.open_streams[sub("A")].lease is bench.registry.granted[1]


def test_after_five_minutes_one_stream_tries_the_password_for_both() -> None:
    bench = refused_bench()
    bench.toggle_maximised(1)
    bench.wait(GUARD_S + STEP_S)
    assert len(bench.opened) == 2, "two tries at once are two steps towards a locked account"


def test_other_cameras_open_meanwhile() -> None:
    bench = refused_bench()
    bench.assign(t2="B")
    bench.play(1.0)
    assert bench.signs() == {1: Sign.LOST, 2: Sign.LIVE}


# ---- a login that was let go


def test_a_refusal_that_comes_after_its_camera_was_cleared_holds_the_next_call_up() -> None:
    bench = LeaseBench()
    bench.assign(t1="A")
    bench.clear(1)
    bench.wait(1.0)  # the stream is forgotten
    bench.pump(LoginRefused(sub("A"), 1))
    bench.assign(t1="A")
    bench.wait(GUARD_S - 1.0)
    assert bench.opened == [sub("A")]
    assert bench.status(1).failure == WRONG_PASSWORD


def test_a_late_refusal_of_a_let_go_login_does_not_hold_the_newer_password_back() -> None:
    bench = LeaseBench()
    bench.assign(t1="A")
    bench.clear(1)
    bench.wait(1.0)
    bench.list_version(2)
    bench.assign(t1="A")
    bench.pump(LoginRefused(sub("A"), 1))
    bench.toggle_maximised(1)
    bench.play(2.0)
    assert bench.versions == [1, 2, 2]
    assert bench.status(1).sign is Sign.LIVE


# ---- a newer password


def test_a_newer_password_in_the_catalogue_is_tried_at_once_with_a_new_lease() -> None:
    bench = refused_bench()
    bench.wait(10.0)
    bench.list_version(2)
    assert bench.versions == [1, 2]
    bench.play(1.0)
    assert bench.status(1).sign is Sign.LIVE and len(bench.registry.held) == 1


def test_both_streams_are_freed_by_a_newer_password() -> None:
    bench = refused_bench()
    bench.toggle_maximised(1)
    bench.list_version(2)
    bench.play(1.0)
    assert bench.versions == [1, 2, 2]
    assert set(bench.video.open_streams) == {sub("A"), main("A")} and len(bench.registry.held) == 2


def test_the_newer_password_is_tried_once_although_the_catalogue_comes_again() -> None:
    bench = refused_bench()
    bench.list_version(2)
    bench.fail(sub("A"), WRONG_PASSWORD)
    for _ in range(5):
        bench.list_version(2)
        bench.wait(10.0)
    assert bench.versions == [1, 2]


def test_the_same_password_in_a_new_catalogue_is_not_tried() -> None:
    bench = LeaseBench(cameras=[camera("A", credential_version=1)])
    bench.assign(t1="A")
    bench.fail(sub("A"), WRONG_PASSWORD)
    for _ in range(5):
        bench.list_version(1)
        bench.wait(10.0)
    assert bench.versions == [1]


def test_a_lease_that_still_carries_the_refused_password_is_not_tried() -> None:
    bench = refused_bench()
    bench.pump(CatalogSynced(catalog([camera("A", credential_version=2)])))
    bench.wait(GUARD_S / 2)
    assert bench.versions == [1]


def test_a_password_that_was_newer_before_the_refusal_came_is_tried_at_once() -> None:
    bench = LeaseBench()
    bench.assign(t1="A")
    bench.list_version(2)
    assert bench.versions == [1], "it may still be right"
    bench.fail(sub("A"), WRONG_PASSWORD)
    assert bench.versions == [1, 2]


def test_a_lease_whose_password_is_being_tried_is_not_given_back() -> None:
    bench = refused_bench()
    bench.list_version(2)
    bench.list_version(2)  # the catalogue changes by something else before the camera answers
    assert [lease.credential_version for lease in bench.registry.held] == [2]
    bench.fail(sub("A"), WRONG_PASSWORD)
    bench.wait(10.0)
    assert bench.versions == [1, 2]


def test_a_cleared_tile_called_up_again_uses_the_newer_password() -> None:
    bench = refused_bench()
    bench.clear(1)
    bench.list_version(2)
    bench.assign(t1="A")
    assert bench.versions == [1, 2]


# ---- forbidden


def forbidden_bench() -> LeaseBench:
    """A wall whose one camera does not let this account see the stream of its first lease."""
    bench = LeaseBench(cameras=[camera("A", credential_version=1)])
    bench.assign(t1="A")
    bench.fail(sub("A"), FORBIDDEN)
    return bench


def test_a_forbidden_stream_is_tried_at_once_with_a_newer_account() -> None:
    bench = forbidden_bench()
    bench.wait(10.0)
    bench.list_version(2)
    assert bench.versions == [1, 2]
    bench.play(1.0)
    assert bench.status(1).sign is Sign.LIVE and len(bench.registry.held) == 1


def test_a_forbidden_stream_is_tried_once_although_the_catalogue_comes_again() -> None:
    bench = forbidden_bench()
    bench.version = 1
    bench.pump(CatalogSynced(catalog([camera("A", credential_version=2)])))
    bench.fail(sub("A"), FORBIDDEN)
    for _ in range(5):
        bench.pump(CatalogSynced(catalog([camera("A", credential_version=2)])))
        bench.wait(10.0)
    assert bench.versions == [1, 1], "its leases still carry the old account"


def test_after_five_minutes_a_forbidden_stream_is_tried_with_a_new_lease() -> None:
    bench = forbidden_bench()
    bench.version = 2
    bench.wait(GUARD_S + STEP_S)
    assert bench.versions == [1, 2] and len(bench.registry.held) == 1


def test_a_forbidden_stream_leaves_the_cameras_other_one_alone() -> None:
    bench = LeaseBench(cameras=[camera("A", credential_version=1)])
    bench.assign(t1="A")
    bench.play(1.0)
    bench.toggle_maximised(1)
    bench.fail(main("A"), FORBIDDEN)
    bench.fail(sub("A"), Failure(Reason.RESET))
    bench.wait(5.0)
    bench.video.describe(sub("A"))
    bench.play(1.0)
    assert bench.opened == [sub("A"), main("A"), sub("A")] and bench.status(1).sign is Sign.LIVE


# ---- whatever happens


class Account:
    """One camera, an officer who clicks, a registry that changes its password, and a camera that counts."""

    def __init__(self) -> None:
        self.bench = LeaseBench(cameras=[camera("A", credential_version=1)])
        self.refused_s: dict[int, float] = defaultdict(lambda: -GUARD_S)
        self._opened_s: dict[tuple[StreamKey, int], float] = {}
        self._seen = 0

    def refuse(self, is_first: bool) -> None:
        """Let the camera answer one of its open streams."""
        streams = sorted(self.bench.video.open_streams, key=str)
        if streams:
            key = streams[0 if is_first else -1]
            self.refused_s[self.bench.video.open_streams[key].lease.credential_version] = self.bench.now_s
            self.bench.fail(key, WRONG_PASSWORD)

    def refuse_late(self) -> None:
        """Let the camera answer the login of a stream that was let go."""
        for opening in self.bench.video.openings[-1:]:
            open_ = (opening.key, opening.generation)
            if open_ in self.bench.video.closed and self.bench.now_s - self._opened_s[open_] < LET_GO_S:
                version = opening.lease.credential_version
                self.refused_s[version] = self.bench.now_s
                self.bench.pump(LoginRefused(opening.key, opening.generation))

    def check(self) -> None:
        """Every open since the last look comes five minutes after the last refusal of its password."""
        new = self.bench.video.openings[self._seen :]
        self._seen += len(new)
        for opening in new:
            self._opened_s[opening.key, opening.generation] = self.bench.now_s
            assert self.bench.now_s - self.refused_s[opening.lease.credential_version] >= GUARD_S

    def happen(self, what: str) -> None:
        """One of the things that may happen."""
        bench = self.bench
        match what:
            case "assign":
                bench.assign(t1="A")
            case "large":
                bench.console.set_tile_size(tile(2), *WALL_PX)
                bench.assign(t2="A")
            case "small":
                bench.console.set_tile_size(tile(2), *TILE_PX)
                bench.pump()
            case "clear":
                bench.clear(1)
            case "maximise":
                bench.toggle_maximised(1)
            case "newer":
                bench.list_version(bench.version + 1)
            case "refuse sub" | "refuse main":
                self.refuse(is_first=what == "refuse main")
            case "refuse late":
                self.refuse_late()
            case "second" | "minutes":
                bench.wait({"second": 1.0, "minutes": 150.0}[what])


happenings = st.sampled_from(
    [
        "assign",
        "large",
        "small",
        "clear",
        "maximise",
        "newer",
        "refuse sub",
        "refuse main",
        "refuse late",
        "second",
        "minutes",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(happenings, min_size=4, max_size=24))
@example(["large", "newer", "refuse sub", "small", "refuse sub"])
@example(["large", "clear", "assign", "refuse sub", "refuse sub", "newer", "refuse sub", "second"])
@example(["newer", "maximise", "refuse main", "refuse sub", "second"])
@example(["clear", "refuse late", "assign", "second"])
def test_whatever_happens_no_refused_password_is_tried_again_within_five_minutes(events: list[str]) -> None:
    account = Account()
    for event in ["assign", *events]:
        account.happen(event)
        account.check()
