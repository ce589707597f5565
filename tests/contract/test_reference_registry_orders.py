"""What chiefs want walls to show: orders, conflicts between chiefs, and posts that wait for them."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from people_kit import asked, serve
from reference_registry_kit import NOWHERE, WITHIN_S, PostClient, ServedRegistry, code_of
from wall_kit import (
    CAMERA,
    CAMERAS,
    ELSEWHERE,
    GAMBIR,
    LONG_WAIT_S,
    ONE_CAMERA,
    PUSAT,
    UTARA,
    desired,
    document,
    in_background,
    order,
    release,
    reported,
    reported_post,
    schedule,
    waiting,
    wall_path,
)

from app.demo.registry.database import Database
from app.demo.registry.models import Scope
from app.demo.registry.officers import Role
from app.demo.registry.reach import Reader
from app.demo.registry.services import make_services
from app.demo.registry.streams import SecretHolder, SimulatedStreams
from app.demo.registry.wall_models import CameraOrder
from tests.waiting import until


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[ServedRegistry]:
    with serve(tmp_path, CAMERAS) as served:
        yield served


@pytest.fixture
def post(registry: ServedRegistry) -> PostClient:
    return reported_post(registry)


@pytest.fixture
def chief(registry: ServedRegistry) -> PostClient:
    return registry.on_duty(Role.CHIEF, PUSAT, "Kompol Sari")


def test_layout_that_a_chief_orders_reaches_the_post_with_who_ordered_it(
    registry: ServedRegistry, post: PostClient, chief: PostClient
) -> None:
    body = {"monitor": 2, "layout": document(), "until_s": 600, "message": "Unjuk\n rasa"}
    answer = order(chief, post.id, body, 0)
    assert answer.status_code == 200, answer.text
    found = desired(post, post.id)
    assert (found["revision"], found["source"]) == (1, "chief")
    shown = {"monitor": 2, "layout": document(), "layout_id": None, "message": "Unjuk rasa"}
    assert found["order"] == shown
    assert chief.officer is not None
    assert found["changed_by"] == {"officer_id": str(chief.officer.id), "name": "Kompol Sari"}
    changed_at = datetime.fromisoformat(found["changed_at"])
    assert abs(changed_at.timestamp() - time.time()) < WITHIN_S
    assert 600 - WITHIN_S < found["changes_in_s"] <= 600
    assert {**answer.json(), "changes_in_s": 0} == {**found, "changes_in_s": 0}


def test_camera_is_ordered_onto_a_tile(post: PostClient, chief: PostClient) -> None:
    assert order(chief, post.id, ONE_CAMERA, 0).status_code == 200
    found = desired(post, post.id)
    assert found["order"] == {**ONE_CAMERA, "message": None}
    assert found["changes_in_s"] is None


def test_shared_layout_is_ordered_as_it_is_now(
    registry: ServedRegistry, post: PostClient, chief: PostClient
) -> None:
    officer, layout_id = registry.on_duty(scope=GAMBIR), str(uuid.uuid4())
    path, body = f"/v1/layouts/{layout_id}", {"jurisdiction": "PMJ-0101", "readers": [], "layout": document()}
    made = officer.ask("PUT", path, {"If-None-Match": "*"}, json=body)
    assert order(chief, post.id, {"monitor": 1, "layout": layout_id}, 0).status_code == 200
    changed = {**body, "layout": document("Lain")}
    assert officer.ask("PUT", path, {"If-Match": made.headers["ETag"]}, json=changed).status_code == 200
    found = desired(post, post.id)
    assert found["order"]["layout_id"] == layout_id
    assert found["order"]["layout"] == document()


def test_what_is_not_in_the_jurisdiction_cannot_be_ordered(registry: ServedRegistry, post: PostClient) -> None:
    chief = registry.on_duty(Role.CHIEF)
    stranger, hidden = registry.on_duty(scope=UTARA), str(uuid.uuid4())
    body = {"jurisdiction": "PMJ-02", "readers": [], "layout": document()}
    assert stranger.ask("PUT", f"/v1/layouts/{hidden}", {"If-None-Match": "*"}, json=body).status_code == 201
    pusat = registry.on_duty(Role.CHIEF, PUSAT)
    for who, wanted, code in (
        (pusat, {"monitor": 1, "layout": hidden}, "layout-unknown"),
        (chief, {"monitor": 1, "layout": str(uuid.uuid4())}, "layout-unknown"),
        (chief, {**ONE_CAMERA, "camera_id": str(ELSEWHERE.id)}, "camera-unknown"),
        (chief, {**ONE_CAMERA, "camera_id": str(uuid.uuid4())}, "camera-unknown"),
    ):
        answer = order(who, post.id, wanted, 0)
        assert (answer.status_code, code_of(answer)) == (404, code)
    assert desired(post, post.id)["revision"] == 0


def test_second_of_two_chiefs_is_told_who_was_first(
    registry: ServedRegistry, post: PostClient, chief: PostClient
) -> None:
    other = registry.on_duty(Role.CHIEF, PUSAT, "AKP Budi")
    seen = desired(chief, post.id)["revision"]
    first = order(other, post.id, ONE_CAMERA, seen).json()
    for refused in (order(chief, post.id, {**ONE_CAMERA, "tile": 1}, seen), release(chief, post.id, seen)):
        assert (refused.status_code, code_of(refused)) == (412, "precondition-failed")
        conflict = {key: first[key] for key in ("revision", "changed_by", "changed_at")}
        assert refused.json()["conflict"] == conflict
        assert f"AKP Budi changed it at {first['changed_at']}" in refused.json()["detail"]
    assert desired(post, post.id)["order"]["tile"] == 2
    assert order(chief, post.id, {**ONE_CAMERA, "tile": 1}, first["revision"]).status_code == 200


def test_of_two_orders_at_one_moment_one_holds(
    registry: ServedRegistry, post: PostClient, chief: PostClient
) -> None:
    chiefs = [chief, registry.on_duty(Role.CHIEF, PUSAT, "AKP Budi")]
    with ThreadPoolExecutor(2) as pool:
        for seen in range(5):
            orders = [pool.submit(order, each, post.id, ONE_CAMERA, seen) for each in chiefs]
            assert sorted(each.result(WITHIN_S).status_code for each in orders) == [200, 412]


def test_order_needs_the_revision_that_was_seen(post: PostClient, chief: PostClient) -> None:
    for method, what, body in (
        ("PUT", "desired", ONE_CAMERA),
        ("DELETE", "desired", None),
        ("PUT", "schedule", {"entries": []}),
    ):
        answer = asked(chief, method, wall_path(post.id, what), json=body)
        assert (answer.status_code, code_of(answer)) == (428, "precondition-required")
    never = order(chief, post.id, ONE_CAMERA, 7)
    assert (code_of(never), never.json()["conflict"]) == ("precondition-failed", {"revision": 0})


def test_chief_of_another_jurisdiction_directs_nothing(registry: ServedRegistry, post: PostClient) -> None:
    for scope in (UTARA, Scope(units=("PMJ-0101-1",)), Scope()):
        stranger = registry.on_duty(Role.CHIEF, scope)
        for wall_id in (post.id, "post_0"):
            for answer in (
                order(stranger, wall_id, ONE_CAMERA, 0),
                release(stranger, wall_id, 0),
                schedule(stranger, wall_id, 0),
            ):
                assert (answer.status_code, code_of(answer)) == (404, "wall-unknown")


def test_chief_at_the_walls_own_post_directs_it_only_within_the_jurisdiction(
    registry: ServedRegistry, post: PostClient
) -> None:
    stranger = registry.on_duty(Role.CHIEF, UTARA, post=post)
    assert desired(stranger, post.id)["revision"] == 0
    assert order(stranger, post.id, ONE_CAMERA, 0).status_code == 404
    assert order(registry.on_duty(Role.CHIEF, GAMBIR, post=post), post.id, ONE_CAMERA, 0).status_code == 200


def test_order_that_is_taken_back_leaves_nothing(post: PostClient, chief: PostClient) -> None:
    order(chief, post.id, ONE_CAMERA, 0)
    answer = release(chief, post.id, 1)
    found = desired(post, post.id)
    assert answer.json() == found
    assert (found["revision"], found["source"], found["order"]) == (2, "none", None)
    assert found["changed_by"]["name"] == "Kompol Sari"
    assert release(chief, post.id, 2).json() == found, "there was nothing to take back"


def test_same_order_again_is_a_new_one(post: PostClient, chief: PostClient) -> None:
    order(chief, post.id, ONE_CAMERA, 0)
    assert order(chief, post.id, ONE_CAMERA, 1).json()["revision"] == 2


def test_order_ends_by_itself(registry: ServedRegistry, post: PostClient, chief: PostClient) -> None:
    order(chief, post.id, {**ONE_CAMERA, "until_s": 300}, 0)
    registry.clock.ahead_s = 240
    assert desired(post, post.id)["source"] == "chief"
    registry.clock.ahead_s = 300
    found = desired(post, post.id)
    assert (found["revision"], found["source"], found["order"], found["changed_by"]) == (2, "none", None, None)
    late = order(chief, post.id, ONE_CAMERA, 1)
    assert (code_of(late), late.json()["conflict"]["revision"]) == ("precondition-failed", 2)
    assert "by itself" in late.json()["detail"]


def test_orders_end_wakes_the_post(post: PostClient, chief: PostClient) -> None:
    order(chief, post.id, {**ONE_CAMERA, "until_s": 2}, 0)
    parameters = {"revision": 1, "wait_s": LONG_WAIT_S}
    answer = asked(post, "GET", wall_path(post.id, "desired"), params=parameters)
    assert (answer.json()["revision"], answer.json()["source"]) == (2, "none")
    assert answer.elapsed.total_seconds() < LONG_WAIT_S


def test_order_wakes_the_post_at_once(registry: ServedRegistry, post: PostClient, chief: PostClient) -> None:
    for revision in range(3):
        poll = waiting(registry, post, revision)
        order(chief, post.id, ONE_CAMERA, revision)
        answer = poll.result(WITHIN_S)
        assert answer.json()["revision"] == revision + 1
        assert answer.elapsed.total_seconds() < LONG_WAIT_S


def test_order_by_another_process_wakes_the_post(
    registry: ServedRegistry, post: PostClient, chief: PostClient
) -> None:
    poll = waiting(registry, post, 0)
    assert chief.officer is not None
    with closing(Database(registry.data)) as database:
        other = make_services(database, SimulatedStreams(None, SecretHolder(), NOWHERE), ())
        walls_post, chiefs_post = other.access.post(post.id), other.access.post(chief.id)
        assert walls_post is not None and chiefs_post is not None
        wanted = CameraOrder.model_validate(ONE_CAMERA)
        reader = Reader(chiefs_post, chief.officer)
        other.wall_orders.order(reader, chief.officer, walls_post, post.id, wanted, 0)
    assert poll.result(WITHIN_S).json()["revision"] == 1


def test_other_walls_order_does_not_wake_the_post(
    registry: ServedRegistry, post: PostClient, chief: PostClient
) -> None:
    neighbour = registry.post(GAMBIR)
    reported(neighbour)
    poll = in_background(asked, post, "GET", wall_path(post.id, "desired"), params={"revision": 0, "wait_s": 2})
    until(lambda: registry.services.watch.waiting == 1)
    order(chief, neighbour.id, ONE_CAMERA, 0)
    answer = poll.result(WITHIN_S)
    assert answer.json()["revision"] == 0
    assert answer.elapsed.total_seconds() >= 2


def test_other_revision_is_told_without_waiting(
    registry: ServedRegistry, post: PostClient, chief: PostClient
) -> None:
    order(chief, post.id, ONE_CAMERA, 0)
    for parameters in ({"revision": 0}, {"revision": 7}, {}):
        answer = asked(post, "GET", wall_path(post.id, "desired"), params={**parameters, "wait_s": LONG_WAIT_S})
        assert answer.json()["revision"] == 1
        assert answer.elapsed.total_seconds() < LONG_WAIT_S


BROKEN: dict[str, dict[str, Any]] = {
    "nothing": {},
    "no tile": {"monitor": 1, "camera_id": str(CAMERA.id)},
    "no monitor": {"layout": document()},
    "monitor 17": {**ONE_CAMERA, "monitor": 17},
    "tile 65": {**ONE_CAMERA, "tile": 65},
    "camera is an address": {**ONE_CAMERA, "camera_id": "rtsp://10.0.0.7/main"},
    "long message": {**ONE_CAMERA, "message": "x" * 201},
    "no time": {**ONE_CAMERA, "until_s": 0},
    "over a week": {**ONE_CAMERA, "until_s": 7 * 24 * 3600 + 1},
    "layout without cells": {"monitor": 1, "layout": {**document(), "cells": []}},
}


@pytest.mark.parametrize("body", BROKEN.values(), ids=BROKEN.keys())
def test_order_outside_the_contract_is_refused(post: PostClient, chief: PostClient, body: dict[str, Any]) -> None:
    answer = order(chief, post.id, body, 0)
    assert (answer.status_code, code_of(answer)) == (400, "invalid-request")
