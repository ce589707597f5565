"""Fixtures that hold every test to the same rules (`guards.py`), and a private X server for who asks for it."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests import guards
from tests.support.places import FOLDER_VARIABLE, NewPlace
from tests.xdisplay import XDisplay, open_display

if TYPE_CHECKING:
    from tests.support.postgres import PostgresServer

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # read when the first QApplication is made

OPTION = "--postgresql"
KEYRING_THAT_REFUSES = "keyring.backends.fail.Keyring"


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--postgresql`: the registries of this run keep their data in a PostgreSQL server of the tests' own."""
    parser.addoption(OPTION, action="store_true", help="keep the data of all registries in PostgreSQL")


def pytest_configure(config: pytest.Config) -> None:
    """Start that server in the one process that starts the others: they find it by their environment."""
    if config.getoption(OPTION) and not hasattr(config, "workerinput"):
        from tests.support.postgres import PostgresServer

        server = PostgresServer().__enter__()
        os.environ[FOLDER_VARIABLE] = str(server.folder)
        config.add_cleanup(lambda: server.__exit__(None, None, None))


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server for the tests that ask for it."""
    if sys.platform == "win32":
        pytest.skip("the tests' PostgreSQL is Debian's")
    from tests.support.postgres import PostgresServer

    with PostgresServer() as server:
        yield server


@pytest.fixture(scope="module", params=("sqlite", "postgresql"))
def new_place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> NewPlace:
    """Makes places for a registry's data: the test runs once for each kind of database."""
    if request.param == "sqlite":
        return lambda: tmp_path_factory.mktemp("data") / "registry.sqlite"
    server: PostgresServer = request.getfixturevalue("postgres")
    return server.new_database


@pytest.fixture(autouse=True)
def fresh_home(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home without settings, caches or keys: this test's own, also for its child processes."""
    home = tmp_path_factory.mktemp("home")
    folders = {
        "HOME": home,
        "USERPROFILE": home,
        "APPDATA": home / "AppData" / "Roaming",
        "LOCALAPPDATA": home / "AppData" / "Local",
        "XDG_CONFIG_HOME": home / ".config",
        "XDG_DATA_HOME": home / ".local" / "share",
        "XDG_STATE_HOME": home / ".local" / "state",
        "XDG_CACHE_HOME": home / ".cache",
    }
    for variable, folder in folders.items():  # the product makes what it needs: nine folders a test add up
        monkeypatch.setenv(variable, str(folder))
    for variable in [name for name in os.environ if name.startswith("PANTAU_")]:
        monkeypatch.delenv(variable)
    monkeypatch.setenv("PANTAU_LANGUAGE", "en")  # the language that tests are written in; its own tests change it
    with tempfile.TemporaryDirectory(prefix="pantau-run-") as runtime:  # sockets live here: the path must be short
        monkeypatch.setenv("XDG_RUNTIME_DIR", runtime)
        yield home


@pytest.fixture(autouse=True)
def refusing_keyring(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A keyring that refuses, here and in child processes, unless the test is marked `real_keyring`."""
    if request.node.get_closest_marker("real_keyring") is not None:
        return
    import keyring.core
    from keyring.backends.fail import Keyring

    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", KEYRING_THAT_REFUSES)
    monkeypatch.setattr(keyring.core, "_keyring_backend", Keyring())


@pytest.fixture(autouse=True)
def loopback_only(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No connection beyond this machine; `black_hole` allows the documentation networks."""
    black_hole = request.node.get_closest_marker("black_hole") is not None
    with guards.loopback_only(monkeypatch, black_hole=black_hole):
        yield


@pytest.fixture(autouse=True)
def nothing_left_running(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No thread and no child process outlives its test."""
    with guards.no_leaked_process(), guards.no_leaked_thread(monkeypatch):
        yield


@pytest.fixture(autouse=True)
def log_as_before() -> Iterator[None]:
    """No test's log goes on into the next one."""
    with guards.log_as_before():
        yield


@pytest.fixture(autouse=True)
def no_qt_leftovers(request: pytest.FixtureRequest) -> Iterator[None]:
    """No window stays open and no timer runs on after a test that uses Qt."""
    if "qapp" not in request.fixturenames:
        yield
        return
    from PySide6.QtWidgets import QApplication

    known_windows = {id(window) for window in QApplication.topLevelWidgets()}
    yield
    guards.assert_no_qt_leftovers(known_windows)


@pytest.fixture
def xvfb() -> Iterator[XDisplay]:
    """A private X server of 1920×1080 pixels, for child processes: `Popen(…, env=xvfb.env())`."""
    if sys.platform == "win32":
        pytest.skip("there is no X server on Windows")
    with open_display() as display:
        yield display
