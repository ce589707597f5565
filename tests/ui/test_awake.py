"""While a wall shows, neither screen saver nor sleep begins by itself; afterwards they may again."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtDBus import QDBus, QDBusMessage
from PySide6.QtWidgets import QApplication

from tests.xdisplay import XDisplay
from ui.awake import Awake, BusHold, WindowsHold, XHold, has_session_bus

COOKIE = 4711


class FakeBus:
    """A session bus on which a screen saver answers, or nobody does."""

    def __init__(self, *, has_saver: bool) -> None:
        self.calls: list[tuple[str, list[object]]] = []
        self._has_saver = has_saver

    def call(self, message: QDBusMessage, mode: QDBus.CallMode, timeout: int) -> QDBusMessage:
        assert message.service() == "org.freedesktop.ScreenSaver" and timeout <= 1_000
        self.calls.append((message.member(), message.arguments()))
        if self._has_saver:
            return message.createReply(COOKIE)
        return message.createErrorReply("org.freedesktop.DBus.Error.ServiceUnknown", "nobody")


class FakeX:
    """Xlib, as far as it is used."""

    def __init__(self) -> None:
        self.calls: list[str] = []

    def __getattr__(self, name: str) -> object:
        return lambda display: self.calls.append(f"{name} {display}")


def test_the_desktops_saver_is_held_by_a_cookie_and_let_go_by_it() -> None:
    bus = FakeBus(has_saver=True)
    hold = BusHold(bus)
    assert hold.is_held and bus.calls[0][0] == "Inhibit" and bus.calls[0][1][0] == "Pantau"
    hold.release()
    hold.release()
    assert bus.calls[1:] == [("UnInhibit", [COOKIE])] and not hold.is_held


def test_a_desktop_without_a_saver_is_left_alone() -> None:
    bus = FakeBus(has_saver=False)
    hold = BusHold(bus)
    hold.release()
    assert not hold.is_held and [method for method, _ in bus.calls] == ["Inhibit"]


def test_no_session_bus_is_started_for_it(tmp_path: Path) -> None:
    assert not has_session_bus({}) and not has_session_bus({"XDG_RUNTIME_DIR": str(tmp_path)})
    assert has_session_bus({"DBUS_SESSION_BUS_ADDRESS": "unix:path=/x"})
    (tmp_path / "bus").touch()
    assert has_session_bus({"XDG_RUNTIME_DIR": str(tmp_path)})


def test_windows_is_told_once_and_once_more_at_the_end() -> None:
    states: list[int] = []

    def set_state(state: int) -> None:
        states.append(state)

    hold = WindowsHold(SimpleNamespace(SetThreadExecutionState=set_state))
    hold.release()
    assert states == [0x8000_0003, 0x8000_0000]


def test_an_x_server_is_told_that_somebody_is_there_until_the_end(qapp: QApplication) -> None:
    library = FakeX()
    hold = XHold(lambda: (library, 7))
    hold.reset()
    assert library.calls == ["XResetScreenSaver 7", "XFlush 7"] * 2
    hold.release()
    hold.reset()
    assert library.calls[4:] == ["XCloseDisplay 7"]


def test_without_an_x_server_nothing_happens(qapp: QApplication) -> None:
    hold = XHold(lambda: None)
    hold.reset()
    hold.release()
    Awake("offscreen").release()


@pytest.mark.skipif(sys.platform == "win32", reason="there is no X server on Windows")
def test_a_real_x_server_takes_it(xvfb: XDisplay) -> None:
    program = (
        "from ui.awake import XHold, _open_display; h = XHold(); assert h._connection; h.reset(); h.release()"
    )
    code = f"from PySide6.QtCore import QCoreApplication; a = QCoreApplication([]); {program}"
    subprocess.run([sys.executable, "-c", code], env=xvfb.env(), check=True, timeout=60)
