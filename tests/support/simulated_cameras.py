"""The product's own camera simulator as a process, for tests of what plays its cameras."""

from __future__ import annotations

import json
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from app.core.model import Endpoint
from app.core.redact import Secret

USERNAME = "post"
ENDS_WITHIN_S = 10.0
FRAME_RATE_FPS = 15.0
"""Of every sub-stream that the simulator plays."""
H264_CODE, H265_CODE = "JKT-00001", "JKT-00003"


@dataclass(frozen=True, slots=True)
class Cameras:
    """Where the simulated cameras are, and how one logs in.

    Attributes:
        port: on loopback.
        username: that every camera takes.
        secret: that every camera takes.
    """

    port: int
    username: str
    secret: Secret

    def endpoint(self, code: str = H264_CODE, options: str = "", transport: str = "tcp") -> Endpoint:
        """The sub-stream of a camera.

        Args:
            code: of the camera.
            options: what is wrong with it (`app.demo.simulator.faults`).
            transport: `tcp` or `udp`.
        """
        path = f"/{options}/sub/{code}" if options else f"/sub/{code}"
        return Endpoint("rtsp", "127.0.0.1", self.port, path, transport)


@contextmanager
def simulated_cameras(password: str = "") -> Iterator[Cameras]:
    """Starts the simulator and ends it.

    Args:
        password: that every camera takes; a new one each time by default.
    """
    secret = password or secrets.token_urlsafe(12)
    argv = [sys.executable, "-m", "app.demo.simulator", "--parent-pipe"]
    with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None and process.stdout is not None
        process.stdin.write(json.dumps({"username": USERNAME, "secret": secret}).encode() + b"\n")
        process.stdin.flush()
        address = urlsplit(json.loads(process.stdout.readline())["streams"])
        assert address.port is not None
        yield Cameras(address.port, USERNAME, Secret(secret))
        process.communicate(timeout=ENDS_WITHIN_S)
