"""A PostgreSQL server of the tests' own: a folder, a Unix socket in it, and no port.

It runs as another user where the tests run as root, which PostgreSQL refuses to be run by. It never waits for the
disk unless told to: tests lose nothing by that.
"""

from __future__ import annotations

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import uuid
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psycopg

from app.demo.registry.data_place import PostgresPlace
from tests.waiting import until

USER = "pantau"
_PR_SET_PDEATHSIG = 1
_USERS = ("postgres", "nobody")
"""Who runs it in root's place."""
_CARELESS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
_SETTINGS = ("listen_addresses=", "max_connections=200", "log_min_messages=panic")
_STARTS_WITHIN_S = _ENDS_WITHIN_S = 60.0


class PostgresServer:
    """A running server; a context manager.

    Args:
        is_durable: whether it writes as a real one does.
    """

    def __init__(self, is_durable: bool = False) -> None:
        self._settings = _SETTINGS if is_durable else (*_SETTINGS, *_CARELESS)
        self._account = _account()

    def __enter__(self) -> Self:
        self._folder = Path(tempfile.mkdtemp(prefix="pantau-pg-"))  # short: a socket's path has 107 bytes
        if self._account:
            os.chown(self._folder, self._account.pw_uid, self._account.pw_gid)
        data = self._folder / "data"
        # The order of Indonesian words, as a real server might have it: the registry's own order must not be that.
        ordered = ["--encoding=UTF8", "--locale-provider=icu", "--icu-locale=id", "--locale=C"]
        trusting = ["--auth=trust", f"--username={USER}", "--no-sync", "--no-instructions"]
        subprocess.run(
            [_program("initdb"), "-D", str(data), *ordered, *trusting],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=self._folder,
            **self._as_account(),
        )
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        shutil.rmtree(self._folder)

    @property
    def folder(self) -> Path:
        """Where its socket is."""
        return self._folder

    def start(self) -> None:
        """Begin to serve."""
        settings = [word for each in self._settings for word in ("-c", each)]
        self._process = subprocess.Popen(
            [_program("postgres"), "-D", str(self._folder / "data"), "-k", str(self._folder), *settings],
            cwd=self._folder,
            start_new_session=True,
            preexec_fn=_end_with_parent,
            **self._as_account(),
        )
        until(self._answers, within_s=_STARTS_WITHIN_S, what="PostgreSQL")

    def stop(self) -> None:
        """End at once, as an orderly restart does: whoever is connected is cut off."""
        self._process.send_signal(signal.SIGINT)
        self._process.wait(_ENDS_WITHIN_S)

    def new_database(self) -> PostgresPlace:
        """An empty database."""
        return new_database(self._folder)

    def _answers(self) -> bool:
        assert self._process.poll() is None, "the server has ended"
        try:
            _connect(self._folder).close()
        except psycopg.OperationalError:
            return False
        return True

    def _as_account(self) -> dict[str, Any]:
        account = self._account
        return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}


def new_database(folder: Path) -> PostgresPlace:
    """An empty database of the server with that folder."""
    name = f"r{uuid.uuid4().hex}"
    with _connect(folder) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')  # type: ignore[call-overload]
    return PostgresPlace(f"postgresql://{USER}@/{name}?host={folder}")


def _connect(folder: Path) -> psycopg.Connection[Any]:
    return psycopg.connect(host=str(folder), user=USER, dbname="postgres", autocommit=True)


def _end_with_parent() -> None:
    """In the child: a run of the tests that is killed leaves no server behind (prctl(2))."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGINT)


def _account() -> pwd.struct_passwd | None:
    """The other user; None where the tests are run by one that will do."""
    if os.geteuid() != 0:
        return None
    known: Sequence[str] = [entry.pw_name for entry in pwd.getpwall()]
    return pwd.getpwnam(next(name for name in _USERS if name in known))


def _program(name: str) -> str:
    """Debian keeps a release's programs in a folder of their own."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda each: int(each.parts[-3]))
    program = found[-1] if found else shutil.which(name)
    assert program, "PostgreSQL is missing: python3 dev.py setup test installs it"
    return str(program)
