"""A private X server for tests that need a real one: started on a free number, seen by pixels, ended by its id."""

from __future__ import annotations

import os
import select
import shutil
import struct
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.core.layout import Rect

START_BOUND_S = 30.0
GRAB_TRIES = 5
"""`xwd` asks about every window, and fails where one has just gone."""
FIRST_MONITOR = "left"
"""The monitor that takes the server's only output; the others have none."""


@dataclass(frozen=True, slots=True)
class XDisplay:
    """A running X server without a screen to look at.

    Attributes:
        name: what `DISPLAY` is set to.
        pid: the server's process.
    """

    name: str
    pid: int

    def env(self, **more: str) -> dict[str, str]:
        """This process's environment, with Qt and X pointed at this server."""
        env = {key: value for key, value in os.environ.items() if key not in {"WAYLAND_DISPLAY", "XAUTHORITY"}}
        return {**env, "DISPLAY": self.name, "QT_QPA_PLATFORM": "xcb", **more}

    def set_monitor(self, name: str, rect: Rect) -> None:
        """Plug a monitor in that shows this part of the screen."""
        size = f"{rect.width_px}/{rect.width_px // 4}x{rect.height_px}/{rect.height_px // 4}"
        is_first = name == FIRST_MONITOR
        self._xrandr("--setmonitor", name, f"{size}+{rect.x_px}+{rect.y_px}", "screen" if is_first else "none")

    def remove_monitor(self, name: str) -> None:
        """Pull a monitor's cable."""
        self._xrandr("--delmonitor", name)

    def _xrandr(self, *words: str) -> None:
        subprocess.run(
            ["xrandr", "--display", self.name, *words],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            check=True,
        )

    def grab(self, window: str = "-root") -> NDArray[np.uint8]:
        """What the server shows, as rows of RGB pixels.

        Args:
            window: `-root`, or the id of one window.
        """
        which = [window] if window == "-root" else ["-id", window]
        argv = ["xwd", "-silent", "-display", self.name, *which]
        for _ in range(GRAB_TRIES - 1):
            with suppress(subprocess.CalledProcessError):
                return _grabbed(argv)
        return _grabbed(argv)


def _grabbed(argv: list[str]) -> NDArray[np.uint8]:
    return parse_xwd(subprocess.run(argv, stdin=subprocess.DEVNULL, capture_output=True, check=True).stdout)


def parse_xwd(dump: bytes) -> NDArray[np.uint8]:
    """The pixels of an X window dump of a true-colour screen, as rows of RGB.

    Args:
        dump: what `xwd` writes (XWDFile.h, version 7: big-endian header, colour map, rows).
    """
    header = struct.unpack_from(">25I", dump)
    header_size, version, width_px, height_px = header[0], header[1], header[4], header[5]
    byte_order, pixel_bytes, row_bytes, colours = header[7], header[11] // 8, header[12], header[19]
    # 4 bytes a pixel as a rule; 3 where `xwd` puts windows of several visuals together
    if version != 7 or pixel_bytes not in (3, 4):
        raise ValueError(f"an X window dump of version {version} with {pixel_bytes} bytes a pixel")
    start = header_size + 12 * colours
    rows = np.frombuffer(dump, np.uint8, row_bytes * height_px, start).reshape(height_px, row_bytes)
    pixels = rows[:, : pixel_bytes * width_px].reshape(height_px, width_px, pixel_bytes)
    return np.ascontiguousarray(pixels[..., -3:] if byte_order else pixels[..., 2::-1])


@contextmanager
def open_display(
    width_px: int = 1920, height_px: int = 1080, framebuffer: Path | None = None
) -> Iterator[XDisplay]:
    """Starts an X server and ends it.

    Args:
        width_px: the screen's width.
        height_px: its height.
        framebuffer: a folder where the server lays its screen for `tests.support.framebuffer`; the pointer is
            not drawn then, as it would be among the pixels.
    """
    server = shutil.which("Xvfb")
    assert server is not None, "Xvfb is missing: `python3 dev.py setup` installs it"
    reader, writer = os.pipe()
    argv = [server, "-displayfd", str(writer), "-screen", "0", f"{width_px}x{height_px}x24", "-nolisten", "tcp"]
    argv += ["-noreset"]  # or it forgets its monitors with its last client
    argv += ["-nocursor", "-fbdir", str(framebuffer)] if framebuffer is not None else []
    process = subprocess.Popen(
        argv, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, pass_fds=(writer,)
    )
    os.close(writer)
    try:
        yield XDisplay(f":{_read_number(reader)}", process.pid)
    finally:
        os.close(reader)
        process.terminate()
        process.wait(timeout=START_BOUND_S)


def _read_number(reader: int) -> int:
    text = b""
    while not text.endswith(b"\n"):
        ready, _, _ = select.select([reader], [], [], START_BOUND_S)
        chunk = os.read(reader, 32) if ready else b""
        assert chunk, "Xvfb did not say which display it serves"
        text += chunk
    return int(text)
