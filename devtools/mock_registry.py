"""Fetches Prism, which plays a registry from the contract's OpenAPI document alone: a program of Node.js.

It is locked like the Python packages (`devtools/prism/`, with the hash of every file), fetched once for
`dev.py test` into `.devkit/`, and takes some 90 MB and 20 s there. Without Node.js, or without a network, its one
test is left out. Standard library only.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

from devtools.packages import NODE
from devtools.steps import SetupError, StepError, run_step, say
from devtools.system import ensure_needs

ROOT = Path(__file__).resolve().parent.parent
LOCK_FOLDER = ROOT / "devtools" / "prism"
CACHE = ROOT / ".devkit"
_FILES = ("package.json", "package-lock.json")


def prism_folder() -> Path:
    """Where the Prism of this lock is, or would be."""
    digest = hashlib.sha256(b"".join((LOCK_FOLDER / name).read_bytes() for name in _FILES)).hexdigest()
    return CACHE / f"prism-{digest[:12]}"


def prism_program(folder: Path) -> Path:
    """The program in its folder."""
    return folder / "node_modules" / "@stoplight" / "prism-cli" / "dist" / "index.js"


def ensure_prism() -> None:
    """Fetch it if it is not there; where that cannot be done, say so and go on."""
    folder = prism_folder()
    if prism_program(folder).exists():
        return
    try:
        if not shutil.which("npm") and os.name != "nt":
            ensure_needs((NODE,))
        _fetch(folder)
    except SetupError as error:
        say(f"  going on without Prism: tests/contract/test_client_against_prism.py is left out ({error})")


def _fetch(folder: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise SetupError("there is no npm.")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in _FILES:
        shutil.copyfile(LOCK_FOLDER / name, folder / name)
    how = ["--ignore-scripts", "--no-audit", "--no-fund", "--prefix", str(folder)]
    try:
        run_step("Fetching Prism (plays a registry from the contract alone)", [npm, "ci", *how])
    except StepError:
        shutil.rmtree(folder, ignore_errors=True)
        raise
