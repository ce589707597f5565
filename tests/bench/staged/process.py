"""Starts the driven wall and hears what it tells. Any thread may use it; one more reads the child's output."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.support.product import KEYRING_THAT_REFUSES, ROOT, bare_environment

ENDS_WITHIN_S = 30.0
Told = Mapping[str, Any]


class StagedWall:
    """The wall's process; a context manager that ends it.

    Args:
        folder: for this run's files; standard error, the product's log included, goes to `stderr` there.
        task: what `wall.Task` takes.
    """

    def __init__(self, folder: Path, task: Told) -> None:
        self._folder = folder
        self._task = task
        self._told: queue.SimpleQueue[Told | None] = queue.SimpleQueue()
        self.ended: Told = {}
        """What it said at its end."""

    def __enter__(self) -> Self:
        with (self._folder / "stderr").open("wb") as errors:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.bench.staged.wall"],
                cwd=ROOT,
                env=_environment(self._folder),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )
        self._reader = threading.Thread(target=self._read, name="staged wall's reader")
        self._reader.start()
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(self._task) + "\n")
        self._process.stdin.flush()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    @property
    def errors(self) -> str:
        """What was written to standard error so far."""
        return (self._folder / "stderr").read_text(encoding="utf-8")

    def hear(self, within_s: float) -> Told | None:
        """The next that it tells; None when nothing came in time.

        Raises:
            AssertionError: it has ended by itself.
        """
        try:
            told = self._told.get(timeout=max(0.0, within_s))
        except queue.Empty:
            return None
        assert told is not None, f"the wall has ended by itself: {self.errors[-2000:]}"
        return told

    def end(self) -> None:
        """Close the wall as its service manager would, and wait."""
        with self._process:
            self._process.terminate()
            try:
                self._process.wait(ENDS_WITHIN_S)
            except subprocess.TimeoutExpired:
                self._process.kill()
            self._reader.join()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            told = json.loads(line)
            if told["what"] == "ended":
                self.ended = told
            else:
                self._told.put(told)
        self._told.put(None)


def _environment(folder: Path) -> dict[str, str]:
    """A user's, in an empty home and without a keyring."""
    runtime = folder / "run"
    runtime.mkdir(mode=0o700, exist_ok=True)
    own = {"HOME": str(folder), "TMPDIR": str(folder), "XDG_RUNTIME_DIR": str(runtime)}
    return {**bare_environment(), **own, "PYTHON_KEYRING_BACKEND": KEYRING_THAT_REFUSES}
