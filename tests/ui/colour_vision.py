"""What eyes make of colours: contrast, and what is left of a difference for somebody who sees no green."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QColor

_DEUTERANOPIA = np.array(
    [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ]
)
"""Machado, Oliveira, Fernandes 2009, severity 1.0; of linear RGB."""
_TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
"""IEC 61966-2-1, D65."""
_WHITE = _TO_XYZ.sum(axis=1)


def linear(color: QColor) -> np.ndarray:
    """A colour's light, red, green and blue, 0 to 1."""
    parts = np.array(color.getRgbF()[:3])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def contrast(one: QColor, other: QColor) -> float:
    """The contrast of two colours, 1 to 21 (WCAG 2.1)."""
    dark, light = sorted(float(_TO_XYZ[1] @ linear(color)) for color in (one, other))
    return (light + 0.05) / (dark + 0.05)


def blended(upper: QColor, lower: QColor) -> QColor:
    """A translucent colour over an opaque one."""
    part = upper.alphaF()
    mixed = [part * a + (1 - part) * b for a, b in zip(upper.getRgbF()[:3], lower.getRgbF()[:3], strict=True)]
    return QColor.fromRgbF(*mixed)


def difference_without_green(one: QColor, other: QColor) -> float:
    """How far apart two colours look to a person with deuteranopia: CIE 1976 ΔE, where 2 is just noticeable."""
    return float(np.linalg.norm(_lab(_DEUTERANOPIA @ linear(one)) - _lab(_DEUTERANOPIA @ linear(other))))


def _lab(light: np.ndarray) -> np.ndarray:
    relative = _TO_XYZ @ light.clip(0, 1) / _WHITE
    x, y, z = np.where(relative > 0.008856, np.cbrt(relative), 7.787 * relative + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])
