"""`pantau registry serve` and `officers`: the options of the reference registry, and its exit codes.

Runs on the main thread. It imports the server only when it is to run: the command line of the wall knows
these options too and must start quickly.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from app.core.errors import ConfigError
from app.demo.registry.data_place import data_place
from app.demo.registry.options import LOOPBACK, WORKERS_MAX, ServeOptions

SERVE_HELP = "serve it on this machine"
OFFICERS_HELP = "add, lock and unlock officers"
ENROL_HELP = "print a one-time enrolment code for each post of a table"
_USAGE_ERROR = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `serve`."""
    add = parser.add_argument
    add(
        "--data",
        required=True,
        metavar="FILE",
        help="keep everything in this SQLite file, or in a "
        "PostgreSQL database: postgresql://USER@HOST/DATABASE, its password in ~/.pgpass",
    )
    add("--port", type=_port, default=0, metavar="N", help="TCP port, 0 (the default) for a free one")
    add("--host", default=LOOPBACK, metavar="ADDRESS", help="loopback address to listen on")
    add("--cameras", type=Path, metavar="FILE.csv", help="serve these cameras instead of the Jakarta catalogue")
    add("--streams", metavar="rtsp://127.0.0.1:PORT", help="where the camera simulator listens")
    add(
        "--relays", type=Path, metavar="FILE.csv", help="media servers between cameras and posts: jurisdiction,url"
    )
    add("--workers", type=_workers, default=1, metavar="N", help="processes that answer, 1 unless told otherwise")
    add(
        "--audit-key",
        type=Path,
        metavar="FILE.pem",
        help="key that signs journals; made if it is not there (default: beside the SQLite file)",
    )
    add("--parent-pipe", action="store_true", help="end when standard input ends")
    add("--listener", type=int, help=argparse.SUPPRESS)


def add_officer_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `officers`."""
    add = parser.add_argument
    add("--data", required=True, metavar="FILE", help="the registry's SQLite file or PostgreSQL database")
    add(
        "--add", type=Path, metavar="FILE.csv", help="add these: service_number,name,role,scope; prints their PINs"
    )
    add("--lock", metavar="NUMBER", help="nobody signs in with that service number any more")
    add("--unlock", metavar="NUMBER", help="that service number is good again")


def add_enrol_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `enrol`."""
    add = parser.add_argument
    add("--data", required=True, metavar="FILE", help="the registry's SQLite file or PostgreSQL database")
    add("--csv", type=Path, required=True, metavar="FILE.csv", help="the posts: name,scope; prints name,code")


def run_enrol(args: argparse.Namespace) -> int:
    """Print codes; 0 when it is done, 2 with one line on standard error when it is not."""
    from app.demo.registry.enrol_command import issue_codes

    try:
        issue_codes(data_place(args.data), args.csv)
    except ConfigError as error:
        return _complain(error)
    return 0


def run_officers(args: argparse.Namespace) -> int:
    """Add, lock and unlock officers; 0 when it is done, 2 with one line on standard error when it is not."""
    from app.demo.registry.officer_command import manage_officers

    try:
        manage_officers(data_place(args.data), args.add, args.lock, args.unlock)
    except ConfigError as error:
        return _complain(error)
    return 0


def run(args: argparse.Namespace) -> int:
    """Serve until told to end; 0 at an ordered end, 2 for a bad start with one line on standard error."""
    from app.demo.registry.server import serve

    try:
        serve(_options(args))
    except ConfigError as error:
        return _complain(error)
    return 0


def _options(args: argparse.Namespace) -> ServeOptions:
    return ServeOptions(
        data=data_place(args.data),
        port=args.port,
        host=args.host,
        cameras=args.cameras,
        streams=args.streams,
        relays=args.relays,
        audit_key=args.audit_key,
        workers=args.workers,
        listener=args.listener,
        has_parent_pipe=args.parent_pipe,
    )


def main(argv: Sequence[str] | None = None) -> int:
    """The registry as a process of its own: `python -m app.demo.registry serve …`."""
    parser = argparse.ArgumentParser(prog="python -m app.demo.registry", description="The reference registry.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    serve, officers, enrol = (
        commands.add_parser("serve", help=SERVE_HELP),
        commands.add_parser("officers", help=OFFICERS_HELP),
        commands.add_parser("enrol", help=ENROL_HELP),
    )
    add_arguments(serve)
    serve.set_defaults(work=run)
    add_officer_arguments(officers)
    officers.set_defaults(work=run_officers)
    add_enrol_arguments(enrol)
    enrol.set_defaults(work=run_enrol)
    args = parser.parse_args(argv)
    code: int = args.work(args)
    return code


def _complain(error: ConfigError) -> int:
    print(f"pantau registry: {error}", file=sys.stderr)
    return _USAGE_ERROR


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > 65_535:
        raise argparse.ArgumentTypeError(f"{text!r} is no TCP port")
    return int(text)


def _workers(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= WORKERS_MAX:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 to {WORKERS_MAX}")
    return int(text)
