"""The registry's clock. Its times outlive the process, so they are wall-clock times, not monotonic ones."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

NowS = Callable[[], float]
"""Gives the time now, seconds since 1970."""


def utc_text(now_s: float) -> str:
    """A time as the contract writes it, UTC to the second."""
    return datetime.fromtimestamp(now_s, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
