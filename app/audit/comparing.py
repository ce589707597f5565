"""Compares a post's journal with what the registry has of it, entry by entry and word for word.

Any thread; it waits for the disk and for whoever fetches the pages. Must not import Qt.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.audit.segments import rows, segments
from app.core.errors import ConfigError
from app.core.journal import Head, JournalError, first_head, follow


@dataclass(frozen=True, slots=True)
class HeldPage:
    """Some of what the registry has.

    Attributes:
        lines: entries as every journal writes them, oldest first.
        has_more: whether there are more.
        last: the last entry of all, which the registry has signed for.
    """

    lines: Sequence[bytes]
    has_more: bool
    last: Head


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was found.

    Attributes:
        compared: how many entries both have, up to the first fault.
        held: the number of the last one that the registry has.
        unsent: how many this PC has beyond it.
        fault: where both differ and how; empty where they do not.
    """

    compared: int
    held: int
    unsent: int
    fault: str = ""


def compare(folder: Path, page_after: Callable[[int], HeldPage]) -> Comparison:
    """Follow both journals together; what this PC has cleared away by now is not looked at.

    Args:
        folder: of this PC's journal, which has been verified.
        page_after: fetches what the registry has after an entry.

    Raises:
        ConfigError: there is no journal, or it cannot be read.
    """
    own = _own_lines(folder)
    first = next(own, None)
    if first is None:
        raise ConfigError("there is no entry in the journal in {0}", str(folder))
    try:
        head = first_head(first)
        return _Walk(head, page_after).along([first, *own])
    except OSError as error:
        raise ConfigError("the journal cannot be read: {0}", error.strerror or str(error)) from error
    except JournalError as error:
        return Comparison(0, 0, 0, str(error))


class _Walk:
    """One comparison."""

    def __init__(self, head: Head, page_after: Callable[[int], HeldPage]) -> None:
        self._head = head
        self._start = head.seq
        self._page_after = page_after

    def along(self, own: Sequence[bytes]) -> Comparison:
        """Compare from the first own entry on."""
        number = 0
        while True:
            page = self._page_after(self._head.seq)
            for line in page.lines:
                fault = self._fault(own[number] if number < len(own) else None, line)
                if fault:
                    return self._found(number, page.last, len(own), fault)
                number += 1
            if not page.has_more or not page.lines:
                return self._found(number, page.last, len(own), self._end_fault(page.last))

    def _fault(self, own: bytes | None, held: bytes) -> str:
        seq = self._head.seq + 1
        if own is None:
            return f"the registry has entry {seq}, which is not on this PC any more"
        try:
            reached = follow(self._head, held)
        except JournalError as error:
            return f"what the registry has is no chain: {error}"
        if own != held:
            return f"entry {seq} is another one at the registry"
        self._head = reached
        return ""

    def _end_fault(self, last: Head) -> str:
        """Whether the last entry that was told is the one that the registry signs for."""
        if last.seq < self._start:
            return f"the registry has the first {last.seq} entries alone: those up to {self._start} are lost there"
        return "" if last == self._head else "the registry signs for another end than it tells"

    def _found(self, number: int, last: Head, own: int, fault: str) -> Comparison:
        unsent = 0 if fault else own - number
        return Comparison(number, last.seq, unsent, fault)


def _own_lines(folder: Path) -> Iterator[bytes]:
    return (row.line for segment in segments(folder) for row in rows(segment.path))
