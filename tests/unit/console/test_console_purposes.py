"""Private cameras on a console that plays: nothing is opened without a purpose, nor after its end."""

from __future__ import annotations

import pytest

from app.console.purpose_book import PurposeBook
from app.core.commands import ToggleMaximised
from app.core.failure import Failure, Reason
from app.core.journal import Kind
from app.core.model import CameraId, PrivacyClass
from app.core.purpose import GRANT_S, LeasePurpose, Purpose, PurposeKind
from app.core.tile_status import Sign
from tests.fakes.fake_journal import FakeJournal
from tests.unit.console.console_bench import Bench, camera, sub, tile

P, Q = CameraId("P"), CameraId("Q")
GIVEN, ENDED = Kind.PURPOSE_GIVEN, Kind.PURPOSE_ENDED
INCIDENT = Purpose(PurposeKind.INCIDENT)
CAMERAS = (
    camera("A", privacy=PrivacyClass.PUBLIC_STREET),
    camera("P", privacy=PrivacyClass.PRIVATE_OFFICE),
    camera("Q", privacy=PrivacyClass.UNKNOWN),
)


@pytest.fixture
def journal() -> FakeJournal:
    return FakeJournal()


@pytest.fixture
def bench(journal: FakeJournal) -> Bench:
    """A wall that shows a street and, behind their purpose, two private cameras."""
    found = Bench(cameras=CAMERAS, purposes=PurposeBook(journal))
    found.assign(t1="A", t2="P", t3="Q")
    found.play(2.0)
    return found


def events(journal: FakeJournal) -> list[tuple[str, Kind]]:
    return [(camera, kind) for kind, camera in journal.of(GIVEN, ENDED)]


def test_a_private_camera_is_not_opened_and_its_tile_says_why(bench: Bench, journal: FakeJournal) -> None:
    assert bench.opened == [sub("A")] and events(journal) == []
    for number in (2, 3):
        status = bench.status(number)
        assert status.sign is Sign.LOST and status.failure is not None
        assert status.failure.reason is Reason.PURPOSE_NEEDED
        assert bench.console.sign(tile(number), bench.now_s) is Sign.LOST
        assert bench.console.slot(tile(number)) is None


def test_no_lease_is_asked_for_without_a_purpose(bench: Bench) -> None:
    assert {lease.key for lease in bench.registry.held} == {sub("A")}


@pytest.mark.parametrize(
    ("kind", "leased"),
    [
        (PurposeKind.INCIDENT, LeasePurpose.SECURITY),
        (PurposeKind.COMPLAINT, LeasePurpose.SECURITY),
        (PurposeKind.OWNER_REQUEST, LeasePurpose.SECURITY),
        (PurposeKind.OTHER, LeasePurpose.SECURITY),
        (PurposeKind.MAINTENANCE, LeasePurpose.MAINTENANCE),
    ],
)
def test_a_lease_is_asked_for_the_officers_purpose(bench: Bench, kind: PurposeKind, leased: LeasePurpose) -> None:
    bench.console.give_purpose(P, Purpose(kind, "Laporan 114/XI"))
    bench.play(2.0)
    assert dict(zip(bench.registry.requested, bench.registry.purposes, strict=True)) == {
        sub("A"): LeasePurpose.SECURITY,
        sub("P"): leased,
    }


def test_a_lease_for_one_purpose_opens_nothing_for_another(bench: Bench) -> None:
    """The registry has to be asked anew: the owner may not allow it."""
    bench.console.give_purpose(P, INCIDENT)
    bench.play(2.0)
    (first,) = [lease for lease in bench.registry.held if lease.key == sub("P")]
    bench.play(GRANT_S + 1.0, step_s=0.5)
    bench.console.give_purpose(P, Purpose(PurposeKind.MAINTENANCE))
    bench.play(2.0)
    assert first in bench.registry.released
    assert bench.registry.purposes[-1] is LeasePurpose.MAINTENANCE
    assert bench.status(2).sign is Sign.LIVE


def test_a_purpose_opens_its_camera_at_once_and_no_other(bench: Bench, journal: FakeJournal) -> None:
    bench.console.give_purpose(P, INCIDENT)
    bench.play(2.0)
    assert bench.signs() == {1: Sign.LIVE, 2: Sign.LIVE, 3: Sign.LOST}
    assert bench.opened == [sub("A"), sub("P")] and events(journal) == [("P", GIVEN)]


def test_the_end_of_a_purpose_closes_the_camera_and_is_written_down(bench: Bench, journal: FakeJournal) -> None:
    bench.console.give_purpose(P, INCIDENT)
    bench.play(2.0)
    bench.play(GRANT_S - 3.0, step_s=0.5)
    assert bench.status(2).sign is Sign.LIVE
    bench.play(2.0)
    status = bench.status(2)
    assert status.failure is not None and status.failure.reason is Reason.PURPOSE_EXPIRED
    assert sub("P") not in bench.video.open_streams and bench.status(1).sign is Sign.LIVE
    assert bench.console.slot(tile(2)) is None, "not even its last picture is left"
    assert events(journal) == [("P", GIVEN), ("P", ENDED)]


def test_a_purpose_given_again_before_its_end_closes_nothing(bench: Bench) -> None:
    bench.console.give_purpose(P, INCIDENT)
    bench.play(GRANT_S - 5.0, step_s=0.5)
    bench.console.give_purpose(P, INCIDENT)
    bench.play(20.0)
    assert bench.status(2).sign is Sign.LIVE and bench.closed == []


def test_a_purpose_outlasts_its_tile(bench: Bench) -> None:
    bench.console.give_purpose(P, INCIDENT)
    bench.clear(2)
    bench.play(5.0)
    bench.assign(t4="P")
    bench.play(2.0)
    assert bench.status(4).sign is Sign.LIVE


def test_a_maximised_private_camera_needs_its_purpose_too(bench: Bench) -> None:
    bench.do(ToggleMaximised(1, 2))
    bench.play(2.0)
    assert bench.opened == [sub("A")]


def test_private_cameras_carry_a_watermark_and_a_street_does_not(bench: Bench) -> None:
    assert [bench.console.is_watermarked(each) for each in CAMERAS] == [False, True, True]
    marked = Bench(cameras=CAMERAS, purposes=PurposeBook(FakeJournal()), marks_all=True)
    assert all(marked.console.is_watermarked(each) for each in CAMERAS)


def test_a_wall_is_filled_with_streets_only() -> None:
    bench = Bench(cameras=CAMERAS, purposes=PurposeBook(FakeJournal()), fill_tiles=4)
    bench.play(1.0)
    assert bench.signs() == {1: Sign.LIVE}


def test_without_a_book_of_purposes_nobody_is_asked() -> None:
    bench = Bench(cameras=CAMERAS, fill_tiles=4)
    bench.console.give_purpose(P, INCIDENT)
    bench.play(2.0)
    assert bench.signs() == {1: Sign.LIVE, 2: Sign.LIVE, 3: Sign.LIVE}
    assert not any(bench.console.is_watermarked(each) for each in CAMERAS)


def test_another_purpose_is_tried_at_once_after_a_refused_one(bench: Bench) -> None:
    bench.registry.failure = Failure(Reason.LEASE_REFUSED)
    for name in "PQ":
        bench.console.give_purpose(CameraId(name), Purpose(PurposeKind.MAINTENANCE))
    bench.play(1.0)
    bench.registry.failure = None
    bench.console.give_purpose(P, INCIDENT)
    bench.play(2.0)
    assert bench.status(2).sign is Sign.LIVE and bench.registry.purposes[-1] is LeasePurpose.SECURITY
    assert bench.opened == [sub("A"), sub("P")], "the other camera waits its refusal out"
