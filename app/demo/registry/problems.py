"""Errors as RFC 9457 problem details: the contract's codes and how each is answered.

Runs in the server's event loop and its worker threads. An error never repeats what was sent: no token,
assertion, code or address gets into one.
"""

from __future__ import annotations

import logging
import math
import secrets
from collections.abc import Mapping, Sequence
from enum import Enum

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.exceptions import HTTPException
from starlette.routing import Match

from app.demo.registry.authorship import Author

_log = logging.getLogger(__name__)
_MEDIA_TYPE = "application/problem+json"
_FIELDS_MAX = 20
_METHODS = ("GET", "POST", "PUT", "DELETE")
"""Those of the contract."""
_BUSY_RETRY_S = 1.0


class ProblemCode(Enum):
    """What can go wrong: the contract's code, status, title and whether asking again may help."""

    INVALID_REQUEST = ("invalid-request", 400, "Invalid request", False)
    SCHEDULE_OVERLAP = ("schedule-overlap", 400, "Schedule overlaps itself", False)
    AUDIT_LINE_INVALID = ("audit-line-invalid", 400, "Line of the journal not valid", False)
    AUDIT_HASH_WRONG = ("audit-hash-wrong", 400, "Hash of the line wrong", False)
    UNSUPPORTED_GRANT_TYPE = ("unsupported-grant-type", 400, "Grant type not supported", False)
    TOKEN_REQUIRED = ("token-required", 401, "Token required", False)
    TOKEN_INVALID = ("token-invalid", 401, "Token not valid", True)
    INVALID_CLIENT = ("invalid-client", 401, "Post not recognised", False)
    SHIFT_REQUIRED = ("shift-required", 401, "Shift required", False)
    SHIFT_INVALID = ("shift-invalid", 401, "Shift not valid", False)
    SIGN_IN_REFUSED = ("sign-in-refused", 401, "Sign-in refused", False)
    ENROLMENT_CODE_INVALID = ("enrolment-code-invalid", 403, "Enrolment code not valid", False)
    ROLE_NOT_ALLOWED = ("role-not-allowed", 403, "Role not allowed", False)
    LAYOUT_NOT_YOURS = ("layout-not-yours", 403, "Layout not yours", False)
    PURPOSE_NOT_ALLOWED = ("purpose-not-allowed", 403, "Purpose not allowed", False)
    NOT_FOUND = ("not-found", 404, "Not found", False)
    LEASE_UNKNOWN = ("lease-unknown", 404, "Lease unknown", False)
    LAYOUT_UNKNOWN = ("layout-unknown", 404, "Layout unknown", False)
    WALL_UNKNOWN = ("wall-unknown", 404, "Wall unknown", False)
    CAMERA_UNKNOWN = ("camera-unknown", 404, "Camera unknown", False)
    PROFILE_UNKNOWN = ("profile-unknown", 404, "Stream profile unknown", False)
    SHIFT_UNKNOWN = ("shift-unknown", 404, "Shift unknown", False)
    POST_UNKNOWN = ("post-unknown", 404, "Post unknown", False)
    METHOD_NOT_ALLOWED = ("method-not-allowed", 405, "Method not allowed", False)
    CAMERA_INACTIVE = ("camera-inactive", 409, "Camera not in service", True)
    TOO_MANY_LAYOUTS = ("too-many-layouts", 409, "Too many layouts", False)
    SHIFT_ENDED = ("shift-ended", 409, "Shift ended", False)
    AUDIT_GAP = ("audit-gap", 409, "Gap in the journal", False)
    AUDIT_CHAIN_BROKEN = ("audit-chain-broken", 409, "Chain of the journal broken", False)
    AUDIT_CONTRADICTION = ("audit-contradiction", 409, "Journal contradicts itself", False)
    CURSOR_EXPIRED = ("cursor-expired", 410, "Cursor expired", False)
    SCOPE_CHANGED = ("scope-changed", 410, "Scope changed", False)
    PRECONDITION_FAILED = ("precondition-failed", 412, "Changed meanwhile", False)
    BODY_TOO_LARGE = ("body-too-large", 413, "Body too large", False)
    OFFICER_LOCKED = ("officer-locked", 423, "Officer locked", True)
    PRECONDITION_REQUIRED = ("precondition-required", 428, "Precondition required", False)
    TOO_MANY_REQUESTS = ("too-many-requests", 429, "Too many requests", True)
    INTERNAL = ("internal", 500, "Internal error", True)
    UNAVAILABLE = ("unavailable", 503, "Not available now", True)
    STREAM_UNAVAILABLE = ("stream-unavailable", 503, "Stream not available", True)

    def __init__(self, code: str, status: int, title: str, is_retryable: bool) -> None:
        self.code = code
        self.status = status
        self.title = title
        self.is_retryable = is_retryable


ASKED = (
    ProblemCode.INVALID_REQUEST,
    ProblemCode.TOKEN_INVALID,
    ProblemCode.TOO_MANY_REQUESTS,
    ProblemCode.INTERNAL,
    ProblemCode.UNAVAILABLE,
)
"""What every operation that needs a token may answer with."""
ASKED_BY_OFFICER = (*ASKED, ProblemCode.SHIFT_ENDED)
"""What every operation that takes a shift's token may answer with."""


class FieldFault(BaseModel):
    """One member of a request that was wrong."""

    field: str
    reason: str


class Conflict(BaseModel):
    """What is there instead of what the caller has seen, and who put it there; None where it came by itself."""

    revision: int
    changed_by: Author | None = None
    changed_at: str | None = None


class Problem(BaseModel):
    """The body of an error, or what is wrong with one item of a batch."""

    type: str
    title: str
    status: int
    detail: str | None = None
    code: str
    retryable: bool
    retry_after_s: float | None = None
    trace_id: str
    errors: list[FieldFault] | None = None
    error: str | None = None
    conflict: Conflict | None = None
    reason: str | None = None

    def to_json(self) -> dict[str, object]:
        """The members that are there; the contract has none that is null."""
        return self.model_dump(mode="json", exclude_none=True)


class ProblemError(HTTPException):
    """Raised where a request cannot be served; becomes the answer.

    Args:
        code: what went wrong.
        detail: one sentence for a person.
        retry_after_s: when to ask again, if the server knows.
        headers: further headers of the answer.
        oauth_error: the RFC 6749 word, for the token endpoint.
        conflict: what is there instead, where a precondition failed.
        reason: a further word for the machine, where one code has several reasons that it may tell.
    """

    def __init__(
        self,
        code: ProblemCode,
        detail: str,
        *,
        retry_after_s: float | None = None,
        headers: Mapping[str, str] | None = None,
        oauth_error: str | None = None,
        conflict: Conflict | None = None,
        reason: str | None = None,
    ) -> None:
        super().__init__(code.status, detail, dict(headers or {}))
        self.code = code
        self.retry_after_s = retry_after_s
        self.oauth_error = oauth_error
        self.conflict = conflict
        self.reason = reason


def problem(code: ProblemCode, detail: str, *, retry_after_s: float | None = None) -> Problem:
    """A problem with a trace id of its own."""
    return Problem(
        type=f"urn:pantau:problem:{code.code}",
        title=code.title,
        status=code.status,
        detail=detail,
        code=code.code,
        retryable=code.is_retryable,
        retry_after_s=retry_after_s,
        trace_id=secrets.token_hex(16),
    )


def problem_response(found: Problem, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """The answer that carries a problem."""
    all_headers = {"Cache-Control": "no-store", **(headers or {})}
    if found.retry_after_s is not None:
        all_headers["Retry-After"] = str(math.ceil(found.retry_after_s))
    return JSONResponse(found.to_json(), found.status, all_headers, _MEDIA_TYPE)


def error_response(error: ProblemError) -> JSONResponse:
    """The answer to a request that raised."""
    found = problem(error.code, str(error.detail), retry_after_s=error.retry_after_s)
    own = {"error": error.oauth_error, "conflict": error.conflict, "reason": error.reason}
    return problem_response(found.model_copy(update=own), error.headers)


def install_handlers(app: FastAPI) -> None:
    """Make every error of the app, its framework and its database a problem."""
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(HTTPException, _on_http_error)
    app.add_exception_handler(OperationalError, _on_database_error)
    app.add_exception_handler(PoolTimeoutError, _on_database_error)  # it is there, and has more to do than it can
    app.add_exception_handler(Exception, _on_bug)


def documented(*codes: ProblemCode) -> dict[int | str, dict[str, object]]:
    """How FastAPI is told which errors an operation answers with."""
    return {code.status: {"model": Problem, "description": code.title} for code in codes}


async def _on_invalid(_request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, RequestValidationError):
        raise error
    found = problem(ProblemCode.INVALID_REQUEST, "The request does not follow the contract.")
    return problem_response(found.model_copy(update={"errors": _field_faults(error.errors())}))


def _field_faults(errors: Sequence[Mapping[str, object]]) -> list[FieldFault]:
    """Where and why, without what was sent: pydantic's own `input` may be a code or a key."""
    return [_field_fault(error) for error in errors[:_FIELDS_MAX]]


def _field_fault(error: Mapping[str, object]) -> FieldFault:
    place = error.get("loc")
    parts = place if isinstance(place, tuple) else ()
    return FieldFault(field=".".join(str(part) for part in parts), reason=str(error.get("msg", "")))


async def _on_http_error(request: Request, error: Exception) -> JSONResponse:
    if isinstance(error, ProblemError):
        return error_response(error)
    if not isinstance(error, HTTPException):
        raise error
    code = _FRAMEWORK_ERRORS.get(error.status_code, ProblemCode.INVALID_REQUEST)
    headers = {"Allow": _allowed(request)} if code is ProblemCode.METHOD_NOT_ALLOWED else error.headers
    return problem_response(problem(code, f"{code.title}."), headers)


def _allowed(request: Request) -> str:
    """The methods that the request's path has; Starlette itself names those of its first route alone."""
    return ", ".join(method for method in _METHODS if _has_route(request, method))


def _has_route(request: Request, method: str) -> bool:
    asked = {**request.scope, "method": method}
    return any(route.matches(asked)[0] is Match.FULL for route in request.app.routes)


_FRAMEWORK_ERRORS: Mapping[int, ProblemCode] = {
    404: ProblemCode.NOT_FOUND,
    405: ProblemCode.METHOD_NOT_ALLOWED,
}


async def _on_database_error(_request: Request, error: Exception) -> JSONResponse:
    found = problem(ProblemCode.UNAVAILABLE, "The registry's data are busy.", retry_after_s=_BUSY_RETRY_S)
    _log.warning("trace_id=%s database: %s", found.trace_id, type(error).__name__)
    return problem_response(found)


async def _on_bug(_request: Request, error: Exception) -> JSONResponse:
    found = problem(ProblemCode.INTERNAL, "The registry failed; its log has the cause under this trace_id.")
    _log.error("trace_id=%s %s", found.trace_id, type(error).__name__)
    return problem_response(found)
