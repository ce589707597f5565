"""Prism: somebody else's mock of a registry, made from the contract's OpenAPI document and nothing else."""

from __future__ import annotations

import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import requests

from devtools.mock_registry import prism_folder, prism_program
from tests.waiting import until

CONTRACT = Path(__file__).parents[2] / "resources/openapi/registry.v1.json"
STARTS_WITHIN_S = 120.0
"""Its start takes some seconds of a core, which a busy machine gives slowly."""
ENDS_WITHIN_S = 10.0


def why_not() -> str:
    """Why Prism cannot be started here; empty where it can."""
    if not shutil.which("node"):
        return "there is no Node.js"
    return "" if prism_program(prism_folder()).exists() else "`python3 dev.py test` has not fetched Prism"


@contextmanager
def running_prism() -> Iterator[str]:
    """Start it on loopback; gives its address."""
    port = _free_port()
    node = shutil.which("node")
    assert node
    command = [node, str(prism_program(prism_folder())), "mock", "--errors", "-h", "127.0.0.1", "-p", str(port)]
    with subprocess.Popen(
        [*command, str(CONTRACT)], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            url = f"http://127.0.0.1:{port}"
            until(lambda: _answers(process, url), within_s=STARTS_WITHIN_S, what="Prism")
            yield url
        finally:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(ENDS_WITHIN_S)
            process.kill()


def _answers(process: subprocess.Popen[bytes], url: str) -> bool:
    assert process.poll() is None, "Prism has ended"
    with suppress(requests.ConnectionError):
        return requests.get(f"{url}/v1/meta", timeout=ENDS_WITHIN_S).ok
    return False


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
