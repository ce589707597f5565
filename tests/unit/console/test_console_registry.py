"""The registry in the console: the catalogue fills the wall, and its loss costs no tile."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.console.purpose_book import PurposeBook
from app.core.budget import HostId
from app.core.commands import ApplyLayout, Undo
from app.core.errors import ConfigError
from app.core.failure import Failure, Reason
from app.core.journal import Event, Kind
from app.core.model import CameraId, HeldList, Lifecycle, Reject
from app.core.paths import NetworkChanged
from app.core.ports import CatalogSynced, HostBeat, RegistryLost, RegistryReached
from app.core.purpose import Purpose, PurposeKind
from app.core.sentence import Sentence
from app.core.tile_status import Sign
from tests.fakes.fake_journal import FakeJournal
from tests.unit.console.console_bench import STEP_S, Bench, camera, catalog, playing, sub, tile

FIN = Failure(Reason.ENDED)
UNREACHABLE = RegistryLost(Sentence("the registry does not answer"))
NO_LEASE = Failure(Reason.LEASE_UNAVAILABLE)


def shown(bench: Bench) -> dict[int, CameraId]:
    return {place.number: name for place, name in bench.console.shown_tiles().items()}


# ---- filling the wall


def test_the_first_catalogue_fills_as_many_tiles_as_were_asked_for_by_code() -> None:
    cameras = [
        camera("x1", code="D"),
        camera("x2", code="B", lifecycle=Lifecycle.MAINTENANCE),
        camera("x3", code="A"),
        camera("x4", code="C"),
        camera("x5", code="E"),
    ]
    bench = Bench(cameras=cameras, fill_tiles=3)
    bench.pump()
    assert shown(bench) == {1: "x3", 2: "x4", 3: "x1"}, "codes A, C, D; B is under maintenance"
    assert bench.opened == [sub("x3"), sub("x4"), sub("x1")]


def test_a_short_catalogue_fills_what_it_can() -> None:
    bench = Bench(cameras=[camera("A")], fill_tiles=4)
    bench.play(1.0)
    assert bench.signs() == {1: Sign.LIVE}


def test_a_wall_is_not_filled_unasked() -> None:
    bench = Bench()
    bench.pump()
    assert shown(bench) == {}


def test_later_catalogues_move_nothing() -> None:
    bench = Bench(cameras=[camera("C"), camera("D")], fill_tiles=2)
    bench.play(1.0)
    bench.pump(CatalogSynced(catalog([camera(name) for name in "ABCD"])))
    bench.play(1.0)
    assert shown(bench) == {1: "C", 2: "D"} and bench.closed == []


def test_a_catalogue_that_comes_back_after_an_empty_one_does_not_fill_the_wall_again() -> None:
    bench = Bench(cameras=[camera("A"), camera("B")], fill_tiles=2)
    bench.pump()
    bench.assign(t1="B")
    bench.pump(CatalogSynced(catalog([])), CatalogSynced(catalog([camera("A"), camera("B")])))
    assert shown(bench) == {1: "B", 2: "B"}


def test_undo_does_not_take_the_filling_of_the_wall_back() -> None:
    bench = Bench(cameras=[], fill_tiles=2)
    bench.do(ApplyLayout(1, "9"))
    bench.pump(CatalogSynced(catalog([camera("A"), camera("B")])))
    bench.do(Undo())
    assert shown(bench) == {1: "A", 2: "B"}


# ---- the registry is lost


def lost_registry(*, lifetime_s: float, offline_use_s: float) -> Bench:
    """A playing camera whose registry has gone."""
    bench = Bench()
    bench.registry.lifetime_s, bench.registry.offline_use_s = lifetime_s, offline_use_s
    bench.assign(t1="A", t2="B")
    bench.play(1.0)
    bench.registry.failure = NO_LEASE
    bench.pump(UNREACHABLE)
    return bench


def test_losing_the_registry_loses_no_tile() -> None:
    bench = lost_registry(lifetime_s=30.0, offline_use_s=0.0)
    bench.play(120.0)
    assert bench.signs() == {1: Sign.LIVE, 2: Sign.LIVE}
    assert bench.closed == [] and bench.opened == [sub("A"), sub("B")]


def test_a_valid_lease_reopens_a_stream_without_the_registry() -> None:
    bench = lost_registry(lifetime_s=3600.0, offline_use_s=0.0)
    bench.fail(sub("A"), FIN)
    bench.play(1.0)
    assert bench.signs()[1] is Sign.LIVE


def test_an_expired_lease_reopens_a_stream_while_it_may_be_used_offline() -> None:
    bench = lost_registry(lifetime_s=30.0, offline_use_s=600.0)
    bench.play(60.0)
    bench.fail(sub("A"), FIN)
    bench.play(1.0)
    assert bench.signs()[1] is Sign.LIVE
    assert len(bench.registry.requested) == 2, "nobody is asked who cannot answer"


def test_an_expired_lease_serves_offline_until_its_time_is_over() -> None:
    bench = lost_registry(lifetime_s=30.0, offline_use_s=600.0)
    bench.play(600.0)
    bench.fail(sub("A"), FIN)
    bench.play(5.0)
    status = bench.status(1)
    assert (status.sign, status.failure) == (Sign.STALE, NO_LEASE)
    assert bench.signs()[2] is Sign.LIVE, "the one that plays goes on"


def test_an_expired_lease_of_a_private_camera_reopens_nothing() -> None:
    bench = lost_registry(lifetime_s=30.0, offline_use_s=0.0)
    bench.play(31.0)
    bench.fail(sub("A"), FIN)
    bench.play(5.0)
    assert bench.status(1).failure == NO_LEASE
    assert bench.opened.count(sub("A")) == 1


def test_a_lease_does_not_outlast_its_time_while_the_pc_sleeps() -> None:
    bench = lost_registry(lifetime_s=30.0, offline_use_s=600.0)
    bench.pump(NetworkChanged(slept_s=600.0))
    bench.fail(sub("A"), FIN)
    bench.play(5.0)
    assert bench.status(1).failure == NO_LEASE and bench.opened.count(sub("A")) == 1
    bench.registry.failure = None
    bench.pump(RegistryReached())
    bench.play(1.0)
    asked = len(bench.registry.requested)
    bench.fail(sub("A"), FIN)
    bench.play(1.0)
    assert bench.signs()[1] is Sign.LIVE and bench.opened.count(sub("A")) == 3
    assert len(bench.registry.requested) == asked, "a new lease has all its time"


@pytest.mark.parametrize("failure", [NO_LEASE, Failure(Reason.INTERNAL)], ids=["gone", "a defect of ours"])
def test_an_expired_lease_serves_when_only_the_asking_tells_that_nobody_answers(failure: Failure) -> None:
    bench = lost_registry(lifetime_s=30.0, offline_use_s=600.0)
    bench.registry.failure = failure
    bench.pump(RegistryReached())
    bench.play(60.0)
    bench.fail(sub("A"), FIN)
    bench.play(1.0)
    assert len(bench.registry.requested) == 3
    assert bench.signs()[1] is Sign.LIVE


def test_an_expired_lease_is_no_use_once_the_registry_has_refused_another() -> None:
    bench = lost_registry(lifetime_s=30.0, offline_use_s=600.0)
    bench.pump(RegistryReached())
    bench.registry.failure = Failure(Reason.LEASE_REFUSED)
    bench.play(60.0)
    bench.fail(sub("A"), FIN)
    bench.play(1.0)
    assert bench.status(1).failure == Failure(Reason.LEASE_REFUSED)
    assert bench.opened.count(sub("A")) == 1


@pytest.mark.parametrize("reason", [Reason.LEASE_REFUSED, Reason.WITHDRAWN, Reason.BUSY])
def test_a_refusal_ends_the_use_of_a_lease_however_the_registry_is_lost_afterwards(reason: Reason) -> None:
    bench = lost_registry(lifetime_s=30.0, offline_use_s=7200.0)
    bench.pump(RegistryReached())
    bench.registry.failure = Failure(reason)
    bench.play(60.0)
    bench.fail(sub("A"), FIN)
    bench.play(1.0)
    bench.registry.failure = NO_LEASE
    bench.pump(UNREACHABLE)
    bench.play(700.0)
    assert bench.signs()[1] is not Sign.LIVE and bench.opened.count(sub("A")) == 1
    assert [lease.key for lease in bench.registry.released] == [sub("A")]
    assert bench.signs()[2] is Sign.LIVE, "nothing was refused to it"


def test_an_expired_lease_is_no_use_to_a_post_that_the_registry_refuses() -> None:
    bench = lost_registry(lifetime_s=30.0, offline_use_s=600.0)
    bench.pump(RegistryLost(Sentence("the registry does not know this post"), is_refusal=True))
    bench.registry.failure = Failure(Reason.LEASE_REFUSED)
    bench.play(60.0)
    bench.fail(sub("A"), FIN)
    bench.play(1.0)
    assert bench.status(1).failure == Failure(Reason.LEASE_REFUSED)
    assert bench.opened.count(sub("A")) == 1


def test_a_registry_that_comes_back_gives_leases_again() -> None:
    bench = lost_registry(lifetime_s=30.0, offline_use_s=0.0)
    bench.play(31.0)
    bench.fail(sub("A"), FIN)
    bench.play(10.0)
    bench.registry.failure = None
    bench.pump(RegistryReached())
    bench.play(1.0)
    assert bench.signs() == {1: Sign.LIVE, 2: Sign.LIVE}, "at once, however long the wait was"


def test_a_registry_that_comes_back_is_asked_once_by_a_tile_that_it_had_refused() -> None:
    bench = lost_registry(lifetime_s=30.0, offline_use_s=0.0)
    bench.registry.failure = Failure(Reason.LEASE_REFUSED)
    bench.play(31.0)
    bench.fail(sub("A"), FIN)
    bench.play(5.0)
    asked = len(bench.registry.requested)
    bench.pump(RegistryReached())
    bench.play(20.0)
    assert len(bench.registry.requested) == asked + 1
    assert bench.status(1).failure == Failure(Reason.LEASE_REFUSED)


# ---- withdrawn cameras


def test_a_withdrawn_camera_is_closed_and_its_tile_says_why() -> None:
    bench = playing(t1="A", t2="B")
    bench.pump(CatalogSynced(catalog([camera("B")])))
    bench.play(1.0)
    status = bench.status(1)
    assert (status.sign, status.failure, status.camera_id) == (Sign.LOST, Failure(Reason.WITHDRAWN), "A")
    assert bench.console.slot(tile(1)) is None, "not even its last picture"
    assert bench.closed == [sub("A")] and [lease.key for lease in bench.registry.held] == [sub("B")]
    assert bench.signs()[2] is Sign.LIVE


def test_a_withdrawn_camera_that_comes_back_plays_again() -> None:
    bench = playing(t1="A", t2="B")
    bench.pump(CatalogSynced(catalog([camera("B")])))
    bench.play(1.0)
    bench.pump(CatalogSynced(catalog([camera("A"), camera("B")])))
    bench.play(1.0)
    assert bench.signs() == {1: Sign.LIVE, 2: Sign.LIVE}


def test_a_post_that_loses_its_last_camera_says_so_too() -> None:
    bench = playing(t1="A")
    bench.pump(CatalogSynced(catalog([])))
    bench.play(1.0)
    assert bench.status(1).failure == Failure(Reason.WITHDRAWN)


def test_a_renamed_camera_keeps_its_stream() -> None:
    bench = playing(t1="A")
    renamed = replace(camera("A"), name="Simpang Lima", rev=2)
    bench.pump(CatalogSynced(catalog([renamed])))
    bench.play(1.0)
    assert bench.status(1).camera == renamed
    assert bench.opened == [sub("A")] and bench.signs() == {1: Sign.LIVE}


# ---- what is known of it


def test_what_is_known_of_the_registry() -> None:
    bench = Bench(cameras=[])
    registry = bench.console.registry
    assert (registry.is_reachable, registry.lost_s, registry.sync_s) == (False, None, None)
    reject = Reject(7, "name", Sentence("is empty"))
    bench.pump(CatalogSynced(catalog([camera("A")]), rejects=(reject,), from_cache=True))
    registry = bench.console.registry
    assert (registry.from_cache, registry.rejected, registry.is_reachable) == (True, (reject,), False)
    bench.pump(RegistryReached(), CatalogSynced(catalog([camera("A")]), sync_s=1.5))
    registry = bench.console.registry
    assert (registry.is_reachable, registry.lost_s) == (True, None)
    assert (registry.from_cache, registry.rejected, registry.sync_s) == (False, (), 1.5)
    bench.wait(5.0)
    bench.pump(CatalogSynced(catalog([camera("B")])), UNREACHABLE)
    registry = bench.console.registry
    assert (registry.is_reachable, registry.sentence) == (False, Sentence("the registry does not answer"))
    assert registry.sync_s == 1.5, "a change is no full sync"
    bench.pump(RegistryReached())
    assert bench.console.registry.sentence is None


def test_a_loss_of_the_registry_counts_from_the_loss_whatever_else_is_wrong_with_it_later() -> None:
    bench = Bench()
    bench.wait(50.0)
    bench.pump(UNREACHABLE)
    lost_s = bench.now_s
    assert bench.console.registry.lost_s == lost_s, "told once when it was reached, 50 s before"
    bench.wait(5.0)
    bench.pump(RegistryLost(Sentence("the registry refuses this post"), is_refusal=True))
    assert bench.console.registry.lost_s == lost_s
    bench.pump(RegistryReached())
    assert bench.console.registry.lost_s is None
    bench.wait(5.0)
    bench.pump(UNREACHABLE)
    assert bench.console.registry.lost_s == bench.now_s


def test_a_registry_that_was_never_reached_is_not_called_lost() -> None:
    bench = Bench(cameras=[])
    bench.pump(UNREACHABLE)
    assert (bench.console.registry.is_silent, bench.console.registry.lost_s) == (True, None)


HELD = HeldList(listed=1, known=3)


def held_bench() -> Bench:
    """A console whose registry lists fewer cameras than can be meant; whoever is there speaks for IT."""
    bench = Bench()
    bench.pump(CatalogSynced(catalog([camera("A")]), held=HELD))
    return bench


def test_a_list_that_is_held_back_is_known_and_asked_for_on_a_yes_that_is_written_down() -> None:
    bench = held_bench()
    book = bench.console.registry_book
    assert bench.console.registry.held == book.check_may_accept() == HELD
    book.accept(HELD)
    assert bench.registry.lists_accepted == [HELD]
    assert bench.journal.events[-1] == Event(Kind.LIST_ACCEPTED, {"listed": 1, "known": 3})
    bench.pump(CatalogSynced(catalog([camera("A")])))
    assert bench.console.registry.held is None


def test_a_yes_is_to_the_list_that_was_asked_about() -> None:
    bench = held_bench()
    for held in (HeldList(listed=0, known=3), None):
        bench.pump(CatalogSynced(catalog([camera("A")]), held=held))
        with pytest.raises(ConfigError):
            bench.console.registry_book.accept(HELD)
    assert bench.registry.lists_accepted == []
    assert Kind.LIST_ACCEPTED not in {event.kind for event in bench.journal.events}


def test_a_pc_that_slept_is_told_to_the_officers_rights() -> None:
    bench = Bench(purposes=PurposeBook(FakeJournal()))
    purposes = bench.console.purposes
    assert purposes is not None
    purposes.give(CameraId("A"), Purpose(PurposeKind.INCIDENT), bench.now_s)
    left_s = purposes.next_end_s(bench.now_s) - bench.now_s
    bench.pump(NetworkChanged(slept_s=left_s - 1.0))
    assert purposes.next_end_s(bench.now_s) == bench.now_s + 1.0
    bench.pump(NetworkChanged(slept_s=1.0))
    assert purposes.grant(CameraId("A"), bench.now_s) is None


@pytest.mark.parametrize("beats", [1, 3])
def test_the_last_beat_of_each_host_is_kept(beats: int) -> None:
    bench = Bench()
    for count in range(1, beats + 1):
        bench.pump(HostBeat(HostId(1), float(count), 100 * count), HostBeat(HostId(2), 0.5, 50))
    assert bench.console.hosts == {
        1: HostBeat(HostId(1), float(beats), 100 * beats),
        2: HostBeat(HostId(2), 0.5, 50),
    }


def test_messages_are_taken_in_at_the_next_pump_and_not_before() -> None:
    bench = Bench()
    bench.console.dispatch(ApplyLayout(1, "9"))
    bench.inbox.put(UNREACHABLE)
    assert bench.console.registry.sentence is None
    bench.wait(STEP_S)
    assert bench.console.registry.sentence == UNREACHABLE.sentence
