"""Words on the screen, known by their shape: drawn here with the product's own font, and laid over what is seen.

Needs a QApplication. Colours do not matter, nor does how smoothly the one font engine or the other draws.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QTranslator
from PySide6.QtGui import QFontMetricsF, QImage, QPainter

from app.core.layout import Rect
from tests.support.product import ROOT
from tests.support.wall_eye import Pixels, part, theme_colour
from ui.overlay import MARGIN_PX
from ui.theme import load_theme

TITLE_PX = 17
"""The height of the letters of a page's title."""
ALIKE = 0.85
"""The correlation from which on two pictures are of the same words; titles of other pages stay below 0.75."""
_END_PX = 40
"""Nothing stands for so long after a title: it is all that was meant, and not its beginning."""
_SHIFTS_PX = 10
"""A title may be so far from where it is looked for first, down and to the right."""
_LEAST_PX = 100
"""A row or column of a page has at least so many pixels of its ground."""

Shape = NDArray[np.float64]


def in_indonesian(context: str, source: str) -> str:
    """What a source text of the product is in Indonesian."""
    translator = QTranslator()
    assert translator.load(str(ROOT / "resources" / "translations" / "pantau_id.qm"))
    words = translator.translate(context, source)
    assert words, f"{source} is not translated"
    return words


def page_box(pixels: Pixels, theme: str = "dark") -> Rect | None:
    """Where a page lies: all that is in its colour, and what is between."""
    ground = (pixels == np.array(theme_colour("raised", theme), np.uint8)).all(axis=-1)
    rows, columns = (np.flatnonzero(ground.sum(axis=axis) >= _LEAST_PX) for axis in (1, 0))
    if not rows.size or not columns.size:
        return None
    left, top = int(columns[0]), int(rows[0])
    return Rect(left, top, int(columns[-1]) - left + 1, int(rows[-1]) - top + 1)


def is_titled(pixels: Pixels, words: str, theme: str = "dark") -> bool:
    """Whether a page lies there that is called so, and nothing more."""
    box = page_box(pixels, theme)
    return box is not None and title_likeness(part(pixels, box), words) >= ALIKE


def title_likeness(page: Pixels, words: str) -> float:
    """How like a page's title is to these words, -1 to 1."""
    wanted = _drawn(words)
    height_px, width_px = wanted.shape
    light = page.astype(np.float64).mean(axis=-1)
    best = -1.0
    for down in range(_SHIFTS_PX):
        for right in range(_SHIFTS_PX):
            top, left = MARGIN_PX // 2 + down, MARGIN_PX - _SHIFTS_PX // 2 + right
            seen = light[top : top + height_px, left : left + width_px]
            if seen.shape == wanted.shape and seen.std() > 0.0:
                best = max(best, float(np.corrcoef(seen.ravel(), wanted.ravel())[0, 1]))
    return best


def _drawn(words: str) -> Shape:
    """White words on black, with the room that a title has at its end."""
    font = load_theme().font(TITLE_PX, is_strong=True)
    metrics = QFontMetricsF(font)
    width_px = math.ceil(metrics.horizontalAdvance(words)) + _END_PX
    image = QImage(width_px, math.ceil(metrics.height()), QImage.Format.Format_Grayscale8)
    image.fill(0)
    with QPainter(image) as painter:
        painter.setFont(font)
        painter.setPen("white")
        painter.drawText(QPointF(0.0, metrics.ascent()), words)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, :width_px].astype(np.float64)
