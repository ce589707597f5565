"""A wall with a checkerboard of single pixels on a tile, as a process of its own. `argv`: the screenshot."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from app.core.commands import TileId
from app.core.layout import fit
from tests.fakes.fake_console import a_console
from ui.wall_app import WallOptions, run_wall

TILE = TileId(1, 1)


def main() -> None:
    """Show the board for a moment, then save what was painted."""
    console = a_console("4", tiles=1)

    def on_tick(_now_s: float) -> None:
        if TILE in console.sizes and not console.slots:
            width_px, height_px = fit(640, 360, *console.sizes[TILE])
            board = np.indices((height_px, width_px)).sum(axis=0) % 2 * 255
            console.make_live(1, np.repeat(board[..., None], 4, axis=2).astype(np.uint8))

    options = WallOptions((801, 603), headless=True, for_s=0.5, screenshot=Path(sys.argv[1]), panel_shown=False)
    run_wall(console, options, on_tick)


if __name__ == "__main__":
    main()
