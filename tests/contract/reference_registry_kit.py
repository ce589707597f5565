"""What the tests of the reference registry share: a served registry in this process, one in a process of its
own, and a post that talks to either over HTTP."""

from __future__ import annotations

import copy
import gzip
import json
import re
import socket
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import jsonschema_rs
import jwt
import requests
import uvicorn
from cryptography.hazmat.primitives.asymmetric import ec
from starlette.types import ASGIApp

from app.demo.catalogue.areas import Jakarta, load_jakarta
from app.demo.catalogue.jakarta import camera_id
from app.demo.catalogue.record import (
    Camera,
    CameraJurisdiction,
    Catalogue,
    Credential,
    Privacy,
    StreamProfile,
)
from app.demo.registry.app import create_app
from app.demo.registry.data_place import DataPlace
from app.demo.registry.database import Database
from app.demo.registry.models import Scope
from app.demo.registry.officers import Officer, Role
from app.demo.registry.options import ServeOptions
from app.demo.registry.server import listening, urls_of
from app.demo.registry.services import Services, make_services
from app.demo.registry.streams import Streams
from tests.support.places import usual_place

CONTRACT = json.loads(
    (Path(__file__).parents[2] / "resources/openapi/registry.v1.json").read_text(encoding="utf-8")
)
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
WITHIN_S = 30.0
"""Generous: the machine that runs the tests is noisy."""
NOWHERE = "127.0.0.1:1"
EVERYTHING = Scope(units=("PMJ",))
NO_PIN = "none"
"""In place of a PIN's hash: nobody signs in with one."""


class Clock:
    """A wall clock that a test can set forward, and stop."""

    def __init__(self) -> None:
        self.ahead_s = 0.0
        self._stands_at_s: float | None = None

    def __call__(self) -> float:
        return time.time() + self.ahead_s if self._stands_at_s is None else self._stands_at_s

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """For as long as a busy machine needs; it goes on from where it stood."""
        self._stands_at_s = self()
        try:
            yield
        finally:
            self.ahead_s, self._stands_at_s = self._stands_at_s - time.time(), None


class FixedStreams:
    """Every camera is at one address with one password."""

    def __init__(self, access: Any, zones: tuple[str, ...] = ("127.0.0.1",)) -> None:
        self._access = access
        self._zones = zones

    def access(self, code: str, profile: str) -> Any:
        return self._access

    def zones(self) -> tuple[str, ...]:
        return self._zones


def make_camera(code: str, kelurahan_code: str = "31.71.01.1001", **changes: Any) -> Camera:
    """A camera in one of Jakarta's kelurahan, with what a test wants different."""
    values: dict[str, Any] = {
        "id": camera_id(code),
        "code": code,
        "name": f"Simpang {code}",
        "jurisdiction": jurisdiction(kelurahan_code),
        "profiles": tuple(StreamProfile(id=each, role=each, codec="h264") for each in ("sub", "main")),
        "credential": Credential(version=1),
        "privacy": Privacy.model_validate({"class": "public_street"}),
        "updated_at": "2026-11-20T00:00:00Z",
    }
    return Camera(**{**values, **changes})


def jurisdiction(kelurahan_code: str) -> CameraJurisdiction:
    """Who answers for a kelurahan."""
    return jakarta().by_code[kelurahan_code].jurisdiction


@cache
def jakarta() -> Jakarta:
    """The areas and units, read once: nobody changes them, and every camera asks."""
    return load_jakarta()


def make_catalogue(cameras: Iterable[Camera], tag: str = "test") -> Catalogue:
    """A catalogue of these cameras, numbered from revision 1."""
    numbered = (camera.model_copy(update={"rev": rev}) for rev, camera in enumerate(cameras, start=1))
    return Catalogue(tag, tuple(numbered), jakarta().jurisdictions(has_invented_cameras=True))


class _Server(uvicorn.Server):
    """Sends waiting posts home before it ends, as the product's server does."""

    def __init__(self, services: Services, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._services = services

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._services.watch.close()
        await super().shutdown(sockets)


class ServedRegistry:
    """The registry on a port of its own in a thread of this process.

    Args:
        folder: of its file.
        cameras: its catalogue.
        streams: how they are opened.
        wrap: what is put around the application.
        urls: further addresses under which it is called.
        data: where it keeps everything; None for the kind of database that all tests are run with.
    """

    def __init__(
        self,
        folder: Path,
        cameras: Iterable[Camera],
        streams: Streams,
        wrap: Callable[[ASGIApp, Services], ASGIApp] | None = None,
        urls: Iterable[str] = (),
        data: DataPlace | None = None,
    ) -> None:
        self.clock = Clock()
        self.data = data or usual_place(folder)
        self._database = Database(self.data)
        self._listening = listening(ServeOptions(self.data))
        listener = self._listening.__enter__()
        self.url, *_ = own = urls_of(listener)
        audiences = tuple(f"{url}/oauth2/token" for url in (*own, *urls))
        self.services: Services = make_services(self._database, streams, audiences, self.clock)
        self.services.catalogue.load(make_catalogue(cameras))
        app = create_app(self.services)
        self._server = _Server(
            self.services,
            uvicorn.Config(
                wrap(app, self.services) if wrap else app,
                log_level="warning",
                access_log=False,
                lifespan="off",
                ws="none",
            ),
        )
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [listener]})

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        self._database.close()

    def stop(self) -> None:
        """Serve no more: from now on connections are refused."""
        if self._thread.is_alive():
            self._server.should_exit = True
            self._thread.join(WITHIN_S)
            self._listening.__exit__(None, None, None)

    def post(self, scope: Scope = EVERYTHING, name: str | None = None) -> PostClient:
        """A post with that scope."""
        code = self.services.access.issue_code(name or uuid.uuid4().hex, scope)
        return PostClient(self.url, code)

    def on_duty(
        self,
        role: Role = Role.OFFICER,
        scope: Scope = EVERYTHING,
        name: str = "Bripka Dewi",
        post: PostClient | None = None,
    ) -> PostClient:
        """A post where an officer of that jurisdiction has a shift; a post of the same one where none is given."""
        client = copy.copy(post or self.post(scope))
        client.officer = Officer(uuid.uuid4(), uuid.uuid4().hex, name, role, scope)
        people = self.services.people
        assert people.officers.add(client.officer, NO_PIN)
        client.shift = people.shifts.start(client.id, client.officer).token
        return client


class PostClient:
    """A post's side of the contract, as plain as can be."""

    def __init__(self, url: str, code: str) -> None:
        self.url = url
        self.shift = ""
        self.officer: Officer | None = None
        self.key = ec.generate_private_key(ec.SECP256R1())
        answer = requests.post(
            f"{url}/v1/enrolments", json={"code": code, "public_key": jwk(self.key)}, timeout=WITHIN_S
        )
        answer.raise_for_status()
        self.id: str = answer.json()["post_id"]
        self.token = self.fetch_token()

    def fetch_token(self) -> str:
        """A new token."""
        answer = request_token(self.url, self.assertion())
        answer.raise_for_status()
        return str(answer.json()["access_token"])

    def assertion(self, key: Any = None, algorithm: str = "ES256", **changes: Any) -> str:
        """A good assertion but for the changed claims; None takes a claim out."""
        now_s = int(time.time())
        claims = {
            "iss": self.id,
            "sub": self.id,
            "aud": f"{self.url}/oauth2/token",
            "iat": now_s,
            "exp": now_s + 60,
            "jti": uuid.uuid4().hex,
        }
        claims = {name: value for name, value in {**claims, **changes}.items() if value is not None}
        return jwt.encode(claims, key or self.key, algorithm)

    def ask(
        self, method: str, path: str, headers: Mapping[str, str] | None = None, **options: Any
    ) -> requests.Response:
        """One request with the token, and the shift's where an officer is on duty."""
        shift = {"Pantau-Shift": self.shift} if self.shift else {}
        all_headers = {"Authorization": f"Bearer {self.token}", **shift, **(headers or {})}
        return requests.request(method, f"{self.url}{path}", headers=all_headers, timeout=WITHIN_S + 30, **options)

    def get(self, path: str, **options: Any) -> requests.Response:
        """GET with the token."""
        return self.ask("GET", path, **options)

    def snapshot(self) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        """First line and cameras."""
        head, *cameras = lines_of(self.get("/v1/snapshot"))
        return head, cameras

    def cursor(self) -> str:
        """Where the catalogue stands."""
        return str(self.snapshot()[0]["cursor"])

    def changes(self, cursor: str, **parameters: Any) -> requests.Response:
        """What changed since."""
        return self.get("/v1/changes", params={"cursor": cursor, **parameters})

    def lease(self, *items: tuple[Any, str] | tuple[Any, str, str]) -> requests.Response:
        """Leases for (camera id, profile[, purpose])."""
        asked = [
            {"camera_id": str(item[0]), "profile": item[1], "purpose": item[2] if len(item) > 2 else "security"}
            for item in items
        ]
        return self.ask("POST", "/v1/stream-leases", json={"items": asked})


def jwk(key: ec.EllipticCurvePrivateKey) -> dict[str, Any]:
    """The public half of a key."""
    return jwt.algorithms.ECAlgorithm.to_jwk(key.public_key(), as_dict=True)


def request_token(url: str, assertion: str, **changes: str) -> requests.Response:
    """Ask for a token."""
    form = {
        "grant_type": "client_credentials",
        "client_assertion_type": ASSERTION_TYPE,
        "client_assertion": assertion,
    }
    return requests.post(f"{url}/oauth2/token", data={**form, **changes}, timeout=WITHIN_S)


def assert_in_contract(method: str, path: str, answer: requests.Response) -> None:
    """The status, media type and body of an answer are what the contract has for that operation."""
    operation = CONTRACT["paths"][_template(path)][method.lower()]
    response = operation["responses"][str(answer.status_code)]
    if "$ref" in response:
        response = CONTRACT["components"]["responses"][response["$ref"].rpartition("/")[2]]
    media = response.get("content", {})
    if not media:
        assert answer.content == b""
        return
    media_type = answer.headers["Content-Type"].partition(";")[0]
    schema = {**media[media_type]["schema"], "components": CONTRACT["components"]}
    body = answer.json() if media_type != "application/x-ndjson" else answer.text
    jsonschema_rs.Draft202012Validator(schema, validate_formats=True).validate(body)


def _template(path: str) -> str:
    """The path of the contract that a request's path belongs to."""
    asked = path.partition("?")[0]
    forms = {each: re.sub(r"\\{\w+\\}", "[^/:]+", re.escape(each)) for each in CONTRACT["paths"]}
    return next(each for each, form in forms.items() if re.fullmatch(form, asked))


def lines_of(answer: requests.Response) -> list[dict[str, Any]]:
    """The lines of a snapshot."""
    assert answer.status_code == 200, answer.text
    return [json.loads(line) for line in answer.content.decode().splitlines()]


def raw_lines(url: str, headers: Mapping[str, str]) -> list[dict[str, Any]]:
    """The lines of a snapshot, unpacked by hand from what was really sent."""
    with closing(requests.get(url, headers=dict(headers), stream=True, timeout=WITHIN_S)) as answer:
        return [json.loads(line) for line in gzip.decompress(answer.raw.read()).splitlines()]


def code_of(answer: requests.Response) -> str:
    """The problem code of an error, having looked at its form."""
    assert answer.headers["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == answer.status_code
    assert problem["type"] == f"urn:pantau:problem:{problem['code']}"
    assert len(problem["trace_id"]) == 32
    assert isinstance(problem["retryable"], bool)
    return str(problem["code"])


class RegistryProcess:
    """`python -m app.demo.registry serve …` as the demo starts it."""

    def __init__(self, *arguments: str | Path, first_line: bytes = b"{}\n") -> None:
        self._ended: tuple[int, str] | None = None
        command = [sys.executable, "-m", "app.demo.registry", "serve", "--parent-pipe"]
        self.process = subprocess.Popen(
            [*command, *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=Path(__file__).parents[2],
        )
        with suppress(BrokenPipeError):  # it has ended already; its exit code says why
            self._stdin.write(first_line)
            self._stdin.flush()
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        self.announced: dict[str, Any] = json.loads(line) if line else {}

    @property
    def url(self) -> str:
        """Where it serves."""
        return str(self.announced["registry"])

    @property
    def _stdin(self) -> Any:
        assert self.process.stdin is not None
        return self.process.stdin

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    def post(self) -> PostClient:
        """A post enrolled with the announced code."""
        return PostClient(self.url, self.announced["enrolment_code"])

    def close_pipe(self) -> None:
        """What happens when the parent dies."""
        with suppress(BrokenPipeError):
            self._stdin.close()

    def end(self) -> tuple[int, str]:
        """End it by its pipe; gives the exit code and what it wrote on standard error."""
        self.close_pipe()
        return self.wait()

    def wait(self) -> tuple[int, str]:
        """Wait for its end; gives the exit code and what it wrote on standard error."""
        if self._ended is None:
            assert self.process.stdout is not None and self.process.stderr is not None
            with self.process.stdout, self.process.stderr:
                try:
                    self._ended = self.process.wait(WITHIN_S), self.process.stderr.read().decode()
                finally:
                    self.process.kill()
        return self._ended
