"""A column of the help page: categories, below each its commands with their keys.

GUI thread.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from app.core.command_table import Category, entry_of
from app.core.fuzzy import rank
from app.core.keymap import Keymap
from ui.chord_texts import chord_words
from ui.command_texts import category_words, command_tip, command_words
from ui.plain_label import plain_label
from ui.plain_text import plain_tooltip

_LINE_GAP_PX, _CHORD_GAP_PX, _WORDS_GAP_PX, _SECTION_GAP_PX = 6, 6, 14, 14

Section = tuple[Category, tuple[str, ...]]
"""A category and the commands of it that have a key."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A command on the page, and what is searched of it."""

    fields: tuple[str, ...]
    widgets: tuple[QWidget, ...]


class HelpColumn(QWidget):
    """The column.

    Args:
        sections: what stands in it, from top to bottom.
        keymap: what each chord calls.
    """

    def __init__(self, sections: Iterable[Section], keymap: Keymap) -> None:
        super().__init__()
        self._keymap = keymap
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(_WORDS_GAP_PX)
        self._grid.setVerticalSpacing(_LINE_GAP_PX)
        self._grid.setColumnStretch(1, 1)
        self._lines: Mapping[QLabel, Sequence[_Line]] = {
            self._add_heading(category): [self._add_line(category, command) for command in commands]
            for category, commands in sections
        }
        self._grid.setRowStretch(self._grid.rowCount(), 1)

    def _add_heading(self, category: Category) -> QLabel:
        row = self._grid.rowCount()
        heading = plain_label("pageHint")
        heading.setText(category_words(category))
        heading.setContentsMargins(0, _SECTION_GAP_PX if row > 1 else 0, 0, 2)
        self._grid.addWidget(heading, row, 0, 1, 2)
        return heading

    def _add_line(self, category: Category, command: str) -> _Line:
        row = self._grid.rowCount()
        chords = [chord_words(chord) for chord in self._keymap.chords(command)]
        caps, words = _caps(chords), plain_label("words", wraps=True)
        words.setText(command_words(command))
        words.setToolTip(plain_tooltip([command_tip(command)]))
        self._grid.addWidget(caps, row, 0)
        self._grid.addWidget(words, row, 1)
        fields = (words.text(), " ".join(chords), category_words(category), command, command_tip(command))
        return _Line(fields, (caps, words))

    def show_fitting(self, query: str) -> int:
        """Leave only the lines that fit a query, and their headings; how many those are."""
        fitting = [_show_fitting(heading, lines, query) for heading, lines in self._lines.items()]
        return sum(fitting)


def _show_fitting(heading: QLabel, lines: Sequence[_Line], query: str) -> int:
    found = 0
    for line in lines:
        is_fitting = rank(query, line.fields) is not None
        found += is_fitting
        for widget in line.widgets:
            widget.setVisible(is_fitting)
    heading.setVisible(found > 0)
    return found


def _caps(chords: Iterable[str]) -> QWidget:
    widget = QWidget()
    box = QHBoxLayout(widget)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(_CHORD_GAP_PX)
    for chord in chords:
        label = plain_label("chord")
        label.setText(chord)
        box.addWidget(label)
    box.addStretch()
    widget.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return widget


def keys_by_category(keymap: Keymap) -> tuple[Section, ...]:
    """The commands that have a key, in the keymap's order, under their categories."""
    commands = dict.fromkeys(keymap.by_chord.values())
    known = [(found[0].category, command) for command in commands if (found := entry_of(command)) is not None]
    sections = ((each, tuple(command for category, command in known if category is each)) for each in Category)
    return tuple(section for section in sections if section[1])


def balanced(sections: Sequence[Section], columns: int) -> tuple[tuple[Section, ...], ...]:
    """The sections, in their order, over one or two columns of nearly the same height."""
    if columns == 1:
        return (tuple(sections),)
    heights = [len(commands) + 2 for _, commands in sections]  # a heading is as high as two lines
    split = min(range(len(sections) + 1), key=lambda place: abs(sum(heights[:place]) - sum(heights[place:])))
    return tuple(sections[:split]), tuple(sections[split:])
