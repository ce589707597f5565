"""How far the registry has the journal: the last entry that it acknowledged, with its signature on it.

Any thread; every call waits for the disk. Must not import Qt.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.core.journal import Head, JournalError
from app.in_place import in_place_of

NAME = "acknowledged.json"
FILE_MAX_BYTES = 64 * 1024
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What the registry has.

    Attributes:
        head: the last entry that it acknowledged.
        signature: its word for that, a compact JWS.
    """

    head: Head
    signature: str


def load_checkpoint(folder: Path) -> Checkpoint | None:
    """The last one; None where there is none, or none that can be understood: the registry then tells anew."""
    try:
        with (folder / NAME).open("rb") as file:
            document = json.loads(file.read(FILE_MAX_BYTES))
        return Checkpoint(_head(document["seq"], document["hash"]), str(document["signature"]))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def check_known(reached: Head, known: Head | None) -> None:
    """Compare an entry with the last one that the registry has.

    Raises:
        JournalError: it has that number and is another one.
    """
    if known is not None and reached.seq == known.seq and reached.hash != known.hash:
        raise JournalError("entry {0} is not the one that the registry has", reached.seq)


def save_checkpoint(folder: Path, checkpoint: Checkpoint) -> None:
    """Put it in the place of the last one.

    Raises:
        OSError: that failed, and the last one still stands.
    """
    head = checkpoint.head
    document = {"seq": head.seq, "hash": head.hash, "signature": checkpoint.signature}
    with in_place_of(folder / NAME) as file:
        file.write(json.dumps(document).encode() + b"\n")


def _head(seq: Any, digest: Any) -> Head:
    if not isinstance(seq, int) or isinstance(seq, bool) or seq < 1 or not _HASH.fullmatch(digest):
        raise ValueError("no entry's number and hash")
    return Head(seq, digest)
