"""Makes sure of the virtual environment in `.venv` and of the locked packages in it.

A stamp in `.venv` says what was installed by which Python; where it fits, nothing is started at all.
Owning thread: the main thread. Standard library only.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import Enum
from pathlib import Path

from devtools.locks import ROOT, Lock
from devtools.steps import SetupError, StepError, run_step, say

VENV = ROOT / ".venv"
SUPPORTED = ((3, 11), (3, 13))
"""First and last Python that every locked package has a wheel for (PySide6 6.8 ends before 3.14)."""
NETWORK_SIGNS = (
    "NewConnectionError",
    "NameResolutionError",
    "Temporary failure in name resolution",
    "Network is unreachable",
    "Connection refused",
    "ConnectTimeout",
    "Max retries exceeded",
    "connection broken",
)
LAUNCHERS = {"pantau": "main", "pantau-wall": "wall_main"}
"""Programs in `.venv` and the function of `ui.main` that each starts, as in pyproject.toml."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What an installation was made of.

    Attributes:
        python: the interpreter behind `.venv`, so that a replaced one is noticed.
        root: the repository's folder, so that a moved one is noticed.
        lock: the name of the installed lock file.
        digest: the SHA-256 of that file.
    """

    python: str
    root: str
    lock: str
    digest: str


class State(Enum):
    """What has to be done to `.venv`."""

    FITS = "fits"
    OUTDATED = "outdated"  # sound, with other packages than the lock's
    UNUSABLE = "unusable"  # not there, broken, moved, or of another Python


def venv_python(venv: Path = VENV) -> Path:
    """The interpreter in a virtual environment."""
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def judge(found: Stamp | None, wanted: Stamp, digests: Mapping[str, str], *, has_python: bool) -> State:
    """What has to be done, by the stamp.

    Args:
        found: the stamp in `.venv`; None without one.
        wanted: what it would be after an installation now.
        digests: the SHA-256 of every lock file, by name.
        has_python: whether the interpreter is there.
    """
    if not has_python:
        return State.UNUSABLE
    if found is None:
        return State.OUTDATED
    if (found.python, found.root) != (wanted.python, wanted.root):
        return State.UNUSABLE
    covers = found.lock in (wanted.lock, Lock.DEV.value)
    return State.FITS if covers and found.digest == digests.get(found.lock) else State.OUTDATED


def read_stamp(venv: Path = VENV) -> Stamp | None:
    """The stamp in a virtual environment; None where there is none or it cannot be read."""
    try:
        values = json.loads(_stamp_path(venv).read_text("utf-8"))
        return Stamp(**{key: str(value) for key, value in values.items()})
    except (OSError, ValueError, TypeError, AttributeError):
        return None


def write_stamp(stamp: Stamp, venv: Path = VENV) -> None:
    """Writes the stamp: the last act of an installation."""
    _stamp_path(venv).write_text(json.dumps(asdict(stamp), indent=1), "utf-8")


def _stamp_path(venv: Path) -> Path:
    return venv / "pantau-stamp.json"


def state_of_venv(lock: Lock) -> State:
    """What has to be done to `.venv` before a command that needs this lock can start."""
    wanted = _stamp_for(lock)
    digests = {each.value: each.digest() for each in Lock}
    state = judge(read_stamp(), wanted, digests, has_python=venv_python().exists())
    if state is State.OUTDATED and not _runs():
        return State.UNUSABLE
    return state


def _stamp_for(lock: Lock) -> Stamp:
    return Stamp(_interpreter_behind(VENV), str(ROOT), lock.value, lock.digest())


def _interpreter_behind(venv: Path) -> str:
    """The base interpreter of a virtual environment: its real path, or on Windows what `pyvenv.cfg` says."""
    if os.name != "nt":
        return os.path.realpath(venv_python(venv))
    try:
        lines = (venv / "pyvenv.cfg").read_text("utf-8").splitlines()
    except OSError:
        return ""
    return "; ".join(line for line in lines if line.startswith(("home", "version")))


def ensure_venv(lock: Lock, state: State) -> None:
    """Makes `.venv` and installs the lock in it, as far as its state asks for it.

    Args:
        lock: what the command needs; a `.venv` that has the development packages keeps them.
        state: what `state_of_venv` found.

    Raises:
        SetupError: it cannot be made, or a package cannot be had.
    """
    if state is State.FITS:
        return
    before = read_stamp()
    if state is State.UNUSABLE:
        _create()
    _stamp_path(VENV).unlink(missing_ok=True)
    if before is not None and before.lock == Lock.DEV.value:
        lock = Lock.DEV
    install_lock(lock, venv_python())
    _link_repository()
    write_stamp(_stamp_for(lock))


def _runs() -> bool:
    test = f"import pip, sys; sys.exit(not {SUPPORTED[0]} <= sys.version_info[:2] <= {SUPPORTED[1]})"
    argv = [str(venv_python()), "-c", test]
    try:
        return subprocess.run(argv, stdin=subprocess.DEVNULL, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _create() -> None:
    python = base_python()
    if VENV.exists():
        say("The .venv does not work here any more: removing it")
        shutil.rmtree(VENV)
    try:
        make_venv(python, VENV)
    except SetupError:
        shutil.rmtree(VENV, ignore_errors=True)
        raise


def make_venv(python: str, folder: Path) -> None:
    """Makes a virtual environment with nothing but pip in it.

    Raises:
        SetupError: it cannot be made.
    """
    try:
        run_step(f"Creating {folder.name} with {python}", [python, "-m", "venv", str(folder)])
    except StepError as failure:
        reason = next((line.strip() for line in reversed(failure.output) if line.strip()), "no reason given")
        raise SetupError(f"{folder} cannot be made: {reason}") from failure


def is_supported(version: tuple[int, int]) -> bool:
    """Whether every locked package has a wheel for this Python."""
    first, last = SUPPORTED
    return first <= version <= last


def base_python() -> str:
    """A Python that the locked packages support: this one, or another one on the search path.

    Raises:
        SetupError: there is none.
    """
    if is_supported(sys.version_info[:2]):
        return sys._base_executable if sys.prefix != sys.base_prefix else sys.executable  # type: ignore[attr-defined]
    first, last = SUPPORTED
    for minor in range(last[1], first[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        if found:
            return found
    raise SetupError(
        f"Pantau's packages are made for Python {first[0]}.{first[1]} to {last[0]}.{last[1]}; this is "
        f"{sys.version_info[0]}.{sys.version_info[1]} and none of those was found. Install one of them."
    )


def install_lock(lock: Lock, python: Path) -> None:
    """Installs the packages of a lock, each by its hash.

    Args:
        lock: which ones.
        python: of the environment that they go into.

    Raises:
        SetupError: one cannot be had.
    """
    argv = [str(python), "-m", "pip", "install", "--require-hashes", "--only-binary", ":all:"]
    argv += ["--no-input", "--disable-pip-version-check", "--progress-bar", "off", "--retries", "2"]
    argv += ["--requirement", str(lock.path)]
    title = f"Installing the locked Python packages (requirements/{lock.value})"
    try:
        output = run_step(title, argv, progress=pip_progress)
    except StepError as failure:
        raise SetupError(pip_reason(failure.output)) from failure
    for line in installed_packages(output):
        say(f"  {line}")


def installed_packages(output: Sequence[str]) -> list[str]:
    """What pip installed, as lines to show; empty when everything was there."""
    sign = "Successfully installed "
    names = next((line.removeprefix(sign).split() for line in output if line.startswith(sign)), [])
    text = f"{len(names)} installed: {', '.join(names)}" if names else ""
    return textwrap.wrap(text, 110, break_on_hyphens=False)


def pip_progress(line: str) -> str | None:
    """The ticking line's text for a line of pip's output."""
    words = line.split()
    if line.startswith("Collecting "):
        return f"fetching {words[1]}"
    return "unpacking" if line.startswith("Installing collected packages") else None


def pip_reason(output: Sequence[str]) -> str:
    """One sentence for why pip failed.

    Args:
        output: the last lines that it printed.
    """
    text = "\n".join(output)
    if "No space left on device" in text:
        return "The Python packages cannot be installed: the disk is full."
    if "CERTIFICATE_VERIFY_FAILED" in text:
        return "The Python packages cannot be downloaded: the index's TLS certificate is not trusted here."
    if any(sign in text for sign in NETWORK_SIGNS):
        return "The Python packages cannot be downloaded: the package index is not reachable."
    if "DO NOT MATCH THE HASHES" in text:
        return "A downloaded Python package does not match its locked hash; nothing was installed."
    errors = [line.removeprefix("ERROR: ") for line in output if line.startswith("ERROR: ")]
    return f"pip cannot install the locked packages: {errors[-1] if errors else 'no reason given'}"


def _link_repository() -> None:
    """Makes `app` and `ui` importable in `.venv` from any folder, and puts the launchers there.

    An editable install would do the same, but fetches a build tool first.
    """
    _site_packages().joinpath("pantau-repository.pth").write_text(f"{ROOT}\n", "utf-8")
    for name, function in LAUNCHERS.items():
        _write_launcher(name, function)


def _site_packages() -> Path:
    if os.name == "nt":
        return VENV / "Lib" / "site-packages"
    return next(VENV.glob("lib/python3.*/site-packages"))


def _write_launcher(name: str, function: str) -> None:
    code = f"import sys; from ui.main import {function}; sys.exit({function}())"
    folder = venv_python().parent
    if os.name == "nt":
        (folder / f"{name}.cmd").write_text(f'@"%~dp0python.exe" -c "{code}" %*\n', "utf-8")
        return
    launcher = folder / name
    launcher.write_text(f'#!/bin/sh\nexec "{venv_python()}" -c "{code}" "$@"\n', "utf-8")
    launcher.chmod(0o755)
