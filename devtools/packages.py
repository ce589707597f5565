"""The table of system packages: which one, what for, for which command. Nothing else names one.

Package names are Debian's and Ubuntu's. Standard library only.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum


class Command(Enum):
    """What `dev.py` can be asked for, as it is typed."""

    DEMO = "demo"
    RUN = "run"
    TEST = "test"
    BENCH = "bench"
    CHECK = "check"
    SETUP = "setup"
    LOCK = "lock"
    TRANSLATIONS = "translations"
    POLICY = "policy"
    BUNDLE = "bundle"
    INSTALLER = "installer"


@dataclass(frozen=True, slots=True)
class SystemPackage:
    """A package that the distribution has.

    Attributes:
        names: its names, the newest release's first; any of them will do.
        library: the soname that shows on another system whether it is there.
        program: the program that shows it.
    """

    names: tuple[str, ...]
    library: str = ""
    program: str = ""


@dataclass(frozen=True, slots=True)
class Need:
    """Packages that serve one purpose.

    Attributes:
        purpose: what for, as it is shown: "Installing … (purpose)".
        commands: the commands that need it.
        without: what happens where it cannot be had; empty when nothing works without it.
    """

    purpose: str
    packages: tuple[SystemPackage, ...]
    commands: frozenset[Command]
    without: str = ""

    @property
    def is_optional(self) -> bool:
        """Whether Pantau goes on without it."""
        return bool(self.without)


def _library(name: str, soname: str, *newer: str) -> SystemPackage:
    return SystemPackage((*newer, name), library=soname)


def _program(name: str, program: str) -> SystemPackage:
    return SystemPackage((name,), program=program)


def _data(name: str) -> SystemPackage:
    return SystemPackage((name,))


SHOWING = frozenset({Command.DEMO, Command.RUN, Command.TEST, Command.BENCH, Command.BUNDLE})
TESTING = frozenset({Command.TEST, Command.BENCH})

NEEDS: tuple[Need, ...] = (
    Need(
        "what Qt draws the wall with",
        # what `ldd` misses on a bare system for PySide6's xcb and offscreen platform plugins
        (
            _library("libegl1", "libEGL.so.1"),
            _library("libgl1", "libGL.so.1"),
            _library("libx11-6", "libX11.so.6"),
            _library("libx11-xcb1", "libX11-xcb.so.1"),
            _library("libxcb1", "libxcb.so.1"),
            _library("libxcb-cursor0", "libxcb-cursor.so.0"),
            _library("libxcb-glx0", "libxcb-glx.so.0"),
            _library("libxcb-icccm4", "libxcb-icccm.so.4"),
            _library("libxcb-image0", "libxcb-image.so.0"),
            _library("libxcb-keysyms1", "libxcb-keysyms.so.1"),
            _library("libxcb-randr0", "libxcb-randr.so.0"),
            _library("libxcb-render0", "libxcb-render.so.0"),
            _library("libxcb-render-util0", "libxcb-render-util.so.0"),
            _library("libxcb-shape0", "libxcb-shape.so.0"),
            _library("libxcb-shm0", "libxcb-shm.so.0"),
            _library("libxcb-sync1", "libxcb-sync.so.1"),
            _library("libxcb-xfixes0", "libxcb-xfixes.so.0"),
            _library("libxcb-xkb1", "libxcb-xkb.so.1"),
            _library("libxkbcommon0", "libxkbcommon.so.0"),
            _library("libxkbcommon-x11-0", "libxkbcommon-x11.so.0"),
            _library("libdbus-1-3", "libdbus-1.so.3"),
            _library("libfontconfig1", "libfontconfig.so.1"),
            _library("libfreetype6", "libfreetype.so.6"),
            _library("libglib2.0-0", "libglib-2.0.so.0", "libglib2.0-0t64"),
        ),
        SHOWING,
    ),
    Need(
        "libVLC, which decodes direct surfaces",
        (
            _library("libvlc5", "libvlc.so.5"),
            _data("libvlc-bin"),  # keeps the plugin cache: a start takes 0.03 s with it, 0.4 s without
            _data("vlc-plugin-base"),
            _data("vlc-plugin-video-output"),
        ),
        SHOWING,
        without="libVLC cannot be had, so every tile uses a shared surface",
    ),
    Need(
        "a private X server, and programs that look at it and press its keys",
        (
            _program("xvfb", "Xvfb"),
            _program("xauth", "xauth"),
            _program("x11-utils", "xwininfo"),
            _program("x11-apps", "xwd"),
            _program("x11-xserver-utils", "xrandr"),
            _program("xdotool", "xdotool"),
        ),
        TESTING,
    ),
    Need(
        "GStreamer, a third-party RTSP camera",
        (
            _data("gir1.2-gst-rtsp-server-1.0"),
            _data("gstreamer1.0-plugins-base"),
            _data("gstreamer1.0-plugins-good"),
            _data("gstreamer1.0-plugins-bad"),
            _data("gstreamer1.0-plugins-ugly"),
            _data("python3-gi"),
        ),
        TESTING,
    ),
    Need(
        "PostgreSQL, in which a registry may keep its data",
        (_data("postgresql"),),
        TESTING,
    ),
    Need(
        "a real Secret Service keyring",
        (_program("dbus", "dbus-daemon"), _program("gnome-keyring", "gnome-keyring-daemon")),
        TESTING,
    ),
    Need(
        "a Windows to freeze and try the Windows product in, and what makes its installer",
        (
            SystemPackage(("wine64",)),
            _program("gcc-mingw-w64-x86-64-win32", "x86_64-w64-mingw32-gcc"),
            _program("msitools", "msibuild"),
            _program("wixl", "wixl"),
            _program("osslsigncode", "osslsigncode"),
        ),
        frozenset({Command.INSTALLER}),
    ),
    Need(
        "the players that the wall is measured against",
        (_program("ffmpeg", "ffmpeg"), _program("mpv", "mpv")),
        frozenset({Command.BENCH}),
    ),
)


def venv_need(version: tuple[int, int]) -> Need:
    """What Debian's Python lacks to make a virtual environment.

    Args:
        version: the Python that is to make it.
    """
    package = SystemPackage((f"python{version[0]}.{version[1]}-venv",))
    return Need("what makes a .venv", (package,), frozenset(Command))


def needs_of(command: Command, table: Iterable[Need] = NEEDS) -> tuple[Need, ...]:
    """The rows of the table that a command needs, in the table's order."""
    return tuple(need for need in table if command in need.commands)
