"""What surrounds the grid in the layout editor: its tools, and a column with name, size, query, padlock and save.

GUI thread. It holds widgets and decides nothing.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QIcon, QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QGridLayout,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from app.core.layout import MAX_GRID
from app.core.model import Catalog
from app.core.names import NAME_MAX_LENGTH
from ui.icons import draw_lock, icon_pixmap
from ui.page_parts import caption, key_button, name_button, spin_box, text_field
from ui.plain_label import plain_label
from ui.query_field import QueryField
from ui.texts import tr
from ui.theme import Theme

WIDTH_PX = 292
_GAP_PX = 8
_TOOLS_A_ROW = 4
_ICON_PX = 14


class EditorForm(QWidget):
    """The column, and the tools that stand below the grid.

    Args:
        theme: colours and fonts.
        catalog: gives the cameras in this post's scope.

    Attributes:
        name, columns, rows, query: what the layout is.
        merge, split, remove, number_down, number_up, as_read, undo, redo: what can be done with the grid.
        lock: pressed: the layout is locked.
        warning: what is wrong; empty where nothing is.
        save, cancel: how the page is left.
    """

    def __init__(self, theme: Theme, catalog: Callable[[], Catalog], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._color = theme.color("text")
        self.setFixedWidth(WIDTH_PX)
        self.name = text_field(tr("Editor", "Name of the layout"), NAME_MAX_LENGTH)
        self.columns = spin_box(tr("Editor", "Columns"), 1, MAX_GRID)
        self.rows = spin_box(tr("Editor", "Rows"), 1, MAX_GRID)
        self.merge = key_button(tr("Editor", "Merge"), "M")
        self.split = key_button(tr("Editor", "Split"), "S")
        self.remove = key_button(tr("Editor", "Remove"), tr("Editor", "Del"))
        self.as_read = key_button(tr("Editor", "Renumber"), "R")
        self.number_down = key_button(tr("Editor", "Number down"), "−")
        self.number_up = key_button(tr("Editor", "Number up"), "+")
        self.undo = key_button(tr("Editor", "Undo"), "Ctrl+Z")
        self.redo = key_button(tr("Editor", "Redo"), "Ctrl+Y")
        self.query = QueryField(catalog)
        self.lock = key_button("", "")
        self.lock.setCheckable(True)
        self.lock.toggled.connect(self._show_lock)
        self._show_lock(False)
        self.warning = plain_label("pageWarning", wraps=True)
        self.save = key_button(tr("Editor", "Save"), "Ctrl+S")
        self.save.setObjectName("pageMainButton")
        self.cancel = key_button(tr("Editor", "Cancel"), "Esc")
        self._lay_out()

    @property
    def tools(self) -> tuple[QAbstractButton, ...]:
        """What can be done with the grid, in their order on the page."""
        return (
            *(self.merge, self.split, self.remove, self.as_read),
            *(self.number_down, self.number_up, self.undo, self.redo),
        )

    @property
    def order(self) -> tuple[QWidget, ...]:
        """Everything that takes the focus, from top to bottom."""
        return (
            *(self.name, self.columns, self.rows, *self.tools),
            *(self.query.line, self.lock, self.save, self.cancel),
        )

    def _show_lock(self, is_locked: bool) -> None:
        text = tr("Editor", "Locked") if is_locked else tr("Editor", "Not locked")
        self.lock.setIcon(lock_icon(self._color) if is_locked else QIcon())
        name_button(self.lock, text, "Ctrl+L")

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(_GAP_PX)
        box.addWidget(caption(tr("Editor", "Name")))
        box.addWidget(self.name)
        box.addLayout(self._size_row())
        box.addWidget(caption(tr("Editor", "Cameras by a query")))
        box.addWidget(self.query)
        box.addWidget(self.lock)
        box.addStretch()
        box.addWidget(self.warning)
        ends = QHBoxLayout()
        ends.setSpacing(_GAP_PX)
        ends.addWidget(self.save, 1)
        ends.addWidget(self.cancel, 1)
        box.addLayout(ends)

    def _size_row(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(_GAP_PX)
        for column, (text, box) in enumerate(
            ((tr("Editor", "Columns"), self.columns), (tr("Editor", "Rows"), self.rows))
        ):
            grid.addWidget(caption(text), 0, column)
            grid.addWidget(box, 1, column)
        return grid

    def tool_grid(self) -> QGridLayout:
        """The tools in rows."""
        grid = QGridLayout()
        grid.setSpacing(_GAP_PX)
        for number, button in enumerate(self.tools):
            grid.addWidget(button, number // _TOOLS_A_ROW, number % _TOOLS_A_ROW)
        return grid


def lock_icon(color: QColor) -> QIcon:
    """A padlock for a button."""
    pixmap = icon_pixmap(_ICON_PX, 2.0)
    with QPainter(pixmap) as painter:
        draw_lock(painter, QRectF(0, 0, _ICON_PX, _ICON_PX), color)
    return QIcon(pixmap)
