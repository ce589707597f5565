"""The demo's world: the camera simulator and the reference registry as child processes.

Both read their secret from the pipe that also ties them to this process: they end when it does, however it does.
Used on the main thread before the wall opens; must not import Qt.
"""

from __future__ import annotations

import json
import secrets
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from app.core.errors import ConfigError, ConsoleError
from app.core.model import Reject
from app.core.sentence import quoted
from app.parts import NO_CONSOLE_WINDOW, Part, command_of

STOP_LIMIT_S = 3.0
_USERNAME = "pantau"


@dataclass(frozen=True, slots=True)
class Registry:
    """A running reference registry."""

    url: str
    enrolment_code: str
    rejected: tuple[Reject, ...] = ()
    """Rows of the cameras file that were left out."""


class DemoWorld:
    """Starts what the demo needs; a context manager that ends it.

    Args:
        folder: where the registry keeps its data for this run.
        cameras: a file with one's own cameras; None serves the Jakarta catalogue, played by the simulator.

    Raises:
        ConfigError: the cameras file cannot be used; one sentence.
        ConsoleError: a child process did not start.
    """

    def __init__(self, folder: Path, cameras: Path | None) -> None:
        self._folder = folder
        self._cameras = cameras
        self._children: list[subprocess.Popen[bytes]] = []
        self.registry_pid = 0

    def __enter__(self) -> Registry:
        try:
            return self._start()
        except BaseException:
            self._stop()
            raise

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop()

    def _start(self) -> Registry:
        arguments = ["serve", "--port", "0", "--data", str(self._folder / "registry.sqlite"), "--parent-pipe"]
        secret = secrets.token_urlsafe(18)
        if self._cameras is None:
            simulator = self._spawn(Part.SIMULATOR, ["--port", "0", "--parent-pipe"])
            announced = _exchange(simulator, {"username": _USERNAME, "secret": secret})
            arguments += ["--streams", announced["streams"]]
        else:
            arguments += ["--cameras", str(self._cameras)]
        registry = self._spawn(Part.REGISTRY, arguments)
        announced = _exchange(registry, {"camera_secret": secret})
        self.registry_pid = registry.pid
        rejected = tuple(map(_reject, announced.get("rejected", ())))
        return Registry(announced["registry"], announced["enrolment_code"], rejected)

    def _spawn(self, part: Part, arguments: Sequence[str]) -> subprocess.Popen[bytes]:
        child = subprocess.Popen(
            [*command_of(part), *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,  # Ctrl+C is this process's: it ends its children in order
            creationflags=NO_CONSOLE_WINDOW,
        )
        self._children.append(child)
        return child

    def _stop(self) -> None:
        """Close the pipes that the children live by, and wait for them."""
        for child in self._children:
            assert child.stdin is not None and child.stdout is not None
            child.stdin.close()
            child.stdout.close()
        for child in self._children:
            try:
                child.wait(STOP_LIMIT_S)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


def _reject(told: Mapping[str, Any]) -> Reject:
    return Reject(told["row"], told["field"], quoted(told["reason"]))


def _exchange(child: subprocess.Popen[bytes], told: Mapping[str, str]) -> dict[str, Any]:
    """Tell a child its secret and read the line that it announces itself with."""
    assert child.stdin is not None and child.stdout is not None
    try:
        child.stdin.write(json.dumps(told).encode() + b"\n")
        child.stdin.flush()
    except BrokenPipeError:
        pass  # it has ended; what it announced, or its exit code, says why
    line = child.stdout.readline()
    if not line:
        _raise_for_exit(child)
    announced: dict[str, Any] = json.loads(line)
    return announced


def _raise_for_exit(child: subprocess.Popen[bytes]) -> None:
    """A child that ends before it announces itself has said why on standard error."""
    code = child.wait()
    if code == 2:
        raise ConfigError("")
    raise ConsoleError(f"a demo process ended with {code} before it was ready")
