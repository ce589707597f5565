"""`pantau audit verify`: whether this PC's journal is whole. For IT, at a terminal."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from app.audit.comparing import Comparison
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
    parser.add_argument(
        "--against-registry", action="store_true", help="also compare it with what the registry has, word for word"
    )


def run(options: argparse.Namespace, compare: Callable[[Path], Comparison]) -> int:
    """Verify it, or each one in the folder, and say what was found; 0 when all are whole.

    Args:
        options: the words of the command.
        compare: asks the registry about the journal of a folder.

    Raises:
        ConsoleError: there is no journal, it cannot be read, or the registry does not answer.
    """
    are_whole = []
    for folder in _journals(options.folder):
        is_whole = _tell(folder, verify(folder))
        if is_whole and options.against_registry:
            is_whole = _tell_comparison(compare(folder))
        are_whole.append(is_whole)
    return EXIT_WHOLE if all(are_whole) else EXIT_NOT_WHOLE


def _journals(folder: Path) -> list[Path]:
    """The folder itself, or those in it: a PC that has enrolled anew has a journal of each post that it was."""
    inner = sorted({path.parent for path in folder.glob("*/journal-*.ndjson")}) if not segments(folder) else []
    return inner or [folder]


def _tell_comparison(found: Comparison) -> bool:
    """Say what the registry has; whether both agree."""
    if found.fault:
        print(f"NOT AS THE REGISTRY HAS IT: {found.fault}")
        return False
    print(f"the registry signs for entry {found.held}: {found.compared} compared word for word, all the same")
    if found.unsent:
        print(f"the last {found.unsent} have not been sent yet")
    return True


def _tell(folder: Path, verdict: Verdict) -> bool:
    """Say what was found; whether the journal is whole."""
    entries = "no entry" if not verdict.entries else f"entries {verdict.first} to {verdict.head.seq}"
    print(f"{folder}: {entries} good; the registry has the first {verdict.acknowledged}")
    print(f"last hash: {verdict.head.hash}")
    is_whole = not verdict.fault
    print("whole: nothing was changed, left out, moved or cut off" if is_whole else f"NOT WHOLE: {verdict.fault}")
    return is_whole
