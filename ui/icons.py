"""Drawn icons: one distinct shape per state, so that no state is told by colour alone.

GUI thread. Each function paints into a square of the painter's current coordinates.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QIcon, QImage, QPainter, QPainterPath, QPen, QPixmap

from app.core.layout import Layout
from app.core.tile_status import Sign

ICON_SIZE = QSize(24, 16)
"""Of a layout in miniature, logical pixels."""


def blank_image(width_px: int, height_px: int) -> QImage:
    """A transparent image of the format that is blended fastest."""
    image = QImage(max(1, width_px), max(1, height_px), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    return image


def draw_sign(painter: QPainter, sign: Sign, box: QRectF, color: QColor) -> None:
    """The shape of a state, filling the box."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(box.topLeft())
    painter.scale(box.width(), box.height())
    match sign:
        case Sign.LIVE:
            _dot(painter, color)
        case Sign.LATE:
            _hourglass(painter, color)
        case Sign.STALE:
            _clock(painter, color)
        case Sign.LOST:
            _barred(painter, color)
        case Sign.CONNECTING:
            _three_dots(painter, color)
        case Sign.EMPTY:
            _plus(painter, color)
    painter.restore()


def _stroke(painter: QPainter, color: QColor, width: float = 0.12) -> None:
    pen = QPen(color, width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _fill(painter: QPainter, color: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)


def _dot(painter: QPainter, color: QColor) -> None:
    _fill(painter, color)
    painter.drawEllipse(QPointF(0.5, 0.5), 0.32, 0.32)


def _clock(painter: QPainter, color: QColor) -> None:
    _stroke(painter, color)
    painter.drawEllipse(QPointF(0.5, 0.5), 0.42, 0.42)
    painter.drawPolyline([QPointF(0.5, 0.26), QPointF(0.5, 0.52), QPointF(0.68, 0.62)])


def draw_remote(painter: QPainter, box: QRectF, color: QColor) -> None:
    """The sign of remote control: an arrow that comes in, and a screen's edge."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(box.topLeft())
    painter.scale(box.width(), box.height())
    _stroke(painter, color)
    painter.drawPolyline([QPointF(0.5, 0.1), QPointF(0.92, 0.1), QPointF(0.92, 0.9), QPointF(0.5, 0.9)])
    painter.drawLine(QPointF(0.08, 0.5), QPointF(0.66, 0.5))
    painter.drawPolyline([QPointF(0.44, 0.28), QPointF(0.66, 0.5), QPointF(0.44, 0.72)])
    painter.restore()


def _hourglass(painter: QPainter, color: QColor) -> None:
    _stroke(painter, color)
    painter.drawPolygon([QPointF(0.24, 0.1), QPointF(0.76, 0.1), QPointF(0.24, 0.9), QPointF(0.76, 0.9)])


def _barred(painter: QPainter, color: QColor) -> None:
    """A picture's frame, struck through: no ring, which a small clock is, too."""
    _stroke(painter, color)
    painter.drawRect(QRectF(0.06, 0.22, 0.88, 0.56))
    painter.drawLine(QPointF(0.2, 0.94), QPointF(0.8, 0.06))


def _three_dots(painter: QPainter, color: QColor) -> None:
    _fill(painter, color)
    for x in (0.16, 0.5, 0.84):
        painter.drawEllipse(QPointF(x, 0.5), 0.12, 0.12)


def _plus(painter: QPainter, color: QColor) -> None:
    _stroke(painter, color)
    painter.drawLine(QPointF(0.5, 0.18), QPointF(0.5, 0.82))
    painter.drawLine(QPointF(0.18, 0.5), QPointF(0.82, 0.5))


def draw_warning(painter: QPainter, box: QRectF, color: QColor) -> None:
    """A triangle with an exclamation mark: a hint."""
    _in_unit_square(painter, box)
    _stroke(painter, color, 0.11)
    painter.drawPolygon([QPointF(0.5, 0.1), QPointF(0.94, 0.88), QPointF(0.06, 0.88)])
    painter.drawLine(QPointF(0.5, 0.42), QPointF(0.5, 0.58))
    painter.drawPoint(QPointF(0.5, 0.74))
    painter.restore()


def draw_camera(painter: QPainter, box: QRectF, color: QColor) -> None:
    """A bullet camera seen from its side: a camera that works."""
    _in_unit_square(painter, box)
    _stroke(painter, color, 0.08)
    painter.drawRoundedRect(QRectF(0.08, 0.3, 0.56, 0.36), 0.08, 0.08)
    painter.drawPolyline([QPointF(0.64, 0.42), QPointF(0.9, 0.34), QPointF(0.9, 0.62), QPointF(0.64, 0.54)])
    painter.restore()


def draw_lock(painter: QPainter, box: QRectF, color: QColor) -> None:
    """A padlock: a camera of a private place."""
    _in_unit_square(painter, box)
    _stroke(painter, color, 0.09)
    painter.drawRoundedRect(QRectF(0.2, 0.46, 0.6, 0.42), 0.08, 0.08)
    arch = QPainterPath(QPointF(0.32, 0.46))
    arch.lineTo(0.32, 0.32)
    arch.arcTo(QRectF(0.32, 0.12, 0.36, 0.4), 180, -180)
    arch.lineTo(0.68, 0.46)
    painter.drawPath(arch)
    painter.restore()


def draw_wrench(painter: QPainter, box: QRectF, color: QColor) -> None:
    """A wrench: a camera under maintenance."""
    _in_unit_square(painter, box)
    _stroke(painter, color, 0.1)
    painter.drawLine(QPointF(0.18, 0.82), QPointF(0.56, 0.44))
    painter.drawArc(QRectF(0.5, 0.12, 0.38, 0.38), 95 * 16, 260 * 16)
    painter.restore()


def draw_planned(painter: QPainter, box: QRectF, color: QColor) -> None:
    """A dashed ring: a camera that is planned and not there yet."""
    _in_unit_square(painter, box)
    _stroke(painter, color, 0.09)
    pen = painter.pen()
    pen.setDashPattern([1.6, 2.2])
    painter.setPen(pen)
    painter.drawEllipse(QPointF(0.5, 0.5), 0.36, 0.36)
    painter.restore()


def draw_chevron(painter: QPainter, box: QRectF, color: QColor, is_open: bool) -> None:
    """The mark of a branch of the tree."""
    _in_unit_square(painter, box)
    _stroke(painter, color, 0.12)
    if is_open:
        painter.drawPolyline([QPointF(0.22, 0.38), QPointF(0.5, 0.66), QPointF(0.78, 0.38)])
    else:
        painter.drawPolyline([QPointF(0.38, 0.22), QPointF(0.66, 0.5), QPointF(0.38, 0.78)])
    painter.restore()


def _in_unit_square(painter: QPainter, box: QRectF) -> None:
    """Work in 0…1 until `restore`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(box.topLeft())
    painter.scale(box.width(), box.height())


def search_icon(color: QColor) -> QIcon:
    """A magnifying glass."""
    pixmap = _pixmap(16, 16)
    painter = QPainter(pixmap)
    _in_unit_square(painter, QRectF(0, 0, 16, 16))
    _stroke(painter, color, 0.1)
    painter.drawEllipse(QPointF(0.42, 0.42), 0.27, 0.27)
    painter.drawLine(QPointF(0.63, 0.63), QPointF(0.86, 0.86))
    painter.restore()
    painter.end()
    return QIcon(pixmap)


def layout_icon(layout: Layout, color: QColor) -> QIcon:
    """A layout in miniature: its cells."""
    pixmap = _pixmap(ICON_SIZE.width(), ICON_SIZE.height())
    painter = QPainter(pixmap)
    painter.scale(1 / 2, 1 / 2)  # drawn at twice its size, so that thin cells stay crisp on dense screens
    gap_px = 4 if layout.columns <= 4 else 2
    for rect in layout.rects(48, 32, gap_px):
        painter.fillRect(rect.x_px, rect.y_px, max(1, rect.width_px), max(1, rect.height_px), color)
    painter.end()
    return QIcon(pixmap)


def wall_icon(accent: QColor, ground: QColor) -> QIcon:
    """The product's own mark: a wall of tiles with one that is looked at."""
    icon = QIcon()
    for size_px in (16, 32, 48, 64, 128, 256):
        pixmap = QPixmap(size_px, size_px)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        _in_unit_square(painter, QRectF(0, 0, size_px, size_px))
        _fill(painter, ground)
        painter.drawRoundedRect(QRectF(0.02, 0.02, 0.96, 0.96), 0.2, 0.2)
        _fill(painter, accent)
        painter.drawRoundedRect(QRectF(0.16, 0.2, 0.42, 0.36), 0.05, 0.05)
        accent_low = QColor(accent)
        accent_low.setAlpha(120)
        _fill(painter, accent_low)
        for x, y, width, height in ((0.64, 0.2, 0.2, 0.15), (0.64, 0.41, 0.2, 0.15), (0.16, 0.62, 0.68, 0.18)):
            painter.drawRoundedRect(QRectF(x, y, width, height), 0.04, 0.04)
        painter.restore()
        painter.end()
        icon.addPixmap(pixmap)
    return icon


def hatching(spacing_px: float, color: QColor, ground: QColor | None = None) -> QBrush:
    """Light diagonal lines: the mark of what is not a live picture.

    A brush, because lines drawn one by one over a tile take thirty times as long as its picture (measured).

    Args:
        spacing_px: between lines, across.
        color: of the lines.
        ground: of what lies between them; None lets it show what is there.
    """
    side_px = max(4, round(spacing_px))
    image = blank_image(side_px, side_px)
    if ground is not None:
        image.fill(ground)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(color, max(1.0, side_px / 14)))
    for x in (0, side_px, 2 * side_px):  # the two beside the diagonal fill the corners that it leaves
        painter.drawLine(QPointF(x + 2, -2), QPointF(x - side_px - 2, side_px + 2))
    painter.end()
    return QBrush(image)


def icon_pixmap(side_px: int, ratio: float) -> QPixmap:
    """A transparent square to draw an icon of that many logical pixels into."""
    pixmap = QPixmap(round(side_px * ratio), round(side_px * ratio))
    pixmap.fill(Qt.GlobalColor.transparent)
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def _pixmap(width_px: int, height_px: int) -> QPixmap:
    """A transparent pixmap for a small icon, twice as dense as its size says."""
    pixmap = QPixmap(width_px * 2, height_px * 2)
    pixmap.fill(Qt.GlobalColor.transparent)
    pixmap.setDevicePixelRatio(2.0)
    return pixmap
