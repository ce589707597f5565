"""A wall with one direct tile, as a process of its own: it needs a real display, the test process has none.

Prints `{"window": id, "tile": [x, y, w, h]}` once it stands; then each line on stdin is a sign for tile 1 (`live`,
`stale`, `lost`) or `quit`. `argv`: where to save the screenshot.
"""

from __future__ import annotations

import json
import select
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.core.budget import Surface
from app.core.commands import TileId
from app.core.failure import Reason
from app.core.tile_status import Sign
from tests.fakes.fake_console import a_console
from ui.wall_app import WallOptions, run_wall
from ui.wall_window import WallWindow

TILE = TileId(1, 1)


def main() -> None:
    """Run until told to quit."""
    console = a_console("4", tiles=1)
    console.surfaces[TILE] = Surface.DIRECT
    has_told = False

    def on_tick(now_s: float) -> None:
        nonlocal has_told
        if not has_told and TILE in console.windows:
            has_told = True
            print(json.dumps({"window": console.windows[TILE], "tile": _tile_on_screen()}), flush=True)
        if select.select([sys.stdin], [], [], 0)[0]:
            _obey(sys.stdin.readline().strip())

    def _obey(word: str) -> None:
        if word == "quit":
            _window().close()
        else:
            console.set_sign(1, Sign(word), age_s=2.5, reason=None if word == "live" else Reason.HOST_LOST)

    run_wall(console, WallOptions(screenshot=Path(sys.argv[1])), on_tick)


def _window() -> WallWindow:
    return next(widget for widget in QApplication.topLevelWidgets() if isinstance(widget, WallWindow))


def _tile_on_screen() -> list[int]:
    view = _window().view
    rect = view.records[0].area
    corner = view.mapToGlobal(rect.topLeft())
    return [corner.x(), corner.y(), rect.width(), rect.height()]


if __name__ == "__main__":
    main()
