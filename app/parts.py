"""The product's own parts that run as processes of their own, and how each is started.

From a checkout a part is `python -m MODULE`. The frozen product has no such Python: its console program becomes
the part that its first word names, before anything heavy is loaded (`ui/frozen.py`). Nobody else asks which of the
two it is. Any thread; standard library only; must not import anything of the product.
"""

from __future__ import annotations

import runpy
import subprocess
import sys
from collections.abc import Sequence
from enum import Enum
from pathlib import Path

PART_WORD = "--part"
"""The hidden first word of the frozen product: the next one is a part's module."""
CONSOLE_PROGRAM = "pantau"
"""The command line. Parts start from it, for a program without a console has no streams to talk by."""
WALL_PROGRAM = "pantau-wall"
"""What an officer starts: on Windows it opens no console window."""
NO_CONSOLE_WINDOW: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)
"""For `Popen(creationflags=…)`: a part never opens a black window over the wall (Windows; 0 elsewhere)."""


class Part(Enum):
    """A part; the value is the module that is run."""

    HOST = "app.video.host"
    WATCHDOG = "ui.watchdog"
    REGISTRY = "app.demo.registry"
    SIMULATOR = "app.demo.simulator"
    PICTURES = "app.doctor.pictures"
    SCREENS = "ui.screens_told"
    COMMAND_LINE = "ui.main"


def is_frozen() -> bool:
    """Whether this is the bundle that `build_installer.spec` makes."""
    return bool(getattr(sys, "frozen", False))


def bundle_folder() -> Path | None:
    """Where the frozen product keeps its libraries; None for a checkout."""
    folder = getattr(sys, "_MEIPASS", None)
    return Path(folder) if is_frozen() and folder else None


def command_of(part: Part) -> tuple[str, ...]:
    """The words that start a part; its own arguments come after them."""
    if is_frozen():
        return (str(_console_program()), PART_WORD, part.value)
    return (sys.executable, "-m", part.value)


def _console_program() -> Path:
    program = Path(sys.executable)
    return program.with_name(CONSOLE_PROGRAM + program.suffix)


def asked_part(words: Sequence[str]) -> tuple[Part, list[str]] | None:
    """The part that a command line of the frozen product names, and the part's own arguments; None for none.

    Args:
        words: without the program's name.
    """
    names = {each.value: each for each in Part}
    if len(words) < 2 or words[0] != PART_WORD or words[1] not in names:
        return None
    return names[words[1]], list(words[2:])


def run_part(part: Part, arguments: Sequence[str]) -> None:
    """Be that part until it ends, as `python -m MODULE` is.

    Raises:
        SystemExit: its exit code.
    """
    sys.argv[1:] = arguments
    runpy.run_module(part.value, run_name="__main__", alter_sys=True)
