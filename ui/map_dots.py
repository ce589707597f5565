"""The dots of the map: one shape and colour for each state, and ten thousand of them at once.

GUI thread. Qt would be told of every dot one by one; here each pixel of a dot's shape is written for all dots
together, which makes a picture of them in a few milliseconds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF

from app.core.tile_status import Sign
from ui.texts import QT_TRANSLATE_NOOP, tr
from ui.theme import Theme

SIDE_PX = 13
"""Of a dot's square, logical pixels."""


class Mark(Enum):
    """What a dot says of its camera, the most important last: that is drawn over the others."""

    AWAY = 0
    OPENING = 1
    LIVE = 2
    STALE = 3
    LOST = 4


MARKS: Mapping[Sign, Mark] = MappingProxyType(
    {
        Sign.EMPTY: Mark.AWAY,
        Sign.CONNECTING: Mark.OPENING,
        Sign.LIVE: Mark.LIVE,
        Sign.LATE: Mark.STALE,
        Sign.STALE: Mark.STALE,
        Sign.LOST: Mark.LOST,
    }
)
WORDS: Mapping[Mark, str] = MappingProxyType(
    {
        Mark.AWAY: QT_TRANSLATE_NOOP("Map", "not on the wall"),
        Mark.OPENING: QT_TRANSLATE_NOOP("Map", "connecting"),
        Mark.LIVE: QT_TRANSLATE_NOOP("Map", "live"),
        Mark.STALE: QT_TRANSLATE_NOOP("Map", "late or stale"),
        Mark.LOST: QT_TRANSLATE_NOOP("Map", "no picture"),
    }
)
_COLORS: Mapping[Mark, str] = MappingProxyType(
    {Mark.AWAY: "dim", Mark.OPENING: "text", Mark.LIVE: "live", Mark.STALE: "amber", Mark.LOST: "amber"}
)

Pixels = NDArray[np.uint32]
Numbers = NDArray[np.intp]


def mark_words(mark: Mark) -> str:
    """What a mark says."""
    return tr("Map", WORDS[mark])


def mark_color(mark: Mark, theme: Theme) -> QColor:
    """The colour of a mark."""
    return theme.color(_COLORS[mark])


def draw_mark(painter: QPainter, mark: Mark, middle: QPointF, color: QColor) -> None:
    """A mark around a point: ring, diamond, disc, triangle or cross."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(color, 1.6 if mark is not Mark.LOST else 2.4))
    painter.setBrush(color if mark in (Mark.LIVE, Mark.STALE) else Qt.BrushStyle.NoBrush)
    painter.translate(middle)
    match mark:
        case Mark.AWAY:
            painter.drawEllipse(QPointF(0, 0), 2.4, 2.4)
        case Mark.OPENING:
            painter.drawPolygon(QPolygonF([QPointF(0, -4.5), QPointF(4.5, 0), QPointF(0, 4.5), QPointF(-4.5, 0)]))
        case Mark.LIVE:
            painter.drawEllipse(QPointF(0, 0), 3.6, 3.6)
        case Mark.STALE:
            painter.drawPolygon(QPolygonF([QPointF(0, -4.2), QPointF(4.4, 3.4), QPointF(-4.4, 3.4)]))
        case Mark.LOST:
            painter.drawLine(QPointF(-3.8, -3.8), QPointF(3.8, 3.8))
            painter.drawLine(QPointF(-3.8, 3.8), QPointF(3.8, -3.8))
    painter.restore()


@dataclass(frozen=True, slots=True, eq=False)
class _Sprite:
    """The pixels of a mark that are not the ground, the faintest first: a core is never under another's edge."""

    rows: Numbers
    columns: Numbers
    colors: Pixels


class DotPainter:
    """Makes pictures of dots.

    Args:
        theme: colours.
        ratio: device pixels per logical pixel.
    """

    def __init__(self, theme: Theme, ratio: float) -> None:
        self.ratio = ratio
        self._ground = theme.color("tile").rgb()
        self._side_px = round(SIDE_PX * ratio) | 1
        self._sprites = {mark: self._sprite(mark, theme) for mark in Mark}

    def picture(
        self, size_px: tuple[int, int], x_px: NDArray[Any], y_px: NDArray[Any], marks: NDArray[Any]
    ) -> QImage:
        """A picture of dots on the ground of the map.

        Args:
            size_px: its width and height, device pixels.
            x_px, y_px: the dots' middles there; those outside are left out.
            marks: the values of their `Mark`.
        """
        width_px, height_px = size_px
        pad_px = self._side_px
        pixels: Pixels = np.full((height_px + 2 * pad_px, width_px + 2 * pad_px), self._ground, np.uint32)
        left, top = np.rint(x_px - pad_px // 2), np.rint(y_px - pad_px // 2)
        is_inside = (left > -pad_px) & (left < width_px) & (top > -pad_px) & (top < height_px)
        corners = ((top[is_inside] + pad_px) * pixels.shape[1] + left[is_inside] + pad_px).astype(np.intp)
        seen = marks[is_inside]
        for mark, sprite in self._sprites.items():
            _stamp(pixels, corners[seen == mark.value], sprite)
        image = QImage(
            pixels.data, pixels.shape[1], pixels.shape[0], pixels.shape[1] * 4, QImage.Format.Format_RGB32
        ).copy(pad_px, pad_px, width_px, height_px)
        image.setDevicePixelRatio(self.ratio)
        return image

    def _sprite(self, mark: Mark, theme: Theme) -> _Sprite:
        side_px, color = self._side_px, mark_color(mark, theme)
        image = QImage(side_px, side_px, QImage.Format.Format_RGB32)
        image.fill(QColor.fromRgb(self._ground))
        with QPainter(image) as painter:
            painter.scale(self.ratio, self.ratio)
            middle = side_px / (2 * self.ratio)
            draw_mark(painter, mark, QPointF(middle, middle), color)
        pixels: Pixels = np.frombuffer(bytes(image.constBits()), np.uint32).reshape(side_px, side_px)
        rows, columns = np.nonzero(pixels != np.uint32(self._ground))
        colors = pixels[rows, columns]
        order = np.argsort(_likeness(colors, color))
        return _Sprite(rows[order], columns[order], colors[order])


def _stamp(pixels: Pixels, corners: Numbers, sprite: _Sprite) -> None:
    flat = pixels.reshape(-1)
    offsets = sprite.rows * pixels.shape[1] + sprite.columns
    for offset, color in zip(offsets.tolist(), sprite.colors, strict=True):
        flat[corners + offset] = color


def _likeness(colors: Pixels, color: QColor) -> NDArray[np.int64]:
    """How near colours come to one, the farthest first when sorted."""
    channels = [(colors >> shift & 0xFF).astype(np.int64) for shift in (16, 8, 0)]
    wanted = (color.red(), color.green(), color.blue())
    off = [np.abs(channel - value) for channel, value in zip(channels, wanted, strict=True)]
    likeness: NDArray[np.int64] = -np.sum(off, axis=0)
    return likeness
