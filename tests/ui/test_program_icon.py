"""The icon file of the Windows programs: the mark that the wall's windows carry."""

from __future__ import annotations

import struct

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from tools.make_icon import ICON, SIZES_PX, draw_icon

ROUNDING = 1
"""Of 255: Qt rounds otherwise on other processors."""


def _pictures(file: bytes) -> list[QImage]:
    count = struct.unpack_from("<H", file, 4)[0]
    rows = [struct.unpack_from("<II", file, 6 + 16 * row + 8) for row in range(count)]
    return [QImage.fromData(file[at : at + size]) for size, at in rows]


def _bytes(picture: QImage) -> NDArray[np.int16]:
    return np.frombuffer(picture.constBits(), np.uint8).astype(np.int16)


def test_the_icon_file_is_the_mark_as_the_wall_draws_it(qapp: QApplication) -> None:
    shipped, drawn = _pictures(ICON.read_bytes()), _pictures(draw_icon())
    assert [picture.width() for picture in shipped] == list(SIZES_PX)
    for theirs, ours in zip(shipped, drawn, strict=True):
        assert theirs.size() == ours.size()
        differs = np.abs(_bytes(theirs) - _bytes(ours)).max()
        assert differs <= ROUNDING, "the mark has changed: run tools/make_icon.py"
