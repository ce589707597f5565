"""A post's wall under remote control: what is shown, what ends it, what the journal and the chief are told."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from app.console.remote_desk import END_GRACE_S, RemoteEvent
from app.console.wall_reporter import PERIOD_S
from app.core.camera_query import parse_query
from app.core.commands import ApplyLayout, ClearTile, SelectTile, StepLayout, Undo
from app.core.errors import ConfigError
from app.core.journal import Kind
from app.core.layout import Cell, Layout
from app.core.model import CameraId, PrivacyClass
from app.core.ports import CatalogSynced
from app.core.remote import (
    Author,
    CameraOnTile,
    OrderAnswer,
    Outcome,
    RemoteOrder,
    Source,
    WallDesired,
    Wanted,
)
from app.core.saved_layout import SavedLayout
from app.core.sentence import Sentence
from app.core.tile_status import Sign
from app.core.tour import Hold, PagedTour
from app.core.tour_commands import StartCoverage, StartTour, StopTour
from tests.unit.console.console_bench import Bench, camera, catalog, tile

SARI = Author("officer-1", "Kompol Sari")
SIAGA = SavedLayout(Layout("Siaga", 2, 1, (Cell(0, 0), Cell(1, 0))), {1: CameraId("H"), 2: CameraId("I")})


def order(wanted: Wanted = SIAGA, monitor: int = 1, **fields: Any) -> RemoteOrder:
    """A chief's order."""
    return replace(RemoteOrder(Source.CHIEF, monitor, wanted, SARI, 1_800_000_000.0), **fields)


def told(bench: Bench) -> list[tuple[object, object]]:
    """What the journal has of orders."""
    events = [event for event in bench.journal.events if event.kind is Kind.REMOTE_CONTROL]
    return [(event.detail["event"], event.detail["revision"]) for event in events]


def shown(bench: Bench) -> dict[int, str]:
    """The cameras on the first monitor."""
    return dict(bench.console.wall.monitor(1).cameras)


@pytest.fixture
def bench() -> Bench:
    made = Bench()
    made.assign(t1="A", t2="B")
    made.play(1.0)
    return made


def test_an_order_is_shown_and_its_end_brings_back_what_the_officer_had(bench: Bench) -> None:
    bench.pump(WallDesired(1, order()))
    assert shown(bench) == {1: "H", 2: "I"}
    status = bench.console.remote.status
    assert status is not None and status.order.author == SARI
    bench.play(1.0)
    assert bench.signs() == {1: Sign.LIVE, 2: Sign.LIVE}
    bench.pump(WallDesired(2))
    assert shown(bench) == {1: "A", 2: "B"}
    assert bench.console.remote.status is None
    assert told(bench) == [("begun", 1), ("ended", 1)]
    assert bench.console.remote.answer == OrderAnswer(2, Outcome.RELEASED)


def test_the_journal_says_who_ordered_what(bench: Bench) -> None:
    bench.pump(WallDesired(1, order()), WallDesired(2, order(CameraOnTile(CameraId("C"), 3))))
    first, _, second = (event for event in bench.journal.events if event.kind is Kind.REMOTE_CONTROL)
    who = {"source": "chief", "monitor": 1, "by": "officer-1", "by_name": "Kompol Sari"}
    assert first.detail == {"event": "begun", "revision": 1, "layout": "Siaga", **who}
    assert (second.camera, second.detail["tile"]) == ("C", 3)
    assert not [event for event in bench.journal.events if event.kind is Kind.LAYOUT_CHANGED]


def test_the_officer_releases_it_and_it_stays_released(bench: Bench) -> None:
    bench.pump(WallDesired(1, order()))
    bench.console.remote.release()
    assert shown(bench) == {1: "A", 2: "B"}
    assert bench.console.remote.answer == OrderAnswer(1, Outcome.RELEASED)
    bench.pump(WallDesired(1, order()), CatalogSynced(catalog(map(camera, "ABCDEFGHI"))))
    assert shown(bench) == {1: "A", 2: "B"}
    assert told(bench) == [("begun", 1), ("released", 1)]
    with pytest.raises(ConfigError, match="No remote control"):
        bench.console.remote.release()


def test_a_start_does_not_bring_back_what_was_released_before() -> None:
    bench = Bench()
    bench.pump(WallDesired(4, order(), is_released=True))
    assert shown(bench) == {} and told(bench) == []
    assert bench.console.remote.answer == OrderAnswer(4, Outcome.RELEASED)


def test_before_the_first_catalogue_an_order_waits() -> None:
    bench = Bench(cameras=())
    bench.pump(WallDesired(1, order()))
    assert bench.console.remote.status is None and told(bench) == []
    bench.pump(CatalogSynced(catalog(map(camera, "HI"))))
    assert shown(bench) == {1: "H", 2: "I"} and told(bench) == [("begun", 1)]


@pytest.mark.parametrize(
    ("refused", "words"),
    [
        (order(monitor=2), "The wall has no such monitor."),
        (order(CameraOnTile(CameraId("Z"), 1)), "It names a camera that this post may not see."),
        (order(CameraOnTile(CameraId("C"), 5)), "The monitor's layout has no such tile."),
    ],
)
def test_what_cannot_be_shown_is_refused_with_a_reason(bench: Bench, refused: RemoteOrder, words: str) -> None:
    bench.pump(WallDesired(1, refused))
    answer = bench.console.remote.answer
    assert (answer.revision, answer.outcome, str(answer.reason)) == (1, Outcome.REFUSED, words)
    assert shown(bench) == {1: "A", 2: "B"} and bench.console.remote.status is None
    assert told(bench) == [("refused", 1)]
    assert [notice.event for notice in bench.console.remote.take_notices()] == [RemoteEvent.REFUSED]


def test_an_order_that_cannot_be_read_is_refused(bench: Bench) -> None:
    bench.pump(WallDesired(1, order()), WallDesired(2, problem=Sentence("It cannot be read.")))
    assert bench.console.remote.answer.outcome is Outcome.REFUSED
    assert shown(bench) == {1: "A", 2: "B"} and told(bench) == [("begun", 1), ("ended", 1), ("refused", 2)]


def test_a_refused_order_is_shown_once_its_camera_is_listed(bench: Bench) -> None:
    bench.pump(WallDesired(1, order(CameraOnTile(CameraId("Z"), 3))))
    bench.pump(CatalogSynced(catalog(map(camera, "ABC"))))
    assert told(bench) == [("refused", 1)], "the same reason is told once"
    bench.pump(CatalogSynced(catalog(map(camera, "ABCZ"))))
    assert shown(bench) == {1: "A", 2: "B", 3: "Z"} and told(bench)[-1] == ("begun", 1)


def test_a_layout_that_is_a_question_is_asked_of_the_posts_own_cameras(bench: Bench) -> None:
    streets = [camera("A", code="JKT-1"), camera("B", code="JKT-2"), camera("C", code="BDG-1")]
    bench.pump(CatalogSynced(catalog(streets)))
    bench.pump(WallDesired(1, order(replace(SIAGA, cameras={}, query=parse_query("code JKT")))))
    assert shown(bench) == {1: "A", 2: "B"}
    bench.pump(CatalogSynced(catalog([streets[1], camera("D", code="JKT-4")])))
    assert shown(bench) == {1: "D", 2: "B"} and told(bench) == [("begun", 1)]
    assert bench.console.wall.monitor(1).is_directed


def unplugged_bench() -> Bench:
    """An order's question was asked on the second monitor, which is unplugged now."""
    bench = Bench(cameras=[camera(name, code=f"JKT-{name}") for name in "AB"])
    bench.console.set_screens(["one", "two"])
    bench.pump()
    question = replace(SIAGA, cameras={}, query=parse_query("code JKT"))
    bench.pump(WallDesired(1, order(question, monitor=2)))
    bench.console.set_screens(["one"])
    return bench


def test_a_question_on_a_monitor_that_is_unplugged_is_asked_anew_when_it_is_back() -> None:
    bench = unplugged_bench()
    bench.pump(CatalogSynced(catalog([camera(name, code=f"JKT-{name}") for name in "BC"])))
    assert bench.console.remote.status is not None, "the order goes on"
    bench.console.set_screens(["one", "two"])
    bench.pump()
    assert dict(bench.console.wall.monitor(2).cameras) == {1: "C", 2: "B"}
    assert told(bench) == [("begun", 1)]


def test_a_question_that_ended_while_its_monitor_was_unplugged_is_not_asked_anew() -> None:
    bench = unplugged_bench()
    bench.pump(CatalogSynced(catalog([camera("C", code="JKT-C")])), WallDesired(2))
    bench.console.set_screens(["one", "two"])
    bench.pump()
    assert dict(bench.console.wall.monitor(2).cameras) == {} and not bench.console.book.directed


def test_one_order_follows_another(bench: Bench) -> None:
    bench.pump(WallDesired(1, order()))
    bench.console.remote.take_notices()
    bench.pump(WallDesired(2, order(CameraOnTile(CameraId("C"), 3))))
    assert shown(bench) == {1: "A", 2: "B", 3: "C"}
    assert [notice.event for notice in bench.console.remote.take_notices()] == [RemoteEvent.BEGUN]
    bench.pump(WallDesired(3))
    assert shown(bench) == {1: "A", 2: "B"}


def test_an_order_ends_in_time_without_a_link(bench: Bench) -> None:
    bench.pump(WallDesired(1, order(), ends_s=bench.now_s + 10.0))
    bench.play(9.0)
    assert bench.console.remote.status is not None
    bench.play(1.0 + END_GRACE_S)
    assert bench.console.remote.status is None and shown(bench) == {1: "A", 2: "B"}
    assert told(bench) == [("begun", 1), ("ended", 1)]


def test_an_end_that_was_put_off_meanwhile_brings_the_order_back(bench: Bench) -> None:
    bench.pump(WallDesired(1, order(), ends_s=bench.now_s + 1.0))
    bench.play(1.0 + END_GRACE_S)
    bench.pump(WallDesired(1, order(), ends_s=bench.now_s + 60.0))
    assert shown(bench) == {1: "H", 2: "I"}


def test_an_end_is_corrected_by_every_answer(bench: Bench) -> None:
    bench.pump(WallDesired(1, order(), ends_s=bench.now_s + 1.0), WallDesired(1, order()))
    bench.play(5.0)
    assert bench.console.remote.status is not None and bench.console.remote.status.ends_s is None


def test_what_the_officer_does_there_asks_for_release_first(bench: Bench) -> None:
    bench.pump(WallDesired(1, order()))
    for command in (ClearTile(tile(1)), StepLayout(1, 1), StartCoverage(1)):
        with pytest.raises(ConfigError, match="release it first"):
            bench.console.dispatch(command)
    with pytest.raises(ConfigError, match="release it first"):
        bench.console.book.save_layout(1, "Milik saya")
    bench.do(SelectTile(1, 2))
    assert bench.console.wall.monitor(1).selected == 2


def test_an_order_is_not_undone_and_undo_waits_for_its_end(bench: Bench) -> None:
    bench.do(ApplyLayout(1, "9"))
    bench.pump(WallDesired(1, order()))
    assert not bench.console.book.can_undo
    bench.do(Undo())
    assert shown(bench) == {1: "H", 2: "I"}
    bench.console.remote.release()
    bench.do(Undo())
    assert bench.console.wall.monitor(1).layout == "4"


def test_a_tour_waits_for_the_end_of_an_order() -> None:
    streets = [camera(name, privacy=PrivacyClass.PUBLIC_STREET) for name in "ABCHI"]
    bench = Bench(cameras=streets, tours={"Pagi": PagedTour("Pagi", None, 1, dwell_s=5.0)})
    bench.pump()
    bench.do(StartTour(1, "Pagi"))
    bench.play(1.0)
    step = shown(bench)
    bench.pump(WallDesired(1, order()))
    bench.play(8.0)
    assert shown(bench) == {1: "H", 2: "I"}
    status = bench.console.book.touring.status(1, bench.now_s)
    assert status is not None and status.hold is Hold.DIRECTED
    with pytest.raises(ConfigError, match="release it first"):
        bench.console.dispatch(StopTour(1))
    bench.pump(WallDesired(2))
    assert shown(bench) == step
    bench.play(6.0)
    assert shown(bench) != step


def test_a_restart_keeps_what_the_officer_had(bench: Bench) -> None:
    bench.pump(WallDesired(1, order()))
    assert bench.console.wall.monitor(1).lasting.cameras == {1: "A", 2: "B"}


def test_the_wall_reports_once_a_second_and_at_once_when_an_order_was_answered(bench: Bench) -> None:
    before = len(bench.registry.reports)
    bench.play(3 * PERIOD_S)
    assert len(bench.registry.reports) == before + 3
    assert {each.sign for each in bench.registry.reports[-1].monitors[0].tiles} == {Sign.LIVE, Sign.EMPTY}
    bench.pump(WallDesired(1, order()))
    bench.play(0.125)
    last = bench.registry.reports[-1]
    assert last.answer == OrderAnswer(1, Outcome.APPLIED)
    assert (last.monitors[0].layout, [each.camera for each in last.monitors[0].tiles]) == ("Siaga", ["H", "I"])
