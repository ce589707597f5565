"""The icon file of the Windows programs: the mark that the wall's windows carry."""

from __future__ import annotations

import struct

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from tools.make_icon import ICON, SIZES_PX, draw_icon


def _pictures(file: bytes) -> list[QImage]:
    count = struct.unpack_from("<H", file, 4)[0]
    rows = [struct.unpack_from("<II", file, 6 + 16 * row + 8) for row in range(count)]
    return [QImage.fromData(file[at : at + size]) for size, at in rows]


def test_the_icon_file_is_the_mark_as_the_wall_draws_it(qapp: QApplication) -> None:
    shipped, drawn = _pictures(ICON.read_bytes()), _pictures(draw_icon())
    assert [picture.width() for picture in shipped] == list(SIZES_PX)
    assert shipped == drawn, "the mark has changed: run tools/make_icon.py"
