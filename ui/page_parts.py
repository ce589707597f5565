"""Parts that a page with fields is made of: rows to choose from, fields, and buttons that name their keys.

GUI thread. They hold no state of the console's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from ui.plain_label import plain_label

ROW_PX = 28
SPIN_BOX_PX = 120
"""Wide enough for four digits, their unit and the arrows."""


class PageRows(QTableWidget):
    """Rows of which one is chosen, by arrows or a click.

    Args:
        name: what is listed, for screen readers.
        titles: the columns; the one that is named by `wide` takes the room that is left.
        wide: the number of that column, from 0.
        has_header: whether the titles are shown.

    Signals:
        chosen: an officer is on another row (its number, from 0).
    """

    chosen = Signal(int)

    def __init__(self, name: str, titles: Sequence[str], wide: int, *, has_header: bool = True) -> None:
        super().__init__(0, len(titles))
        self.setAccessibleName(name)
        self.setHorizontalHeaderLabels(list(titles))
        self.horizontalHeader().setVisible(has_header)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_PX)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(wide, QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        self.currentCellChanged.connect(self._moved)

    def show_rows(self, rows: Sequence[Sequence[str]], current: int) -> None:
        """List these rows; `chosen` says nothing of it.

        Args:
            rows: the texts of each.
            current: the row that is chosen; -1 for none.
        """
        with QSignalBlocker(self):
            self.setRowCount(len(rows))
            for row, texts in enumerate(rows):
                for column, text in enumerate(texts):
                    self._say(row, column, text)
        if current < 0 or current != self.currentRow() or not self.selectionModel().hasSelection():
            self.choose(current)

    def _say(self, row: int, column: int, text: str) -> None:
        """Put a text into a cell; one that stands there already costs nothing."""
        item = self.item(row, column)
        if item is None:
            self.setItem(row, column, QTableWidgetItem(text))
        elif item.text() != text:
            item.setText(text)

    def choose(self, row: int) -> None:
        """Stand on a row, -1 on none; `chosen` says nothing of it."""
        with QSignalBlocker(self):
            self.setCurrentCell(row, 0)
            if row < 0:
                self.clearSelection()
        self.viewport().update()

    def _moved(self, row: int, _column: int, before: int, _column_before: int) -> None:
        if row not in (before, -1):
            self.chosen.emit(row)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Keep the marked row the chosen one, also where its page has taken the choice back."""
        super().mousePressEvent(event)
        self.choose(self.currentRow())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave what is pressed together with Alt, and Space, to the page: by itself the table would take them."""
        if event.modifiers() & Qt.KeyboardModifier.AltModifier or event.key() == Qt.Key.Key_Space:
            event.ignore()
        else:
            super().keyPressEvent(event)


def caption(text: str) -> QLabel:
    """The small words above a field."""
    label = plain_label("pageHint")
    label.setText(text)
    return label


def text_field(name: str, longest: int) -> QLineEdit:
    """A line of text with its name for screen readers."""
    line = QLineEdit()
    line.setObjectName("pageField")
    line.setAccessibleName(name)
    line.setMaxLength(longest)
    return line


def spin_box(name: str, least: int, most: int, unit: str = "") -> QSpinBox:
    """A whole number; it counts when it is complete, not while it is typed."""
    box = QSpinBox()
    box.setAccessibleName(name)
    box.setRange(least, most)
    box.setSuffix(unit)
    box.setKeyboardTracking(False)
    box.setMinimumSize(SPIN_BOX_PX, ROW_PX)
    return box


def key_button(text: str, key: str) -> QPushButton:
    """A button that says which key does the same."""
    button = QPushButton()
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    name_button(button, text, key)
    return button


def name_button(button: QPushButton, text: str, key: str) -> None:
    """Give a button other words."""
    button.setText(f"{text}  ·  {key}")
    button.setAccessibleName(text)
    button.setToolTip(f"{text} ({key})")


def row_of(widgets: Iterable[QWidget], gap_px: int = 8) -> QHBoxLayout:
    """Widgets side by side, each as wide as the others."""
    row = QHBoxLayout()
    row.setSpacing(gap_px)
    for widget in widgets:
        row.addWidget(widget, 1)
    return row
