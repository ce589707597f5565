"""Revisions, by which nobody writes over somebody else's change: what answers say of them. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.conformance.verdict import UnmetError
from app.conformance.visit import require
from app.conformance.wire import Answer


def revision_of(answer: Answer) -> int:
    """The revision that an answer names.

    Raises:
        UnmetError: it names none.
    """
    told = answer.json
    revision = told.get("revision") if isinstance(told, dict) else None
    if type(revision) is not int:
        raise UnmetError("a revision", answer.said, answer.evidence("revision"))
    return revision


def require_etag(told: Mapping[str, Any], answer: Answer) -> None:
    """See that the validator of an answer is its revision.

    Raises:
        UnmetError: it is another one.
    """
    wanted = f'"{told["revision"]}"'
    require(answer.headers.get("etag") == wanted, "ETag: the revision in quotes", "another or none", answer)


def require_conflict(problem: Mapping[str, Any], revision: int, answer: Answer) -> None:
    """See that whoever is refused is told who made the change, and its revision.

    Raises:
        UnmetError: they are not.
    """
    conflict = problem.get("conflict") or {}
    is_told = conflict.get("revision") == revision and bool(conflict.get("changed_by"))
    require(is_told, "in conflict who changed it, and its revision", "another or none", answer, "conflict")
