"""What lies over a tile's picture: name bar, age, figures. Rendered once per text and size, then only blitted.

GUI thread. The picture path lays out no text: 64 tiles at 15 pictures a second leave no time for it.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable, Hashable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter

from app.core.tile_status import PLAYING_SIGNS, Sign
from ui.icons import blank_image, draw_sign, draw_warning
from ui.numbers import decimal
from ui.texts import age_text, sign_word, tr
from ui.theme import Theme
from ui.tile_look import TileLook, TileMetrics

_CACHE_LIMIT = 512
_BAR_ALPHA = 205
WAITING_DOTS = 3
LEAST_NAME_PX = 70
"""What a hint leaves of the bar to the camera's name, logical pixels."""


def widest_age() -> str:
    """Sizes the room that a running age gets; past 30 s there is no picture any more."""
    return age_text(30.0)


def sign_color(theme: Theme, sign: Sign) -> QColor:
    """The colour of a state's badge: calm while live, amber where an officer should look."""
    names = {Sign.LIVE: "live", Sign.LATE: "amber", Sign.STALE: "amber", Sign.LOST: "amber"}
    return theme.color(names.get(sign, "dim"))


class TileOverlays:
    """Renders and keeps overlay images.

    Args:
        theme: colours and fonts.
    """

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._cache: OrderedDict[Hashable, QImage] = OrderedDict()

    def bar(self, look: TileLook, metrics: TileMetrics, scale: float = 1.0) -> QImage:
        """The bar over the top: number, name, badge, and a place left free for the age.

        Args:
            scale: how closely the picture is looked at.
        """
        zoom = "" if scale == 1.0 else tr("Tile", "×{0}", decimal(scale, 1))
        key = ("bar", look.number, look.name, look.sign, look.is_awaiting, look.hint, zoom, metrics)
        return self._cached(key, lambda: self._render_bar(look, metrics, zoom))

    def age(self, text: str, size_px: float, sign: Sign) -> QImage:
        """A picture's age, right-aligned in a box of `age_width_px`."""
        key = ("age", text, round(size_px), sign)
        return self._cached(key, lambda: self._render_age(text, size_px, sign))

    def figures(self, lines: tuple[str, ...], metrics: TileMetrics) -> QImage:
        """The statistics plate, as many lines as fit above the lower third of the tile."""
        return self._render_figures(lines, metrics)

    def waiting_dots(self, phase: int, unit: float) -> QImage:
        """Three dots, one of them lit: the `phase`-th, from 0."""
        return self._cached(("dots", phase, unit), lambda: self._render_dots(phase, unit))

    def age_width_px(self, size_px: float) -> int:
        """The room that any age takes."""
        return round(QFontMetricsF(self._theme.font(size_px, True)).horizontalAdvance(widest_age())) + 1

    def _cached(self, key: Hashable, render: Callable[[], QImage]) -> QImage:
        image = self._cache.get(key)
        if image is None:
            image = self._cache[key] = render()
            if len(self._cache) > _CACHE_LIMIT:
                self._cache.popitem(last=False)
        else:
            self._cache.move_to_end(key)
        return image

    # ---- the bar

    def _render_bar(self, look: TileLook, metrics: TileMetrics, zoom: str) -> QImage:
        image = blank_image(metrics.width_px, metrics.bar_px)
        painter = QPainter(image)
        alpha = 255 if metrics.has_solid_bar else _BAR_ALPHA
        painter.fillRect(image.rect(), self._theme.color("bar", alpha))
        left = self._draw_number(painter, look.number, metrics)
        right = self._draw_badge(painter, look, metrics)
        if look.is_awaiting:
            right = self._draw_awaited(painter, right, metrics)
        if zoom:
            right -= 7 * metrics.unit
            right = self._draw_text_left_of(painter, zoom, right, self._theme.color("accent"), metrics)
        if look.hint:
            right = self._draw_hint(painter, look.hint, left, right, metrics)
        if look.hint or look.sign is Sign.LATE:
            line_px = round(2 * metrics.unit)
            painter.fillRect(0, metrics.bar_px - line_px, metrics.width_px, line_px, self._theme.color("amber"))
        self._draw_name(painter, look.name, left, right, metrics)
        painter.end()
        return image

    def _draw_number(self, painter: QPainter, number: int, metrics: TileMetrics) -> float:
        font = self._theme.font(metrics.font_px, True)
        text = str(number)
        advance = QFontMetricsF(font).horizontalAdvance(text)
        plate = QRectF(0, 0, max(float(metrics.bar_px), advance + 8 * metrics.unit), metrics.bar_px)
        painter.fillRect(plate, self._theme.color("hovered"))
        painter.setFont(font)
        painter.setPen(self._theme.color("text"))
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, text)
        return plate.right()

    def _draw_badge(self, painter: QPainter, look: TileLook, metrics: TileMetrics) -> float:
        """Icon and word, right-aligned; returns where it begins."""
        color = sign_color(self._theme, look.sign)
        right = metrics.width_px - 5 * metrics.unit
        if look.sign in PLAYING_SIGNS and metrics.shows_age:
            right -= self.age_width_px(metrics.font_px) + 4 * metrics.unit
        if _shows_word(look.sign, metrics):
            right = self._draw_text_left_of(painter, sign_word(look.sign), right, color, metrics)
            right -= 3 * metrics.unit
        side = metrics.font_px * 0.85
        draw_sign(painter, look.sign, QRectF(right - side, (metrics.bar_px - side) / 2, side, side), color)
        return right - side

    def _draw_awaited(self, painter: QPainter, right: float, metrics: TileMetrics) -> float:
        right -= 6 * metrics.unit
        return self._draw_text_left_of(painter, tr("Tile", "HD…"), right, self._theme.color("dim"), metrics)

    def _draw_hint(self, painter: QPainter, hint: str, left: float, right: float, metrics: TileMetrics) -> float:
        """A warning sign, and the hint in words where that leaves room for the camera's name."""
        right -= 7 * metrics.unit
        color = self._theme.color("amber")
        advance = QFontMetricsF(self._theme.font(metrics.font_px * 0.92, True)).horizontalAdvance(hint)
        if right - advance - left >= LEAST_NAME_PX * metrics.unit:
            right = self._draw_text_left_of(painter, hint, right, color, metrics) - 3 * metrics.unit
        side = metrics.font_px * 0.95
        draw_warning(painter, QRectF(right - side, (metrics.bar_px - side) / 2, side, side), color)
        return right - side

    def _draw_text_left_of(
        self, painter: QPainter, text: str, right: float, color: QColor, metrics: TileMetrics
    ) -> float:
        font = self._theme.font(metrics.font_px * 0.92, True)
        advance = QFontMetricsF(font).horizontalAdvance(text)
        painter.setFont(font)
        painter.setPen(color)
        box = QRectF(right - advance - 1, 0, advance + 1, metrics.bar_px)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, text)
        return right - advance

    def _draw_name(self, painter: QPainter, name: str, left: float, right: float, metrics: TileMetrics) -> None:
        font = self._theme.font(metrics.font_px)
        box = QRectF(left + 6 * metrics.unit, 0, right - left - 12 * metrics.unit, metrics.bar_px)
        if box.width() < metrics.font_px:
            return
        elided = QFontMetricsF(font).elidedText(name, Qt.TextElideMode.ElideRight, box.width())
        painter.setFont(font)
        painter.setPen(self._theme.color("text"))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, elided)

    # ---- age and figures

    def _render_age(self, text: str, size_px: float, sign: Sign) -> QImage:
        font = self._theme.font(size_px, sign is not Sign.LIVE)
        is_in_bar = sign in PLAYING_SIGNS
        metrics = QFontMetricsF(font)
        image = blank_image(self.age_width_px(size_px), math.ceil(metrics.height()))
        painter = QPainter(image)
        painter.setFont(font)
        painter.setPen(self._theme.color("dim") if sign is Sign.LIVE else sign_color(self._theme, sign))
        x = image.width() - metrics.horizontalAdvance(text) if is_in_bar else 0.0
        painter.drawText(QPointF(x, metrics.ascent()), text)
        painter.end()
        return image

    def _render_dots(self, phase: int, unit: float) -> QImage:
        dot_px = max(4, round(5 * unit))
        image = blank_image((2 * WAITING_DOTS - 1) * dot_px, dot_px)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.fillRect(image.rect(), self._theme.color("card"))
        for number in range(WAITING_DOTS):
            painter.setBrush(self._theme.color("dim" if number == phase else "faint"))
            painter.drawEllipse(QRectF(number * dot_px * 2, 0, dot_px, dot_px))
        painter.end()
        return image

    def _render_figures(self, lines: tuple[str, ...], metrics: TileMetrics) -> QImage:
        font = self._theme.font(min(metrics.font_px, 12 * metrics.unit))
        font_metrics = QFontMetricsF(font)
        pad = 5 * metrics.unit
        room_px = metrics.safe_bottom_px - metrics.bar_px - 2 * pad
        shown = lines[: max(1, int(room_px // font_metrics.height()))]
        widest = max(font_metrics.horizontalAdvance(line) for line in shown)
        width_px = min(float(metrics.width_px), widest + 2 * pad)
        image = blank_image(round(width_px), round(len(shown) * font_metrics.height() + 2 * pad))
        painter = QPainter(image)
        painter.fillRect(image.rect(), self._theme.color("bar", _BAR_ALPHA))
        painter.setFont(font)
        painter.setPen(self._theme.color("text"))
        for row, line in enumerate(shown):
            text = font_metrics.elidedText(line, Qt.TextElideMode.ElideRight, width_px - 2 * pad)
            painter.drawText(QPointF(pad, pad + font_metrics.ascent() + row * font_metrics.height()), text)
        painter.end()
        return image


def _shows_word(sign: Sign, metrics: TileMetrics) -> bool:
    """A card says in words what it is: its badge needs none where the camera's name would have no room."""
    return metrics.shows_age if sign in (Sign.LOST, Sign.CONNECTING) else metrics.shows_word
