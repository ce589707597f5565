"""Relays and cameras of one lease: whose turn it is, whose pace and whose account a try counts in."""

from __future__ import annotations

from app.core.failure import Failure, Reason
from app.core.model import Site, SiteId
from tests.unit.console.console_bench import STEP_S, camera, sub
from tests.unit.console.lease_bench import LeaseBench

MARKET = Site(SiteId("market"), "Market")
PACE = 4


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
