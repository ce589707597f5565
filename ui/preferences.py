"""What an officer has chosen on this PC: language, theme, keys. Kept in files of the officer's own folder.

GUI thread. A file that cannot be read changes nothing and is told; the delivered state counts then.
"""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from app.config.keymap_file import KeymapFile
from app.config.look_file import Look, LookFile
from app.core.errors import ConfigError
from app.core.keymap import Keymap
from app.core.layouts import Layouts
from app.core.sentence import Sentence
from ui.language import Language, current_language, install, wanted_language
from ui.theme import Theme, ThemeName, apply_theme, load_theme, wanted_theme


class Preferences(QObject):
    """Applies them and keeps them.

    Args:
        application: what speaks and looks so.
        delivered: what each chord calls on a PC that nobody has changed.
        layouts: those that a chord may call.
        folder: where the files are; None keeps nothing.

    Attributes:
        theme: colours and fonts now.
        keymap: what each chord calls now.
        problems: what could not be read, a sentence each.

    Signals:
        looks_changed: language or theme is another one: windows have to be made anew.
    """

    looks_changed = Signal()

    def __init__(
        self, application: QApplication, delivered: Keymap, layouts: Layouts, folder: Path | None
    ) -> None:
        super().__init__()
        self._application = application
        self.delivered = delivered
        self.keymap = delivered
        self.problems: tuple[Sentence, ...] = ()
        self._look_file = LookFile(folder) if folder is not None else None
        self._keymap_file = KeymapFile(folder, delivered) if folder is not None else None
        self._look = self._load_look()
        if self._keymap_file is not None:
            loaded = self._keymap_file.load(layouts)
            self.keymap = loaded.keymap
            self.problems += (loaded.problem,) if loaded.problem else ()
        install(application, wanted_language(os.environ, self._look.language))
        self.theme: Theme = load_theme(wanted_theme(os.environ, self._look.theme))
        apply_theme(application, self.theme)

    def _load_look(self) -> Look:
        try:
            return self._look_file.load() if self._look_file is not None else Look()
        except ConfigError as error:
            self.problems += (error.sentence,)
            return Look()

    @property
    def words(self) -> tuple[str, str]:
        """Language and theme by their words: for a process that is to speak and look alike."""
        return current_language().value, self.theme.name.value

    def set_language(self, word: str) -> None:
        """Speak another language from now on.

        Raises:
            ConfigError: the choice cannot be kept; it counts all the same.
        """
        install(self._application, Language(word))
        self._changed(Look(word, self._look.theme))

    def set_theme(self, word: str) -> None:
        """Look otherwise from now on.

        Raises:
            ConfigError: the choice cannot be kept; it counts all the same.
        """
        self.theme = load_theme(ThemeName(word))
        apply_theme(self._application, self.theme)
        self._changed(Look(self._look.language, word))

    def _changed(self, look: Look) -> None:
        self._look = look
        self.looks_changed.emit()
        if self._look_file is not None:
            self._look_file.save(look)

    def set_keymap(self, keymap: Keymap) -> None:
        """Other keys count from now on.

        Raises:
            ConfigError: they cannot be kept; they count all the same.
        """
        self.keymap = keymap
        if self._keymap_file is not None:
            self._keymap_file.save(keymap)
