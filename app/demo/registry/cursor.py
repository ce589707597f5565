"""Cursors: a place in the registry's history for one scope, as a text that clients do not look into. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

_FORM = re.compile(r"([0-9a-f]{8})\.([0-9]{1,15})\.([0-9a-f]{8})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Cursor:
    """After revision `rev` of an epoch, seen through the scope with that mark."""

    epoch: str
    rev: int
    scope_mark: str

    def __str__(self) -> str:
        return f"{self.epoch}.{self.rev}.{self.scope_mark}"


def parse_cursor(text: str) -> Cursor | None:
    """The cursor, or None for what this server never gave out."""
    match = _FORM.fullmatch(text)
    return Cursor(match[1], int(match[2]), match[3]) if match else None
