"""Finds the end of a journal that a kill, a power cut or a person may have left in any state.

What does not follow on the entry before is moved into a file beside the journal, and told. Nothing is thrown away
but a line that was torn off while it was written, and that only where a full disk has no room for it: else the
wall would not open. Must not import Qt.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from app.audit.checkpoint import Checkpoint, check_known
from app.audit.segments import rows, segments_from
from app.core.journal import Head, JournalError, Json, first_head, follow


@dataclass(slots=True)
class Mended:
    """A journal that can be gone on with.

    Attributes:
        head: its last entry.
        file: where that one stands, to go on in; None where a new file has to be begun.
        found: what was wrong, one for each place, as the journal is to tell it.
    """

    head: Head
    file: Path | None = None
    found: list[dict[str, Json]] = field(default_factory=list)


def mend(folder: Path, known: Checkpoint | None) -> Mended:
    """Find the end, and put aside what does not lead there.

    Only what the registry does not have yet is read, and the last file.

    Args:
        folder: of the journal.
        known: how far the registry has it; None where that is not known.

    Raises:
        OSError: the folder cannot be read or written to.
    """
    acknowledged = known.head if known is not None else None
    mended = Mended(acknowledged or Head())
    head: Head | None = None
    for segment in segments_from(folder, max(mended.head.seq, 1)):
        if mended.found:
            put_aside(segment.path, 0)  # it follows on what was put aside
            continue
        reached = _follow_file(segment.path, head, acknowledged)
        if reached.fault:
            found: dict[str, Json] = {"file": segment.path.name, "row": reached.row, "reason": reached.fault}
            mended.found.append(found | _take_off(segment.path, reached))
        if reached.good_end:
            head, mended.file = reached.head, segment.path
    if head is not None and head.seq >= mended.head.seq:
        mended.head = head
    elif mended.head.seq:
        last = head.seq if head is not None else 0
        mended.found.append({"reason": f"entries {last + 1} to {mended.head.seq} are not on this PC any more"})
        mended.file = None
    return mended


@dataclass(frozen=True, slots=True)
class _Reached:
    """How far a file could be followed: the last good entry, where its line ends, and why not the next row."""

    head: Head
    good_end: int
    row: int = 0
    fault: str = ""
    is_torn: bool = False
    """Whether that row is the beginning of a line, and nothing follows."""


def _follow_file(path: Path, before: Head | None, known: Head | None) -> _Reached:
    """Follow a file's entries, the first one on the file before where there is one.

    Raises:
        OSError: it cannot be read.
    """
    head, good_end = before, 0
    for row in rows(path):
        try:
            if not row.is_whole:
                raise JournalError("the line was torn off while it was written")
            reached = follow(head if head is not None else _start(row.line, known), row.line)
            check_known(reached, known)
        except JournalError as error:
            is_torn = not row.is_whole and row.end == path.stat().st_size
            return _Reached(head or Head(), good_end, row.number, str(error), is_torn)
        head, good_end = reached, row.end
    return _Reached(head or Head(), good_end)


def _start(line: bytes, known: Head | None) -> Head:
    """What the first line that is read follows on.

    Raises:
        JournalError: the entries between what the registry has and this one are gone.
    """
    head = first_head(line)
    if known is not None and head.seq > known.seq:
        raise JournalError("entries {0} to {1} are not there", known.seq + 1, head.seq)
    return head


def _take_off(path: Path, reached: _Reached) -> dict[str, Json]:
    """Put aside what a file holds behind its last good entry; what is to be told of that.

    Raises:
        OSError: that failed.
    """
    try:
        put_aside(path, reached.good_end)
    except OSError:
        if not (reached.is_torn and reached.good_end):
            raise
        torn_bytes = path.stat().st_size - reached.good_end
        os.truncate(path, reached.good_end)
        return {"thrown_away_bytes": torn_bytes}
    return {}


def put_aside(path: Path, start: int) -> None:
    """Move what a file holds from a place on into a file beside it; never over another one.

    Raises:
        OSError: that failed; all is as it was.
    """
    if start == 0:
        path.rename(_free_beside(path))
        return
    copy_aside(path, start)
    os.truncate(path, start)


def copy_aside(path: Path, start: int = 0) -> None:
    """Write what a file holds from a place on into a file beside it, too; never over another one.

    Raises:
        OSError: that failed; nothing is left of it.
    """
    aside = _free_beside(path)
    with path.open("rb") as file:
        file.seek(start)
        held = file.read()
    try:
        aside.write_bytes(held)
    except OSError:
        aside.unlink(missing_ok=True)
        raise


def _free_beside(path: Path) -> Path:
    return next(
        free
        for number in range(1, 10_000)
        if not (free := path.with_name(f"aside-{number:04}-{path.name}")).exists()
    )
