"""What an officer has chosen on this PC: language, theme, keys. Kept in files of the officer's own folder.

GUI thread. A file that cannot be read changes nothing and is told; the delivered state counts then.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from app.config.keymap_file import KeymapFile
from app.config.setting import Setting
from app.config.settings_book import SettingsBook
from app.config.settings_table import LANGUAGE, THEME
from app.core.keymap import Keymap
from app.core.layouts import Layouts
from app.core.sentence import Sentence
from ui.language import Language, current_language, install
from ui.texts import sentence
from ui.theme import Theme, ThemeName, apply_theme, load_theme

_SETTINGS: Mapping[str, Setting[str]] = MappingProxyType({"language": LANGUAGE, "theme": THEME})
"""The settings that commands change, by their first word."""


class Preferences(QObject):
    """Applies them and keeps them.

    Args:
        application: what speaks and looks so.
        delivered: what each chord calls on a PC that nobody has changed.
        layouts: those that a chord may call.
        folder: where the keys are kept; None keeps none.
        book: the settings; those of `folder` alone where there is none.

    Attributes:
        book: see above.
        theme: colours and fonts now.
        keymap: what each chord calls now.
        problems: what could not be read, a sentence each.

    Signals:
        looks_changed: language or theme is another one: windows have to be made anew.
        settings_changed: somebody has changed a setting outside of this program; carries nothing.
    """

    looks_changed = Signal()
    settings_changed = Signal()

    def __init__(
        self,
        application: QApplication,
        delivered: Keymap,
        layouts: Layouts,
        folder: Path | None,
        book: SettingsBook | None = None,
    ) -> None:
        super().__init__()
        self._application = application
        self.delivered = delivered
        self.keymap = delivered
        self.book = book or SettingsBook(folder)
        self.problems: tuple[Sentence, ...] = self.book.settings.problems
        self._keymap_file = KeymapFile(folder, delivered) if folder is not None else None
        if self._keymap_file is not None:
            loaded = self._keymap_file.load(layouts)
            self.keymap = loaded.keymap
            self.problems += (loaded.problem,) if loaded.problem else ()
        install(application, Language(self.book.settings.get(LANGUAGE)))
        self.theme: Theme = load_theme(ThemeName(self.book.settings.get(THEME)))
        apply_theme(application, self.theme)

    @property
    def words(self) -> tuple[str, str]:
        """Language and theme by their words: for a process that is to speak and look alike."""
        return current_language().value, self.theme.name.value

    def why_locked(self, command: str) -> str:
        """Why a command that chooses language or colours has nothing to choose; empty where it has."""
        setting = _SETTINGS.get(command.partition(" ")[0])
        lock = self.book.settings.lock(setting) if setting is not None else None
        return sentence(lock) if lock is not None else ""

    def set_language(self, word: str) -> None:
        """Speak another language from now on.

        Raises:
            ConfigError: an administrator has set it; or the choice cannot be kept, and counts all the same.
        """
        try:
            self.book.choose(LANGUAGE, word)
        finally:
            self._look_as_set()

    def set_theme(self, word: str) -> None:
        """Look otherwise from now on.

        Raises:
            ConfigError: an administrator has set it; or the choice cannot be kept, and counts all the same.
        """
        try:
            self.book.choose(THEME, word)
        finally:
            self._look_as_set()

    def follow(self) -> None:
        """Take in what somebody has changed outside of this program; never waits."""
        if self.book.take() is not None:
            self._look_as_set()
            self.settings_changed.emit()

    def _look_as_set(self) -> None:
        """Speak and look as the settings say, and tell the windows where that is new."""
        wanted = self.book.settings.get(LANGUAGE), self.book.settings.get(THEME)
        if wanted == self.words:
            return
        install(self._application, Language(wanted[0]))
        if wanted[1] != self.theme.name.value:
            self.theme = load_theme(ThemeName(wanted[1]))
            apply_theme(self._application, self.theme)
        self.looks_changed.emit()

    def set_keymap(self, keymap: Keymap) -> None:
        """Other keys count from now on.

        Raises:
            ConfigError: they cannot be kept; they count all the same.
        """
        self.keymap = keymap
        if self._keymap_file is not None:
            self._keymap_file.save(keymap)
