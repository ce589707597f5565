"""Draws the programs' icon file for Windows: the mark that the wall's windows carry, in every size Windows shows.

    .venv/bin/python tools/make_icon.py

The mark itself is drawn by `ui/icons.py`; this writes it into `resources/icons/pantau.ico`.
"""

from __future__ import annotations

import argparse
import os
import struct
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from PySide6.QtCore import QBuffer, QIODevice  # noqa: E402
from PySide6.QtGui import QGuiApplication, QPixmap  # noqa: E402

from ui.icons import wall_icon  # noqa: E402
from ui.theme import ThemeName, load_theme  # noqa: E402

SIZES_PX = (16, 32, 48, 64, 128, 256)
ICON = ROOT / "resources" / "icons" / "pantau.ico"
_HEADER_BYTES, _ENTRY_BYTES = 6, 16


def draw_icon() -> bytes:
    """The icon file; a `QGuiApplication` must exist."""
    theme = load_theme(ThemeName.DARK)
    icon = wall_icon(theme.color("accent"), theme.color("raised"))
    return icon_file([(size_px, _png(icon.pixmap(size_px, size_px))) for size_px in SIZES_PX])


def _png(pixmap: QPixmap) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    pixmap.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def icon_file(pictures: Sequence[tuple[int, bytes]]) -> bytes:
    """An ICO file.

    Args:
        pictures: the side of each in pixels, at most 256, and its PNG file.
    """
    entries, at = [], _HEADER_BYTES + _ENTRY_BYTES * len(pictures)
    for side_px, png in pictures:
        side = side_px % 256  # 0 stands for 256
        entries.append(struct.pack("<BBBBHHII", side, side, 0, 0, 1, 32, len(png), at))
        at += len(png)
    header = struct.pack("<HHH", 0, 1, len(pictures))
    return b"".join([header, *entries, *(png for _, png in pictures)])


def main() -> int:
    """Write the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=ICON, metavar="FILE.ico")
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication([])
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_bytes(draw_icon())
    del application
    return 0


if __name__ == "__main__":
    sys.exit(main())
