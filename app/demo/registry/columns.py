"""Columns that many of the registry's tables have. Pure."""

from __future__ import annotations

from sqlalchemy import Column, String


def key(name: str) -> Column[str]:
    """A text that a row is found by."""
    return Column(name, String, primary_key=True)


def text(name: str) -> Column[str]:
    """A text that every row has."""
    return Column(name, String, nullable=False)
