"""Leases of the reference registry: one answer for each item, to its post alone, and no secret kept."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import requests
from reference_registry_kit import (
    NOWHERE,
    FixedStreams,
    PostClient,
    ServedRegistry,
    code_of,
    jurisdiction,
    make_camera,
)

from app.core.redact import Secret
from app.demo.catalogue.record import Credential, Privacy, Status, StreamProfile
from app.demo.registry.models import Scope
from app.demo.registry.streams import SecretHolder, SimulatedStreams, StreamAccess

CANARY = "kanari:@%/ü"
PLUIT = "31.72.01.1005"
OPEN = make_camera("A-1", credential=Credential(version=7))
PRIVATE = make_camera(
    "A-2", privacy=Privacy.model_validate({"class": "private_office", "purposes": ("security",)})
)
PLANNED = make_camera("A-3", status=Status(lifecycle="planned"))
MAIN_ONLY = make_camera("A-4", profiles=(StreamProfile(id="main", role="main", codec="unknown"),))
ELSEWHERE = make_camera("B-1", PLUIT)
CAMERAS = (OPEN, PRIVATE, PLANNED, MAIN_ONLY, ELSEWHERE)
ACCESS = StreamAccess("rtsp://127.0.0.1:8554/sub/A-1", "pantau", Secret(CANARY))


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[ServedRegistry]:
    with ServedRegistry(tmp_path, CAMERAS, FixedStreams(ACCESS)) as served:
        yield served


@pytest.fixture
def post(registry: ServedRegistry) -> PostClient:
    return registry.post(Scope(units=("PMJ-01",)))


def lease_id(post: PostClient) -> str:
    return str(post.lease((OPEN.id, "sub")).json()["items"][0]["lease_id"])


def renew(post: PostClient, *lease_ids: str) -> requests.Response:
    items = [{"lease_id": each} for each in lease_ids]
    return post.ask("POST", "/v1/stream-leases:renew", json={"items": items})


def test_lease_says_where_how_and_how_long(post: PostClient) -> None:
    answer = post.lease((OPEN.id, "sub"))
    assert answer.status_code == 200
    (lease,) = answer.json()["items"]
    assert uuid.UUID(lease.pop("lease_id"))
    assert lease == {
        "camera_id": str(OPEN.id),
        "profile": "sub",
        "endpoints": [{"kind": "camera", "url": ACCESS.url, "transport": "tcp"}],
        "username": "pantau",
        "secret": CANARY,
        "credential_version": 7,
        "expires_in_s": 3600,
        "offline_use_s": 72 * 3600,
    }


def test_lease_is_not_to_be_stored(post: PostClient) -> None:
    answer = post.lease((OPEN.id, "sub"))
    assert answer.headers["Cache-Control"] == "no-store"
    assert renew(post, lease_id(post)).headers["Cache-Control"] == "no-store"


def test_one_bad_item_never_sinks_the_batch_and_order_is_kept(post: PostClient) -> None:
    nobody = uuid.uuid4()
    answer = post.lease(
        (nobody, "sub"),
        (OPEN.id, "sub"),
        (OPEN.id, "panorama"),
        (PRIVATE.id, "sub", "traffic"),
        (PRIVATE.id, "main", "security"),
        (PLANNED.id, "sub"),
        (MAIN_ONLY.id, "sub"),
        (MAIN_ONLY.id, "main"),
    )
    items = answer.json()["items"]
    assert [item["problem"]["code"] if "problem" in item else "lease" for item in items] == [
        "camera-unknown",
        "lease",
        "profile-unknown",
        "purpose-not-allowed",
        "lease",
        "camera-inactive",
        "profile-unknown",
        "lease",
    ]
    assert items[0]["camera_id"] == str(nobody)
    assert items[0]["problem"]["status"] == 404
    assert "secret" not in items[0]


def test_camera_outside_the_scope_looks_as_if_it_did_not_exist(post: PostClient) -> None:
    foreign, nobody = post.lease((ELSEWHERE.id, "sub"), (uuid.uuid4(), "sub")).json()["items"]
    for item in (foreign, nobody):
        del item["camera_id"], item["problem"]["trace_id"]
    assert foreign == nobody


def test_batch_of_64_is_served_and_of_65_or_none_refused(post: PostClient) -> None:
    assert len(post.lease(*[(OPEN.id, "sub")] * 64).json()["items"]) == 64
    for count in (65, 0):
        answer = post.lease(*[(OPEN.id, "sub")] * count)
        assert (answer.status_code, code_of(answer)) == (400, "invalid-request")
        renewed = renew(post, *[str(uuid.uuid4())] * count)
        assert (renewed.status_code, code_of(renewed)) == (400, "invalid-request")


def test_malformed_item_is_named(post: PostClient) -> None:
    answer = post.lease((OPEN.id, "sub"), ("not-an-id", "sub"))
    assert answer.json()["errors"][0]["field"] == "body.items.1.camera_id"


def test_renewal_brings_time_and_no_secret(post: PostClient) -> None:
    held = lease_id(post)
    answer = renew(post, held)
    assert answer.json()["items"] == [
        {
            "lease_id": held,
            "camera_id": str(OPEN.id),
            "profile": "sub",
            "credential_version": 7,
            "expires_in_s": 3600,
            "offline_use_s": 72 * 3600,
        }
    ]


def test_renewal_tells_a_newer_credential(registry: ServedRegistry, post: PostClient) -> None:
    held = lease_id(post)
    registry.services.catalogue.upsert(OPEN.model_copy(update={"credential": Credential(version=8)}))
    assert renew(post, held).json()["items"][0]["credential_version"] == 8


def test_lease_ends_with_its_time_unless_it_is_renewed(registry: ServedRegistry, post: PostClient) -> None:
    kept, left = lease_id(post), lease_id(post)
    registry.clock.ahead_s = 3000
    post.token = registry.services.access.issue_token(post.id)
    assert "problem" not in renew(post, kept).json()["items"][0]
    registry.clock.ahead_s = 3601
    post.token = registry.services.access.issue_token(post.id)
    answers = renew(post, kept, left).json()["items"]
    assert "problem" not in answers[0]
    assert answers[1]["problem"]["code"] == "lease-unknown"


def test_lease_of_another_post_is_unknown(registry: ServedRegistry, post: PostClient) -> None:
    held, other = lease_id(post), registry.post()
    assert renew(other, held).json()["items"][0]["problem"]["code"] == "lease-unknown"
    assert code_of(other.ask("DELETE", f"/v1/stream-leases/{held}")) == "lease-unknown"
    assert post.ask("DELETE", f"/v1/stream-leases/{held}").status_code == 204


def test_lease_of_a_camera_that_left_the_scope_is_not_renewed(registry: ServedRegistry, post: PostClient) -> None:
    held = lease_id(post)
    registry.services.catalogue.upsert(OPEN.model_copy(update={"jurisdiction": jurisdiction(PLUIT)}))
    assert renew(post, held).json()["items"][0]["problem"]["code"] == "lease-unknown"


def test_released_lease_is_gone(post: PostClient) -> None:
    held = lease_id(post)
    released = post.ask("DELETE", f"/v1/stream-leases/{held}")
    assert (released.status_code, released.content) == (204, b"")
    again = post.ask("DELETE", f"/v1/stream-leases/{held}")
    assert (again.status_code, code_of(again)) == (404, "lease-unknown")
    assert renew(post, held).json()["items"][0]["problem"]["code"] == "lease-unknown"


def test_lease_id_of_another_form_is_refused(post: PostClient) -> None:
    assert code_of(post.ask("DELETE", "/v1/stream-leases/7")) == "invalid-request"


def test_stream_without_an_address_may_be_asked_for_again(tmp_path: Path) -> None:
    with ServedRegistry(tmp_path, CAMERAS, SimulatedStreams(None, SecretHolder(), NOWHERE)) as served:
        (item,) = served.post().lease((OPEN.id, "sub")).json()["items"]
    assert item["problem"]["code"] == "stream-unavailable"
    assert item["problem"]["retryable"]
    assert item["problem"]["retry_after_s"] > 0


class _BrokenStreams(FixedStreams):
    def access(self, code: str, profile: str) -> StreamAccess:
        raise RuntimeError("a bug of the registry")


def test_bug_of_the_registry_is_a_problem_without_its_details(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with ServedRegistry(tmp_path, CAMERAS, _BrokenStreams(ACCESS)) as served:
        answer = served.post().lease((OPEN.id, "sub"))
    assert (answer.status_code, code_of(answer)) == (500, "internal")
    assert "bug" not in answer.text
    assert answer.json()["trace_id"] in caplog.text


def test_data_that_cannot_be_read_now_are_unavailable(registry: ServedRegistry, post: PostClient) -> None:
    if not isinstance(registry.data, Path):
        pytest.skip("a file is harmed here")
    with closing(sqlite3.connect(registry.data)) as connection:
        connection.execute("ALTER TABLE leases RENAME TO elsewhere")
    answer = post.lease((OPEN.id, "sub"))
    assert (answer.status_code, code_of(answer)) == (503, "unavailable")
    assert int(answer.headers["Retry-After"]) >= 1


def test_file_holds_no_secret_and_no_address(registry: ServedRegistry, post: PostClient, tmp_path: Path) -> None:
    renew(post, lease_id(post))
    written = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert CANARY.encode() not in written
    assert b"rtsp" not in written
