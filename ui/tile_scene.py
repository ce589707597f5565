"""What is seen of a camera's picture on a tile: the part that is looked at, its masks, the watermark over all.

GUI thread. Masks lie where they belong whatever part of the picture is shown, and come before anything else; with
masks that nobody can read nothing of the picture is drawn at all.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QImage, QPainter, QPen, QPolygonF

from app.core.masks import Masks, in_view
from app.core.model import CameraId
from app.core.zoom import NO_ZOOM, WHOLE, Crop, Zoom
from ui.icons import hatching
from ui.theme import Theme
from ui.tile_images import SlotFeed
from ui.watermark import Watermark

_RIM = 0.004
"""How far a mask reaches over its outline, a part of the whole picture's width: chroma and scaling smear what is
hidden over its edge, by up to two pixels of a small stream."""
_LEAST_RIM_PX = 1.5
_HATCH_PX = 14


@dataclass(slots=True, eq=False)
class Scene:
    """Whose picture a tile shows, how closely, and what must lie over it."""

    camera: CameraId | None = None
    masks: Masks = ()
    is_watermarked: bool = False
    zoom: Zoom = NO_ZOOM
    view: Crop = WHOLE
    """The part of the camera's picture that was painted last."""
    covers: tuple[QPolygonF, ...] = ()
    """The masks in pixels, for …"""
    covers_of: tuple[object, ...] = ()
    """… these masks in this view and box."""

    @property
    def is_bare(self) -> bool:
        """Whether nothing has to lie over the picture."""
        return not (self.masks is None or self.masks or self.is_watermarked)


class ScenePainter:
    """Paints pictures and what must lie over them.

    Args:
        theme: colours and fonts.

    Attributes:
        watermark: what it says is set from outside, once a second.
    """

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._ground = theme.color("tile")
        self._brushes: dict[float, QBrush] = {}
        self.watermark = Watermark(theme)

    def paint(self, painter: QPainter, scene: Scene, feed: SlotFeed, box: QRect, unit: float) -> None:
        """Paint the feed's picture as the scene wants it; nothing where there is none.

        Args:
            box: where it goes, in the painter's coordinates.
            unit: device pixels per logical pixel.
        """
        picture = feed.picture
        if picture is None:
            return
        if scene.masks is None:
            painter.fillRect(box, self._brush(unit))
            return
        scene.view = self._draw_picture(painter, scene, feed, picture, box)
        if scene.masks:
            self._cover(painter, scene, box, unit)
        if scene.is_watermarked:
            self.watermark.paint(painter, box, unit)

    def image(self, scene: Scene, feed: SlotFeed, box: QRect, unit: float) -> QImage:
        """The same as an image of the box's size."""
        image = QImage(box.size(), QImage.Format.Format_RGB32)
        image.fill(self._ground)
        with QPainter(image) as painter:
            self.paint(painter, scene, feed, QRect(0, 0, box.width(), box.height()), unit)
        return image

    def _draw_picture(self, painter: QPainter, scene: Scene, feed: SlotFeed, picture: QImage, box: QRect) -> Crop:
        """Draw the part that is looked at; returns which part of the camera's picture the box shows then.

        Until the host sends that part what there is of it is scaled, so that the wheel is answered at once.
        """
        wanted = scene.zoom.crop
        if feed.asked == wanted:
            _draw_whole(painter, box, picture)
            return feed.crop
        x, y, width, height = feed.crop.within(wanted)
        place = QRectF(x * box.width(), y * box.height(), width * box.width(), height * box.height())
        painter.save()
        painter.setClipRect(box, Qt.ClipOperation.IntersectClip)
        painter.fillRect(box, self._ground)
        _draw_scaled(painter, place.translated(QPointF(box.topLeft())), picture)
        painter.restore()
        return wanted

    def _cover(self, painter: QPainter, scene: Scene, box: QRect, unit: float) -> None:
        shown = (scene.masks, scene.view, box)
        if scene.covers_of != shown:
            scene.covers, scene.covers_of = _polygons(scene.masks, scene.view, box), shown
        brush = self._brush(unit)
        painter.save()
        painter.setClipRect(box, Qt.ClipOperation.IntersectClip)
        painter.setBrushOrigin(box.topLeft())
        painter.setBrush(brush)
        rim_px = max(_LEAST_RIM_PX, _RIM * box.width() / scene.view.width)
        solid, square, mitred = Qt.PenStyle.SolidLine, Qt.PenCapStyle.SquareCap, Qt.PenJoinStyle.MiterJoin
        painter.setPen(QPen(brush, 2 * rim_px, solid, square, mitred))
        for cover in scene.covers:  # each by itself: two that overlap must not cancel each other out
            painter.drawPolygon(cover, Qt.FillRule.WindingFill)
        painter.restore()

    def _brush(self, unit: float) -> QBrush:
        """An opaque hatch."""
        brush = self._brushes.get(unit)
        if brush is None:
            colors = self._theme.color("faint"), self._theme.color("card")
            brush = self._brushes[unit] = hatching(_HATCH_PX * unit, *colors)
        return brush


def _polygons(masks: Masks, view: Crop, box: QRect) -> tuple[QPolygonF, ...]:
    """The masks in pixels of a box that shows that part of the picture."""
    return tuple(
        QPolygonF([QPointF(box.x() + x * box.width(), box.y() + y * box.height()) for x, y in mask])
        for mask in in_view(masks or (), view)
    )


def _draw_whole(painter: QPainter, box: QRect, picture: QImage) -> None:
    """As it came where it fits, as nearly always: no rectangle of fractions is made for that."""
    if box.size() == picture.size():
        painter.drawImage(box.topLeft(), picture)
    else:
        _draw_scaled(painter, QRectF(box), picture)


def _draw_scaled(painter: QPainter, place: QRectF, picture: QImage) -> None:
    """Only for the moments between a change of size or zoom and the first picture of the new one."""
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, True)
    painter.drawImage(place, picture)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
