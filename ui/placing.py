"""Where a wall window lies, and how it is put there again when windows are made anew.

GUI thread.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QScreen
from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True)
class Place:
    """How an officer had arranged a window."""

    normal: QRect
    """Where it lies, or lay before it filled the screen: global, logical pixels."""
    is_full: bool
    """Whether it fills the screen."""
    is_maximised: bool
    """Whether it takes all the room that the window system gives, or does when it no longer fills the screen."""
    wants_list: bool
    """Whether the camera list is to be seen in it, while the controls are open."""
    wanted_list: bool
    """Whether the camera list comes back when it no longer fills the screen."""


def fill(window: QWidget, screen: QScreen | None) -> None:
    """Let a window fill its screen; without a frame it does so under any window manager, or none."""
    if screen is not None:
        window.setScreen(screen)
        if not window.windowFlags() & Qt.WindowType.FramelessWindowHint:
            window.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        window.setGeometry(screen.geometry())
    window.showFullScreen()


def move_onto(window: QWidget, screen: QScreen | None) -> None:
    """Bring a window onto its screen if it lies elsewhere."""
    if screen is None or window.isFullScreen() or screen.geometry().contains(window.pos()):
        return
    room = screen.availableGeometry()
    place = QRect(room.topLeft(), window.size().boundedTo(room.size()))
    place.moveCenter(room.center())
    window.setGeometry(place)
