"""The calls of the registry's contract, typed, over one HTTP session; the only place that imports `requests`.

Any thread may call it, several at once. Every failure is a `RegistryError` of one sentence that names the
registry's host. Bodies are read in bounded memory and time; no redirect is followed, no cookie kept, no proxy,
netrc or certificate file taken from the environment. Certificates are always verified: no switch turns it off.
"""

from __future__ import annotations

import http.client
import logging
import ssl
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from http.cookiejar import DefaultCookiePolicy
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError

from app.core.errors import RegistryError
from app.core.failure import Failure
from app.core.model import StreamKey
from app.core.purpose import LeasePurpose
from app.core.redact import Secret
from app.core.sentence import Sentence
from app.registry.address import Zones
from app.registry.answers import Areas, Snapshot, Timeouts
from app.registry.audit import Taken, parse_taken
from app.registry.fields import FieldError, mapping, parse_json, token
from app.registry.lease_answer import Granted, parse_leases
from app.registry.parse import (
    Changes,
    Meta,
    parse_areas,
    parse_changes,
    parse_head,
    parse_meta,
)
from app.registry.place import checked_url, trust
from app.registry.problems import RefusalError, bad_answer, http_error, no_answer
from app.registry.server_clock import ServerClock
from app.registry.sockets import Breaker, breakable_pools
from app.registry.tokens import PostIdentity, Token, TokenHolder, make_assertion, parse_token
from app.registry.wire import PIECE_BYTES, TOO_LARGE, BodyError, etag_of, gunzip, limited, lines

SNAPSHOT_MAX_BYTES = 256 * 1024 * 1024
"""Unpacked: a hundred times a city's catalogue."""
JSON_MAX_BYTES = 16 * 1024 * 1024
"""Unpacked: a thousand changes are 2 MB, all areas of Indonesia 8 MB."""
PROBLEM_MAX_BYTES = 64 * 1024
CALLS_AT_ONCE = 8
"""Connections that are kept: as many as there are workers."""

_TOKEN_PATH = "/oauth2/token"
_ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_STALE_TOKEN = ("token-invalid", "token-required")
_BODY_WORDS: Mapping[str, Sentence] = MappingProxyType(
    {"broken-body": Sentence("it is garbled"), "torn-body": Sentence("it ends too early")}
)
_log = logging.getLogger(__name__)

Answer = TypeVar("Answer")


class RegistryApi:
    """One registry, seen from one post.

    Args:
        url: its address, `https://…`; `http://` for an address of this machine only.
        identity: who asks; None until the post has enrolled.
        ca_file: the city's certificates as PEM; None trusts what the system trusts.
        clock: monotonic seconds.
        timeouts: see there.

    Raises:
        ConfigError: the address or the certificate file cannot be used.
    """

    def __init__(
        self,
        url: str,
        identity: PostIdentity | None = None,
        ca_file: Path | None = None,
        clock: Callable[[], float] = time.monotonic,
        timeouts: Timeouts | None = None,
    ) -> None:
        self.url, self.host = checked_url(url)
        self._identity = identity
        self._clock = clock
        self._timeouts = timeouts or Timeouts()
        self._breaker = Breaker()
        self._session = _session(self._breaker, trust(ca_file))
        self._tokens = TokenHolder(self._fetch_token, clock)
        self._server_clock = ServerClock(clock)

    @property
    def post_id(self) -> str:
        """The post that asks, empty until it has enrolled."""
        return self._identity.post_id if self._identity else ""

    def close(self) -> None:
        """Break every call off, now and from now on."""
        self._breaker.break_off()
        self._session.close()

    # ---- calls that need no token

    def meta(self) -> Meta:
        """What the server is."""
        meta = self._asked_meta()
        self._server_clock.tell(meta.server_time_s)
        return meta

    def _asked_meta(self) -> Meta:
        return self._understood(parse_meta, self._json("GET", "/v1/meta"))

    def enrol(self, code: str, public_key: Mapping[str, str]) -> str:
        """Use an enrolment code up; returns the post's id.

        Args:
            code: as IT printed it.
            public_key: a P-256 key as a JWK.
        """
        answer = self._json("POST", "/v1/enrolments", json={"code": code.strip(), "public_key": dict(public_key)})
        return self._understood(_post_id, answer)

    # ---- calls of an enrolled post

    def jurisdictions(self, etag: str = "") -> Areas | None:
        """The areas' names; None where those of that ETag are still good."""
        with self._asked("GET", "/v1/jurisdictions", headers=_if_changed(etag)) as response:
            if self._is_unchanged(response, etag):
                return None
            areas, rejects = self._understood(parse_areas, self._body_json(response))
            return Areas(areas, etag_of(response.headers), rejects)

    @contextmanager
    def snapshot(self, etag: str = "") -> Iterator[Snapshot | None]:
        """The catalogue in scope, to be read inside the `with`; None where that of the ETag is still good."""
        with self._asked("GET", "/v1/snapshot", headers=_if_changed(etag)) as response:
            if self._is_unchanged(response, etag):
                yield None
                return
            found = lines(self._body(response, SNAPSHOT_MAX_BYTES, self._timeouts.snapshot_s))
            head = self._understood(parse_head, next(found, None) or b"")
            yield Snapshot(head, etag_of(response.headers), found)

    def changes(self, cursor: str, limit: int, wait_s: int) -> Changes:
        """What changed since a cursor; waits up to `wait_s` for the first change."""
        query: dict[str, str | int] = {"cursor": cursor, "limit": limit, "wait_s": wait_s}
        with self._asked("GET", "/v1/changes", params=query, wait_s=wait_s) as response:
            return self._understood(parse_changes, self._body_json(response))

    def lease(self, asked: Mapping[StreamKey, LeasePurpose], zones: Zones) -> list[Granted | Failure]:
        """A lease or a failure for each of at most 64 streams, in order; addresses outside the zones fail."""
        items = [
            {"camera_id": key.camera, "profile": key.profile.value, "purpose": purpose.value}
            for key, purpose in asked.items()
        ]
        with self._asked("POST", "/v1/stream-leases", json={"items": items}) as response:
            answer = self._body_json(response)
        return parse_leases(answer, list(asked), zones, self._clock())

    def release(self, lease_id: str) -> None:
        """Give a lease back."""
        with self._asked("DELETE", f"/v1/stream-leases/{lease_id}"):
            pass

    def append_audit(self, lines: Sequence[bytes], key: Mapping[str, object]) -> Taken:
        """Send entries of the journal; what the registry signed for, checked with its key."""
        form = {"Content-Type": "application/x-ndjson"}
        with self._asked("POST", "/v1/audit-events", form, data=b"\n".join(lines)) as response:
            answer = self._body_json(response)
        return self._understood(lambda value: parse_taken(value, self.post_id, key), answer)

    def call(
        self,
        method: str,
        path: str,
        parse: Callable[[object], Answer],
        headers: Mapping[str, str] | None = None,
        wait_s: float = 0.0,
        **options: Any,
    ) -> Answer:
        """Any other call with the post's token, and what its answer says.

        Args:
            method, path: as the contract has them.
            parse: makes something of the answer's JSON, None where there is no content; may raise a FieldError.
            headers: besides the token.
            wait_s: how long the registry may wait before it answers, seconds.
            options: `json`, `params` or `data`, as the HTTP library takes them.
        """
        with self._asked(method, path, headers, wait_s=wait_s, **options) as response:
            answer = None if response.status_code in (204, 304) else self._body_json(response)
        return self._understood(parse, answer)

    def _is_unchanged(self, response: requests.Response, etag: str) -> bool:
        if response.status_code == 304 and not etag:
            raise bad_answer(self.host, Sentence("it says that nothing has changed since nothing"))
        return response.status_code == 304

    # ---- tokens

    def _fetch_token(self) -> Token:
        """A new token; a second try where the first was refused since somebody has set the registry's clock."""
        if self._identity is None:
            raise RegistryError("This post has not enrolled at {0} yet.", self.host, code="not-enrolled")
        if not self._server_clock.is_fresh():
            self.meta()
        try:
            return self._prove(self._identity)
        except RefusalError:
            if not self._server_clock.tell(self._asked_meta().server_time_s):
                raise
        return self._prove(self._identity)

    def _prove(self, identity: PostIdentity) -> Token:
        """What an assertion of this moment brings, by the registry's clock: the PC's own is never asked."""
        audience, server_s = self.url + _TOKEN_PATH, self._server_clock.counted_s()
        assert server_s is not None
        form = {
            "grant_type": "client_credentials",
            "client_assertion_type": _ASSERTION_TYPE,
            "client_assertion": make_assertion(identity, audience, server_s),
        }
        asked_s = self._clock()
        answer = self._json("POST", _TOKEN_PATH, data=form)
        return self._understood(lambda value: parse_token(value, asked_s), answer)

    # ---- HTTP

    @contextmanager
    def _asked(
        self, method: str, path: str, headers: Mapping[str, str] | None = None, **options: Any
    ) -> Iterator[requests.Response]:
        """The answer to a call with the post's token; one that is refused is replaced once."""
        held = self._tokens.get()
        try:
            response = self._send(method, path, _authorised(headers, held), **options)
        except RefusalError as error:
            if error.code not in _STALE_TOKEN:
                raise
            response = None
        if response is None:
            self._tokens.drop(held)
            response = self._send(method, path, _authorised(headers, self._tokens.get()), **options)
        with response:
            yield response

    def _json(self, method: str, path: str, **options: Any) -> object:
        with self._send(method, path, {}, **options) as response:
            return self._body_json(response)

    def _send(
        self, method: str, path: str, headers: Mapping[str, str], wait_s: float = 0.0, **options: Any
    ) -> requests.Response:
        """Send a request; the answer is a success or `304`, its body still to be read."""
        read_s = self._timeouts.read_s + wait_s
        response, error = None, None
        try:
            response = self._session.request(
                method,
                self.url + path,
                headers=dict(headers),
                timeout=(self._timeouts.connect_s, read_s),
                stream=True,
                allow_redirects=False,
                **options,
            )
        except requests.ConnectTimeout as timeout:
            error = no_answer(self.host, timeout, self._timeouts.connect_s)
        except (requests.RequestException, HTTPError, OSError) as failure:
            error = no_answer(self.host, failure, read_s)
        except Exception as surprise:  # noqa: BLE001  # the library's own, at an answer that it cannot bear
            error = self._surprised(surprise)
        # Raised out here, so that no context keeps the request: it carries a token or a code.
        if response is None:
            raise error or no_answer(self.host, OSError(), read_s)
        if response.status_code >= 300 and response.status_code != 304:
            raise self._problem(response)
        return response

    def _problem(self, response: requests.Response) -> RegistryError:
        body = b""
        with response, suppress(RegistryError):
            body = b"".join(self._body(response, PROBLEM_MAX_BYTES, self._timeouts.body_s))
        return http_error(self.host, response.status_code, response.headers, body)

    def _body_json(self, response: requests.Response) -> object:
        body = b"".join(self._body(response, JSON_MAX_BYTES, self._timeouts.body_s))
        return self._understood(parse_json, body)

    def _body(self, response: requests.Response, most_bytes: int, limit_s: float) -> Iterator[bytes]:
        """An answer's content, unpacked, in pieces."""
        pieces = limited(self._raw(response, limit_s), most_bytes)
        encoding = response.headers.get("Content-Encoding", "identity").lower()
        if encoding not in ("gzip", "identity"):
            raise bad_answer(self.host, Sentence("it is packed in an unknown way"), "broken-body")
        code = ""
        try:
            yield from gunzip(pieces, most_bytes) if encoding == "gzip" else pieces
        except BodyError as error:
            code = error.code
        if code:
            size = Sentence("it is larger than {0} KB", most_bytes // 1024)
            raise bad_answer(self.host, size if code == TOO_LARGE else _BODY_WORDS[code], code)

    def _raw(self, response: requests.Response, limit_s: float) -> Iterator[bytes]:
        deadline_s = self._clock() + limit_s
        error = None
        while error is None:
            try:
                # At most one read of the socket: a larger one would wait for slow drips without end.
                piece = response.raw.read1(PIECE_BYTES, decode_content=False)
            except (HTTPError, OSError, http.client.HTTPException, ValueError) as failure:
                error = no_answer(self.host, failure, self._timeouts.read_s)
                continue
            if not piece:
                return
            yield piece
            if self._clock() > deadline_s:
                error = no_answer(self.host, TimeoutError(), limit_s)
        raise error

    def _understood(self, parse: Callable[[Any], Answer], value: object) -> Answer:
        """What a parser makes of an answer, its complaint as the call's error."""
        try:
            return parse(value)
        except FieldError as error:
            complaint = bad_answer(self.host, Sentence("{0} {1}", error.field, error.reason))
        except Exception as surprise:  # noqa: BLE001  # a parser's, at an answer that nobody foresaw
            complaint = self._surprised(surprise)
        raise complaint

    def _surprised(self, surprise: Exception) -> RegistryError:
        """The error of a fault that nobody foresaw: it ends the call, and not the thread that made it."""
        _log.error("a call ended by %s", type(surprise).__name__)  # its words may be what was sent or came
        return bad_answer(self.host, _BODY_WORDS["broken-body"])


def _post_id(value: object) -> str:
    return token(mapping(value, "post").get("post_id"), "post_id", 64)


def _session(breaker: Breaker, trust: ssl.SSLContext) -> requests.Session:
    session = _Session()
    session.trust_env = False  # a netrc would replace our token, a bundle variable our certificates
    session.headers.update({"User-Agent": "Pantau", "Accept-Encoding": "gzip"})
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=()))
    session.mount("https://", _Adapter(breaker, trust))
    session.mount("http://", _Adapter(breaker, trust))
    return session


class _Session(requests.Session):
    """One that never looks where a redirect leads: the library reads its whole body for that, and its address."""

    def get_redirect_target(self, resp: requests.Response) -> None:
        """None: every answer is a last one."""


class _Adapter(HTTPAdapter):
    """Connections under a breaker, and TLS by one context whatever a caller's `verify` says."""

    def __init__(self, breaker: Breaker, trust: ssl.SSLContext) -> None:
        self._breaker = breaker
        self._trust = trust
        super().__init__(pool_maxsize=CALLS_AT_ONCE)

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **pool_kwargs: Any) -> None:
        options = {**pool_kwargs, "ssl_context": self._trust}
        self.poolmanager = breakable_pools(
            self._breaker, num_pools=connections, maxsize=maxsize, block=block, **options
        )

    def build_connection_pool_key_attributes(self, request: Any, verify: Any, cert: Any = None) -> Any:
        host, _tls = super().build_connection_pool_key_attributes(request, True, None)
        return host, {"ssl_context": self._trust, "cert_reqs": "CERT_REQUIRED"}

    def cert_verify(self, conn: Any, url: Any, verify: Any, cert: Any) -> None:
        conn.cert_reqs = "CERT_REQUIRED"


def _authorised(headers: Mapping[str, str] | None, held: Secret) -> dict[str, str]:
    return {**(headers or {}), "Authorization": f"Bearer {held.reveal()}"}


def _if_changed(etag: str) -> dict[str, str]:
    return {"If-None-Match": etag} if etag else {}
