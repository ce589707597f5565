"""The journal's files: lines of entries, a new file every few megabytes, each named after its first entry.

Any thread; every call waits for the disk. Must not import Qt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.core.journal import LINE_MAX_BYTES

SEGMENT_BYTES = 4 * 1024 * 1024
_NAME = re.compile(r"journal-(\d{12})\.ndjson")


@dataclass(frozen=True, slots=True, order=True)
class Segment:
    """One of the files.

    Attributes:
        first: the number of its first entry.
        path: where it is.
    """

    first: int
    path: Path


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a segment.

    Attributes:
        number: counted from 1.
        end: where the next line begins, bytes from the file's start.
        line: without its end.
        is_whole: whether it has one; what has none was torn off while it was written.
    """

    number: int
    end: int
    line: bytes
    is_whole: bool


def segments(folder: Path) -> list[Segment]:
    """The journal's files, the oldest first; none where there is no such folder."""
    found = ((path, _NAME.fullmatch(path.name)) for path in folder.glob("journal-*.ndjson"))
    return sorted(Segment(int(name[1]), path) for path, name in found if name)


def segments_from(folder: Path, seq: int) -> list[Segment]:
    """The files from the one on in which that entry stands, or would."""
    listed = segments(folder)
    before = [segment for segment in listed if segment.first <= seq]
    return listed[max(len(before) - 1, 0) :]


def segment_path(folder: Path, first: int) -> Path:
    """Where the segment lies that begins with that entry."""
    return folder / f"journal-{first:012}.ndjson"


def rows(path: Path, start: int = 0) -> Iterator[Row]:
    """The lines of a file from a place on, in bounded memory: what is longer than any entry comes in pieces.

    Args:
        path: the file.
        start: bytes from its start; the numbers count from there.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        file.seek(start)
        number, end = 0, start
        while line := file.readline(LINE_MAX_BYTES + 2):
            number, end = number + 1, end + len(line)
            yield Row(number, end, line.removesuffix(b"\n"), line.endswith(b"\n"))
