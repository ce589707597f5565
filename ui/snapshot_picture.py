"""The pixels of a snapshot: the picture as the tile shows it, and over one that is not live its word and its age.

GUI thread.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter

from app.core.snapshot import Pixels
from app.core.tile_status import Sign
from ui.icons import hatching
from ui.texts import age_text, sign_word
from ui.theme import Theme
from ui.tile_images import SlotFeed
from ui.tile_scene import Scene, ScenePainter

_HATCH_ALPHA = 70
_PART_OF_HEIGHT = 0.09
_SMALLEST_PX = 14.0


def snapshot_pixels(
    scenes: ScenePainter, theme: Theme, scene: Scene, feed: SlotFeed, sign: Sign, age_s: float | None
) -> Pixels | None:
    """What is seen of the feed's picture, in its own size; None where there is none.

    Args:
        sign: of the tile: all but LIVE is written into the picture, …
        age_s: … with how old it is.
    """
    if feed.picture is None:
        return None
    image = scenes.image(scene, feed, feed.picture.rect(), unit=1.0)
    if sign is not Sign.LIVE:
        image = _marked(image, theme, sign, age_s)
    return Pixels(image.width(), image.height(), bytes(image.constBits()))


def _marked(image: QImage, theme: Theme, sign: Sign, age_s: float | None) -> QImage:
    """The image with its state in its pixels; a stale one without its colours, as on the wall."""
    if sign is Sign.STALE:
        grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
        image = grey.convertToFormat(QImage.Format.Format_RGB32)
    painter = QPainter(image)
    if sign is Sign.STALE:
        painter.fillRect(image.rect(), hatching(image.height() / 14, theme.color("text", _HATCH_ALPHA)))
    words = sign_word(sign) if age_s is None else f"{sign_word(sign)}  {age_text(age_s)}"
    _draw_plate(painter, theme, image.rect(), words)
    painter.end()
    return image


def _draw_plate(painter: QPainter, theme: Theme, area: QRect, words: str) -> None:
    """Large, across the middle of the upper half: it cannot be cut off without cutting the picture."""
    font = theme.font(max(_SMALLEST_PX, area.height() * _PART_OF_HEIGHT), True)
    metrics = QFontMetricsF(font)
    while metrics.horizontalAdvance(words) > area.width() * 0.9 and font.pixelSize() > 1:
        font.setPixelSize(font.pixelSize() - 1)
        metrics = QFontMetricsF(font)
    pad = metrics.height() * 0.25
    width, height = metrics.horizontalAdvance(words) + 2 * pad, metrics.height() + pad
    plate = QRectF((area.width() - width) / 2, area.height() * 0.3 - height / 2, width, height)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("bar", 225))
    painter.drawRoundedRect(plate, pad / 2, pad / 2)
    painter.setFont(font)
    painter.setPen(theme.color("amber"))
    painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, words)
