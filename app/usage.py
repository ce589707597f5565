"""What this process and its hosts use while the wall is shown, for the report."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import psutil

from app.console import Console
from app.memory import unshared_bytes
from app.report import Measured


class Usage:
    """What was used from here on.

    Args:
        console: whose process this is.
        host_ids: the process ids of the hosts that run.
    """

    def __init__(self, console: Console, host_ids: Callable[[], Sequence[int]]) -> None:
        self._console = console
        self._host_ids = host_ids
        self._cpu_start_s = time.process_time()
        self._cpu_s = 0.0
        self._uss_bytes = 0
        self._running_hosts = 0

    def take(self) -> None:
        """Read the meters, while the hosts still run."""
        self._cpu_s = time.process_time() - self._cpu_start_s
        self._uss_bytes = unshared_bytes(psutil.Process())
        self._running_hosts = len(self._host_ids())

    def measured(self, seconds: float, gui_gap_p99_ms: float, gui_gap_max_ms: float) -> Measured:
        """All of it, for the report, with what the window measured of itself."""
        return Measured(
            seconds=seconds,
            console_cpu_s=self._cpu_s,
            console_uss_bytes=self._uss_bytes,
            hosts=list(self._console.hosts.values()),
            ended_hosts_cpu_s=self._console.ended_hosts_cpu_s,
            running_hosts=self._running_hosts,
            gui_gap_p99_ms=gui_gap_p99_ms,
            gui_gap_max_ms=gui_gap_max_ms,
        )
