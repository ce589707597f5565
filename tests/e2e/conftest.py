"""The end-to-end suite needs an X server, POSIX signals and Linux's /proc."""

from __future__ import annotations

import sys

collect_ignore_glob = ["test_*.py"] if sys.platform == "win32" else []
