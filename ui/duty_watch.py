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
        """Hide the camera list's own window at locked controls, and bring it back with them.

        Args:
            list_window: that window, if there is one.

        Returns:
            Whether it was hidden just now.
        """
        is_open = self._duty.state.is_controllable
        if is_open and self._has_hidden:
            self._has_hidden = False
            if list_window is not None:
                list_window.show()
        if is_open or list_window is None or not list_window.isVisible():
            return False
        list_window.hide()
        self._has_hidden = True
        return True

    def stop(self) -> None:
        """Watch no more."""
        self._application.removeEventFilter(self)
