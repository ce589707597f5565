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
        self._hidden: QWidget | None = None
        application.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.spontaneous() and event.type() in _SIGNS_OF_LIFE:  # the type alone costs more to ask for
            self._is_active = True
        return False

    def tick(self, now_s: float, list_window: QWidget | None) -> None:
        """Let time pass.

        Args:
            list_window: the camera list's own window, if it has one.
        """
        if self._is_active:
            self._is_active = False
            self._duty.active(now_s)
        is_open = self._duty.state.is_controllable
        if not is_open and list_window is not None and list_window.isVisible():
            list_window.hide()
            self._hidden = list_window
        elif is_open and self._hidden is not None:
            if self._hidden is list_window:
                list_window.show()
            self._hidden = None

    def stop(self) -> None:
        """Watch no more."""
        self._application.removeEventFilter(self)
