"""A post's client against the reference registry: orders come at once, reports and heartbeats go at their pace."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from people_kit import serve
from reference_registry_kit import PostClient, ServedRegistry
from registry_client_parts import Exchange, Messages, QuickRandom, Request, make_identity, running_peer
from wall_kit import CAMERA, CAMERAS, GAMBIR, ONE_CAMERA, PUSAT, document, order, release

from app.core.errors import RegistryError
from app.core.model import CameraId
from app.core.remote import (
    CameraOnTile,
    MonitorReport,
    OrderAnswer,
    Outcome,
    Source,
    TileReport,
    WallDesired,
    WallReport,
)
from app.core.saved_layout import SavedLayout
from app.core.tile_status import Sign
from app.credentials import Identity, MemoryStore, enrol
from app.demo.registry.officers import Role
from app.registry import report_sender
from app.registry.client import RegistryApi
from app.registry.link import Link
from app.registry.on_duty import OnDuty
from app.registry.order_watch import OrderWatch
from app.registry.report_sender import ReportSender, Vitals
from app.registry.walls import parse_desired, report_document
from tests.waiting import until

TILES = TileReport(1, CameraId(str(CAMERA.id)), Sign.LIVE, 0.14), TileReport(2, None, Sign.EMPTY)
REPORT = WallReport((MonitorReport(1, "Pagi", TILES),))
VITALS = Vitals("0.1.0", lambda: 7)


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[ServedRegistry]:
    with serve(tmp_path, CAMERAS) as served:
        yield served


@pytest.fixture
def identity(registry: ServedRegistry) -> Identity:
    api = RegistryApi(registry.url)
    found = enrol(api, MemoryStore(), registry.services.access.issue_code("Harmoni", GAMBIR))
    api.close()
    return found


@pytest.fixture
def chief(registry: ServedRegistry) -> PostClient:
    return registry.on_duty(Role.CHIEF, PUSAT, "Kompol Sari")


@contextmanager
def at_work(
    url: str, identity: Identity, on_duty: OnDuty | None = None
) -> Iterator[tuple[ReportSender, Messages]]:
    """A post that waits for orders and reports."""
    api, inbox, clock = RegistryApi(url, identity), Messages(), time.monotonic
    sender = ReportSender(api, VITALS, on_duty or OnDuty(), QuickRandom(), clock)
    watch = OrderWatch(api, Link(inbox), QuickRandom(), clock, sender.begin)
    for worker in (watch, sender):
        worker.thread.start()
    try:
        yield sender, inbox
    finally:
        for worker in (watch, sender):
            worker.stop()
        api.close()
        for worker in (watch, sender):
            worker.thread.join()


def reported(registry: ServedRegistry, wall_id: str) -> Any:
    """The last report of a wall that has reported."""
    until(lambda: registry.services.wall_reports.revision(wall_id), what="a report")
    return registry.services.wall_reports.reported(wall_id)


def test_an_order_reaches_the_post_with_all_that_is_said_of_it(
    registry: ServedRegistry, identity: Identity, chief: PostClient
) -> None:
    with at_work(registry.url, identity) as (sender, inbox):
        assert inbox.take(WallDesired) == WallDesired(0)
        sender.report(REPORT)
        assert reported(registry, identity.post_id).post_name == "Harmoni"
        body = {"monitor": 1, "layout": document(), "until_s": 600, "message": "Unjuk rasa"}
        assert order(chief, identity.post_id, body, 0).status_code == 200
        found = inbox.take(WallDesired)
        assert (found.revision, found.is_released, found.problem) == (1, False, None)
        shown = found.order
        assert shown is not None and shown.author is not None and isinstance(shown.wanted, SavedLayout)
        assert (shown.source, shown.monitor, shown.message) == (Source.CHIEF, 1, "Unjuk rasa")
        assert (shown.author.name, shown.wanted.name, shown.wanted.cameras) == (
            "Kompol Sari",
            "Pagi",
            {1: CameraId(str(CAMERA.id))},
        )
        assert found.ends_s is not None and shown.since_s is not None
        assert order(chief, identity.post_id, ONE_CAMERA, 1).status_code == 200
        then = inbox.take(WallDesired).order
        assert then is not None and then.wanted == CameraOnTile(CameraId(str(CAMERA.id)), 2)
        assert release(chief, identity.post_id, 2).status_code == 200
        assert inbox.take(WallDesired) == WallDesired(3)


def test_what_the_wall_shows_and_answers_is_at_the_registry(registry: ServedRegistry, identity: Identity) -> None:
    with at_work(registry.url, identity) as (sender, inbox):
        inbox.take(WallDesired)
        sender.report(replace(REPORT, answer=OrderAnswer(4, Outcome.REFUSED, None)))
        found = reported(registry, identity.post_id)
        assert (found.applied_revision, found.applied_state) == (4, "refused")
        (monitor,) = found.monitors
        told = [(each.tile, each.camera_id, each.life, each.age_s) for each in monitor.tiles]
        assert (monitor.number, monitor.layout) == (1, "Pagi")
        assert told == [(1, CAMERA.id, "live", 0.1), (2, None, "empty", None)]
        until(lambda: registry.services.people.heartbeats.last(identity.post_id), what="a heartbeat")
        seen = registry.services.people.heartbeats.last(identity.post_id)
        assert seen is not None and (seen.heartbeat.tiles, seen.heartbeat.live, seen.heartbeat.audit_seq) == (
            1,
            1,
            7,
        )


def test_many_changes_are_one_report_and_the_last_one_is_told(
    registry: ServedRegistry, identity: Identity
) -> None:
    with at_work(registry.url, identity) as (sender, inbox):
        inbox.take(WallDesired)
        for number in range(50):
            sender.report(replace(REPORT, answer=OrderAnswer(number, Outcome.APPLIED)))
        until(lambda: reported(registry, identity.post_id).applied_revision == 49, what="the last report")
        assert registry.services.wall_reports.revision(identity.post_id) <= 3


def test_what_has_not_changed_is_told_with_the_next_heartbeat(
    registry: ServedRegistry, identity: Identity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report_sender, "PERIOD_S", 0.05)
    monkeypatch.setattr(report_sender, "BEAT_S", 0.5)
    with at_work(registry.url, identity) as (sender, _):
        sender.report(REPORT)
        until(lambda: registry.services.wall_reports.revision(identity.post_id) >= 3, what="two heartbeats")


def test_a_heartbeat_tells_a_post_whose_shift_is_over(registry: ServedRegistry, identity: Identity) -> None:
    told: list[tuple[str, Mapping[str, str]]] = []

    def lost(error: RegistryError, sent: Mapping[str, str]) -> bool:
        told.append((error.code, sent))
        return error.code == "shift-invalid"

    with at_work(registry.url, identity, OnDuty(lambda: {"Pantau-Shift": "none"}, lost)) as (sender, _):
        sender.report(REPORT)
        until(lambda: told, what="the refusal")
        until(lambda: sender._beat_s > time.monotonic(), what="the next heartbeat's time")
    assert told == [("shift-invalid", {"Pantau-Shift": "none"})]
    assert registry.services.people.heartbeats.last(identity.post_id)


def test_a_start_knows_what_the_officer_released_before(
    registry: ServedRegistry, identity: Identity, chief: PostClient
) -> None:
    with at_work(registry.url, identity) as (sender, inbox):
        sender.report(REPORT)
        reported(registry, identity.post_id)
        assert order(chief, identity.post_id, ONE_CAMERA, 0).status_code == 200
        until(lambda: any(message.order for message in inbox.all if isinstance(message, WallDesired)))
        sender.report(replace(REPORT, answer=OrderAnswer(1, Outcome.RELEASED)))
        until(lambda: reported(registry, identity.post_id).applied_revision == 1, what="the release")
    with at_work(registry.url, identity) as (sender, inbox):
        sender.report(REPORT)
        found = inbox.take(WallDesired)
        assert (found.revision, found.is_released) == (1, True) and found.order is not None
    assert order(chief, identity.post_id, ONE_CAMERA, 1).status_code == 200
    with at_work(registry.url, identity) as (_, inbox):
        assert not inbox.take(WallDesired).is_released, "that is another order"


def test_a_post_whose_registry_was_gone_catches_up_at_once(identity: Identity) -> None:
    polls: list[str] = []

    def desired(exchange: Exchange, request: Request) -> None:
        polls.append(request.query)
        if len(polls) < 3:
            exchange.problem(503, "unavailable")
        elif len(polls) == 3:
            exchange.json(_desired(5))
        else:
            exchange.server.ending.wait(20.0)

    with running_peer() as peer:
        peer.routes["/v1/walls/post_1/desired"] = desired
        with at_work(peer.url, make_identity()) as (_, inbox):
            assert inbox.take(WallDesired).revision == 5
            until(lambda: len(polls) == 4, what="the next poll")
    assert polls[0].endswith("wait_s=25") and polls[2].endswith("wait_s=0")
    assert polls[3] == "revision=5&wait_s=25"


@pytest.mark.parametrize(
    ("status", "code"), [(403, "forbidden"), (401, "invalid-client"), (400, "invalid-request")]
)
def test_a_start_that_is_refused_brings_back_no_order_that_was_released(status: int, code: str) -> None:
    asked: list[str] = []

    def last_report(exchange: Exchange, request: Request) -> None:
        asked.append(request.method)
        if len(asked) == 1:
            exchange.problem(status, code)
        else:
            exchange.json({"applied_revision": 7, "applied_state": "released"})

    with running_peer() as peer:
        peer.routes["/v1/walls/post_1/reported"] = last_report
        peer.routes["/v1/walls/post_1/desired"] = in_seven
        with at_work(peer.url, make_identity()) as (_, inbox):
            assert inbox.take(WallDesired).is_released
    assert asked[:2] == ["GET", "GET"]


def in_seven(exchange: Exchange, request: Request) -> None:
    """The seventh order, and no other after it."""
    if "revision=7" in request.query:
        exchange.server.ending.wait(20.0)
    else:
        exchange.json(_desired(7, source="chief", order=ONE_CAMERA))


def _desired(revision: int, **changes: Any) -> dict[str, Any]:
    nothing = {"source": "none", "order": None, "changed_by": None, "changed_at": None, "changes_in_s": None}
    return {"wall_id": "post_1", "revision": revision, **nothing, **changes}


@pytest.mark.parametrize(
    "changes",
    [
        {"order": {"monitor": 1, "layout": {**document(), "version": 2}}},
        {"order": {"monitor": 1, "layout": {**document(), "cells": [[0, 0, 9, 9]]}}},
        {"order": {"monitor": 1, "layout": {**document(), "query": "xyzzy"}}},
        {"order": {"monitor": 1, "layout": {**document(), "cameras": {"9": str(CAMERA.id)}}}},
        {"order": {"monitor": 1, "camera_id": "rtsp://10.0.0.7/main", "tile": 1}},
        {"order": {"monitor": 99, "camera_id": str(CAMERA.id), "tile": 1}},
        {"order": ONE_CAMERA, "changes_in_s": -1},
        {"order": ONE_CAMERA, "changed_by": {"officer_id": "x", "name": "y"}},
        {"order": [1]},
    ],
)
def test_an_order_that_cannot_be_read_keeps_its_revision(changes: dict[str, Any]) -> None:
    found = parse_desired(_desired(8, source="chief", **changes), 0.0)
    assert found.revision == 8 and found.order is None and found.problem is not None


def test_a_kind_of_order_that_is_not_known_is_none() -> None:
    assert parse_desired(_desired(8, source="weather", order={"rain": True}), 0.0) == WallDesired(8)


def test_a_camera_of_another_form_than_the_registrys_is_not_reported() -> None:
    tiles = TileReport(1, CameraId("camera-1"), Sign.LIVE, float("inf")), TileReport(2, None, Sign.EMPTY, -0.5)
    found: Any = report_document(WallReport((MonitorReport(1, "\x1f7\x1fPagi", tiles),)))
    told = [(each["camera_id"], each["age_s"]) for each in found["monitors"][0]["tiles"]]
    assert told == [(None, None), (None, 0.0)] and json.dumps(found)


def test_a_report_that_is_refused_is_not_sent_again_and_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report_sender, "PERIOD_S", 0.01)

    def refusing(exchange: Exchange, _: Request) -> None:
        exchange.problem(503, "unavailable", {"Retry-After": "3600"})

    with running_peer() as peer:
        peer.routes["/v1/walls/post_1/*"] = refusing
        with at_work(peer.url, make_identity()) as (sender, _):
            sender.begin()
            sender.report(REPORT)
            until(lambda: peer.asked("/v1/walls/post_1/reported"), what="a try")
            sender.report(replace(REPORT, answer=OrderAnswer(1, Outcome.APPLIED)))
            sender.report(REPORT)
    assert len(peer.asked("/v1/walls/post_1/reported")) <= 2
