"""Cameras files of `demo --cameras`, and simulated cameras with a password that the test chooses."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from pathlib import Path
from urllib.parse import urlsplit

COLUMNS = ("code", "name", "kelurahan", "main_url", "sub_url", "username", "password")
ENDS_WITHIN_S = 10.0


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a cameras file, its fields in the order of the columns."""

    code: str
    name: str
    kelurahan: str
    main_url: str
    sub_url: str = ""
    username: str = ""
    password: str = ""


def write_cameras(path: Path, rows: Sequence[Row]) -> Path:
    """Write a cameras file; gives its path."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(astuple(row) for row in rows)
    return path


@contextmanager
def cameras_with_login(username: str, password: str) -> Iterator[str]:
    """Start the simulator with that login; gives the beginning of its cameras' URLs."""
    argv = [sys.executable, "-m", "app.demo.simulator", "--parent-pipe"]
    with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None and process.stdout is not None
        process.stdin.write(json.dumps({"username": username, "secret": password}).encode() + b"\n")
        process.stdin.flush()
        address = urlsplit(json.loads(process.stdout.readline())["streams"])
        yield f"rtsp://{address.netloc}"
        process.communicate(timeout=ENDS_WITHIN_S)
