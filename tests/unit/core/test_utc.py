"""Times of the calendar as other machines read them."""

from __future__ import annotations

import pytest

from app.core.utc import rfc3339


@pytest.mark.parametrize(
    ("seconds", "text"), [(0.0, "1970-01-01T00:00:00.000Z"), (1_764_000_000.25, "2025-11-24T16:00:00.250Z")]
)
def test_times_are_in_utc_to_the_millisecond(seconds: float, text: str) -> None:
    assert rfc3339(seconds) == text
