"""A look at an X server's screen without asking the server: its framebuffer is a file that can be mapped.

A look costs nothing but the pixels that are really read, sees windows of every process, and does not wait for
anyone. What is seen can be half of one picture and half of the next, as on a real screen.
"""

from __future__ import annotations

import mmap
import struct
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_BYTES_PER_PIXEL = 4


class Framebuffer:
    """The screen of a server that was opened with a `framebuffer` folder (`tests.xdisplay.open_display`).

    Args:
        folder: the one that the server was given.
    """

    def __init__(self, folder: Path) -> None:
        with (folder / "Xvfb_screen0").open("rb") as file:
            self._memory = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        header = struct.unpack_from(">25I", self._memory)  # XWDFile.h, version 7
        header_bytes, width_px, height_px, row_bytes, colours = (header[at] for at in (0, 4, 5, 12, 19))
        start = header_bytes + 12 * colours
        rows = np.frombuffer(self._memory, np.uint8, row_bytes * height_px, start).reshape(height_px, row_bytes)
        whole = rows[:, : _BYTES_PER_PIXEL * width_px].reshape(height_px, width_px, _BYTES_PER_PIXEL)
        self._pixels = whole[..., 2::-1]

    @property
    def pixels(self) -> NDArray[np.uint8]:
        """Rows of RGB pixels: the screen itself, which changes while it is read. Copy what must stay."""
        return self._pixels
