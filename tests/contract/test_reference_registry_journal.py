"""Posts' journals at the reference registry: what is taken, what is refused by its number, and what is signed."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jwt
import pytest
import requests
from people_kit import CITY, GENESIS, Journal, add_officer, asked, line_hash, send, send_raw, serve, started
from reference_registry_kit import WITHIN_S, PostClient, RegistryProcess, ServedRegistry, code_of, make_camera

from app.core.journal import LINE_MAX_BYTES, Event, Head, Kind, Stamp, entry_line
from app.demo.registry import limits
from app.demo.registry.models import Scope
from app.demo.registry.officers import Role

EXPERT = "88090633"
CENTRAL, NORTH = Scope(units=("PMJ-01",)), Scope(areas=("31.72",))
CAMERAS = (make_camera("A-1"), make_camera("B-1", "31.72.01.1005"))


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[ServedRegistry]:
    with serve(tmp_path, CAMERAS) as served:
        yield served


@pytest.fixture
def post(registry: ServedRegistry) -> PostClient:
    return registry.post(CENTRAL)


@pytest.fixture
def journal() -> Journal:
    return Journal()


def claims_of(url: str, checkpoint: str) -> dict[str, Any]:
    """What a checkpoint says, verified with the published key."""
    published = requests.get(f"{url}/v1/meta", timeout=WITHIN_S).json()["audit_key"]
    assert jwt.get_unverified_header(checkpoint) == {
        "alg": "ES256",
        "kid": published["kid"],
        "typ": "pantau-checkpoint+jwt",
    }
    claims: dict[str, Any] = jwt.decode(checkpoint, jwt.PyJWK(published), algorithms=["ES256"])
    return claims


def read(post: PostClient, shift: dict[str, Any] | None = None, **parameters: Any) -> dict[str, Any]:
    """A page of a journal."""
    query = "&".join(f"{name}={value}" for name, value in parameters.items())
    answer = asked(post, "GET", f"/v1/audit-events?{query}", shift)
    assert answer.status_code == 200, answer.text
    page: dict[str, Any] = answer.json()
    return page


def refusal(answer: requests.Response) -> tuple[int, int | None, str]:
    """Which line was refused: its place, its number and the problem's code."""
    assert answer.status_code == 200
    refused = answer.json()["refused"]
    return refused["line"], refused.get("seq"), refused["problem"]["code"]


def test_lines_are_taken_and_signed_for(registry: ServedRegistry, post: PostClient, journal: Journal) -> None:
    journal.write_many(3)
    answer = send(post, journal.lines)
    assert answer.status_code == 200
    assert answer.json().keys() == {"acknowledged_seq", "checkpoint"}
    assert answer.json()["acknowledged_seq"] == 3
    claims = claims_of(registry.url, answer.json()["checkpoint"])
    assert abs(claims.pop("at_s") - registry.clock()) < WITHIN_S
    assert claims == {"post_id": post.id, "seq": 3, "hash": journal.lines[-1]["hash"]}


def test_empty_journal_has_a_checkpoint_too(registry: ServedRegistry, post: PostClient) -> None:
    page = read(post)
    assert (page["post_id"], page["events"], page["more"], page["acknowledged_seq"]) == (post.id, [], False, 0)
    claims = claims_of(registry.url, page["checkpoint"])
    assert (claims["seq"], claims["hash"]) == (0, GENESIS)


def test_thousand_lines_of_a_usual_length_are_one_batch(post: PostClient, journal: Journal) -> None:
    journal.write_many(limits.AUDIT_BATCH_MAX)
    body = "".join(f"{json.dumps(line)}\n" for line in journal.lines).encode()
    assert limits.REQUEST_BODY_MAX_BYTES < len(body) < limits.AUDIT_BODY_MAX_BYTES
    assert send_raw(post, body).json()["acknowledged_seq"] == limits.AUDIT_BATCH_MAX


def test_batch_of_too_many_lines_or_none_or_too_many_bytes_is_refused(post: PostClient, journal: Journal) -> None:
    journal.write_many(limits.AUDIT_BATCH_MAX + 1)
    for body in (b"", b"\n" * (limits.AUDIT_BATCH_MAX + 1)):
        answer = send_raw(post, body)
        assert (answer.status_code, code_of(answer)) == (400, "invalid-request")
    assert code_of(send(post, journal.lines)) == "invalid-request"
    large = send_raw(post, b"x" * (limits.AUDIT_BODY_MAX_BYTES + 1))
    assert (large.status_code, code_of(large)) == (413, "body-too-large")
    assert read(post)["acknowledged_seq"] == 0


def test_journal_that_is_not_sent_as_lines_is_refused(post: PostClient, journal: Journal) -> None:
    journal.write()
    answer = asked(post, "POST", "/v1/audit-events", json=journal.lines)
    assert (answer.status_code, code_of(answer)) == (400, "invalid-request")


def test_other_bodies_stay_as_small_as_they_were(post: PostClient) -> None:
    body = b"x" * (limits.REQUEST_BODY_MAX_BYTES + 1)
    assert code_of(asked(post, "POST", "/v1/heartbeats", data=body)) == "body-too-large"


def test_lines_may_come_again_and_the_next_ones_with_them(post: PostClient, journal: Journal) -> None:
    journal.write_many(3)
    for _ in range(2):
        assert send(post, journal.lines).json()["acknowledged_seq"] == 3
    journal.write_many(2)
    assert send(post, journal.lines[1:]).json()["acknowledged_seq"] == 5
    assert read(post)["events"] == journal.lines


def test_journals_of_two_posts_have_nothing_to_do_with_each_other(
    registry: ServedRegistry, post: PostClient, journal: Journal
) -> None:
    other = Journal()
    other.write("note", detail={"other": True})
    journal.write()
    assert send(post, journal.lines).json()["acknowledged_seq"] == 1
    assert send(registry.post(), other.lines).json()["acknowledged_seq"] == 1
    assert read(post)["events"] == journal.lines


def changed(line: dict[str, Any], **members: Any) -> dict[str, Any]:
    """A line with other members and a hash that fits them."""
    other = {**line, **members}
    return {**other, "hash": line_hash(other)}


def nested(levels: int) -> dict[str, Any]:
    """Objects inside each other."""
    return {"in": nested(levels - 1)} if levels > 1 else {}


BROKEN: dict[str, tuple[Callable[[dict[str, Any]], dict[str, Any]], str, int | None]] = {
    "edited": (lambda line: {**line, "detail": {"text": "y"}}, "audit-hash-wrong", 3),
    "cut off": (lambda line: changed(line, prev=GENESIS), "audit-chain-broken", 3),
    "no number": (lambda line: {k: v for k, v in line.items() if k != "seq"}, "audit-line-invalid", None),
    "number as text": (lambda line: changed(line, seq="3"), "audit-line-invalid", None),
    "number zero": (lambda line: changed(line, seq=0), "audit-line-invalid", None),
    "other UUID": (lambda line: changed(line, id=str(uuid.uuid4())), "audit-line-invalid", 3),
    "no such day": (lambda line: changed(line, at="2026-02-30T08:11:02Z"), "audit-line-invalid", 3),
    "not in UTC": (lambda line: changed(line, at="2026-11-20T08:11:02+07:00"), "audit-line-invalid", 3),
    "kind in capitals": (lambda line: changed(line, kind="Note"), "audit-line-invalid", 3),
    "no camera's id": (lambda line: changed(line, camera_id="7"), "audit-line-invalid", 3),
    "detail is a text": (lambda line: changed(line, detail="x"), "audit-line-invalid", 3),
    "too long": (
        lambda line: changed(line, detail={"text": "x" * limits.AUDIT_LINE_MAX_BYTES}),
        "audit-line-invalid",
        None,
    ),
    "too deep": (lambda line: changed(line, detail=nested(16)), "audit-line-invalid", None),
}


@pytest.mark.parametrize(("breaks", "code", "seq"), BROKEN.values(), ids=BROKEN.keys())
def test_broken_line_is_refused_by_its_number_and_what_came_before_is_taken(
    post: PostClient,
    journal: Journal,
    breaks: Callable[[dict[str, Any]], dict[str, Any]],
    code: str,
    seq: int | None,
) -> None:
    journal.write_many(4)
    answer = send(post, [*journal.lines[:2], breaks(journal.lines[2]), journal.lines[3]])
    assert refusal(answer) == (3, seq, code)
    assert answer.json()["acknowledged_seq"] == 2
    assert read(post)["events"] == journal.lines[:2]


def test_line_as_long_and_as_deep_as_may_be_is_taken(post: PostClient, journal: Journal) -> None:
    journal.write("note", detail=nested(15))
    length = len(json.dumps(journal.write("note", detail={"text": ""})))
    journal.lines.pop()
    journal.write("note", detail={"text": "x" * (limits.AUDIT_LINE_MAX_BYTES - length)})
    assert send(post, journal.lines).json()["acknowledged_seq"] == 2
    assert read(post)["events"] == journal.lines


@pytest.mark.parametrize(
    "line",
    [b"", b"{", b"7", b"[]", b"\xff", b"[" * 8000, b'{"seq": NaN}', b'{"detail": "\\ud800"}', b'{"seq": 1e999}'],
)
def test_line_that_is_no_event_at_all_is_refused(post: PostClient, journal: Journal, line: bytes) -> None:
    good = json.dumps(journal.write()).encode()
    answer = send_raw(post, b"\n".join((good, line, b"")))
    assert refusal(answer) == (2, None, "audit-line-invalid")
    assert answer.json()["acknowledged_seq"] == 1


def test_refusal_does_not_repeat_the_line(post: PostClient, journal: Journal) -> None:
    line = {**journal.write(), "kind": "KANARI", "detail": {"kanari": "KANARI"}}
    assert "KANARI" not in send(post, [line]).text


def test_gap_is_refused(post: PostClient, journal: Journal) -> None:
    journal.write_many(4)
    assert refusal(send(post, journal.lines[1:])) == (1, 2, "audit-gap")
    assert refusal(send(post, [journal.lines[0], *journal.lines[2:]])) == (2, 3, "audit-gap")
    assert refusal(send(post, reversed(journal.lines))) == (1, 4, "audit-gap")
    assert read(post)["acknowledged_seq"] == 1


def test_line_that_contradicts_a_kept_one_is_refused_and_changes_nothing(
    post: PostClient, journal: Journal
) -> None:
    journal.write_many(3)
    send(post, journal.lines)
    other = Journal()
    other.lines.append(journal.lines[0])
    other.write("something-else")
    assert refusal(send(post, other.lines)) == (2, 2, "audit-contradiction")
    assert read(post)["events"] == journal.lines


def test_consoles_own_journal_is_taken(post: PostClient) -> None:
    head, lines = Head(), []
    for number in range(3):
        officer = str(uuid.UUID(int=number)) if number else ""
        stamp = Stamp(f"0198c2f4-6c1e-7a51-9b7e-{number:012x}", 1_764_000_000.25 + number, officer)
        event = Event(Kind.VIEW_STARTED, {"purpose": "incident", "text": "Lapor ß\u2028"}, str(CAMERAS[0].id))
        line, head = entry_line(head, event, stamp)
        lines.append(line)
    answer = send_raw(post, b"\n".join([*lines, b""])).json()
    assert "refused" not in answer
    assert answer["acknowledged_seq"] == head.seq == 3
    assert read(post)["events"][-1]["hash"] == head.hash


def test_longest_line_of_the_consoles_journal_is_not_too_long() -> None:
    assert LINE_MAX_BYTES <= limits.AUDIT_LINE_MAX_BYTES


def test_member_that_nobody_knows_is_hashed_and_kept(post: PostClient, journal: Journal) -> None:
    detail = {"ß": ["日本", None, True, -7, {"b": 1, "a": ""}], "tile": "2.5"}
    journal.write("note", detail=detail, officer_id=None, later="\u2028<b>")
    assert send(post, journal.lines).json()["acknowledged_seq"] == 1
    assert read(post)["events"] == journal.lines


def test_journal_is_read_page_by_page(post: PostClient, journal: Journal) -> None:
    journal.write_many(5)
    send(post, journal.lines)
    first, last = read(post, limit=3), read(post, limit=3, after_seq=3)
    assert (first["events"], first["more"]) == (journal.lines[:3], True)
    assert (last["events"], last["more"]) == (journal.lines[3:], False)
    for query in ("limit=0", "limit=1001", "after_seq=-1"):
        assert code_of(asked(post, "GET", f"/v1/audit-events?{query}")) == "invalid-request"


def test_it_reads_the_journals_of_posts_in_its_care(
    registry: ServedRegistry, post: PostClient, journal: Journal
) -> None:
    add_officer(registry, EXPERT, Role.IT)
    journal.write_many(2)
    send(post, journal.lines)
    desk = registry.post(CITY)
    shift = started(desk, EXPERT)
    assert read(desk, shift, post_id=post.id)["events"] == journal.lines


OUTSIDE = {
    "an officer": (Role.OFFICER, CITY, CITY),
    "a chief": (Role.CHIEF, CITY, CITY),
    "IT of elsewhere": (Role.IT, NORTH, CITY),
    "IT at a post of elsewhere": (Role.IT, CITY, NORTH),
    "IT of nowhere": (Role.IT, Scope(), CITY),
}


@pytest.mark.parametrize(("role", "scope", "desk_scope"), OUTSIDE.values(), ids=OUTSIDE.keys())
def test_journal_out_of_ones_care_looks_as_if_there_were_no_such_post(
    registry: ServedRegistry, post: PostClient, role: Role, scope: Scope, desk_scope: Scope
) -> None:
    add_officer(registry, EXPERT, role, scope)
    desk = registry.post(desk_scope)
    shift = started(desk, EXPERT)
    answers = [asked(desk, "GET", f"/v1/audit-events?post_id={each}", shift) for each in (post.id, "post_0")]
    assert {(answer.status_code, code_of(answer)) for answer in answers} == {(404, "post-unknown")}
    assert answers[0].json()["detail"] == answers[1].json()["detail"]


def test_another_posts_journal_needs_an_officer(registry: ServedRegistry, post: PostClient) -> None:
    for post_id in (post.id, "post_0"):
        answer = asked(registry.post(), "GET", f"/v1/audit-events?post_id={post_id}")
        assert (answer.status_code, code_of(answer)) == (401, "shift-required")


def test_key_that_signs_outlives_a_restart_and_is_its_owners_alone(tmp_path: Path, journal: Journal) -> None:
    data = tmp_path / "registry.sqlite"
    with RegistryProcess("--data", data) as first:
        post = first.post()
        journal.write()
        checkpoint = send(post, journal.lines).json()["checkpoint"]
        port = first.url.rpartition(":")[2]
    with RegistryProcess("--data", data, "--port", port) as second:
        assert claims_of(second.url, checkpoint)["seq"] == 1
        assert read(post)["acknowledged_seq"] == 1
    key_file = tmp_path / "registry.sqlite.audit-key"
    assert b"PRIVATE KEY" in key_file.read_bytes()
    assert key_file.stat().st_mode & 0o077 == 0


def test_key_file_that_holds_no_key_is_named(tmp_path: Path) -> None:
    data = tmp_path / "registry.sqlite"
    (tmp_path / "registry.sqlite.audit-key").write_text("nothing")
    with RegistryProcess("--data", data) as process:
        code, said = process.wait()
    assert code == 2
    assert "registry.sqlite.audit-key" in said
