"""Puts what is written in the place of a file: whoever reads it, also after a power cut, finds the old or the new.

Any thread; leaving the block waits for the disk. Standard library only.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO


@contextmanager
def in_place_of(path: Path) -> Iterator[BinaryIO]:
    """A file to write, readable by its owner alone; it takes the place of `path` if the block ends well.

    Its folder is made if need be.

    Raises:
        OSError: that failed; what was at `path` is as it was, and nothing else is left.
    """
    new = path.with_name(path.name + ".new")
    path.parent.mkdir(parents=True, exist_ok=True)
    new.unlink(missing_ok=True)  # of a run that was killed, or a link that somebody laid there
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
        _sync_folder(path.parent)
    except BaseException:
        with suppress(OSError):
            new.unlink()
        raise


def _sync_folder(folder: Path) -> None:
    """Make the rename itself survive a power cut; Windows has no such call."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
