"""`pantau registry serve`: the options of the reference registry, and its exit codes.

Runs on the main thread. It imports the server only when it is to run: the command line of the wall knows
these options too and must start quickly.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from app.core.errors import ConfigError
from app.demo.registry.options import LOOPBACK, ServeOptions

_USAGE_ERROR = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `serve`."""
    add = parser.add_argument
    add("--data", type=Path, required=True, metavar="FILE", help="keep everything in this SQLite file")
    add("--port", type=_port, default=0, metavar="N", help="TCP port, 0 (the default) for a free one")
    add("--host", default=LOOPBACK, metavar="ADDRESS", help="loopback address to listen on")
    add("--cameras", type=Path, metavar="FILE.csv", help="serve these cameras instead of the Jakarta catalogue")
    add("--streams", metavar="rtsp://127.0.0.1:PORT", help="where the camera simulator listens")
    add("--parent-pipe", action="store_true", help="end when standard input ends")


def run(args: argparse.Namespace) -> int:
    """Serve until told to end; 0 at an ordered end, 2 for a bad start with one line on standard error."""
    from app.demo.registry.server import serve

    options = ServeOptions(
        data=args.data,
        port=args.port,
        host=args.host,
        cameras=args.cameras,
        streams=args.streams,
        has_parent_pipe=args.parent_pipe,
    )
    try:
        serve(options)
    except ConfigError as error:
        print(f"pantau registry: {error}", file=sys.stderr)
        return _USAGE_ERROR
    return 0


def main(argv: Sequence[str] | None = None) -> int:
    """The registry as a process of its own: `python -m app.demo.registry serve …`."""
    parser = argparse.ArgumentParser(prog="python -m app.demo.registry", description="The reference registry.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    add_arguments(commands.add_parser("serve", help="serve it on this machine"))
    return run(parser.parse_args(argv))


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > 65_535:
        raise argparse.ArgumentTypeError(f"{text!r} is no TCP port")
    return int(text)
