"""`dev.py translations`: brings the catalogues of translations up to date with the source, and compiles them.

Owning thread: the main thread. Standard library only; the compiler, lrelease, comes with PySide6. The compiled
catalogues are kept with the source: they are small, and neither a wall nor its set-up needs a compiler then.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

from devtools.catalogue import Catalogue, Update, catalogue_text, read_catalogue, updated
from devtools.locks import ROOT
from devtools.steps import SetupError, complain, run_step, say
from devtools.strings import Message, Strings, strings_of

FOLDER = ROOT / "resources" / "translations"
PRODUCT = FOLDER / "pantau_id.ts"
"""What the product says, in Indonesian."""
QT = FOLDER / "qt_id.ts"
"""What Qt itself says, in Indonesian: Qt has no Indonesian catalogue. Its sources are Qt's, kept by hand."""
TERMINAL = (
    *("app/bootstrap.py", "app/cli.py", "app/config/settings_command.py", "app/conformance", "app/demo"),
    *("app/doctor",),
)
"""What speaks to whoever starts the program by a command, in English alone (`app/core/errors.py`)."""
SHOWN = 60
"""Characters of a text that are enough to find it."""


def main() -> int:
    """Update and compile; 1 where a text waits for its translation or cannot be translated."""
    try:
        return _update()
    except SetupError as error:
        complain(f"dev.py: {error}")
        return 1


def _update() -> int:
    found = product_strings()
    update = updated(read_catalogue(PRODUCT), found.messages)
    _write(PRODUCT, update.catalogue)
    for path in (PRODUCT, QT):
        compile_catalogue(path, compiled(path))
    _tell(update, found)
    return 1 if found.problems or update.catalogue.unfinished else 0


def product_strings() -> Strings:
    """What the product says to people, as its source has it."""
    modules = sorted(path for folder in ("app", "ui") for path in (ROOT / folder).rglob("*.py") if _is_shown(path))
    return strings_of({path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in modules})


def _is_shown(module: Path) -> bool:
    return not any(module.is_relative_to(ROOT / part) for part in TERMINAL)


def compiled(path: Path) -> Path:
    """Where a catalogue's compiled form lies: beside it."""
    return path.with_suffix(".qm")


def compile_catalogue(path: Path, target: Path) -> None:
    """Make of a `.ts` file the `.qm` file that the product loads.

    Raises:
        SetupError: there is no compiler, or it failed.
    """
    run_step(f"Compiling {path.name}", [str(_lrelease()), "-silent", str(path), "-qm", str(target)])


def _lrelease() -> Path:
    spec = find_spec("PySide6")
    if spec is None or not spec.submodule_search_locations:
        raise SetupError("PySide6, which brings the compiler of translations, is not installed.")
    return Path(spec.submodule_search_locations[0]) / ("lrelease.exe" if os.name == "nt" else "lrelease")


def _write(path: Path, catalogue: Catalogue) -> None:
    path.write_text(catalogue_text(catalogue), encoding="utf-8", newline="\n")


def _tell(update: Update, found: Strings) -> None:
    for problem in found.problems:
        complain(str(problem))
    for message, translation in update.vanished:
        say(f"No longer said: {_named(message)}" + (f" (was: {translation})" if translation else ""))
    _tell_unfinished(update.catalogue.unfinished)


def _tell_unfinished(messages: Iterable[Message]) -> None:
    waiting = [_named(message) for message in messages]
    if waiting:
        say("\n  ".join([f"{len(waiting)} texts wait for a translation in {PRODUCT.name}:", *waiting]))
    else:
        say("Every text is translated.")


def _named(message: Message) -> str:
    source = message.source if len(message.source) <= SHOWN else f"{message.source[: SHOWN - 1]}…"
    return f"{message.context}: {source}"


if __name__ == "__main__":
    sys.exit(main())
