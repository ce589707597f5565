"""An officer's own keys: what differs from the keys as delivered, in one versioned JSON file.

GUI thread. A file that cannot be used leaves the keys as delivered and stays as it is; the next keys that are
saved put it aside. Must import nothing of ours but the core.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.config.own_file import OwnFile
from app.core.errors import ConfigError
from app.core.keymap import Keymap, changes_between, changes_text, parse_changes, with_changes
from app.core.layouts import Layouts

FILE_NAME = "keys.json"


@dataclass(frozen=True, slots=True)
class LoadedKeys:
    """The keys that count now.

    Attributes:
        keymap: what each chord calls.
        problem: why the officer's own keys cannot be used, in one sentence; empty where all is well.
    """

    keymap: Keymap
    problem: str = ""


class KeymapFile:
    """The file.

    Args:
        folder: where it is; made when keys are saved.
        default: the keys as delivered.
    """

    def __init__(self, folder: Path, default: Keymap) -> None:
        self._file = OwnFile(folder / FILE_NAME)
        self._default = default
        self._is_broken = False

    def load(self, layouts: Layouts) -> LoadedKeys:
        """The officer's keys; those as delivered where there is no file, or none that can be used.

        Args:
            layouts: which layouts a chord may call.
        """
        try:
            text = self._file.read()
            changes = parse_changes(text, self._file.name, layouts) if text is not None else {}
        except ConfigError as error:
            self._is_broken = True
            return LoadedKeys(self._default, str(error))
        self._is_broken = False
        return LoadedKeys(with_changes(self._default, changes))

    def save(self, keymap: Keymap) -> None:
        """Keep what differs from the keys as delivered.

        Raises:
            ConfigError: it cannot be written; the older file is still there.
        """
        if self._is_broken:
            self._file.put_aside()
            self._is_broken = False
        self._file.write(changes_text(changes_between(self._default, keymap)))
