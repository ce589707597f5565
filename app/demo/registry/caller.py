"""Who is calling: the post of the request's bearer token. Runs in FastAPI's worker threads."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from app.demo.registry.access import Post
from app.demo.registry.problems import ProblemCode, ProblemError
from app.demo.registry.services import Services


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
