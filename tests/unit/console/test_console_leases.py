"""Leases, closes and generations: nothing is held too long, asked for twice, or taken for another's."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.core.failure import Failure, Reason
from app.core.lights import stale_after_s
from app.core.model import Codec, Login
from app.core.ports import StreamClosed, StreamFailed, StreamOpened
from app.core.redact import Secret
from app.core.stream_life import CLOSE_LIMIT_S, CONNECT_LIMIT_S
from app.core.tile_status import Sign
from tests.unit.console.console_bench import STEP_S, SUB, Bench, camera, playing, sub, tile

WRONG_PASSWORD = Failure(Reason.UNAUTHORIZED)
FIN = Failure(Reason.ENDED)


# ---- leases


def relayed_bench() -> Bench:
    """A bench whose leases name a relay and then the camera."""
    bench = Bench()
    bench.registry.hosts = {"relay": "relay", "camera": "camera"}
    bench.registry.relay_login = Login("post", Secret("canary of the relay"))
    return bench


def tried(bench: Bench) -> list[str]:
    """The host that each open so far went to."""
    return [opening.lease.endpoints[0].host for opening in bench.video.openings]


def logins(bench: Bench) -> list[str]:
    """The user name that each open so far went there with."""
    return [opening.lease.login(opening.lease.endpoints[0]).username for opening in bench.video.openings]


def test_a_refused_lease_is_a_card_with_its_reason_and_tried_again() -> None:
    bench = Bench()
    bench.registry.failure = Failure(Reason.LEASE_REFUSED, "not this post's camera")
    bench.assign(t1="A")
    assert (bench.status(1).sign, bench.status(1).failure) == (Sign.LOST, bench.registry.failure)
    assert bench.status(1).retry_in_s == 60.0
    bench.registry.failure = None
    bench.wait(60.0 + STEP_S)
    assert bench.opened == [sub("A")]


def test_a_failing_relay_gives_way_to_the_camera_and_gets_its_turn_again() -> None:
    bench = relayed_bench()
    bench.assign(t1="A")
    for _ in range(2):
        bench.fail(sub("A"), FIN)
        bench.wait(2.0)
    assert tried(bench) == ["relay", "camera", "relay"]
    assert logins(bench) == ["post", "viewer-0", "post"], "each with what opens it"
    assert {len(opening.lease.endpoints) for opening in bench.video.openings} == {2}


@pytest.mark.parametrize("reason", [Reason.HOST_LOST, Reason.NO_HOST, Reason.INTERNAL])
def test_what_is_not_the_relays_fault_leaves_it_its_turn(reason: Reason) -> None:
    bench = relayed_bench()
    bench.assign(t1="A")
    bench.play(30.0)
    for _ in range(2):
        bench.fail(sub("A"), Failure(reason))
        bench.wait(2.0)
    assert tried(bench) == ["relay"] * 3
    bench.fail(sub("A"), FIN)
    bench.wait(2.0)
    assert tried(bench)[3:] == ["camera"], "its own failure takes it away"


@pytest.mark.parametrize("reason", [Reason.LEASE_UNAVAILABLE, Reason.LEASE_REFUSED])
def test_a_lease_that_comes_late_begins_with_the_relay(reason: Reason) -> None:
    bench = relayed_bench()
    bench.registry.failure = Failure(reason)
    bench.assign(t1="A")
    bench.registry.failure = None
    bench.wait(62.0)
    assert (tried(bench)[0], logins(bench)[0]) == ("relay", "post")


def test_a_registry_that_never_answers_is_asked_once() -> None:
    bench = Bench()
    bench.registry.is_silent = True
    bench.assign(t1="A")
    bench.wait(120.0)
    assert bench.registry.requested == [sub("A")]
    assert bench.status(1).failure == Failure(Reason.LEASE_UNAVAILABLE) and bench.closed == []
    bench.registry.answer()
    bench.pump()
    assert bench.opened == [sub("A")], "a lease that came late is used at once"
    bench.play(1.0)
    assert bench.status(1).sign is Sign.LIVE


def test_a_lease_that_comes_late_while_the_next_try_awaits_it_is_used_once() -> None:
    bench = Bench()
    bench.registry.is_silent = True
    bench.assign(t1="A")
    bench.wait(CONNECT_LIMIT_S + 1.0)
    assert bench.status(1).retry_in_s is None, "it tries again"
    bench.registry.answer()
    bench.play(2.0)
    assert bench.opened == [sub("A")] and len(bench.registry.held) == 1


def test_a_lease_that_comes_for_a_cleared_tile_is_given_back() -> None:
    bench = Bench()
    bench.registry.is_silent = True
    bench.assign(t1="A")
    bench.clear(1)
    bench.wait(1.0)
    bench.registry.answer()
    bench.pump()
    assert bench.opened == [] and bench.registry.held == []


@pytest.mark.parametrize("pause_s", [0.0, 1.0], ids=["at once", "after it was forgotten"])
def test_a_camera_called_up_twice_is_opened_once_however_the_leases_come(pause_s: float) -> None:
    bench = Bench()
    bench.registry.is_silent = True
    bench.assign(t1="A")
    bench.clear(1)
    bench.wait(pause_s)
    bench.assign(t1="A")
    bench.registry.answer()
    bench.play(1.0)
    bench.registry.answer()
    bench.play(1.0)
    assert bench.opened == [sub("A")]
    assert len(bench.registry.held) == 1


def twice_called_bench() -> Bench:
    """A tile was cleared and filled again before the registry had answered."""
    bench = Bench()
    bench.registry.is_silent = True
    bench.assign(t1="A")
    bench.clear(1)
    bench.wait(1.0)
    bench.assign(t1="A")
    return bench


def test_of_two_leases_for_one_stream_the_newer_is_kept() -> None:
    """The registry's client gives the older one back as soon as there is a newer one."""
    bench = twice_called_bench()
    bench.registry.answer()
    bench.play(1.0)
    older, newer = bench.registry.granted
    assert (bench.registry.released, bench.registry.held) == ([older], [newer])
    bench.fail(sub("A"), FIN)
    bench.play(2.0)
    assert [opening.lease for opening in bench.video.openings] == [older, newer]


def test_of_two_leases_for_a_stream_that_is_cleared_meanwhile_none_is_kept() -> None:
    bench = twice_called_bench()
    late = bench.registry.unanswered.pop()
    bench.registry.answer()
    bench.play(1.0)
    bench.clear(1)
    bench.registry.unanswered.append(late)
    bench.registry.answer()
    bench.wait(1.0)
    assert len(bench.registry.granted) == 2 and bench.registry.held == []


def test_a_late_refusal_for_a_camera_that_is_gone_changes_nothing() -> None:
    bench = Bench()
    bench.registry.is_silent = True
    bench.registry.failure = Failure(Reason.LEASE_REFUSED)
    bench.assign(t1="A")
    bench.clear(1)
    bench.wait(1.0)
    bench.registry.answer()
    bench.pump()
    assert bench.status(1).sign is Sign.EMPTY and bench.opened == []


# ---- closing


def test_a_cleared_camera_is_closed_and_its_lease_and_slot_given_back() -> None:
    bench = playing(t1="A", t2="B")
    slot = bench.slot(1)
    bench.clear(1)
    bench.wait(STEP_S)
    assert bench.video.closed == [(sub("A"), 1)]
    assert [lease.key for lease in bench.registry.released] == [sub("A")]
    assert slot.closes == 1 and bench.console.slot(tile(1)) is None
    assert bench.status(1).sign is Sign.EMPTY


def test_the_lease_is_kept_until_the_host_has_closed_the_stream() -> None:
    bench = playing(t1="A")
    bench.video.acknowledges = False
    bench.clear(1)
    bench.wait(1.0)
    assert bench.registry.released == []
    bench.video.acknowledge()
    bench.wait(STEP_S)
    assert len(bench.registry.released) == 1


def test_a_stream_that_fails_while_it_is_closed_gives_its_lease_back_too() -> None:
    bench = playing(t1="A")
    bench.video.acknowledges = False
    bench.clear(1)
    bench.fail(sub("A"), Failure(Reason.RESET))
    bench.wait(STEP_S)
    assert bench.registry.held == []


def test_a_camera_cleared_while_it_waits_gives_its_lease_back() -> None:
    bench = playing(t1="A")
    bench.fail(sub("A"), FIN)
    bench.clear(1)
    bench.wait(60.0)
    assert bench.registry.held == [] and bench.opened == [sub("A")]


def test_a_host_that_does_not_acknowledge_a_close_is_killed() -> None:
    bench = playing(t1="A", t2="B")
    bench.video.acknowledges = False
    bench.clear(1)
    bench.play(CLOSE_LIMIT_S - STEP_S)
    assert bench.video.killed == []
    bench.play(STEP_S)
    assert bench.video.killed == [sub("A")]
    bench.play(1.0)
    assert bench.signs() == {2: Sign.LIVE}
    assert [lease.key for lease in bench.registry.held] == [sub("B")]


def test_a_slow_camera_may_take_as_long_as_its_silence_to_close() -> None:
    """Its host waits for a packet, which comes every few seconds; good streams would die with that host."""
    slow = replace(SUB, frame_rate_fps=0.3)
    bench = Bench(cameras=[camera("A", slow), camera("B")])
    bench.assign(t1="A", t2="B")
    bench.play(1.0)
    bench.video.acknowledges = False
    bench.clear(1)
    bench.play(stale_after_s(slow.frame_rate_fps) + 1.0)
    assert bench.video.killed == [] and bench.signs() == {2: Sign.LIVE}
    bench.play(CLOSE_LIMIT_S)
    assert bench.video.killed == [sub("A")], "it is not waited for without end"


def test_a_camera_called_up_while_it_closes_waits_for_the_close() -> None:
    bench = playing(t1="A")
    bench.video.acknowledges = False
    bench.clear(1)
    bench.assign(t1="A")
    assert bench.opened == [sub("A")], "not before the host has let go"
    bench.video.acknowledge()
    bench.play(STEP_S)
    assert bench.opened == [sub("A")] * 2
    assert bench.generations() == {sub("A"): 2}


# ---- generations


def old_events(generation: int) -> list[StreamOpened | StreamFailed | StreamClosed]:
    return [
        StreamOpened(sub("A"), generation, Codec.H265, 1, 1, 0.1),
        StreamFailed(sub("A"), generation, WRONG_PASSWORD),
        StreamClosed(sub("A"), generation),
    ]


def test_events_of_an_older_generation_are_ignored() -> None:
    bench = playing(t1="A")
    bench.fail(sub("A"), FIN)
    bench.play(1.0)
    before = bench.status(1)
    bench.pump(*old_events(generation=1))
    assert bench.status(1) == before
    assert bench.generations() == {sub("A"): 2}


def test_events_of_a_camera_that_was_cleared_and_called_up_again_are_ignored() -> None:
    bench = playing(t1="A")
    bench.clear(1)
    bench.wait(1.0)
    bench.assign(t1="A")
    bench.play(1.0)
    before = bench.status(1)
    bench.pump(*old_events(generation=1))
    assert bench.status(1) == before
    assert before.sign is Sign.LIVE and bench.generations()[sub("A")] > 1


def test_events_of_streams_that_the_console_never_opened_are_ignored() -> None:
    bench = Bench()
    bench.pump(*old_events(generation=1))
    assert bench.status(1).sign is Sign.EMPTY
