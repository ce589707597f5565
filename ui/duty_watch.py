"""Tells the console that somebody works here, and hides the camera list's own window while controls are locked.

GUI thread.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from app.console.duty_book import DutyBook

_SIGNS_OF_LIFE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


class DutyWatch(QObject):
    """Watches keys and the mouse in all of the wall's windows.

    Args:
        application: whose windows they are.
        duty: is told.
    """

    def __init__(self, application: QApplication, duty: DutyBook) -> None:
        super().__init__()
        self._application = application
        self._duty = duty
        self._is_active = True
        self._has_hidden = False
        """Whether the camera list's own window comes back with the controls."""
        application.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.spontaneous() and event.type() in _SIGNS_OF_LIFE:  # the type alone costs more to ask for
            self._is_active = True
        return False

    def tick(self, now_s: float) -> None:
        """Let time pass."""
        if self._is_active:
            self._is_active = False
            self._duty.active(now_s)

    def follow_lock(self, list_window: QWidget | None) -> bool:
        """Hide the camera list's own window, if there is one, at locked controls, else show it; if it went."""
        is_open = self._duty.state.is_controllable
        is_going = not is_open and list_window is not None and list_window.isVisible()
        if is_going and list_window is not None:
            list_window.hide()
            self._has_hidden = True
        elif is_open and self._has_hidden:
            self._has_hidden = False
            if list_window is not None:
                list_window.show()
        return is_going

    def stop(self) -> None:
        """Watch no more."""
        self._application.removeEventFilter(self)
