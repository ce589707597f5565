"""A registry that does one thing wrong: the reference registry behind a layer that changes requests and answers.

A `Break` names the check of the conformance suite that has to find it.
"""

from __future__ import annotations

import gzip
import json
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

import jwt
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.demo.registry.services import Services

PROBLEM = "application/problem+json"


@dataclass
class Exchange:
    """A request that was made, and the answer that may still be changed."""

    services: Services
    method: str
    path: str
    asked_headers: dict[str, str]
    asked: bytes
    status: int
    headers: dict[str, str]
    body: bytes
    before: dict[str, Any]
    """What a break remembers from one exchange to the next."""

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @json.setter
    def json(self, value: Any) -> None:
        self.body = json.dumps(value).encode()

    @property
    def asked_json(self) -> Any:
        try:
            return json.loads(self.asked)
        except ValueError:
            return {}

    @property
    def code(self) -> str:
        return str(self.json.get("code", "")) if self.status >= 400 else ""

    @property
    def lines(self) -> list[Any]:
        """Of a snapshot."""
        return [json.loads(line) for line in gzip.decompress(self.body).splitlines()]

    @lines.setter
    def lines(self, value: list[Any]) -> None:
        self.body = gzip.compress("".join(f"{json.dumps(line)}\n" for line in value).encode())

    def says(self, status: int, code: str, **members: Any) -> None:
        """Refuse with another problem."""
        problem = {
            "type": f"urn:pantau:problem:{code}",
            "title": "Wrong",
            "status": status,
            "code": code,
            "retryable": False,
            "trace_id": secrets.token_hex(16),
            **members,
        }
        self.status, self.json = status, problem
        self.headers["content-type"] = PROBLEM

    def answers(self, status: int, value: Any = None) -> None:
        """Succeed with another answer; None for one without a body."""
        self.status, self.body = status, b"" if value is None else json.dumps(value).encode()
        self.headers["content-type"] = "application/json"


Change = Callable[[Exchange], None]


@dataclass(frozen=True)
class Break:
    """One thing that is wrong.

    Attributes:
        check: the check that finds it.
        what: what is wrong, in words.
        change: changes an answer.
        rewrite: changes the query of a request: path and query in, query out.
        wound: changes the registry itself before it serves.
    """

    check: str
    what: str
    change: Change | None = None
    rewrite: Callable[[str, str], str] | None = None
    wound: Callable[[Services], None] | None = None

    def __str__(self) -> str:
        return f"{self.check}: {self.what}"


@dataclass
class WrongRegistry:
    """The application with a break in it."""

    app: ASGIApp
    services: Services
    broken: Break
    before: dict[str, Any] = field(default_factory=dict)
    peer: str = ""
    """The address that requests seem to come from; their own where it is empty."""

    def __post_init__(self) -> None:
        if self.broken.wound:
            self.broken.wound(self.services)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = await _body(receive)
        if self.broken.rewrite:
            query = self.broken.rewrite(scope["path"], scope["query_string"].decode())
            scope = {**scope, "query_string": query.encode()}
        if self.peer:
            scope = {**scope, "client": (self.peer, 0)}
        messages: list[Message] = []

        async def collect(message: Message) -> None:
            messages.append(message)

        await self.app(scope, _replayed(asked), collect)
        start, *rest = messages
        exchange = Exchange(
            self.services,
            scope["method"],
            scope["path"],
            {name.decode(): value.decode() for name, value in scope["headers"]},
            asked,
            start["status"],
            {name.decode().lower(): value.decode() for name, value in start["headers"]},
            b"".join(message.get("body", b"") for message in rest),
            self.before,
        )
        if self.broken.change:
            self.broken.change(exchange)
        await _send(exchange, send)


async def _body(receive: Receive) -> bytes:
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return body


def _replayed(body: bytes) -> Receive:
    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


async def _send(exchange: Exchange, send: Send) -> None:
    headers = {**exchange.headers}
    headers.pop("content-length", None)
    if exchange.body:
        headers["content-length"] = str(len(exchange.body))
    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": exchange.status, "headers": raw})
    await send({"type": "http.response.body", "body": exchange.body})


# ---- what can be wrong with an answer


def on(operation: str, change: Change, status: int | None = None, code: str = "") -> Change:
    """A change of the answers to one operation: `GET /v1/meta`, a regular expression; of one status or code."""

    def apply(exchange: Exchange) -> None:
        is_this = re.fullmatch(operation, f"{exchange.method} {exchange.path}") is not None
        if is_this and status in (None, exchange.status) and (not code or exchange.code == code):
            change(exchange)

    return apply


def header(name: str, value: str | None) -> Change:
    """Another header, or none."""

    def change(exchange: Exchange) -> None:
        exchange.headers.pop(name, None)
        if value is not None:
            exchange.headers[name] = value

    return change


def says(status: int, code: str, **members: Any) -> Change:
    """Another problem."""
    return lambda exchange: exchange.says(status, code, **members)


def answers(status: int, value: Any = None) -> Change:
    """Another answer."""
    return lambda exchange: exchange.answers(status, value)


def member(path: str, value: Any) -> Change:
    """Another value of a member, `officer.name`; `...` takes it out."""

    def change(exchange: Exchange) -> None:
        told = exchange.json
        *outer, last = path.split(".")
        inner = told
        for name in outer:
            inner = inner[int(name) if isinstance(inner, list) else name]
        if value is ...:
            del inner[last]
        else:
            inner[last] = value
        exchange.json = told

    return change


def edited(edit: Callable[[Any], Any]) -> Change:
    """Another body: the old JSON in, the new one out."""

    def change(exchange: Exchange) -> None:
        exchange.json = edit(exchange.json)

    return change


def items(which: Callable[[dict[str, Any]], bool], **members: Any) -> Change:
    """Other members of those items of a batch."""

    def edit(told: Any) -> Any:
        for item in told["items"]:
            if which(item):
                item.update(members)
        return told

    return edited(edit)


def item_problem(refused_as: str, **members: Any) -> Change:
    """Other members of the problem of those items of a batch that are refused so."""

    def edit(told: Any) -> Any:
        for item in told["items"]:
            if item.get("problem", {}).get("code") == refused_as:
                item["problem"].update(members)
        return told

    return edited(edit)


def snapshot_head(**members: Any) -> Change:
    """Other members of a snapshot's first line."""

    def change(exchange: Exchange) -> None:
        head, *cameras = exchange.lines
        exchange.lines = [{**head, **members}, *cameras]

    return on("GET /v1/snapshot", change, 200)


def snapshot_record(**members: Any) -> Change:
    """Other members of a snapshot's last camera."""

    def change(exchange: Exchange) -> None:
        *before, last = exchange.lines
        exchange.lines = [*before, {**last, **members}]

    return on("GET /v1/snapshot", change, 200)


def believes(wrong: Callable[[Exchange, dict[str, Any], dict[str, Any]], bool]) -> Change:
    """Gives a token for an assertion that proves nothing: the exchange, its claims and its header in."""

    def change(exchange: Exchange) -> None:
        assertion = parse_qs(exchange.asked.decode())["client_assertion"][0]
        claims = jwt.decode(assertion, options={"verify_signature": False})
        if wrong(exchange, claims, jwt.get_unverified_header(assertion)):
            told = {"access_token": secrets.token_urlsafe(), "token_type": "Bearer", "expires_in": 600}
            exchange.answers(200, told)

    return on("POST /oauth2/token", change, 401)
