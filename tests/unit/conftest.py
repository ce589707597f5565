"""Drawn examples take as long as a busy machine needs: no deadline for each."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
