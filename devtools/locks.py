"""The lock: every Python package that Pantau uses, its version and its hashes, for every system at once.

`run.txt` is what the product needs, `dev.txt` that and what its tests and checks need, `bundle.txt` the product
and what freezes it. Standard library only.
"""

from __future__ import annotations

import hashlib
import os
import re
from enum import Enum
from pathlib import Path

from devtools.steps import SetupError, StepError, run_step, say

ROOT = Path(__file__).resolve().parent.parent
HEADER = (
    "# Made by `python3 dev.py lock` from pyproject.toml: do not edit.\n"
    "# One lock for Linux and Windows; every file that may be installed has its hash here.\n"
)


class Lock(Enum):
    """A lock file; the value is its name in `requirements/`."""

    RUN = "run.txt"
    DEV = "dev.txt"
    BUNDLE = "bundle.txt"

    @property
    def path(self) -> Path:
        """Where it is."""
        return ROOT / "requirements" / self.value

    def digest(self) -> str:
        """Its SHA-256.

        Raises:
            SetupError: it cannot be read.
        """
        return hashlib.sha256(self._read()).hexdigest()

    def package_count(self) -> int:
        """How many packages it names."""
        return len(re.findall(rb"^[A-Za-z0-9][^=\s]*==", self._read(), flags=re.MULTILINE))

    def _read(self) -> bytes:
        try:
            return self.path.read_bytes()
        except OSError as error:
            raise SetupError(f"{self.path} cannot be read: {error.strerror}.") from error


def remake_locks(uv: str, arguments: list[str]) -> None:
    """Resolves `pyproject.toml` anew and writes every lock.

    Versions that still fit are kept; `--upgrade` among the arguments takes the newest.

    Args:
        uv: the resolver program.
        arguments: more arguments for `uv pip compile`.

    Raises:
        SetupError: there is no answer.
    """
    _remake(uv, Lock.RUN, arguments)
    for lock, extra in ((Lock.DEV, "dev"), (Lock.BUNDLE, "bundle")):
        _remake(uv, lock, ["--extra", extra, "--constraint", str(Lock.RUN.path), *arguments])


def _remake(uv: str, lock: Lock, arguments: list[str]) -> None:
    argv = [uv, "pip", "compile", "--no-config", "--universal", "--python-version", "3.11"]
    argv += ["--generate-hashes", "--only-binary", ":all:", "--no-header", "--no-annotate", "--quiet"]
    argv += ["--output-file", str(lock.path), *arguments, str(ROOT / "pyproject.toml")]
    lock.path.parent.mkdir(exist_ok=True)
    try:
        run_step(f"Resolving requirements/{lock.value}", argv, env=_public_index_only())
    except StepError as failure:
        raise SetupError(
            f"requirements/{lock.value} cannot be made: {' '.join(failure.output).strip()}"
        ) from failure
    text = lock.path.read_text("utf-8").removeprefix(HEADER)
    check_neutral(text, lock.value)
    lock.path.write_text(HEADER + text, "utf-8")
    say(f"  {lock.package_count()} packages")


def check_neutral(text: str, name: str) -> None:
    """A lock names packages and hashes only: an address would tie it to one machine's index.

    Raises:
        SetupError: it names an address or has a package without a hash.
    """
    if re.search(r"://|^\s*--(?!hash=)", text, flags=re.MULTILINE):
        raise SetupError(f"requirements/{name} names an index or an address; it must name packages only.")
    packages = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)
    bare = [package.split()[0] for package in packages if "==" in package and "--hash=sha256:" not in package]
    if bare:
        raise SetupError(f"requirements/{name} has no hash for {bare[0]}.")


def _public_index_only() -> dict[str, str]:
    """This environment without what points the resolver at an index or wheels of this machine alone."""
    return {key: value for key, value in os.environ.items() if not key.startswith(("UV_", "PIP_"))}
