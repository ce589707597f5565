"""Slots → images: QImages laid over the shared memory itself, so that a picture is never copied to be shown.

GUI thread. A QImage does not own what it shows: the memory view beside it keeps the slot's memory mapped until
the image is dropped, also after the slot was closed.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QImage

from app.core.layout import fit
from app.core.ports import Picture, PictureSlot
from app.core.zoom import WHOLE

_AS_IT_CAME_PX = 12
"""A host fits pictures in steps (`layout.fit`): one that is short of the tile by less than this stays as it is."""


class SlotFeed:
    """What one tile shows, picture by picture.

    Attributes:
        picture: the latest picture taken, None before the first.
        crop: the part of the camera's picture that it is.
        asked: the part that the host was asked for when it made it.
        taken: how many pictures were taken.
    """

    def __init__(self) -> None:
        self.picture: QImage | None = None
        self.crop = self.asked = WHOLE
        self.taken = 0
        self._slot: PictureSlot | None = None
        self._sequence = 0
        self._buffers: dict[int, tuple[QImage, Picture]] = {}

    def poll(self, slot: PictureSlot | None) -> bool:
        """Take the slot's picture if it is a new one; whether what is shown has changed.

        Of another slot without a picture, as that of a direct surface is, nothing is shown: what the one before
        had may become as old as it likes.
        """
        is_other = slot is not self._slot
        if is_other:
            self._slot = slot
            self._sequence = 0
            self._buffers = {}
        if self._take(slot):
            return True
        has_lost = is_other and self.picture is not None
        if has_lost:
            self.picture = None
        return has_lost

    def _take(self, slot: PictureSlot | None) -> bool:
        """Take the slot's picture, if there is a new one."""
        picture = slot.picture() if slot is not None and slot.sequence() != self._sequence else None
        if picture is None:
            return False
        self._sequence = picture.sequence
        self.taken += 1
        self.picture = self._image(picture)
        self.crop, self.asked = picture.crop, picture.asked
        return True

    def drop(self) -> None:
        """Forget every picture, so that the slot's memory can go; the next poll takes the slot's picture anew."""
        self.picture = None
        self._slot = None
        self._sequence = 0
        self._buffers = {}

    def _image(self, picture: Picture) -> QImage:
        kept = self._buffers.get(picture.buffer)
        if kept is not None and kept[1][2:5] == picture[2:5]:
            return kept[0]
        width_px, height_px, stride_bytes, pixels = picture[2:6]
        image = QImage(pixels, width_px, height_px, stride_bytes, QImage.Format.Format_RGB32)
        self._buffers[picture.buffer] = (image, picture)
        return image


def picture_box(size: QSize, tile: QRect, bar_px: int = 0) -> QRect:
    """Where a picture of that size lies in the tile: in its own shape, unscaled where it already fits.

    It is centred, and moved out from under the bar at the top as far as there is room for it.
    """
    width_px, height_px = size.width(), size.height()
    slack_px = (tile.width() - width_px, tile.height() - height_px)
    if min(slack_px) < 0 or min(slack_px) >= _AS_IT_CAME_PX:
        width_px, height_px = fit(width_px, height_px, tile.width(), tile.height())
    free_px = tile.height() - height_px
    corner = tile.topLeft() + QPoint((tile.width() - width_px) // 2, max(free_px // 2, min(bar_px, free_px)))
    return QRect(corner, QSize(width_px, height_px))
