"""Where Pantau keeps files of its own on this machine."""

from __future__ import annotations

from pathlib import Path

import platformdirs

NAME = "pantau"


def cache_folder() -> Path:
    """The folder of things that can be fetched again: the last good camera list."""
    return Path(platformdirs.user_cache_path(NAME, appauthor=False))
