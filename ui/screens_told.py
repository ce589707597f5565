"""A process of the preflight: says which Qt this is and which screens it sees, as one line of JSON.

`python -m ui.screens_told`. A process of its own: Qt aborts where no window can be opened.
"""

from __future__ import annotations

import json
import sys

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication, QScreen


def main() -> int:
    """Look and say it."""
    application = QGuiApplication(["pantau-screens"])
    told = {"qt": qVersion(), "screens": [_told(screen) for screen in application.screens()]}
    sys.stdout.write(json.dumps(told) + "\n")
    return 0


def _told(screen: QScreen) -> dict[str, object]:
    ratio, size = screen.devicePixelRatio(), screen.size()
    return {
        "name": screen.name(),
        "width_px": round(size.width() * ratio),
        "height_px": round(size.height() * ratio),
        "scale": ratio,
        "rate_hz": round(screen.refreshRate(), 2),
    }


if __name__ == "__main__":
    sys.exit(main())
