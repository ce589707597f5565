"""Draws a soak as a chart: what was held, over the hours of the week.

Line: every sample. Dots: the rests, which are judged. Dashed: the slope that they were judged by. Grey: the first
hour, which does not count. Main thread; Qt paints, without a display.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPen, QPolygonF

from tests.bench.soaking.figures import (
    ALL_MEMORY,
    CONSOLE_FDS,
    CONSOLE_MEMORY,
    CONSOLE_THREADS,
    HOSTS_FDS,
    HOSTS_MEMORY,
    HOSTS_THREADS,
    OBJECTS,
    SEGMENTS,
    ZOMBIES,
    Judgement,
    Sample,
    Series,
    oldest_host_memory,
)
from tests.bench.soaking.plan import WARM_UP_HOURS, Week
from ui.theme import load_theme
from ui.wall_app import application_for

WIDTH_PX, PANEL_PX, HEAD_PX, FOOT_PX = 1500, 250, 96, 56
LEFT_PX, RIGHT_PX, TITLE_PX, GAP_PX = 92, 330, 30, 22
TEXT_PX, SMALL_PX, HEADING_PX = 15, 13, 24
TICKS = 5
LIVE_TILES = Series("live tiles", "", lambda sample: sample.told.get("live"))
_INK, _DIM, _GRID, _SHADE = (QColor(name) for name in ("#1b2430", "#66717f", "#dfe4ea", "#eef1f5"))
_COLORS = tuple(QColor(name) for name in ("#1f6fb4", "#d9730d", "#2a8a4a", "#8a4fbf"))
_ALARM = QColor("#c0261f")
_WHOLE_STEPS = (1.0, 2.0, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class Panel:
    """One chart with its own scale.

    Attributes:
        title: what it shows, with the unit.
        series: its lines.
        from_zero: whether the scale begins at nothing.
    """

    title: str
    series: tuple[Series, ...]
    from_zero: bool = True


@dataclass(frozen=True, slots=True)
class Scale:
    """Turns values into places: hours to the right, the figure upwards."""

    area: QRectF
    hours: float
    low: float
    high: float

    def point(self, hour: float, value: float) -> QPointF:
        """Where that is, pixels."""
        right = self.area.left() + self.area.width() * hour / self.hours
        return QPointF(
            right, self.area.bottom() - self.area.height() * (value - self.low) / (self.high - self.low)
        )


def panels(samples: Sequence[Sample]) -> tuple[Panel, ...]:
    """All charts, from top to bottom."""
    memory = (ALL_MEMORY, CONSOLE_MEMORY, HOSTS_MEMORY, oldest_host_memory(samples))
    return (
        Panel("Memory of their own (USS), MB", memory),
        Panel("File descriptors", (CONSOLE_FDS, HOSTS_FDS)),
        Panel("Threads", (CONSOLE_THREADS, HOSTS_THREADS)),
        Panel("Shared memory, zombies, live tiles", (SEGMENTS, LIVE_TILES, ZOMBIES)),
        Panel("Python objects of the console at rest", (OBJECTS,), from_zero=False),
    )


def draw(week: Week, samples: Sequence[Sample], judgements: Sequence[Judgement], path: Path) -> None:
    """Draw the chart into a PNG file.

    Args:
        week: what was to be done.
        samples: what was seen.
        judgements: what was made of it.
        path: of the file.

    Raises:
        OSError: it cannot be written.
    """
    application_for(headless=True)
    charts = panels(samples)
    image = QImage(WIDTH_PX, HEAD_PX + PANEL_PX * len(charts) + FOOT_PX, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    chart = _Chart(painter, load_theme().font(TEXT_PX), samples, judgements)
    chart.head(week)
    for number, panel in enumerate(charts):
        chart.panel(panel, HEAD_PX + PANEL_PX * number, is_last=number == len(charts) - 1)
    painter.end()
    if not image.save(str(path)):
        raise OSError(f"the plot cannot be written to {path}")


class _Chart:
    """Paints the parts of one picture."""

    def __init__(
        self, painter: QPainter, font: QFont, samples: Sequence[Sample], judgements: Sequence[Judgement]
    ) -> None:
        self._painter = painter
        self._font = font
        self._samples = samples
        self._rests = [sample for sample in samples if sample.is_rest]
        self._judgements = {judgement.series.name: judgement for judgement in judgements}
        self._hours = max((sample.hour for sample in samples), default=0.0) or 1.0

    def head(self, week: Week) -> None:
        """What the picture is, and how it ended."""
        is_flat = bool(self._judgements) and all(each.is_flat for each in self._judgements.values())
        grows = ", ".join(each.series.name for each in self._judgements.values() if not each.is_flat)
        verdict = "flat after the first hour" if is_flat else f"NOT FLAT: {grows}" if grows else "not judged"
        self._text(24, 40, f"A wall's compressed week: {verdict}", HEADING_PX, _INK)
        last = self._samples[-1] if self._samples else None
        done = f"{last.told.get('play_stops', 0)} of {week.play_stops} play/stops, " if last else ""
        done += f"{last.outages} outages, {last.told.get('layout_changes', 0)} layout changes " if last else ""
        done += f"in {last.at_s / 60:.0f} minutes" if last else ""
        self._text(
            24, 66, f"{done}; lines: every sample, dots: the same wall at rest, dashed: the slope", TEXT_PX, _DIM
        )

    def panel(self, panel: Panel, top_px: int, *, is_last: bool) -> None:
        """One chart with its lines and legend."""
        height_px = PANEL_PX - TITLE_PX - GAP_PX
        area = QRectF(LEFT_PX, top_px + TITLE_PX, WIDTH_PX - LEFT_PX - RIGHT_PX, height_px)
        self._text(LEFT_PX, top_px + TITLE_PX - 9, panel.title, TEXT_PX, _INK, is_strong=True)
        scale = self._scale(panel, area)
        self._ground(scale, is_last)
        for number, series in enumerate(panel.series):
            self._line(scale, series, _COLORS[number])
            self._legend(series, _COLORS[number], area, number)

    def _scale(self, panel: Panel, area: QRectF) -> Scale:
        values = [value for series in panel.series for _, _, value in series.points(self._samples)] or [0.0]
        low = 0.0 if panel.from_zero else min(values)
        step = _step((max(values) - low) or 1.0)
        low = math.floor(low / step) * step
        return Scale(area, self._hours, low, max(math.ceil(max(values) * 1.02 / step) * step, low + step))

    def _ground(self, scale: Scale, is_last: bool) -> None:
        shade_px = scale.point(min(WARM_UP_HOURS, self._hours), scale.low).x() - scale.area.left()
        self._painter.fillRect(
            QRectF(scale.area.topLeft(), scale.area.bottomLeft() + QPointF(shade_px, 0)), _SHADE
        )
        step = _step(scale.high - scale.low)
        for value in _steps(scale.low, scale.high, step):
            at = scale.point(0, value)
            self._stroke(at, QPointF(scale.area.right(), at.y()), QPen(_GRID, 1))
            self._text(at.x() - 10, at.y() + 5, f"{value:,.0f}", SMALL_PX, _DIM, shift=1.0)
        for hour in _steps(0.0, self._hours, _step(self._hours, 10)):
            at = scale.point(hour, scale.low)
            self._stroke(at, at + QPointF(0, 5), QPen(_DIM, 1))
            self._text(at.x(), at.y() + 20, f"{hour:g}", SMALL_PX, _DIM, shift=0.5)
        self._stroke(scale.area.bottomLeft(), scale.area.bottomRight(), QPen(_DIM, 1))
        if is_last:
            self._text(LEFT_PX, scale.area.bottom() + 44, "hours of the compressed week", TEXT_PX, _DIM)

    def _line(self, scale: Scale, series: Series, color: QColor) -> None:
        faint = QColor(color)
        faint.setAlpha(110)
        self._painter.setPen(QPen(faint, 1.2))
        line = [scale.point(hour, value) for hour, _, value in series.points(self._samples)]
        self._painter.drawPolyline(QPolygonF(line))
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(color)
        for hour, _, value in series.points(self._rests):
            self._painter.drawEllipse(scale.point(hour, value), 3.2, 3.2)
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._slope(scale, series, color)

    def _slope(self, scale: Scale, series: Series, color: QColor) -> None:
        judgement = self._judgements.get(series.name)
        points = [(hour, value) for hour, _, value in series.points(self._rests) if hour >= WARM_UP_HOURS - 1e-9]
        if judgement is None or len(points) < 2:
            return
        start = median(value - judgement.per_hour * hour for hour, value in points)
        ends = [scale.point(hour, start + judgement.per_hour * hour) for hour in (points[0][0], points[-1][0])]
        self._stroke(ends[0], ends[1], QPen(color, 1.6, Qt.PenStyle.DashLine))

    def _legend(self, series: Series, color: QColor, area: QRectF, number: int) -> None:
        left_px, top_px = area.right() + 20, area.top() + 10 + 46 * number
        self._painter.fillRect(QRectF(left_px, top_px - 5, 12, 12), color)
        self._text(left_px + 20, top_px + 6, series.name, TEXT_PX, _INK)
        judgement = self._judgements.get(series.name)
        if judgement is not None:
            unit = f" {series.unit}" if series.unit else ""
            words = f"{judgement.per_hour:+.3f}{unit} an hour, {judgement.growth:+.1f}{unit} in all"
            self._text(left_px + 20, top_px + 24, words, SMALL_PX, _DIM if judgement.is_flat else _ALARM)

    def _stroke(self, start: QPointF, end: QPointF, pen: QPen) -> None:
        self._painter.setPen(pen)
        self._painter.drawLine(start, end)

    def _text(
        self,
        x_px: float,
        y_px: float,
        text: str,
        size_px: int,
        color: QColor,
        *,
        shift: float = 0.0,
        is_strong: bool = False,
    ) -> None:
        """A line of text on a base line: it begins at a point, or lies so much of its width before it."""
        self._font.setPixelSize(size_px)
        self._font.setWeight(QFont.Weight.DemiBold if is_strong or size_px == HEADING_PX else QFont.Weight.Normal)
        self._painter.setFont(self._font)
        self._painter.setPen(color)
        width_px = self._painter.fontMetrics().horizontalAdvance(text)
        self._painter.drawText(QPointF(x_px - shift * width_px, y_px), text)


def _step(span: float, ticks: int = TICKS) -> float:
    """A round distance between marks, so that there are about so many of them."""
    power = 10.0 ** math.floor(math.log10(span / ticks))
    return max(1.0, next(power * factor for factor in _WHOLE_STEPS if power * factor * ticks >= span))


def _steps(low: float, high: float, step: float) -> Iterator[float]:
    """Marks from one end to the other."""
    for number in range(math.ceil(low / step), math.floor(high / step + 1e-9) + 1):
        yield number * step
