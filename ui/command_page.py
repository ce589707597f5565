"""What the palette and the key editor have in common: a page with a search box over a list of commands.

GUI thread. The search box keeps the focus while the arrow keys move through the list.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from ui.command_list import CommandList
from ui.overlay import Overlay
from ui.plain_label import plain_label
from ui.search_box import search_box
from ui.theme import Theme

WIDTH_PART, HEIGHT_PART = 0.92, 0.9
"""Of the wall, at most."""
WIDEST_PX, HIGHEST_PX = 760, 720


class CommandPage(Overlay):
    """A search box, a list and a line below that says what the current command does.

    Args:
        title: what the page is called.
        search_name: what the search box is for.
        theme: colours and fonts.
        parent: the wall view it lies over.
    """

    def __init__(self, title: str, search_name: str, theme: Theme, parent: QWidget) -> None:
        super().__init__(title, parent)
        self.search = search_box(theme.color("dim"), search_name)
        self.list = CommandList(theme, title)
        self.hint = plain_label("pageHint", wraps=True)
        for widget in (self.search, self.list, self.hint):
            self.box.addWidget(widget)
        self.box.setStretchFactor(self.list, 1)
        self.search.textChanged.connect(lambda _: self.list_anew(keeps_current=False))
        self.list.moved.connect(self.show_hint)
        self.list.picked.connect(self.take)

    # ---- what a page of this kind does

    def list_anew(self, *, keeps_current: bool) -> None:
        """List what fits the search box."""
        raise NotImplementedError

    def show_hint(self) -> None:
        """Say in the line below what the current command does."""
        raise NotImplementedError

    def take(self) -> None:
        """Enter was pressed on the current command."""
        raise NotImplementedError

    # ---- Qt

    def open(self, is_native: bool) -> None:
        """Show the page with an empty search box that has the focus."""
        self.search.clear()
        self.list_anew(keeps_current=False)
        super().open(is_native)
        self.search.setFocus(Qt.FocusReason.PopupFocusReason)

    def place(self) -> None:
        """Take the middle of the wall."""
        area = self._view.rect()
        self.take_middle(
            min(round(area.width() * WIDTH_PART), WIDEST_PX), min(round(area.height() * HEIGHT_PART), HIGHEST_PX)
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._enter()
            case Qt.Key.Key_Down:
                self.list.step(1)
            case Qt.Key.Key_Up:
                self.list.step(-1)
            case Qt.Key.Key_PageDown:
                self.list.step(self.list.page_rows())
            case Qt.Key.Key_PageUp:
                self.list.step(-self.list.page_rows())
            case _:
                super().keyPressEvent(event)

    def _enter(self) -> None:
        """On a button Enter presses it, anywhere else it means the current command."""
        focused = self.focusWidget()
        if isinstance(focused, QAbstractButton):
            focused.click()
        else:
            self.take()
