"""The pure core has no line and no branch that the examples of its own tests do not take.

Examples alone: what only chance has ever tried, nobody has said what it has to do.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SCENES = "tests/unit/core/test_picture_scenes.py"
"""They judge real pictures for half a minute, and take no branch that the tables do not take."""


def test_the_cores_own_examples_take_every_branch_of_it(tmp_path: Path) -> None:
    environment = {**os.environ, "COVERAGE_FILE": str(tmp_path / "coverage")}
    tests = ["-m", "pytest", "-q", "tests/unit/core", f"--ignore={SCENES}", "-m", "not hypothesis"]
    measured = _coverage(["run", "--source=app/core", *tests], environment)
    assert measured.returncode == 0, measured.stdout
    reported = _coverage(["report", "--fail-under=100"], environment)
    assert reported.returncode == 0, reported.stdout


def _coverage(arguments: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "coverage", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
