"""An officer's hands on a wall: real key and mouse events of an X server, made by xdotool."""

from __future__ import annotations

import ctypes
import ctypes.util
import shutil
import subprocess

from tests.xdisplay import XDisplay

WINDOW_CLASS = "pantau"
DOUBLE_CLICK_DELAY_MS = 60
DRAG_STEPS = 10
DRAG_STEP_S = "0.03"
_CLIENT_MESSAGE = 33


class WallHands:
    """Sends events to whatever is under the pointer or has the focus.

    Args:
        display: the X server.
    """

    def __init__(self, display: XDisplay) -> None:
        self._display = display
        tool = shutil.which("xdotool")
        assert tool is not None, "xdotool is missing: `python3 dev.py setup` installs it"
        self._tool = tool

    def press(self, *chords: str) -> None:
        """Press chords one after the other, in xdotool's spelling (`alt+2`, `Escape`)."""
        self._do("key", "--clearmodifiers", *chords)

    def type(self, text: str, period_ms: int = 20) -> None:
        """Type a text, a key each `period_ms`."""
        self._do("type", "--delay", str(period_ms), text)

    def click(self, place: tuple[int, int]) -> None:
        """Click with the left button."""
        self._do(*_move(place), "click", "1")

    def double_click(self, place: tuple[int, int]) -> None:
        """Double-click with the left button."""
        self._do(*_move(place), "click", "--repeat", "2", "--delay", str(DOUBLE_CLICK_DELAY_MS), "1")

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Drag with the left button, in steps as a hand does."""
        words = [*_move(start), "mousedown", "1"]
        for step in range(1, DRAG_STEPS + 1):
            x, y = (a + (b - a) * step // DRAG_STEPS for a, b in zip(start, end, strict=True))
            words += ["sleep", DRAG_STEP_S, *_move((x, y))]
        self._do(*words, "sleep", DRAG_STEP_S, "mouseup", "1")

    def wheel(self, place: tuple[int, int], notches: int, held: str = "ctrl") -> None:
        """Turn the wheel over a place, up where `notches` is positive, while a key is held."""
        button = "4" if notches > 0 else "5"
        self._do(*_move(place), "keydown", held, "click", "--repeat", str(abs(notches)), button, "keyup", held)

    def window_of(self, pid: int) -> int:
        """The id of the window of a process, once it is there."""
        argv = [
            self._tool,
            "search",
            "--sync",
            "--all",
            "--onlyvisible",
            "--pid",
            str(pid),
            "--class",
            WINDOW_CLASS,
        ]
        env = self._display.env()
        done = subprocess.run(argv, env=env, stdin=subprocess.DEVNULL, capture_output=True, check=True, timeout=60)
        return int(done.stdout.split()[-1])

    def move_window(self, window: int, x_px: int) -> None:
        """Have a window begin there, at the screen's upper edge."""
        self._do("windowmove", "--sync", str(window), str(x_px), "0")

    def focus(self, window: int) -> None:
        """Give a window the keys, as a window manager does."""
        self._do("windowfocus", "--sync", str(window))

    def close_window(self) -> None:
        """Ask the wall's window to close, as a window manager's close button does (ICCCM 4.2.8.1)."""
        found = self._ask("search", "--onlyvisible", "--class", WINDOW_CLASS)
        _ask_to_close(self._display.name, int(found.split()[-1]))

    def _do(self, *words: str) -> None:
        self._ask(*words)

    def _ask(self, *words: str) -> str:
        argv, env = [self._tool, *words], self._display.env()
        done = subprocess.run(argv, env=env, stdin=subprocess.DEVNULL, capture_output=True, check=True, timeout=30)
        return done.stdout.decode()


class _ClientMessage(ctypes.Structure):
    """XClientMessageEvent of Xlib, padded to the size of any XEvent."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong),
        ("message_type", ctypes.c_ulong),
        ("format", ctypes.c_int),
        ("data", ctypes.c_long * 5),
        ("padding", ctypes.c_long * 24),
    )


def _ask_to_close(display_name: str, window: int) -> None:
    """Send WM_DELETE_WINDOW; this xdotool cannot, and there is no window manager that could."""
    xlib = ctypes.CDLL(ctypes.util.find_library("X11") or "libX11.so.6")
    xlib.XOpenDisplay.restype = ctypes.c_void_p
    xlib.XInternAtom.restype = ctypes.c_ulong
    display = ctypes.c_void_p(xlib.XOpenDisplay(display_name.encode()))
    protocols, delete = (xlib.XInternAtom(display, name, 0) for name in (b"WM_PROTOCOLS", b"WM_DELETE_WINDOW"))
    message = _ClientMessage(_CLIENT_MESSAGE, 0, 1, display, window, protocols, 32, (delete, 0, 0, 0, 0))
    xlib.XSendEvent(display, ctypes.c_ulong(window), 0, ctypes.c_long(0), ctypes.byref(message))
    xlib.XCloseDisplay(display)


def _move(place: tuple[int, int]) -> list[str]:
    return ["mousemove", str(place[0]), str(place[1])]
