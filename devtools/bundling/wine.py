"""Runs Windows programs on Debian, by wine: quietly, in a Windows of their own that lies in one folder.

Traps, each met: wine wants an empty standard input and pipes for its output; it takes variables that begin with
`QT_` away; an exit code arrives modulo 256. Standard library only.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

WINE_FOLDER = Path("/usr/lib/wine")
"""Where Debian keeps the program itself; `/usr/bin/wine` is a script that looks for a 32-bit one first."""
START_LIMIT_S = 180.0
PROGRAMS = "/usr/sbin:/usr/bin:/sbin:/bin"
NO_ADDITIONS = "mscoree=;mshtml="
"""Neither .NET nor a browser is asked for or fetched."""


@dataclass(frozen=True, slots=True)
class Done:
    """How a Windows program ended."""

    code: int
    output: str


@dataclass(frozen=True, slots=True)
class Wine:
    """A Windows in a folder.

    Attributes:
        prefix: the folder; it is made at the first start.
        before: words before wine itself: those that enter another system.
        folder: where wine's programs are.
        more: environment variables.
        is_stranger: whether it is another system, which this one's environment means nothing to.
    """

    prefix: Path
    before: tuple[str, ...] = ()
    folder: Path = WINE_FOLDER
    more: Mapping[str, str] = field(default_factory=dict)
    is_stranger: bool = False

    @property
    def drive(self) -> Path:
        """Its drive C."""
        return self.prefix / "drive_c"

    def command(self, words: Sequence[str]) -> list[str]:
        """The words that start a Windows program here."""
        return [*self.before, str(self.folder / "wine64"), *words]

    def environment(self) -> dict[str, str]:
        """The environment for it: without a display, unless `more` names one."""
        here = {} if self.is_stranger else os.environ
        base = {key: value for key, value in here.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")}
        own = {"WINEPREFIX": str(self.prefix), "WINEARCH": "win64", "WINEDEBUG": "-all"}
        path = f"{self.folder}:{base.get('PATH', PROGRAMS)}"
        return {**base, **own, "WINEDLLOVERRIDES": NO_ADDITIONS, "PATH": path, **self.more}

    def run(self, words: Sequence[str], limit_s: float = START_LIMIT_S) -> Done:
        """Run a Windows program to its end.

        Args:
            words: the program and its arguments.
            limit_s: it is ended after so long.

        Raises:
            subprocess.TimeoutExpired: it took longer.
        """
        done = subprocess.run(
            self.command(words),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=self.environment(),
            timeout=limit_s,
            check=False,
        )
        return Done(done.returncode, done.stdout.decode("utf-8", errors="replace").replace("\r", ""))

    def stop(self) -> None:
        """End everything that runs in it."""
        server = next(
            (each for name in ("wineserver", "wineserver64") if (each := self.folder / name).exists()), None
        )
        if server is not None:
            words = [*self.before, str(server), "-k", "-w"]
            subprocess.run(words, env=self.environment(), capture_output=True, timeout=START_LIMIT_S, check=False)


def windows_path(path: Path) -> str:
    """A file of this system as a program in wine names it: drive Z is the root."""
    return "Z:" + str(path.absolute()).replace("/", "\\")
