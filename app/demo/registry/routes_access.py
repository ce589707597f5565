"""`/oauth2/token` and `/v1/enrolments`: how a PC becomes a post and receives tokens."""

from __future__ import annotations

from urllib.parse import parse_qs

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool

from app.demo.registry.limits import TOKEN_LIFETIME_S
from app.demo.registry.models import EnrolmentAnswer, EnrolmentRequest, TokenAnswer
from app.demo.registry.problems import ProblemCode, ProblemError, documented
from app.demo.registry.services import Services
from app.demo.registry.tokens import public_key

_GRANT = "client_credentials"
_ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_FORM = "application/x-www-form-urlencoded"
_ASSERTION_MAX_LENGTH = 4_096
_NO_STORE = {"Cache-Control": "no-store"}
_ANY_TIME = (ProblemCode.TOO_MANY_REQUESTS, ProblemCode.INTERNAL, ProblemCode.UNAVAILABLE)


class AccessRoutes:
    """The endpoints that need no token."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def router(self) -> APIRouter:
        """The routes with what they answer."""
        router = APIRouter()
        wrong = documented(ProblemCode.INVALID_REQUEST, ProblemCode.BODY_TOO_LARGE, *_ANY_TIME)
        router.add_api_route(
            "/oauth2/token",
            self.token,
            methods=["POST"],
            response_model=TokenAnswer,
            responses={**wrong, **documented(ProblemCode.INVALID_CLIENT)},
        )
        router.add_api_route(
            "/v1/enrolments",
            self.enrol,
            methods=["POST"],
            status_code=201,
            response_model=EnrolmentAnswer,
            responses={**wrong, **documented(ProblemCode.ENROLMENT_CODE_INVALID)},
        )
        return router

    async def token(self, request: Request) -> JSONResponse:
        """A token for a post that proves itself. The form is read by hand: it needs no parser for files."""
        assertion = _assertion(request.headers.get("content-type", ""), await request.body())
        token = await run_in_threadpool(self._services.tokens.token_for, assertion)
        if token is None:
            detail = "The assertion does not prove an enrolled post."
            raise ProblemError(ProblemCode.INVALID_CLIENT, detail, oauth_error="invalid_client")
        answer = TokenAnswer(access_token=token, expires_in=TOKEN_LIFETIME_S)
        return JSONResponse(answer.model_dump(), headers=_NO_STORE)

    def enrol(self, request: Request, body: EnrolmentRequest) -> JSONResponse:
        """Make a PC a post by its one-time code."""
        peer = request.client.host if request.client else ""
        wait_s = self._services.wrong_codes.wait_s(peer)
        if wait_s:
            detail = "Too many wrong enrolment codes: wait before the next try."
            raise ProblemError(ProblemCode.TOO_MANY_REQUESTS, detail, retry_after_s=wait_s)
        try:
            public_key(body.public_key)
        except ValueError as error:
            detail = "The public key is no point of the curve P-256."
            raise ProblemError(ProblemCode.INVALID_REQUEST, detail) from error
        post = self._services.access.enrol(body.code, body.public_key)
        if post is None:
            self._services.wrong_codes.note(peer)
            detail = "This code is wrong, was used before or is over: ask IT for a new one."
            raise ProblemError(ProblemCode.ENROLMENT_CODE_INVALID, detail)
        answer = EnrolmentAnswer(post_id=post.id, name=post.name, scope=post.scope)
        return JSONResponse(answer.model_dump(mode="json"), 201, _NO_STORE)


def _assertion(content_type: str, body: bytes) -> str:
    """The client assertion of a token request.

    Raises:
        ProblemError: the request is not of the contract's form.
    """
    if content_type.partition(";")[0].strip().lower() != _FORM:
        raise _invalid(f"A token request is {_FORM}.")
    try:
        form = parse_qs(body.decode("ascii"), strict_parsing=True, max_num_fields=20)
    except ValueError as error:
        raise _invalid("The form cannot be read.") from error
    if _single(form, "grant_type") != _GRANT:
        detail = f"Only {_GRANT} is served."
        raise ProblemError(ProblemCode.UNSUPPORTED_GRANT_TYPE, detail, oauth_error="unsupported_grant_type")
    if _single(form, "client_assertion_type") != _ASSERTION_TYPE:
        raise _invalid(f"client_assertion_type is {_ASSERTION_TYPE}.")
    return _single(form, "client_assertion", _ASSERTION_MAX_LENGTH)


def _single(form: dict[str, list[str]], name: str, most: int = 200) -> str:
    values = form.get(name, [])
    if len(values) != 1 or len(values[0]) > most:
        raise _invalid(f"{name} is needed once.")
    return values[0]


def _invalid(detail: str) -> ProblemError:
    return ProblemError(ProblemCode.INVALID_REQUEST, detail, oauth_error="invalid_request")
