"""`pantau audit verify`: whether this PC's journal is whole. For IT, at a terminal."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.audit.verifying import verify

EXIT_WHOLE, EXIT_NOT_WHOLE = 0, 1


def add_arguments(parser: argparse.ArgumentParser, folder: Path) -> None:
    """The words of the command.

    Args:
        parser: takes them.
        folder: of this PC's own journal.
    """
    parser.add_argument(
        "folder",
        nargs="?",
        type=Path,
        default=folder,
        metavar="FOLDER",
        help="of a journal; this PC's own by default",
    )


def run(options: argparse.Namespace) -> int:
    """Verify it and say what was found; 0 when it is whole.

    Raises:
        ConfigError: there is no journal, or it cannot be read.
    """
    verdict = verify(options.folder)
    entries = "no entry" if not verdict.entries else f"entries {verdict.first} to {verdict.head.seq}"
    print(f"{options.folder}: {entries} good; the registry has the first {verdict.acknowledged}")
    print(f"last hash: {verdict.head.hash}")
    if verdict.fault:
        print(f"NOT WHOLE: {verdict.fault}")
        return EXIT_NOT_WHOLE
    print("whole: nothing was changed, left out, moved or cut off")
    return EXIT_WHOLE
