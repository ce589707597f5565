"""The part of the test suite that is about what differs on Windows, run by a Windows Python in wine.

Left out is what needs libVLC, POSIX signals, /proc or an X server, and what is the same everywhere.
"""

from __future__ import annotations

import re
from pathlib import Path

from devtools.bundling.windows import prepared_wine
from devtools.bundling.windows_python import ensure_test_packages, ensure_windows_python
from devtools.bundling.wine import windows_path
from devtools.locks import ROOT
from devtools.packages import Command
from devtools.system import ensure_system_packages

SUITE = (
    "tests/unit/config",
    "tests/unit/audit",
    "tests/unit/video",
    "tests/unit/test_hangs.py",
    "tests/unit/test_in_place.py",
    "tests/unit/test_keep.py",
    "tests/unit/test_parts.py",
    "tests/unit/test_log.py",
    "tests/unit/test_network.py",
    "tests/unit/test_report.py",
    "tests/unit/test_snapshot_files.py",
    "tests/unit/test_enrolment_of_pc.py",
)
LEFT_OUT = ("tests/unit/video/test_video_thinning.py",)
"""Imports libVLC, which no registry has for Windows."""
LEAST_PASSED = 500
LIMIT_S = 1500.0


def test_what_differs_on_windows_passes_there(tmp_path: Path) -> None:
    ensure_system_packages(Command.INSTALLER, makes_venv=False)
    python, packages = ensure_windows_python() / "python.exe", ensure_test_packages()
    quiet = {"PYTHONPATH": windows_path(packages), "PYTHONDONTWRITEBYTECODE": "1"}
    wine = prepared_wine(tmp_path / "prefix", **quiet)
    words = [windows_path(ROOT / each) for each in SUITE]
    words += [f"--ignore={windows_path(ROOT / each)}" for each in LEFT_OUT]
    try:
        done = wine.run([str(python), "-m", "pytest", "-q", "-p", "no:cacheprovider", *words], LIMIT_S)
    finally:
        wine.stop()
    assert done.code == 0, done.output[-6000:]
    passed = re.search(r"(\d+) passed", done.output)
    assert passed is not None and int(passed[1]) >= LEAST_PASSED, done.output[-500:]
