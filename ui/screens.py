"""The screens that are plugged in, by their identity; tells when that changes.

GUI thread.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QScreen

from app.core.screens import Screen, screen_keys

SETTLES_MS = 200
"""A cable that is pulled or a mode that is set makes several changes in a row."""


class ScreenWatch(QObject):
    """Knows the present screens.

    Args:
        application: whose screens they are.

    Signals:
        changed: screens came, went, moved or changed their size, and nothing more for a moment.
    """

    changed = Signal()

    def __init__(self, application: QGuiApplication) -> None:
        super().__init__()
        self._application = application
        self._settle_timer = QTimer(self, singleShot=True, interval=SETTLES_MS)
        self._settle_timer.timeout.connect(self.changed)
        application.screenAdded.connect(self._added)
        application.screenRemoved.connect(self._settle)
        application.primaryScreenChanged.connect(self._settle)
        for screen in application.screens():
            self._follow(screen)

    def _added(self, screen: QScreen) -> None:
        self._follow(screen)
        self._settle()

    def _settle(self, *_change: object) -> None:
        self._settle_timer.start()

    def _follow(self, screen: QScreen) -> None:
        screen.geometryChanged.connect(self._settle)
        screen.logicalDotsPerInchChanged.connect(self._settle)

    def present(self) -> Mapping[str, QScreen]:
        """The screens by their keys, the primary one first; empty while none is plugged in."""
        primary = self._application.primaryScreen()
        screens = self._application.screens()
        screens.sort(key=lambda screen: (screen is not primary, screen.geometry().x(), screen.geometry().y()))
        keys = screen_keys([_described(screen) for screen in screens])
        return dict(zip(keys, screens, strict=True))


def _described(screen: QScreen) -> Screen:
    connector = screen.name() or QGuiApplication.platformName()  # without a display it has no name
    return Screen(connector, screen.manufacturer(), screen.model(), screen.serialNumber())
