"""Conditional requests (RFC 9110 section 13): revisions as validators, and what `If-Match` has to say. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Literal

from fastapi import Header

from app.demo.registry.authorship import Author
from app.demo.registry.problems import Conflict, ProblemCode, ProblemError

IfNoneMatch = Annotated[str | None, Header(alias="If-None-Match")]
IfNew = Annotated[Literal["*"] | None, Header(alias="If-None-Match")]
"""Of a PUT that makes something new."""
NOT_MODIFIED: Mapping[int | str, dict[str, object]] = MappingProxyType(
    {304: {"description": "What the client holds is still good."}}
)
"""How FastAPI is told of the answer to an `If-None-Match` that holds."""
IfMatch = Annotated[str | None, Header(alias="If-Match", pattern=r'^"[0-9]{1,15}"$')]


def etag(revision: int) -> str:
    """The validator of a revision."""
    return f'"{revision}"'


def holds(if_none_match: str | None, validator: str) -> bool:
    """Whether the client's list of validators names this one (RFC 9110 section 13.1.2)."""
    held = [each.strip().removeprefix("W/") for each in (if_none_match or "").split(",")]
    return validator in held or held == ["*"]


def seen_revision(if_match: str | None) -> int:
    """The revision that the client has seen and means to change.

    Raises:
        ProblemError: it does not say.
    """
    if if_match is None:
        detail = "This needs If-Match with the ETag of what is to be changed."
        raise ProblemError(ProblemCode.PRECONDITION_REQUIRED, detail)
    return int(if_match.strip('"'))


def changed_meanwhile(what: str, revision: int, by: Author | None, at: str | None) -> ProblemError:
    """The error for a change of what is not as the client has seen it.

    Args:
        what: what it is, at the beginning of a sentence.
        revision: the revision that it has.
        by: who changed it last; None where it changed by itself.
        at: when that was, as the contract writes times; None where it never changed.
    """
    who = f"{by.name} changed it" if by else "it changed by itself"
    when = f"{who} at {at}" if at else "nothing was ever set"
    detail = f"{what} is not as you have seen it: {when}."
    conflict = Conflict(revision=revision, changed_by=by, changed_at=at)
    return ProblemError(ProblemCode.PRECONDITION_FAILED, detail, conflict=conflict)
