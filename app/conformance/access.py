"""The group `access`: how a PC becomes a post, and how it proves that it is one."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

from app.conformance.contract import Operation
from app.conformance.guest import assertion, make_key, nobodys_number, public_jwk
from app.conformance.verdict import Check, SkippedError
from app.conformance.visit import Visit, require, require_no_store
from app.conformance.wire import Answer
from app.core.redact import Secret

_TOO_LONG_S = 900
"""Above the 300 s that an assertion may be good for, and the 30 s that clocks may differ."""
_AGO_S = 300
_NOT_A_POST = "post_of_pantau_check_that_nobody_is"


class AccessChecks:
    """Makes the checks of one visit."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._refusals: list[Answer] = []

    def checks(self) -> tuple[Check, ...]:
        """In the order in which they are made."""
        return (
            *self._enrolment_checks(),
            Check(
                "access.token",
                "A post that proves itself gets a bearer token for ten minutes at most.",
                self.token,
            ),
            Check("access.token-no-store", "A token is kept by nobody on the way.", self.token_no_store),
            *self._assertion_checks(),
            Check("access.grant", "Another grant is answered with 400 unsupported-grant-type.", self.grant),
            Check(
                "access.token-required",
                "What needs the post's token is answered without one by 401 token-required, and a challenge.",
                self.token_required,
            ),
            Check(
                "access.token-invalid",
                "A token that is unknown is answered with 401 token-invalid, which is retryable with a new one.",
                self.token_invalid,
            ),
        )

    def _enrolment_checks(self) -> tuple[Check, ...]:
        return (
            Check("access.enrol", "A one-time code and a public key make this PC a post.", self.enrol),
            Check("access.enrol-no-store", "The answer to an enrolment is kept by nobody.", self.enrol_no_store),
            Check(
                "access.code-form",
                "A code may come in small letters; its hyphens are for reading only.",
                self.code_form,
            ),
            Check("access.code-once", "A code dies with its use: 403 enrolment-code-invalid.", self.code_once),
            Check(
                "access.bad-key",
                "A malformed key is refused with 400 before the code is looked at.",
                self.bad_key,
            ),
            Check("access.private-key", "A key that has its private half with it is refused.", self.private_key),
        )

    def _assertion_checks(self) -> tuple[Check, ...]:
        wrong: tuple[tuple[str, str, Callable[[], Secret]], ...] = (
            ("replay", "An assertion is good once.", self._replayed),
            (
                "audience",
                "An assertion for another audience proves nothing.",
                self._made(aud="https://other.example"),
            ),
            ("expired", "An assertion that is over proves nothing.", self._expired),
            ("lifetime", "An assertion is good for 300 s at most.", self._too_long),
            ("wrong-key", "An assertion that another key signed proves nothing.", self._of_another_key),
            ("algorithm", "An assertion is signed by ES256 and nothing else.", self._symmetric),
            ("subject", "An assertion's subject is the post that issued it.", self._made(sub=_NOT_A_POST)),
            ("jti", "An assertion has a jti of at least 16 characters.", self._made(jti="short")),
            ("unknown-post", "A post that is not known is refused.", self._of_nobody),
        )
        each = tuple(Check(f"access.{name}", wants, self._is_refused(make)) for name, wants, make in wrong)
        alike = "Every reason to refuse a post has one and the same answer."
        return (*each, Check("access.refusals-alike", alike, self.refusals_alike))

    # ---- enrolling

    def enrol(self) -> None:
        """The form of the answer."""
        self._visit.expect(self._visit.post.get().answer, 201)

    def enrol_no_store(self) -> None:
        """Its header."""
        require_no_store(self._visit.post.need().answer)

    def code_form(self) -> None:
        """It was tried first in another form."""
        post = self._visit.post.need()
        if self._visit.guest.code.reveal() == self._visit.guest.code.reveal().lower().replace("-", ""):
            raise SkippedError("this code has neither hyphens nor capitals")
        require(post.code_is_free_in_form, "201 without hyphens and capitals", "201 as printed alone", post.answer)

    def code_once(self) -> None:
        """The used code and another key; one wrong code for the registry's count."""
        self._visit.post.need()
        answer = self._visit.ask_enrolment(self._visit.guest.code.reveal(), public_jwk(make_key()))
        self._visit.refused(answer, 403, "enrolment-code-invalid")

    def bad_key(self) -> None:
        """With the used code, which would be a reason of its own."""
        self._visit.post.need()
        bad = {**public_jwk(make_key()), "crv": "P-384"}
        answer = self._visit.ask_enrolment(self._visit.guest.code.reveal(), bad)
        self._visit.refused(answer, 400, "invalid-request")

    def private_key(self) -> None:
        """The half that comes along is made up, and nobody's."""
        self._visit.post.need()
        both = {**public_jwk(make_key()), "d": secrets.token_urlsafe(32)}
        answer = self._visit.ask_enrolment(self._visit.guest.code.reveal(), both)
        self._visit.refused(answer, 400, "invalid-request")

    # ---- tokens

    def token(self) -> None:
        """The form of the answer, whose schema has the ten minutes."""
        self._visit.expect(self._visit.token.get().answer, 200)

    def token_no_store(self) -> None:
        """Its header."""
        require_no_store(self._visit.token.need().answer)

    def grant(self) -> None:
        """A grant of OAuth that a post has no use for."""
        proof = assertion(self._visit.post.need().key, self._visit.claims())
        problem = self._visit.refused(
            answer := self._visit.ask_token(proof, grant_type="password"), 400, "unsupported-grant-type"
        )
        word = problem.get("error")
        require(word == "unsupported_grant_type", "the word of RFC 6749 in error", "another", answer, "error")

    def refusals_alike(self) -> None:
        """Of all that was refused before."""
        if not self._refusals:
            raise SkippedError("nothing was refused")
        first = self._refusals[0]
        for other in self._refusals[1:]:
            for member in ("status", "code", "title", "detail", "error"):
                same = _member(first, member) == _member(other, member)
                require(same, "one answer for every reason", "answers that differ", other, member)

    def _is_refused(self, make: Callable[[], Secret]) -> Callable[[], None]:
        def check() -> None:
            answer = self._visit.ask_token(make())
            self._visit.refused(answer, 401, "invalid-client")
            self._refusals.append(answer)

        return check

    def _made(self, **changes: object) -> Callable[[], Secret]:
        return lambda: assertion(self._visit.post.need().key, self._visit.claims(**changes))

    def _replayed(self) -> Secret:
        proof = self._made()()
        self._visit.expect(self._visit.ask_token(proof), 200)
        return proof

    def _expired(self) -> Secret:
        then_s = int(self._visit.server_now_s()) - _AGO_S
        return self._made(iat=then_s - 60, exp=then_s)()

    def _too_long(self) -> Secret:
        return self._made(exp=int(self._visit.server_now_s()) + _TOO_LONG_S)()

    def _of_another_key(self) -> Secret:
        return assertion(make_key(), self._visit.claims())

    def _symmetric(self) -> Secret:
        return assertion(secrets.token_hex(32), self._visit.claims(), "HS256")

    def _of_nobody(self) -> Secret:
        return self._made(iss=_NOT_A_POST, sub=_NOT_A_POST)()

    # ---- every operation

    def token_required(self) -> None:
        """Each operation as the contract's example calls it, whose ids are nobody's."""
        for operation in self._protected():
            answer = self._called(operation, {})
            self._visit.refused(answer, 401, "token-required")
            require(_challenges(answer), "WWW-Authenticate: Bearer", "another or none", answer)

    def token_invalid(self) -> None:
        """The same with a token of nobody's."""
        for operation in self._protected():
            answer = self._called(operation, {"Authorization": f"Bearer {secrets.token_urlsafe(32)}"})
            problem = self._visit.refused(answer, 401, "token-invalid")
            require(problem["retryable"], "retryable: true", "false", answer, "retryable")
            require(_challenges(answer), "WWW-Authenticate: Bearer", "another or none", answer)

    def _protected(self) -> list[Operation]:
        return [operation for operation in self._visit.contract.operations() if operation.needs_post]

    def _called(self, operation: Operation, headers: dict[str, str]) -> Answer:
        return self._visit.ask(
            operation.method,
            operation.path,
            fill=operation.fill,
            query=operation.query,
            headers={**operation.headers, **headers},
            body=_harmless(operation.body),
            media_type=operation.media_type,
            is_post=False,
        )


def _harmless(body: object) -> object:
    """An example's body; a sign-in in it is nobody's, whatever officers a registry has."""
    if isinstance(body, dict) and "service_number" in body:
        return {**body, "service_number": nobodys_number()}
    return body.encode() if isinstance(body, str) else body


def _challenges(answer: Answer) -> bool:
    return answer.headers.get("www-authenticate", "").lower().startswith("bearer")


def _member(answer: Answer, name: str) -> Any:
    problem = answer.json
    return problem.get(name) if isinstance(problem, dict) else None
