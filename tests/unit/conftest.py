"""Drawn examples take as long as a busy machine needs: no deadline for each."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("unhurried", deadline=None)
settings.register_profile("brief", deadline=None, max_examples=5, derandomize=True, database=None)
"""For who looks at which branches are taken (`tests/architecture/test_core_coverage.py`)."""
settings.load_profile("unhurried")
