"""The page of keys, made from the keymap itself, so that it can never be out of date.

GUI thread. It scrolls, and it can be searched: nothing on it is ever out of reach.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QScrollBar, QWidget

from app.core.keymap import Keymap
from ui.help_columns import HelpColumn, balanced, keys_by_category
from ui.overlay import Overlay
from ui.plain_label import plain_label
from ui.search_box import search_box
from ui.texts import tr

WIDTH_PART, HEIGHT_PART = 0.92, 0.92
"""Of the wall, at most."""
WIDEST_PX, HIGHEST_PX = 1000, 760
TWO_COLUMNS_PX = 860
"""From this width on the categories stand side by side."""
_COLUMN_GAP_PX, _BAR_GAP_PX = 32, 12
_STEP_PX = 40


class HelpOverlay(Overlay):
    """Every chord and what it does, in the middle of the wall.

    Args:
        keymap: the chords.
        parent: the wall view it lies over.
    """

    def __init__(self, keymap: Keymap, parent: QWidget) -> None:
        super().__init__(tr("Keys", "Keys"), parent)
        self._keymap = keymap
        self._columns: tuple[HelpColumn, ...] = ()
        dim = self.palette().color(QPalette.ColorRole.PlaceholderText)
        self.search = search_box(dim, tr("Keys", "Search for a command or a key"))
        self.area = _scroll_area(tr("Keys", "List of keys"))
        self.hint = plain_label("pageHint", wraps=True)
        for widget in (self.search, self.area, self.hint):
            self.box.addWidget(widget)
        self.box.setStretchFactor(self.area, 1)
        self.search.textChanged.connect(self._filter)
        self._fill(columns=1)

    def show_keymap(self, keymap: Keymap) -> None:
        """List other keys from now on."""
        self._keymap = keymap
        self._fill(len(self._columns))

    def _fill(self, columns: int) -> None:
        """Make the list anew in so many columns."""
        parts = balanced(keys_by_category(self._keymap), columns)
        self._columns = tuple(HelpColumn(part, self._keymap) for part in parts)
        content = QWidget()
        box = QHBoxLayout(content)
        box.setContentsMargins(0, 0, _BAR_GAP_PX, 0)
        box.setSpacing(_COLUMN_GAP_PX)
        for column in self._columns:
            box.addWidget(column, 1)
        self.area.setWidget(content)
        content.setAutoFillBackground(False)  # a scroll area switches it on: the page has its own ground
        self._filter()

    def _filter(self) -> None:
        """Leave what fits the search box."""
        query = self.search.text()
        found = sum(column.show_fitting(query) for column in self._columns)
        mouse = tr("Keys", "Mouse: double-click fills the wall · drag swaps tiles · right-click opens the menu")
        nothing = tr("Keys", "No command and no key is called so. Try other letters.")
        self.hint.setText(mouse if found else nothing)
        self.area.verticalScrollBar().setValue(0)

    # ---- Qt

    def open(self, is_native: bool) -> None:
        """Show the whole page; what is typed goes into its search box."""
        self.search.clear()
        super().open(is_native)
        self.area.verticalScrollBar().setValue(0)
        if self.search.isVisible():
            self.search.setFocus(Qt.FocusReason.PopupFocusReason)

    def place(self) -> None:
        """Take the middle of the wall, in two columns where there is room."""
        view = self._view.rect()
        width_px = min(round(view.width() * WIDTH_PART), WIDEST_PX)
        columns = 2 if width_px >= TWO_COLUMNS_PX else 1
        if columns != len(self._columns):
            self._fill(columns)
        self.resize(width_px, min(round(view.height() * HEIGHT_PART), HIGHEST_PX))
        self.move(view.center() - self.rect().center())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.area.verticalScrollBar()
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.put_away()
            case Qt.Key.Key_Down:
                _scroll(bar, _STEP_PX)
            case Qt.Key.Key_Up:
                _scroll(bar, -_STEP_PX)
            case Qt.Key.Key_PageDown:
                _scroll(bar, bar.pageStep())
            case Qt.Key.Key_PageUp:
                _scroll(bar, -bar.pageStep())
            case _:
                super().keyPressEvent(event)


def _scroll_area(name: str) -> QScrollArea:
    area = QScrollArea()
    area.setAccessibleName(name)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.viewport().setAutoFillBackground(False)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the search box has the focus, and its arrow keys scroll
    return area


def _scroll(bar: QScrollBar, by_px: int) -> None:
    bar.setValue(bar.value() + by_px)
