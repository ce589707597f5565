"""An officer's own keys: what differs from the keys as delivered, in one versioned JSON file.

GUI thread. A file that cannot be used leaves the keys as delivered and stays as it is; the next keys that are
saved put it aside. Must not import Qt.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.config.own_file import OwnFile
from app.core.errors import ConfigError
from app.core.keymap import Keymap, changes_between, changes_text, parse_changes, with_changes
from app.core.layouts import Layouts
from app.core.sentence import Sentence

FILE_NAME = "keys.json"


@dataclass(frozen=True, slots=True)
class LoadedKeys:
    """The keys that count now.

    Attributes:
        keymap: what each chord calls.
        problem: why the officer's own keys cannot be used, in one sentence; None where all is well.
    """

    keymap: Keymap
    problem: Sentence | None = None


class KeymapFile:
    """The file.

    Args:
        folder: where it is; made when keys are saved.
        default: the keys as delivered.
    """

    def __init__(self, folder: Path, default: Keymap) -> None:
        self._file = OwnFile(folder / FILE_NAME)
        self._default = default

    def load(self, layouts: Layouts) -> LoadedKeys:
        """The officer's keys; those as delivered where there is no file, or none that can be used.

        Args:
            layouts: which layouts a chord may call.
        """
        try:
            changes = self._file.load(lambda name, text: parse_changes(text, name, layouts))
        except ConfigError as error:
            return LoadedKeys(self._default, error.sentence)
        return LoadedKeys(with_changes(self._default, changes or {}))

    def save(self, keymap: Keymap) -> None:
        """Keep what differs from the keys as delivered.

        Raises:
            ConfigError: it cannot be written; the older file is still there.
        """
        self._file.write(changes_text(changes_between(self._default, keymap)))
