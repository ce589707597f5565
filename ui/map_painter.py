"""What is drawn on the map besides the dots: kelurahan, fields of view, the camera pointed out, the scale.

GUI thread.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from app.core.chart import CIRCLES_APART_PX, Chart, ChartView, Circle, Label, circles_of, in_view, without_overlap
from app.core.model import Camera, Location
from ui.map_dots import Mark, draw_mark, mark_color, mark_words
from ui.numbers import whole
from ui.plain_text import plain
from ui.texts import tr
from ui.theme import Theme

FIELD_PX = 30
"""How far a field of view is drawn: the registry does not know how far a camera sees."""
FIELDS_FROM_M_PER_PX = 1.5
FIELDS_MAX = 400
"""More in view would be a carpet."""
_SCALE_PX = 120
"""The bar of the scale is at most so long."""
_NAME_PX, _SMALL_PX = 12, 11
_PLATE_PX = 4
_SIDES = ((0, 1), (1, 0), (-1, 0), (0, -1))
"""Where a circle's name goes, the best first: below, to the right, to the left, above."""
_LEAST_RADIUS_PX, _MOST_RADIUS_PX = 10.0, CIRCLES_APART_PX / 2


class MapPainter:
    """Draws on the map.

    Args:
        theme: colours and fonts.
    """

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._name_font, self._small_font = theme.font(_NAME_PX, True), theme.font(_SMALL_PX)
        self._widths_px: dict[str, float] = {}
        """Of names: to measure one costs as much as to draw it."""

    # ---- kelurahan

    def paint_places(self, painter: QPainter, chart: Chart, view: ChartView, marks: NDArray[Any]) -> None:
        """Every kelurahan as a circle with the number of its cameras, and the names for which there is room."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        worst = np.zeros(len(chart.places), np.int8)
        np.maximum.at(worst, chart.place_of, marks)
        circles = circles_of(chart, view)
        for circle in circles:
            self._paint_circle(painter, circle, Mark(int(worst[list(circle.places)].max())))
        self._paint_circle_names(painter, circles, view)

    def _paint_circle_names(self, painter: QPainter, circles: Sequence[Circle], view: ChartView) -> None:
        """Each name beside its circle, on the first side where there is room for it, if there is any."""
        taken = [Label(circle.x_px, circle.y_px, *[2 * _radius_px(circle)] * 2) for circle in circles]
        pending = list(circles)
        for right, down in _SIDES:
            labels = [self._circle_label(circle, right, down) for circle in pending]
            kept = without_overlap(labels, view.width_px, view.height_px, taken)
            for number in kept:
                self._paint_name(painter, _circle_name(pending[number]), labels[number], "text")
            taken += [labels[number] for number in kept]
            pending = [circle for number, circle in enumerate(pending) if number not in set(kept)]

    def _circle_label(self, circle: Circle, right: int, down: int) -> Label:
        label = self._label(_circle_name(circle), circle.x_px, circle.y_px)
        x_px = circle.x_px + right * (_radius_px(circle) + label.width_px / 2)
        return replace(label, x_px=x_px, y_px=circle.y_px + down * (_radius_px(circle) + 10))

    def paint_names(self, painter: QPainter, chart: Chart, view: ChartView) -> None:
        """The names of kelurahan over their dots, as far as there is room."""
        names = [plain(place.name) for place in chart.places]
        labels = [
            self._label(name, view.x_px(place.x_m), view.y_px(place.y_m))
            for name, place in zip(names, chart.places, strict=True)
        ]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number in without_overlap(labels, view.width_px, view.height_px):
            self._paint_plate(painter, labels[number], 190)
            self._paint_name(painter, names[number], labels[number], "dim")

    def _paint_circle(self, painter: QPainter, circle: Circle, mark: Mark) -> None:
        """Its rim says what the most troubled of its tiles shows."""
        spot, radius_px = QPointF(circle.x_px, circle.y_px), _radius_px(circle)
        is_on_wall = mark is not Mark.AWAY
        rim = mark_color(mark, self._theme) if is_on_wall else self._theme.color("faint")
        painter.setPen(QPen(rim, 2.0 if is_on_wall else 1.0))
        painter.setBrush(self._theme.color("raised"))
        painter.drawEllipse(spot, radius_px, radius_px)
        painter.setFont(self._small_font)
        painter.setPen(self._theme.color("text"))
        painter.drawText(_around(spot, 2 * radius_px, 2 * radius_px), _MIDDLE, whole(circle.cameras))
        if is_on_wall:
            draw_mark(painter, mark, spot + QPointF(radius_px * 0.75, -radius_px * 0.75), rim)

    def _label(self, name: str, x_px: float, y_px: float) -> Label:
        return Label(x_px, y_px, self._width_px(name) + 2 * _PLATE_PX, _NAME_PX + 2 * _PLATE_PX)

    def _width_px(self, name: str) -> float:
        known = self._widths_px.get(name)
        if known is None:
            known = self._widths_px[name] = QFontMetricsF(self._name_font).horizontalAdvance(name)
        return known

    def _paint_plate(self, painter: QPainter, label: Label, alpha: int) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("tile", alpha))
        painter.drawRoundedRect(_box(label), 3, 3)

    def _paint_name(self, painter: QPainter, name: str, label: Label, color: str) -> None:
        painter.setFont(self._name_font)
        painter.setPen(self._theme.color(color))
        painter.drawText(_box(label), _MIDDLE, name)

    # ---- cameras

    def paint_fields(self, painter: QPainter, chart: Chart, view: ChartView, marks: NDArray[Any]) -> None:
        """Where the cameras in view look, if that is near enough to be told apart."""
        seen = in_view(chart, view) if view.m_per_px <= FIELDS_FROM_M_PER_PX else ()
        if len(seen) > FIELDS_MAX:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number in seen:
            spot = QPointF(view.x_px(float(chart.x_m[number])), view.y_px(float(chart.y_m[number])))
            color = mark_color(Mark(int(marks[number])), self._theme)
            _paint_field(painter, chart.cameras[number].location, spot, FIELD_PX, color)

    def paint_current(self, painter: QPainter, camera: Camera, mark: Mark, spot: QPointF) -> None:
        """The camera pointed out: its field of view, a ring, its name, code and state."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color = self._theme.color("selection")
        _paint_field(painter, camera.location, spot, FIELD_PX * 1.5, color)
        draw_mark(painter, mark, spot, mark_color(mark, self._theme))
        painter.setPen(QPen(color, 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(spot, 9, 9)
        name = plain(camera.name) or plain(camera.code)
        is_right = not _looks_right(camera.location)  # the card leaves free what the camera looks at
        self._paint_card(painter, spot, is_right, name, f"{plain(camera.code)} · {mark_words(mark)}")

    def _paint_card(self, painter: QPainter, spot: QPointF, is_right: bool, first: str, second: str) -> None:
        """Two lines on a plate beside a point."""
        width_px = max(self._width_px(first), QFontMetricsF(self._small_font).horizontalAdvance(second)) + 16
        left = spot.x() + 16 if is_right else spot.x() - 16 - width_px
        card = QRectF(left, spot.y() - 20, width_px, 40)
        painter.setPen(self._theme.color("line"))
        painter.setBrush(self._theme.color("raised", 245))
        painter.drawRoundedRect(card, 4, 4)
        for top, text, font, color in ((4, first, self._name_font, "text"), (20, second, self._small_font, "dim")):
            self._paint_line(painter, QRectF(card.left() + 8, card.top() + top, width_px, 16), text, font, color)

    def _paint_line(self, painter: QPainter, box: QRectF, text: str, font: QFont, color: str) -> None:
        painter.setFont(font)
        painter.setPen(self._theme.color(color))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)

    # ---- the rest

    def paint_scale(self, painter: QPainter, view: ChartView) -> None:
        """A bar of a round length in the lower left corner, and which way is north."""
        length_m = round_length_m(_SCALE_PX * view.m_per_px)
        left, bottom = 16.0, view.height_px - 16.0
        right = left + length_m / view.m_per_px
        words = _length_words(length_m)
        plate = Label((left + right) / 2 + 14, bottom - 8, right - left + 48, 30)
        self._paint_plate(painter, plate, 190)
        painter.setPen(QPen(self._theme.color("dim"), 1.5))
        painter.drawPolyline(
            [QPointF(left, bottom - 5), QPointF(left, bottom), QPointF(right, bottom), QPointF(right, bottom - 5)]
        )
        self._paint_line(painter, QRectF(left + 4, bottom - 20, 100, 16), words, self._small_font, "dim")
        self._paint_line(
            painter, QRectF(right + 10, bottom - 14, 30, 16), tr("Map", "N ↑"), self._small_font, "dim"
        )

    def paint_frame(self, painter: QPainter, rect: QRect, has_focus: bool) -> None:
        """The map's edge, which says whether keys go there."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(self._theme.color("accent" if has_focus else "line"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect.adjusted(0, 0, -1, -1))


_MIDDLE = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip


def _length_words(length_m: float) -> str:
    if length_m >= 1000:
        return tr("Map", "{0} km", whole(round(length_m / 1000)))
    return tr("Map", "{0} m", whole(round(length_m)))


def round_length_m(most_m: float) -> float:
    """The longest of 1, 2, 5, 10 … metres that is not longer."""
    power = 10.0 ** math.floor(math.log10(most_m))
    return max(factor * power for factor in (1, 2, 5) if factor * power <= most_m)


def _radius_px(circle: Circle) -> float:
    return min(_LEAST_RADIUS_PX + math.sqrt(circle.cameras) / 4, _MOST_RADIUS_PX)


def _circle_name(circle: Circle) -> str:
    """The largest kelurahan's name, and how many more there are."""
    others = len(circle.places) - 1
    return tr("Map", "{0} +{1}", plain(circle.name), others) if others else plain(circle.name)


def _looks_right(place: Location | None) -> bool:
    return place is not None and place.azimuth_deg is not None and place.azimuth_deg < 180


def _paint_field(
    painter: QPainter, place: Location | None, spot: QPointF, radius_px: float, color: QColor
) -> None:
    """A wedge to where a camera looks: an azimuth runs clockwise from north, Qt's angles back from east."""
    if place is None or place.azimuth_deg is None or place.hfov_deg is None:
        return
    fill = QColor(color)
    fill.setAlpha(46)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(fill)
    first_deg = 90 - place.azimuth_deg - place.hfov_deg / 2
    painter.drawPie(_around(spot, 2 * radius_px, 2 * radius_px), round(first_deg * 16), round(place.hfov_deg * 16))


def _around(middle: QPointF, width_px: float, height_px: float) -> QRectF:
    return QRectF(middle.x() - width_px / 2, middle.y() - height_px / 2, width_px, height_px)


def _box(label: Label) -> QRectF:
    return _around(QPointF(label.x_px, label.y_px), label.width_px, label.height_px)
