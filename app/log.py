"""Logging: one line a record on standard error and in files, scrubbed of URLs' logins and Authorization headers.

Any thread may log. The files are of a size and a number that the settings say; the wall of a post writes them, no
other command does. A disk that does not take them costs the wall nothing, and is told once.
"""

from __future__ import annotations

import logging
import os
import sys
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from app.core.redact import scrub

FILE_NAME = "pantau.log"
FILE_LEVEL = logging.INFO
"""The files tell at least this: what led to a fault is wanted after it."""
_FORM = "%(asctime)s %(levelname)s %(name)s %(message)s"
_BYTES_PER_MB = 1_000_000


class _ScrubbingFormatter(logging.Formatter):
    """Formats, then scrubs the whole text: also what an exception or a library says."""

    def format(self, record: logging.LogRecord) -> str:
        return scrub(super().format(record))


class _StandardError(logging.StreamHandler[TextIOWrapper]):
    """Where a person sees it."""

    def follow(self, level: int) -> None:
        self.setLevel(level)


class _LogFiles(RotatingFileHandler):
    """Files that only their owner reads; at a size a new one is begun and the oldest one goes."""

    _is_failing = False

    def follow(self, level: int) -> None:
        self.setLevel(min(level, FILE_LEVEL))

    def _open(self) -> TextIOWrapper:
        descriptor = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        return TextIOWrapper(os.fdopen(descriptor, "ab"), encoding="utf-8", write_through=True)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  # logging's name
        """A full disk is said once, where it can still be said; the wall goes on."""
        if not self._is_failing:
            self._is_failing = True
            sys.stderr.write(f"pantau: the log cannot be written: {sys.exc_info()[1]}\n")


def start_logging(level: str) -> None:
    """Send every record of at least that level to standard error.

    Args:
        level: `debug`, `info`, `warning` or `error`.
    """
    handler = _StandardError(sys.stderr)  # type: ignore[arg-type]  # a text stream, whichever it is
    handler.setFormatter(_ScrubbingFormatter(_FORM))
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    set_level(level)


def start_files(folder: Path, file_mb: int, files: int) -> None:
    """Write records into files, too, at their level or `FILE_LEVEL`, whichever tells more.

    Args:
        folder: where they are; made if need be.
        file_mb: the size at which a new one is begun, megabytes.
        files: how many are kept, the present one included.

    Raises:
        OSError: the folder cannot be made, or the file cannot be opened.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    most_bytes = file_mb * _BYTES_PER_MB
    handler = _LogFiles(folder / FILE_NAME, maxBytes=most_bytes, backupCount=files - 1, encoding="utf-8")
    handler.setFormatter(_ScrubbingFormatter(_FORM))
    root = logging.getLogger()
    level = next((each.level for each in root.handlers if isinstance(each, _StandardError)), logging.WARNING)
    root.addHandler(handler)
    _follow(level)


def stop_files() -> None:
    """Close the files; nothing is written into them any more."""
    root = logging.getLogger()
    for handler in [each for each in root.handlers if isinstance(each, _LogFiles)]:
        root.removeHandler(handler)
        handler.close()


def set_level(level: str) -> None:
    """Send every record of at least that level from now on."""
    _follow(logging.getLevelNamesMapping()[level.upper()])


def _follow(level: int) -> None:
    root = logging.getLogger()
    ours = [each for each in root.handlers if isinstance(each, _StandardError | _LogFiles)]
    for handler in ours:
        handler.follow(level)
    root.setLevel(min((handler.level for handler in ours), default=level))
