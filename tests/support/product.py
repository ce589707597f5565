"""The product as its user starts it: a process with a home and a temporary folder of its own.

Everything that it prints goes into files, so that nothing is lost and no pipe ever fills up.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from tests.waiting import until
from tests.xdisplay import XDisplay

ROOT = Path(__file__).parents[2]
ENDS_WITHIN_S = 30.0
KEYRING_THAT_REFUSES = "keyring.backends.fail.Keyring"
HOST, REGISTRY, SIMULATOR = "app.video.host", "app.demo.registry", "app.demo.simulator"
LEFTOVER_NAMES = ("pantau", "psm_")
"""How an entry of shared memory would begin: our own names, and those of Python's shared memory."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run of the product ended."""

    code: int
    output: str
    errors: str

    @property
    def complaints(self) -> list[str]:
        """The lines on standard error."""
        return self.errors.splitlines()


class Product:
    """A running `pantau`.

    Args:
        process: the console.
        folder: all of the run's files.
    """

    def __init__(self, process: subprocess.Popen[bytes], folder: Path) -> None:
        self.process = process
        self.folder = folder
        self.temp = folder / "tmp"
        self._family: set[psutil.Process] = set()

    @property
    def report(self) -> Any:
        """The report of `--report`, of a run that has ended."""
        return json.loads((self.folder / "report.json").read_text(encoding="utf-8"))

    @property
    def errors(self) -> str:
        """What was written to standard error so far."""
        return (self.folder / "stderr").read_text(encoding="utf-8")

    @property
    def output(self) -> str:
        """What was written to standard output so far."""
        return (self.folder / "stdout").read_text(encoding="utf-8")

    def family(self) -> set[psutil.Process]:
        """The console and every process that was ever seen to descend from it."""
        with suppress(psutil.NoSuchProcess):
            console = psutil.Process(self.process.pid)
            self._family |= {console, *console.children(recursive=True)}
        return self._family

    def of_kind(self, module: str) -> list[psutil.Process]:
        """The living processes that run a module of the product."""
        return [each for each in self.family() if module in _command_line(each)]

    def hosts(self) -> list[psutil.Process]:
        """The video hosts, the one with the most streams first."""
        return sorted(self.of_kind(HOST), key=streams_of, reverse=True)

    def interrupt(self) -> Ended:
        """Do what Ctrl+C in a terminal does, which reaches every process, and wait for the end."""
        self.family()
        os.killpg(self.process.pid, signal.SIGINT)
        return self.wait()

    def end(self, number: signal.Signals = signal.SIGTERM) -> Ended:
        """Send a signal and wait for the end."""
        self.family()
        self.process.send_signal(number)
        return self.wait()

    def wait(self, within_s: float = ENDS_WITHIN_S) -> Ended:
        """Wait for the end."""
        give_up_s = time.monotonic() + within_s
        while True:
            self.family()
            with suppress(subprocess.TimeoutExpired):
                return Ended(self.process.wait(0.1), self.output, self.errors)
            assert time.monotonic() < give_up_s, f"it did not end within {within_s:g} s: {self.errors}"

    def wait_family_gone(self) -> None:
        """Until none of its processes is left."""
        until(lambda: not self.left_processes(), what="the end of every process of the product")

    def left_processes(self) -> list[str]:
        """What still runs of all that it ever started."""
        return [_command_line(each) for each in self.family() if _command_line(each)]

    def left_files(self) -> list[Path]:
        """What it left in the folder for temporary files."""
        return list(self.temp.rglob("*"))


def streams_of(host: psutil.Process) -> int:
    """How many cameras a host is connected to."""
    with suppress(psutil.NoSuchProcess):
        return sum(each.status == psutil.CONN_ESTABLISHED for each in host.net_connections(kind="tcp"))
    return 0


def shared_memory() -> set[str]:
    """The entries of shared memory that could be the product's."""
    folder = Path("/dev/shm")
    return {each.name for each in folder.iterdir() if each.name.startswith(LEFTOVER_NAMES)}


def _command_line(process: psutil.Process) -> str:
    """Its arguments, empty for one that has ended."""
    try:
        if process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
            return " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        pass
    return ""


def run_product(folder: Path, arguments: Sequence[str], more: Mapping[str, str] | None = None) -> Ended:
    """Run the product to its own end, without a display; see `running_product`."""
    with running_product(folder, arguments, None, more) as product:
        return product.wait(60.0)


@contextmanager
def running_product(
    folder: Path,
    arguments: Sequence[str],
    display: XDisplay | None = None,
    more: Mapping[str, str] | None = None,
    start: Sequence[str] = ("ui.main",),
    program: Sequence[str] = (sys.executable, "-m"),
) -> Iterator[Product]:
    """Start the product; whatever is left of it at the end is ended by its id.

    Args:
        folder: for the run's files; `--report` and `--screenshot` best go there, too.
        arguments: of the command line.
        display: where its window opens; none at all without it.
        more: environment variables.
        start: the module that is run, and what it wants before the product's own arguments.
        program: what runs it; the frozen product takes no module: its `start` is empty.
    """
    env = {**_environment(folder, display), **(more or {})}
    with (folder / "stdout").open("wb") as output, (folder / "stderr").open("wb") as errors:
        process = subprocess.Popen(
            [*program, *start, *arguments],
            cwd=ROOT,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=errors,
            start_new_session=True,
        )
    product = Product(process, folder)
    try:
        yield product
    finally:
        _end(product)


def bare_environment(base: Mapping[str, str] = os.environ) -> dict[str, str]:
    """An environment without anything that says how the product is to be, or where its user's files are."""
    return {name: value for name, value in base.items() if not name.startswith(("PANTAU_", "XDG_"))}


def _environment(folder: Path, display: XDisplay | None) -> dict[str, str]:
    """A user's environment in an empty home, without a display unless there is one, and without a keyring."""
    base = display.env() if display is not None else dict(os.environ)
    if display is None:
        for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
            base.pop(name, None)
    home, temp, runtime = folder / "home", folder / "tmp", folder / "run"
    for each in (home, temp):
        each.mkdir(parents=True, exist_ok=True)
    runtime.mkdir(mode=0o700, exist_ok=True)
    own = {"HOME": str(home), "TMPDIR": str(temp), "XDG_RUNTIME_DIR": str(runtime)}
    return {**bare_environment(base), **own, "PYTHON_KEYRING_BACKEND": KEYRING_THAT_REFUSES}


def _end(product: Product) -> None:
    family = product.family()
    if product.process.poll() is None:
        product.process.terminate()
        with suppress(subprocess.TimeoutExpired):
            product.process.wait(ENDS_WITHIN_S)
    for each in family:
        with suppress(psutil.NoSuchProcess):
            if each.is_running():
                each.kill()
    product.process.wait(ENDS_WITHIN_S)
