"""How much memory a process has to itself. Any thread."""

from __future__ import annotations

import psutil


def unshared_bytes(process: psutil.Process) -> int:
    """What would be free if the process ended.

    Windows counts it page by page, and may refuse to; then it is what the process has asked for itself.
    """
    try:
        return int(process.memory_full_info().uss)
    except OSError:
        if not psutil.WINDOWS:
            raise
        return process.memory_info().vms  # of Windows: what it has asked for itself
