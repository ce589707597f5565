"""What of the journal the registry does not have yet, a batch at a time.

The sender's thread alone calls it; every call waits for the disk. The writer goes on meanwhile: what it has handed
over is whole lines, and nothing of them ever changes. Must not import Qt.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from app.audit.checkpoint import Checkpoint, load_checkpoint, save_checkpoint
from app.audit.segments import Segment, rows, segments, segments_from
from app.core.journal import Head

KEPT_S = 30 * 24 * 3600.0
"""How long a file stays that the registry has whole."""


class Spool:
    """The journal of one folder, from the registry's side.

    Args:
        folder: of the journal.
        go_on_after: moves what is written here behind an entry of the registry's (`Journal.go_on_after`).
        wall_clock: seconds since 1970.
    """

    def __init__(
        self, folder: Path, go_on_after: Callable[[Head, str], None], wall_clock: Callable[[], float] = time.time
    ) -> None:
        self._folder = folder
        self._go_on_after = go_on_after
        self._wall_clock = wall_clock
        known = load_checkpoint(folder)
        self._head = known.head if known is not None else Head()
        self._passed: tuple[Segment, int, int] | None = None
        """The file, the number and the end of an entry that the registry has: nothing before it is read again."""

    @property
    def acknowledged_head(self) -> Head:
        """The last entry that the registry has."""
        return self._head

    @property
    def acknowledged(self) -> int:
        """Its number."""
        return self._head.seq

    def batch(self, most_lines: int, most_bytes: int) -> list[bytes]:
        """The next entries that the registry does not have, without line ends; none where it has all.

        Raises:
            OSError: the journal cannot be read.
        """
        lines: list[bytes] = []
        size = 0
        for segment in segments_from(self._folder, self.acknowledged + 1):
            number, start = self._passed_in(segment)
            for row in rows(segment.path, start):
                number += 1
                if number <= self.acknowledged:
                    self._passed = segment, number, row.end
                    continue
                size += len(row.line) + 1
                if not row.is_whole or len(lines) == most_lines or (lines and size > most_bytes):
                    return lines
                lines.append(row.line)
        return lines

    def _passed_in(self, segment: Segment) -> tuple[int, int]:
        """The number of the last entry in a file that need not be read again, and where it ends."""
        if self._passed is not None:
            passed, number, end = self._passed
            if passed == segment and number <= self.acknowledged:
                return number, end
        return segment.first - 1, 0

    def acknowledge(self, head: Head, signature: str) -> None:
        """The registry has everything up to this entry.

        Raises:
            OSError: that cannot be remembered.
        """
        self._head = head
        save_checkpoint(self._folder, Checkpoint(head, signature))
        self._clear_away()

    def go_on_after(self, head: Head, signature: str) -> None:
        """The registry has a journal of this post up to this entry, and none of it is here: it was lost.

        Raises:
            OSError: what was written since cannot be moved behind it.
            JournalError: what is there is no journal.
        """
        self._go_on_after(head, signature)
        self._head, self._passed = head, None

    def _clear_away(self) -> None:
        """Delete old files that the registry has whole; the one that is written to stays."""
        listed = segments(self._folder)
        for segment, following in pairwise(listed):
            is_old = segment.path.stat().st_mtime < self._wall_clock() - KEPT_S
            if is_old and following.first - 1 <= self.acknowledged:
                segment.path.unlink()
