"""Where the bundle of `build_installer.spec` begins: a part of the product, the command line, or the wall.

What a part does not need is not loaded for it: a video host must start in a moment. Main thread.
"""

from __future__ import annotations

import ctypes
import io
import os
import sys
from pathlib import Path

from app.parts import WALL_PROGRAM, asked_part, run_part

EXIT_USAGE = 2
_ERROR_ICON = 0x10
"""MB_ICONERROR of Windows' MessageBox."""


def main() -> int:
    """Be what this program was started as; returns the process's exit code."""
    asked = asked_part(sys.argv[1:])
    if asked is not None:
        run_part(*asked)
    if Path(sys.executable).stem != WALL_PROGRAM:
        return _command_line()
    return _wall() if sys.stderr is not None else _wall_without_streams()


def _command_line() -> int:
    from ui.main import main as command_line

    return command_line()


def _wall() -> int:
    from ui.main import wall_main

    return wall_main()


def _wall_without_streams() -> int:
    """The wall as Windows starts it from the menu: what it would say at a prompt is shown in a box."""
    said = io.StringIO()
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        sys.stdout, sys.stderr = nowhere, said
        code = _wall()
    if code == EXIT_USAGE and said.getvalue():
        _show_box(said.getvalue())
    return code


def _show_box(text: str) -> None:
    user32 = getattr(ctypes, "windll").user32  # noqa: B009 - mypy on Linux knows no windll
    user32.MessageBoxW(None, text, "Pantau", _ERROR_ICON)


if __name__ == "__main__":
    sys.exit(main())
