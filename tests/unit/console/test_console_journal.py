"""Who sees what is written down: a camera that is seen, one that is not any more, and why."""

from __future__ import annotations

import pytest

from app.console.duty_book import DutyBook
from app.console.purpose_book import PurposeBook
from app.console.view_log import CAMERAS_AN_ENTRY, ViewLog
from app.core.commands import ApplyLayout
from app.core.duty import Officer, Role, ShiftStarted, SignInRule
from app.core.failure import Failure, Reason
from app.core.journal import Event, Kind
from app.core.model import CameraId, PrivacyClass
from app.core.purpose import GRANT_S, Purpose, PurposeKind
from app.core.tile_status import Sign
from tests.fakes.fake_duty import FakeDutyPort
from tests.fakes.fake_journal import FakeJournal
from tests.unit.console.console_bench import Bench, camera, sub, tile

P = CameraId("P")
STREETS = [camera(name, privacy=PrivacyClass.PUBLIC_STREET) for name in "ABC"]


def views(bench: Bench) -> list[tuple[list[str], list[str]]]:
    """What came onto the wall and what left it, entry by entry."""
    changed = [event.detail for event in bench.journal.events if event.kind is Kind.VIEWS_CHANGED]
    return [(sorted(detail["started"]), sorted(detail["ended"])) for detail in changed]  # type: ignore[arg-type]


def test_a_street_is_seen_from_its_first_picture_until_it_leaves_the_wall() -> None:
    bench = Bench(cameras=STREETS)
    bench.assign(t1="A", t2="B")
    assert views(bench) == []
    bench.play(2.0)
    bench.clear(1)
    bench.play(0.5)
    seen = [entry for entry in views(bench) if entry[0]]
    assert sorted(name for started, _ in seen for name in started) == ["A", "B"]
    assert views(bench)[-1] == ([], ["A"])


def test_what_a_maximised_tile_hides_is_not_seen() -> None:
    bench = Bench(cameras=STREETS)
    bench.assign(t1="A", t2="B")
    bench.play(2.0)
    bench.toggle_maximised(1)
    bench.play(0.5)
    assert views(bench)[-1] == ([], ["B"])
    bench.toggle_maximised(1)
    bench.play(0.5)
    assert views(bench)[-1] == (["B"], [])


def test_a_camera_on_two_tiles_is_seen_once() -> None:
    bench = Bench(cameras=STREETS)
    bench.assign(t1="A", t2="A")
    bench.play(2.0)
    bench.clear(1)
    bench.play(0.5)
    assert views(bench) == [(["A"], [])]


def test_a_picture_that_is_lost_is_written_down_with_its_reason() -> None:
    bench = Bench(cameras=STREETS)
    bench.assign(t1="A")
    bench.play(2.0)
    bench.fail(sub("A"), Failure(Reason.UNAUTHORIZED))
    bench.wait(40.0)
    assert [event for event in bench.journal.events if event.kind is Kind.FAILURE] == [
        Event(Kind.FAILURE, {"reason": "unauthorized"}, "A")
    ]
    assert views(bench)[-1] == ([], ["A"])


def test_a_private_camera_has_an_entry_of_its_own_with_the_purpose() -> None:
    journal = FakeJournal()
    bench = Bench(cameras=[camera("P", privacy=PrivacyClass.PRIVATE_OFFICE)], purposes=PurposeBook(journal))
    bench.assign(t1="P")
    bench.play(2.0)
    assert bench.journal.of(Kind.VIEW_STARTED) == []
    bench.console.give_purpose(P, Purpose(PurposeKind.OTHER, "a lost child"))
    bench.play(2.0)
    started = [event for event in bench.journal.events if event.kind is Kind.VIEW_STARTED]
    assert started == [Event(Kind.VIEW_STARTED, {"purpose": "other", "purpose_text": "a lost child"}, P)]
    bench.wait(GRANT_S)
    assert bench.journal.of(Kind.VIEW_STARTED, Kind.VIEW_ENDED) == [(Kind.VIEW_STARTED, P), (Kind.VIEW_ENDED, P)]
    assert views(bench) == []


def test_the_end_of_the_wall_ends_every_view() -> None:
    bench = Bench(cameras=STREETS)
    bench.assign(t1="A", t2="B")
    bench.play(2.0)
    bench.console.stop()
    assert views(bench)[-1] == ([], ["A", "B"])


def test_another_layout_is_written_down() -> None:
    bench = Bench(cameras=STREETS)
    bench.do(ApplyLayout(1, "9"))
    bench.play(0.5)
    assert [event.detail for event in bench.journal.events if event.kind is Kind.LAYOUT_CHANGED] == [
        {"monitor": 1, "layout": "9"}
    ]


def test_hundreds_of_cameras_are_several_entries() -> None:
    journal = FakeJournal()
    log = ViewLog(journal)
    many = {CameraId(f"camera-{number}"): None for number in range(2 * CAMERAS_AN_ENTRY + 1)}
    log.check(many, lambda _: None)
    sizes = [len(event.detail["started"]) for event in journal.events]  # type: ignore[arg-type]
    assert sizes == [CAMERAS_AN_ENTRY, CAMERAS_AN_ENTRY, 1]
    log.check(many, lambda _: None)
    assert len(journal.events) == 3, "nothing changed"


# ---- the end of a shift


SARI = Officer("id-sari", "86040317", "Sari", Role.OFFICER)
SHIFT_S = 60.0


def on_duty() -> Bench:
    """An officer on duty looks at a private camera."""
    journal = FakeJournal()
    purposes = PurposeBook(journal)
    duty = DutyBook(SignInRule.REQUIRED, FakeDutyPort(), journal, purposes)
    bench = Bench(cameras=[camera("P", privacy=PrivacyClass.PRIVATE_OFFICE)], purposes=purposes, duty=duty)
    bench.pump(ShiftStarted(SARI, SHIFT_S))
    bench.assign(t1="P")
    bench.console.give_purpose(P, Purpose(PurposeKind.INCIDENT))
    bench.play(2.0)
    assert private_views(bench) == [Kind.VIEW_STARTED]
    return bench


def private_views(bench: Bench) -> list[Kind]:
    return [event.kind for event in bench.journal.events if event.kind in (Kind.VIEW_STARTED, Kind.VIEW_ENDED)]


@pytest.mark.parametrize("is_signed_off", [True, False], ids=["signed off", "time is up"])
def test_the_end_of_a_shift_ends_its_private_views_at_once_and_the_ledger_has_their_ends(
    is_signed_off: bool,
) -> None:
    bench = on_duty()
    if is_signed_off:
        bench.console.duty.sign_off()
        assert bench.console.sign(tile(1), bench.now_s) is Sign.LOST, "nobody may see it from now on"
        bench.play(0.5)
    else:
        bench.play(SHIFT_S)
    assert sub("P") not in bench.video.open_streams
    assert private_views(bench) == [Kind.VIEW_STARTED, Kind.VIEW_ENDED]
    assert views(bench) == [], "it was never a public one"
