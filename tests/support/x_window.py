"""A bare X window made by Xlib, as the wall gives one to a direct surface."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import CDLL, c_char_p, c_int, c_uint, c_ulong, c_void_p

BACKGROUND = 0x202020


@contextmanager
def x_window(display_name: str, x_px: int, y_px: int, width_px: int, height_px: int) -> Iterator[int]:
    """Shows a plain window and gives its id; it goes with the context.

    Args:
        display_name: of the X server.
        x_px, y_px: where, from the screen's corner.
        width_px, height_px: its size.
    """
    xlib = _xlib()
    display = xlib.XOpenDisplay(display_name.encode())
    assert display, f"no X server at {display_name}"
    try:
        root = xlib.XDefaultRootWindow(display)
        window = xlib.XCreateSimpleWindow(display, root, x_px, y_px, width_px, height_px, 0, 0, BACKGROUND)
        xlib.XMapWindow(display, window)
        xlib.XSync(display, 0)
        yield int(window)
    finally:
        xlib.XCloseDisplay(display)


def _xlib() -> CDLL:
    xlib = CDLL("libX11.so.6")
    xlib.XOpenDisplay.restype = c_void_p
    xlib.XOpenDisplay.argtypes = [c_char_p]
    xlib.XDefaultRootWindow.restype = c_ulong
    xlib.XDefaultRootWindow.argtypes = [c_void_p]
    xlib.XCreateSimpleWindow.restype = c_ulong
    sizes = [c_int, c_int, c_uint, c_uint, c_uint]
    xlib.XCreateSimpleWindow.argtypes = [c_void_p, c_ulong, *sizes, c_ulong, c_ulong]
    xlib.XMapWindow.argtypes = [c_void_p, c_ulong]
    xlib.XSync.argtypes = [c_void_p, c_int]
    xlib.XCloseDisplay.argtypes = [c_void_p]
    return xlib
