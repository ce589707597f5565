"""The simulator as a process of its own: `python -m app.demo.simulator --port 0 --parent-pipe`.

It reads one line on standard input, `{"username":…,"secret":…}`, prints one line on standard output,
`{"streams":"rtsp://127.0.0.1:PORT"}`, when it listens, and ends on SIGTERM, SIGINT or, with `--parent-pipe`,
when standard input ends: a parent that dies takes it along. The secret is never an argument or a variable.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TextIO

from app.core.redact import Secret
from app.demo.simulator.auth import Credentials
from app.demo.simulator.server import LOOPBACK, Simulator

_LONGEST_LINE_BYTES = 64 * 1024
_USAGE_ERROR = 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run until told to end; 0 at an ordered end, 2 for a bad start with one line on standard error."""
    options = _parser().parse_args(argv)
    try:
        credentials = read_credentials(_read_line(sys.stdin.fileno()))
        with _open_log(options.log) as log:
            asyncio.run(_serve(options, credentials, log))
    except (OSError, ValueError) as error:
        print(f"camera simulator: {error}", file=sys.stderr)
        return _USAGE_ERROR
    return 0


def read_credentials(line: str) -> Credentials:
    """The credentials in one JSON line.

    Raises:
        ValueError: the line is not of that form; the message does not repeat it.
    """
    try:
        values = json.loads(line)
        username, secret = values["username"], values["secret"]
    except (ValueError, KeyError, TypeError):
        raise ValueError('standard input must begin with {"username":…,"secret":…}') from None
    if not isinstance(username, str) or not isinstance(secret, str):
        raise ValueError("user name and secret must be texts")
    return Credentials(username, Secret(secret))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m app.demo.simulator", description="RTSP camera simulator")
    parser.add_argument("--port", type=int, default=0, help="loopback port, 0 for a free one")
    parser.add_argument("--log", type=Path, help="append events to this file as JSON lines")
    parser.add_argument("--clips", type=Path, help="directory of clips, the shipped ones by default")
    parser.add_argument("--parent-pipe", action="store_true", help="end when standard input ends")
    return parser


@contextlib.contextmanager
def _open_log(path: Path | None) -> Iterator[TextIO | None]:
    if path is None:
        yield None
        return
    with path.open("a", encoding="utf-8") as file:
        yield file


async def _serve(options: argparse.Namespace, credentials: Credentials, log: TextIO | None) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def request_stop() -> None:
        with contextlib.suppress(RuntimeError):  # the loop has ended already
            loop.call_soon_threadsafe(stop.set)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: request_stop())
    simulator = Simulator(credentials, clips=options.clips, log=log)
    port = await simulator.start(options.port)
    print(json.dumps({"streams": f"rtsp://{LOOPBACK}:{port}"}), flush=True)
    if options.parent_pipe:
        _watch_end_of(sys.stdin.fileno(), request_stop)
    await stop.wait()
    await simulator.stop()


def _watch_end_of(descriptor: int, on_end: Callable[[], None]) -> None:
    """Call back, from a thread, when a pipe ends."""

    def wait() -> None:
        with contextlib.suppress(OSError):
            while os.read(descriptor, _LONGEST_LINE_BYTES):
                pass
        on_end()

    # Unbuffered reads: a daemon thread that holds sys.stdin's lock aborts the interpreter's shutdown.
    threading.Thread(target=wait, name="parent-pipe", daemon=True).start()


def _read_line(descriptor: int) -> str:
    """The first line of a pipe, byte by byte, so that nothing after it is taken."""
    line = bytearray()
    while len(line) < _LONGEST_LINE_BYTES:
        byte = os.read(descriptor, 1)
        if byte in (b"", b"\n"):
            break
        line += byte
    return line.decode(errors="replace")
