"""Looking closely at one tile: zoom, purpose of a private camera, snapshot, and the words over the picture.

GUI thread.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType

from app.console import Console
from app.core.commands import TileId
from app.core.duty import Officer
from app.core.model import Camera, CameraId
from app.core.purpose import GRANT_S, needs_purpose
from app.core.snapshot import Refusal, SnapshotFacts, clock_offset_s
from app.core.zoom import WHOLE
from ui.pages import Pages
from ui.snapshots import REFUSALS, Snapshots, saving
from ui.texts import tr
from ui.tile_painter import PaintedTile
from ui.tile_zoom import ZOOM_ACTIONS
from ui.wall_view import WallView
from ui.watermark import watermark_lines

WATERMARK_PERIOD_S = 1.0
SHARED_WITHIN_S = 3.0
"""In which a picture that a host draws should be there as pixels, too: the group of pictures is decoded anew."""


@dataclass(frozen=True, slots=True)
class _Awaited:
    """A snapshot whose pixels are on their way."""

    tile: TileId
    camera: Camera
    until_s: float


class CloserLook:
    """Does it for the selected tile of a wall view.

    Args:
        console: the wall and its cameras.
        view: the tiles.
        pages: where a purpose is asked for.
        say: says a sentence for a while.
    """

    def __init__(self, console: Console, view: WallView, pages: Pages, say: Callable[[str], None]) -> None:
        self._console = console
        self._view = view
        self._pages = pages
        self._say = say
        self._snapshots = Snapshots(console.snapshots, view.tile_painter)
        self._next_watermark_s = 0.0
        self._marked_for: Officer | None = None
        self._awaited: _Awaited | None = None
        pages.purpose_given.connect(lambda camera, purpose: console.give_purpose(CameraId(camera), purpose))

    def actions(self) -> Mapping[str, Callable[[], object]]:
        """By command text."""
        zooming = {text: partial(self._view.zoom.run, text) for text in ZOOM_ACTIONS}
        return MappingProxyType(
            {
                **zooming,
                "purpose": self.ask_purpose,
                "snapshot": self.take_snapshot,
                "statistics": self._view.toggle_figures,
                "statistics-all": self._view.toggle_all_figures,
            }
        )

    def _selected(self) -> tuple[TileId, Camera] | None:
        """The tile that fills the wall, or the selected one, and its camera; says so where there is none."""
        number = self._view.state.maximised or self._view.state.selected
        tile = TileId(self._view.monitor, number) if number is not None else None
        camera_id = self._console.wall.camera_at(tile) if tile is not None else None
        camera = self._console.catalog.cameras.get(camera_id) if camera_id is not None else None
        if tile is None or camera is None:
            self._say(tr("Closer", "Select a tile with a camera first."))
            return None
        return tile, camera

    def ask_purpose(self) -> None:
        """Ask why the selected tile's private camera is looked at."""
        found = self._selected()
        if found is None:
            return
        if not needs_purpose(found[1]):
            self._say(tr("Closer", "Everybody may look at this camera: it needs no purpose."))
            return
        self._pages.ask_purpose(found[1], GRANT_S)

    def take_snapshot(self) -> None:
        """Save the selected tile's picture, with what is known of it."""
        found = self._selected()
        record = self._view.record(found[0].number) if found is not None else None
        if found is None or record is None:
            return
        tile, camera = found
        self._forget_awaited()
        if record.is_direct:  # a host draws it: it is brought here for a moment
            self._awaited = _Awaited(tile, camera, self._console.now_s + SHARED_WITHIN_S)
            self._console.share_tile(tile, camera.id)
            self._say(saving(camera))
        else:
            self._take(record, camera)

    def _take_awaited(self, awaited: _Awaited, now_s: float) -> None:
        """Take the snapshot as soon as there are pixels, or say that there are none."""
        record = self._view.record(awaited.tile.number)
        is_same = record is not None and record.scene.camera == awaited.camera.id
        if record is not None and is_same and now_s < awaited.until_s and not self._has_pixels(record):
            return
        self._forget_awaited()
        if record is not None and self._has_pixels(record):
            self._take(record, awaited.camera)
        else:
            self._say(tr("Snapshot", REFUSALS[Refusal.NO_PICTURE]))

    def _forget_awaited(self) -> None:
        if self._awaited is not None:
            self._console.share_tile(self._awaited.tile, None)
            self._awaited = None

    @staticmethod
    def _has_pixels(record: PaintedTile) -> bool:
        return record.shows_picture and not record.is_direct

    def _take(self, record: PaintedTile, camera: Camera) -> None:
        tile, now_s = record.tile, self._console.now_s
        purposes = self._console.purposes
        grant = purposes.grant(camera.id, now_s) if purposes is not None else None
        facts = SnapshotFacts(
            camera=camera,
            status=self._console.status(tile, now_s),
            taken_at_s=time.time(),
            taker=self._console.taker,
            crop=WHOLE,
            purpose=grant.purpose if grant is not None else None,
            clock_offset_s=clock_offset_s(self._console.figures(tile, now_s)),
        )
        self._say(self._snapshots.take(record, facts))

    def tick(self, now_s: float) -> None:
        """Say what became of snapshots, and let the words over the pictures follow the clock."""
        if self._awaited is not None:
            self._take_awaited(self._awaited, now_s)
        sentence = self._snapshots.poll()
        if sentence is not None:
            self._say(sentence)
        officer = self._console.duty.state.officer
        if now_s >= self._next_watermark_s or officer is not self._marked_for:
            self._next_watermark_s, self._marked_for = now_s + WATERMARK_PERIOD_S, officer
            taker = self._console.taker
            self._view.tile_painter.set_watermark(watermark_lines(taker.officer, taker.post, time.time()))
