"""Logging: one line a record on standard error, scrubbed of URLs' logins and Authorization headers."""

from __future__ import annotations

import logging
import sys

from app.core.redact import scrub


class _ScrubbingFormatter(logging.Formatter):
    """Formats, then scrubs the whole text: also what an exception or a library says."""

    def format(self, record: logging.LogRecord) -> str:
        return scrub(super().format(record))


def start_logging(level: str) -> None:
    """Send every record of at least that level to standard error.

    Args:
        level: `debug`, `info`, `warning` or `error`.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_ScrubbingFormatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)


def set_level(level: str) -> None:
    """Send every record of at least that level from now on."""
    logging.getLogger().setLevel(level.upper())
