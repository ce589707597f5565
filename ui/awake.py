"""Holds screen saver and sleep off while a wall shows: a wall that goes dark at night is of no use.

GUI thread. Windows is told once (`SetThreadExecutionState`). On a desktop with a session bus its screen saver is
asked not to begin (`org.freedesktop.ScreenSaver`); it lets go of that when this process ends, at the latest. An X
server is told every 30 seconds that somebody is there: that holds off its own saver and its power saving.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QTimer
from PySide6.QtDBus import QDBus, QDBusConnection, QDBusMessage

RESET_PERIOD_MS = 30_000
"""The shortest time after which any desktop's saver begins is a minute."""
ANSWER_LIMIT_MS = 1_000
"""The wall is not held up for longer by a desktop that does not answer."""
_ES_CONTINUOUS, _ES_SYSTEM_REQUIRED, _ES_DISPLAY_REQUIRED = 0x8000_0000, 0x1, 0x2
_SERVICE, _PATH = "org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"


class Hold(Protocol):
    """One way of holding it off."""

    def release(self) -> None:
        """Let it begin again."""


class WindowsHold:
    """Windows' own; it ends with the process in any case.

    Args:
        api: `kernel32`, or what stands in for it.
    """

    def __init__(self, api: Any) -> None:
        self._api = api
        api.SetThreadExecutionState.argtypes = [ctypes.c_uint]
        api.SetThreadExecutionState(_ES_CONTINUOUS | _ES_SYSTEM_REQUIRED | _ES_DISPLAY_REQUIRED)

    def release(self) -> None:
        """Let it begin again."""
        self._api.SetThreadExecutionState(_ES_CONTINUOUS)


class Bus(Protocol):
    """A session bus, as far as it is used: `QDBusConnection` is one."""

    def call(self, message: QDBusMessage, mode: QDBus.CallMode, timeout: int) -> QDBusMessage:
        """Send a message and wait for its answer, so many milliseconds at most."""


class BusHold:
    """The desktop's screen saver, by the session bus; nothing happens where it has none.

    Args:
        bus: the session bus.
    """

    def __init__(self, bus: Bus) -> None:
        self._bus = bus
        answer = self._call("Inhibit", "Pantau", "a video wall shows")
        is_given = answer.type() is QDBusMessage.MessageType.ReplyMessage
        self._cookie: object = answer.arguments()[0] if is_given else None

    @property
    def is_held(self) -> bool:
        """Whether the desktop has agreed."""
        return self._cookie is not None

    def release(self) -> None:
        """Let it begin again."""
        if self._cookie is not None:
            self._call("UnInhibit", self._cookie)
            self._cookie = None

    def _call(self, method: str, *arguments: object) -> QDBusMessage:
        message = QDBusMessage.createMethodCall(_SERVICE, _PATH, _SERVICE, method)
        message.setArguments(arguments)
        return self._bus.call(message, QDBus.CallMode.Block, ANSWER_LIMIT_MS)


def has_session_bus(environment: Mapping[str, str]) -> bool:
    """Whether there is a session bus already: to ask for one that is not there would start one."""
    folder = environment.get("XDG_RUNTIME_DIR", "")
    return bool(environment.get("DBUS_SESSION_BUS_ADDRESS")) or (bool(folder) and (Path(folder) / "bus").exists())


class XHold:
    """The X server's own saver and its power saving, by a connection of our own.

    Args:
        open_display: opens that connection; None where there is no X server or no library for it.
    """

    def __init__(self, open_display: Callable[[], tuple[Any, Any] | None] | None = None) -> None:
        self._connection = (open_display or _open_display)()
        self._timer = QTimer(interval=RESET_PERIOD_MS)
        self._timer.timeout.connect(self.reset)
        if self._connection is not None:
            self.reset()
            self._timer.start()

    def reset(self) -> None:
        """Say that somebody is there."""
        if self._connection is not None:
            library, display = self._connection
            library.XResetScreenSaver(display)
            library.XFlush(display)

    def release(self) -> None:
        """Let it begin again."""
        self._timer.stop()
        if self._connection is not None:
            library, display = self._connection
            library.XCloseDisplay(display)
            self._connection = None


def _open_display() -> tuple[Any, Any] | None:
    name = ctypes.util.find_library("X11")
    if name is None:
        return None
    library = ctypes.CDLL(name)
    library.XOpenDisplay.restype = ctypes.c_void_p
    for function in (library.XResetScreenSaver, library.XFlush, library.XCloseDisplay):
        function.argtypes = [ctypes.c_void_p]
    display = library.XOpenDisplay(None)
    return (library, display) if display else None


class Awake:
    """Holds off what this system has.

    Args:
        platform: Qt's name of the window system.
    """

    def __init__(self, platform: str) -> None:
        self._holds: list[Hold] = []
        if sys.platform == "win32":
            self._holds.append(WindowsHold(ctypes.windll.kernel32))
        elif platform in ("xcb", "wayland"):
            self._holds += [BusHold(QDBusConnection.sessionBus())] if has_session_bus(os.environ) else []
            self._holds += [XHold()] if platform == "xcb" else []

    def release(self) -> None:
        """Let it begin again."""
        for hold in self._holds:
            hold.release()
        self._holds = []
