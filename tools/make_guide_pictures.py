"""Cuts the pictures of the README's guide out of those that `tests/e2e/test_day_one.py` leaves in `build/day-one`.

Run it after that test: `.venv/bin/python tools/make_guide_pictures.py`.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication, QImage

ROOT = Path(__file__).parents[1]
SHOTS, PICTURES = ROOT / "build" / "day-one", ROOT / "resources" / "screenshots" / "guide"
LEFT, RIGHT = QRect(0, 0, 1000, 720), QRect(1000, 0, 1000, 720)
CUTS = {
    "first-start": QRect(0, 0, 560, 560),
    "empty-wall": LEFT,
    "four-cameras-on-monitor-2": RIGHT,
    "name-of-the-layout": RIGHT,
    "saved": RIGHT,
    "palette": RIGHT,
    "layout-editor": RIGHT,
    "map": RIGHT,
    "purpose": LEFT,
}
WIDTH_PX = 640


def main() -> int:
    """Cut them all; 1 where one is missing."""
    application = QGuiApplication([])
    PICTURES.mkdir(parents=True, exist_ok=True)
    for name, cut in CUTS.items():
        found = sorted(SHOTS.glob(f"[0-9][0-9]-{name}.png"))
        if not found:
            print(f"there is no picture {name} in {SHOTS}: run tests/e2e/test_day_one.py first", file=sys.stderr)
            return 1
        picture = QImage(str(found[0])).copy(cut)
        small = picture.scaledToWidth(min(WIDTH_PX, cut.width()), Qt.TransformationMode.SmoothTransformation)
        small.save(str(PICTURES / f"{name}.jpg"), quality=82)
    application.quit()
    return 0


if __name__ == "__main__":
    sys.exit(main())
