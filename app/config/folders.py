"""Where Pantau keeps files of its own on this machine."""

from __future__ import annotations

from pathlib import Path

import platformdirs

NAME = "pantau"


def cache_folder() -> Path:
    """The folder of things that can be fetched again: the last good camera list."""
    return Path(platformdirs.user_cache_path(NAME, appauthor=False))


def settings_folder() -> Path:
    """The folder of what an officer made: saved layouts, tours, own keys."""
    return Path(platformdirs.user_config_path(NAME, appauthor=False))


def state_folder() -> Path:
    """The folder of what the console remembers by itself: what the wall showed last, favourite cameras."""
    return Path(platformdirs.user_state_path(NAME, appauthor=False))


def pictures_folder() -> Path:
    """The folder of snapshots: where this system keeps pictures."""
    return Path(platformdirs.user_pictures_path()) / "Pantau"


def log_folder() -> Path:
    """The folder of the wall's logs."""
    return state_folder() / "logs"


def journal_folder() -> Path:
    """The folder of the journal: who looked at what on this PC."""
    return state_folder() / "journal"
