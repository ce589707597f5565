"""The tile budget that the preflight has measured: one small JSON file beside what the console remembers.

Any thread; every call waits for the disk. Must not import Qt. A file that cannot be understood limits nothing and
is told: a wall that shows too much is better than one that shows nothing.
"""

from __future__ import annotations

import json
from pathlib import Path

from app.config.json_object import JsonObject
from app.config.whole_file import read_if_there, write_whole
from app.core.tile_budget import SizeClass, TileBudget

FILE_NAME = "budget.json"
VERSION = 1
MOST_TILES = 100_000


def load_budget(folder: Path) -> TileBudget | None:
    """What was measured on this PC; None where nobody has.

    Raises:
        ConfigError: the file cannot be read or understood; the message names it and why.
    """
    text = read_if_there(folder / FILE_NAME)
    if text is None:
        return None
    document = JsonObject(FILE_NAME, text)
    document.check_version(VERSION)
    document.check_keys(("version", *(size.value for size in SizeClass)))
    return TileBudget({size: document.whole(size.value, 1, MOST_TILES) for size in SizeClass})


def save_budget(folder: Path, budget: TileBudget) -> None:
    """Keep what was measured.

    Raises:
        ConfigError: the file cannot be written.
    """
    entries = {size.value: count for size, count in budget.sustained.items()}
    write_whole(folder / FILE_NAME, json.dumps({"version": VERSION, **entries}, indent=2) + "\n")
