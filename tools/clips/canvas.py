"""Painting solids, glows and shadows of the space onto a picture, in one condition's light."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QImage,
    QLinearGradient,
    QPainter,
    QPen,
    QPolygonF,
    QRadialGradient,
)

from tools.clips.light import Colour, Lamp, Light, lamplight
from tools.clips.space import Faces, Pixel, Point, Projection, Quad, normal_of

_SIDE_LIGHT = (-0.35, -0.55, 0.75)
"""Where most of the light comes from: over the camera's left shoulder, so that near faces are not black."""


def colour(value: Colour, alpha: float = 1.0) -> QColor:
    """A Qt colour, with every channel within its range."""
    red, green, blue = (max(0, min(255, round(channel))) for channel in value)
    return QColor(red, green, blue, max(0, min(255, round(alpha * 255))))


class Canvas:
    """A picture that is being painted.

    Args:
        projection: the camera; its size is the picture's.
        light: the condition's light.
        lamps: what burns there, if the light says that lamps do.
    """

    def __init__(self, projection: Projection, light: Light, lamps: tuple[Lamp, ...] = ()) -> None:
        self.projection = projection
        self.light = light
        self.image = QImage(projection.width_px, projection.height_px, QImage.Format.Format_RGB32)
        self.painter = QPainter()
        self.lamps = lamps if light.is_lit else ()
        self.unit_px = projection.width_px / 640
        self._extra: Colour = (0.0, 0.0, 0.0)
        self._is_mirror = False

    @contextmanager
    def painting(self, ground: QImage | None = None) -> Iterator[None]:
        """Paint until the end of the block, on a finished background or on black."""
        if ground is None:
            self.image.fill(QColor(0, 0, 0))
        self.painter.begin(self.image)
        self.painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if ground is not None:
            self.painter.drawImage(0, 0, ground)
        yield
        self.painter.end()

    @contextmanager
    def standing_at(self, x_m: float, y_m: float) -> Iterator[None]:
        """Paint a thing in the lamplight of its place."""
        before, self._extra = self._extra, lamplight(self.lamps, x_m, y_m)
        yield
        self._extra = before

    @contextmanager
    def mirrored(self, opacity: float) -> Iterator[None]:
        """Paint the reflection of things in wet or polished ground."""
        before = self.painter.opacity()
        self.painter.setOpacity(opacity)
        self._is_mirror = True
        yield
        self._is_mirror = False
        self.painter.setOpacity(before)

    @property
    def is_mirror(self) -> bool:
        """Whether a reflection is being painted."""
        return self._is_mirror

    def face(self, quad: Quad, own: Colour, *, glow: float = 0.0) -> None:
        """Paint a quad if its outside is seen; `glow` 1.0 shows its own colour whatever the light."""
        if self.projection.faces_camera(quad):
            self.sheet(quad, own, glow=glow, facing=self.facing(quad))

    def sheet(
        self, points: Sequence[Point], own: Colour, *, glow: float = 0.0, facing: float = 1.0, alpha: float = 1.0
    ) -> None:
        """Paint a polygon that is seen from both sides."""
        pixels, depth_m = self.projection.polygon(self._mirror(points))
        if pixels:
            self.polygon(pixels, self.tone(own, facing, depth_m, glow), alpha)

    def block(self, faces: Faces, own: Colour, *, top: Colour | None = None) -> None:
        """Paint the outside of a solid."""
        for quad in (faces.back, faces.front, faces.left, faces.right):
            self.face(quad, own)
        if not self._is_mirror:
            self.face(faces.top, top or own)

    def polygon(self, pixels: Sequence[Pixel], value: Colour, alpha: float = 1.0) -> None:
        """Paint a polygon of the picture in a final colour."""
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(colour(value, alpha))
        self.painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in pixels]))

    def line(
        self, start: Point, end: Point, width_m: float, own: Colour, *, glow: float = 0.0, alpha: float = 1.0
    ) -> None:
        """Paint a round-ended line of a thickness in metres."""
        (first, second) = self._mirror((start, end))
        a, b = self.projection.view(first), self.projection.view(second)
        if a[2] < 0.5 or b[2] < 0.5:
            return
        depth_m = (a[2] + b[2]) / 2
        width_px = max(0.6 * self.unit_px, width_m * self.projection.scale_px(depth_m))
        pen = QPen(colour(self.tone(own, 0.9, depth_m, glow), alpha), width_px)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        self.painter.setPen(pen)
        self.painter.drawLine(QPointF(*self.projection.pixel(a)), QPointF(*self.projection.pixel(b)))

    def ball(
        self,
        centre: Point,
        radius_m: float,
        own: Colour,
        *,
        glow: float = 0.0,
        squash: float = 1.0,
        alpha: float = 1.0,
    ) -> None:
        """Paint a disc that always faces the camera; `squash` is its height by its width."""
        (place,) = self._mirror((centre,))
        (x, y), depth_m = self.projection.at(place)
        if depth_m < 0.5:
            return
        radius_px = max(0.5 * self.unit_px, radius_m * self.projection.scale_px(depth_m))
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(colour(self.tone(own, 0.92, depth_m, glow), alpha))
        self.painter.drawEllipse(QPointF(x, y), radius_px, radius_px * squash)

    def shadow(self, points: Sequence[Point]) -> None:
        """Darken the ground below what a polygon covers."""
        pixels, _ = self.projection.polygon(points)
        if pixels and not self._is_mirror:
            self.polygon(pixels, (8, 9, 14), self.light.shadow)

    def glow(self, centre: Point, radius_m: float, tint: Colour, strength: float = 1.0) -> None:
        """Add a soft round light around a lamp."""
        (place,) = self._mirror((centre,))
        (x, y), depth_m = self.projection.at(place)
        if depth_m < 0.5:
            return
        radius_px = max(2.0 * self.unit_px, radius_m * self.projection.scale_px(depth_m))
        gradient = QRadialGradient(QPointF(x, y), radius_px)
        gradient.setColorAt(0.0, colour(tint, strength))
        gradient.setColorAt(0.25, colour(tint, strength * 0.42))
        gradient.setColorAt(0.6, colour(tint, strength * 0.09))
        gradient.setColorAt(1.0, colour(tint, 0.0))
        with self._adding():
            self.painter.fillRect(
                QRectF(x - radius_px, y - radius_px, 2 * radius_px, 2 * radius_px), QBrush(gradient)
            )

    def beam(self, points: Sequence[Point], tint: Colour, strength: float) -> None:
        """Add a light that lies on the ground, bright at the first two points, gone at the last two."""
        pixels, _ = self.projection.polygon(points)
        if len(pixels) < 4 or self._is_mirror:
            return
        near, far = _middle(pixels[0], pixels[1]), _middle(pixels[2], pixels[3])
        gradient = QLinearGradient(QPointF(*near), QPointF(*far))
        gradient.setColorAt(0.0, colour(tint, strength))
        gradient.setColorAt(0.4, colour(tint, strength * 0.45))
        gradient.setColorAt(1.0, colour(tint, 0.0))
        with self._adding():
            self.painter.setPen(Qt.PenStyle.NoPen)
            self.painter.setBrush(QBrush(gradient))
            self.painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in pixels]))

    def streak(self, foot: Point, length_m: float, width_m: float, tint: Colour, strength: float) -> None:
        """Add the long reflection of a lamp in wet ground, from its foot towards the camera."""
        (x, y), depth_m = self.projection.at(foot)
        if depth_m < 1:
            return
        scale = self.projection.scale_px(depth_m)
        half, reach = width_m * scale, length_m * scale / 2
        gradient = QRadialGradient(QPointF(0, 0), reach)
        gradient.setColorAt(0.0, colour(tint, strength))
        gradient.setColorAt(0.5, colour(tint, strength * 0.4))
        gradient.setColorAt(1.0, colour(tint, 0.0))
        with self._adding():
            self.painter.save()
            self.painter.translate(x, y + reach * 0.8)
            self.painter.scale(half / reach, 1.0)
            self.painter.fillRect(QRectF(-reach, -reach, 2 * reach, 2 * reach), QBrush(gradient))
            self.painter.restore()

    def facing(self, quad: Quad) -> float:
        """How much light a face gets by its direction."""
        normal = normal_of(quad)
        dot = sum(part * toward for part, toward in zip(normal, _SIDE_LIGHT, strict=True))
        return 0.66 + 0.34 * max(0.0, dot)

    def tone(self, own: Colour, facing: float, depth_m: float, glow: float = 0.0) -> Colour:
        """The colour that a surface of that own colour has in the picture."""
        lit = self.light.shade(own, facing, depth_m, self._extra)
        if glow <= 0:
            return lit
        return (
            lit[0] + (own[0] - lit[0]) * glow,
            lit[1] + (own[1] - lit[1]) * glow,
            lit[2] + (own[2] - lit[2]) * glow,
        )

    def pixels(self) -> NDArray[np.uint8]:
        """A copy of the picture as height × width × RGB."""
        width_px, height_px = self.image.width(), self.image.height()
        rows = np.frombuffer(self.image.constBits(), np.uint8).reshape(height_px, self.image.bytesPerLine())
        bgrx = rows[:, : width_px * 4].reshape(height_px, width_px, 4)
        return np.ascontiguousarray(bgrx[:, :, 2::-1])

    def _mirror(self, points: Sequence[Point]) -> Sequence[Point]:
        return [(x, y, -z) for x, y, z in points] if self._is_mirror else points

    @contextmanager
    def _adding(self) -> Iterator[None]:
        self.painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Plus)
        yield
        self.painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)


def _middle(first: Pixel, second: Pixel) -> Pixel:
    return (first[0] + second[0]) / 2, (first[1] + second[1]) / 2
