"""The camera simulator: an RTSP server on loopback that plays every camera of the demo.

`Simulator` lives in the event loop that starts it; `SimulatorThread` gives it a thread and a loop of its own
for callers that have none (tests).
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any, Self, TextIO, TypeVar

from app.demo.simulator.auth import Credentials
from app.demo.simulator.connection import Connection, Services
from app.demo.simulator.journal import Event, Journal
from app.demo.simulator.session import WallClock
from app.demo.simulator.store import ClipStore

LOOPBACK = "127.0.0.1"
SESSION_TIMEOUT_S = 60.0
"""RFC 2326 section 12.37: the timeout of a session unless the server says otherwise."""
_BACKLOG = 256
_START_WITHIN_S = 10.0
_Result = TypeVar("_Result")


def shipped_clips() -> Path:
    """The directory of the clips that come with Pantau."""
    return Path(str(files("resources"))) / "clips"


class Simulator:
    """The RTSP server.

    Args:
        credentials: the user name and secret that every camera accepts.
        clips: directory of the clips, the shipped ones by default.
        log: where events go as JSON lines (`journal.Journal`).
        session_timeout_s: how long a client may give no sign of life, seconds.
    """

    def __init__(
        self,
        credentials: Credentials,
        *,
        clips: Path | None = None,
        log: TextIO | None = None,
        session_timeout_s: float = SESSION_TIMEOUT_S,
    ) -> None:
        self.journal = Journal(log)
        self._services = Services(
            credentials=credentials,
            store=ClipStore(clips or shipped_clips()),
            clock=WallClock.now(),
            journal=self.journal,
            session_timeout_s=session_timeout_s,
        )
        self._server: asyncio.Server | None = None
        self._serving: set[asyncio.Task[None]] = set()

    async def start(self, port: int = 0) -> int:
        """Listen on loopback and give the port.

        Raises:
            OSError: the port is taken.
        """
        self._server = await asyncio.start_server(self._accept, LOOPBACK, port, backlog=_BACKLOG)
        return int(self._server.sockets[0].getsockname()[1])

    async def stop(self) -> None:
        """Stop listening and end every connection."""
        if self._server is not None:
            self._server.close()
        for task in self._serving:
            task.cancel()
        await asyncio.gather(*self._serving, return_exceptions=True)

    @property
    def connections(self) -> int:
        """How many clients are connected."""
        return len(self._serving)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is None:
            raise RuntimeError("a connection is served by a task")
        self._serving.add(task)
        try:
            await Connection(reader, writer, self._services).serve()
        except asyncio.CancelledError:
            # Only `stop` cancels; asyncio's own callback would report a cancelled task as an error.
            pass
        finally:
            self._serving.discard(task)


class SimulatorThread:
    """A simulator in a thread of its own, to be used as a context manager.

    Args: as for `Simulator`.
    """

    def __init__(
        self,
        credentials: Credentials,
        *,
        clips: Path | None = None,
        log: TextIO | None = None,
        session_timeout_s: float = SESSION_TIMEOUT_S,
    ) -> None:
        self._make = partial(Simulator, credentials, clips=clips, log=log, session_timeout_s=session_timeout_s)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="simulator", daemon=True)
        self._simulator: Simulator | None = None
        self.port = 0

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self, port: int = 0) -> None:
        """Start listening; `port` then names the port.

        Raises:
            OSError: the port is taken.
        """
        self._thread.start()
        try:
            self.port = self._call(self._start(port))
        except OSError:
            self._stop_loop()
            raise

    def stop(self) -> None:
        """End every connection, the loop and the thread."""
        if self._simulator is not None:
            self._call(self._simulator.stop())
        self._stop_loop()

    def url(self, path: str) -> str:
        """The RTSP address of a path such as `/sub/JKT-00001`, without user information."""
        return f"rtsp://{LOOPBACK}:{self.port}{path}"

    def count(self, camera: str, event: Event) -> int:
        """How often that happened to a camera since the start."""
        return self._simulator.journal.count(camera, event) if self._simulator else 0

    @property
    def connections(self) -> int:
        """How many clients are connected."""
        return self._simulator.connections if self._simulator else 0

    async def _start(self, port: int) -> int:
        self._simulator = self._make()
        return await self._simulator.start(port)

    def _call(self, work: Coroutine[Any, Any, _Result]) -> _Result:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(_START_WITHIN_S)

    def _stop_loop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(_START_WITHIN_S)
        self._loop.close()
