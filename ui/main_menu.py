"""The main menu: every command by category, with its keys and a tooltip.

GUI thread. It is made anew each time it is opened, from the table of commands: it can never be out of date.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from app.core.command_table import COMMANDS, Argument, CommandEntry, Offers
from app.core.keymap import Keymap
from ui.chord_texts import chord_words
from ui.command_palette import WhyNot
from ui.command_texts import category_words, command_tip, command_words
from ui.plain_text import plain_action, plain_tooltip
from ui.texts import tr


class MainMenu(QMenu):
    """The menu; it deletes itself when it closes.

    Args:
        keymap: what each chord calls.
        offers: the layouts, tours and so on that there are.
        run: carries a command text out.
        why_not: why a command does nothing just now.
        parent: the window that it belongs to.
    """

    def __init__(
        self, keymap: Keymap, offers: Offers, run: Callable[[str], None], why_not: WhyNot, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._keymap = keymap
        self._offers = offers
        self._run = run
        self._why_not = why_not
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(tr("Menu", "Main menu"))
        for category, entries in groupby(COMMANDS, key=lambda entry: entry.category):
            menu = self._submenu(self, category_words(category))
            for entry in entries:
                self._add_entry(menu, entry)

    def open_at(self, position: QPoint) -> None:
        """Open the menu at a global position with its first entry chosen, so that arrow keys work at once."""
        self.popup(position)
        self.setActiveAction(self.actions()[0])

    def _add_entry(self, menu: QMenu, entry: CommandEntry) -> None:
        if entry.argument is None:
            self._add(menu, entry.text)
            return
        submenu = self._submenu(menu, _list_words(entry.argument))
        commands = self._offers.commands(entry)
        for command in commands:
            self._add(submenu, command)
        submenu.setEnabled(bool(commands))

    def _submenu(self, menu: QMenu, title: str) -> QMenu:
        submenu = menu.addMenu(plain_action(title))
        submenu.setAccessibleName(title)
        submenu.setToolTipsVisible(True)
        return submenu

    def _add(self, menu: QMenu, command: str) -> None:
        chord = next(map(chord_words, self._keymap.chords(command)), "")
        action = menu.addAction(f"{plain_action(command_words(command))}\t{chord}".rstrip("\t"))
        why = self._why_not(command)
        action.setData(command)
        action.setEnabled(not why)
        action.setToolTip(plain_tooltip([*filter(None, (command_tip(command), why))]))
        action.triggered.connect(lambda: self._run(command))


def _list_words(argument: Argument) -> str:
    """What the list of things that a command can be told is called."""
    match argument:
        case Argument.LAYOUT:
            return tr("Menu", "Layouts")
        case Argument.SAVED_LAYOUT:
            return tr("Menu", "Saved layouts")
        case Argument.TOUR:
            return tr("Menu", "Tours")
        case Argument.SALVO:
            return tr("Menu", "Salvos")
