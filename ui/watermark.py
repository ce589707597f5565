"""Who looks and when, over the picture itself: a photograph of the screen says whose screen it was.

GUI thread. The words change once a second; they are rendered once for each size of text and then only blitted,
with the pictures that come anyway.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from PySide6.QtCore import QDateTime, QLocale, QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QTransform

from ui.icons import blank_image
from ui.plain_text import plain
from ui.theme import Theme

_LEAN_DEGREES = -14.0
_PART_OF_HEIGHT = 0.03
_SMALLEST_PX, _LARGEST_PX = 10.0, 22.0
"""Of the text, logical pixels."""
_LIGHT_ALPHA, _SHADE_ALPHA = 92, 110
"""Read on snow and in the dark, and what lies below is still seen."""
_SPREAD = (1.35, 1.55)
"""How far stamps lie apart, parts of one's width and height."""
_TIME = "d MMM yyyy  HH:mm:ss"


class Watermark:
    """Stamps words over a picture, in rows that are set off against each other.

    Args:
        theme: the font.
    """

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._lines: tuple[str, ...] = ()
        self._stamps: dict[int, QImage] = {}

    def set_lines(self, lines: tuple[str, ...]) -> None:
        """What it says from now on; nothing is painted anew for it."""
        if lines != self._lines:
            self._lines = lines
            self._stamps.clear()

    def paint(self, painter: QPainter, box: QRect, unit: float) -> None:
        """Stamp the words over a picture.

        Args:
            box: where the picture lies, in the painter's coordinates.
            unit: device pixels per logical pixel.
        """
        if not any(self._lines):
            return
        size_px = min(max(_SMALLEST_PX * unit, box.height() * _PART_OF_HEIGHT), _LARGEST_PX * unit)
        stamp = self._stamp(round(size_px))
        for corner in _corners(box, stamp.width(), stamp.height()):
            painter.drawImage(corner, stamp)

    def _stamp(self, size_px: int) -> QImage:
        stamp = self._stamps.get(size_px)
        if stamp is None:
            stamp = self._stamps[size_px] = _leaning(_written(self._lines, self._theme.font(size_px, True)))
        return stamp


def _corners(box: QRect, width_px: int, height_px: int) -> Iterator[QPoint]:
    """Where stamps go: the first in the middle, all others around it, as far as any of it is seen."""
    step_x, step_y = width_px * _SPREAD[0], height_px * _SPREAD[1]
    rows = math.ceil(box.height() / 2 / step_y)
    columns = math.ceil(box.width() / 2 / step_x) + 1
    middle = QPointF(box.center()) - QPointF(width_px / 2, height_px / 2)
    for row in range(-rows, rows + 1):
        for column in range(-columns, columns + 1):
            corner = (middle + QPointF((column + row % 2 / 2) * step_x, row * step_y)).toPoint()
            if box.intersects(QRect(corner, QSize(width_px, height_px))):
                yield corner


def _written(lines: tuple[str, ...], font: QFont) -> QImage:
    metrics = QFontMetricsF(font)
    width_px = math.ceil(max(metrics.horizontalAdvance(line) for line in lines)) + 2
    image = blank_image(width_px, math.ceil(metrics.height() * len(lines)) + 2)
    painter = QPainter(image)
    painter.setFont(font)
    for color, shift in ((QColor(0, 0, 0, _SHADE_ALPHA), 1.0), (QColor(255, 255, 255, _LIGHT_ALPHA), 0.0)):
        painter.setPen(color)
        for row, line in enumerate(lines):
            painter.drawText(QPointF(shift, metrics.ascent() + row * metrics.height() + shift), line)
    painter.end()
    return image


def _leaning(image: QImage) -> QImage:
    return image.transformed(QTransform().rotate(_LEAN_DEGREES), Qt.TransformationMode.SmoothTransformation)


def watermark_lines(officer: str, post: str, wall_clock_s: float) -> tuple[str, ...]:
    """What a watermark says: who, where, and the time to the second.

    Args:
        officer, post: as people call them; an empty one is left out.
        wall_clock_s: seconds since 1970.
    """
    who = " · ".join(filter(None, (plain(officer), plain(post))))
    moment = QLocale().toString(QDateTime.fromMSecsSinceEpoch(math.floor(wall_clock_s) * 1000), _TIME)
    return (who, moment) if who else (moment,)
