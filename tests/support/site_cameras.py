"""Simulated cameras by site: a port for each site, and a log of every connection that one of them has taken.

They run in a child (`python -m tests.support.site_cameras`), which can be killed and started anew on the same
ports with the same login, as a sector's power goes and comes. The child writes its log line by line, with each
connection: nothing of it is lost with the child. A connection that only asks whether somebody is there counts like
any other. One event loop; Linux only.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from functools import partial
from itertools import chain
from pathlib import Path
from socket import SO_REUSEADDR, SOL_SOCKET, socket
from types import TracebackType
from typing import Any, Self, TextIO

from app.core.model import Profile
from app.core.redact import Secret
from app.demo.scenes import scene_for
from app.demo.simulator.auth import Credentials
from app.demo.simulator.connection import Connection, Services
from app.demo.simulator.journal import Journal
from app.demo.simulator.server import LOOPBACK, SESSION_TIMEOUT_S, shipped_clips
from app.demo.simulator.session import WallClock
from app.demo.simulator.store import ClipStore
from tests.support.product import ROOT

_BACKLOG = 256


class SiteCameras:
    """The cameras of several sites; a context manager that starts and ends them.

    Args:
        sites: the codes of each site's cameras.
        username: that every camera takes.
        password: that every camera takes.
        log: where the connections are written.

    Attributes:
        ports: of each site, on loopback. They stay the sites' own while the cameras are away.
    """

    def __init__(self, sites: Sequence[Sequence[str]], username: str, password: str, log: Path) -> None:
        self._task = {"sites": [*map(list, sites)], "username": username, "password": password, "log": str(log)}
        self._log = log
        self._keepers = ExitStack()
        self.ports = [self._keep_port() for _ in sites]

    def _keep_port(self) -> int:
        """A port of ours: bound, so that no other program and no outgoing connection ever gets it."""
        keeper = self._keepers.enter_context(socket())
        keeper.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
        keeper.bind((LOOPBACK, 0))
        return int(keeper.getsockname()[1])

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.cut()
        self._keepers.close()

    def start(self) -> float:
        """Let them come up; gives the monotonic seconds at which the last one is."""
        argv = [sys.executable, "-m", "tests.support.site_cameras"]
        self._process = subprocess.Popen(
            argv, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps({**self._task, "ports": self.ports}) + "\n")
        self._process.stdin.flush()
        assert self._process.stdout.readline(), "the cameras did not start"
        return time.monotonic()

    def cut(self) -> None:
        """Take their power away: no goodbye to anybody."""
        with self._process:
            self._process.kill()

    def connects(self) -> list[list[float]]:
        """When each site was connected to, monotonic seconds, in order."""
        times_s: list[list[float]] = [[] for _ in self.ports]
        for line in self._log.read_text(encoding="utf-8").splitlines():
            site, at_s = json.loads(line)
            times_s[site].append(at_s)
        return times_s


class _Sites:
    """Serves the sites in the child."""

    def __init__(self, task: dict[str, Any], log: TextIO) -> None:
        self._task = task
        self._log = log
        self._store = ClipStore(shipped_clips())
        self._services = Services(
            credentials=Credentials(task["username"], Secret(task["password"])),
            store=self._store,
            clock=WallClock.now(),
            journal=Journal(),
            session_timeout_s=SESSION_TIMEOUT_S,
        )

    async def serve(self) -> None:
        """Until standard input ends."""
        for code in chain.from_iterable(self._task["sites"]):  # who is up need not load its pictures first
            await self._store.clip(scene_for(code), Profile.SUB)
        for site, port in enumerate(self._task["ports"]):
            await asyncio.start_server(partial(self._take, site), LOOPBACK, port, backlog=_BACKLOG)
        sys.stdout.write("up\n")
        sys.stdout.flush()
        has_ended = asyncio.Event()
        asyncio.get_running_loop().add_reader(sys.stdin, has_ended.set)
        await has_ended.wait()

    async def _take(self, site: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._log.write(json.dumps([site, time.monotonic()]) + "\n")
        self._log.flush()
        await Connection(reader, writer, self._services).serve()


def main() -> int:
    """The child."""
    task = json.loads(sys.stdin.readline())
    with Path(task["log"]).open("a", encoding="utf-8") as log:
        asyncio.run(_Sites(task, log).serve())
    return 0


if __name__ == "__main__":
    sys.exit(main())
