"""Shifts and handovers of the reference registry: who works where, and who is told of its end."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from people_kit import PIN, WRONG_PIN, add_officer, asked, beat, serve, sign_in, started
from reference_registry_kit import PostClient, ServedRegistry, code_of

from app.demo.registry.limits import SHIFT_LIFETIME_S
from tests.support.places import written_into

SARI, DIMAS = "86040317", "91110562"
ITEM = {
    "tile": "2.5",
    "camera_id": str(uuid.UUID(int=5)),
    "state": "stale",
    "since_s": 1240.5,
    "text": "Teknisi sudah dihubungi <b>",
}


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[ServedRegistry]:
    with serve(tmp_path) as served:
        for number in (SARI, DIMAS):
            add_officer(served, number)
        yield served


@pytest.fixture
def post(registry: ServedRegistry) -> PostClient:
    return registry.post()


def hand_over(
    post: PostClient, shift: dict[str, Any], service_number: str = DIMAS, pin: str = PIN, **said: Any
) -> Any:
    body = {"service_number": service_number, "pin": pin, **said}
    return asked(post, "POST", f"/v1/shifts/{shift['shift_id']}:handover", json=body)


def end_reason(post: PostClient, shift: dict[str, Any]) -> str:
    """What the post's next call in the officer's name is told."""
    answer = beat(post, shift)
    assert (answer.status_code, code_of(answer)) == (409, "shift-ended")
    return str(answer.json()["reason"])


def test_shift_names_the_officer_and_how_long_it_is_good(registry: ServedRegistry, post: PostClient) -> None:
    answer = sign_in(post, SARI)
    assert answer.status_code == 201
    assert answer.headers["Cache-Control"] == "no-store"
    shift = answer.json()
    officer = registry.services.people.officers.account(SARI)
    assert officer
    assert shift["officer"] == {
        "id": str(officer.officer.id),
        "service_number": SARI,
        "name": "Petugas 86040317",
        "role": "officer",
    }
    assert (shift["expires_in_s"], shift["offline_s"]) == (16 * 3600, 72 * 3600)
    assert beat(post, shift).status_code == 204


def test_data_hold_no_pin_and_no_shift_token(registry: ServedRegistry, post: PostClient, tmp_path: Path) -> None:
    shift = started(post, SARI)
    sign_in(post, DIMAS, "918273")
    written = written_into(registry.data) + b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"$argon2id$" in written
    for secret in (shift["token"], PIN, "918273"):
        assert secret.encode() not in written


def test_pin_in_the_wrong_field_is_refused_by_its_form_and_kept_nowhere(post: PostClient, tmp_path: Path) -> None:
    answer = sign_in(post, "918273", PIN)
    assert (answer.status_code, code_of(answer)) == (400, "invalid-request")
    assert "918273" not in answer.text
    assert b"918273" not in b"".join(file.read_bytes() for file in tmp_path.iterdir())


def test_shift_is_over_after_sixteen_hours(registry: ServedRegistry, post: PostClient) -> None:
    shift = started(post, SARI)
    for ahead_s, is_open in ((SHIFT_LIFETIME_S - 5, True), (SHIFT_LIFETIME_S + 1, False)):
        registry.clock.ahead_s = ahead_s
        post.token = registry.services.access.issue_token(post.id)
        assert (beat(post, shift).status_code == 204) is is_open
    assert end_reason(post, shift) == "over"


def test_next_officer_at_the_post_ends_the_shift_before(post: PostClient) -> None:
    first, second = started(post, SARI), started(post, DIMAS)
    assert end_reason(post, first) == "replaced"
    assert beat(post, second).status_code == 204


def test_same_officer_may_sign_in_again_where_the_token_was_lost(post: PostClient) -> None:
    lost, found = started(post, SARI), started(post, SARI)
    assert end_reason(post, lost) == "replaced"
    assert beat(post, found).status_code == 204


def test_officer_who_signs_in_elsewhere_has_left_and_the_older_post_is_told(
    registry: ServedRegistry, post: PostClient
) -> None:
    other = registry.post()
    left, there = started(post, SARI), started(other, SARI)
    assert end_reason(post, left) == "elsewhere"
    assert beat(other, there).status_code == 204
    assert beat(post).status_code == 204, "the wall itself goes on"


def test_token_is_good_at_its_own_post_alone(registry: ServedRegistry, post: PostClient) -> None:
    shift = started(post, SARI)
    for token in (shift["token"], "nonsense"):
        answer = beat(registry.post(), {"token": token})
        assert (answer.status_code, code_of(answer)) == (401, "shift-invalid")
        assert answer.headers["WWW-Authenticate"] == "Pantau-Shift"


def test_account_that_it_locks_or_retires_ends_its_open_shift(registry: ServedRegistry, post: PostClient) -> None:
    other, officers = registry.post(), registry.services.people.officers
    sari, dimas = started(post, SARI), started(other, DIMAS)
    assert officers.set_locked(SARI, is_locked=True)
    assert officers.retire(DIMAS)
    assert (end_reason(post, sari), end_reason(other, dimas)) == ("locked", "locked")


def test_shift_that_is_signed_off_is_over(post: PostClient) -> None:
    shift = started(post, SARI)
    path = f"/v1/shifts/{shift['shift_id']}"
    assert asked(post, "DELETE", path).status_code == 204
    assert end_reason(post, shift) == "signed-off"
    again = asked(post, "DELETE", path)
    assert (again.status_code, again.json()["reason"]) == (409, "signed-off")


def test_shift_of_another_post_looks_as_if_it_did_not_exist(registry: ServedRegistry, post: PostClient) -> None:
    shift, other = started(post, SARI), registry.post()
    for shift_id in (shift["shift_id"], str(uuid.uuid4())):
        path = f"/v1/shifts/{shift_id}"
        answer = asked(other, "DELETE", path)
        assert (answer.status_code, code_of(answer)) == (404, "shift-unknown")
        answer = hand_over(other, {"shift_id": shift_id})
        assert (answer.status_code, code_of(answer)) == (404, "shift-unknown")
    assert beat(post, shift).status_code == 204


def test_handover_ends_one_shift_begins_the_next_and_keeps_the_list(post: PostClient) -> None:
    old = started(post, SARI)
    answer = hand_over(post, old, note="Harmoni buram", items=[ITEM])
    assert answer.status_code == 201
    assert answer.headers["Cache-Control"] == "no-store"
    new = answer.json()
    assert end_reason(post, old) == "handed-over"
    assert beat(post, new).status_code == 204
    (kept,) = asked(post, "GET", "/v1/handovers").json()["handovers"]
    assert kept["handover_id"] == new["handover_id"]
    assert (kept["from_officer"], kept["to_officer"]) == (old["officer"], new["officer"])
    assert (kept["from_shift_id"], kept["to_shift_id"]) == (old["shift_id"], new["shift_id"])
    assert (kept["note"], kept["items"]) == ("Harmoni buram", [ITEM])


def test_handover_with_a_wrong_pin_changes_nothing(post: PostClient) -> None:
    old = started(post, SARI)
    answer = hand_over(post, old, pin=WRONG_PIN)
    assert (answer.status_code, code_of(answer)) == (401, "sign-in-refused")
    assert beat(post, old).status_code == 204
    assert asked(post, "GET", "/v1/handovers").json() == {"handovers": []}


def test_handover_to_oneself_is_refused(post: PostClient) -> None:
    old = started(post, SARI)
    assert code_of(hand_over(post, old, SARI)) == "invalid-request"
    assert beat(post, old).status_code == 204


def test_handover_of_a_shift_that_is_over_says_why(post: PostClient) -> None:
    old = started(post, SARI)
    assert hand_over(post, old).status_code == 201
    again = hand_over(post, old)
    assert (again.status_code, again.json()["reason"]) == (409, "handed-over")
    assert len(asked(post, "GET", "/v1/handovers").json()["handovers"]) == 1


@pytest.mark.parametrize(
    "said",
    [
        {"note": "x" * 2001},
        {"items": [ITEM] * 257},
        {"items": [{**ITEM, "tile": "5"}]},
        {"items": [{**ITEM, "since_s": -1}]},
        {"items": [{**ITEM, "text": "x" * 201}]},
        {"items": [{**ITEM, "camera_id": "7"}]},
    ],
)
def test_handover_outside_the_contract_is_refused_before_the_pin_counts(
    post: PostClient, said: dict[str, Any]
) -> None:
    old = started(post, SARI)
    answer = hand_over(post, old, **said)
    assert (answer.status_code, code_of(answer)) == (400, "invalid-request")
    assert PIN not in answer.text
    assert beat(post, old).status_code == 204


def test_largest_handover_is_kept(post: PostClient) -> None:
    old = started(post, SARI)
    assert hand_over(post, old, note="x" * 2000, items=[ITEM] * 256).status_code == 201
    (kept,) = asked(post, "GET", "/v1/handovers").json()["handovers"]
    assert (len(kept["note"]), len(kept["items"])) == (2000, 256)


def test_posts_last_handovers_come_newest_first_and_are_its_own(
    registry: ServedRegistry, post: PostClient
) -> None:
    shift, notes = started(post, SARI), ["satu", "dua", "tiga"]
    for note, number in zip(notes, (DIMAS, SARI, DIMAS), strict=True):
        shift = hand_over(post, shift, number, note=note).json()
    path = "/v1/handovers?limit=2"
    assert [each["note"] for each in asked(post, "GET", path).json()["handovers"]] == ["tiga", "dua"]
    assert asked(registry.post(), "GET", "/v1/handovers").json() == {"handovers": []}
    for limit in (0, 51):
        assert code_of(asked(post, "GET", f"/v1/handovers?limit={limit}")) == "invalid-request"


def test_heartbeat_is_kept_as_last_seen_even_if_the_shift_has_ended(
    registry: ServedRegistry, post: PostClient
) -> None:
    heartbeats = registry.services.people.heartbeats
    assert heartbeats.last(post.id) is None
    shift = started(post, SARI)
    asked(post, "DELETE", f"/v1/shifts/{shift['shift_id']}")
    registry.clock.ahead_s = 100
    assert end_reason(post, shift) == "signed-off"
    seen = heartbeats.last(post.id)
    assert seen and abs(seen.seen_at_s - registry.clock()) < 60
    assert (seen.heartbeat.tiles, seen.heartbeat.live, seen.heartbeat.audit_seq) == (16, 15, 7)
