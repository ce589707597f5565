"""Keeps the camera list true to the console: the catalogue, the shortlist, and which tiles show which camera.

GUI thread.
"""

from __future__ import annotations

from app.console import Console
from app.core.model import CameraId
from app.core.wall import WallState, assigned_tiles
from ui.side_panel import SidePanel


class ListKeeper:
    """Tells the list what has changed.

    Args:
        console: what the wall shows.
    """

    def __init__(self, console: Console) -> None:
        self._console = console
        self._panel: SidePanel | None = None
        self._wall: WallState | None = None

    def refresh(self, panel: SidePanel) -> None:
        """Tell the list; another one than before is told everything.

        Its index serves the map and orders, too: it follows the catalogue while the list is hidden.
        """
        panel.show_catalog(self._console.catalog, self._console.registry)
        if panel.isVisible():
            panel.show_shortlist(self._console.shortlist.shortlist)
        if panel is not self._panel or self._console.wall is not self._wall:
            self._panel, self._wall = panel, self._console.wall
            panel.mark_tiles(self._tiles_by_camera())

    def _tiles_by_camera(self) -> dict[CameraId, str]:
        """The tiles that show a camera: `5`, on a wall of several monitors `2.5`."""
        is_one = len(self._console.wall.monitors) == 1
        places: dict[CameraId, list[str]] = {}
        for tile, camera in assigned_tiles(self._console.wall, self._console.layouts).items():
            places.setdefault(camera, []).append(str(tile.number) if is_one else str(tile))
        return {camera: ", ".join(tiles) for camera, tiles in places.items()}
