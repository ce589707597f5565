"""Several workers on one database answer as one registry: once for each kind of database.

Whatever may happen once is tried many times at the same moment, by callers whose connections the system spreads
over the workers.
"""

from __future__ import annotations

import sys
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any, TypeVar

import psutil
import pytest
import requests
from cryptography.hazmat.primitives.asymmetric import ec
from people_kit import Journal, beat, send, started
from reference_registry_kit import (
    EVERYTHING,
    WITHIN_S,
    PostClient,
    RegistryProcess,
    code_of,
    jwk,
    make_camera,
    request_token,
)
from wall_kit import document

from app.demo.registry.access import AccessStore
from app.demo.registry.command import main
from app.demo.registry.data_place import DataPlace
from app.demo.registry.database import Database
from app.demo.registry.limits import WRONG_CODES_MAX, WRONG_PINS_FREE
from app.demo.registry.store import CatalogueStore
from tests.support.places import NewPlace
from tests.waiting import until

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows hands no socket on")
WORKERS = 3
AT_ONCE = 12
"""Four callers for each worker."""
CAMERAS = "code,name,kelurahan,main_url,sub_url,username,password\nG-1,Gudang,Cideng,rtsp://10.1.2.3:554/main,,,\n"
T = TypeVar("T")


@pytest.fixture(scope="module")
def place(new_place: NewPlace) -> DataPlace:
    return new_place()


@pytest.fixture(scope="module")
def registry(place: DataPlace, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RegistryProcess]:
    with served(place, tmp_path_factory.mktemp("workers"), WORKERS) as process:
        yield process


@pytest.fixture(scope="module")
def database(place: DataPlace, registry: RegistryProcess) -> Iterator[Database]:
    """The data, opened by yet another process."""
    with closing(Database(place)) as opened:
        yield opened


def served(place: DataPlace, folder: Path, workers: int) -> RegistryProcess:
    cameras = folder / "cameras.csv"
    cameras.write_text(CAMERAS, encoding="utf-8")
    key = folder / "audit-key.pem"
    return RegistryProcess(
        "--data", str(place), "--cameras", cameras, "--audit-key", key, "--workers", str(workers)
    )


def new_code(database: Database) -> str:
    return AccessStore(database, time.time).issue_code(uuid.uuid4().hex, EVERYTHING)


@pytest.fixture
def post(registry: RegistryProcess, database: Database) -> PostClient:
    return PostClient(registry.url, new_code(database))


def at_once(call: Callable[[int], T], count: int = AT_ONCE) -> list[T]:
    """What that many calls give that begin together."""
    start = threading.Barrier(count)

    def begin(number: int) -> T:
        start.wait(WITHIN_S)
        return call(number)

    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(begin, range(count)))


def statuses(answers: list[requests.Response]) -> Counter[int]:
    return Counter(answer.status_code for answer in answers)


def test_as_many_processes_answer_as_were_asked_for(registry: RegistryProcess) -> None:
    assert len(psutil.Process(registry.process.pid).children()) == WORKERS


def test_code_makes_one_pc_a_post_however_many_use_it_at_once(
    registry: RegistryProcess, database: Database
) -> None:
    code = new_code(database)

    def enrol(_number: int) -> requests.Response:
        key = jwk(ec.generate_private_key(ec.SECP256R1()))
        body = {"code": code, "public_key": key}
        return requests.post(f"{registry.url}/v1/enrolments", json=body, timeout=WITHIN_S)

    # fewer than would be slowed
    assert statuses(at_once(enrol, WRONG_CODES_MAX - 2)) == {201: 1, 403: WRONG_CODES_MAX - 3}


def test_assertion_brings_one_token_however_many_use_it_at_once(
    registry: RegistryProcess, post: PostClient
) -> None:
    assertion = post.assertion()
    answers = at_once(lambda _: request_token(registry.url, assertion))
    assert statuses(answers) == {200: 1, 401: AT_ONCE - 1}


def test_token_of_one_worker_is_good_at_all(registry: RegistryProcess, post: PostClient) -> None:
    assert statuses(at_once(lambda _: post.get("/v1/snapshot"))) == {200: AT_ONCE}


def test_journal_that_is_sent_many_times_at_once_is_kept_once_and_whole(post: PostClient) -> None:
    journal = Journal()
    for number in range(30):
        camera_id = str(uuid.UUID(int=number % 3))
        journal.write("view-started" if number % 2 else "view-ended", camera_id=camera_id)
    answers = at_once(lambda _: send(post, journal.lines))
    assert {answer.json()["acknowledged_seq"] for answer in answers} == {30}
    kept = post.get("/v1/audit-events").json()["events"]
    assert kept == journal.lines


def test_two_journals_of_one_post_never_mix(post: PostClient) -> None:
    """A copied PC sends another history under the same name: one of both is kept, whole as far as it goes."""
    journals = [Journal() for _ in range(AT_ONCE)]
    for number, journal in enumerate(journals):
        for line in range(5):
            journal.write("note", detail={"copy": number, "line": line})
    answers = at_once(lambda number: send(post, journals[number].lines))
    kept = post.get("/v1/audit-events").json()["events"]
    assert kept in [journal.lines for journal in journals]
    assert sum("refused" not in answer.json() for answer in answers) == 1


def test_change_of_a_layout_that_two_have_seen_is_made_once(registry: RegistryProcess, post: PostClient) -> None:
    officer = registry.announced["officers"][0]
    shift = started(post, officer["service_number"], officer["pin"])
    path, body = f"/v1/layouts/{uuid.uuid4()}", {"jurisdiction": "PMJ", "readers": [], "layout": document()}
    headers = {"Pantau-Shift": str(shift["token"])}
    new = at_once(lambda _: post.ask("PUT", path, {**headers, "If-None-Match": "*"}, json=body))
    assert statuses(new) == {201: 1, 412: AT_ONCE - 1}
    revision = post.ask("GET", path, headers).json()["revision"]
    seen = {**headers, "If-Match": f'"{revision}"'}
    assert statuses(at_once(lambda _: post.ask("PUT", path, seen, json=body))) == {200: 1, 412: AT_ONCE - 1}


def test_wrong_pins_are_counted_for_all_workers_together(registry: RegistryProcess, post: PostClient) -> None:
    officer = registry.announced["officers"][1]
    body = {"service_number": officer["service_number"], "pin": "000000"}
    answers = at_once(lambda _: post.ask("POST", "/v1/shifts", json=body))
    assert statuses(answers) == {401: WRONG_PINS_FREE, 429: AT_ONCE - WRONG_PINS_FREE}


def test_officer_who_signs_in_at_many_posts_at_once_has_one_shift(
    registry: RegistryProcess, database: Database
) -> None:
    officer = registry.announced["officers"][2]
    posts = [PostClient(registry.url, new_code(database)) for _ in range(4)]
    tokens = at_once(lambda number: started(posts[number], officer["service_number"], officer["pin"]), 4)
    beats = [beat(each, shift) for each, shift in zip(posts, tokens, strict=True)]
    assert statuses(beats) == {204: 1, 409: 3}


def test_heartbeats_and_leases_of_one_post_at_once_are_all_taken(post: PostClient) -> None:
    _, (camera, *_) = post.snapshot()

    def ask(number: int) -> int:
        answer = beat(post) if number % 2 else post.lease((camera["id"], "main"))
        return answer.status_code

    assert set(at_once(ask)) == {200, 204}


def test_change_is_told_to_who_waits_at_any_worker(post: PostClient, database: Database) -> None:
    cursor, code = post.cursor(), f"NEW-{uuid.uuid4().hex[:8]}"
    ready = threading.Barrier(AT_ONCE + 1)

    def wait(_number: int) -> list[Any]:
        ready.wait(WITHIN_S)
        changes: list[Any] = post.changes(cursor, wait_s=25).json()["changes"]
        return changes

    with ThreadPoolExecutor(AT_ONCE) as threads:
        polls = [threads.submit(wait, number) for number in range(AT_ONCE)]
        ready.wait(WITHIN_S)
        CatalogueStore(database).upsert(make_camera(code))
        told = [poll.result(WITHIN_S) for poll in polls]
    assert {change["camera"]["code"] for changes in told for change in changes} == {code}
    assert all(told)


def test_pages_follow_the_order_of_code_points(post: PostClient, database: Database) -> None:
    """PostgreSQL would order by the language of its maker: lower case beside upper case, signs nowhere."""
    codes = ["a-1", "B-1", "A-1", "_-1", "Z-1", "b-1"]
    CatalogueStore(database).upsert(*(make_camera(code) for code in codes))
    found = [camera["code"] for camera in post.snapshot()[1]]
    assert found == sorted(found)
    assert set(codes) <= set(found)


def test_sign_that_a_database_cannot_keep_is_no_error(post: PostClient) -> None:
    answer = post.get("/v1/audit-events", params={"post_id": "a\0b"})
    assert answer.status_code == 401, "another post's journal needs an officer"
    journal = Journal()
    journal.write("view-started", camera_id=str(uuid.uuid4()), detail={"purpose": "a\0b"})
    assert send(post, journal.lines).json()["acknowledged_seq"] == 1
    assert post.get("/v1/audit-events").json()["events"] == journal.lines


def test_wrong_codes_are_slowed_by_all_workers_together(registry: RegistryProcess, database: Database) -> None:
    """The last of this file: whoever enrols from this address waits a minute now."""

    def guess(_number: int) -> requests.Response:
        key = jwk(ec.generate_private_key(ec.SECP256R1()))
        body = {"code": "0000-0000-0000-0000", "public_key": key}
        return requests.post(f"{registry.url}/v1/enrolments", json=body, timeout=WITHIN_S)

    for _ in range(WRONG_CODES_MAX):
        guess(0)
    slowed = at_once(guess)
    assert {code_of(answer) for answer in slowed} == {"too-many-requests"}


def test_worker_that_died_is_replaced(tmp_path: Path) -> None:
    with served(tmp_path / "registry.sqlite", tmp_path, 2) as process:
        post = process.post()
        watcher = psutil.Process(process.process.pid)
        first = watcher.children()
        first[0].kill()
        until(lambda: len({each.pid for each in watcher.children()} - {each.pid for each in first}) == 1)
        assert statuses(at_once(lambda _: post.get("/v1/snapshot"), 4)) == {200: 4}
        code, said = process.end()
    assert code == 0
    assert "started again" in said


def test_workers_end_with_their_watcher_however_it_ends(tmp_path: Path) -> None:
    with served(tmp_path / "registry.sqlite", tmp_path, 2) as process:
        workers = psutil.Process(process.process.pid).children()
        process.process.kill()
        process.wait()
        assert psutil.wait_procs(workers, WITHIN_S)[1] == []


def test_workers_that_cannot_start_end_the_watcher(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    relays = tmp_path / "relays.csv"
    cameras = tmp_path / "cameras.csv"
    cameras.write_text(CAMERAS, encoding="utf-8")
    place = ["--data", str(tmp_path / "registry.sqlite"), "--cameras", str(cameras), "--relays", str(relays)]
    assert main(["serve", *place, "--workers", "2"]) == 2
    assert "relays.csv" in capfd.readouterr().err


@pytest.mark.parametrize("count", ["0", "17", "two"])
def test_number_of_workers_is_bounded(tmp_path: Path, count: str) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["serve", "--data", str(tmp_path / "registry.sqlite"), "--workers", count])
    assert ended.value.code == 2


def test_password_in_an_address_is_refused_and_not_repeated(capsys: pytest.CaptureFixture[str]) -> None:
    for address in ("postgresql://u:rahasia@h/d", "postgresql://u@h/d?password=rahasia"):
        assert main(["serve", "--data", address]) == 2
    said = capsys.readouterr().err
    assert "pgpass" in said
    assert "rahasia" not in said


@pytest.mark.parametrize("address", ["mysql://h/d", "http://h/d", "postgresql+asyncpg://h/d", "://"])
def test_address_of_another_kind_of_database_is_refused(capsys: pytest.CaptureFixture[str], address: str) -> None:
    assert main(["serve", "--data", address]) == 2
    assert "postgresql://USER@HOST/DATABASE" in capsys.readouterr().err


def test_server_that_is_not_there_is_said_in_a_sentence(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    place = f"postgresql://pantau@/pantau?host={tmp_path}"
    assert main(["serve", "--data", place, "--audit-key", str(tmp_path / "key.pem")]) == 2
    said = capsys.readouterr().err
    assert said.startswith("pantau registry: The registry cannot use postgresql://pantau@/pantau")
    assert said.count("\n") == 1


def test_postgresql_needs_a_file_for_the_key(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["serve", "--data", f"postgresql://pantau@/pantau?host={tmp_path}"]) == 2
    assert "--audit-key" in capsys.readouterr().err
