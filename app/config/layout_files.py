"""Saved layouts on this PC, a file each. A locked one is not written over nor deleted until it is unlocked.

Any thread; every call waits for the disk. Must not import Qt.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from app.config.layout_text import layout_from_text, layout_text
from app.config.named_files import NamedFiles
from app.config.whole_file import write_whole
from app.core.errors import ConfigError
from app.core.ports import LoadedLayouts
from app.core.saved_layout import SavedLayout
from app.core.sentence import Sentence


class LayoutFiles:
    """The layouts in one folder.

    Args:
        folder: where the files are; made with the first one.
    """

    def __init__(self, folder: Path) -> None:
        self._files: NamedFiles[SavedLayout] = NamedFiles(
            folder, Sentence("layout"), layout_from_text, layout_text
        )

    def load(self) -> LoadedLayouts:
        """Every layout that can be read, and a sentence for each file that cannot."""
        return LoadedLayouts(*self._files.load())

    def save(self, saved: SavedLayout) -> None:
        """Write a layout, in the place of the one of its name.

        Raises:
            ConfigError: that one is locked, or the file cannot be written; nothing has changed.
        """
        self._refuse_locked(saved.name)
        self._files.save(saved)

    def delete(self, name: str) -> None:
        """Delete a layout's file.

        Raises:
            ConfigError: there is none, it is locked, or it cannot be deleted.
        """
        self._refuse_locked(name)
        self._files.delete(name)

    def rename(self, old: str, new: str) -> None:
        """Give a layout another name. Its file is written anew before the old one goes: no cut of power loses it.

        Raises:
            ConfigError: there is none, it is locked, the new name is taken, or the disk refuses.
        """
        self._refuse_locked(old)
        layout = self._files.get(old)
        if self._files.find(new) is not None:
            raise ConfigError("there is a layout ‘{0}’ already", new)
        self._files.save(replace(layout, grid=replace(layout.grid, name=new)))
        self._files.delete(old)

    def unlock(self, name: str) -> None:
        """Let a layout be written over and deleted again.

        Raises:
            ConfigError: there is none, or its file cannot be written.
        """
        self._files.save(replace(self._files.get(name), is_locked=False))

    def import_file(self, path: str | Path) -> SavedLayout:
        """The layout in a file, wherever it lies.

        Raises:
            ConfigError: it holds none; the message names file, line and reason.
        """
        return self._files.read(Path(path))

    def export(self, saved: SavedLayout, path: str | Path) -> None:
        """Write a layout to a file anywhere.

        Raises:
            ConfigError: the file cannot be written.
        """
        write_whole(Path(path), layout_text(saved))

    def _refuse_locked(self, name: str) -> None:
        found = self._files.find(name)
        if found is not None and found.is_locked:
            raise ConfigError("the layout ‘{0}’ is locked: unlock it first", name)
