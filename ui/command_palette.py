"""The command palette: type a few letters of any command, layout or tour, and Enter runs it.

GUI thread.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.core.command_table import COMMANDS, CommandEntry, Offers
from app.core.fuzzy import rank
from app.core.keymap import Keymap
from ui.chord_texts import chord_words
from ui.command_list import CommandRow
from ui.command_page import CommandPage
from ui.command_texts import category_words, command_tip, command_words
from ui.texts import tr
from ui.theme import Theme

WhyNot = Callable[[str], str]
"""Why a command text does nothing just now, in a sentence; empty where it does something."""


class CommandPalette(CommandPage):
    """The page.

    Args:
        theme: colours and fonts.
        parent: the wall view it lies over.

    Signals:
        chosen: a command text is to be carried out; the page is put away already.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(tr("Palette", "Find a command"), tr("Palette", "A few letters will do"), theme, parent)
        self._rows: tuple[tuple[CommandRow, tuple[str, ...]], ...] = ()

    def offer(self, keymap: Keymap, offers: Offers, why_not: WhyNot) -> None:
        """Say what there is to choose; call it before the page is opened.

        Args:
            keymap: what each chord calls.
            offers: the layouts, tours and so on that there are.
            why_not: why a command does nothing just now.
        """
        self._rows = tuple(
            _row(entry, command, keymap, why_not(command))
            for entry in COMMANDS
            for command in offers.commands(entry)
        )
        self.list_anew(keeps_current=True)

    def list_anew(self, *, keeps_current: bool) -> None:
        """List what fits the search box, the best first; what cannot be done now comes last among equals."""
        query = self.search.text()
        ranked = ((rank(query, fields), row) for row, fields in self._rows)
        found = [(fit, row) for fit, row in ranked if fit is not None]
        if query.strip():
            found.sort(key=lambda each: (each[0], not each[1].is_possible))
        self.list.show_rows([row for _, row in found], keeps_current=keeps_current)

    def show_hint(self) -> None:
        """Say what the current command does."""
        row = self.list.current()
        if row is None:
            self.hint.setText(tr("Palette", "Nothing is called so. Try other letters."))
        else:
            self.hint.setText(tr("Palette", "{0}  ·  Enter: do it", command_tip(row.command)))

    def take(self) -> None:
        """Run the current command if it can be."""
        row = self.list.current()
        if row is not None and row.is_possible:
            self.put_away()
            self.chosen.emit(row.command)


def _row(entry: CommandEntry, command: str, keymap: Keymap, why: str) -> tuple[CommandRow, tuple[str, ...]]:
    """A command's row, and the texts that are searched, the most important first."""
    title, category, chords = command_words(command), category_words(entry.category), keymap.chords(command)
    row = CommandRow(command, title, why or category, chords, is_possible=not why)
    return row, (title, command, category, " ".join(map(chord_words, chords)), command_tip(command))
