"""What is shipped is made once, and only for who asks for these tests by their folder: that takes minutes."""

from __future__ import annotations

from pathlib import Path

import pytest

from devtools.bundling.freeze import make_bundle
from devtools.bundling.windows import make_windows_bundle
from devtools.packages import Command
from devtools.system import ensure_system_packages

FOLDER = Path(__file__).parent
MAKING_LIMIT_S = 1800


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave this folder out unless the command line names it or something in it."""
    asked = (Path(config.invocation_params.dir, word.partition("::")[0]).resolve() for word in config.args)
    is_asked_for = any(path == FOLDER or FOLDER in path.parents for path in asked)
    return None if is_asked_for else True


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Who comes first waits until everything is made."""
    for item in items:
        if FOLDER in item.path.parents and item.get_closest_marker("timeout") is None:
            item.add_marker(pytest.mark.timeout(MAKING_LIMIT_S))


@pytest.fixture(scope="session")
def frozen() -> Path:
    """The folder of the product frozen for this system, of these very sources."""
    ensure_system_packages(Command.BUNDLE, makes_venv=False)
    return make_bundle()


@pytest.fixture(scope="session")
def frozen_for_windows() -> Path:
    """The folder of the product frozen for Windows, of these very sources."""
    ensure_system_packages(Command.INSTALLER, makes_venv=False)
    return make_windows_bundle()
