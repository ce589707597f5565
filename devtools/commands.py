"""The subcommands of `dev.py`.

Owning thread: the main thread. Standard library only.
"""

from __future__ import annotations

import argparse
import io
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import NoReturn

from devtools.bundling.freeze import make_bundle
from devtools.bundling.windows import make_installer
from devtools.locks import ROOT, Lock, remake_locks
from devtools.packages import Command
from devtools.steps import SetupError, complain, run_step, say
from devtools.system import ensure_system_packages
from devtools.venv import VENV, State, base_python, ensure_venv, make_venv, state_of_venv, venv_python

EXIT_CANNOT = 1
EXIT_INTERRUPTED = 130
HELP = {
    Command.DEMO: "show a wall of the reference registry's cameras (arguments of `pantau demo`)",
    Command.RUN: "show a wall of a registry's cameras (arguments of `pantau run`)",
    Command.TEST: "run the tests (arguments of pytest)",
    Command.BENCH: "measure the wall against ffmpeg and mpv; `bench soak`: over a compressed week",
    Command.CHECK: "check format, lint and types",
    Command.SETUP: "install what the other commands need, and nothing else",
    Command.LOCK: "remake the lock of Python packages (--upgrade takes the newest)",
    Command.TRANSLATIONS: "bring the translations up to date with the source, and compile them",
    Command.POLICY: "write the templates for group policy and the page of all settings anew",
    Command.BUNDLE: "freeze the product into a folder that runs without Python",
    Command.INSTALLER: "make the Windows installer (on Debian: under wine)",
}
TEST_RUNS: Sequence[Sequence[str]] = (
    ("-n", "4", "--dist", "worksteal", "tests", "--ignore=tests/e2e"),
    ("-n", "2", "--dist", "loadfile", "-m", "not alone", "tests/e2e"),
    ("-m", "alone", "tests/e2e"),
)
"""Tests wait for half of their time: four at once keep two cores busy. The tests of a file that starts the product
share one, so that files stay whole. What measures the product runs alone."""
CHECKS = (
    ("format", ("ruff", "format", "--check", ".")),
    ("lint", ("ruff", "check", ".")),
    ("types", ("mypy",)),
)


def main(arguments: Sequence[str]) -> int:
    """Does what the command line asks for.

    Args:
        arguments: the words after `dev.py`.

    Returns:
        The exit code: that of the program that was started, 1 when something cannot be had, 2 for a wrong
        command line, 130 after Ctrl+C.
    """
    _show_any_letter()
    try:
        command, rest = parse(arguments)
        return _perform(command, rest)
    except SetupError as error:
        complain(f"dev.py: {error}")
        return EXIT_CANNOT
    except OSError as error:
        complain(f"dev.py: {error.filename or 'a system call'}: {error.strerror}.")
        return EXIT_CANNOT
    except KeyboardInterrupt:
        complain("dev.py: interrupted")
        return EXIT_INTERRUPTED


def _show_any_letter() -> None:
    """A console with an old code page shows a question mark for a sign that it lacks, and no traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def parse(arguments: Sequence[str]) -> tuple[Command, list[str]]:
    """The subcommand, and the words after it, untouched: they belong to the program that it starts."""
    parser = argparse.ArgumentParser(
        prog="dev.py",
        description="Set up, run, test and check Pantau. What is missing is installed first.",
        epilog="\n".join(f"{each.value:12} {HELP[each]}" for each in Command),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", choices=[each.value for each in Command], metavar="COMMAND")
    command = Command(parser.parse_args(arguments[:1]).command)
    rest = list(arguments[1:])
    if command in (Command.CHECK, Command.BUNDLE) and rest:
        parser.error(f"{command.value} takes no arguments, not {' '.join(rest)}")
    return command, rest


def parse_setup(arguments: Sequence[str]) -> tuple[Command, bool]:
    """For which command `setup` is to install, and whether it throws the `.venv` away first."""
    parser = argparse.ArgumentParser(prog="dev.py setup", description=HELP[Command.SETUP])
    choices = [
        each.value
        for each in Command
        if each not in (Command.SETUP, Command.LOCK, Command.BUNDLE, Command.INSTALLER)
    ]
    parser.add_argument("purpose", nargs="?", choices=choices, default=Command.TEST.value)
    parser.add_argument("--fresh", action="store_true", help="throw the .venv away first")
    options = parser.parse_args(arguments)
    return Command(options.purpose), options.fresh


def _perform(command: Command, rest: list[str]) -> int:
    if command is Command.SETUP:
        return _set_up_alone(*parse_setup(rest))
    if command is Command.LOCK:
        return _lock(rest)
    if command is Command.BUNDLE:
        return _build(command, make_bundle)
    if command is Command.INSTALLER:
        return _build(command, partial(make_installer, parse_installer(rest)))
    set_up(command)
    if command is Command.CHECK:
        return _check()
    if command is Command.TEST and not rest:
        return _test_everything()
    return _become(program_of(command, rest), folder=_folder_of(command))


def _set_up_alone(purpose: Command, fresh: bool) -> int:
    if fresh and VENV.exists():
        say("Removing .venv")
        shutil.rmtree(VENV)
    set_up(purpose)
    say("Everything is there.")
    return 0


def _lock(arguments: list[str]) -> int:
    """Resolves in an environment of its own: the one in `.venv` may not be makeable before there is a lock."""
    ensure_system_packages(Command.LOCK, makes_venv=True)
    with tempfile.TemporaryDirectory(prefix="pantau-lock-") as folder:
        venv = Path(folder) / "venv"
        make_venv(base_python(), venv)
        python = venv_python(venv)
        run_step("Installing uv (resolves the lock)", [str(python), "-m", "pip", "install", "--quiet", "uv"])
        remake_locks(str(python.with_name("uv.exe" if os.name == "nt" else "uv")), arguments)
    return 0


def parse_installer(arguments: Sequence[str]) -> Path | None:
    """The frozen folder that the installer is to be made of; None where it is made first."""
    parser = argparse.ArgumentParser(prog="dev.py installer", description=HELP[Command.INSTALLER])
    parser.add_argument(
        "--bundle", type=Path, metavar="FOLDER", help="of this frozen product, made on a Windows PC"
    )
    bundle: Path | None = parser.parse_args(arguments).bundle
    return bundle


def _build(command: Command, make: Callable[[], Path]) -> int:
    """Makes what is shipped, in an environment of its own."""
    ensure_system_packages(command, makes_venv=True)
    say(f"Made {make().relative_to(ROOT)}")
    return 0


def set_up(command: Command) -> None:
    """Installs what a command needs.

    Raises:
        SetupError: something cannot be had.
    """
    lock = lock_of(command)
    state = state_of_venv(lock)
    ensure_system_packages(command, makes_venv=state is State.UNUSABLE)
    ensure_venv(lock, state)


def lock_of(command: Command) -> Lock:
    """Which Python packages a command needs."""
    return Lock.RUN if command in (Command.DEMO, Command.RUN) else Lock.DEV


def program_of(command: Command, rest: Sequence[str]) -> list[str]:
    """The module and arguments that the Python of `.venv` runs for a command."""
    modules = {
        Command.DEMO: ["ui.main", "demo"],
        Command.RUN: ["ui.main", "run"],
        Command.TEST: ["pytest"],
        Command.BENCH: ["tests.bench"],
        Command.TRANSLATIONS: ["devtools.translations"],
        Command.POLICY: ["devtools.policy"],
    }
    return ["-m", *modules[command], *rest]


def _folder_of(command: Command) -> Path | None:
    """Where it runs: the wall where the caller is, so that `--report r.json` lands there."""
    return None if command in (Command.DEMO, Command.RUN) else ROOT


def _become(arguments: Sequence[str], *, folder: Path | None) -> int:
    argv = [str(venv_python()), *arguments]
    if os.name == "nt":  # `exec` there ends the process that the console waits for
        return _call(argv, folder)
    return _exec(argv, folder)


def _exec(argv: list[str], folder: Path | None) -> NoReturn:
    """Turns this process into the program, so that signals and the exit code are its own."""
    if folder is not None:
        os.chdir(folder)
    sys.stdout.flush()
    os.execv(argv[0], argv)


def _call(argv: Sequence[str], folder: Path | None) -> int:
    with subprocess.Popen(argv, cwd=folder) as process:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                continue  # the program got it too and decides how it ends


def _test_everything() -> int:
    """Every test: the small ones side by side, then the product, and last what needs the whole machine."""
    codes = [_call([str(venv_python()), "-m", "pytest", *words], ROOT) for words in TEST_RUNS]
    return max(codes, key=abs)


def _check() -> int:
    failed = []
    for name, (module, *words) in CHECKS:
        say(f"Checking {name}")
        if subprocess.run([venv_python(), "-m", module, *words], cwd=ROOT, check=False).returncode != 0:
            failed.append(name)
    say(f"Failed: {', '.join(failed)}." if failed else "All checks passed.")
    return 1 if failed else 0
