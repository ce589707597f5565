"""Makes sure of the system packages: by apt on Debian and Ubuntu, by winget on Windows, by a sentence elsewhere.

Owning thread: the main thread. Standard library only.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from devtools.packages import Command, Need, SystemPackage, needs_of, venv_need
from devtools.steps import SetupError, StepError, complain, listing, run_step, say

APT_OPTIONS = ("-o", "DPkg::Lock::Timeout=120", "-o", "Dpkg::Use-Pty=0", "-o", "Acquire::Retries=2")
"""Waits for another apt that is at work (an unattended upgrade), and prints no progress bars."""
WINGET_VLC = (
    *("winget", "install", "--id", "VideoLAN.VLC", "--exact", "--silent", "--disable-interactivity"),
    *("--accept-package-agreements", "--accept-source-agreements"),
)


@dataclass(frozen=True, slots=True)
class Missing:
    """A need, and which of its packages are not there."""

    need: Need
    packages: tuple[SystemPackage, ...]


def ensure_system_packages(command: Command, *, makes_venv: bool) -> None:
    """Installs what a command needs and the system lacks.

    Args:
        command: what is to be started.
        makes_venv: whether this Python is about to make the virtual environment.

    Raises:
        SetupError: something that nothing works without cannot be had.
    """
    needs = needs_of(command)
    if _has_apt() and makes_venv and _lacks_ensurepip():
        needs = (venv_need(sys.version_info[:2]), *needs)
    ensure_needs(needs)


def ensure_needs(needs: Sequence[Need]) -> None:
    """Installs what some needs ask for and the system lacks.

    Raises:
        SetupError: something that nothing works without cannot be had.
    """
    if os.name == "nt":
        _ensure_on_windows(needs)
    elif _has_apt():
        _ensure_by_apt(needs)
    else:
        _ensure_by_hand(needs)


def _has_apt() -> bool:
    return os.name != "nt" and bool(shutil.which("dpkg-query") and shutil.which("apt-get"))


def _lacks_ensurepip() -> bool:
    return importlib.util.find_spec("ensurepip") is None  # Debian's Python keeps it in a package of its own


# --- apt ---


def _ensure_by_apt(needs: Sequence[Need]) -> None:
    missing = missing_of(needs, _installed(needs))
    if not missing:
        return
    try:
        as_root = _root_prefix()
    except SetupError as error:
        give_up(missing, str(error))
        return
    try:
        run_step("Reading the lists of system packages", _apt(as_root, "update"))
    except StepError as failure:  # a foreign archive may be gone; what is needed may still be there
        say(f"  going on with the old lists ({apt_reason(failure.output)})")
    known = _known(missing)
    for item in missing:
        _install(item, known, as_root)


def missing_of(needs: Iterable[Need], installed: frozenset[str]) -> tuple[Missing, ...]:
    """The needs that the installed packages do not meet, each with what it lacks."""
    found = []
    for need in needs:
        lacking = tuple(package for package in need.packages if installed.isdisjoint(package.names))
        if lacking:
            found.append(Missing(need, lacking))
    return tuple(found)


def _all_names(packages: Iterable[SystemPackage]) -> list[str]:
    return [name for package in packages for name in package.names]


def _installed(needs: Iterable[Need]) -> frozenset[str]:
    names = _all_names(package for need in needs for package in need.packages)
    answer = _answer(["dpkg-query", "--show", "--showformat=${db:Status-Status} ${Package}\n", *names])
    return parse_installed(answer)


def parse_installed(answer: str) -> frozenset[str]:
    """The installed packages by `dpkg-query`'s answer: lines of a status and a name."""
    rows = (line.split() for line in answer.splitlines())
    return frozenset(row[1] for row in rows if len(row) == 2 and row[0] == "installed")


def _known(missing: Iterable[Missing]) -> frozenset[str]:
    names = _all_names(package for item in missing for package in item.packages)
    answer = _answer(["apt-cache", "show", "--no-all-versions", *names])
    return frozenset(line.split()[1] for line in answer.splitlines() if line.startswith("Package: "))


def _answer(argv: Sequence[str]) -> str:
    """What a program prints; an exit code that means "some are unknown" is no error here."""
    env = {**os.environ, "LC_ALL": "C.UTF-8"}
    done = subprocess.run(argv, stdin=subprocess.DEVNULL, capture_output=True, text=True, env=env, check=False)
    return done.stdout


def chosen_names(packages: Iterable[SystemPackage], known: frozenset[str]) -> tuple[list[str], list[str]]:
    """Which names to install, and of which packages apt knows no name.

    Args:
        packages: what is missing.
        known: the names that apt can install.
    """
    names: list[str] = []
    unknown: list[str] = []
    for package in packages:
        name = next((name for name in package.names if name in known), None)
        (names if name else unknown).append(name or package.names[-1])
    return names, unknown


def _install(item: Missing, known: frozenset[str], as_root: Sequence[str]) -> None:
    names, unknown = chosen_names(item.packages, known)
    if unknown:
        give_up((item,), f"apt knows no package {listing(unknown)}")
        return
    title = f"Installing system packages: {', '.join(names)} ({item.need.purpose})"
    try:
        run_step(title, _apt(as_root, "install", *names), progress=apt_progress)
    except StepError as failure:
        give_up((item,), apt_reason(failure.output))


def apt_progress(line: str) -> str | None:
    """The ticking line's text for a line of apt's output."""
    words = line.split()
    if line.startswith("Get:"):
        return f"fetching {words[4]}" if len(words) > 4 else None
    if line.startswith("Unpacking ") and len(words) > 1:
        return f"unpacking {words[1]}"
    return f"setting up {words[2]}" if line.startswith("Setting up ") and len(words) > 2 else None


def apt_reason(output: Sequence[str]) -> str:
    """Why apt failed, without a full stop.

    Args:
        output: the last lines that it printed.
    """
    text = "\n".join(output)
    if "No space left" in text:
        return "the disk is full"
    if "Failed to fetch" in text or "Unable to fetch" in text:
        return "the package archive is not reachable"
    errors = [line.removeprefix("E: ") for line in output if line.startswith("E: ")]
    return errors[-1].rstrip(".") if errors else "apt-get failed"


def _apt(as_root: Sequence[str], action: str, *names: str) -> list[str]:
    how = ["--yes", "--no-install-recommends"] if action == "install" else []
    # `env`, for sudo drops this process's variables
    env = ["env", "DEBIAN_FRONTEND=noninteractive", "LC_ALL=C.UTF-8"]
    return [*as_root, *env, "apt-get", *APT_OPTIONS, action, *how, *names]


def _root_prefix() -> list[str]:
    """What to put before a program to run it as root.

    Raises:
        SetupError: this user cannot, or not without a password that nobody is there to type.
    """
    if os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        raise SetupError("this user is not root and there is no sudo")
    silent = subprocess.run(["sudo", "-n", "true"], stdin=subprocess.DEVNULL, capture_output=True, check=False)
    if silent.returncode == 0:
        return ["sudo", "-n"]
    if not sys.stdin.isatty():
        raise SetupError("sudo wants a password and there is nobody to ask")
    asked = subprocess.run(["sudo", "-v", "-p", "System packages are missing. Password for sudo: "], check=False)
    if asked.returncode != 0:
        raise SetupError("sudo was refused")
    return ["sudo", "-n"]


def give_up(missing: Iterable[Missing], why: str) -> None:
    """Says in a line what is gone without; raises where nothing works without it.

    Args:
        missing: what cannot be had.
        why: the cause, without a full stop.
    """
    needed = [item for item in missing if not item.need.is_optional]
    if needed:
        names = [package.names[-1] for item in needed for package in item.packages]
        raise SetupError(
            f"System packages are missing and cannot be installed ({why}). "
            f"Install them by hand: apt-get install {' '.join(names)}"
        )
    for item in missing:
        complain(f"{item.need.without} ({why}).")


# --- Windows ---


def _ensure_on_windows(needs: Sequence[Need]) -> None:
    decoder = next((need for need in needs if need.is_optional), None)
    if decoder is None or windows_vlc_folder() is not None:
        return
    missing = (Missing(decoder, decoder.packages),)
    if not shutil.which("winget"):
        give_up(missing, "VLC is not installed and there is no winget")
        return
    try:
        run_step(f"Installing VLC by winget ({decoder.purpose})", WINGET_VLC)
    except SetupError as failure:
        give_up(missing, str(failure).rstrip("."))


def windows_vlc_folder(environment: os._Environ[str] | dict[str, str] = os.environ) -> Path | None:
    """Where VLC is installed on Windows, if it is.

    Args:
        environment: where the program folders are looked up.
    """
    for name in ("ProgramW6432", "ProgramFiles"):
        folder = Path(environment.get(name, "")) / "VideoLAN" / "VLC"
        if environment.get(name) and (folder / "libvlc.dll").is_file():
            return folder
    return None


# --- other systems ---


def _ensure_by_hand(needs: Sequence[Need]) -> None:
    if sys.platform == "darwin":  # Qt's wheel brings its libraries there, and no X server is used
        needs = [need for need in needs if need.is_optional]
    missing = [Missing(need, lacking) for need in needs if (lacking := _not_found(need.packages))]
    if not missing:
        return
    needed = [item for item in missing if not item.need.is_optional]
    if needed:
        raise SetupError(by_hand(needed))
    give_up(missing, "install VLC with this system's package manager to change that")


def by_hand(missing: Iterable[Missing]) -> str:
    """The sentence for a system whose package manager is not known here."""
    wanted = [
        f"{package.library or package.program} (Debian's {package.names[-1]})"
        for item in missing
        for package in item.packages
    ]
    return f"Missing: {listing(wanted)}. Install what has it with this system's package manager."


def _not_found(packages: Iterable[SystemPackage]) -> tuple[SystemPackage, ...]:
    return tuple(package for package in packages if not _is_there(package))


def _is_there(package: SystemPackage) -> bool:
    if package.program:
        return shutil.which(package.program) is not None
    return not package.library or _loads(package.library)


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
