"""The product, but for a lower limit of its hosts' memory: `python -m tests.support.lean_console BYTES …`.

A host that takes the real limit would take it from the machine of the tests, too. Everything else is `ui.main`.
"""

from __future__ import annotations

import sys

from app.video import supervisor
from ui.main import main


def run() -> int:
    """`pantau …` with that limit; gives its exit code."""
    limit_bytes, *words = sys.argv[1:]
    supervisor.MEMORY_LIMIT_BYTES = int(limit_bytes)
    sys.argv[1:] = words
    return main()


if __name__ == "__main__":
    sys.exit(run())
