"""The cover of a wall that has stopped: it hides every picture and says in words what is the matter.

GUI thread of the watchdog. Must not import `app.console`. Nothing of it looks like a picture: an even dark ground,
a barrier's stripes in amber at both ends, large words.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QCloseEvent, QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from app.core.layout import Rect
from ui.numbers import clock_text
from ui.texts import duration, tr
from ui.theme import Theme

RETURN_LIMIT_S = 60.0
"""A wall that has not returned by itself within this time will hardly do so any more."""

_FLAGS = (
    Qt.WindowType.Tool  # no entry in the task bar
    | Qt.WindowType.FramelessWindowHint
    | Qt.WindowType.WindowStaysOnTopHint
    | Qt.WindowType.WindowDoesNotAcceptFocus
    | Qt.WindowType.X11BypassWindowManagerHint
)
_DESIGN_PX = (1280, 720)
"""The window that the sizes below are meant for; they grow and shrink with the real one."""
_SMALLEST = 0.5
"""Of the design's size: below, the small words could not be read."""
_SMALLEST_HEADLINE = 0.15
"""Where there is room for nothing else."""
_SHRINK = 0.94
_MARGIN_PX = 28
_STRIPE_PX = 20
_WRAPPED = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
_ROOM_PX = 100_000.0
"""More height than any text needs."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A line of the message, or its icon; sizes in pixels of the design."""

    text: str
    """Empty for the icon."""
    size_px: float
    gap_px: float
    """To the part above."""
    color: QColor
    is_strong: bool = False


@dataclass(frozen=True, slots=True)
class _Placed:
    """A part where it is painted, logical pixels."""

    part: _Part
    font: QFont
    box: QRectF


class Cover(QWidget):
    """A window over a window of the wall. It takes no keyboard focus, and no click goes through it.

    Args:
        theme: colours and fonts.
        place: what it covers, logical pixels of the whole desktop.
    """

    def __init__(self, theme: Theme, place: Rect) -> None:
        super().__init__(None, _FLAGS)
        self._theme = theme
        self._words = ("", "")
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setGeometry(QRect(place.x_px, place.y_px, place.width_px, place.height_px))
        self.setWindowTitle(tr("Watchdog", "Pantau – the wall has stopped"))
        self.setAccessibleName(headline())

    def tell(self, heard_at: datetime, age_s: float, *, is_kept: bool = False) -> None:
        """Say since when the wall has been silent.

        Args:
            heard_at: the time of day of its last sign of life.
            age_s: how long ago that was.
            is_kept: whether it is started again by itself.
        """
        words = silence_words(heard_at, age_s), advice(age_s, is_kept=is_kept)
        if words != self._words:
            self._words = words
            self.setAccessibleDescription(" ".join(words))
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(self.rect(), self._theme.color("ground"))
            stripe_px, amber = self._stripe_px(), self._theme.color("amber")
            _paint_stripes(painter, QRectF(0, 0, self.width(), stripe_px), amber)
            _paint_stripes(painter, QRectF(0, self.height() - stripe_px, self.width(), stripe_px), amber)
            for placed in self._message():
                _paint_part(painter, placed)

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()  # only a sign of life takes it away

    # ---- what is where

    def _scale(self) -> float:
        return max(_SMALLEST, min(self.width() / _DESIGN_PX[0], self.height() / _DESIGN_PX[1]))

    def _stripe_px(self) -> float:
        return min(_STRIPE_PX * self._scale(), self.height() / 12)

    def _message(self) -> list[_Placed]:
        """As much of the message as the window has room for, as large as that goes."""
        margin_px = _MARGIN_PX * self._scale()
        inside = QRectF(self.rect()).adjusted(margin_px, self._stripe_px(), -margin_px, -self._stripe_px())
        placed: list[_Placed] = []
        for parts in _ever_less(self._parts()):
            scale, least = self._scale(), _SMALLEST if len(parts) > 1 else _SMALLEST_HEADLINE
            while scale >= least:
                placed = self._placed(parts, inside, scale)
                if inside.contains(_bounds(placed)):
                    return placed
                scale *= _SHRINK
        return placed

    def _parts(self) -> tuple[_Part, ...]:
        theme, (silence, next_step) = self._theme, self._words
        amber, text, dim = theme.color("amber"), theme.color("text"), theme.color("dim")
        return (
            _Part("", 104, 0, amber),
            _Part(headline(), 68, 24, amber, is_strong=True),
            _Part(silence, 30, 14, text),
            _Part(next_step, 24, 38, dim),
        )

    def _placed(self, parts: Sequence[_Part], inside: QRectF, scale: float) -> list[_Placed]:
        """The parts one below the other, in the middle of the inside."""
        placed, y_px = [], 0.0
        for number, part in enumerate(parts):
            y_px += part.gap_px * scale if number else 0.0
            font = self._theme.font(part.size_px * scale, part.is_strong)
            box = _box(part, font, inside.width(), scale).translated(inside.center().x(), y_px)
            placed.append(_Placed(part, font, box))
            y_px = box.bottom()
        top_px = inside.center().y() - y_px / 2
        return [_Placed(each.part, each.font, each.box.translated(0, top_px)) for each in placed]


def headline() -> str:
    """What the matter is, to be read from across the room."""
    return tr("Watchdog", "THE WALL HAS STOPPED")


def silence_words(heard_at: datetime, age_s: float) -> str:
    """What must not be believed, and since when."""
    age = duration(math.floor(age_s))
    return tr("Watchdog", "Pictures are not live. Last sign of life {0}, {1} ago.", clock_text(heard_at), age)


def advice(age_s: float, *, is_kept: bool) -> str:
    """What to do."""
    if is_kept:
        return tr("Watchdog", "It returns by itself; if it does not within a minute, it is started again.")
    if age_s < RETURN_LIMIT_S:
        return tr("Watchdog", "It returns by itself. If it does not within a minute, restart Pantau.")
    return tr("Watchdog", "It has not returned by itself: restart Pantau.")


def _ever_less(parts: tuple[_Part, ...]) -> Iterator[tuple[_Part, ...]]:
    """The message, then shorter ones for windows too small for it: without icon, without advice, the headline."""
    icon, *words = parts
    yield (icon, *words)
    for count in range(len(words), 0, -1):
        yield tuple(words[:count])


def _box(part: _Part, font: QFont, width_px: float, scale: float) -> QRectF:
    """The room that a part takes, its top at 0, its middle at 0."""
    if not part.text:
        side_px = part.size_px * scale
        return QRectF(-side_px / 2, 0, side_px, side_px)
    room = QRectF(-width_px / 2, 0, width_px, _ROOM_PX)
    return QFontMetricsF(font).boundingRect(room, int(_WRAPPED), part.text)


def _bounds(placed: Sequence[_Placed]) -> QRectF:
    bounds = QRectF()
    for each in placed:
        bounds = bounds.united(each.box)
    return bounds


# ---- paint


def _paint_part(painter: QPainter, placed: _Placed) -> None:
    if not placed.part.text:
        _paint_warning(painter, placed.box, placed.part.color)
        return
    painter.setFont(placed.font)
    painter.setPen(placed.part.color)
    # a little wider than measured: rounding must not wrap a word that fits
    painter.drawText(placed.box.adjusted(-2, 0, 2, 2), int(_WRAPPED), placed.part.text)


def _paint_stripes(painter: QPainter, band: QRectF, color: QColor) -> None:
    """Slanting stripes as on a barrier: whoever sees them does not take what is between them for a picture."""
    painter.save()
    painter.setClipRect(band)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    step_px, height_px = band.height() * 2.4, band.height()
    for number in range(-1, math.ceil(band.width() / step_px) + 1):
        foot = QPointF(band.left() + number * step_px, band.bottom())
        top = foot + QPointF(height_px, -height_px)
        across = QPointF(step_px / 2, 0)
        painter.drawPolygon(QPolygonF([foot, top, top + across, foot + across]))
    painter.restore()


def _paint_warning(painter: QPainter, box: QRectF, color: QColor) -> None:
    """A triangle with an exclamation mark."""
    painter.save()
    painter.translate(box.topLeft())
    painter.scale(box.width(), box.height())
    pen = QPen(color, 0.075)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.drawPolygon(QPolygonF([QPointF(0.5, 0.09), QPointF(0.95, 0.88), QPointF(0.05, 0.88)]))
    painter.drawLine(QPointF(0.5, 0.38), QPointF(0.5, 0.59))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawEllipse(QPointF(0.5, 0.735), 0.052, 0.052)
    painter.restore()
