"""The registry client's two threads against a scripted server."""

from __future__ import annotations

import gzip
import json
import logging
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest
from registry_client_parts import (
    AREAS,
    CANARY,
    WAIT_S,
    Exchange,
    Messages,
    Peer,
    QuickRandom,
    Request,
    Route,
    camera,
    lease,
    make_identity,
    meta,
    running_peer,
    serve_leases,
    serve_snapshot,
    snapshot,
    wait_until,
)

from app.core.failure import Reason
from app.core.model import CameraId, HeldList, Profile, StreamKey
from app.core.ports import CatalogSynced, LeaseDenied, LeaseGranted, RegistryLost, RegistryReached
from app.core.purpose import LeasePurpose
from app.credentials import Identity
from app.registry.cache import FILE_NAME, CatalogCache
from app.registry.client import RegistryApi
from app.registry.retry import RETRY_FIRST_S
from app.registry.sync import RegistryClient


class Post:
    """A registry client and what it tells."""

    def __init__(self, url: str, identity: Identity, folder: Path | None = None) -> None:
        self.inbox = Messages()
        api = RegistryApi(url, identity)
        cache = CatalogCache(folder, api.url, identity.post_id) if folder else None
        self.client = RegistryClient(api, self.inbox, QuickRandom(), cache)
        self.client.start()

    def names(self) -> list[str]:
        catalog = self.inbox.take(CatalogSynced).catalog
        return [each.name for each in catalog.cameras.values()]


@pytest.fixture
def peer() -> Iterator[Peer]:
    with running_peer() as server:
        server.routes["/v1/snapshot"] = serve_snapshot(camera(1), camera(2))
        server.routes["/v1/stream-leases"] = serve_leases
        yield server


@pytest.fixture
def start(peer: Peer) -> Iterator[Callable[..., Post]]:
    posts = []
    identity = make_identity()

    def make(folder: Path | None = None) -> Post:
        posts.append(Post(peer.url, identity, folder))
        return posts[-1]

    yield make
    for post in posts:
        post.client.stop()


def key(number: int, profile: Profile = Profile.SUB) -> StreamKey:
    return StreamKey(CameraId(camera(number)["id"]), profile)


def in_turn(*routes: Route) -> Route:
    """The first call gets the first route, and so on; the last one stays."""
    waiting = list(routes)

    def route(exchange: Exchange, request: Request) -> None:
        current = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        current(exchange, request)

    return route


def page(*changes: object, cursor: str = "c2", more: bool = False) -> Route:
    return lambda exchange, _request: exchange.json({"cursor": cursor, "more": more, "changes": list(changes)})


def trouble(status: int, code: str, **headers: str) -> Route:
    return lambda exchange, _request: exchange.problem(status, code, headers)


def quiet(exchange: Exchange, _request: Request) -> None:
    exchange.server.ending.wait(WAIT_S)


# ---- the catalogue


def test_the_first_sync_brings_cameras_areas_and_what_was_left_out(peer: Peer, start: Callable[..., Post]) -> None:
    bad = camera(3, name=None)
    peer.routes["/v1/snapshot"] = serve_snapshot(camera(1), bad, camera(2), camera(1))
    areas = {**AREAS, "areas": [*AREAS["areas"], {"code": "31.71"}]}
    peer.routes["/v1/jurisdictions"] = lambda exchange, _request: exchange.json(areas)
    post = start()
    synced = post.inbox.take(CatalogSynced)
    assert [each.name for each in synced.catalog.cameras.values()] == ["Simpang 1", "Simpang 2"]
    assert [(each.row, each.field) for each in synced.rejects] == [(2, "area.name"), (3, "name"), (5, "id")]
    assert list(synced.catalog.areas) == ["31"] and synced.catalog.cursor == "c1"
    assert synced.sync_s > 0 and not synced.from_cache
    assert [type(each) for each in post.inbox.all] == [RegistryReached, CatalogSynced]


def test_changes_are_followed_in_new_catalogues(peer: Peer, start: Callable[..., Post]) -> None:
    upsert = {"op": "upsert", "camera": camera(2, name="Baru")}
    gone = {"op": "delete", "id": camera(1)["id"], "rev": 9}
    peer.routes["/v1/changes"] = in_turn(
        page(upsert, {"op": "upsert", "camera": camera(3, rev=0)}, cursor="c2", more=True),
        page(gone, cursor="c3"),
        quiet,
    )
    post = start()
    first = post.inbox.take(CatalogSynced)
    second = post.inbox.take(CatalogSynced)
    third = post.inbox.take(CatalogSynced)
    assert [each.name for each in first.catalog.cameras.values()] == ["Simpang 1", "Simpang 2"]
    assert [each.name for each in second.catalog.cameras.values()] == ["Simpang 1", "Baru"]
    assert [each.name for each in third.catalog.cameras.values()] == ["Baru"]
    assert [each.field for each in second.rejects] == ["rev"] and third.catalog.cursor == "c3"
    wait_until(lambda: len(peer.asked("/v1/changes")) == 3)
    assert [each.query.split("&")[0] for each in peer.asked("/v1/changes")] == [
        "cursor=c1",
        "cursor=c2",
        "cursor=c3",
    ]


def test_the_last_good_catalogue_comes_first_and_is_confirmed(
    peer: Peer, start: Callable[..., Post], tmp_path: Path
) -> None:
    first = start(tmp_path)
    assert first.names() == ["Simpang 1", "Simpang 2"]
    wait_until(lambda: (tmp_path / FILE_NAME).exists())
    first.client.stop()
    second = start(tmp_path)
    kept, confirmed = second.inbox.take(CatalogSynced), second.inbox.take(CatalogSynced)
    assert (kept.from_cache, confirmed.from_cache) == (True, False)
    assert kept.catalog == confirmed.catalog and len(kept.catalog.cameras) == 2
    assert peer.asked("/v1/snapshot")[-1].headers["If-None-Match"] == '"s1"'


def test_without_the_registry_the_wall_has_its_last_good_catalogue(
    peer: Peer, start: Callable[..., Post], tmp_path: Path
) -> None:
    first = start(tmp_path)
    first.names()
    wait_until(lambda: (tmp_path / FILE_NAME).exists())
    first.client.stop()
    peer.routes["/v1/meta"] = trouble(503, "unavailable")
    second = start(tmp_path)
    assert second.inbox.take(CatalogSynced).from_cache
    assert "has failed: Because of unavailable." in str(second.inbox.take(RegistryLost).sentence)


def test_a_snapshot_with_rejects_is_asked_for_whole_the_next_time(
    peer: Peer, start: Callable[..., Post], tmp_path: Path
) -> None:
    peer.routes["/v1/snapshot"] = serve_snapshot(camera(1), 5)
    first = start(tmp_path)
    first.names()
    wait_until(lambda: (tmp_path / FILE_NAME).exists())
    first.client.stop()
    second = start(tmp_path)
    second.inbox.take(CatalogSynced)
    assert len(second.inbox.take(CatalogSynced).rejects) == 1


@pytest.mark.parametrize("code", ["cursor-expired", "scope-changed"])
def test_a_cursor_that_is_gone_leads_to_a_full_sync(peer: Peer, start: Callable[..., Post], code: str) -> None:
    peer.routes["/v1/changes"] = in_turn(trouble(410, code), quiet)
    peer.routes["/v1/snapshot"] = in_turn(
        serve_snapshot(camera(1)), serve_snapshot(camera(1), camera(5), cursor="d1", etag='"s2"')
    )
    post = start()
    assert post.names() == ["Simpang 1"]
    assert post.names() == ["Simpang 1", "Simpang 5"]
    assert not [each for each in post.inbox.all if isinstance(each, RegistryLost)]


def test_a_cursor_that_is_gone_is_gone_though_the_catalogue_has_not_changed(
    peer: Peer, start: Callable[..., Post]
) -> None:
    """The registry's history is short, and nothing changed in this post's scope: the ETag is the same."""

    def changes(exchange: Exchange, request: Request) -> None:
        known = "cursor=newer" in request.query
        (quiet if known else trouble(410, "cursor-expired"))(exchange, request)

    def whole(exchange: Exchange, request: Request) -> None:
        cursor = "c1" if len(peer.asked("/v1/snapshot")) == 1 else "newer"
        serve_snapshot(camera(1), cursor=cursor)(exchange, request)

    peer.routes |= {"/v1/snapshot": whole, "/v1/changes": changes}
    post = start()
    assert post.inbox.take(CatalogSynced).catalog.cursor == "c1"
    assert post.inbox.take(CatalogSynced).catalog.cursor == "newer"
    assert not any(isinstance(each, RegistryLost) for each in post.inbox.all)


def test_a_server_whose_cursors_are_always_gone_is_not_hammered(peer: Peer, start: Callable[..., Post]) -> None:
    peer.routes["/v1/changes"] = trouble(410, "cursor-expired")
    post = start()
    assert "cursor-expired" in str(post.inbox.take(RegistryLost).sentence)
    assert len(peer.asked("/v1/changes")) == 2


def test_a_server_that_never_waits_is_not_hammered(peer: Peer, start: Callable[..., Post]) -> None:
    peer.routes["/v1/changes"] = page(cursor="c1")
    start()
    wait_until(lambda: len(peer.asked("/v1/changes")) >= 3)
    started_s = time.monotonic()
    wait_until(lambda: len(peer.asked("/v1/changes")) >= 5)
    assert time.monotonic() - started_s > 1.0


def test_a_list_of_changes_that_does_not_go_on_is_told(peer: Peer, start: Callable[..., Post]) -> None:
    peer.routes["/v1/changes"] = page(cursor="c1", more=True)
    assert "does not go on" in str(start().inbox.take(RegistryLost).sentence)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (snapshot(camera(1), count=2), "ends after 1 of 2"),
        (snapshot(camera(1), camera(2), count=1), "more than the 1 cameras"),
        (b"", "record is no JSON"),
        (b'{"cursor":"c"}\n', "epoch"),
    ],
)
def test_a_torn_snapshot_is_not_taken(peer: Peer, start: Callable[..., Post], body: bytes, words: str) -> None:
    peer.routes["/v1/snapshot"] = in_turn(lambda exchange, _request: exchange.raw(body), serve_snapshot(camera(7)))
    post = start()
    assert words in str(post.inbox.take(RegistryLost).sentence)
    assert post.names() == ["Simpang 7"]


def test_a_catalogue_that_shrinks_by_more_than_a_fifth_is_held_until_a_person_agrees(
    peer: Peer, start: Callable[..., Post], tmp_path: Path
) -> None:
    peer.routes["/v1/snapshot"] = in_turn(
        serve_snapshot(*map(camera, range(1, 11))), serve_snapshot(*map(camera, range(1, 8)), etag='"s2"')
    )
    peer.routes["/v1/changes"] = in_turn(trouble(410, "cursor-expired"), quiet)
    post = start(tmp_path)
    assert len(post.names()) == 10
    held = post.inbox.take(CatalogSynced)
    assert len(held.catalog.cameras) == 10 and held.held == HeldList(listed=7, known=10)
    post.client.accept_list(held.held)
    taken = post.inbox.take(CatalogSynced)
    assert len(taken.catalog.cameras) == 7 and taken.held is None


@pytest.mark.parametrize(("comes", "is_taken"), [(9, True), (4, True), (3, False)])
def test_a_yes_is_to_about_as_many_cameras(
    peer: Peer, start: Callable[..., Post], tmp_path: Path, comes: int, is_taken: bool
) -> None:
    """Between the question and the answer the registry may have lost more: nobody has agreed to that."""
    peer.routes["/v1/snapshot"] = in_turn(
        serve_snapshot(*map(camera, range(1, 21))),
        serve_snapshot(*map(camera, range(1, 6)), etag='"s2"'),
        serve_snapshot(*map(camera, range(1, comes + 1)), etag='"s3"'),
    )
    peer.routes["/v1/changes"] = in_turn(trouble(410, "cursor-expired"), quiet)
    post = start(tmp_path)
    assert len(post.names()) == 20
    held = post.inbox.take(CatalogSynced).held
    assert held == HeldList(listed=5, known=20)
    post.client.accept_list(held)
    after = post.inbox.take(CatalogSynced)
    assert len(after.catalog.cameras) == (comes if is_taken else 20)
    assert after.held == (None if is_taken else HeldList(listed=comes, known=20))


def test_a_yes_to_a_catalogue_is_good_for_no_later_one(
    peer: Peer, start: Callable[..., Post], tmp_path: Path
) -> None:
    """The registry is mended just before the person agrees; some day it breaks again."""
    whole = serve_snapshot(*map(camera, range(1, 11)))
    breaks = threading.Event()
    peer.routes["/v1/snapshot"] = whole
    first = start(tmp_path)
    assert len(first.names()) == 10
    wait_until(lambda: peer.asked("/v1/changes"))
    first.client.stop()

    def changes(exchange: Exchange, request: Request) -> None:
        breaks.wait(WAIT_S)
        trouble(410, "cursor-expired")(exchange, request)

    peer.routes |= {"/v1/snapshot": serve_snapshot(camera(1), etag='"s2"'), "/v1/changes": changes}
    post = start(tmp_path)
    while (held := post.inbox.take(CatalogSynced).held) is None:
        pass
    peer.routes["/v1/snapshot"] = whole
    post.client.accept_list(held)
    assert len(post.names()) == 10
    wait_until(lambda: len(peer.asked("/v1/changes")) == 2)
    peer.routes["/v1/snapshot"] = serve_snapshot(camera(1), etag='"s3"')
    breaks.set()
    held_again = post.inbox.take(CatalogSynced)
    assert len(held_again.catalog.cameras) == 10 and held_again.held == HeldList(listed=1, known=10)


def test_a_catalogue_that_shrinks_by_a_fifth_is_taken(peer: Peer, start: Callable[..., Post]) -> None:
    peer.routes["/v1/snapshot"] = in_turn(
        serve_snapshot(*map(camera, range(1, 11))), serve_snapshot(*map(camera, range(1, 9)), etag='"s2"')
    )
    peer.routes["/v1/changes"] = in_turn(trouble(410, "scope-changed"), quiet)
    post = start()
    assert (len(post.names()), len(post.names())) == (10, 8)


def test_a_lost_registry_is_told_once_and_so_is_its_return(peer: Peer, start: Callable[..., Post]) -> None:
    peer.routes["/v1/changes"] = in_turn(*[trouble(503, "unavailable")] * 4, page(cursor="c2"), quiet)
    post = start()
    post.inbox.take(CatalogSynced)
    post.inbox.take(RegistryLost)
    post.inbox.take(RegistryReached)
    states = [type(each) for each in post.inbox.all if not isinstance(each, CatalogSynced)]
    assert states == [RegistryReached, RegistryLost, RegistryReached]


@pytest.mark.parametrize(
    ("answer", "is_refusal"),
    [
        (trouble(401, "invalid-client"), True),
        (trouble(403, "forbidden"), True),
        (trouble(410, "cursor-expired"), False),
        (trouble(503, "unavailable"), False),
        (lambda exchange, _request: exchange.raw(b"x"), False),
    ],
)
def test_a_refusal_is_told_from_a_registry_that_does_not_answer(
    peer: Peer, start: Callable[..., Post], answer: Route, is_refusal: bool
) -> None:
    peer.routes["/v1/snapshot"] = answer
    assert start().inbox.take(RegistryLost).is_refusal is is_refusal


def test_a_registry_that_is_back_is_not_waited_for(peer: Peer, start: Callable[..., Post]) -> None:
    def route(exchange: Exchange, request: Request) -> None:
        (page(cursor="c1") if request.query.endswith("wait_s=0") else quiet)(exchange, request)

    peer.routes["/v1/changes"] = in_turn(trouble(503, "unavailable"), route)
    post = start()
    post.inbox.take(RegistryLost)
    post.inbox.take(RegistryReached)


def test_retry_after_is_waited_for(peer: Peer, start: Callable[..., Post]) -> None:
    times: list[float] = []

    def refuse(exchange: Exchange, _request: Request) -> None:
        times.append(time.monotonic())
        exchange.problem(503, "unavailable", {"Retry-After": "1"})

    peer.routes["/v1/meta"] = refuse
    start()
    wait_until(lambda: len(times) >= 2)
    assert times[1] - times[0] >= 1.0


class LongestRandom(Random):
    """Draws the longest wait."""

    def uniform(self, a: float, b: float) -> float:
        return b


def _first_ask_s(peer: Peer, identity: Identity, folder: Path) -> float:
    """How long a post that draws the longest wait waits for its first sync; it has a catalogue then."""
    asked = len(peer.asked("/v1/snapshot"))
    api = RegistryApi(peer.url, identity)
    cache = CatalogCache(folder, api.url, identity.post_id)
    client = RegistryClient(api, Messages(), LongestRandom(), cache, first_sync_wait_max_s=2.0)
    began_s = time.monotonic()
    client.start()
    try:
        wait_until(lambda: len(peer.asked("/v1/snapshot")) > asked)
        waited_s = time.monotonic() - began_s
        wait_until(lambda: (folder / FILE_NAME).exists())
    finally:
        client.stop()
    return waited_s


def test_posts_with_a_catalogue_do_not_start_as_one_and_one_without_is_not_kept_waiting(
    peer: Peer, tmp_path: Path
) -> None:
    identity = make_identity()
    waits_s = [_first_ask_s(peer, identity, tmp_path) for _ in range(2)]
    assert waits_s[0] < waits_s[1] and waits_s[1] >= 2.0


@pytest.mark.parametrize("status", [429, 503])
def test_jitter_comes_on_top_of_retry_after(peer: Peer, status: int) -> None:
    times: list[float] = []

    def refuse(exchange: Exchange, _request: Request) -> None:
        times.append(time.monotonic())
        exchange.problem(status, "unavailable", {"Retry-After": "1"})

    peer.routes["/v1/meta"] = refuse
    client = RegistryClient(RegistryApi(peer.url, make_identity()), Messages(), LongestRandom())
    client.start()
    wait_until(lambda: len(times) >= 2)
    client.stop()
    assert times[1] - times[0] >= 1.0 + RETRY_FIRST_S


# ---- leases


def test_streams_are_leased_in_batches_of_64(peer: Peer, start: Callable[..., Post]) -> None:
    post = start()
    keys = [key(number) for number in range(1, 151)]
    for each in keys:
        post.client.request_lease(each, LeasePurpose.SECURITY)
    granted = [post.inbox.take(LeaseGranted).lease for _ in keys]
    assert [each.key for each in granted] == keys
    sizes = [len(json.loads(each.body)["items"]) for each in peer.asked("/v1/stream-leases")]
    assert max(sizes) <= 64 and len(sizes) <= 5
    item = json.loads(peer.asked("/v1/stream-leases")[0].body)["items"][0]
    assert item == {"camera_id": keys[0].camera, "profile": "sub", "purpose": "security"}
    (endpoint,) = granted[0].endpoints
    assert (endpoint.host, endpoint.port, endpoint.path) == ("10.20.31.7", 554, "/live?a=b%20c")
    assert granted[0].secret.reveal() == CANARY
    assert 3_500 < granted[0].expires_at_s - time.monotonic() <= 3_600
    assert 7_100 < granted[0].offline_until_s - time.monotonic() <= 7_200


def test_a_smaller_batch_of_the_server_is_kept_to(peer: Peer, start: Callable[..., Post]) -> None:
    limits = {"lease_batch_max": 3, "changes_limit_max": 10, "changes_wait_max_s": 1}
    peer.routes["/v1/meta"] = lambda exchange, _request: exchange.json(meta(limits=limits))
    post = start()
    post.client.request_lease(key(1), LeasePurpose.SECURITY)
    post.inbox.take(LeaseGranted)
    for number in range(2, 9):
        post.client.request_lease(key(number), LeasePurpose.SECURITY)
    for _ in range(2, 9):
        post.inbox.take(LeaseGranted)
    assert max(len(json.loads(each.body)["items"]) for each in peer.asked("/v1/stream-leases")) <= 3


def test_one_stream_may_be_refused_and_the_others_leased(peer: Peer, start: Callable[..., Post]) -> None:
    def route(exchange: Exchange, request: Request) -> None:
        first, second, third = (lease(item) for item in json.loads(request.body)["items"])
        problem = {"code": "purpose-not-allowed", "detail": "Not for that purpose."}
        refused = {"camera_id": first["camera_id"], "profile": "sub", "problem": problem}
        second["endpoints"] = [{"kind": "camera", "url": "rtsp://169.254.169.254/x", "transport": "tcp"}]
        exchange.json({"items": [refused, second, third]})

    peer.routes["/v1/stream-leases"] = route
    post = start()
    for number in (1, 2, 3):
        post.client.request_lease(key(number), LeasePurpose.SECURITY)
    assert post.inbox.take(LeaseGranted).lease.key == key(3)
    denied = {each.key: each.failure for each in post.inbox.all if isinstance(each, LeaseDenied)}
    assert denied[key(1)].reason is Reason.LEASE_REFUSED and denied[key(1)].detail == "Not for that purpose."
    assert denied[key(2)].reason is Reason.BAD_ADDRESS and "://" not in str(denied[key(2)].detail)


@pytest.mark.parametrize(
    ("route", "reason", "words"),
    [
        (trouble(503, "unavailable"), Reason.LEASE_UNAVAILABLE, "has failed"),
        (trouble(429, "too-many-requests"), Reason.LEASE_UNAVAILABLE, "too often"),
        (trouble(403, "forbidden"), Reason.LEASE_REFUSED, "refuses"),
        (lambda exchange, _request: exchange.raw(b"x"), Reason.LEASE_UNAVAILABLE, "cannot be used"),
        (lambda exchange, _request: exchange.json({"items": []}), Reason.LEASE_UNAVAILABLE, "did not answer"),
    ],
)
def test_a_batch_that_fails_is_told_for_each_stream(
    peer: Peer, start: Callable[..., Post], route: Route, reason: Reason, words: str
) -> None:
    peer.routes["/v1/stream-leases"] = route
    post = start()
    for number in (1, 2):
        post.client.request_lease(key(number), LeasePurpose.SECURITY)
    denied = [post.inbox.take(LeaseDenied) for _ in range(2)]
    assert {each.key for each in denied} == {key(1), key(2)}
    assert all(each.failure.reason is reason and words in str(each.failure.detail) for each in denied)


@pytest.mark.parametrize("path", ["/v1/stream-leases", "/v1/meta"])
@pytest.mark.parametrize(
    ("status", "asked_s", "wait_s"), [(429, "60", 60.0), (503, "5", 5.0), (503, "9999", 3_600.0)]
)
def test_what_the_registry_asks_to_wait_reaches_each_stream(
    peer: Peer, start: Callable[..., Post], path: str, status: int, asked_s: str, wait_s: float
) -> None:
    peer.routes[path] = trouble(status, "unavailable", **{"Retry-After": asked_s})
    post = start()
    for number in (1, 2):
        post.client.request_lease(key(number), LeasePurpose.SECURITY)
    denied = [post.inbox.take(LeaseDenied) for _ in range(2)]
    assert [each.failure.retry_after_s for each in denied] == pytest.approx([wait_s, wait_s], abs=WAIT_S)
    assert {each.failure.reason for each in denied} == {Reason.LEASE_UNAVAILABLE}


def test_an_unreachable_registry_denies_with_its_sentence(
    peer: Peer, start: Callable[..., Post], unused_port_url: str
) -> None:
    post = Post(unused_port_url, make_identity())
    post.client.request_lease(key(1), LeasePurpose.SECURITY)
    failure = post.inbox.take(LeaseDenied).failure
    post.client.stop()
    assert failure.reason is Reason.LEASE_UNAVAILABLE and "refuses connections" in str(failure.detail)


@pytest.fixture
def unused_port_url() -> str:
    with running_peer() as gone:
        return gone.url


def test_leases_go_back_when_they_are_released_or_superseded(peer: Peer, start: Callable[..., Post]) -> None:
    peer.routes["/v1/stream-leases/*"] = lambda exchange, _request: exchange.raw(b"", 204)
    numbers = iter(range(1, 99))

    def route(exchange: Exchange, request: Request) -> None:
        items = [lease(item) for item in json.loads(request.body)["items"]]
        for item in items:
            item["lease_id"] = f"00000000-0000-4000-a000-{next(numbers):012}"
        exchange.json({"items": items})

    peer.routes["/v1/stream-leases"] = route
    post = start()
    leases = []
    for _ in range(2):
        post.client.request_lease(key(1), LeasePurpose.SECURITY)
        leases.append(post.inbox.take(LeaseGranted).lease)
    wait_until(lambda: [each for each in peer.requests if each.path.endswith("000000000001")])
    post.client.release_lease(leases[1])
    wait_until(lambda: [each for each in peer.requests if each.path.endswith("000000000002")])
    post.client.release_lease(leases[0])
    post.client.release_lease(leases[1])
    post.client.request_lease(key(2), LeasePurpose.SECURITY)
    post.inbox.take(LeaseGranted)
    assert len([each for each in peer.requests if each.method == "DELETE"]) == 2


def test_the_password_is_in_no_message_text_log_or_file(
    peer: Peer, start: Callable[..., Post], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    post = start(tmp_path)
    post.names()
    wait_until(lambda: (tmp_path / FILE_NAME).exists())
    post.client.request_lease(key(1), LeasePurpose.SECURITY)
    granted = post.inbox.take(LeaseGranted)
    peer.routes["/v1/stream-leases"] = lambda exchange, request: exchange.json(
        {"items": [lease(item, "rtsp://8.8.8.8/x") for item in json.loads(request.body)["items"]]}
    )
    post.client.request_lease(key(2), LeasePurpose.SECURITY)
    post.inbox.take(LeaseDenied)
    post.client.stop()
    assert granted.lease.secret.reveal() == CANARY
    written = gzip.decompress((tmp_path / FILE_NAME).read_bytes()).decode()
    told = repr(post.inbox.all) + caplog.text + written + str([each.__dict__ for each in caplog.records])
    assert CANARY not in told and "token-1" not in told and "PRIVATE KEY" not in told


# ---- the end


def registry_threads() -> list[str]:
    return [each.name for each in threading.enumerate() if each.name.startswith("registry-")]


@pytest.mark.parametrize("busy_path", ["/v1/meta", "/v1/snapshot", "/v1/changes", "/v1/stream-leases"])
def test_stop_ends_both_threads_at_once_whatever_they_wait_for(
    peer: Peer, start: Callable[..., Post], busy_path: str
) -> None:
    peer.routes[busy_path] = quiet
    post = start()
    post.client.request_lease(key(1), LeasePurpose.SECURITY)
    wait_until(lambda: peer.asked(busy_path))
    started_s = time.monotonic()
    post.client.stop()
    assert time.monotonic() - started_s < 2.0
    wait_until(lambda: not registry_threads())


def test_stop_ends_a_thread_that_waits_for_its_next_try(peer: Peer, start: Callable[..., Post]) -> None:
    peer.routes["/v1/meta"] = lambda exchange, _request: exchange.problem(
        503, "unavailable", {"Retry-After": "99"}
    )
    post = start()
    post.inbox.take(RegistryLost)
    started_s = time.monotonic()
    post.client.stop()
    assert time.monotonic() - started_s < 2.0 and not registry_threads()


def test_no_message_follows_stop(peer: Peer, start: Callable[..., Post]) -> None:
    post = start()
    post.inbox.take(CatalogSynced)
    wait_until(lambda: peer.asked("/v1/changes"))
    post.client.stop()
    told = len(post.inbox.all)
    post.client.request_lease(key(1), LeasePurpose.SECURITY)
    wait_until(lambda: not registry_threads())
    assert len(post.inbox.all) == told


def test_a_client_that_was_never_started_can_be_stopped(peer: Peer) -> None:
    RegistryClient(RegistryApi(peer.url, make_identity()), Messages(), Random()).stop()
