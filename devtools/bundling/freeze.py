"""Freezes the product for this system: an environment with the locked packages alone, PyInstaller, and a stamp.

What was made of the same inputs is not made again. Two builds of the same inputs are the same to the byte.
Owning thread: the main thread. Standard library only.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from devtools.locks import ROOT, Lock
from devtools.steps import run_step, say
from devtools.venv import base_python, install_lock, make_venv, venv_python

WORK = ROOT / "build" / "bundling"
"""Environments, caches and half-made things; thrown away without a loss."""
DIST = ROOT / "dist"
"""What is shipped."""
SPEC = ROOT / "build_installer.spec"
INPUTS = (
    *("app", "ui", "resources", "devtools/bundling/contents.py", "devtools/bundling/freeze.py"),
    *("build_installer.spec", "pyproject.toml", "LICENSE"),
)
INPUT_SUFFIXES_LEFT_OUT = (".pyc",)
BUILD_DATE_S = "1767225600"
"""SOURCE_DATE_EPOCH: the first of January 2026, whoever builds and when."""


def make_bundle(name: str = sys.platform) -> Path:
    """The frozen product for this system, made where it is not there yet.

    Args:
        name: of the folder in `dist/`.

    Returns:
        The folder with the programs.

    Raises:
        SetupError: it cannot be made.
    """
    folder = DIST / name / "pantau"
    stamp, digest = (
        folder.parent / "inputs.sha256",
        inputs_digest(extra=(os.path.realpath(base_python()), vlc_folder())),
    )
    if is_stamped(stamp, digest) and folder.is_dir():
        say(f"The bundle in {folder.relative_to(ROOT)} is of these very sources.")
        return folder
    python = ensure_bundle_python()
    stamp.unlink(missing_ok=True)
    freeze([str(python)], folder.parent, WORK / name)
    stamp.write_text(digest, "utf-8")
    return folder


def ensure_bundle_python() -> Path:
    """The Python of an environment that has the locked packages of the bundle and nothing else."""
    venv = WORK / "venv"
    stamp, digest = venv / "lock.sha256", Lock.BUNDLE.digest() + os.path.realpath(base_python())
    if not is_stamped(stamp, digest):
        shutil.rmtree(venv, ignore_errors=True)
        WORK.mkdir(parents=True, exist_ok=True)
        make_venv(base_python(), venv)
        install_lock(Lock.BUNDLE, venv_python(venv))
        stamp.write_text(digest, "utf-8")
    return venv_python(venv)


def freeze(python: list[str], dist: Path, work: Path, env: Mapping[str, str] = os.environ) -> None:
    """Run PyInstaller.

    Args:
        python: starts a Python that has it.
        dist: where the folder `pantau` is made.
        work: for what it makes on the way.
        env: of the process.
    """
    for folder in (dist / "pantau", work):
        shutil.rmtree(folder, ignore_errors=True)
    words = ["-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN"]
    words += ["--distpath", str(dist), "--workpath", str(work), str(SPEC)]
    for line in run_step("Freezing the product", [*python, *words], env={**env, **same_every_time()}):
        if "VLC_DIR" in line:
            say(f"  {line}")


def same_every_time() -> dict[str, str]:
    """What makes two builds alike: no time of day and no order of sets in them."""
    return {"SOURCE_DATE_EPOCH": BUILD_DATE_S, "PYTHONHASHSEED": "1"}


def vlc_folder() -> str:
    """The libVLC that is to be bundled; empty for none."""
    return os.environ.get("VLC_DIR", "")


def inputs_digest(inputs: Iterable[str] = INPUTS, extra: Iterable[str] = ()) -> str:
    """The SHA-256 of everything that a bundle is made of.

    Args:
        inputs: files and folders of the repository.
        extra: what else counts.
    """
    digest = hashlib.sha256(Lock.BUNDLE.digest().encode())
    for path in _files_of(inputs):
        digest.update(f"{path.relative_to(ROOT).as_posix()}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    for word in extra:
        digest.update(f"\0{word}".encode())
    return digest.hexdigest()


def folder_digest(folder: Path) -> str:
    """The SHA-256 of everything in a folder: what two builds have in common."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        digest.update(f"{path.relative_to(folder).as_posix()}\0".encode())
        digest.update(hashlib.sha256(_content(path)).digest())
    return digest.hexdigest()


def _content(path: Path) -> bytes:
    if path.is_symlink():
        return str(path.readlink()).encode()
    return path.read_bytes() if path.is_file() else b""


def _files_of(inputs: Iterable[str]) -> Iterator[Path]:
    for name in inputs:
        place = ROOT / name
        found = sorted(place.rglob("*")) if place.is_dir() else [place]
        yield from (path for path in found if path.is_file() and path.suffix not in INPUT_SUFFIXES_LEFT_OUT)


def is_stamped(stamp: Path, digest: str) -> bool:
    """Whether a stamp says that its neighbours were made of that."""
    return stamp.is_file() and stamp.read_text("utf-8") == digest
