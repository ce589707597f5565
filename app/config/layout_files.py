"""Saved layouts on this PC: one JSON file each, which can be copied, mailed and read.

Any thread; every call waits for the disk. Must not import Qt. What cannot be read is told and left as it is; it is
never written over. A locked layout is not written over nor deleted until it is unlocked.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from app.config.layout_text import layout_from_text, layout_text
from app.config.whole_file import read_whole, write_whole
from app.core.errors import ConfigError
from app.core.ports import LoadedLayouts
from app.core.saved_layout import SavedLayout
from app.core.sentence import Sentence

SUFFIX = ".json"
_SLUG_MAX_LENGTH = 40


class LayoutFiles:
    """The layouts in one folder.

    Args:
        folder: where the files are; made with the first one.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load(self) -> LoadedLayouts:
        """Every layout that can be read, and a sentence for each file that cannot."""
        saved: dict[str, SavedLayout] = {}
        problems = []
        for path in self._paths():
            try:
                layout = self.import_file(path)
            except ConfigError as error:
                problems.append(error.sentence)
                continue
            if layout.name in saved:
                problems.append(Sentence("{0}: another file has a layout ‘{1}’, too", path.name, layout.name))
            else:
                saved[layout.name] = layout
        return LoadedLayouts(saved, tuple(problems))

    def save(self, saved: SavedLayout) -> None:
        """Write a layout, in the place of the one of its name.

        Raises:
            ConfigError: that one is locked, or the file cannot be written; nothing has changed.
        """
        path = self._path_to_change(saved.name) or self._unused_path(saved.name)
        write_whole(path, layout_text(saved))

    def delete(self, name: str) -> None:
        """Delete a layout's file.

        Raises:
            ConfigError: there is none, it is locked, or it cannot be deleted.
        """
        path = self._path_to_change(name)
        if path is None:
            raise ConfigError("there is no saved layout ‘{0}’", name)
        _unlink(path)

    def rename(self, old: str, new: str) -> None:
        """Give a layout another name. Its file is written anew before the old one goes: no cut of power loses it.

        Raises:
            ConfigError: there is none, it is locked, the new name is taken, or the disk refuses.
        """
        path = self._path_to_change(old)
        if path is None:
            raise ConfigError("there is no saved layout ‘{0}’", old)
        if self._find(new) is not None:
            raise ConfigError("there is a layout ‘{0}’ already", new)
        layout = self.import_file(path)
        self.save(replace(layout, grid=replace(layout.grid, name=new)))
        _unlink(path)

    def unlock(self, name: str) -> None:
        """Let a layout be written over and deleted again.

        Raises:
            ConfigError: there is none, or its file cannot be written.
        """
        found = self._find(name)
        if found is None:
            raise ConfigError("there is no saved layout ‘{0}’", name)
        path, layout = found
        write_whole(path, layout_text(replace(layout, is_locked=False)))

    def import_file(self, path: str | Path) -> SavedLayout:
        """The layout in a file, wherever it lies.

        Raises:
            ConfigError: it holds none; the message names file, line and reason.
        """
        path = Path(path)
        return layout_from_text(path.name, read_whole(path))

    def export(self, saved: SavedLayout, path: str | Path) -> None:
        """Write a layout to a file anywhere.

        Raises:
            ConfigError: the file cannot be written.
        """
        write_whole(Path(path), layout_text(saved))

    def _paths(self) -> Iterator[Path]:
        return iter(sorted(self._folder.glob(f"*{SUFFIX}")))

    def _find(self, name: str) -> tuple[Path, SavedLayout] | None:
        """The file of a layout: first where its name says, then wherever somebody put it."""
        for path in (self._folder / file_name(name), *self._paths()):
            try:
                layout = self.import_file(path)
            except ConfigError:
                continue  # `load` tells of it
            if layout.name == name:
                return path, layout
        return None

    def _path_to_change(self, name: str) -> Path | None:
        found = self._find(name)
        if found is not None and found[1].is_locked:
            raise ConfigError("the layout ‘{0}’ is locked: unlock it first", name)
        return found[0] if found is not None else None

    def _unused_path(self, name: str) -> Path:
        """Where a new layout goes: never onto a file that is there, which then holds what could not be read."""
        path = self._folder / file_name(name)
        number = 1
        while path.exists():
            number += 1
            path = self._folder / f"{Path(file_name(name)).stem}-{number}{SUFFIX}"
        return path


def _unlink(path: Path) -> None:
    try:
        path.unlink()
    except OSError as error:
        raise ConfigError("{0} cannot be deleted: {1}", path.name, error.strerror or str(error)) from error


def file_name(name: str) -> str:
    """The file name of a layout: readable, safe on every system, and another one for every other name."""
    ascii_text = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_text).strip("-")[:_SLUG_MAX_LENGTH]
    mark = hashlib.sha256(name.encode()).hexdigest()[:8]
    return f"{slug or 'layout'}-{mark}{SUFFIX}"
