"""The wall: one widget that paints every tile, and only those that changed.

GUI thread. Looks at the console after each pump (`refresh`); what the operator does here leaves as commands. No
widget per tile: sixty-four of them would cost more than their pictures.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import cast

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QRegion, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from app.console import Console
from app.core.budget import Surface
from app.core.commands import TileId
from app.core.hints import Hint
from app.core.layout import Layout, Rect
from app.core.model import Catalog
from app.core.monitor import MonitorState
from app.core.tile_status import PLAYING_SIGNS, Sign
from app.core.wall import WallState
from ui.direct_surface import DirectSurfaces
from ui.dressing import Dressing
from ui.figures import FiguresShown, figure_lines
from ui.texts import tr
from ui.theme import Theme
from ui.tile_look import TileMetrics, look_of
from ui.tile_painter import PaintedTile, TilePainter
from ui.tile_zoom import TileZoom
from ui.wall_mouse import WallMouse

GAP_PX = 2
"""Between tiles and around them, logical pixels: the selection frame lies in it, over no picture."""
CHECK_PERIOD_S = 0.1
"""How often a tile's status is read; a stale tile is marked at most this much later than the console knows."""
LIVE_STATUS_PERIOD_S = 0.5
"""How often the whole status of a tile that stays live is read: its age moves on twice a second."""
_CHECK_PHASES = 6
"""Ticks in a check period."""
RESIZE_SETTLES_MS = 150


class WallView(QWidget):
    """One monitor's tiles.

    Args:
        console: what the wall shows.
        theme: colours and fonts.
        monitor: the number of the monitor that is shown, from 1.

    Attributes:
        figures: on which tiles the officer wants them.

    Signals:
        commanded: the operator wants a command carried out (a `Command`).
        menu_wanted: the menu of a tile number is wanted at a global position.
    """

    commanded = Signal(object)
    menu_wanted = Signal(int, QPoint)

    def __init__(self, console: Console, theme: Theme, monitor: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tile_painter = TilePainter(theme)
        self.monitor = monitor
        self._console = console
        self._theme = theme
        self._wall: WallState | None = None
        self._shape: tuple[Layout, int | None] | None = None
        """The grid and the tile that fills the view, as they were placed last."""
        self._records: dict[TileId, PaintedTile] = {}
        self._visible: list[PaintedTile] = []
        self._waiting: PaintedTile | None = None
        """The first of them that the last look left for the next one to dress."""
        self._tiles_region = QRegion()
        self.figures = FiguresShown()
        self._drop_target: int | None = None
        self._direct = DirectSurfaces(self, self.tile_painter, theme, console.set_tile_window)
        self._settle_timer = QTimer(self, singleShot=True, interval=RESIZE_SETTLES_MS)
        self._settle_timer.timeout.connect(self._announce_sizes)
        self.zoom = TileZoom(self, console)
        self._mouse = WallMouse(self, self.zoom, lambda: console.duty.barrier("zoom-in") is None)
        self._catalog: Catalog | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAcceptDrops(True)
        self.setMinimumSize(QSize(320, 180))
        self.setAccessibleName(tr("Window", "Video wall"))

    # ---- what others ask

    @property
    def state(self) -> MonitorState:
        """The monitor's state."""
        return self._console.wall.monitor(self.monitor)

    @property
    def records(self) -> tuple[PaintedTile, ...]:
        """The tiles on the screen, in the order of their numbers."""
        return tuple(self._visible)

    @property
    def has_waiting(self) -> bool:
        """Whether the last look left tiles for the next one to dress."""
        return self._waiting is not None

    @property
    def direct(self) -> DirectSurfaces:
        """The native windows of direct tiles."""
        return self._direct

    def record(self, number: int) -> PaintedTile | None:
        """The tile of that number, if it is on the screen."""
        return next((record for record in self._visible if record.tile.number == number), None)

    def number_at(self, position: QPoint) -> int | None:
        """The number of the tile at a position in the view (logical pixels), None between tiles."""
        ratio = self.devicePixelRatioF()
        point = QPoint(math.floor(position.x() * ratio), math.floor(position.y() * ratio))
        return next((record.tile.number for record in self._visible if record.rect.contains(point)), None)

    def toggle_figures(self) -> None:
        """Show or hide the statistics of the selected tile."""
        if self.state.selected is not None:
            self.figures.toggle(self.state.selected)
            self._check_all_soon()

    def toggle_all_figures(self) -> None:
        """Show or hide the statistics of all tiles."""
        self.figures.toggle_all()
        self._check_all_soon()

    def set_drop_target(self, number: int | None) -> None:
        """Mark the tile that a drag would land on."""
        if number != self._drop_target:
            self._drop_target = number
            self._update_frames()

    # ---- looking at the console

    def refresh(self, now_s: float) -> None:
        """Take in what has changed; call it after each pump."""
        is_other_wall = self._console.wall is not self._wall
        if is_other_wall:
            self._take_wall()
        if is_other_wall or self._console.catalog is not self._catalog:
            self._take_cameras()
        slot_of = self._console.slot
        dressing, waiting = Dressing(), None
        for record in self._in_turn():
            has_news = record.feed.poll(slot_of(record.tile))
            is_due = (has_news and self._show_picture(record)) or now_s >= record.next_check_s
            if is_due and dressing.has_room_for(record.sign):
                self._check(record, now_s, dressing)
            elif is_due and waiting is None:
                waiting = record
        self._waiting = waiting

    def _in_turn(self) -> Iterable[PaintedTile]:
        """The tiles on the screen, first those that have waited since the last look."""
        if self._waiting not in self._visible:
            return self._visible
        first = self._visible.index(self._waiting)
        return [*self._visible[first:], *self._visible[:first]]

    def _show_picture(self, record: PaintedTile) -> bool:
        """Show the picture that came; whether it asks for a look at the tile's status at once."""
        picture = record.feed.picture
        if picture is not None and picture.size() != record.shown_size:
            self.tile_painter.fit_picture(record)
            self.update(record.area)
        if record.face is not None or picture is None:
            return True  # this may be the first live one, or there is none any more
        if record.has_window:
            self._direct.update_marks(record)
        self.update(record.picture_area)
        return False

    def _check(self, record: PaintedTile, now_s: float, dressing: Dressing) -> None:
        """Look at the tile's status, and dress it anew where it has changed.

        Of a tile that is live and stays so the sign alone is read; the rest of what it says, twice a second.
        """
        record.next_check_s = _next_check_s(record.tile.number, now_s)
        if self._stays_live(record, now_s):
            return
        record.next_status_s = now_s + LIVE_STATUS_PERIOD_S - CHECK_PERIOD_S / 2
        status = self._console.status(record.tile, now_s)
        is_new_surface = record.status is not None and record.status.surface is not status.surface
        record.status = status
        self._check_window(record)
        if self.tile_painter.look_closer(record, self._console.zoom(record.tile)):
            self.update(record.area)
        look = look_of(status)
        is_first_picture = look.sign in PLAYING_SIGNS and record.face is not None
        if look != record.look or is_first_picture or is_new_surface or record.lacks_face:
            with dressing.of_one(record.sign):
                self.tile_painter.dress(record, look)
                self._direct.show_look(record)
            self.update(record.area)
        self._check_figures(record, now_s)
        changed = self.tile_painter.run_mark(record, status.age_s, now_s)
        if changed is not None:
            self._direct.update_marks(record)
            self.update(changed)

    def _stays_live(self, record: PaintedTile, now_s: float) -> bool:
        if (
            record.sign is not Sign.LIVE
            or not record.shows_picture
            or record.has_window
            or now_s >= record.next_status_s
        ):
            return False
        if self._console.sign(record.tile, now_s) is not Sign.LIVE or record.status is None:
            return False
        is_told = any(finding.hint is Hint.CLOCK_OFFSET for finding in record.status.findings)
        return self._console.doubts_clock(record.tile, now_s) == is_told

    def _figure_lines(self, record: PaintedTile, now_s: float) -> tuple[str, ...]:
        return figure_lines(record.status, self._console.figures(record.tile, now_s)) if record.status else ()

    def _check_figures(self, record: PaintedTile, now_s: float) -> None:
        lines = self._figure_lines(record, now_s) if self.figures.are_on(record.tile.number) else ()
        if lines or record.figures is not None:
            self.tile_painter.set_figures(record, lines)
            self._direct.show_look(record)
            self.update(record.area)

    def _check_window(self, record: PaintedTile) -> None:
        """Give the tile a native window, or take it away, as the console wants to draw.

        What is still drawn there stays in sight until something else is to be seen, unless it needs a cover.
        """
        is_wanted = self._console.surface(record.tile) is Surface.DIRECT
        has_window = is_wanted or (record.is_direct and record.scene.is_bare)
        if has_window != record.has_window:
            record.has_window = has_window
            self._direct.reconcile(self._visible)
            self.update(record.area)

    def _check_all_soon(self) -> None:
        for record in self._visible:
            record.next_check_s = record.next_status_s = 0.0

    def _take_cameras(self) -> None:
        """Say whose pictures each tile shows, before any is taken: each is seen under its own masks only."""
        self._catalog = self._console.catalog
        for record in self._visible:
            camera_id = self._console.wall.camera_at(record.tile)
            camera = self._catalog.cameras.get(camera_id) if camera_id is not None else None
            is_marked = camera is not None and self._console.is_watermarked(camera)
            if self.tile_painter.watch(record, camera_id, camera, is_marked):
                record.next_check_s = record.next_status_s = 0.0
                self.update(record.area)

    # ---- the wall's shape

    def _take_wall(self) -> None:
        self._wall = self._console.wall
        self._check_all_soon()
        shape = self._grid(), self.state.maximised
        if shape != self._shape:  # a saved layout keeps its name when its grid is edited
            self._shape = shape
            self._place_tiles()
            self._announce_sizes()
        self._update_frames()

    def _place_tiles(self) -> None:
        """Give every tile of the layout its rect; the tiles that stay keep what they show."""
        before, self._visible = self._visible, []
        for number, rect in self._tile_rects():
            self._visible.append(self._placed(TileId(self.monitor, number), rect))
        for record in before:
            if record not in self._visible:
                record.feed.drop()
        self._tiles_region = QRegion()
        for record in self._visible:
            self._tiles_region += record.area
        self._direct.reconcile(self._visible)
        self.update()

    def _room(self) -> tuple[int, int, int]:
        """The width and height that tiles have, without the gap around them, and the gap: device pixels."""
        ratio = self.devicePixelRatioF()
        gap_px = round(GAP_PX * ratio)
        width_px, height_px = (round(side * ratio) - 2 * gap_px for side in (self.width(), self.height()))
        return width_px, height_px, gap_px

    def _grid(self) -> Layout:
        return self._console.layouts.get(self.state.layout)

    def _tile_rects(self) -> Iterable[tuple[int, QRect]]:
        width_px, height_px, gap_px = self._room()
        maximised = self.state.maximised
        if maximised is not None:
            return [(maximised, QRect(gap_px, gap_px, width_px, height_px))]
        rects = self._grid().rects(max(1, width_px), max(1, height_px), gap_px)
        return [(number, _moved(rect, gap_px)) for number, rect in enumerate(rects, start=1)]

    def _placed(self, tile: TileId, rect: QRect) -> PaintedTile:
        record = self._records.get(tile)
        if record is not None and record.rect == rect:
            return record
        metrics = TileMetrics(rect.width(), rect.height(), self.devicePixelRatioF())
        if record is None:
            has_window = self._console.surface(tile) is Surface.DIRECT
            record = self._records[tile] = PaintedTile(tile, rect, metrics, has_window)
        record.rect, record.metrics = rect, metrics
        self.tile_painter.fit_picture(record)
        if record.look is not None:
            self.tile_painter.dress(record, record.look)
        return record

    def _announce_sizes(self) -> None:
        """Tell the console how large the visible tiles' pictures may be; a hidden tile keeps its last size."""
        self._settle_timer.stop()
        width_px, height_px, gap_px = self._room()
        self._console.set_view_size(self.monitor, width_px, height_px, gap_px)
        for record in self._visible:
            self._console.set_tile_size(record.tile, record.rect.width(), record.rect.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        if self._wall is not None:
            self._place_tiles()
            self._settle_timer.start()

    def showEvent(self, event: QShowEvent) -> None:
        self._wall = self._shape = None  # placed and announced at the next refresh, with the size it is shown at

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.DevicePixelRatioChange and self._wall is not None:
            self._place_tiles()
            self._settle_timer.start()
        return super().event(event)

    def release(self) -> None:
        """Let go of every picture: the slots' memory can be given back afterwards. Native windows still stand."""
        for record in self._records.values():
            record.feed.drop()
        self._visible = []
        self._records.clear()

    # ---- painting

    def _update_frames(self) -> None:
        """The gaps hold every frame."""
        self.update(QRegion(self.rect()) - self._tiles_region)

    def paintEvent(self, event: QPaintEvent) -> None:
        region = event.region()
        painter = QPainter(self)
        ratio = self.devicePixelRatioF()
        gaps = region - self._tiles_region
        if not gaps.isEmpty():
            for rect in _rects(gaps):
                painter.fillRect(rect, self._theme.color("gap"))
        if ratio != 1.0:
            painter.scale(1 / ratio, 1 / ratio)
        if not gaps.isEmpty():
            self._paint_frames(painter)
        for record in self._visible:
            if not record.has_window and region.intersects(record.area):
                painter.setClipRect(record.rect)  # one rect: the raster engine then copies rows, without spans
                self.tile_painter.paint(painter, record, region)
        painter.end()

    def _paint_frames(self, painter: QPainter) -> None:
        self._paint_frame(painter, self.state.selected, "selection")
        self._paint_frame(painter, self._drop_target, "accent")

    def _paint_frame(self, painter: QPainter, number: int | None, color: str) -> None:
        record = self.record(number) if number is not None else None
        if record is None:
            return
        width_px = round(GAP_PX * self.devicePixelRatioF())
        inner = record.rect
        outer = inner.adjusted(-width_px, -width_px, width_px, width_px)
        for rect in _rects(QRegion(outer) - QRegion(inner)):
            painter.fillRect(rect, self._theme.color(color))


def _rects(region: QRegion) -> Iterable[QRect]:
    """The rects of a region, which PySide can iterate over and its stubs do not know."""
    return cast(Iterable[QRect], region)


def _next_check_s(number: int, now_s: float) -> float:
    """At most `CHECK_PERIOD_S` from now; neighbours at different times, so that no tick looks at all tiles."""
    offset_s = CHECK_PERIOD_S * (number % _CHECK_PHASES) / _CHECK_PHASES
    return now_s + CHECK_PERIOD_S - (now_s - offset_s) % CHECK_PERIOD_S


def _moved(rect: Rect, by_px: int) -> QRect:
    return QRect(rect.x_px + by_px, rect.y_px + by_px, rect.width_px, rect.height_px)
