"""A journal's folder that was lost, and a registry that has more of it than is here: how the post goes on.

What was written since then begins a chain of its own, which the registry cannot take. Nobody has signed for it: it
is linked anew behind the last entry that the registry has, after a word that entries are not here any more. The
files that it stood in are put aside, not deleted. Every call waits for the disk. Must not import Qt.
"""

from __future__ import annotations

from pathlib import Path

from app.audit.checkpoint import Checkpoint, save_checkpoint
from app.audit.mending import copy_aside, put_aside
from app.audit.segments import rows, segment_path, segments
from app.core.journal import Event, Head, Json, Kind, Stamp, entry_line, relinked
from app.in_place import in_place_of


def go_on_behind(folder: Path, head: Head, signature: str, stamp: Stamp) -> tuple[Path, Head]:
    """Move what the folder holds behind an entry of the registry's.

    A kill at any moment leaves a journal that can be gone on with, and that the registry takes: the new file is
    whole before the old ones go, and what the registry has is remembered last.

    Args:
        folder: of the journal.
        head: the last entry that the registry has.
        signature: its word for that.
        stamp: of the entry that tells what happened.

    Returns:
        The file to go on in, and the chain's end.

    Raises:
        OSError: the disk does not take it; all is as it was.
        JournalError: what is there is no journal.
    """
    old = segments(folder)
    lines = [row.line for segment in old for row in rows(segment.path) if row.is_whole]
    detail: dict[str, Json] = {"reason": "the journal of this PC was lost", "after": head.seq, "kept": len(lines)}
    line, end = entry_line(head, Event(Kind.LOST, detail), stamp)
    written = [line]
    for each in lines:
        line, end = relinked(end, each)
        written.append(line)
    path = segment_path(folder, head.seq + 1)
    if path.exists():  # one of the old ones has the new one's name
        copy_aside(path)
    with in_place_of(path) as file:
        file.write(b"".join(each + b"\n" for each in written))
    for segment in old:
        if segment.path != path:
            put_aside(segment.path, 0)
    save_checkpoint(folder, Checkpoint(head, signature))
    return path, end
