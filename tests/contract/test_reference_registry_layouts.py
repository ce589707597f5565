"""Layouts that officers share through the reference registry: who reads, changes and deletes which."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from people_kit import asked
from reference_registry_kit import (
    EVERYTHING,
    NOWHERE,
    PostClient,
    ServedRegistry,
    code_of,
    make_camera,
)

from app.config.layout_text import layout_from_text, layout_text
from app.core.camera_query import parse_query
from app.core.layout import uniform_layout
from app.core.model import CameraId
from app.core.saved_layout import SavedLayout
from app.demo.registry.layout_models import LayoutDraft
from app.demo.registry.limits import LAYOUT_MAX_BYTES, LAYOUTS_MAX, SHIFT_LIFETIME_S
from app.demo.registry.models import Scope
from app.demo.registry.officers import Role
from app.demo.registry.streams import SecretHolder, SimulatedStreams

A1 = make_camera("A-1")
GAMBIR, PUSAT, UTARA = (Scope(units=(code,)) for code in ("PMJ-0101", "PMJ-01", "PMJ-02"))
SUBSECTOR = Scope(units=("PMJ-0101-1",))
NEW = {"If-None-Match": "*"}


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[ServedRegistry]:
    with ServedRegistry(tmp_path, [A1], SimulatedStreams(None, SecretHolder(), NOWHERE)) as served:
        yield served


def document(**changes: Any) -> dict[str, Any]:
    cells = [[0, 0, 1, 1], [1, 0, 1, 1]]
    return {"version": 1, "name": "Pagi", "columns": 2, "rows": 1, "cells": cells, **changes}


def draft(jurisdiction: str = "PMJ-0101", readers: tuple[str, ...] = (), **changes: Any) -> dict[str, Any]:
    return {"jurisdiction": jurisdiction, "readers": list(readers), "layout": document(**changes)}


def path_of(layout_id: object) -> str:
    return f"/v1/layouts/{layout_id}"


def put(client: PostClient, layout_id: object, body: Any, headers: dict[str, str]) -> requests.Response:
    return asked(client, "PUT", path_of(layout_id), headers=headers, json=body)


def shared(client: PostClient, **changes: Any) -> dict[str, Any]:
    """A new layout of the officer's."""
    answer = put(client, uuid.uuid4(), draft(**changes), NEW)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def listed(client: PostClient, **parameters: Any) -> list[str]:
    answer = asked(client, "GET", "/v1/layouts", params=parameters)
    assert answer.status_code == 200, answer.text
    return [each["id"] for each in answer.json()["layouts"]]


def test_shared_layout_comes_back_as_it_was_given_with_who_shared_it(registry: ServedRegistry) -> None:
    officer = registry.on_duty(scope=GAMBIR)
    assert officer.officer is not None
    given = document(cameras={"2": str(A1.id)}, query="kelurahan Gambir", hotspot=1, locked=True)
    layout = shared(officer, readers=("PMJ-0101",), **given)
    answer = asked(officer, "GET", path_of(layout["id"]))
    assert answer.json() == layout
    assert layout["layout"] == given
    assert (layout["owner"], layout["owner_name"]) == (str(officer.officer.id), "Bripka Dewi")
    assert (layout["jurisdiction"], layout["readers"]) == ("PMJ-0101", ["PMJ-0101"])
    assert layout["changed_by"] == {"officer_id": layout["owner"], "name": "Bripka Dewi"}
    assert answer.headers["ETag"] == f'"{layout["revision"]}"'


def test_layout_as_a_wall_saves_it_can_be_shared_and_read_again(registry: ServedRegistry) -> None:
    officer = registry.on_duty()
    cameras = {2: CameraId(str(A1.id))}
    saved = SavedLayout(uniform_layout(4), cameras, parse_query("umum"), hotspot=3, is_locked=True)
    grid = saved.grid.__class__("Malam", saved.grid.columns, saved.grid.rows, saved.grid.cells)
    saved = SavedLayout(grid, saved.cameras, saved.query, saved.hotspot, saved.is_locked)
    body = {"jurisdiction": "PMJ", "readers": [], "layout": json.loads(layout_text(saved))}
    layout_id = uuid.uuid4()
    assert put(officer, layout_id, body, NEW).status_code == 201
    back = asked(officer, "GET", path_of(layout_id)).json()["layout"]
    assert layout_from_text("answer", json.dumps(back)) == saved


def test_unchanged_layout_is_not_sent_again(registry: ServedRegistry) -> None:
    officer = registry.on_duty()
    layout = shared(officer, jurisdiction="PMJ")
    headers = {"If-None-Match": f'"{layout["revision"]}"'}
    again = asked(officer, "GET", path_of(layout["id"]), headers=headers)
    assert (again.status_code, again.content) == (304, b"")
    put(officer, layout["id"], draft("PMJ", name="Siang"), {"If-Match": headers["If-None-Match"]})
    assert asked(officer, "GET", path_of(layout["id"]), headers=headers).status_code == 200


def test_layout_is_read_by_its_readers_units_and_all_below_them_and_by_nobody_else(
    registry: ServedRegistry,
) -> None:
    owner = registry.on_duty(scope=PUSAT)
    layout = shared(owner, jurisdiction="PMJ-01", readers=("PMJ-0101",))
    kept = shared(owner, jurisdiction="PMJ-01", name="Pribadi")
    readers = [registry.on_duty(scope=GAMBIR), registry.on_duty(scope=SUBSECTOR), registry.post(SUBSECTOR)]
    others = [registry.on_duty(scope=UTARA), registry.on_duty(scope=PUSAT), registry.post(PUSAT)]
    for reader in readers:
        assert listed(reader) == [layout["id"]]
        assert asked(reader, "GET", path_of(layout["id"])).json() == layout
    for other in [*readers, *others]:
        assert code_of(asked(other, "GET", path_of(kept["id"]))) == "layout-unknown"
    for other in others:
        assert listed(other) == []
        unseen = asked(other, "GET", path_of(layout["id"]))
        missing = asked(other, "GET", path_of(uuid.uuid4()))
        assert (unseen.status_code, code_of(unseen)) == (404, "layout-unknown")
        assert {**unseen.json(), "trace_id": ""} == {**missing.json(), "trace_id": ""}


def test_chief_reads_all_layouts_of_the_jurisdiction_and_no_others(registry: ServedRegistry) -> None:
    gambir = shared(registry.on_duty(scope=GAMBIR))
    utara = shared(registry.on_duty(scope=UTARA), jurisdiction="PMJ-02")
    assert listed(registry.on_duty(Role.CHIEF, PUSAT)) == [gambir["id"]]
    assert listed(registry.on_duty(Role.CHIEF, EVERYTHING)) == sorted([gambir["id"], utara["id"]])
    assert listed(registry.on_duty(Role.IT, EVERYTHING)) == []


def test_officer_reaches_no_further_than_the_post_at_which_they_work(registry: ServedRegistry) -> None:
    gambir = shared(registry.on_duty(scope=GAMBIR), readers=("PMJ-0101",))
    utara = shared(registry.on_duty(scope=UTARA), jurisdiction="PMJ-02", readers=("PMJ-02",))
    chief = registry.on_duty(Role.CHIEF, EVERYTHING, post=registry.post(PUSAT))
    assert listed(chief) == [gambir["id"]]
    unseen = [
        asked(chief, method, path_of(utara["id"]), headers={"If-Match": '"1"'}) for method in ("GET", "DELETE")
    ]
    assert [code_of(answer) for answer in unseen] == ["layout-unknown"] * 2
    assert code_of(put(chief, uuid.uuid4(), draft("PMJ-02"), NEW)) == "invalid-request"
    assert code_of(put(chief, uuid.uuid4(), draft("PMJ-01", readers=("PMJ",)), NEW)) == "invalid-request"
    below = registry.on_duty(scope=GAMBIR, post=registry.post(PUSAT))
    assert listed(below) == [gambir["id"]], "what lies in both scopes is theirs"
    assert listed(registry.on_duty(scope=UTARA, post=registry.post(PUSAT))) == []
    assert put(chief, gambir["id"], draft("PMJ-01"), {"If-Match": f'"{gambir["revision"]}"'}).status_code == 200


def test_owner_finds_an_own_layout_at_any_post(registry: ServedRegistry) -> None:
    owner = registry.on_duty(scope=GAMBIR)
    layout = shared(owner)
    assert owner.officer is not None
    elsewhere = registry.post(UTARA)
    elsewhere.shift = registry.services.people.shifts.start(elsewhere.id, owner.officer).token
    assert listed(elsewhere) == [layout["id"]]
    seen = {"If-Match": f'"{layout["revision"]}"'}
    assert asked(elsewhere, "DELETE", path_of(layout["id"]), headers=seen).status_code == 204


def test_list_comes_in_pages_without_what_is_on_the_tiles(registry: ServedRegistry) -> None:
    officer = registry.on_duty()
    ids = sorted(shared(officer, jurisdiction="PMJ", name=f"Pagi {number}")["id"] for number in range(5))
    first = asked(officer, "GET", "/v1/layouts", params={"limit": 3}).json()
    assert first["more"] is True
    assert "layout" not in first["layouts"][0]
    assert first["layouts"][0]["tiles"] == 2
    seen = [each["id"] for each in first["layouts"]]
    rest = asked(officer, "GET", "/v1/layouts", params={"limit": 3, "after": seen[-1]}).json()
    assert rest["more"] is False
    assert seen + [each["id"] for each in rest["layouts"]] == ids


def test_change_raises_the_revision_and_keeps_the_owner(registry: ServedRegistry) -> None:
    owner = registry.on_duty(scope=GAMBIR)
    chief = registry.on_duty(Role.CHIEF, PUSAT, "Kompol Sari")
    layout = shared(owner)
    seen = {"If-Match": f'"{layout["revision"]}"'}
    answer = put(chief, layout["id"], draft(readers=("PMJ-01",), name="Siang"), seen)
    changed = answer.json()
    assert answer.status_code == 200
    assert changed["revision"] > layout["revision"]
    assert changed["owner"] == layout["owner"]
    assert changed["changed_by"]["name"] == "Kompol Sari"
    own = {"If-Match": answer.headers["ETag"]}
    answer = put(owner, layout["id"], draft(readers=("PMJ-01",), name="Sore"), own)
    assert answer.status_code == 200, "a reader that the chief has added may stay"
    assert asked(owner, "DELETE", path_of(layout["id"]), headers={"If-Match": answer.headers["ETag"]}).ok
    assert listed(chief) == []


def test_who_only_reads_a_layout_cannot_change_or_delete_it(registry: ServedRegistry) -> None:
    layout = shared(registry.on_duty(scope=GAMBIR), readers=("PMJ-0101",))
    reader = registry.on_duty(scope=SUBSECTOR)
    chief_below = registry.on_duty(Role.CHIEF, SUBSECTOR)
    seen = {"If-Match": f'"{layout["revision"]}"'}
    for other in (reader, chief_below):
        for answer in (
            put(other, layout["id"], draft("PMJ-0101-1"), seen),
            asked(other, "DELETE", path_of(layout["id"]), headers=seen),
        ):
            assert (answer.status_code, code_of(answer)) == (403, "layout-not-yours")


def test_layout_outside_the_jurisdiction_cannot_be_told_from_one_that_is_not_there(
    registry: ServedRegistry,
) -> None:
    layout = shared(registry.on_duty(scope=GAMBIR))
    seen = {"If-Match": f'"{layout["revision"]}"'}
    for stranger in (registry.on_duty(Role.CHIEF, UTARA), registry.on_duty(scope=UTARA)):
        for layout_id in (layout["id"], uuid.uuid4()):
            written = put(stranger, layout_id, draft("PMJ-02"), seen)
            deleted = asked(stranger, "DELETE", path_of(layout_id), headers=seen)
            assert [code_of(each) for each in (written, deleted)] == ["layout-unknown"] * 2
        assert put(stranger, layout["id"], draft("PMJ-02"), NEW).status_code == 404


def test_change_needs_the_revision_that_was_seen(registry: ServedRegistry) -> None:
    officer = registry.on_duty()
    layout = shared(officer, jurisdiction="PMJ")
    for answer in (
        put(officer, layout["id"], draft("PMJ"), {}),
        asked(officer, "DELETE", path_of(layout["id"])),
    ):
        assert (answer.status_code, code_of(answer)) == (428, "precondition-required")
    for wrong in ({"If-Match": "*"}, {"If-Match": "1"}, {"If-Match": '"1"', **NEW}, {"If-None-Match": '"1"'}):
        assert code_of(put(officer, layout["id"], draft("PMJ"), wrong)) == "invalid-request"


def test_change_of_another_revision_is_told_who_was_first(registry: ServedRegistry) -> None:
    owner = registry.on_duty(scope=GAMBIR)
    chief = registry.on_duty(Role.CHIEF, PUSAT, "Kompol Sari")
    layout = shared(owner)
    seen = {"If-Match": f'"{layout["revision"]}"'}
    changed = put(chief, layout["id"], draft(name="Siang"), seen).json()
    for answer in (
        put(owner, layout["id"], draft(name="Sore"), seen),
        put(owner, layout["id"], draft(name="Sore"), NEW),
        asked(owner, "DELETE", path_of(layout["id"]), headers=seen),
    ):
        assert (answer.status_code, code_of(answer)) == (412, "precondition-failed")
        assert answer.json()["conflict"] == {
            "revision": changed["revision"],
            "changed_by": changed["changed_by"],
            "changed_at": changed["changed_at"],
        }
        assert "Kompol Sari" in answer.json()["detail"]
    assert asked(owner, "GET", path_of(layout["id"])).json()["layout"]["name"] == "Siang"


def test_layout_that_was_deleted_and_made_again_has_no_old_revision(registry: ServedRegistry) -> None:
    officer = registry.on_duty()
    layout = shared(officer, jurisdiction="PMJ")
    seen = {"If-Match": f'"{layout["revision"]}"'}
    assert asked(officer, "DELETE", path_of(layout["id"]), headers=seen).status_code == 204
    assert put(officer, layout["id"], draft("PMJ"), NEW).status_code == 201
    assert code_of(asked(officer, "DELETE", path_of(layout["id"]), headers=seen)) == "precondition-failed"


def test_layout_is_shared_only_within_the_officers_own_jurisdiction(registry: ServedRegistry) -> None:
    officer = registry.on_duty(scope=GAMBIR)
    for body in (draft("PMJ-02"), draft("PMJ"), draft(readers=("PMJ-01",)), draft("PMJ-0101-99")):
        answer = put(officer, uuid.uuid4(), body, NEW)
        assert (answer.status_code, code_of(answer)) == (400, "invalid-request")
    layout = shared(officer)
    moved = put(officer, layout["id"], draft("PMJ-02"), {"If-Match": f'"{layout["revision"]}"'})
    assert code_of(moved) == "invalid-request"


BROKEN: dict[str, dict[str, Any]] = {
    "no cell": {"cells": []},
    "65 cells": {"columns": 64, "rows": 2, "cells": [[n % 64, n // 64, 1, 1] for n in range(65)]},
    "cells overlap": {"cells": [[0, 0, 2, 1], [1, 0, 1, 1]]},
    "cell outside": {"cells": [[1, 0, 2, 1]]},
    "no name": {"name": " "},
    "built-in name": {"name": "16"},
    "name in disguise": {"name": "Pa\u202egi"},
    "long name": {"name": "x" * 61},
    "camera on no tile": {"cameras": {"3": str(A1.id)}},
    "camera is no id": {"cameras": {"1": "10.0.0.7"}},
    "hotspot on no tile": {"hotspot": 3},
    "query not understood": {"query": "apa saja"},
    "another version": {"version": 2},
    "number as a text": {"columns": "2"},
}


@pytest.mark.parametrize("changes", BROKEN.values(), ids=BROKEN.keys())
def test_layout_that_no_wall_could_show_is_refused(registry: ServedRegistry, changes: dict[str, Any]) -> None:
    answer = put(registry.on_duty(), uuid.uuid4(), draft("PMJ", **changes), NEW)
    assert (answer.status_code, code_of(answer)) == (400, "invalid-request")
    assert answer.json()["errors"][0]["field"].startswith("body.layout")


def test_64_tiles_are_a_layout(registry: ServedRegistry) -> None:
    cells = [[number % 8, number // 8, 1, 1] for number in range(64)]
    shared(registry.on_duty(), jurisdiction="PMJ", columns=8, rows=8, cells=cells)


def test_body_of_more_than_32_kib_is_too_large(registry: ServedRegistry) -> None:
    officer = registry.on_duty()
    body = {**draft("PMJ"), "note": ""}
    room = LAYOUT_MAX_BYTES - len(json.dumps(body))
    just = {**body, "note": "x" * room}
    assert put(officer, uuid.uuid4(), just, NEW).status_code == 201
    answer = put(officer, uuid.uuid4(), {**body, "note": "x" * (room + 1)}, NEW)
    assert (answer.status_code, code_of(answer)) == (413, "body-too-large")


def fill(registry: ServedRegistry, officer: PostClient, count: int) -> None:
    """So many layouts more, without the way over HTTP."""
    post = registry.services.access.post(officer.id)
    assert post is not None and officer.officer is not None
    given = LayoutDraft.model_validate(draft())
    for _ in range(count):
        registry.services.layouts.share(post, officer.officer, uuid.uuid4(), given)


def test_jurisdiction_has_room_for_500_layouts(registry: ServedRegistry) -> None:
    officer = registry.on_duty()
    fill(registry, officer, LAYOUTS_MAX - 1)
    last = shared(officer)
    elsewhere = shared(officer, jurisdiction="PMJ-02")
    moved = put(officer, elsewhere["id"], draft(), {"If-Match": f'"{elsewhere["revision"]}"'})
    for answer in (put(officer, uuid.uuid4(), draft(), NEW), moved):
        assert (answer.status_code, code_of(answer)) == (409, "too-many-layouts")
    answer = put(officer, last["id"], draft(name="Siang"), {"If-Match": f'"{last["revision"]}"'})
    assert answer.status_code == 200
    assert asked(officer, "DELETE", path_of(last["id"]), headers={"If-Match": answer.headers["ETag"]}).ok
    shared(officer)


WRITING = (("PUT", NEW), ("DELETE", {"If-Match": '"1"'}))


@pytest.mark.parametrize(("method", "headers"), WRITING)
def test_writing_needs_an_officer_with_a_shift_at_this_post(
    registry: ServedRegistry, method: str, headers: dict[str, str]
) -> None:
    path, post, elsewhere = path_of(uuid.uuid4()), registry.post(), registry.on_duty()
    none = asked(post, method, path, headers=headers, json=draft("PMJ"))
    assert (none.status_code, code_of(none)) == (401, "shift-required")
    for token in ("nonsense", elsewhere.shift):
        answer = asked(post, method, path, headers={**headers, "Pantau-Shift": token}, json=draft("PMJ"))
        assert (answer.status_code, code_of(answer)) == (401, "shift-invalid")
        assert answer.headers["WWW-Authenticate"] == "Pantau-Shift"


def test_shift_that_is_over_reads_nothing(registry: ServedRegistry) -> None:
    officer = registry.on_duty()
    layout = shared(officer, jurisdiction="PMJ")
    registry.clock.ahead_s = SHIFT_LIFETIME_S
    officer.token = registry.services.access.issue_token(officer.id)
    for path in (path_of(layout["id"]), "/v1/layouts"):
        answer = asked(officer, "GET", path)
        assert (answer.status_code, code_of(answer), answer.json()["reason"]) == (409, "shift-ended", "over")
