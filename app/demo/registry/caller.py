"""Who is calling: the post of the request's bearer token, and the officer of its shift's token.

Runs in FastAPI's worker threads.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from app.demo.registry.access import Post
from app.demo.registry.officers import Officer, Role
from app.demo.registry.problems import ProblemCode, ProblemError
from app.demo.registry.services import Services
from app.demo.registry.shifts import Shift, ShiftEnd

_SHIFT_HEADER = "Pantau-Shift"
SHIFT_CHALLENGE = {"WWW-Authenticate": _SHIFT_HEADER}
"""Of every 401 that a new token of the post does not mend."""


def current_post(request: Request) -> Post:
    """The calling post.

    Raises:
        ProblemError: there is no token, or it is unknown or over.
    """
    services: Services = request.app.state.services
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        detail = "This needs a bearer token."
        raise ProblemError(ProblemCode.TOKEN_REQUIRED, detail, headers={"WWW-Authenticate": "Bearer"})
    post = services.access.post_of_token(token.strip())
    if post is None:
        headers = {"WWW-Authenticate": 'Bearer error="invalid_token"'}
        detail = "The token is unknown or over: ask for a new one."
        raise ProblemError(ProblemCode.TOKEN_INVALID, detail, headers=headers)
    return post


CallingPost = Annotated[Post, Depends(current_post)]


def current_officer(request: Request, post: CallingPost) -> Officer:
    """The officer who works at the calling post.

    Raises:
        ProblemError: there is no shift's token, it is not one of this post, or the shift is over.
    """
    return require_officer(officer_if_any(request, post))


def require_officer(officer: Officer | None) -> Officer:
    """The officer who sent a shift's token.

    Raises:
        ProblemError: nobody did.
    """
    if officer is None:
        detail = "This is done in an officer's name: it needs a shift's token."
        raise ProblemError(ProblemCode.SHIFT_REQUIRED, detail, headers=SHIFT_CHALLENGE)
    return officer


def officer_if_any(request: Request, post: CallingPost) -> Officer | None:
    """The officer of the shift's token, None where none is sent.

    Raises:
        ProblemError: it is not one of this post, or the shift is over.
    """
    token = request.headers.get(_SHIFT_HEADER, "").strip()
    if not token:
        return None
    services: Services = request.app.state.services
    found = services.people.shifts.of_token(post.id, token)
    if isinstance(found, Shift):
        return found.officer
    if found is None:
        detail = "The shift's token is none of this post."
        raise ProblemError(ProblemCode.SHIFT_INVALID, detail, headers=SHIFT_CHALLENGE)
    raise shift_ended(found)


def shift_ended(end: ShiftEnd) -> ProblemError:
    """What tells a post that one of its shifts is over, and why."""
    detail = "This shift is over: the next officer signs in."
    return ProblemError(ProblemCode.SHIFT_ENDED, detail, reason=end.value)


CallingOfficer = Annotated[Officer, Depends(current_officer)]
CallingOfficerIfAny = Annotated[Officer | None, Depends(officer_if_any)]


def current_chief(officer: CallingOfficer) -> Officer:
    """The calling officer, who is a chief.

    Raises:
        ProblemError: the officer is none, whatever was asked for: nothing is looked up before.
    """
    if officer.role is not Role.CHIEF:
        raise ProblemError(ProblemCode.ROLE_NOT_ALLOWED, "Only a chief may do this.")
    return officer


CallingChief = Annotated[Officer, Depends(current_chief)]
