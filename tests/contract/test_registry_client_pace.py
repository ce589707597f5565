"""A registry that is in trouble is left alone: its own log tells how often it was asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

import pytest
from registry_client_parts import (
    Exchange,
    Messages,
    Peer,
    Request,
    camera,
    make_identity,
    running_peer,
    serve_leases,
    serve_snapshot,
)

from app.core.failure import Reason
from app.core.model import CameraId, Profile, StreamKey
from app.core.ports import LeaseDenied, LeaseGranted
from app.registry.client import RegistryApi
from app.registry.leasing import RETRY, LeaseDesk
from app.registry.link import Link
from app.registry.retry import SPREAD, Holdoff, retry_wait_s
from app.registry.tokens import REFUSED_S

TILES = 6
ASKED_S = 600


class Desk:
    """A lease desk on a clock that stands still until a test moves it."""

    def __init__(self, peer: Peer) -> None:
        self.now_s = 1000.0
        self.inbox = Messages()
        self._api = RegistryApi(peer.url, make_identity(), clock=self.clock)
        self._desk = LeaseDesk(self._api, Link(self.inbox), Random(1), self.clock)
        self._desk.thread.start()

    def clock(self) -> float:
        return self.now_s

    def ask_for_a_wall(self, tiles: int = TILES) -> list[LeaseDenied]:
        """What a wall's tiles are told, each of which asks by itself."""
        denied = []
        for number in range(1, tiles + 1):
            self._desk.request(StreamKey(CameraId(camera(number)["id"]), Profile.SUB))
            denied.append(self.inbox.take(LeaseDenied))
        return denied

    def ask_for_one(self) -> LeaseGranted:
        self._desk.request(StreamKey(CameraId(camera(1)["id"]), Profile.SUB))
        return self.inbox.take(LeaseGranted)

    def stop(self) -> None:
        self._desk.stop()
        self._api.close()
        self._desk.thread.join()


@pytest.fixture
def peer() -> Iterator[Peer]:
    with running_peer() as server:
        server.routes["/v1/snapshot"] = serve_snapshot(camera(1))
        server.routes["/v1/stream-leases"] = serve_leases
        yield server


@pytest.fixture
def desk(peer: Peer) -> Iterator[Desk]:
    desk = Desk(peer)
    yield desk
    desk.stop()


def refuse(status: int, code: str, **headers: str) -> Callable[[Exchange, Request], None]:
    return lambda exchange, _request: exchange.problem(status, code, headers)


@pytest.mark.parametrize("status", [429, 503])
def test_a_wall_of_tiles_asks_a_registry_once_that_asked_to_wait(peer: Peer, desk: Desk, status: int) -> None:
    peer.routes["/v1/stream-leases"] = refuse(status, "unavailable", **{"Retry-After": str(ASKED_S)})
    first = desk.ask_for_a_wall()
    assert len(peer.asked("/v1/stream-leases")) == 1
    assert {denied.failure.reason for denied in first} == {Reason.LEASE_UNAVAILABLE}
    waits_s = [denied.failure.retry_after_s for denied in first]
    assert all(wait_s is not None and ASKED_S <= wait_s <= ASKED_S * (1 + SPREAD) for wait_s in waits_s)
    desk.now_s += ASKED_S - 1
    desk.ask_for_a_wall()
    assert len(peer.asked("/v1/stream-leases")) == 1


def test_a_registry_that_asked_to_wait_is_asked_again_when_that_is_over(peer: Peer, desk: Desk) -> None:
    peer.routes["/v1/stream-leases"] = refuse(503, "unavailable", **{"Retry-After": str(ASKED_S)})
    desk.ask_for_a_wall()
    peer.routes["/v1/stream-leases"] = serve_leases
    desk.now_s += ASKED_S * (1 + SPREAD)
    assert desk.ask_for_one()
    assert desk.ask_for_one(), "an answer ends the caution"


def test_failures_without_a_word_are_spaced_by_a_growing_wait(peer: Peer, desk: Desk) -> None:
    peer.routes["/v1/stream-leases"] = refuse(500, "internal")
    asked_s = []
    for _ in range(60):
        before = len(peer.asked("/v1/stream-leases"))
        desk.ask_for_a_wall(tiles=1)
        asked_s += [desk.now_s] * (len(peer.asked("/v1/stream-leases")) - before)
        desk.now_s += 0.5
    assert 30 / RETRY.cap_s <= len(asked_s) <= 20, "half a minute of a tile that asks twice a second"


def test_what_is_refused_for_good_says_nothing_of_other_streams(peer: Peer, desk: Desk) -> None:
    peer.routes["/v1/stream-leases"] = refuse(403, "forbidden")
    assert {denied.failure.reason for denied in desk.ask_for_a_wall()} == {Reason.LEASE_REFUSED}
    peer.routes["/v1/stream-leases"] = serve_leases
    assert desk.ask_for_one()


def test_a_revoked_post_asks_for_its_token_once_for_all_tiles(peer: Peer, desk: Desk) -> None:
    peer.routes["/oauth2/token"] = refuse(401, "invalid-client")
    said = {str(denied.failure.detail) for denied in desk.ask_for_a_wall()}
    assert len(said) == 1 and "enrol this PC again" in said.pop()
    assert len(peer.asked("/oauth2/token")) == 1
    desk.now_s += REFUSED_S
    desk.ask_for_a_wall()
    assert len(peer.asked("/oauth2/token")) == 2


def test_a_registry_that_is_too_busy_for_tokens_is_left_alone_by_all(peer: Peer, desk: Desk) -> None:
    peer.routes["/oauth2/token"] = refuse(429, "too-many-requests", **{"Retry-After": str(ASKED_S)})
    desk.ask_for_a_wall()
    desk.now_s += ASKED_S - 1
    desk.ask_for_a_wall()
    assert len(peer.asked("/oauth2/token")) == 1


def test_posts_that_were_told_the_same_time_come_back_apart() -> None:
    waits_s = sorted(retry_wait_s(60.0, 0.5, Random(number)) for number in range(500))
    assert waits_s[0] >= 60.0
    busiest = max(sum(start <= wait_s < start + 1.0 for wait_s in waits_s) for start in range(60, 90))
    assert busiest < 50, "a tenth of them in the same second at most"
    assert waits_s[-1] > 85.0


def test_a_holdoff_begins_anew_after_an_answer() -> None:
    now_s = [0.0]
    holdoff = Holdoff(RETRY, _Longest(), lambda: now_s[0])
    assert [holdoff.failed(None) for _ in range(5)] == [0.5, 1.0, 2.0, 4.0, 5.0]
    now_s[0] = 4.0
    assert holdoff.left_s() == 1.0
    now_s[0] = 9.0
    assert holdoff.left_s() == 0.0
    holdoff.succeeded()
    assert holdoff.failed(10.0) == 15.0


class _Longest(Random):
    """Draws the longest wait."""

    def uniform(self, a: float, b: float) -> float:
        return b
