"""Filming a stage: background once, then frame by frame what moves, and what a camera adds to it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QImage, QPainter, QPainterPath, QPen, QRadialGradient

from app.demo import barcode
from app.demo.scenes import ClipFormat, Condition, Place, Scene
from tools.clips.canvas import Canvas, colour
from tools.clips.ground import paint_ground
from tools.clips.space import Projection
from tools.clips.stage import Stage

_PLACES = {Place.STREET: "JALAN", Place.MARKET: "PASAR", Place.OFFICE: "KANTOR", Place.GATE: "GERBANG"}
_CONDITIONS = {
    Condition.DAY: "SIANG",
    Condition.DUSK: "SENJA",
    Condition.NIGHT: "MALAM",
    Condition.RAIN: "HUJAN",
}
_NOISE_TILE_PX = 512
_RAIN_STREAKS = 70


@dataclass(frozen=True, slots=True)
class Look:
    """What the camera adds: the font of its text, and how much noise (1.0 is the light's own)."""

    font_family: str
    noise: float = 1.0


class Film:
    """One stage filmed in one format."""

    def __init__(self, scene: Scene, stage: Stage, measures: ClipFormat, look: Look) -> None:
        self._scene = scene
        self._stage = stage
        self._measures = measures
        self._look = look
        self._light = stage.light
        self._projection = Projection(stage.lens, measures.width_px, measures.height_px)
        self._background = self._paint_background()
        self._front = self._paint_layer()
        self._vignette = self._paint_vignette()
        self._noise = self._paint_noise()

    def frames(self) -> Iterator[NDArray[np.uint8]]:
        """All frames of the loop, height × width × RGB."""
        for number in range(self._measures.frames):
            yield self.frame(number)

    def frame(self, number: int) -> NDArray[np.uint8]:
        """One frame, with its clock and its barcode."""
        time_s = number / self._measures.frame_rate_fps
        canvas = self._canvas()
        with canvas.painting(self._background):
            self._stage.act(canvas, time_s)
            canvas.painter.drawImage(0, 0, self._front)
            if self._light.is_raining:
                self._draw_rain(canvas, random.Random(number))
            canvas.painter.drawImage(0, 0, self._vignette)
            self._draw_noise(canvas, random.Random(number))
            self._draw_text(canvas, time_s)
        picture = canvas.pixels()
        barcode.write(picture, number)
        return picture

    def _canvas(self) -> Canvas:
        return Canvas(self._projection, self._light, self._stage.lamps)

    def _paint_background(self) -> QImage:
        ground = paint_ground(
            self._projection, self._light, self._stage.lamps, self._stage.texture, seed=len(self._scene.name)
        )
        canvas = self._canvas()
        with canvas.painting(_image_of(ground)):
            self._stage.backdrop(canvas)
        return canvas.image

    def _paint_layer(self) -> QImage:
        canvas = self._canvas()
        canvas.image = self._transparent()
        with canvas.painting(self._transparent()):
            self._stage.foreground(canvas)
        return canvas.image

    def _transparent(self) -> QImage:
        image = QImage(
            self._measures.width_px, self._measures.height_px, QImage.Format.Format_ARGB32_Premultiplied
        )
        image.fill(QColor(0, 0, 0, 0))
        return image

    def _paint_vignette(self) -> QImage:
        image = self._transparent()
        width, height = self._measures.width_px, self._measures.height_px
        gradient = QRadialGradient(QPointF(width / 2, height / 2), width * 0.62)
        gradient.setColorAt(0.0, QColor(0, 0, 0, 0))
        gradient.setColorAt(0.55, QColor(0, 0, 0, 0))
        gradient.setColorAt(1.0, QColor(0, 0, 0, 104))
        painter = QPainter(image)
        painter.fillRect(image.rect(), QBrush(gradient))
        painter.end()
        return image

    def _paint_noise(self) -> QImage:
        """Sensor noise as a tile of faint black and white, laid at another place on every frame."""
        size, sigma = _NOISE_TILE_PX, self._light.noise * self._look.noise
        levels = np.random.default_rng(7).normal(0, sigma, (size, size))
        alpha = np.clip(np.abs(levels) * 2.0, 0, 255).astype(np.uint8)
        tile = np.zeros((size, size, 4), np.uint8)
        tile[..., 3] = alpha
        tile[levels > 0, :3] = alpha[levels > 0, None]
        image = QImage(tile.data, size, size, QImage.Format.Format_ARGB32_Premultiplied)
        return image.copy()

    def _draw_noise(self, canvas: Canvas, chance: random.Random) -> None:
        brush = QBrush(self._noise)
        canvas.painter.setBrushOrigin(chance.randrange(_NOISE_TILE_PX), chance.randrange(_NOISE_TILE_PX))
        canvas.painter.fillRect(canvas.image.rect(), brush)

    def _draw_rain(self, canvas: Canvas, chance: random.Random) -> None:
        width, height = self._measures.width_px, self._measures.height_px
        for _ in range(_RAIN_STREAKS):
            nearness = chance.random() ** 2
            x, y = chance.uniform(-0.05, 1.0) * width, chance.uniform(-0.1, 1.0) * height
            length = (0.025 + 0.09 * nearness) * height
            pen = QPen(colour((214, 222, 228), 0.12 + 0.16 * nearness), (0.6 + 0.9 * nearness) * canvas.unit_px)
            canvas.painter.setPen(pen)
            canvas.painter.drawLine(QPointF(x, y), QPointF(x + length * 0.16, y + length))

    def _draw_text(self, canvas: Canvas, time_s: float) -> None:
        """The camera's own text, light with a dark outline, at the top right."""
        unit = canvas.unit_px
        font = QFont(self._look.font_family)
        font.setPixelSize(max(8, round(15 * unit)))
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.8 * unit)
        scene = self._scene
        lines = (
            f"SIMULASI  {time_s:05.2f} S",
            f"{_PLACES[scene.place]} · {_CONDITIONS[scene.condition]}",
        )
        path = QPainterPath()
        for row, text in enumerate(lines):
            line = QPainterPath()
            line.addText(QPointF(0, 0), font, text)
            right = self._measures.width_px - 12 * unit
            path.addPath(line.translated(right - line.boundingRect().right(), (24 + row * 20) * unit))
        pen = QPen(QColor(0, 0, 0, 190), 2.6 * unit)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        canvas.painter.strokePath(path, pen)
        canvas.painter.fillPath(path, QColor(236, 238, 234))


def _image_of(picture: NDArray[np.uint8]) -> QImage:
    height, width = picture.shape[:2]
    return QImage(picture.tobytes(), width, height, width * 3, QImage.Format.Format_RGB888).convertToFormat(
        QImage.Format.Format_RGB32
    )
