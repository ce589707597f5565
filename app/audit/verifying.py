"""Reads a whole journal and says whether anybody has changed, left out, moved or cut off an entry of it.

Any thread; it waits for the disk. Must not import Qt.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.audit.checkpoint import Checkpoint, check_known, load_checkpoint
from app.audit.segments import Row, Segment, rows, segments
from app.core.errors import ConfigError
from app.core.journal import Head, JournalError, first_head, follow


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found.

    Attributes:
        entries: how many are good, up to the first fault.
        first, head: the first and the last of them; 0 and the beginning of all chains where there is none.
        acknowledged: up to which entry the registry has it.
        fault: the row that is wrong and why; empty where none is.
    """

    entries: int
    first: int
    head: Head
    acknowledged: int
    fault: str = ""


def verify(folder: Path) -> Verdict:
    """Follow the journal from its first entry to its last.

    Raises:
        ConfigError: there is no journal, or it cannot be read.
    """
    listed = segments(folder)
    if not listed:
        raise ConfigError("there is no journal in {0}", str(folder))
    known = load_checkpoint(folder)
    acknowledged = known.head.seq if known is not None else 0
    first, head = listed[0].first, None
    try:
        for segment in listed:
            for row in rows(segment.path):
                try:
                    head = _next(segment, row, head, known)
                except JournalError as error:
                    where = f"{segment.path.name}, row {row.number}"
                    reached = head or Head(first - 1)
                    return Verdict(reached.seq - first + 1, first, reached, acknowledged, f"{where}: {error}")
    except OSError as error:
        raise ConfigError("the journal cannot be read: {0}", error.strerror or str(error)) from error
    reached = head or Head(first - 1)
    missing = f"entries {reached.seq + 1} to {acknowledged}, which the registry has, are not there"
    fault = missing if reached.seq < acknowledged else ""
    return Verdict(reached.seq - first + 1, first, reached, acknowledged, fault)


def _next(segment: Segment, row: Row, head: Head | None, known: Checkpoint | None) -> Head:
    if not row.is_whole:
        raise JournalError("the line is not whole")
    before = head if head is not None else first_head(row.line)
    reached = follow(before, row.line)
    if row.number == 1 and reached.seq != segment.first:
        raise JournalError("the file does not begin with entry {0}", segment.first)
    check_known(reached, known.head if known is not None else None)
    return reached
