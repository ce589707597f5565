"""GStreamer's RTSP server, run by the system's Python, which alone has its bindings."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

SYSTEM_PYTHON = Path("/usr/bin/python3")
ENDS_WITHIN_S = 10.0


def require_gstreamer() -> None:
    """Leave the test out where there is none."""
    needed = "import gi; gi.require_version('GstRtspServer', '1.0'); gi.require_version('Gst', '1.0')"
    if not SYSTEM_PYTHON.exists() or subprocess.run([SYSTEM_PYTHON, "-c", needed], check=False).returncode:
        pytest.skip("the system's Python has no GStreamer RTSP server")


@contextmanager
def running_script(name: str, told: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Start a script of this folder, tell it a line of JSON, and give the line that it answers with."""
    argv = [str(SYSTEM_PYTHON), str(Path(__file__).with_name(name))]
    with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None and process.stdout is not None
        process.stdin.write(json.dumps(told).encode() + b"\n")
        process.stdin.flush()
        yield json.loads(process.stdout.readline())
        process.communicate(timeout=ENDS_WITHIN_S)
