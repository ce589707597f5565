"""A video host: a process that plays up to sixteen streams. Commands in by stdin, events out by stdout.

It ends when its stdin does, so no host outlives its console. Main thread: commands; one thread a session; one that
beats. What FFmpeg or libVLC print goes nowhere: both print URLs.
"""

from __future__ import annotations

import argparse
import ctypes
import functools
import os
import sys
import threading
import time
from typing import TYPE_CHECKING, BinaryIO

import psutil

from app.core.model import StreamKey
from app.memory import unshared_bytes
from app.video import protocol
from app.video.ingest import listen_to_ffmpeg
from app.video.run_clock import RunClock
from app.video.session import EngineMaker, Session

if TYPE_CHECKING:
    from app.video.engines.vlc import Library

BEAT_PERIOD_S = 0.25
TRIM_PERIOD_S = 60.0
"""Returning free memory takes a millisecond, at worst forty (measured)."""
USS_PERIOD_S = 5.0
"""Reading the unshared memory walks every mapping of the process: not at each beat."""


class Host:
    """Sessions by stream, driven by commands.

    Args:
        events: where events are written, one line each.
        engines: makes the sessions' engines.
        ca_file: whom to believe over RTSPS, as PEM; None believes whom the system believes.

    Attributes:
        clock: of the process; `beat` tells it of standstills.
    """

    def __init__(self, events: BinaryIO, engines: EngineMaker, ca_file: str | None = None) -> None:
        self.clock = RunClock()
        self._events = events
        self._engines = engines
        self._ca_file = ca_file
        self._writing = threading.Lock()
        self._lock = threading.Lock()
        self._sessions: dict[StreamKey, Session] = {}

    def emit(self, event: protocol.HostEvent) -> None:
        """Write an event; a console that is gone ends the process."""
        if isinstance(event, protocol.Failed | protocol.Closed):
            self._forget(event)
        line = protocol.encode(event)
        try:
            with self._writing:
                self._events.write(line)
                self._events.flush()
        except OSError:
            os._exit(0)

    def obey(self, command: protocol.Command) -> None:
        """Carry a command out."""
        match command:
            case protocol.Open():
                self._open(command)
            case protocol.SetOutputs(key, outputs):
                session = self._session(key)
                if session is not None:
                    session.set_outputs(outputs)
            case protocol.Thin(key, is_thin):
                session = self._session(key)
                if session is not None:
                    session.set_thin(is_thin)
            case protocol.Close(key, _):
                session = self._session(key)
                if session is not None:
                    session.close()

    def _open(self, command: protocol.Open) -> None:
        session = Session(command, self._engines, self.emit, self._ca_file, self.clock)
        with self._lock:
            older = self._sessions.get(command.key)
            self._sessions[command.key] = session
        if older is not None:
            older.close()  # two of one camera would count as two at its limit
        session.start()

    def _session(self, key: StreamKey) -> Session | None:
        with self._lock:
            return self._sessions.get(key)

    def _forget(self, event: protocol.Failed | protocol.Closed) -> None:
        """Drop a session with its last word: its login and its outputs are not kept for a camera that is gone."""
        with self._lock:
            session = self._sessions.get(event.key)
            if session is not None and session.generation == event.generation:
                del self._sessions[event.key]


def give_back_memory() -> None:
    """Return the free pieces between what is used to the system, where the C library can (glibc)."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform.startswith("linux") else None
    if trim is not None:
        trim(0)


def beat(host: Host) -> None:
    """Say for ever that this process lives, and what it uses."""
    process = psutil.Process()
    uss_bytes, next_uss_s = 0, 0.0
    next_trim_s = time.monotonic() + TRIM_PERIOD_S
    while True:
        if time.monotonic() >= next_uss_s:
            uss_bytes = unshared_bytes(process)
            next_uss_s = time.monotonic() + USS_PERIOD_S
        if time.monotonic() >= next_trim_s:
            give_back_memory()
            next_trim_s = time.monotonic() + TRIM_PERIOD_S
        host.emit(protocol.Beat(time.process_time(), uss_bytes, process.memory_info().rss))
        host.clock.sleep(BEAT_PERIOD_S)


@functools.cache
def _vlc_library() -> Library:
    from app.video.engines.vlc import Library  # libVLC is loaded only where it is used

    return Library()


def main() -> int:
    """The process: obey commands until stdin ends."""
    parser = argparse.ArgumentParser(prog="python -m app.video.host")
    parser.add_argument("--ca-file", help="whom to believe over RTSPS, as PEM; the system's by default")
    options = parser.parse_args()
    listen_to_ffmpeg()
    host = Host(sys.stdout.buffer, EngineMaker(_vlc_library), options.ca_file)
    host.emit(protocol.Hello(protocol.VERSION))
    threading.Thread(target=beat, args=(host,), name="beat", daemon=True).start()
    for line in sys.stdin.buffer:
        host.obey(protocol.decode_command(line))
    os._exit(0)  # sessions may be blocked in a camera's socket: nobody waits for them


if __name__ == "__main__":
    sys.exit(main())
