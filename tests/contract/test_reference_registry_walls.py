"""Walls at the reference registry: what posts report of them, and who may know."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from people_kit import asked, serve
from reference_registry_kit import EVERYTHING, WITHIN_S, PostClient, ServedRegistry, code_of
from wall_kit import (
    CAMERAS,
    GAMBIR,
    ONE_CAMERA,
    PUSAT,
    UTARA,
    in_background,
    order,
    report,
    reported,
    wall_path,
)

from app.demo.registry.models import Scope
from app.demo.registry.officers import Role
from tests.waiting import until


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[ServedRegistry]:
    with serve(tmp_path, CAMERAS) as served:
        yield served


def walls(client: PostClient, **parameters: Any) -> list[dict[str, Any]]:
    answer = asked(client, "GET", "/v1/walls", params=parameters)
    assert answer.status_code == 200, answer.text
    return list(answer.json()["walls"])


def test_chief_sees_what_a_wall_of_the_jurisdiction_shows_and_how_old_that_is(registry: ServedRegistry) -> None:
    post = registry.post(GAMBIR, "Pos Harmoni")
    chief = registry.on_duty(Role.CHIEF, PUSAT)
    reported(post)
    registry.clock.ahead_s = 90
    (wall,) = walls(chief)
    assert (wall["wall_id"], wall["post_id"], wall["post_name"]) == (post.id, post.id, "Pos Harmoni")
    assert {key: wall[key] for key in report()} == report()
    assert wall["reason"] is None
    assert 90 <= wall["age_s"] < 90 + WITHIN_S
    again = asked(chief, "GET", wall_path(post.id, "reported"))
    assert again.headers["ETag"] == '"1"'
    assert {**again.json(), "age_s": 0} == {**wall, "age_s": 0}


def test_chief_sees_the_walls_of_the_jurisdiction_and_no_others(registry: ServedRegistry) -> None:
    gambir, utara = registry.post(GAMBIR), registry.post(UTARA)
    both = registry.post(Scope(units=("PMJ-0101", "PMJ-02")))
    area = registry.post(Scope(areas=("31.71.01.1001",)))
    nothing = registry.post(Scope())
    for post in (gambir, utara, both, area, nothing):
        reported(post)
    for scope, seen in (
        (PUSAT, [gambir, area]),
        (Scope(units=("PMJ-0101-1",)), [area]),
        (Scope(areas=("31.71",)), [gambir, area]),
        (Scope(units=("PMJ-0101",), areas=("31.72",)), [gambir, utara, both, area]),
        (EVERYTHING, [gambir, utara, both, area]),
        (Scope(), []),
    ):
        chief = registry.on_duty(Role.CHIEF, scope)
        assert [wall["wall_id"] for wall in walls(chief)] == sorted(post.id for post in seen)


def test_chief_reaches_no_further_than_the_post_at_which_they_work(registry: ServedRegistry) -> None:
    gambir, utara = registry.post(GAMBIR), registry.post(UTARA)
    for post in (gambir, utara):
        reported(post)
    chief = registry.on_duty(Role.CHIEF, EVERYTHING, post=registry.post(PUSAT))
    assert [wall["wall_id"] for wall in walls(chief)] == [gambir.id]
    for what in ("reported", "desired", "schedule"):
        assert asked(chief, "GET", wall_path(gambir.id, what)).status_code == 200
        assert code_of(asked(chief, "GET", wall_path(utara.id, what))) == "wall-unknown"
    assert order(chief, gambir.id, ONE_CAMERA, 0).status_code == 200
    assert code_of(order(chief, utara.id, ONE_CAMERA, 0)) == "wall-unknown"


def test_chief_whose_shift_is_over_directs_nothing(registry: ServedRegistry) -> None:
    post, chiefs_post = registry.post(GAMBIR), registry.post()
    reported(post)
    chief = registry.on_duty(Role.CHIEF, post=chiefs_post)
    registry.on_duty(Role.CHIEF, post=chiefs_post)
    for answer in (
        asked(chief, "GET", "/v1/walls"),
        asked(chief, "GET", wall_path(post.id, "reported")),
        order(chief, post.id, ONE_CAMERA, 0),
    ):
        assert (answer.status_code, code_of(answer)) == (409, "shift-ended")
        assert answer.json()["reason"] == "replaced"


def test_walls_come_in_pages(registry: ServedRegistry) -> None:
    post = registry.post(GAMBIR)
    ids = [post.id, f"{post.id}.1", f"{post.id}.2"]
    for wall_id in ids:
        reported(post, wall_id)
    chief = registry.on_duty(Role.CHIEF)
    first = asked(chief, "GET", "/v1/walls", params={"limit": 2}).json()
    rest = asked(chief, "GET", "/v1/walls", params={"limit": 2, "after": first["walls"][-1]["wall_id"]}).json()
    assert (first["more"], rest["more"]) == (True, False)
    assert [wall["wall_id"] for wall in first["walls"] + rest["walls"]] == ids


@pytest.mark.parametrize("role", [Role.OFFICER, Role.IT])
def test_only_a_chief_lists_walls_or_directs_them(registry: ServedRegistry, role: Role) -> None:
    post = registry.post(GAMBIR)
    reported(post)
    officer = registry.on_duty(role, EVERYTHING)
    assert code_of(asked(officer, "GET", "/v1/walls")) == "role-not-allowed"
    for wall_id in (post.id, "post_0"):
        for method, what, body in (
            ("PUT", "desired", ONE_CAMERA),
            ("DELETE", "desired", None),
            ("PUT", "schedule", {"entries": []}),
        ):
            answer = asked(officer, method, wall_path(wall_id, what), headers={"If-Match": '"0"'}, json=body)
            assert (answer.status_code, code_of(answer)) == (403, "role-not-allowed")
        assert code_of(asked(officer, "GET", wall_path(wall_id, "reported"))) == "wall-unknown"


@pytest.mark.parametrize("what", ["reported", "desired", "schedule"])
def test_wall_of_another_post_cannot_be_told_from_one_that_is_not_there(
    registry: ServedRegistry, what: str
) -> None:
    post = registry.post(GAMBIR)
    reported(post)
    strangers = [registry.post(GAMBIR), registry.post(), registry.on_duty(Role.CHIEF, UTARA), registry.on_duty()]
    for stranger in strangers:
        theirs = asked(stranger, "GET", wall_path(post.id, what))
        missing = asked(stranger, "GET", wall_path("post_0", what))
        assert (theirs.status_code, code_of(theirs)) == (404, "wall-unknown")
        assert {**theirs.json(), "trace_id": ""} == {**missing.json(), "trace_id": ""}


def test_only_the_post_itself_reports_its_walls(registry: ServedRegistry) -> None:
    post = registry.post(GAMBIR)
    for stranger in (registry.post(GAMBIR), registry.on_duty(Role.CHIEF)):
        answer = asked(stranger, "PUT", wall_path(post.id, "reported"), json=report())
        assert (answer.status_code, code_of(answer)) == (404, "wall-unknown")
    assert code_of(asked(post, "GET", wall_path(post.id, "reported"))) == "wall-unknown"


def test_wall_that_has_not_reported_cannot_be_directed(registry: ServedRegistry) -> None:
    post = registry.post(GAMBIR)
    chief = registry.on_duty(Role.CHIEF)
    for wall_id in (post.id, f"{post.id}.7"):
        answer = asked(chief, "DELETE", wall_path(wall_id, "desired"), headers={"If-Match": '"0"'})
        assert (answer.status_code, code_of(answer)) == (404, "wall-unknown")
    nothing = asked(post, "GET", wall_path(post.id, "desired")).json()
    assert (nothing["revision"], nothing["source"], nothing["order"]) == (0, "none", None)


def test_chief_who_waits_sees_the_next_report(registry: ServedRegistry) -> None:
    post = registry.post(GAMBIR)
    reported(post)
    chief = registry.on_duty(Role.CHIEF)
    waits = in_background(
        asked, chief, "GET", wall_path(post.id, "reported"), params={"revision": 1, "wait_s": 25}
    )
    until(lambda: registry.services.watch.waiting == 1)
    reported(post, applied_revision=7, applied_state="refused", reason="Kamera di luar wilayah")
    answer = waits.result(WITHIN_S).json()
    assert (answer["revision"], answer["applied_state"]) == (2, "refused")
    assert (answer["applied_revision"], answer["reason"]) == (7, "Kamera di luar wilayah")


def test_text_of_a_report_loses_what_cannot_be_seen(registry: ServedRegistry) -> None:
    post = registry.post(GAMBIR)
    reported(post, name="Din\u202eding\n\x00 Harmoni")
    assert asked(post, "GET", wall_path(post.id, "reported")).json()["name"] == "Dinding Harmoni"


TILE = {"tile": 1, "camera_id": None, "life": "empty", "age_s": None}
BROKEN: dict[str, dict[str, Any]] = {
    "17 monitors": {"monitors": [{"number": 1, "layout": "", "tiles": []}] * 17},
    "65 tiles": {"monitors": [{"number": 1, "layout": "", "tiles": [TILE] * 65}]},
    "tile 65": {"monitors": [{"number": 1, "layout": "", "tiles": [{**TILE, "tile": 65}]}]},
    "camera is an address": {
        "monitors": [{"number": 1, "layout": "", "tiles": [{**TILE, "camera_id": "10.0.0.7"}]}]
    },
    "another state": {"applied_state": "maybe"},
    "revision is a text": {"applied_revision": "7"},
    "long reason": {"reason": "x" * 201},
}


@pytest.mark.parametrize("changes", BROKEN.values(), ids=BROKEN.keys())
def test_report_outside_the_contract_is_refused(registry: ServedRegistry, changes: dict[str, Any]) -> None:
    post = registry.post(GAMBIR)
    answer = asked(post, "PUT", wall_path(post.id, "reported"), json={**report(), **changes})
    assert (answer.status_code, code_of(answer)) == (400, "invalid-request")
    assert answer.json()["errors"][0]["field"].startswith("body.")


@pytest.mark.parametrize("suffix", [".0", ".100", ".x", ".1.1"])
def test_wall_has_a_number_after_its_posts_id(registry: ServedRegistry, suffix: str) -> None:
    post = registry.post(GAMBIR)
    answer = asked(post, "PUT", wall_path(post.id + suffix, "reported"), json=report())
    assert (answer.status_code, code_of(answer)) == (400, "invalid-request")


def test_whole_wall_of_16_monitors_with_64_tiles_is_a_report(registry: ServedRegistry) -> None:
    post = registry.post(GAMBIR)
    tiles = [
        {"tile": number, "camera_id": str(uuid.uuid4()), "life": "live", "age_s": 0.1} for number in range(1, 65)
    ]
    reported(post, monitors=[{"number": number, "layout": "64", "tiles": tiles} for number in range(1, 17)])
