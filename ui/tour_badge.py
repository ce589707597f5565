"""The badge of a running tour: its name, its step, and how long that is still shown.

GUI thread. It lies in the lower right corner of the wall, over a picture and never over a tile's bar, and takes no
mouse and no focus. It is drawn once for each change of its words: pictures change below it fifteen times a second.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from app.core.tour import Hold, TourStatus
from ui.texts import tr
from ui.theme import Theme
from ui.tour_texts import hold_words, left_words, step_words, tour_name
from ui.wall_view import WallView

MARGIN_PX = 8
"""To the edges of the wall."""
HEIGHT_PX, LOW_HEIGHT_PX = 48, 24
"""Of the badge with two lines, and of the one with a single line, for low tiles."""
WIDEST_PX = 380
"""Longer names are cut off."""
PAD_PX, GAP_PX, RADIUS_PX = 10, 10, 6
NAME_PX, WORDS_PX = 13, 12
RING_STEPS = 60
"""Into how many parts the ring is cut: as many looks of it there are."""
PLATE_ALPHA = 235
_TOP, _WHOLE_TURN = 90 * 16, 360 * 16
"""In Qt's sixteenths of a degree, against the clock."""


@dataclass(frozen=True, slots=True)
class _Look:
    """All that can be seen of the badge."""

    name: str
    words: str
    is_paused: bool
    ring: int
    """What is left of the step, in parts of the ring."""
    widest_px: int
    is_low: bool
    is_square: bool


class TourBadge(QWidget):
    """The badge; hidden while no tour runs.

    Args:
        theme: colours and fonts.
        chord_of: the chord that calls a command text, empty where none does.
        parent: the wall view it lies over.
    """

    def __init__(self, theme: Theme, chord_of: Callable[[str], str], parent: QWidget) -> None:
        super().__init__(parent)
        self._view = parent
        self._theme = theme
        self._chord_of = chord_of
        self._look: _Look | None = None
        self._pixmap = QPixmap()
        self._is_native = False
        self.setObjectName("tourBadge")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_status(self, status: TourStatus | None, bars: Sequence[QRect] = (), is_native: bool = False) -> None:
        """Show where the tour is, or nothing; call it a few times a second, and when the wall is laid out anew.

        Args:
            status: None where no tour runs on the monitor.
            bars: the tiles' name bars, in the view's logical pixels (`bars_of`): the badge keeps off them.
            is_native: there are native windows below, which only a native widget can cover.
        """
        if status is None:
            self.hide()
            return
        if is_native and not self._is_native:
            self._is_native = True
            self.setAttribute(Qt.WidgetAttribute.WA_DontCreateNativeAncestors)
            self.setAttribute(Qt.WidgetAttribute.WA_NativeWindow)
        self._take_look(self._look_of(status, is_low=self._overlaps(bars)))
        self.move(self._corner(self.size()))
        if self.isHidden():
            self.show()
            self.raise_()

    def _take_look(self, look: _Look) -> None:
        if look == self._look:
            return
        self._look = look
        self._pixmap = _Drawing(self._theme, look).pixmap(self.devicePixelRatioF())
        self.setAccessibleName(tr("Tour", "Tour {0}", look.name))
        self.setAccessibleDescription(look.words)
        self.resize(self._pixmap.deviceIndependentSize().toSize())
        self.update()

    def _look_of(self, status: TourStatus, is_low: bool) -> _Look:
        words = self._paused_words(status.hold, is_low) if status.hold else _running_words(status)
        ring = math.ceil(status.left_part * RING_STEPS)
        return _Look(
            tour_name(status.name),
            words,
            status.hold is not None,
            ring,
            self._widest_px(),
            is_low,
            self._is_native,
        )

    def _paused_words(self, hold: Hold, is_low: bool) -> str:
        paused, goes_on = tr("Tour", "PAUSED"), hold_words(hold, self._chord_of("tour-pause"))
        return paused if is_low or not goes_on else f"{paused}  ·  {goes_on}"

    def _overlaps(self, bars: Sequence[QRect]) -> bool:
        """Whether a badge of two lines would lie over a tile's bar."""
        size = QSize(self._widest_px(), HEIGHT_PX)
        place = QRect(self._corner(size), size)
        return any(bar.intersects(place) for bar in bars)

    def _widest_px(self) -> int:
        return min(WIDEST_PX, self._view.width() - 2 * MARGIN_PX)

    def _corner(self, size: QSize) -> QPoint:
        area = self._view.size()
        return QPoint(area.width() - size.width() - MARGIN_PX, area.height() - size.height() - MARGIN_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.drawPixmap(0, 0, self._pixmap)


def bars_of(view: WallView) -> tuple[QRect, ...]:
    """Where the name bars of a wall's tiles are, logical pixels."""
    ratio = view.devicePixelRatioF()
    return tuple(
        QRect(record.area.topLeft(), QSize(record.area.width(), math.ceil(record.metrics.bar_px / ratio)))
        for record in view.records
    )


def _running_words(status: TourStatus) -> str:
    return f"{step_words(status)}  ·  {left_words(status)}"


class _Drawing:
    """Draws one look.

    Args:
        theme: colours and fonts.
        look: what is drawn.
    """

    def __init__(self, theme: Theme, look: _Look) -> None:
        self._theme = theme
        self._look = look
        self._color = theme.color("amber" if look.is_paused else "accent")
        self._height_px = LOW_HEIGHT_PX if look.is_low else HEIGHT_PX
        self._ring_px = self._height_px * (0.62 if look.is_low else 0.58)
        self._text_px = PAD_PX + self._ring_px + PAD_PX
        self._fonts = theme.font(NAME_PX, True), theme.font(WORDS_PX)

    def pixmap(self, ratio: float) -> QPixmap:
        """The badge, as wide as its words are."""
        name, words = self._texts()
        width_px = math.ceil(self._text_px + self._text_width_px(name, words) + PAD_PX)
        pixmap = QPixmap(round(width_px * ratio), round(self._height_px * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(self._theme.color("bar") if self._look.is_square else Qt.GlobalColor.transparent)
        with QPainter(pixmap) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._draw_plate(painter, width_px)
            self._draw_ring(painter)
            self._draw_texts(painter, name, words, width_px)
        return pixmap

    def _texts(self) -> tuple[str, str]:
        """Name and words, cut off where they are too long; in a low badge the words go first."""
        room_px = self._look.widest_px - self._text_px - PAD_PX
        words = _cut(self._look.words, self._fonts[1], room_px)
        taken_px = _width_px(words, self._fonts[1]) + GAP_PX if self._look.is_low else 0.0
        return _cut(self._look.name, self._fonts[0], room_px - taken_px), words

    def _text_width_px(self, name: str, words: str) -> float:
        widths = _width_px(name, self._fonts[0]), _width_px(words, self._fonts[1])
        return sum(widths) + GAP_PX if self._look.is_low else max(widths)

    def _draw_plate(self, painter: QPainter, width_px: int) -> None:
        painter.setPen(QPen(self._color if self._look.is_paused else self._theme.color("line"), 1))
        painter.setBrush(self._theme.color("bar", PLATE_ALPHA))
        painter.drawRoundedRect(QRectF(0.5, 0.5, width_px - 1, self._height_px - 1), RADIUS_PX, RADIUS_PX)

    def _draw_ring(self, painter: QPainter) -> None:
        """What is left of the step, as an arc that shrinks to the right; in it, the sign of running or paused."""
        pen_px = 2.0 if self._look.is_low else 3.0
        box = QRectF(PAD_PX, (self._height_px - self._ring_px) / 2, self._ring_px, self._ring_px)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._theme.color("faint"), pen_px))
        painter.drawEllipse(box)
        painter.setPen(QPen(self._color, pen_px, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        painter.drawArc(box, _TOP, round(_WHOLE_TURN * self._look.ring / RING_STEPS))
        sign = QRectF(0, 0, self._ring_px * 0.36, self._ring_px * 0.36)
        sign.moveCenter(box.center())
        draw = _draw_bars if self._look.is_paused else _draw_triangle
        draw(painter, sign, self._color)

    def _draw_texts(self, painter: QPainter, name: str, words: str, width_px: int) -> None:
        middle = self._height_px / 2
        box = QRectF(self._text_px, 0, width_px - self._text_px - PAD_PX, self._height_px)
        upper = box if self._look.is_low else QRectF(box.left(), middle - 19, box.width(), 20)
        lower = box if self._look.is_low else QRectF(box.left(), middle, box.width(), 18)
        side = Qt.AlignmentFlag.AlignRight if self._look.is_low else Qt.AlignmentFlag.AlignLeft
        painter.setFont(self._fonts[0])
        painter.setPen(self._theme.color("text"))
        painter.drawText(upper, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)
        painter.setFont(self._fonts[1])
        painter.setPen(self._color if self._look.is_paused else self._theme.color("dim"))
        painter.drawText(lower, Qt.AlignmentFlag.AlignVCenter | side, words)


def _width_px(text: str, font: QFont) -> float:
    return QFontMetricsF(font).horizontalAdvance(text) + 1


def _cut(text: str, font: QFont, room_px: float) -> str:
    return QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, room_px)


def _draw_bars(painter: QPainter, box: QRectF, color: QColor) -> None:
    """The sign of a pause."""
    width_px = box.width() * 0.34
    painter.fillRect(QRectF(box.left(), box.top(), width_px, box.height()), color)
    painter.fillRect(QRectF(box.right() - width_px, box.top(), width_px, box.height()), color)


def _draw_triangle(painter: QPainter, box: QRectF, color: QColor) -> None:
    """The sign of something that runs."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    box = box.translated(box.width() * 0.1, 0)  # where its weight is, it looks centred
    painter.drawPolygon([box.topLeft(), QPointF(box.right(), box.center().y()), box.bottomLeft()])
