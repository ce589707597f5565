"""What the reference registry tells of its catalogue: snapshots, changes, and each post its own part only."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import requests
from reference_registry_kit import (
    EVERYTHING,
    NOWHERE,
    WITHIN_S,
    PostClient,
    ServedRegistry,
    code_of,
    jurisdiction,
    make_camera,
    raw_lines,
)

from app.demo.registry.database import Database
from app.demo.registry.models import Scope
from app.demo.registry.store import CatalogueStore
from app.demo.registry.streams import SecretHolder, SimulatedStreams

GAMBIR, CIDENG, PLUIT = "31.71.01.1001", "31.71.01.1002", "31.72.01.1005"
PUSAT = Scope(units=("PMJ-01",))
LONG_WAIT_S = 25
CAMERAS = (make_camera("A-1", GAMBIR), make_camera("A-2", CIDENG), make_camera("B-1", PLUIT))
A1, A2, B1 = CAMERAS


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[ServedRegistry]:
    streams = SimulatedStreams(None, SecretHolder(), NOWHERE)
    with ServedRegistry(tmp_path, CAMERAS, streams) as served:
        yield served


def codes_of(cameras: list[dict[str, Any]]) -> list[str]:
    return [camera["code"] for camera in cameras]


def told(answer: requests.Response) -> list[tuple[str, str]]:
    """Each change as (op, camera's code or id)."""
    assert answer.status_code == 200, answer.text
    changes = answer.json()["changes"]
    return [(each["op"], each["camera"]["code"] if "camera" in each else each["id"]) for each in changes]


def waiting(post: PostClient, cursor: str, wait_s: int = LONG_WAIT_S) -> Future[tuple[requests.Response, float]]:
    """A long-poll in a thread of its own; gives the answer and how long it took."""
    done: Future[tuple[requests.Response, float]] = Future()

    def poll() -> None:
        start_s = time.monotonic()
        try:
            answer = post.changes(cursor, wait_s=wait_s)
            done.set_result((answer, time.monotonic() - start_s))
        except requests.RequestException as error:
            done.set_exception(error)

    threading.Thread(target=poll).start()
    return done


def until(condition: Callable[[], bool]) -> None:
    """Wait for a condition."""
    deadline_s = time.monotonic() + WITHIN_S
    while not condition():
        assert time.monotonic() < deadline_s
        time.sleep(0.01)


def someone_waits(registry: ServedRegistry, count: int = 1) -> None:
    until(lambda: registry.services.watch.waiting >= count)


def test_jurisdictions_name_units_and_areas_with_parents_first(registry: ServedRegistry) -> None:
    answer = registry.post().get("/v1/jurisdictions")
    units = {unit["code"]: unit for unit in answer.json()["units"]}
    assert units["PMJ-0101-1"]["parent"] == "PMJ-0101"
    assert units["PMJ-0101"] == {
        "code": "PMJ-0101",
        "kind": "polsek",
        "name": "Polsek Gambir",
        "parent": "PMJ-01",
    }
    seen: set[str] = set()
    for unit in answer.json()["units"]:
        assert unit["parent"] is None or unit["parent"] in seen
        seen.add(unit["code"])
    areas = {area["code"]: area["name"] for area in answer.json()["areas"]}
    assert areas[GAMBIR] == "Gambir"
    assert sum(code.count(".") == 3 for code in areas) == 267
    assert "300.2.2-2430" in answer.json()["note"]
    assert "invented" in answer.json()["note"]


@pytest.mark.parametrize("path", ["/v1/jurisdictions", "/v1/snapshot"])
def test_unchanged_answer_is_not_sent_again(registry: ServedRegistry, path: str) -> None:
    post = registry.post()
    etag = post.get(path).headers["ETag"]
    for held in (etag, f'"other", {etag}', f"W/{etag}", "*"):
        again = post.get(path, headers={"If-None-Match": held})
        assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", etag)
    assert post.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_snapshot_begins_with_its_cursor_epoch_and_count(registry: ServedRegistry) -> None:
    post = registry.post()
    head, cameras = post.snapshot()
    assert head["count"] == len(cameras) == 3
    assert head["epoch"] == post.get("/v1/meta").json()["epoch"]
    assert codes_of(cameras) == ["A-1", "A-2", "B-1"]
    assert post.changes(head["cursor"]).json() == {"cursor": head["cursor"], "more": False, "changes": []}


def test_snapshot_is_gzip_whatever_the_client_accepts(registry: ServedRegistry) -> None:
    post = registry.post()
    headers = {"Authorization": f"Bearer {post.token}", "Accept-Encoding": "identity"}
    assert raw_lines(f"{registry.url}/v1/snapshot", headers)[0]["count"] == 3


def test_snapshot_changes_its_etag_with_the_catalogue(registry: ServedRegistry) -> None:
    post = registry.post()
    etag = post.get("/v1/snapshot").headers["ETag"]
    registry.services.catalogue.upsert(make_camera("A-3"))
    answer = post.get("/v1/snapshot", headers={"If-None-Match": etag})
    assert answer.status_code == 200
    assert answer.headers["ETag"] != etag
    assert len(post.snapshot()[1]) == 4


def test_snapshot_names_no_host_and_no_secret(registry: ServedRegistry) -> None:
    text = registry.post().get("/v1/snapshot").text
    assert "rtsp" not in text
    assert "127.0.0.1" not in text
    assert "pantau" not in text


@pytest.mark.parametrize(
    ("scope", "codes"),
    [
        (Scope(units=("PMJ",)), ["A-1", "A-2", "B-1"]),
        (Scope(units=("PMJ-01",)), ["A-1", "A-2"]),
        (Scope(units=("PMJ-0201",)), ["B-1"]),
        (Scope(units=("PMJ-0101-1",)), ["A-1", "A-2"]),
        (Scope(areas=(CIDENG,)), ["A-2"]),
        (Scope(areas=("31.71",)), ["A-1", "A-2"]),
        (Scope(areas=("31.7",)), []),
        (Scope(units=("PMJ-02",), areas=(GAMBIR,)), ["A-1", "B-1"]),
        (Scope(), []),
    ],
)
def test_post_sees_its_scope_and_nothing_else(registry: ServedRegistry, scope: Scope, codes: list[str]) -> None:
    post = registry.post(scope.model_copy())
    assert codes_of(post.snapshot()[1]) == codes
    cursor = post.cursor()
    registry.services.catalogue.upsert(*CAMERAS)
    assert [code for _, code in told(post.changes(cursor))] == codes


def test_change_is_told_as_the_whole_record(registry: ServedRegistry) -> None:
    post = registry.post()
    cursor = post.cursor()
    registry.services.catalogue.upsert(A1.model_copy(update={"name": "Simpang Harmoni"}))
    answer = post.changes(cursor)
    assert told(answer) == [("upsert", "A-1")]
    camera = answer.json()["changes"][0]["camera"]
    assert camera["name"] == "Simpang Harmoni"
    assert camera["rev"] == 4
    assert camera in post.snapshot()[1]


def test_deleted_camera_leaves_a_tombstone(registry: ServedRegistry) -> None:
    post = registry.post()
    cursor = post.cursor()
    registry.services.catalogue.delete(A1.id)
    answer = post.changes(cursor)
    assert told(answer) == [("delete", str(A1.id))]
    assert answer.json()["changes"][0]["rev"] == 4
    assert told(post.changes(answer.json()["cursor"])) == []


def test_deleting_what_is_not_there_tells_nothing(registry: ServedRegistry) -> None:
    post = registry.post()
    cursor = post.cursor()
    registry.services.catalogue.delete(make_camera("A-9").id)
    assert told(post.changes(cursor)) == []


def test_camera_that_comes_back_is_told_as_it_is_now(registry: ServedRegistry) -> None:
    post = registry.post()
    cursor = post.cursor()
    registry.services.catalogue.delete(A1.id)
    registry.services.catalogue.upsert(A1)
    assert told(post.changes(cursor)) == [("upsert", "A-1")]


def test_camera_that_changed_often_is_told_once(registry: ServedRegistry) -> None:
    post = registry.post()
    cursor = post.cursor()
    for number in range(5):
        registry.services.catalogue.upsert(A1.model_copy(update={"name": f"Simpang {number}"}), A2)
    assert told(post.changes(cursor)) == [("upsert", "A-1"), ("upsert", "A-2")]


def test_changes_come_in_pages(registry: ServedRegistry) -> None:
    post = registry.post()
    cursor = post.cursor()
    registry.services.catalogue.upsert(*(make_camera(f"C-{number}") for number in range(5)))
    seen: list[tuple[str, str]] = []
    for expects_more in (True, True, False):
        answer = post.changes(cursor, limit=2)
        seen += told(answer)
        assert answer.json()["more"] is expects_more
        cursor = answer.json()["cursor"]
    assert seen == [("upsert", f"C-{number}") for number in range(5)]


def test_camera_that_leaves_the_scope_is_a_tombstone_there(registry: ServedRegistry) -> None:
    pusat, everything = registry.post(PUSAT), registry.post()
    cursors = pusat.cursor(), everything.cursor()
    registry.services.catalogue.upsert(A1.model_copy(update={"jurisdiction": jurisdiction(PLUIT)}))
    assert told(pusat.changes(cursors[0])) == [("delete", str(A1.id))]
    assert told(everything.changes(cursors[1])) == [("upsert", "A-1")]


def test_camera_that_enters_the_scope_is_new_there(registry: ServedRegistry) -> None:
    pusat = registry.post(PUSAT)
    cursor = pusat.cursor()
    registry.services.catalogue.upsert(B1.model_copy(update={"jurisdiction": jurisdiction(GAMBIR)}))
    assert told(pusat.changes(cursor)) == [("upsert", "B-1")]


def test_camera_that_visits_the_scope_between_two_looks_is_gone(registry: ServedRegistry) -> None:
    pusat = registry.post(PUSAT)
    cursor = pusat.cursor()
    registry.services.catalogue.upsert(B1.model_copy(update={"jurisdiction": jurisdiction(GAMBIR)}))
    registry.services.catalogue.upsert(B1)
    assert told(pusat.changes(cursor)) == [("delete", str(B1.id))]


def test_change_elsewhere_moves_the_cursor_and_tells_nothing(registry: ServedRegistry) -> None:
    pusat = registry.post(PUSAT)
    cursor = pusat.cursor()
    registry.services.catalogue.upsert(B1)
    answer = pusat.changes(cursor)
    assert told(answer) == []
    assert answer.json()["cursor"] != cursor


@pytest.mark.parametrize(
    "parameters", [{"limit": 0}, {"limit": 1001}, {"wait_s": 26}, {"wait_s": -1}, {"limit": "x"}]
)
def test_value_outside_the_contract_is_named(registry: ServedRegistry, parameters: dict[str, Any]) -> None:
    answer = registry.post().changes("x", **parameters)
    assert (answer.status_code, code_of(answer)) == (400, "invalid-request")
    assert answer.json()["errors"][0]["field"] == f"query.{next(iter(parameters))}"


def test_cursor_is_needed(registry: ServedRegistry) -> None:
    assert code_of(registry.post().get("/v1/changes")) == "invalid-request"


@pytest.mark.parametrize(
    "cursor", ["x", "0.0.0", "ffffffff.1.00000000", "٣.٣.٣", "%00", "ffffffff.999999999999999999999.00000000"]
)
def test_cursor_never_given_out_has_expired(registry: ServedRegistry, cursor: str) -> None:
    answer = registry.post().changes(cursor)
    assert (answer.status_code, code_of(answer)) == (410, "cursor-expired")


def test_cursor_from_the_future_has_expired(registry: ServedRegistry) -> None:
    post = registry.post()
    epoch, rev, mark = post.cursor().split(".")
    assert code_of(post.changes(f"{epoch}.{int(rev) + 1}.{mark}")) == "cursor-expired"


def test_new_epoch_expires_cursors_and_etags(registry: ServedRegistry) -> None:
    post = registry.post()
    cursor, etag = post.cursor(), post.get("/v1/snapshot").headers["ETag"]
    registry.services.catalogue.bump_epoch()
    assert code_of(post.changes(cursor)) == "cursor-expired"
    assert post.get("/v1/snapshot", headers={"If-None-Match": etag}).status_code == 200


def test_forgotten_history_expires_older_cursors_only(registry: ServedRegistry) -> None:
    post = registry.post()
    older = post.cursor()
    registry.services.catalogue.upsert(A1)
    newer = post.cursor()
    registry.services.catalogue.forget_history()
    assert code_of(post.changes(older)) == "cursor-expired"
    assert told(post.changes(newer)) == []


def test_changed_scope_ends_its_cursors(registry: ServedRegistry) -> None:
    post = registry.post()
    cursor = post.cursor()
    registry.services.access.change_scope(post.id, PUSAT)
    answer = post.changes(cursor)
    assert (answer.status_code, code_of(answer)) == (410, "scope-changed")
    assert codes_of(post.snapshot()[1]) == ["A-1", "A-2"]


def test_cursor_of_another_scope_is_of_no_use(registry: ServedRegistry) -> None:
    everything = registry.post()
    assert code_of(registry.post(PUSAT).changes(everything.cursor())) == "scope-changed"


def test_wait_without_a_change_ends_with_an_empty_answer(registry: ServedRegistry) -> None:
    post = registry.post()
    answer, took_s = waiting(post, post.cursor(), wait_s=1).result(WITHIN_S)
    assert told(answer) == []
    assert took_s >= 1.0


def test_change_ends_a_wait_at_once(registry: ServedRegistry) -> None:
    post = registry.post()
    poll = waiting(post, post.cursor())
    someone_waits(registry)
    registry.services.catalogue.upsert(A1)
    answer, took_s = poll.result(WITHIN_S)
    assert told(answer) == [("upsert", "A-1")]
    assert took_s < LONG_WAIT_S


def test_change_by_another_opener_of_the_data_ends_a_wait(registry: ServedRegistry) -> None:
    post = registry.post()
    poll = waiting(post, post.cursor())
    someone_waits(registry)
    with closing(Database(registry.data)) as database:
        CatalogueStore(database).delete(A1.id)
    answer, took_s = poll.result(WITHIN_S)
    assert told(answer) == [("delete", str(A1.id))]
    assert took_s < LONG_WAIT_S


def test_change_elsewhere_does_not_end_a_wait(registry: ServedRegistry) -> None:
    post = registry.post(PUSAT)
    poll = waiting(post, post.cursor(), wait_s=2)
    someone_waits(registry)
    registry.services.catalogue.upsert(B1)
    answer, took_s = poll.result(WITHIN_S)
    assert told(answer) == []
    assert took_s >= 2.0


@pytest.mark.parametrize("code", ["cursor-expired", "scope-changed"])
def test_end_of_a_cursor_ends_a_wait(registry: ServedRegistry, code: str) -> None:
    post = registry.post()
    poll = waiting(post, post.cursor())
    someone_waits(registry)
    if code == "scope-changed":
        registry.services.access.change_scope(post.id, PUSAT)
    else:
        registry.services.catalogue.bump_epoch()
    answer, took_s = poll.result(WITHIN_S)
    assert code_of(answer) == code
    assert took_s < LONG_WAIT_S


def test_many_waiting_posts_do_not_hold_up_the_others(registry: ServedRegistry) -> None:
    posts = 60  # more than there are worker threads
    post = registry.post(EVERYTHING)
    cursor = post.cursor()
    with ThreadPoolExecutor(posts) as pool:
        polls = [pool.submit(post.changes, cursor, wait_s=LONG_WAIT_S) for _ in range(posts)]
        someone_waits(registry, posts)
        assert post.get("/v1/meta").status_code == 200
        assert not any(poll.done() for poll in polls)
        registry.services.catalogue.upsert(A1)
        assert all(told(poll.result(WITHIN_S)) == [("upsert", "A-1")] for poll in polls)


def test_nobody_waiting_nothing_runs(registry: ServedRegistry) -> None:
    post = registry.post()
    waiting(post, post.cursor(), wait_s=1).result(WITHIN_S)
    until(lambda: not registry.services.watch.is_polling)
