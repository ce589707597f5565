"""One step of the set-up: a line that says what is done, a ticking line while it lasts, a result.

Owning thread: the main thread, with one reader thread for the running program's output. Standard library only.
"""

from __future__ import annotations

import contextlib
import queue
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence

TICK_S = 5.0
"""How often a running step tells how far it is: often enough to see life, too seldom to fill a log."""
KEPT_LINES = 200


class SetupError(Exception):
    """Something cannot be had. The message is the sentence that is shown; there is no traceback."""


class StepError(SetupError):
    """A program of a step ended with an error; `output` holds its last lines."""

    def __init__(self, message: str, output: Sequence[str]) -> None:
        super().__init__(message)
        self.output = tuple(output)


def say(text: str) -> None:
    """Shows one line at once, also where the output is a pipe."""
    print(text, flush=True)


def run_step(
    title: str,
    argv: Sequence[str],
    *,
    progress: Callable[[str], str | None] = lambda line: None,
    env: Mapping[str, str] | None = None,
) -> list[str]:
    """Runs a program and shows one line at its start, every `TICK_S` and at its end.

    Args:
        title: what is done, for a person.
        argv: the program; its input is empty, its output is read and not shown.
        progress: turns a line of output into the short text of the ticking line, or None to skip it.
        env: the program's whole environment; this one's by default.

    Returns:
        The last lines of the output.

    Raises:
        StepError: the program ended with an error.
        SetupError: the program could not be started.
    """
    say(title)
    began_s = time.monotonic()
    lines: queue.Queue[str | None] = queue.Queue()
    process = _start(argv, env)
    reader = threading.Thread(target=_read, args=(process, lines), name="step-output", daemon=True)
    reader.start()
    try:
        output = _tick(lines, progress, began_s)
        code = process.wait()
    except BaseException:
        _end(process)
        raise
    finally:
        reader.join(timeout=5.0)
    took_s = time.monotonic() - began_s
    if code != 0:
        raise StepError(f"{title} failed (exit code {code}).", output)
    say(f"  done in {took_s:.0f} s")
    return output


def _start(argv: Sequence[str], env: Mapping[str, str] | None) -> subprocess.Popen[str]:
    try:
        return subprocess.Popen(
            argv,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
            env=env,
        )
    except OSError as error:
        raise SetupError(f"{argv[0]} cannot be started: {error.strerror}.") from error


def _read(process: subprocess.Popen[str], lines: queue.Queue[str | None]) -> None:
    assert process.stdout is not None
    with process.stdout:
        for line in process.stdout:
            lines.put(line.rstrip())
    lines.put(None)


def _tick(lines: queue.Queue[str | None], progress: Callable[[str], str | None], began_s: float) -> list[str]:
    kept: deque[str] = deque(maxlen=KEPT_LINES)
    latest = "working"
    next_tick_s = began_s + TICK_S
    while True:
        with contextlib.suppress(queue.Empty):
            line = lines.get(timeout=max(0.0, next_tick_s - time.monotonic()))
            if line is None:
                return list(kept)
            kept.append(line)
            latest = progress(line) or latest
        if time.monotonic() >= next_tick_s:
            next_tick_s += TICK_S
            say(f"  … {latest} ({time.monotonic() - began_s:.0f} s)")


def _end(process: subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        process.wait(timeout=10.0)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def listing(words: Iterable[str]) -> str:
    """Words for a sentence: `a`, `a and b`, `a, b and c`."""
    *head, last = words
    return f"{', '.join(head)} and {last}" if head else last


def complain(text: str) -> None:
    """Shows one line about something that went wrong."""
    print(text, file=sys.stderr, flush=True)
