"""The registry that a crowd of posts asks: processes of its own with the data that it was given."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from types import TracebackType
from typing import Self

import psutil

from app.demo.registry.data_place import DataPlace

ENDS_WITHIN_S = 20.0
_STREAMS = "rtsp://127.0.0.1:1"
"""Leases are granted, and nobody opens them."""


class CrowdServer:
    """A running registry; a context manager.

    Args:
        place: its data.
        workers: how many processes answer.
        folder: for its key.
    """

    def __init__(self, place: DataPlace, workers: int, folder: Path) -> None:
        self.port = _free_port()
        key = folder / "audit-key.pem"
        command = [sys.executable, "-m", "app.demo.registry", "serve", "--parent-pipe", "--data", str(place)]
        self._command = [
            *command,
            "--workers",
            str(workers),
            "--port",
            str(self.port),
            "--audit-key",
            str(key),
            "--streams",
            _STREAMS,
        ]

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            self._process.wait(ENDS_WITHIN_S)
        except subprocess.TimeoutExpired:
            self.kill()

    def start(self) -> None:
        """Start it, and return when it listens."""
        self._process = subprocess.Popen(self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(b"{}\n")
        self._process.stdin.flush()
        json.loads(self._process.stdout.readline())

    def kill(self) -> None:
        """End it without a word, workers first: a watcher would begin them anew."""
        everyone = self._everyone()
        everyone[0].send_signal(signal.SIGSTOP)
        for each in reversed(everyone):
            each.kill()
        self._process.wait()
        psutil.wait_procs(everyone, ENDS_WITHIN_S)

    def cpu_s(self) -> float:
        """What its processes that live have spent, seconds of a core."""
        return sum(sum(each.cpu_times()[:2]) for each in self._everyone())

    def memory_mb(self) -> float:
        """What its processes have for themselves."""
        return sum(each.memory_full_info().uss for each in self._everyone()) / 1e6

    def _everyone(self) -> Sequence[psutil.Process]:
        watcher = psutil.Process(self._process.pid)
        return [watcher, *watcher.children(recursive=True)]


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
