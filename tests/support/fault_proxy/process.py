"""Proxies in a process of their own, for measurements in which they must not take this process's time.

The child is `python -m tests.support.fault_proxy`. Each JSON line on its standard input is answered by one on its
standard output; it ends when its standard input ends:

    {"do": "open", "host": …, "port": …}         {"port": …}          the proxy's port, which names it from then on
    {"do": "set", "port": …, "fault": {…}}       {"at_s": …}          `Fault.as_json`; monotonic seconds
    {"do": "look", "port": …}                    {"connections": …, "log": [[at_s, met], …]}
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.support.fault_proxy.door import LOOPBACK
from tests.support.fault_proxy.faults import HEALTHY, Doorway, Fault
from tests.support.fault_proxy.gate import Connect
from tests.support.fault_proxy.net import FaultNet, FaultProxy

_ROOT = Path(__file__).parents[3]
_ENDS_WITHIN_S = 10.0


def main() -> int:
    """The child: answer until standard input ends."""
    with FaultNet() as net:
        proxies: dict[int, FaultProxy] = {}
        for line in sys.stdin:
            sys.stdout.write(json.dumps(_obey(net, proxies, json.loads(line))) + "\n")
            sys.stdout.flush()
    return 0


def _obey(net: FaultNet, proxies: dict[int, FaultProxy], order: dict[str, Any]) -> dict[str, Any]:
    if order["do"] == "open":
        opened = net.proxy(order["port"], order["host"])
        proxies[opened.port] = opened
        return {"port": opened.port}
    proxy = proxies[order["port"]]
    if order["do"] == "set":
        return {"at_s": proxy.set(Fault.from_json(order["fault"]))}
    return {"connections": proxy.connections, "log": [(each.at_s, each.met.value) for each in proxy.log]}


class FaultProcess:
    """Makes proxies in a child process, which ends with the context; otherwise as `FaultNet`."""

    def __init__(self) -> None:
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        argv = [sys.executable, "-m", "tests.support.fault_proxy"]
        self._process = subprocess.Popen(
            argv, cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._process:
            self._process.communicate(timeout=_ENDS_WITHIN_S)

    @property
    def pid(self) -> int:
        """The child's process id."""
        return self._process.pid

    def proxy(self, port: int, host: str = LOOPBACK) -> RemoteProxy:
        """A new port in front of a camera.

        Args:
            port: the camera's.
            host: the camera's address, in numbers.
        """
        return RemoteProxy(self, self.ask({"do": "open", "host": host, "port": port})["port"])

    def ask(self, order: dict[str, Any]) -> dict[str, Any]:
        """Give an order and take its answer; any thread may."""
        with self._lock:
            assert self._process.stdin is not None and self._process.stdout is not None
            self._process.stdin.write(json.dumps(order) + "\n")
            self._process.stdin.flush()
            answer: dict[str, Any] = json.loads(self._process.stdout.readline())
            return answer


class RemoteProxy:
    """One camera's proxy in the child; otherwise as `FaultProxy`.

    Args:
        process: the child.
        port: the proxy's.
    """

    def __init__(self, process: FaultProcess, port: int) -> None:
        self._process = process
        self.port = port

    def set(self, fault: Fault) -> float:
        """Replace the fault, for live connections and new ones.

        Returns:
            When it took effect, monotonic seconds: the clock is the whole machine's.
        """
        answer = self._process.ask({"do": "set", "port": self.port, "fault": fault.as_json()})
        return float(answer["at_s"])

    def heal(self) -> float:
        """Nothing is wrong any more; gives the monotonic seconds of it."""
        return self.set(HEALTHY)

    @property
    def log(self) -> list[Connect]:
        """Every connect so far."""
        return [Connect(at_s, Doorway(met)) for at_s, met in self._look()["log"]]

    @property
    def connections(self) -> int:
        """How many are open."""
        return int(self._look()["connections"])

    def _look(self) -> dict[str, Any]:
        return self._process.ask({"do": "look", "port": self.port})
