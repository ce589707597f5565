"""A journal in a folder, for tests: written, read back, hurt."""

from __future__ import annotations

from pathlib import Path

from app.audit.segments import rows, segments
from app.audit.writer import Journal
from app.core.journal import Event, Head, Kind

WRITTEN_AT_S = 1_764_000_000.0


def write(folder: Path, count: int, text: str = "") -> None:
    """Open the journal, write so many entries, close it."""
    journal = Journal(folder, lambda: WRITTEN_AT_S)
    for number in range(count):
        journal.write(an_event(number, text))
    journal.close()


def an_event(number: int, text: str = "") -> Event:
    """One that can be told from others."""
    return Event(Kind.LAYOUT_CHANGED, {"layout": str(number), "text": text})


def lines(folder: Path) -> list[bytes]:
    """All of them, whole or not."""
    return [row.line for segment in segments(folder) for row in rows(segment.path)]


def the_file(folder: Path) -> Path:
    """The only segment."""
    (segment,) = segments(folder)
    return segment.path


def nothing_lost(head: Head, _signature: str) -> None:
    """In the place of `Journal.go_on_after`, where no journal is to be lost."""
    raise AssertionError(f"the registry has entry {head.seq}, and the journal was not lost")
