"""Who looked at a camera, as the reference registry reads it from the journals."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from people_kit import CITY, Journal, add_officer, asked, beat, send, serve, started
from reference_registry_kit import PostClient, ServedRegistry, code_of, make_camera

from app.demo.catalogue.record import Privacy
from app.demo.registry.models import Scope
from app.demo.registry.officers import Role

SARI, EXPERT = "86040317", "88090633"
CENTRAL, NORTH = Scope(units=("PMJ-01",)), Scope(areas=("31.72",))
OFFICE = make_camera("A-1", privacy=Privacy.model_validate({"class": "private_office", "purposes": ("security",)}))
SHOP = make_camera("A-2")


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[ServedRegistry]:
    with serve(tmp_path, (OFFICE, SHOP)) as served:
        yield served


@pytest.fixture
def post(registry: ServedRegistry) -> PostClient:
    return registry.post(CENTRAL, "Pos Harmoni")


def path_of(camera_id: Any, query: str = "") -> str:
    return f"/v1/cameras/{camera_id}/viewings{query}"


def ledger(registry: ServedRegistry, query: str = "") -> dict[str, Any]:
    """What IT reads of the office's camera."""
    if registry.services.people.officers.account(EXPERT) is None:
        add_officer(registry, EXPERT, Role.IT)
    desk = registry.post(CITY)
    answer = asked(desk, "GET", path_of(OFFICE.id, query), started(desk, EXPERT))
    assert answer.status_code == 200, answer.text
    read: dict[str, Any] = answer.json()
    return read


def look(journal: Journal, at: str, officer_id: Any = None, **detail: Any) -> None:
    """A line about looking at the office's camera."""
    journal.write(
        "view-started",
        at=at,
        camera_id=str(OFFICE.id),
        officer_id=None if officer_id is None else str(officer_id),
        detail=detail,
    )


def look_away(journal: Journal, at: str) -> None:
    journal.write("view-ended", at=at, camera_id=str(OFFICE.id))


def test_viewing_names_officer_post_purpose_and_times(registry: ServedRegistry, post: PostClient) -> None:
    sari, journal = add_officer(registry, SARI), Journal()
    look(journal, "2026-11-20T08:00:00Z", sari.id, purpose="incident", purpose_text="Laporan 114")
    look_away(journal, "2026-11-20T08:15:00Z")
    send(post, journal.lines)
    assert ledger(registry) == {
        "viewings": [
            {
                "number": 1,
                "post": {"id": post.id, "name": "Pos Harmoni"},
                "officer": {"id": str(sari.id), "service_number": SARI, "name": sari.name, "role": "officer"},
                "purpose": "incident",
                "purpose_text": "Laporan 114",
                "started_at": "2026-11-20T08:00:00Z",
                "ended_at": "2026-11-20T08:15:00Z",
            }
        ],
        "more": False,
    }


def test_lines_that_come_again_are_one_viewing(registry: ServedRegistry, post: PostClient) -> None:
    journal = Journal()
    look(journal, "2026-11-20T08:00:00Z")
    for _ in range(3):
        send(post, journal.lines)
    (viewing,) = ledger(registry)["viewings"]
    assert (viewing["officer"], viewing["purpose"], viewing["ended_at"]) == (None, None, None)


def test_line_that_was_refused_is_no_viewing(registry: ServedRegistry, post: PostClient) -> None:
    journal = Journal()
    look(journal, "2026-11-20T08:00:00Z")
    send(post, [{**journal.lines[0], "hash": "0" * 64}])
    assert ledger(registry)["viewings"] == []


def test_viewing_without_an_end_is_ended_by_the_next_one_of_its_post(
    registry: ServedRegistry, post: PostClient
) -> None:
    journal, elsewhere = Journal(), Journal()
    look(journal, "2026-11-20T08:00:00Z", purpose="incident")
    look(elsewhere, "2026-11-20T08:30:00Z", purpose="complaint")
    look(journal, "2026-11-20T09:00:00Z", purpose="other")
    send(post, journal.lines[:1])
    send(registry.post(CENTRAL), elsewhere.lines)
    send(post, journal.lines)
    read = [(each["purpose"], each["ended_at"]) for each in ledger(registry)["viewings"]]
    assert read == [("incident", "2026-11-20T09:00:00Z"), ("complaint", None), ("other", None)]


def test_what_is_odd_in_a_line_is_left_out_of_the_ledger(registry: ServedRegistry, post: PostClient) -> None:
    journal = Journal()
    journal.write("view-started", detail={"purpose": "incident"})
    look(journal, "2026-11-20T08:00:00Z", OFFICE.id, purpose=["incident"], purpose_text="x" * 300)
    assert send(post, journal.lines).json()["acknowledged_seq"] == 2
    (viewing,) = ledger(registry)["viewings"]
    assert (viewing["officer"], viewing["purpose"], len(viewing["purpose_text"])) == (None, None, 200)


def test_ledger_is_read_page_by_page(registry: ServedRegistry, post: PostClient) -> None:
    journal = Journal()
    for minute in range(5):
        look(journal, f"2026-11-20T08:0{minute}:00Z")
    send(post, journal.lines)
    first = ledger(registry, "?limit=3")
    assert ([each["number"] for each in first["viewings"]], first["more"]) == ([1, 2, 3], True)
    last = ledger(registry, "?after=3&limit=3")
    assert ([each["number"] for each in last["viewings"]], last["more"]) == ([4, 5], False)


OUTSIDE = {
    "an officer": (Role.OFFICER, CITY, CITY),
    "a chief": (Role.CHIEF, CITY, CITY),
    "IT of elsewhere": (Role.IT, NORTH, CITY),
    "IT at a post of elsewhere": (Role.IT, CITY, NORTH),
}


@pytest.mark.parametrize(("role", "scope", "desk_scope"), OUTSIDE.values(), ids=OUTSIDE.keys())
def test_ledger_out_of_ones_care_looks_as_if_there_were_no_such_camera(
    registry: ServedRegistry, role: Role, scope: Scope, desk_scope: Scope
) -> None:
    add_officer(registry, EXPERT, role, scope)
    desk = registry.post(desk_scope)
    shift = started(desk, EXPERT)
    nobody = "00000000-0000-4000-8000-000000000000"
    answers = [asked(desk, "GET", path_of(each), shift) for each in (OFFICE.id, nobody)]
    assert {(answer.status_code, code_of(answer)) for answer in answers} == {(404, "camera-unknown")}
    assert answers[0].json()["detail"] == answers[1].json()["detail"]


def test_ledger_needs_an_officer_whose_shift_is_open(registry: ServedRegistry) -> None:
    add_officer(registry, EXPERT, Role.IT)
    desk = registry.post(CITY)
    none = asked(desk, "GET", path_of(OFFICE.id))
    assert (none.status_code, code_of(none)) == (401, "shift-required")
    shift = started(desk, EXPERT)
    started(registry.post(CITY), EXPERT)
    over = asked(desk, "GET", path_of(OFFICE.id), shift)
    assert (over.status_code, over.json()["reason"]) == (409, "elsewhere")
    assert beat(desk).status_code == 204
