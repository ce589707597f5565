"""Several processes that answer on one socket, and the one that watches over them.

The watcher's main thread waits for the end; a thread for each worker waits for that worker and starts it anew when
it dies. Workers live by the pipe to the watcher: however that one ends, they end with it.
"""

from __future__ import annotations

import json
import logging
import socket
import subprocess
import sys
import threading
from collections.abc import Sequence

from app.core.backoff import RetryClass
from app.core.errors import ConfigError
from app.core.redact import Secret
from app.demo.registry.options import ServeOptions
from app.parts import Part, command_of

READY = "{}"
"""What a worker writes when it listens."""
_STOP_LIMIT_S = 8.0
"""Longer than a worker takes to send its callers home."""
_RETRY = RetryClass(first_s=1.0, cap_s=30.0)
_log = logging.getLogger(__name__)


class Workers:
    """The workers of one registry; `start` them once, `stop` them once.

    Args:
        options: what the registry was started with.
        listener: the socket that they share.
        secret: the cameras' password; it goes through their pipes.

    Raises:
        ConfigError: this system cannot hand a socket on.
    """

    def __init__(self, options: ServeOptions, listener: socket.socket, secret: Secret) -> None:
        if sys.platform == "win32":
            raise ConfigError("Several workers can share a port on Linux only: leave --workers out.")
        self._command = worker_command(options, listener.fileno())
        self._listener = listener
        self._secret = secret
        self._count = options.workers
        self._is_ending = threading.Event()
        self._lock = threading.Lock()
        self._processes: dict[int, subprocess.Popen[bytes]] = {}
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Start all of them and return when they listen.

        Raises:
            ConfigError: one ended instead; it has said why on standard error.
        """
        for number in range(self._count):
            self._spawn(number)
        if not all(self._is_ready(number) for number in range(self._count)):
            self.stop()
            raise ConfigError("A worker of the registry could not start.")
        for number in range(self._count):
            thread = threading.Thread(target=self._watch, args=(number,), name=f"worker-{number}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def stop(self) -> None:
        """End them in order and wait for it; one that does not end is killed."""
        self._is_ending.set()
        with self._lock:
            processes = list(self._processes.values())
            for process in processes:
                _close_pipes(process)
        for process in processes:
            try:
                process.wait(_STOP_LIMIT_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        for thread in self._threads:
            thread.join()

    def _watch(self, number: int) -> None:
        failures = 0
        while not self._is_ending.is_set():
            code = self._processes[number].wait()
            failures += 1
            if self._is_ending.is_set():
                return
            _log.warning("worker=%d ended with code %d and is started again", number, code)
            if self._is_ending.wait(_RETRY.ceiling_s(failures)):
                return
            self._spawn(number)
            if self._is_ready(number):
                failures = 0

    def _spawn(self, number: int) -> None:
        with self._lock:
            if self._is_ending.is_set():
                return
            before = self._processes.get(number)
            if before is not None:
                _close_pipes(before)
            process = self._processes[number] = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                pass_fds=(self._listener.fileno(),),
                start_new_session=True,  # Ctrl+C is the watcher's: it ends its workers in order
            )
        _tell(process, self._secret)

    def _is_ready(self, number: int) -> bool:
        output = self._processes[number].stdout
        assert output is not None
        try:
            return bool(output.readline())
        except ValueError:
            return False  # `stop` has closed it


def worker_command(options: ServeOptions, descriptor: int) -> Sequence[str]:
    """How a worker is started.

    Args:
        options: what the registry was started with.
        descriptor: the number of the socket in the worker.
    """
    command = [*command_of(Part.REGISTRY), "serve", "--parent-pipe", "--data", str(options.data)]
    command += ["--listener", str(descriptor), "--audit-key", str(options.audit_key_file)]
    further = {"--cameras": options.cameras, "--streams": options.streams, "--relays": options.relays}
    for name, value in further.items():
        command += [name, str(value)] if value is not None else []
    return command


def _tell(process: subprocess.Popen[bytes], secret: Secret) -> None:
    assert process.stdin is not None
    try:
        process.stdin.write(json.dumps({"camera_secret": secret.reveal()}).encode() + b"\n")
        process.stdin.flush()
    except OSError:
        pass  # it has ended already; whoever waits for it sees that


def _close_pipes(process: subprocess.Popen[bytes]) -> None:
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()
