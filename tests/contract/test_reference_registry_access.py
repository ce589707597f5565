"""How a PC becomes a post of the reference registry, and how it proves itself afterwards."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jwt
import pytest
import requests
from cryptography.hazmat.primitives.asymmetric import ec
from reference_registry_kit import (
    EVERYTHING,
    NOWHERE,
    WITHIN_S,
    PostClient,
    ServedRegistry,
    code_of,
    jwk,
    make_camera,
    request_token,
)

from app.demo.registry.limits import REQUEST_BODY_MAX_BYTES, WRONG_CODES_MAX
from app.demo.registry.streams import SecretHolder, SimulatedStreams

DAY_S = 24 * 3600
OTHER_KEY = ec.generate_private_key(ec.SECP256R1())


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[ServedRegistry]:
    streams = SimulatedStreams(None, SecretHolder(), NOWHERE)
    with ServedRegistry(tmp_path, [make_camera("A-1")], streams) as served:
        yield served


def enrol(registry: ServedRegistry, code: str, key: Any = None) -> requests.Response:
    public = key or jwk(ec.generate_private_key(ec.SECP256R1()))
    body = {"code": code, "public_key": public}
    return requests.post(f"{registry.url}/v1/enrolments", json=body, timeout=WITHIN_S)


def test_enrolment_names_the_post_and_its_scope(registry: ServedRegistry) -> None:
    answer = enrol(registry, registry.services.access.issue_code("Pos Harmoni", EVERYTHING))
    assert answer.status_code == 201
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.json()["name"] == "Pos Harmoni"
    assert answer.json()["scope"] == {"units": ["PMJ"], "areas": []}
    assert answer.json()["post_id"]


def test_enrolment_code_dies_with_its_use(registry: ServedRegistry) -> None:
    code = registry.services.access.issue_code("Pos Harmoni", EVERYTHING)
    assert enrol(registry, code).status_code == 201
    again = enrol(registry, code)
    assert (again.status_code, code_of(again)) == (403, "enrolment-code-invalid")


def test_enrolment_code_is_read_without_hyphens_and_in_small_letters(registry: ServedRegistry) -> None:
    code = registry.services.access.issue_code("Pos Harmoni", EVERYTHING)
    assert enrol(registry, code.replace("-", "").lower()).status_code == 201


def test_new_code_voids_the_older_one_of_that_post(registry: ServedRegistry) -> None:
    older = registry.services.access.issue_code("Pos Harmoni", EVERYTHING)
    registry.services.access.issue_code("Pos Harmoni", EVERYTHING)
    assert code_of(enrol(registry, older)) == "enrolment-code-invalid"


def test_enrolment_code_is_over_after_a_week(registry: ServedRegistry) -> None:
    code = registry.services.access.issue_code("Pos Harmoni", EVERYTHING)
    registry.clock.ahead_s = 8 * DAY_S
    assert code_of(enrol(registry, code)) == "enrolment-code-invalid"


def test_bad_key_is_refused_and_leaves_the_code_good(registry: ServedRegistry) -> None:
    code = registry.services.access.issue_code("Pos Harmoni", EVERYTHING)
    good = jwk(ec.generate_private_key(ec.SECP256R1()))
    off_the_curve = {**good, "x": good["y"], "y": good["x"]}
    with_private_half = jwt.algorithms.ECAlgorithm.to_jwk(OTHER_KEY, as_dict=True)
    for bad in (off_the_curve, with_private_half, {**good, "crv": "P-384"}, {"kty": "RSA"}):
        answer = enrol(registry, code, bad)
        assert (answer.status_code, code_of(answer)) == (400, "invalid-request")
    assert enrol(registry, code, good).status_code == 201


def test_error_never_repeats_the_private_half_of_a_key(registry: ServedRegistry) -> None:
    private = jwt.algorithms.ECAlgorithm.to_jwk(OTHER_KEY, as_dict=True)
    assert private["d"] not in enrol(registry, "ABCD-EFGH", private).text


def test_wrong_codes_are_slowed(registry: ServedRegistry) -> None:
    good = registry.services.access.issue_code("Pos Harmoni", EVERYTHING)
    for _ in range(WRONG_CODES_MAX):
        assert code_of(enrol(registry, "0000-0000-0000-0000")) == "enrolment-code-invalid"
    slowed = enrol(registry, good)
    assert (slowed.status_code, code_of(slowed)) == (429, "too-many-requests")
    assert 1 <= int(slowed.headers["Retry-After"]) <= 60
    assert slowed.json()["retryable"] and slowed.json()["retry_after_s"] > 0
    registry.clock.ahead_s = 61
    assert enrol(registry, good).status_code == 201


def test_good_assertion_brings_a_ten_minute_token(registry: ServedRegistry) -> None:
    post = registry.post()
    answer = request_token(registry.url, post.assertion())
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.json()["token_type"] == "Bearer"
    assert answer.json()["expires_in"] == 600


def test_assertion_for_the_name_localhost_is_good_too(registry: ServedRegistry) -> None:
    post = registry.post()
    url = registry.url.replace("127.0.0.1", "localhost")
    assert request_token(registry.url, post.assertion(aud=f"{url}/oauth2/token")).status_code == 200


BAD_CLAIMS: dict[str, dict[str, Any]] = {
    "expired": {"exp": int(time.time()) - 31},
    "too long": {"exp": int(time.time()) + 3600},
    "from the future": {"iat": int(time.time()) + 3600},
    "exp is a text": {"exp": "soon"},
    "wrong audience": {"aud": "https://elsewhere.example/oauth2/token"},
    "several audiences": {"aud": ["https://elsewhere.example/oauth2/token"]},
    "wrong subject": {"sub": "post_0"},
    "unknown issuer": {"iss": "post_0", "sub": "post_0"},
    "short id": {"jti": "short"},
    "id is a number": {"jti": 12345678901234567890},
    **{f"no {claim}": {claim: None} for claim in ("iss", "sub", "aud", "iat", "exp", "jti")},
    "another key": {"key": OTHER_KEY},
    "another algorithm": {"key": "k" * 32, "algorithm": "HS256"},
}


@pytest.mark.parametrize("changes", BAD_CLAIMS.values(), ids=BAD_CLAIMS.keys())
def test_bad_assertion_is_refused_without_a_reason(registry: ServedRegistry, changes: dict[str, Any]) -> None:
    answer = request_token(registry.url, registry.post().assertion(**changes))
    assert (answer.status_code, code_of(answer)) == (401, "invalid-client")
    assert answer.json()["error"] == "invalid_client"
    assert answer.json()["detail"] == "The assertion does not prove an enrolled post."


def test_several_audiences_are_refused_even_if_one_is_right(registry: ServedRegistry) -> None:
    post = registry.post()
    audiences = [f"{registry.url}/oauth2/token", "https://elsewhere.example"]
    assert code_of(request_token(registry.url, post.assertion(aud=audiences))) == "invalid-client"


def test_unsigned_assertion_is_refused(registry: ServedRegistry) -> None:
    post = registry.post()
    claims = jwt.decode(post.assertion(), options={"verify_signature": False})
    unsigned = jwt.encode(claims, None, algorithm="none")
    assert code_of(request_token(registry.url, unsigned)) == "invalid-client"


def test_assertion_is_good_once(registry: ServedRegistry) -> None:
    assertion = registry.post().assertion()
    assert request_token(registry.url, assertion).status_code == 200
    assert code_of(request_token(registry.url, assertion)) == "invalid-client"


def test_same_assertion_id_of_two_posts_is_good_for_both(registry: ServedRegistry) -> None:
    jti = uuid.uuid4().hex
    for post in (registry.post(), registry.post()):
        assert request_token(registry.url, post.assertion(jti=jti)).status_code == 200


def test_token_request_of_another_form_is_refused(registry: ServedRegistry) -> None:
    assertion = registry.post().assertion()
    grant = request_token(registry.url, assertion, grant_type="password")
    assert (grant.status_code, code_of(grant)) == (400, "unsupported-grant-type")
    assert grant.json()["error"] == "unsupported_grant_type"
    kind = request_token(registry.url, assertion, client_assertion_type="saml")
    assert (code_of(kind), kind.json()["error"]) == ("invalid-request", "invalid_request")
    for body in (b"", b"grant_type", b"\xff\xfe", b"grant_type=client_credentials&grant_type=client_credentials"):
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        answer = requests.post(f"{registry.url}/oauth2/token", data=body, headers=headers, timeout=WITHIN_S)
        assert (answer.status_code, code_of(answer)) == (400, "invalid-request")
    as_json = requests.post(f"{registry.url}/oauth2/token", json={"grant_type": "x"}, timeout=WITHIN_S)
    assert code_of(as_json) == "invalid-request"


PROTECTED = (
    ("GET", "/v1/jurisdictions"),
    ("GET", "/v1/snapshot"),
    ("GET", "/v1/changes?cursor=x"),
    ("POST", "/v1/stream-leases"),
    ("POST", "/v1/stream-leases:renew"),
    ("DELETE", f"/v1/stream-leases/{uuid.UUID(int=7)}"),
    ("GET", "/v1/layouts"),
    *((method, f"/v1/layouts/{uuid.UUID(int=7)}") for method in ("GET", "PUT", "DELETE")),
    ("GET", "/v1/walls"),
    *((method, "/v1/walls/post_1/reported") for method in ("GET", "PUT")),
    *((method, "/v1/walls/post_1/desired") for method in ("GET", "PUT", "DELETE")),
    *((method, "/v1/walls/post_1/schedule") for method in ("GET", "PUT")),
)


@pytest.mark.parametrize(("method", "path"), PROTECTED)
def test_endpoint_wants_a_token(registry: ServedRegistry, method: str, path: str) -> None:
    body = {"json": {"items": []}} if method == "POST" else {}
    none = requests.request(method, registry.url + path, timeout=WITHIN_S, **body)
    assert (none.status_code, code_of(none)) == (401, "token-required")
    assert none.headers["WWW-Authenticate"] == "Bearer"
    for wrong in ("Bearer nonsense", "Bearer \xe9\xff"):
        headers = {"Authorization": wrong.encode("latin-1")}
        answer = requests.request(method, registry.url + path, headers=headers, timeout=WITHIN_S, **body)
        assert (answer.status_code, code_of(answer)) == (401, "token-invalid")
        assert "invalid_token" in answer.headers["WWW-Authenticate"]


def test_token_is_over_after_ten_minutes(registry: ServedRegistry) -> None:
    post = registry.post()
    registry.clock.ahead_s = 590
    assert post.get("/v1/jurisdictions").status_code == 200
    registry.clock.ahead_s = 601
    assert code_of(post.get("/v1/jurisdictions")) == "token-invalid"


def test_meta_needs_no_token_and_names_the_limits(registry: ServedRegistry) -> None:
    meta = requests.get(f"{registry.url}/v1/meta", timeout=WITHIN_S).json()
    assert meta["contract"] == "1.0"
    assert meta["limits"]["lease_batch_max"] == 64
    assert meta["limits"]["changes_wait_max_s"] == 25
    assert "127.0.0.1" in meta["stream_zones"]


def test_unknown_path_and_wrong_method_are_problems(registry: ServedRegistry) -> None:
    nowhere = requests.get(f"{registry.url}/v1/nowhere", timeout=WITHIN_S)
    assert (nowhere.status_code, code_of(nowhere)) == (404, "not-found")
    wrong = requests.put(f"{registry.url}/v1/meta", timeout=WITHIN_S)
    assert (wrong.status_code, code_of(wrong)) == (405, "method-not-allowed")
    assert wrong.headers["Allow"] == "GET"
    several = requests.post(f"{registry.url}/v1/layouts/{uuid.UUID(int=7)}", timeout=WITHIN_S)
    assert (several.status_code, several.headers["Allow"]) == (405, "GET, PUT, DELETE")


def test_body_that_is_too_large_is_refused_announced_or_not(registry: ServedRegistry) -> None:
    post = registry.post()
    large = b"x" * (REQUEST_BODY_MAX_BYTES + 1)
    for body in (large, iter([large[:1000], large[1000:]])):
        answer = post.ask("POST", "/v1/stream-leases", data=body)
        assert (answer.status_code, code_of(answer)) == (413, "body-too-large")


def test_body_that_is_no_json_is_refused(registry: ServedRegistry) -> None:
    post = registry.post()
    headers = {"Content-Type": "application/json"}
    for body in (b"{", b"\xff", b"[" * 100_000, b"null", b'{"items": {}}'):
        answer = post.ask("POST", "/v1/stream-leases", headers, data=body)
        assert (answer.status_code, code_of(answer)) == (400, "invalid-request")


def test_file_holds_no_code_token_or_assertion_id(registry: ServedRegistry, tmp_path: Path) -> None:
    code = registry.services.access.issue_code("Pos Harmoni", EVERYTHING)
    post = PostClient(registry.url, code)
    unused = registry.services.access.issue_code("Pos Cideng", EVERYTHING)
    jti = uuid.uuid4().hex
    assert request_token(registry.url, post.assertion(jti=jti)).status_code == 200
    written = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    for secret in (code, code.replace("-", ""), unused.replace("-", ""), post.token, jti):
        assert secret.encode() not in written
