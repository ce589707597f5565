"""A page that lies over the middle of the wall until it is put away, and what all such pages have in common.

GUI thread. No page opens by itself: nothing covers a wall unasked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from ui.plain_label import plain_label

MARGIN_PX = 24


class Overlay(QFrame):
    """A page over the wall.

    Args:
        title: what it is called, on it and for screen readers.
        parent: the wall view it lies over.

    Attributes:
        title: says it.
        box: where the page's content goes, below its title.

    Signals:
        closed: it was put away.
    """

    closed = Signal()

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._view = parent
        self.setObjectName("page")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(title)
        self.title = plain_label("pageTitle", wraps=True)
        self.title.setText(title)
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(MARGIN_PX, 20, MARGIN_PX, 20)
        self.box.setSpacing(14)
        self.box.addWidget(self.title)
        self.hide()

    @property
    def is_changed(self) -> bool:
        """Whether something on it is not saved yet, shown or not."""
        return False

    def open(self, is_native: bool) -> None:
        """Show the page.

        Args:
            is_native: there are native windows below, which only a native widget can cover.
        """
        if is_native:
            self.setAttribute(Qt.WidgetAttribute.WA_DontCreateNativeAncestors)
            self.setAttribute(Qt.WidgetAttribute.WA_NativeWindow)
        self.place()
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def place(self) -> None:
        """Take the middle of the wall."""
        self.adjustSize()
        area = self._view.rect()
        self.take_middle(min(self.width(), area.width()), min(self.height(), area.height()))

    def take_middle(self, width_px: int, height_px: int) -> None:
        """Take that size in the middle of the wall."""
        self.resize(width_px, height_px)
        self.move(self._view.rect().center() - self.rect().center())

    def put_away(self) -> None:
        """Hide the page."""
        self.hide()
        self.closed.emit()

    def presses_button(self, event: QKeyEvent) -> bool:
        """Let Enter press the button that has the focus; whether it did."""
        focused = self.focusWidget()
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or not isinstance(focused, QPushButton):
            return False
        focused.click()
        return True

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Tab goes round on the page: on the list or the bar below, where it led, Esc is not the page's."""
        others = _others(self.focusWidget() or self, is_next)
        part = next((widget for widget in others if self._has_by_tab(widget)), None)
        if part is not None:
            part.setFocus(Qt.FocusReason.TabFocusReason if is_next else Qt.FocusReason.BacktabFocusReason)
        return True

    def _has_by_tab(self, widget: QWidget) -> bool:
        """Whether a widget is a part of the page that Tab reaches."""
        is_part = widget is not self and self.isAncestorOf(widget)
        takes_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
        return is_part and takes_tab and widget.isVisible() and widget.isEnabled()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc puts the page away. Every key ends here: the wall must not act on one that was meant for a page.

        That counts most where the key has just put the page away: the tiles have the focus by then.
        """
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        event.accept()


class KeyedOverlay(Overlay):
    """A page with chords of its own, which the wall's shortcuts do not get while it has the focus.

    A subclass fills `_keys`: what each key with its modifiers does.
    """

    def __init__(self, title: str, parent: QWidget) -> None:
        self._keys: Mapping[tuple[int, Qt.KeyboardModifier], Callable[[], object]] = {}
        super().__init__(title, parent)

    def event(self, event: QEvent) -> bool:
        """Keep the page's own chords from the wall's shortcuts while it has the focus."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._key(event):
            event.accept()
            return True
        return super().event(event)

    def _key(self, event: QKeyEvent) -> Callable[[], object] | None:
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        return self._keys.get((event.key(), modifiers))


def _others(start: QWidget, is_next: bool) -> Iterator[QWidget]:
    """The other widgets of a window, in the order of Tab from one of them on, or backwards."""
    step = QWidget.nextInFocusChain if is_next else QWidget.previousInFocusChain
    widget = step(start)
    while widget is not None and widget is not start:
        yield widget
        widget = step(widget)
