"""`pantau audit verify`: whether this PC's journal is whole. For IT, at a terminal."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.audit.segments import segments
from app.audit.verifying import Verdict, verify

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
    """Verify it, or each one in the folder, and say what was found; 0 when all are whole.

    Raises:
        ConfigError: there is no journal, or it cannot be read.
    """
    are_whole = [_tell(folder, verify(folder)) for folder in _journals(options.folder)]
    return EXIT_WHOLE if all(are_whole) else EXIT_NOT_WHOLE


def _journals(folder: Path) -> list[Path]:
    """The folder itself, or those in it: a PC that has enrolled anew has a journal of each post that it was."""
    inner = sorted({path.parent for path in folder.glob("*/journal-*.ndjson")}) if not segments(folder) else []
    return inner or [folder]


def _tell(folder: Path, verdict: Verdict) -> bool:
    """Say what was found; whether the journal is whole."""
    entries = "no entry" if not verdict.entries else f"entries {verdict.first} to {verdict.head.seq}"
    print(f"{folder}: {entries} good; the registry has the first {verdict.acknowledged}")
    print(f"last hash: {verdict.head.hash}")
    is_whole = not verdict.fault
    print("whole: nothing was changed, left out, moved or cut off" if is_whole else f"NOT WHOLE: {verdict.fault}")
    return is_whole
