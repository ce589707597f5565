"""One visit to a registry: what is asked, what several checks need to know, and what is given back at its end.

Runs on the command's main thread. What more than one check needs (a post, a token, the catalogue) is a `Fact`: it
is found out once. The check that is about it fails where it cannot be had; all others are skipped and say why.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from urllib.parse import quote, urlencode

from cryptography.hazmat.primitives.asymmetric import ec

from app.conformance.contract import PROBLEM_MEDIA_TYPE, Contract
from app.conformance.guest import ASSERTION_TYPE, Guest, assertion, good_claims, make_key, public_jwk
from app.conformance.schema import Fault
from app.conformance.verdict import SkippedError, UnmetError
from app.conformance.wire import Answer, Wire
from app.core.errors import RegistryError
from app.core.redact import Secret

TOKEN_PATH = "/oauth2/token"
_JSON = "application/json"
_FORM = "application/x-www-form-urlencoded"
_USUAL_MEDIA_TYPES = (_JSON, _FORM, PROBLEM_MEDIA_TYPE, "application/x-ndjson", "text/html", "text/plain")
_REPLACED_EARLY = 0.5
"""Part of a token's life after which another one is fetched: a check that waits must not meet its end."""
_CODE_MIN_LENGTH = 8

Value = TypeVar("Value")


class Fact(Generic[Value]):
    """Something that several checks need, found out once.

    Args:
        check: the name of the check that is about it.
        find: finds it out; raises as a check does.
    """

    def __init__(self, check: str, find: Callable[[], Value]) -> None:
        self._check = check
        self._find = find
        self._found: list[Value] = []
        self._error: UnmetError | SkippedError | RegistryError | None = None

    def get(self) -> Value:
        """It, for the check that is about it.

        Raises:
            UnmetError: the registry does not give it as the contract asks.
            SkippedError: something else that it needs is not there.
            RegistryError: no answer came.
        """
        if self._error is None and not self._found:
            try:
                self._found.append(self._find())
            except (UnmetError, SkippedError, RegistryError) as error:
                self._error = error
        if self._error is not None:
            raise self._error
        return self._found[0]

    def need(self) -> Value:
        """It, for every other check.

        Raises:
            SkippedError: it cannot be had.
        """
        try:
            return self.get()
        except (UnmetError, RegistryError):
            pass
        raise SkippedError("needs what {0} is about, which failed", self._check)


@dataclass(frozen=True, slots=True)
class Post:
    """The post that was enrolled."""

    id: str
    key: ec.EllipticCurvePrivateKey
    scope: Mapping[str, Any]
    answer: Answer
    code_is_free_in_form: bool
    """Whether the code was taken in small letters and without its hyphens."""


@dataclass(frozen=True, slots=True)
class Token:
    """A bearer token and until when it is used, monotonic seconds."""

    text: Secret
    until_s: float
    answer: Answer


class Visit:
    """One visit.

    Args:
        wire: to the registry.
        contract: what is asked of it.
        guest: who visits.

    Attributes:
        wire: the same.
        contract: the same.
        guest: the same.
        meta: what `/v1/meta` answered first: that anything answers at all.
        post: the enrolled post.
        held_leases: leases that are still to be given back, by id.
        open_shifts: shifts that are still to be signed off, by id.
        held_layouts: shared layouts that are still to be deleted, by id: their revision and the shift's token.
        at_leave: what else is to be taken back, the last first; each says in a sentence what it could not.
    """

    def __init__(self, wire: Wire, contract: Contract, guest: Guest) -> None:
        self.wire = wire
        self.contract = contract
        self.guest = guest
        self.meta: Fact[Answer] = Fact("transport.answers", lambda: self.ask("GET", "/v1/meta", is_post=False))
        self.post: Fact[Post] = Fact("access.enrol", self._enrol)
        self.token: Fact[Token] = Fact("access.token", self._fetch_token)
        self.held_leases: set[str] = set()
        self.open_shifts: set[str] = set()
        self.held_layouts: dict[str, tuple[int, Secret]] = {}
        self.at_leave: list[Callable[[], str]] = []
        self._newest: Token | None = None

    # ---- asking

    def ask(
        self,
        method: str,
        path: str,
        *,
        fill: Mapping[str, str] | None = None,
        query: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
        body: object = None,
        media_type: str = _JSON,
        is_post: bool = True,
        shift: Secret | None = None,
        wait_s: float = 0.0,
        is_patient: bool = True,
    ) -> Answer:
        """Make one request.

        Args:
            method: of HTTP.
            path: as the contract has it, names in braces.
            fill: what stands for those names.
            query: of the address.
            headers: further ones.
            body: bytes as they are, anything else as JSON; None for none.
            media_type: of the body.
            is_post: whether the post's token goes along.
            shift: a shift's token that goes along.
            wait_s: how long the answer may be held back on purpose.
            is_patient: whether to wait and ask again where the registry is busy.

        Raises:
            RegistryError: no answer came.
            SkippedError: there is no token.
        """
        target = path
        for name, value in (fill or {}).items():
            target = target.replace(f"{{{name}}}", quote(value, safe=""))
        target += f"?{urlencode(query)}" if query else ""
        sent = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        all_headers = {
            "User-Agent": "Pantau-check",
            **({"Content-Type": media_type} if sent is not None else {}),
            **({"Authorization": f"Bearer {self._bearer().reveal()}"} if is_post else {}),
            **({"Pantau-Shift": shift.reveal()} if shift else {}),
            **(headers or {}),
        }
        return self.wire.ask(f"{method} {path}", target, all_headers, sent, wait_s=wait_s, is_patient=is_patient)

    def ask_token(self, proof: Secret, **changes: str) -> Answer:
        """Ask for a token with an assertion."""
        form = {
            "grant_type": "client_credentials",
            "client_assertion_type": ASSERTION_TYPE,
            "client_assertion": proof.reveal(),
            **changes,
        }
        sent = urlencode(form).encode()
        return self.ask("POST", TOKEN_PATH, body=sent, media_type=_FORM, is_post=False)

    def ask_enrolment(self, code: str, public_key: Mapping[str, str]) -> Answer:
        """Try to enrol."""
        body = {"code": code, "public_key": dict(public_key)}
        return self.ask("POST", "/v1/enrolments", body=body, is_post=False)

    # ---- judging

    def expect(self, answer: Answer, status: int) -> Any:
        """The answer's JSON, which has this status and the contract's form; its text for other media types.

        Raises:
            UnmetError: it has not.
        """
        method, _, path = answer.operation.partition(" ")
        if answer.status != status:
            raise UnmetError(f"{status}", answer.said, answer.evidence())
        form = self.contract.form(method, path, status)
        if form is None:
            raise UnmetError("a status of the contract", answer.said, answer.evidence())
        if not form.media_type and answer.body:
            raise UnmetError("no body", f"{len(answer.body)} bytes", answer.evidence())
        if form.media_type and form.media_type != answer.media_type:
            raise UnmetError(form.media_type, _plain(answer.media_type), answer.evidence())
        if not form.media_type.endswith("json") or form.media_type.endswith("ndjson"):
            return answer.body.decode("utf-8", "replace") if form.media_type else None
        value = answer.json
        self.follows(form.schema, value, answer)
        return value

    def follows(self, schema: str | Mapping[str, Any], value: object, answer: Answer) -> None:
        """See that a value has a schema's form.

        Raises:
            UnmetError: it has not; names the field.
        """
        fault = self.contract.fault(schema, value)
        if fault is not None:
            raise unfit(fault, answer)

    def refused(self, answer: Answer, status: int, code: str) -> Mapping[str, Any]:
        """The problem of an answer that refuses so.

        Raises:
            UnmetError: it is another answer, or its problem is not of the contract's form.
        """
        if (answer.status, answer.code) != (status, code):
            raise UnmetError(f"{status} {code}", answer.said, answer.evidence())
        return self.is_problem(answer)

    def is_problem(self, answer: Answer) -> Mapping[str, Any]:
        """The answer's problem, in the form of the contract.

        Raises:
            UnmetError: it is none.
        """
        if answer.media_type != PROBLEM_MEDIA_TYPE:
            raise UnmetError(PROBLEM_MEDIA_TYPE, _plain(answer.media_type), answer.evidence())
        problem: Any = answer.json
        self.follows("Problem", problem, answer)
        if problem["status"] != answer.status:
            raise UnmetError("the status of the answer in its problem", "another one", answer.evidence("status"))
        if problem["type"] != f"urn:pantau:problem:{problem['code']}":
            raise UnmetError("urn:pantau:problem: and the code", "another type", answer.evidence("type"))
        return dict(problem)

    # ---- what is known

    def limit(self, name: str, otherwise: int) -> int:
        """A limit of the registry's, or the contract's own where it names none that can be used."""
        meta = self.meta.need().json
        limits = meta.get("limits") if isinstance(meta, dict) else None
        found = limits.get(name) if isinstance(limits, dict) else None
        return found if type(found) is int and found >= 0 else otherwise

    def meta_member(self, name: str) -> Any:
        """A member of `/v1/meta`, None where it is not there."""
        meta = self.meta.need().json
        return meta.get(name) if isinstance(meta, dict) else None

    def server_now_s(self) -> float:
        """The registry's time, seconds since 1970; this PC's where it does not tell: clocks may be off."""
        answer = self.ask("GET", "/v1/meta", is_post=False)
        told = answer.json.get("server_time") if isinstance(answer.json, dict) else None
        with suppress(ValueError):
            return datetime.fromisoformat(str(told)).timestamp()
        return time.time()

    @property
    def audience(self) -> str:
        """The token endpoint as it is called."""
        return self.wire.url + TOKEN_PATH

    def claims(self, **changes: object) -> dict[str, object]:
        """Good claims of the post but for the changed ones; None takes one out."""
        return {**good_claims(self.post.need().id, self.audience, self.server_now_s()), **changes}

    # ---- leaving

    def leave(self) -> list[str]:
        """Take everything back and sign officers off; says in a sentence what could not be."""
        left = [said for take_back in reversed(self.at_leave) if (said := _tried(take_back))]
        layouts = [each for each in self.held_layouts if not self._is_deleted(each)]
        left += [f"{len(layouts)} shared layouts could not be deleted"] if layouts else []
        leases = [each for each in self.held_leases if not self._is_gone("/v1/stream-leases/{lease_id}", each)]
        shifts = [each for each in self.open_shifts if not self._is_gone("/v1/shifts/{shift_id}", each)]
        left += [f"{len(leases)} leases could not be given back; they end by themselves"] if leases else []
        return left + ([f"{len(shifts)} shifts could not be signed off; they end by themselves"] if shifts else [])

    def _is_deleted(self, layout_id: str) -> bool:
        revision, shift = self.held_layouts[layout_id]
        fill, headers = {"layout_id": layout_id}, {"If-Match": f'"{revision}"'}
        try:
            answer = self.ask("DELETE", "/v1/layouts/{layout_id}", fill=fill, headers=headers, shift=shift)
        except (RegistryError, SkippedError):
            return False
        return answer.status in (204, 404)

    def _is_gone(self, path: str, which: str) -> bool:
        name = path[path.index("{") + 1 : path.index("}")]
        try:
            return self.ask("DELETE", path, fill={name: which}).status in (204, 404, 409)
        except (RegistryError, SkippedError):
            return False

    # ---- finding out

    def _enrol(self) -> Post:
        """First with the code in another form, which must not matter; then as it was printed."""
        key, code = make_key(), self.guest.code.reveal()
        bare = code.replace("-", "").lower()
        is_free = len(bare) >= _CODE_MIN_LENGTH
        answer = self.ask_enrolment(bare, public_jwk(key)) if is_free else None
        if answer is None or answer.status != 201:
            is_free, answer = False, self.ask_enrolment(code, public_jwk(key))
        if answer.status != 201:
            raise UnmetError("201: is the code fresh?", answer.said, answer.evidence())
        enrolled = answer.json
        post_id = enrolled.get("post_id") if isinstance(enrolled, dict) else None
        if not isinstance(enrolled, dict) or not isinstance(post_id, str):
            raise UnmetError("an id for the post", "none", answer.evidence("post_id"))
        scope = enrolled.get("scope")
        return Post(post_id, key, scope if isinstance(scope, dict) else {}, answer, is_free)

    def _fetch_token(self) -> Token:
        answer = self.ask_token(assertion(self.post.need().key, self.claims()))
        told = answer.json if answer.status == 200 else None
        text = told.get("access_token") if isinstance(told, dict) else None
        lifetime_s = told.get("expires_in") if isinstance(told, dict) else None
        if not isinstance(text, str) or not isinstance(lifetime_s, int):
            raise UnmetError("200 and a token", answer.said, answer.evidence())
        return Token(Secret(text), self.wire.clock() + lifetime_s * _REPLACED_EARLY, answer)

    def _bearer(self) -> Secret:
        """A token that is good, fetched anew halfway through its life."""
        if self._newest is None:
            self._newest = self.token.need()
        elif self.wire.clock() > self._newest.until_s:
            self._newest = self._fetch_token()
        return self._newest.text


def _tried(take_back: Callable[[], str]) -> str:
    try:
        return take_back()
    except (RegistryError, SkippedError, UnmetError):
        return "something that the suite has set could not be taken back"


def _plain(media_type: str) -> str:
    """A media type as a report may name it: a header may hold anything."""
    return media_type if media_type in _USUAL_MEDIA_TYPES else "another media type" if media_type else "none"


def unfit(fault: Fault, answer: Answer) -> UnmetError:
    """A value that does not have the contract's form, as a failure."""
    return UnmetError("the contract's form", str(fault), answer.evidence(fault.field))


def require(is_met: bool, expected: str, came: str, answer: Answer, field: str = "") -> None:
    """See that something holds.

    Raises:
        UnmetError: it does not.
    """
    if not is_met:
        raise UnmetError(expected, came, answer.evidence(field))


def require_no_store(answer: Answer) -> None:
    """See that nobody on the way keeps the answer.

    Raises:
        UnmetError: somebody may.
    """
    words = [word.strip().lower() for word in answer.headers.get("cache-control", "").split(",")]
    require("no-store" in words, "Cache-Control: no-store", "no such header", answer)
