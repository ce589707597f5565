"""A search for a leaked password is worth nothing if it cannot find one."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import psutil
import pytest

from tests.support.canary import found_in_files, found_in_processes, new_canary

PASSWORD = new_canary()


FORMS = (
    "plain",
    "percent",
    "json",
    "repr",
    "ascii",
    "base64 of a:",
    "base64 of ab:",
    "base64 of abc:",
    "base64url",
)
"""Names of the forms: the password is another one in every process."""


@pytest.mark.parametrize(
    "text",
    [
        f"rtsp://post:{PASSWORD}@127.0.0.1/sub",
        f"rtsp://post:{quote(PASSWORD, safe='')}@127.0.0.1/sub",
        json.dumps({"secret": PASSWORD}),
        repr({"secret": PASSWORD}),
        ascii(PASSWORD),
        *(base64.b64encode(f"{user}:{PASSWORD} and more".encode()).decode() for user in ("a", "ab", "abc")),
        base64.urlsafe_b64encode(PASSWORD.encode()).decode().rstrip("="),
    ],
    ids=FORMS,
)
def test_a_password_is_found_in_every_form(tmp_path: Path, text: str) -> None:
    (tmp_path / "log").write_bytes(b"\x00\xff" + text.encode() + b"\n")
    assert found_in_files([PASSWORD], tmp_path) == [str(tmp_path / "log")]


def test_another_password_is_not_found_and_camera_files_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "log").write_text(new_canary(), encoding="utf-8")
    (tmp_path / "own.csv").write_text(PASSWORD, encoding="utf-8")
    assert not found_in_files([PASSWORD], tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="/proc is Linux's")
@pytest.mark.parametrize("is_variable", [True, False])
def test_a_password_is_found_in_arguments_and_in_the_environment(is_variable: bool) -> None:
    words = [] if is_variable else [PASSWORD]
    env = {**os.environ, **({"LOGIN": PASSWORD} if is_variable else {})}
    argv = [sys.executable, "-c", "print(flush=True); input()", *words]
    with subprocess.Popen(argv, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        (found,) = found_in_processes([PASSWORD], [psutil.Process(process.pid)])
        process.communicate(b"\n")
    assert found.endswith("environ" if is_variable else "cmdline")
