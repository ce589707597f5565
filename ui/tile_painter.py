"""One tile, ready to be blitted: filling, bar, a small running mark, figures.

GUI thread. `dress` renders what a look needs; `paint` only blits, as often as pictures come.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from types import MappingProxyType

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QImage, QPainter, QRegion

from app.core.budget import Surface
from app.core.commands import TileId
from app.core.model import Camera, CameraId
from app.core.snapshot import Pixels
from app.core.tile_status import PICTURE_SIGNS, PLAYING_SIGNS, Sign, TileStatus
from app.core.zoom import Zoom
from ui.snapshot_picture import snapshot_pixels
from ui.texts import age_text
from ui.theme import Theme
from ui.tile_faces import Face, TileFaces
from ui.tile_images import SlotFeed, picture_box
from ui.tile_look import TileLook, TileMetrics
from ui.tile_overlays import WAITING_DOTS, TileOverlays
from ui.tile_scene import Scene, ScenePainter

_MARK_PERIOD_S = MappingProxyType({Sign.LIVE: 0.5, Sign.LATE: 0.2, Sign.STALE: 0.1, Sign.CONNECTING: 0.3})
"""How often the running mark of a state changes: a live age twice a second at most, a stale one in tenths."""


@dataclass(slots=True, eq=False)
class PaintedTile:
    """A tile on the screen and all that is ready to be painted of it. Rects are device pixels of the view."""

    tile: TileId
    rect: QRect
    metrics: TileMetrics
    has_window: bool = False
    """Whether native widgets lie over the tile: a window that a host may draw into, its bar and its cover."""
    feed: SlotFeed = field(default_factory=SlotFeed)
    scene: Scene = field(default_factory=Scene)
    """Whose picture it is, how closely it is looked at, and what lies over it."""
    status: TileStatus | None = None
    look: TileLook | None = None
    face: Face | None = None
    """What fills the tile instead of the live picture."""
    bar: QImage | None = None
    mark: QImage | None = None
    """The small thing that changes by itself: an age, or waiting dots."""
    mark_at: QPoint = field(default_factory=QPoint)
    mark_area: QRect = field(default_factory=QRect)
    figures: QImage | None = None
    shown_size: QSize = field(default_factory=QSize)
    box: QRect = field(default_factory=QRect)
    """Where a picture of `shown_size` lies."""
    margins: tuple[tuple[QRect, QRect], ...] = ()
    """The letterbox beside it: rects and their `area`s."""
    area: QRect = field(default_factory=QRect)
    """`rect` in the view's own (logical) pixels, as Qt counts what has to be painted."""
    bar_area: QRect = field(default_factory=QRect)
    """The bar, likewise."""
    picture_area: QRect = field(default_factory=QRect)
    """What a new picture changes, likewise: `box` without what a solid bar hides of it."""
    next_check_s: float = 0.0
    next_status_s: float = 0.0
    """When the whole status is read again, although the sign stays."""
    next_mark_s: float = 0.0
    told: tuple[Sign, int] | None = None
    """The sign and the age, in tenths of a second, that the mark tells; None where it is to be made anew."""

    @property
    def is_direct(self) -> bool:
        """Whether what is shown now is drawn by a host into the tile's window."""
        return self.has_window and self.status is not None and self.status.surface is Surface.DIRECT

    @property
    def lacks_face(self) -> bool:
        """Whether it was dressed for a picture that is there no more."""
        return self.face is None and self.feed.picture is None and not self.is_direct

    @property
    def sign(self) -> Sign | None:
        """What the tile passes for; None for nothing yet."""
        return self.look.sign if self.look is not None else None

    @property
    def shows_picture(self) -> bool:
        """Whether the live picture fills the tile: not before it is known what it is."""
        return self.look is not None and self.face is None and self.feed.picture is not None


class TilePainter:
    """Dresses and paints tiles.

    Args:
        theme: colours and fonts.
    """

    def __init__(self, theme: Theme) -> None:
        self._overlays = TileOverlays(theme)
        self._faces = TileFaces(theme)
        self._scenes = ScenePainter(theme)
        self._theme = theme
        self._ground = theme.color("tile")

    # ---- preparing

    def set_watermark(self, lines: tuple[str, ...]) -> None:
        """What watermarks say from the next picture on."""
        self._scenes.watermark.set_lines(lines)

    def watch(
        self, record: PaintedTile, camera_id: CameraId | None, camera: Camera | None, is_watermarked: bool
    ) -> bool:
        """Say whose pictures the tile shows from now on; whether anything has changed.

        What it showed of another camera is dropped: no picture may ever be seen under another one's masks. Of a
        camera that the catalogue does not list nothing is known, so nothing may be seen.
        """
        scene = record.scene
        is_unlisted = camera is None and camera_id is not None
        masks = camera.masks if camera is not None else () if not is_unlisted else None
        if (scene.camera, scene.masks, scene.is_watermarked) == (camera_id, masks, is_watermarked):
            return False
        if scene.camera != camera_id:
            record.feed.drop()
            record.scene = Scene(camera_id, masks, is_watermarked)
        else:
            record.scene = Scene(camera_id, masks, is_watermarked, scene.zoom)
            self._dress_again(record)
        return True

    def look_closer(self, record: PaintedTile, zoom: Zoom) -> bool:
        """Say how closely the tile is looked at from now on; whether that is new."""
        if record.scene.zoom == zoom:
            return False
        record.scene.zoom = zoom
        self._dress_again(record)
        return True

    def _dress_again(self, record: PaintedTile) -> None:
        if record.look is not None:
            self.dress(record, record.look)

    def dress(self, record: PaintedTile, look: TileLook) -> None:
        """Render what the look needs; pictures that must not be shown any more are dropped."""
        record.look = look
        record.mark = record.told = None
        record.next_mark_s = 0.0
        record.bar = (
            None if look.sign is Sign.EMPTY else self._overlays.bar(look, record.metrics, record.scene.zoom.scale)
        )
        if look.sign not in PICTURE_SIGNS:
            record.feed.drop()
        self.fit_picture(record)
        record.face = self._face(record, look)

    def fit_picture(self, record: PaintedTile) -> None:
        """Find the place of the latest picture; call it when its size or the tile's has changed."""
        size = record.feed.picture.size() if record.feed.picture is not None else QSize()
        record.shown_size = size
        record.box = picture_box(size, record.rect, record.metrics.bar_px) if size.isValid() else record.rect
        margins = _around(record.box, record.rect)
        record.margins = tuple((rect, logical(rect, record.metrics.unit)) for rect in margins)
        record.area = logical(record.rect, record.metrics.unit)
        bar = QRect(record.rect.topLeft(), QSize(record.rect.width(), record.metrics.bar_px))
        record.bar_area = logical(bar, record.metrics.unit)
        visible = QRect(record.box)
        if record.metrics.has_solid_bar:
            visible.setTop(max(visible.top(), bar.bottom() + 1))
        record.picture_area = logical(visible, record.metrics.unit)

    def _face(self, record: PaintedTile, look: TileLook) -> Face | None:
        if look.sign in PLAYING_SIGNS and (record.is_direct or record.feed.picture is not None):
            return None
        if look.sign is Sign.STALE:
            box = record.box.translated(-record.rect.topLeft())
            return self._faces.stale(self._scene_image(record), box, look, record.metrics)
        if look.sign in PLAYING_SIGNS:  # counted as live, but nothing to show was published here yet
            return self._faces.card(TileLook(look.number, Sign.CONNECTING, look.name), record.metrics)
        return self._faces.card(look, record.metrics)

    def _scene_image(self, record: PaintedTile) -> QImage | None:
        if record.feed.picture is None:
            return None
        return self._scenes.image(record.scene, record.feed, record.box, record.metrics.unit)

    def run_mark(self, record: PaintedTile, age_s: float | None, now_s: float) -> QRect | None:
        """Move the mark on if it is time; the area to be painted anew, None if nothing changed."""
        look = record.look
        period_s = _MARK_PERIOD_S.get(look.sign) if look else None
        if look is None or period_s is None or now_s < record.next_mark_s:
            return None
        record.next_mark_s = now_s + period_s - 0.01  # a hair early: ticks are 16 ms apart
        has_age = look.sign is not Sign.CONNECTING
        told = (look.sign, math.floor(age_s * 10.0)) if has_age and age_s is not None else None
        if told is not None and told == record.told:
            return None  # as nearly always on a live tile
        record.told = told
        mark, corner = self._mark(record, look.sign, age_s, now_s, period_s)
        if mark is None or mark is record.mark:
            return None
        record.mark, record.mark_at = mark, record.rect.topLeft() + corner
        record.mark_area = logical(QRect(record.mark_at, mark.size()), record.metrics.unit)
        return record.mark_area

    def _mark(
        self, record: PaintedTile, sign: Sign, age_s: float | None, now_s: float, period_s: float
    ) -> tuple[QImage | None, QPoint]:
        if sign is Sign.CONNECTING:
            return self._waiting_dots(record.metrics, math.floor(now_s / period_s) % WAITING_DOTS)
        if age_s is None:
            return None, QPoint()
        if sign in PLAYING_SIGNS:
            return self._age_in_bar(record.metrics, age_s, sign)
        face = record.face
        if face is None or face.age_at is None:
            return None, QPoint()
        return self._overlays.age(age_text(age_s), face.age_font_px, sign), face.age_at

    def _age_in_bar(self, metrics: TileMetrics, age_s: float, sign: Sign) -> tuple[QImage | None, QPoint]:
        if not metrics.shows_age:
            return None, QPoint()
        image = self._overlays.age(age_text(age_s), metrics.font_px, sign)
        x_px = metrics.width_px - round(5 * metrics.unit) - image.width()
        return image, QPoint(x_px, (metrics.bar_px - image.height()) // 2)

    def _waiting_dots(self, metrics: TileMetrics, phase: int) -> tuple[QImage, QPoint]:
        image = self._overlays.waiting_dots(phase, metrics.unit)
        middle_px = metrics.bar_px + (metrics.height_px - metrics.bar_px) // 2
        return image, QPoint((metrics.width_px - image.width()) // 2, middle_px - 2 * image.height())

    def set_figures(self, record: PaintedTile, lines: tuple[str, ...]) -> None:
        """Show figures on the tile; no lines take them away."""
        record.figures = self._overlays.figures(lines, record.metrics) if lines else None

    # ---- painting

    def snapshot(self, record: PaintedTile, status: TileStatus) -> Pixels | None:
        """The picture as the tile shows it, without its bar; None where there is none to be had here."""
        return snapshot_pixels(self._scenes, self._theme, record.scene, record.feed, status.sign, status.age_s)

    def paint(self, painter: QPainter, record: PaintedTile, region: QRegion | None = None) -> None:
        """Blit the tile; the painter's coordinates are device pixels of the view.

        Args:
            region: what has to be painted, the view's own pixels; None: everything.
        """
        if record.shows_picture:
            for margin, margin_area in record.margins:
                if region is None or region.intersects(margin_area):
                    painter.fillRect(margin, self._ground)
            self._scenes.paint(painter, record.scene, record.feed, record.box, record.metrics.unit)
        elif record.face is not None:
            painter.drawImage(record.rect.topLeft(), record.face.image)
        else:
            painter.fillRect(record.rect, self._ground)
        self.paint_overlays(painter, record, region)

    def paint_overlays(self, painter: QPainter, record: PaintedTile, region: QRegion | None = None) -> None:
        """Blit what lies over the filling; alone, it is what a direct surface shows above its video."""
        if record.bar is not None and (region is None or region.intersects(record.bar_area)):
            painter.drawImage(record.rect.topLeft(), record.bar)
        if record.mark is not None and (region is None or region.intersects(record.mark_area)):
            painter.drawImage(record.mark_at, record.mark)
        if record.figures is not None:
            painter.drawImage(record.rect.topLeft() + QPoint(0, record.metrics.bar_px), record.figures)


def logical(rect: QRect, ratio: float) -> QRect:
    """The logical pixels that hold a rect of device pixels."""
    if ratio == 1.0:
        return rect
    left, top = math.floor(rect.left() / ratio), math.floor(rect.top() / ratio)
    right, bottom = math.ceil((rect.right() + 1) / ratio), math.ceil((rect.bottom() + 1) / ratio)
    return QRect(left, top, right - left, bottom - top)


def _around(inner: QRect, outer: QRect) -> tuple[QRect, ...]:
    """The up to four rects that `inner` leaves free of `outer`."""
    candidates = (
        QRect(outer.left(), outer.top(), outer.width(), inner.top() - outer.top()),
        QRect(outer.left(), inner.bottom() + 1, outer.width(), outer.bottom() - inner.bottom()),
        QRect(outer.left(), inner.top(), inner.left() - outer.left(), inner.height()),
        QRect(inner.right() + 1, inner.top(), outer.right() - inner.right(), inner.height()),
    )
    return tuple(rect for rect in candidates if not rect.isEmpty())
