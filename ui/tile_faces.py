"""What fills a tile that shows no live picture: the stale picture, or a plain card that says why.

GUI thread. A face is rendered once when its look or size changes, and then blitted like a picture.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QImage, QPainter

from app.core.tile_status import Sign
from ui.icons import draw_sign, hatching
from ui.texts import sign_word, tr
from ui.theme import Theme
from ui.tile_look import TileLook, TileMetrics
from ui.tile_overlays import sign_color, widest_age

_HATCH_ALPHA = 46
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop


@dataclass(frozen=True, slots=True)
class Face:
    """A tile's filling and where the running age goes on it (None: nowhere)."""

    image: QImage
    age_at: QPoint | None = None
    age_font_px: float = 0.0


@dataclass(frozen=True, slots=True)
class _Paragraph:
    text: str
    font: QFont
    color: str
    space_px: float
    """Free room above it."""
    drop_order: int
    """Where there is not enough room, the paragraph of the highest number is dropped first."""


class TileFaces:
    """Renders faces.

    Args:
        theme: colours and fonts.
    """

    def __init__(self, theme: Theme) -> None:
        self._theme = theme

    def card(self, look: TileLook, metrics: TileMetrics) -> Face:
        """The face of a tile without a picture."""
        image = self._ground("tile" if look.sign is Sign.EMPTY else "card", metrics)
        painter = QPainter(image)
        if look.sign is Sign.EMPTY:
            self._draw_empty(painter, look, metrics)
        elif look.sign is Sign.CONNECTING:
            self._draw_connecting(painter, metrics)
        else:
            self._draw_lost(painter, look, metrics)
        painter.end()
        return Face(image)

    def stale(self, picture: QImage | None, box: QRect, look: TileLook, metrics: TileMetrics) -> Face:
        """The last picture without its colours, hatched, with a plate that says so and leaves room for the age.

        Args:
            picture: the last picture; None for a direct surface, whose picture cannot be had.
            box: where the picture lies in the tile, device pixels.
        """
        image = self._ground("tile", metrics)
        painter = QPainter(image)
        if picture is not None:
            grey = picture.convertToFormat(QImage.Format.Format_Grayscale8)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(box, grey)
        spacing_px = max(10 * metrics.unit, metrics.height_px / 14)
        painter.fillRect(image.rect(), hatching(spacing_px, self._theme.color("text", _HATCH_ALPHA)))
        painter.fillRect(0, metrics.bar_px, metrics.width_px, round(2 * metrics.unit), self._theme.color("amber"))
        age_at, font_px = self._draw_stale_plate(painter, look, metrics)
        painter.end()
        return Face(image, age_at, font_px)

    def _ground(self, color: str, metrics: TileMetrics) -> QImage:
        image = QImage(max(1, metrics.width_px), max(1, metrics.height_px), QImage.Format.Format_RGB32)
        image.fill(self._theme.color(color))
        return image

    # ---- cards

    def _draw_empty(self, painter: QPainter, look: TileLook, metrics: TileMetrics) -> None:
        unit, height_px = metrics.unit, metrics.height_px
        painter.setFont(self._theme.font(min(height_px * 0.26, 64 * unit), True))
        painter.setPen(self._theme.color("dim"))
        number_box = QRectF(0, height_px * 0.18, metrics.width_px, height_px * 0.4)
        painter.drawText(number_box, Qt.AlignmentFlag.AlignCenter, str(look.number))
        if metrics.width_px < 180 * unit or height_px < 100 * unit:
            return
        hint = tr("Tile", "Drag a camera here or double-click one in the list")
        painter.setFont(self._theme.font(min(12 * unit, max(10 * unit, height_px * 0.06))))
        painter.setPen(self._theme.color("dim"))
        pad = 12 * unit
        hint_box = QRectF(pad, height_px * 0.6, metrics.width_px - 2 * pad, height_px * 0.38)
        painter.drawText(hint_box, _WRAP, hint)

    def _draw_connecting(self, painter: QPainter, metrics: TileMetrics) -> None:
        painter.setFont(self._theme.font(max(metrics.font_px, 10 * metrics.unit)))
        painter.setPen(self._theme.color("dim"))
        top = metrics.bar_px + (metrics.height_px - metrics.bar_px) * 0.5
        box = QRectF(0, top, metrics.width_px, metrics.height_px - top)
        painter.drawText(box, _WRAP, tr("Tile", "Connecting…"))

    def _draw_lost(self, painter: QPainter, look: TileLook, metrics: TileMetrics) -> None:
        pad = 8 * metrics.unit
        width = min(metrics.width_px - 2 * pad, 420 * metrics.unit)
        area = QRectF((metrics.width_px - width) / 2, metrics.bar_px, width, metrics.height_px - metrics.bar_px)
        heights, paragraphs = self._fitting(self._paragraphs(look, metrics), area.width(), area.height() - pad)
        total = sum(heights) + sum(paragraph.space_px for paragraph in paragraphs)
        side = min(30 * metrics.unit, area.height() * 0.16)
        has_icon = total + side * 1.5 < area.height() - pad
        y = area.top() + (area.height() - total - (side * 1.5 if has_icon else 0)) / 2
        if has_icon:
            icon_box = QRectF(area.center().x() - side / 2, y, side, side)
            draw_sign(painter, look.sign, icon_box, sign_color(self._theme, look.sign))
            y += side * 1.5
        self._draw_paragraphs(painter, paragraphs, heights, area, y)

    def _draw_paragraphs(
        self, painter: QPainter, paragraphs: list[_Paragraph], heights: list[float], area: QRectF, y: float
    ) -> None:
        for paragraph, height in zip(paragraphs, heights, strict=True):
            y += paragraph.space_px
            painter.setFont(paragraph.font)
            painter.setPen(self._theme.color(paragraph.color))
            painter.drawText(QRectF(area.left(), y, area.width(), height + 1), _WRAP, paragraph.text)
            y += height

    def _paragraphs(self, look: TileLook, metrics: TileMetrics) -> list[_Paragraph]:
        size_px = min(max(10 * metrics.unit, metrics.height_px * 0.062), 17 * metrics.unit)
        small_px = max(10 * metrics.unit, size_px * 0.85)
        gap_px = size_px * 0.45
        candidates = [
            _Paragraph(look.headline, self._theme.font(size_px, True), "text", 0.0, 0),
            _Paragraph(look.advice, self._theme.font(small_px), "text", gap_px, 2),
            _Paragraph(look.next_step, self._theme.font(small_px), "dim", gap_px, 1),
            _Paragraph(look.detail, self._theme.font(small_px * 0.92), "dim", gap_px, 3),
        ]
        return [paragraph for paragraph in candidates if paragraph.text]

    def _fitting(
        self, paragraphs: list[_Paragraph], width: float, room: float
    ) -> tuple[list[float], list[_Paragraph]]:
        """The paragraphs that fit, the least important left out first, and their heights."""
        while True:
            heights = [_wrapped_height(paragraph, width) for paragraph in paragraphs]
            spaces = sum(paragraph.space_px for paragraph in paragraphs)
            if sum(heights) + spaces <= room or len(paragraphs) == 1:
                return heights, paragraphs
            least = max(paragraphs, key=lambda paragraph: paragraph.drop_order)
            paragraphs = [paragraph for paragraph in paragraphs if paragraph is not least]

    # ---- the plate of a stale picture

    def _draw_stale_plate(self, painter: QPainter, look: TileLook, metrics: TileMetrics) -> tuple[QPoint, float]:
        """Badge, room for the age, and why; all of it above the lower third. Returns the age's place and size."""
        line = _StaleLine.measured(sign_word(look.sign), self._theme, metrics)
        room_px = metrics.safe_bottom_px - metrics.bar_px - 4 * metrics.unit
        reason = _Paragraph(
            look.headline, self._theme.font(max(10 * metrics.unit, line.size_px * 0.72)), "text", 0, 0
        )
        pad = line.size_px * 0.45
        width = min(metrics.width_px - 12 * metrics.unit, max(line.width, 340 * metrics.unit))
        reason_px = _wrapped_height(reason, width - 2 * pad)
        has_reason = 2 * pad + line.height + reason_px <= room_px
        if not has_reason:
            width, reason_px = line.width + 2 * pad, 0.0
        height = 2 * pad + line.height + reason_px
        top = metrics.bar_px + 2 * metrics.unit + max(0.0, (room_px - height) / 2)
        plate = QRectF((metrics.width_px - width) / 2, top, width, height)
        self._draw_plate(painter, plate, metrics)
        if has_reason:
            area = plate.adjusted(pad, 0, -pad, 0)
            self._draw_paragraphs(painter, [reason], [reason_px], area, top + pad + line.height)
        return self._draw_stale_line(painter, look, line, QPointF(plate.center().x() - line.width / 2, top + pad))

    def _draw_plate(self, painter: QPainter, plate: QRectF, metrics: TileMetrics) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("bar", 225))
        painter.drawRoundedRect(plate, 4 * metrics.unit, 4 * metrics.unit)

    def _draw_stale_line(
        self, painter: QPainter, look: TileLook, line: _StaleLine, corner: QPointF
    ) -> tuple[QPoint, float]:
        corner = QPointF(round(corner.x()), round(corner.y()))
        color = sign_color(self._theme, look.sign)
        icon_top = corner.y() + (line.height - line.icon_px) / 2
        draw_sign(painter, look.sign, QRectF(corner.x(), icon_top, line.icon_px, line.icon_px), color)
        painter.setFont(self._theme.font(line.size_px, True))
        painter.setPen(color)
        word_at = QPointF(corner.x() + line.icon_px + line.gap_px, corner.y() + line.ascent)
        painter.drawText(word_at, line.word)
        age_x = round(word_at.x() + line.word_px + line.gap_px)
        return QPoint(age_x, round(corner.y())), line.size_px


@dataclass(frozen=True, slots=True)
class _StaleLine:
    """The measures of `◷ STALE 00.0 s`."""

    word: str
    size_px: float
    height: float
    ascent: float
    icon_px: float
    gap_px: float
    word_px: float
    width: float

    @classmethod
    def measured(cls, word: str, theme: Theme, metrics: TileMetrics) -> _StaleLine:
        size_px = min(max(11 * metrics.unit, metrics.height_px * 0.075), 22 * metrics.unit)
        font = QFontMetricsF(theme.font(size_px, True))
        icon_px, gap_px, word_px = size_px * 0.95, size_px * 0.4, font.horizontalAdvance(word)
        width = icon_px + gap_px + word_px + gap_px + font.horizontalAdvance(widest_age())
        return cls(word, size_px, font.height(), font.ascent(), icon_px, gap_px, word_px, width)


def _wrapped_height(paragraph: _Paragraph, width: float) -> float:
    flags = int(Qt.TextFlag.TextWordWrap.value)
    return QFontMetricsF(paragraph.font).boundingRect(QRectF(0, 0, width, 10_000), flags, paragraph.text).height()
