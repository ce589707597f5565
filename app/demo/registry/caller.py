"""Who is calling: the post of the request's bearer token, and the officer of its shift's token.

Runs in FastAPI's worker threads.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from app.demo.registry.access import Post
from app.demo.registry.officers_seam import Officer, Role
from app.demo.registry.problems import ProblemCode, ProblemError
from app.demo.registry.services import Services

_SHIFT_HEADER = "Pantau-Shift"
_SHIFT_CHALLENGE = {"WWW-Authenticate": _SHIFT_HEADER}


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


def officer_if_any(request: Request, post: CallingPost) -> Officer | None:
    """The officer who has a shift at the calling post; None where the request names no shift.

    Raises:
        ProblemError: the shift's token is unknown, over or of another post.
    """
    services: Services = request.app.state.services
    token = request.headers.get(_SHIFT_HEADER, "").strip()
    if not token:
        return None
    officer = services.officers.officer_of(post.id, token)
    if officer is None:
        detail = "This shift is unknown at this post or over: sign in again."
        raise ProblemError(ProblemCode.SHIFT_INVALID, detail, headers=_SHIFT_CHALLENGE)
    return officer


OfficerIfAny = Annotated[Officer | None, Depends(officer_if_any)]


def current_officer(officer: OfficerIfAny) -> Officer:
    """The officer who has a shift at the calling post.

    Raises:
        ProblemError: the request names no shift.
    """
    if officer is None:
        detail = "This needs an officer with a shift at this post."
        raise ProblemError(ProblemCode.SHIFT_REQUIRED, detail, headers=_SHIFT_CHALLENGE)
    return officer


CallingOfficer = Annotated[Officer, Depends(current_officer)]


def current_chief(officer: CallingOfficer) -> Officer:
    """The calling officer, who is a chief.

    Raises:
        ProblemError: the officer is none, whatever was asked for: nothing is looked up before.
    """
    if officer.role is not Role.CHIEF:
        raise ProblemError(ProblemCode.ROLE_NOT_ALLOWED, "Only a chief may do this.")
    return officer


CallingChief = Annotated[Officer, Depends(current_chief)]
