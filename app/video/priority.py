"""Who goes first where a PC is short of something: the wall, then its hosts.

Any thread.
"""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

import psutil

FIRST_TO_GO = "800"
"""Of at most 1000, on Linux's scale of what is ended first when memory runs out."""
NICENESS = 10
"""Above the wall's: of 0, 5 and 10 the one with the shortest waits of the wall, at 64 tiles on two busy cores."""
LEAST = 19
"""Nothing is nicer."""


def niceness_below_own() -> int:
    """What the system calls the niceness of a process that gives way to this one; POSIX only."""
    return min(LEAST, os.getpriority(os.PRIO_PROCESS, 0) + NICENESS)


def give_way(process: psutil.Process) -> None:
    """Have a process run below this one: where time is short, pictures may come late, the officer's keys not.

    Where memory is short, Linux ends such a process before it ends the wall. Threads that it has already started
    keep what they had on Linux.

    Raises:
        psutil.Error: it is gone, or not one's own.
    """
    if sys.platform == "win32":
        process.nice(psutil.BELOW_NORMAL_PRIORITY_CLASS)
        return
    process.nice(niceness_below_own())
    with contextlib.suppress(OSError):  # a kernel without it gives no choice
        Path(f"/proc/{process.pid}/oom_score_adj").write_text(FIRST_TO_GO, encoding="ascii")
