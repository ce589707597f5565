"""A site is connected to at most four times a second; who waits for a turn is neither late nor failed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from app.core.connect_pace import CONNECTS_PER_S, WINDOW_S
from app.core.failure import Failure, Reason
from app.core.model import Camera, Site, SiteId, StreamKey
from app.core.stream_life import CONNECT_LIMIT_S
from app.core.tile_status import Sign
from tests.unit.console.console_bench import STEP_S, Bench, camera, sub
from tests.unit.console.lease_bench import LeaseBench

MARKET = Site(SiteId("market"), "Market")


def site_cameras(count: int, **fields: Any) -> list[Camera]:
    return [camera(f"C{number:02}", **fields) for number in range(1, count + 1)]


def call_up(bench: Bench, cameras: list[Camera]) -> None:
    """Put them on the first tiles."""
    bench.assign(**{f"t{number}": each.code for number, each in enumerate(cameras, start=1)})


def opened_bench(count: int, layout: str = "12", **fields: Any) -> Bench:
    """A wall that has just called up so many cameras."""
    cameras = site_cameras(count, **fields)
    bench = Bench(layout, cameras=cameras)
    call_up(bench, cameras)
    return bench


def opens_by_second(bench: Bench, seconds: int) -> list[int]:
    """How many opens each of the next seconds sees; the present moment belongs to the first."""
    counts, before = [], 0
    for _ in range(seconds):
        bench.play(1.0 - STEP_S)
        counts.append(len(bench.opened) - before)
        before = len(bench.opened)
        bench.play(STEP_S)
    return counts


def test_twelve_cameras_of_one_site_open_four_a_second() -> None:
    bench = opened_bench(12, site=MARKET)
    assert len(bench.opened) == CONNECTS_PER_S
    assert opens_by_second(bench, 4) == [4, 4, 4, 0]
    assert set(bench.signs().values()) == {Sign.LIVE} and len(bench.signs()) == 12


def test_no_window_of_a_second_sees_more_than_four() -> None:
    bench = opened_bench(12, site=MARKET)
    opened_s: list[float] = []
    for _ in range(40):
        opened_s += [bench.now_s] * (len(bench.opened) - len(opened_s))
        bench.play(STEP_S)
    fifths = zip(opened_s, opened_s[CONNECTS_PER_S:], strict=False)
    assert all(later_s - earlier_s >= WINDOW_S for earlier_s, later_s in fifths)


def test_who_waits_is_connecting_and_has_not_failed() -> None:
    bench = opened_bench(64, "64", site=MARKET)
    bench.play(CONNECT_LIMIT_S + 0.5)
    waiting = [number for number, sign in bench.signs().items() if sign is not Sign.LIVE]
    assert waiting, "they wait longer than a connection may take"
    for number in waiting:
        status = bench.status(number)
        assert (status.sign, status.failure, status.retry_in_s) == (Sign.CONNECTING, None, None)
    bench.play(5.0)
    assert set(bench.signs().values()) == {Sign.LIVE}
    assert len(bench.opened) == 64 and bench.closed == []


def test_the_time_to_the_first_picture_begins_with_the_open() -> None:
    bench = opened_bench(8, site=MARKET)
    bench.play(WINDOW_S)
    bench.dark.update(bench.video.open_streams.keys() - {sub("C01")})
    bench.wait(CONNECT_LIMIT_S - STEP_S)
    assert sub("C08") not in bench.closed
    bench.wait(2 * STEP_S)
    assert sub("C08") in bench.closed


def test_cameras_of_unknown_sites_are_not_held_up() -> None:
    assert len(opened_bench(12).opened) == 12


def test_other_sites_are_not_held_up() -> None:
    crowd = site_cameras(8, site=MARKET)
    other = camera("X", site=Site(SiteId("gate"), "Gate"))
    bench = Bench("9", cameras=[*crowd, other])
    call_up(bench, [*crowd, other])
    assert sub("X") in bench.opened and len(bench.opened) == CONNECTS_PER_S + 1


@pytest.mark.parametrize(("kind", "opened"), [("relay", 12), ("camera", CONNECTS_PER_S)])
def test_a_relay_needs_no_sparing(kind: str, opened: int) -> None:
    cameras = site_cameras(12, site=MARKET)
    bench = LeaseBench("12", cameras=cameras)
    bench.kinds = (kind,)
    call_up(bench, cameras)
    assert len(bench.opened) == opened


def test_a_camera_that_is_cleared_while_it_waits_is_never_opened_and_leaves_nothing() -> None:
    bench = opened_bench(6, site=MARKET)
    bench.clear(6)
    bench.play(3.0)
    assert sub("C06") not in bench.opened and bench.status(6).sign is Sign.EMPTY
    assert sub("C06") not in {lease.key for lease in bench.registry.held}
    assert len(bench.video.open_slots) == 5


def test_a_camera_that_is_cleared_and_called_up_while_it_waits_is_opened_once() -> None:
    bench = opened_bench(6, site=MARKET)
    bench.clear(6)
    bench.assign(t6="C06")
    bench.play(3.0)
    assert bench.opened.count(sub("C06")) == 1 and bench.status(6).sign is Sign.LIVE


def test_cameras_that_fail_together_come_back_four_a_second() -> None:
    bench = opened_bench(12, site=MARKET)
    bench.play(5.0)
    for key in list(bench.video.open_streams):
        bench.video.fail(key, Failure(Reason.HOST_LOST))
    before = len(bench.opened)
    bench.play(STEP_S)
    assert len(bench.opened) - before <= CONNECTS_PER_S
    bench.play(4.0)
    assert set(bench.signs().values()) == {Sign.LIVE}
    assert reopened(bench) == dict.fromkeys(reopened(bench), 2)


def reopened(bench: Bench) -> Mapping[str, int]:
    return {key.camera: bench.opened.count(key) for key in bench.opened}


def dead_site(count: int) -> Bench:
    """A wall of so many cameras of one site that have not answered for a minute; a good one stands by."""
    dead = site_cameras(count, site=MARKET)
    bench = Bench("36", cameras=[*dead, camera("good", site=MARKET)])
    call_up(bench, dead)
    turn_dead(bench, 60.0)
    return bench


def turn_dead(bench: Bench, seconds: float) -> None:
    """Let time pass in which each attempt of a dead camera ends after four seconds; who asks finds nobody."""
    begun_s: dict[tuple[StreamKey, int], float] = {}
    for _ in range(round(seconds / STEP_S)):
        bench.wait(STEP_S)
        for key, stream in list(bench.video.open_streams.items()):
            since_s = begun_s.setdefault((key, stream.generation), bench.now_s)
            if key != sub("good") and bench.now_s - since_s >= 4.0:
                bench.video.fail(key, Failure(Reason.UNREACHABLE))
        if bench.paths.probed:
            bench.paths.answer(False)


@pytest.mark.parametrize("dead", [16, 35])
def test_a_good_camera_does_not_starve_behind_the_dead_ones_of_its_site(dead: int) -> None:
    bench = dead_site(dead)
    bench.assign(t36="good")
    turn_dead(bench, 8.0)
    assert sub("good") in bench.opened
