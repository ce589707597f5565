"""Reads a CSV file of posts that are to enrol: `name,scope`.

A bad row is left out and named; it never sinks the others. Runs in the thread that calls it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.core.model import Reject
from app.demo.catalogue.table_file import Heading, read_unique
from app.demo.registry.models import Scope
from app.demo.registry.officer_file import checked_name, checked_scope

_COLUMNS = ("name", "scope")
_HEADING = Heading(_COLUMNS, _COLUMNS)


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post that is to enrol: what it is called, and what it may see."""

    name: str
    scope: Scope


@dataclass(frozen=True, slots=True)
class PostFile:
    """The good rows of a file, and what was wrong with the others."""

    posts: tuple[PostRow, ...]
    rejected: tuple[Reject, ...]


def read_post_file(path: Path) -> PostFile:
    """Read and check a file.

    Raises:
        ConfigError: it cannot be read or has no usable heading; one sentence.
    """
    return PostFile(*read_unique(path, _HEADING, "name", _post, lambda post: post.name))


def _post(row: Mapping[str, str]) -> PostRow:
    return PostRow(checked_name(row["name"]), checked_scope(row))
