"""Figures that nothing measured are unknown, not nought."""

from __future__ import annotations

from dataclasses import fields

from app.core.budget import Surface
from app.core.figures import StreamFigures
from app.core.model import Profile


def test_what_nobody_measured_is_unknown() -> None:
    figures = StreamFigures(Profile.SUB, Surface.SHARED, "av", "")
    measured = {field.name for field in fields(figures) if field.name.endswith(("_s", "_fps", "_kbps", "_px"))}
    assert measured and all(getattr(figures, name) is None for name in measured)
