"""A wall's week: which layout it is to show at which hours of which days.

GUI thread. It holds the entries that are being changed; nothing is sent from here.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QRegularExpression, QSignalBlocker, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.console import Console
from app.core.errors import ConfigError
from app.core.posts import Day, Hours, Week
from app.core.saved_layout import SavedLayout
from app.core.shared import handed_out
from app.core.week import first_overlap
from ui.choice_field import ChoiceField
from ui.page_parts import PageRows, caption, key_button, row_of, spin_box, text_field
from ui.plain_label import plain_label
from ui.plain_text import plain
from ui.post_texts import day_word, days_words, hours_words
from ui.texts import QT_TRANSLATE_NOOP, tr

ENTRIES_MAX = 32
"""By the contract."""
MOST_MONITORS = 16
WEEKDAYS = (Day.MON, Day.TUE, Day.WED, Day.THU, Day.FRI)
TITLES = (
    QT_TRANSLATE_NOOP("Week", "Days"),
    QT_TRANSLATE_NOOP("Week", "From"),
    QT_TRANSLATE_NOOP("Week", "To"),
    QT_TRANSLATE_NOOP("Week", "Monitor"),
    QT_TRANSLATE_NOOP("Week", "Layout"),
)
_TIME = r"([01][0-9]|2[0-3]):[0-5][0-9]"


class WeekForm(QWidget):
    """The entries as a table, and the fields of the chosen one.

    Args:
        console: whose layouts are offered.

    Signals:
        changed: an officer changed an entry.
    """

    changed = Signal()

    def __init__(self, console: Console) -> None:
        super().__init__()
        self._console = console
        self.entries: list[Hours] = []
        self._begun: tuple[Hours, ...] = ()
        self._row = -1
        self._offers: tuple[SavedLayout, ...] = ()
        titles = [tr("Week", title) for title in TITLES]
        self.table = PageRows(tr("Week", "Hours"), titles, wide=4)
        self.days = {day: QCheckBox(day_word(day)) for day in Day}
        self.starts = self._time_field(tr("Week", "From"))
        self.ends = self._time_field(tr("Week", "To"))
        self.monitor = spin_box(tr("Week", "Monitor"), 1, MOST_MONITORS)
        self.layout_field = ChoiceField(tr("Week", "Layout"))
        self.hint = plain_label("pageHint", wraps=True)
        self.new_button = key_button(tr("Week", "New hours"), "Ins")
        self.delete_button = key_button(tr("Week", "Delete"), tr("Editor", "Del"))
        self._lay_out()
        self._connect()

    def _time_field(self, name: str) -> QLineEdit:
        field = text_field(name, 5)
        field.setValidator(QRegularExpressionValidator(QRegularExpression(_TIME), field))
        field.setPlaceholderText("08:00")
        return field

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(self.table, 1)
        box.addLayout(row_of((self.new_button, self.delete_button)))
        box.addLayout(row_of(self.days.values(), gap_px=4))
        fields = QHBoxLayout()
        fields.setSpacing(12)
        pairs = (
            (tr("Week", "From"), self.starts),
            (tr("Week", "To"), self.ends),
            (tr("Week", "Monitor"), self.monitor),
            (tr("Week", "Layout"), self.layout_field),
        )
        for words, field in pairs:
            column = QVBoxLayout()
            column.setSpacing(4)
            column.addWidget(caption(words))
            column.addWidget(field)
            fields.addLayout(column, 2 if field is self.layout_field else 1)
        box.addLayout(fields)
        box.addWidget(self.hint)

    def _connect(self) -> None:
        self.table.chosen.connect(self._choose)
        self.new_button.clicked.connect(lambda: self.add())
        self.delete_button.clicked.connect(lambda: self.remove())
        for box in self.days.values():
            box.toggled.connect(self._edited)
        for field in (self.starts, self.ends):
            field.editingFinished.connect(self._edited)
        self.monitor.valueChanged.connect(self._edited)
        self.layout_field.picked.connect(self._edited)

    # ---- what is changed

    def begin(self, week: Week) -> None:
        """Take a wall's hours to be changed."""
        self._begun = week.entries
        self.entries = list(week.entries)
        self._row = 0 if self.entries else -1
        self._show()

    @property
    def is_changed(self) -> bool:
        """Whether leaving loses anything."""
        return tuple(self.entries) != self._begun

    @property
    def question(self) -> str:
        """What is asked before the form is left; empty where that loses nothing."""
        question = tr("Posts", "The hours are not saved: do it once more to drop the changes.")
        return question if self.is_changed else ""

    def made(self) -> tuple[Hours, ...]:
        """All entries.

        Raises:
            ConfigError: a time is half written, an entry has no day, or two hold at one time; the later of these
                is chosen then.
        """
        self._edited()  # a field that still has the focus has said nothing yet
        unwritten = next((each for each in (self.starts, self.ends) if not each.hasAcceptableInput()), None)
        if self._row >= 0 and unwritten is not None:
            unwritten.setFocus()
            raise ConfigError("A time is written like {0}.", "08:00")
        if any(not entry.days for entry in self.entries):
            raise ConfigError("Hours need at least one day.")
        overlap = first_overlap(self.entries)
        if overlap is not None:
            first, second = (hours_words(self.entries[number - 1]) for number in (overlap.first, overlap.second))
            self._choose(overlap.second - 1)
            day = day_word(Day(overlap.day))
            raise ConfigError("Hours overlap on {0} at {1}: {2} and {3}.", day, overlap.time, first, second)
        return tuple(self.entries)

    def add(self) -> None:
        """Begin another entry: the working week, with the first layout that there is."""
        saved = self._console.layouts.saved
        if not saved or len(self.entries) >= ENTRIES_MAX:
            return
        layout = handed_out(saved[min(saved)])
        self.entries.append(Hours(WEEKDAYS, "08:00", "16:00", 1, layout))
        self._row = len(self.entries) - 1
        self._show()
        self.starts.setFocus()
        self.changed.emit()

    def remove(self) -> None:
        """Take the chosen entry out."""
        if self._row >= 0:
            del self.entries[self._row]
            self._row = min(self._row, len(self.entries) - 1)
            self._show()
            self.changed.emit()

    def _choose(self, row: int) -> None:
        self._row = row
        self._show()

    def _edited(self) -> None:
        """The fields say something else than the chosen entry."""
        if self._row < 0:
            return
        entry = self.entries[self._row]
        days = tuple(day for day, box in self.days.items() if box.isChecked())
        times = [
            field.text() if field.hasAcceptableInput() else kept
            for field, kept in ((self.starts, entry.starts), (self.ends, entry.ends))
        ]
        place = self.layout_field.currentIndex()
        layout = self._offers[place] if 0 <= place < len(self._offers) else entry.layout
        self.entries[self._row] = replace(
            entry, days=days, starts=times[0], ends=times[1], monitor=self.monitor.value(), layout=layout
        )
        self._show_table()
        self.changed.emit()

    # ---- what is shown

    def _show(self) -> None:
        self._show_table()
        entry = self.entries[self._row] if self._row >= 0 else None
        fields: tuple[QWidget, ...] = (
            *self.days.values(),
            self.starts,
            self.ends,
            self.monitor,
            self.layout_field,
        )
        for field in fields:
            field.setEnabled(entry is not None)
            field.blockSignals(True)
        if entry is not None:
            self._fill(entry)
        for field in fields:
            field.blockSignals(False)
        self.delete_button.setEnabled(entry is not None)
        has_layouts = bool(self._console.layouts.saved)
        self.new_button.setEnabled(has_layouts and len(self.entries) < ENTRIES_MAX)
        of_hours = tr("Week", "Hours of Jakarta. An end before its start is on the next day.")
        nothing = tr("Week", "Save a layout first: hours show saved layouts.")
        self.hint.setText(of_hours if has_layouts else nothing)

    def _fill(self, entry: Hours) -> None:
        for day, box in self.days.items():
            box.setChecked(day in entry.days)
        self.starts.setText(entry.starts)
        self.ends.setText(entry.ends)
        self.monitor.setValue(entry.monitor)
        layouts = self._console.layouts.saved
        saved = [handed_out(layouts[name]) for name in sorted(layouts)]
        self._offers = (entry.layout, *(layout for layout in saved if layout != entry.layout))
        with QSignalBlocker(self.layout_field):
            self.layout_field.clear()
            self.layout_field.addItems([plain(layout.name) for layout in self._offers])
            self.layout_field.setCurrentIndex(0)

    def _show_table(self) -> None:
        rows = [
            (
                days_words(entry.days) or "–",
                entry.starts,
                entry.ends,
                str(entry.monitor),
                plain(entry.layout.name),
            )
            for entry in self.entries
        ]
        self.table.show_rows(rows, self._row)
