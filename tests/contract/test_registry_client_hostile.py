"""The registry client against servers that are broken, slow or hostile."""

from __future__ import annotations

import gzip
import json
import logging
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import jwt
import pytest
from registry_client_parts import (
    CANARY,
    Exchange,
    Peer,
    Request,
    camera,
    hold,
    lease,
    make_identity,
    meta,
    running_peer,
    serve_snapshot,
    snapshot,
    wait_until,
)

from app.core.errors import ConfigError, RegistryError
from app.core.model import CameraId, Profile, StreamKey
from app.core.purpose import LeasePurpose
from app.registry import client as client_module
from app.registry.address import parse_zones
from app.registry.answers import Timeouts
from app.registry.client import RegistryApi
from app.registry.problems import RefusalError
from app.registry.wire import PIECE_BYTES

QUICK = Timeouts(connect_s=2.0, read_s=0.4, body_s=0.8, snapshot_s=1.0)
BOUND_S = 10.0
"""Far beyond what any of these takes, far below a hang."""


@pytest.fixture
def peer() -> Iterator[Peer]:
    with running_peer() as server:
        yield server


@pytest.fixture
def api(peer: Peer) -> Iterator[RegistryApi]:
    found = RegistryApi(peer.url, make_identity(), timeouts=QUICK)
    yield found
    found.close()


def failing(api: RegistryApi, path: str = "/v1/meta") -> RegistryError:
    """The error of a call; within bounds of time, and one sentence that names the host."""
    started_s = time.monotonic()
    with pytest.raises(RegistryError) as caught:
        if path == "/v1/meta":
            api.meta()
        else:
            with api.snapshot() as found:
                assert found is not None
                list(found.lines)
    assert time.monotonic() - started_s < BOUND_S
    assert api.host in str(caught.value) and str(caught.value).isprintable()
    return caught.value


def test_a_closed_port_is_told_as_a_refusal_to_connect() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        found = RegistryApi(f"http://127.0.0.1:{unused.getsockname()[1]}")
        assert failing(found).code == "refused"
        found.close()


def test_a_server_that_never_answers_is_given_up(peer: Peer, api: RegistryApi) -> None:
    peer.routes["/v1/meta"] = hold
    assert failing(api).code == "timeout"


def test_a_server_that_takes_no_connection_is_given_up() -> None:
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        place = full.getsockname()
        waiting = [socket.socket() for _ in range(4)]
        for each in waiting:
            each.setblocking(False)
            each.connect_ex(place)
        found = RegistryApi(f"http://127.0.0.1:{place[1]}", timeouts=Timeouts(connect_s=0.5))
        assert failing(found).code == "timeout"
        found.close()
        for each in waiting:
            each.close()


def drip(exchange: Exchange, text: bytes) -> None:
    for position in range(len(text)):
        if exchange.server.ending.wait(0.1):
            return
        exchange.wfile.write(text[position : position + 1])


@pytest.mark.parametrize("head", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n"])
def test_an_answer_that_drips_in_is_given_up(peer: Peer, api: RegistryApi, head: bytes) -> None:
    def route(exchange: Exchange, _request: Request) -> None:
        exchange.wfile.write(head)
        drip(exchange, b"HTTP/1.1 200 OK\r\n" + b"X-More: y\r\n" * 50)

    peer.routes["/v1/meta"] = route
    assert failing(api).code == "timeout"


def test_a_server_that_breaks_off_is_told(peer: Peer, api: RegistryApi) -> None:
    def route(exchange: Exchange, _request: Request) -> None:
        linger = b"\x01\x00\x00\x00\x00\x00\x00\x00"
        exchange.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        exchange.close_connection = True
        exchange.connection.shutdown(socket.SHUT_RD)

    peer.routes["/v1/meta"] = route
    assert failing(api).code == "cut"


@pytest.mark.parametrize(
    ("status", "code", "headers", "is_refusal", "wait_s"),
    [
        (503, "unavailable", {"Retry-After": "7"}, False, 7.0),
        (429, "too-many-requests", {"Retry-After": "60"}, False, 60.0),
        (500, "internal", {}, False, None),
        (401, "invalid-client", {}, True, None),
        (403, "enrolment-code-invalid", {}, True, None),
        (404, "not-found", {}, True, None),
    ],
)
def test_a_problem_becomes_an_error_with_its_code(
    peer: Peer,
    api: RegistryApi,
    status: int,
    code: str,
    headers: dict[str, str],
    is_refusal: bool,
    wait_s: float | None,
) -> None:
    peer.routes["/v1/meta"] = lambda exchange, _request: exchange.problem(status, code, headers)
    error = failing(api)
    assert (error.code, error.retry_after_s) == (code, wait_s)
    assert isinstance(error, RefusalError) is is_refusal and error.retryable is not is_refusal
    words = "enrol this PC again" if code == "invalid-client" else f"Because of {code}."
    assert words in str(error)


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed(peer: Peer, api: RegistryApi, status: int) -> None:
    headers = {"Location": f"{peer.url}/elsewhere"}
    peer.routes["/v1/meta"] = lambda exchange, _request: exchange.raw(b"", status, headers)
    assert failing(api).code == "redirect"
    assert not peer.asked("/elsewhere")


@pytest.mark.parametrize(
    "location", ["https://[", "https://registry:abc/", "https://registry:99999/", "/\xff\xfe"]
)
def test_a_redirect_to_what_is_no_address_is_told_like_any_other(
    peer: Peer, api: RegistryApi, location: str
) -> None:
    peer.routes["/v1/meta"] = lambda exchange, _request: exchange.raw(b"", 302, {"Location": location})
    assert failing(api).code == "redirect"


def test_the_endless_body_of_a_redirect_is_not_read(peer: Peer, api: RegistryApi) -> None:
    sent_bytes = 0

    def route(exchange: Exchange, _request: Request) -> None:
        nonlocal sent_bytes
        exchange.wfile.write(b"HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 1000000000\r\n\r\n")
        while not exchange.server.ending.is_set() and sent_bytes < 200_000_000:
            exchange.wfile.write(bytes(PIECE_BYTES))
            sent_bytes += PIECE_BYTES

    peer.routes["/v1/meta"] = route
    assert failing(api).code == "redirect"
    assert sent_bytes < 50_000_000


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>hotel login</html>",
        b"[" * 200_000,
        b"null",
        b'"x"',
        b"[]",
        b"{}",
        b'{"contract":"1.0"}',
        b"\xff",
    ],
)
def test_what_is_not_the_contracts_json_is_told(peer: Peer, api: RegistryApi, body: bytes) -> None:
    peer.routes["/v1/meta"] = lambda exchange, _request: exchange.raw(body)
    assert failing(api).code == "bad-answer"


@pytest.mark.parametrize(
    ("body", "headers", "code"),
    [
        (b"not gzip", {"Content-Encoding": "gzip"}, "broken-body"),
        (gzip.compress(snapshot(camera(1)))[:-5], {"Content-Encoding": "gzip"}, "torn-body"),
        (b"x", {"Content-Encoding": "br"}, "broken-body"),
        (snapshot(camera(1)), {"Content-Length": "99999", "Connection": "close"}, "cut"),
    ],
)
def test_a_broken_snapshot_is_told(
    peer: Peer, api: RegistryApi, body: bytes, headers: dict[str, str], code: str
) -> None:
    def route(exchange: Exchange, _request: Request) -> None:
        exchange.raw(body, headers=headers)
        exchange.close_connection = True

    peer.routes["/v1/snapshot"] = route
    assert failing(api, "/v1/snapshot").code == code


def test_nothing_changed_is_no_answer_to_who_has_nothing(peer: Peer, api: RegistryApi) -> None:
    peer.routes["/v1/snapshot"] = lambda exchange, _request: exchange.raw(b"", 304)
    assert failing(api, "/v1/snapshot").code == "bad-answer"


def test_a_bomb_is_not_unpacked(peer: Peer, api: RegistryApi) -> None:
    bomb = gzip.compress(bytes(64 * 1024 * 1024), 9)
    headers = {"Content-Encoding": "gzip"}
    peer.routes["/v1/meta"] = lambda exchange, _request: exchange.raw(bomb, headers=headers)
    error = failing(api)
    assert error.code == "too-large-body" and "larger than" in str(error)


def test_a_gigabyte_is_not_read(peer: Peer, monkeypatch: pytest.MonkeyPatch) -> None:
    sent_bytes = 0

    def route(exchange: Exchange, _request: Request) -> None:
        nonlocal sent_bytes
        exchange.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n")
        while not exchange.server.ending.is_set():
            exchange.wfile.write(bytes(PIECE_BYTES))
            sent_bytes += PIECE_BYTES

    peer.routes["/v1/meta"] = route
    found = RegistryApi(peer.url)
    assert failing(found).code in ("too-large-body", "timeout")
    found.close()
    assert sent_bytes < 200_000_000


def test_a_fault_that_nobody_foresaw_ends_the_call_and_not_its_thread(
    peer: Peer, api: RegistryApi, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def surprise(*_words: object, **_more: object) -> None:
        raise KeyError(CANARY)

    with pytest.raises(RegistryError) as caught:
        api.call("GET", "/v1/jurisdictions", surprise)
    assert caught.value.code == "bad-answer"
    monkeypatch.setattr(api._session, "request", surprise)
    assert failing(api).code == "bad-answer"
    assert caplog.text.count("KeyError") == 2 and CANARY not in caplog.text


def test_an_endless_line_is_skipped_in_bounded_memory(peer: Peer, api: RegistryApi) -> None:
    lines = [b'{"cursor":"c","epoch":"e","count":2}', b'{"x":"' + bytes(5_000_000) + b'"}', b'{"id":1}']
    body = gzip.compress(b"\n".join(lines))
    peer.routes["/v1/snapshot"] = lambda exchange, _request: exchange.raw(
        body, headers={"Content-Encoding": "gzip"}
    )
    with api.snapshot() as found:
        assert found is not None and list(found.lines) == [None, b'{"id":1}']


def test_a_token_that_is_refused_is_replaced_once(peer: Peer, api: RegistryApi) -> None:
    def route(exchange: Exchange, request: Request) -> None:
        if len(peer.asked("/v1/snapshot")) == 1:
            exchange.problem(401, "token-invalid", {"WWW-Authenticate": "Bearer"})
        else:
            serve_snapshot(camera(1))(exchange, request)

    peer.routes["/v1/snapshot"] = route
    with api.snapshot() as found:
        assert found is not None and found.head.count == 1
    assert len(peer.asked("/oauth2/token")) == 2
    peer.routes["/v1/snapshot"] = lambda exchange, _request: exchange.problem(401, "token-invalid")
    assert isinstance(failing(api, "/v1/snapshot"), RefusalError)
    assert len(peer.asked("/oauth2/token")) == 3


def test_one_token_serves_many_calls_until_shortly_before_its_end(peer: Peer) -> None:
    now_s = 1_000.0
    found = RegistryApi(peer.url, make_identity(), clock=lambda: now_s)
    for _ in range(3):
        found.jurisdictions()
    assert len(peer.asked("/oauth2/token")) == 1
    now_s += 539.0
    found.jurisdictions()
    assert len(peer.asked("/oauth2/token")) == 1
    now_s += 2.0
    found.jurisdictions()
    assert len(peer.asked("/oauth2/token")) == 2
    found.close()


def test_assertions_carry_the_servers_time_whatever_the_pc_thinks(
    peer: Peer, api: RegistryApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time, "time", lambda: 0.0)
    api.jurisdictions()
    (request,) = peer.asked("/oauth2/token")
    form = dict(part.split("=") for part in request.body.decode().split("&"))
    claims = jwt.decode(form["client_assertion"], options={"verify_signature": False})
    assert abs(claims["iat"] - 1_795_162_262) <= BOUND_S and claims["aud"] == f"{peer.url}/oauth2/token"


def test_the_environment_changes_nothing(peer: Peer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login other password wrong\n")
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.setenv("NETRC", str(netrc))
    found = RegistryApi(peer.url, make_identity())
    found.jurisdictions()
    assert peer.asked("/v1/jurisdictions")[0].headers["Authorization"] == "Bearer token-1"
    found.close()


def test_no_cookie_is_kept(peer: Peer, api: RegistryApi) -> None:
    headers = {"Set-Cookie": "track=me; Path=/"}
    peer.routes["/v1/meta"] = lambda exchange, _request: exchange.json(meta(), headers=headers)
    api.meta()
    api.meta()
    assert "Cookie" not in peer.requests[-1].headers


def test_the_password_of_a_lease_is_in_no_error_and_no_log(
    peer: Peer, api: RegistryApi, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    key = StreamKey(CameraId(camera(1)["id"]), Profile.SUB)
    item = lease({"camera_id": key.camera, "profile": "sub"})
    bodies = [json.dumps({"items": [item]}).encode()[:-1], json.dumps([item] * 3).encode()]
    bodies.append(json.dumps({"items": [{**item, "endpoints": [{"url": f"rtsp://u:{CANARY}@x/"}]}]}).encode())
    told = []
    for body in bodies:
        peer.routes["/v1/stream-leases"] = lambda exchange, _request, body=body: exchange.raw(body)  # type: ignore[misc]
        try:
            told.append(repr(api.lease({key: LeasePurpose.SECURITY}, parse_zones(["10.20.0.0/16"]))))
        except RegistryError as error:
            told += [str(error), repr(error), repr(error.__context__), repr(error.__cause__)]
    assert len(told) >= 3 and CANARY not in "".join(told) + caplog.text
    assert all(CANARY not in str(record.__dict__) for record in caplog.records)


def test_closing_wakes_a_call_that_waits(peer: Peer) -> None:
    found = RegistryApi(peer.url, make_identity())
    errors: list[RegistryError] = []

    def follow() -> None:
        try:
            found.changes("c1", 100, 25)
        except RegistryError as error:
            errors.append(error)

    thread = threading.Thread(target=follow)
    thread.start()
    wait_until(lambda: peer.asked("/v1/changes"))
    started_s = time.monotonic()
    found.close()
    thread.join(BOUND_S)
    assert time.monotonic() - started_s < 2.0 and not thread.is_alive()
    assert [error.code for error in errors] == ["cut"]


def test_closing_wakes_a_call_whose_body_is_awaited(peer: Peer) -> None:
    def route(exchange: Exchange, request: Request) -> None:
        exchange.wfile.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + snapshot(count=9))
        hold(exchange, request)

    peer.routes["/v1/snapshot"] = route
    found = RegistryApi(peer.url, make_identity())
    is_reading, errors = threading.Event(), []

    def read() -> None:
        try:
            with found.snapshot() as answer:
                assert answer is not None
                is_reading.set()
                list(answer.lines)
        except RegistryError as error:
            errors.append(error.code)

    thread = threading.Thread(target=read)
    thread.start()
    assert is_reading.wait(BOUND_S)
    started_s = time.monotonic()
    found.close()
    thread.join(BOUND_S)
    assert time.monotonic() - started_s < 2.0 and not thread.is_alive()


def test_a_closed_client_makes_no_new_connection(peer: Peer, api: RegistryApi) -> None:
    api.close()
    with pytest.raises(RegistryError):
        api.meta()
    assert not peer.requests


def open_files() -> int:
    return sum(1 for _each in Path("/proc/self/fd").iterdir())


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="counts open files by /proc")
def test_no_connection_is_left_open(peer: Peer) -> None:
    before = open_files()
    for status in (200, 500, 302):
        found = RegistryApi(peer.url, make_identity())
        peer.routes["/v1/meta"] = lambda exchange, _request, status=status: exchange.json(meta(), status)  # type: ignore[misc]
        for _ in range(3):
            try:
                found.meta()
            except RegistryError:
                continue
        found.close()
    wait_until(lambda: open_files() <= before + 1)


@pytest.mark.parametrize(
    "url",
    [
        "http://10.0.0.1",
        "http://registry.example",
        "ftp://127.0.0.1",
        "registry.example",
        "https://",
        "https://user:pw@registry.example",
        "https://registry.example/?x=1",
        "https://registry.example:99999",
        "",
    ],
)
def test_an_address_that_cannot_be_used_is_one_sentence_without_its_login(url: str) -> None:
    with pytest.raises(ConfigError) as caught:
        RegistryApi(url)
    assert "pw" not in str(caught.value) and "registry" in str(caught.value)


@pytest.mark.parametrize(
    ("url", "spelt", "host"),
    [
        (
            " https://Registry.Example:8443/pantau/ ",
            "https://registry.example:8443/pantau",
            "registry.example:8443",
        ),
        ("http://[::1]:8080", "http://[::1]:8080", "[::1]:8080"),
        ("http://localhost", "http://localhost", "localhost"),
    ],
)
def test_an_address_has_one_spelling(url: str, spelt: str, host: str) -> None:
    found = RegistryApi(url)
    assert (found.url, found.host) == (spelt, host)
    found.close()


def test_a_post_without_a_key_cannot_ask_for_the_catalogue(peer: Peer) -> None:
    found = RegistryApi(peer.url)
    with pytest.raises(RegistryError, match="has not enrolled"):
        found.jurisdictions()
    found.close()


def test_no_switch_turns_verification_off() -> None:
    source = Path(client_module.__file__).read_text()
    assert "CERT_NONE" not in source and "verify=False" not in source and "disable_warnings" not in source
