"""The number of a camera that is being called up, large, in the lower middle of the wall.

GUI thread. It is there only while somebody types.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.core.keypad import CallUp, Fault, KeypadFault
from app.core.model import Camera
from ui.plain_text import plain
from ui.texts import QT_TRANSLATE_NOOP, tr
from ui.theme import Theme

NUMBER_PX, WORDS_PX = 54, 15
_PAD_PX = 20
_LEAST_WIDTH_PX = 320
_ABOVE_BOTTOM_PART = 0.1
"""Of the wall's height."""

FAULTS: Mapping[Fault, str] = MappingProxyType(
    {
        Fault.FORM: QT_TRANSLATE_NOOP("Keypad", "Type monitor.tile.camera, tile.camera or a camera's number"),
        Fault.NO_CAMERA: QT_TRANSLATE_NOOP("Keypad", "No camera has the number {0}"),
        Fault.SEVERAL_CAMERAS: QT_TRANSLATE_NOOP(
            "Keypad", "Several cameras have the number {0}: search for the code"
        ),
        Fault.NO_MONITOR: QT_TRANSLATE_NOOP("Keypad", "There is no monitor {0}"),
        Fault.MONITOR_AWAY: QT_TRANSLATE_NOOP("Keypad", "Monitor {0} is not plugged in"),
        Fault.NO_TILE: QT_TRANSLATE_NOOP("Keypad", "There is no tile {0}"),
    }
)


def fault_sentence(fault: KeypadFault) -> str:
    """Why a number calls no camera up."""
    return tr("Keypad", FAULTS[fault.fault], fault.number)


def call_words(called: CallUp, camera: Camera) -> str:
    """Which camera a number means, and where it goes."""
    name = plain(camera.name) or plain(camera.code)
    if called.tile is None:
        return tr("Keypad", "{0} → monitor {1}, the next free tile", name, called.monitor)
    return tr("Keypad", "{0} → monitor {1}, tile {2}", name, called.monitor, called.tile)


class KeypadBadge(QWidget):
    """The typed number and what it means.

    Args:
        theme: colours and fonts.
        view: the wall view it lies over.
    """

    def __init__(self, theme: Theme, view: QWidget) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view
        self._number = self._words = ""
        self._is_fault = False
        self._number_font, self._words_font = theme.font(NUMBER_PX, True), theme.font(WORDS_PX)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(tr("Keypad", "Number of the camera to call up"))
        self.hide()

    @property
    def words(self) -> str:
        """What is said below the number."""
        return self._words

    def show_number(self, number: str, words: str, *, is_fault: bool, is_native: bool) -> None:
        """Show what was typed so far.

        Args:
            number: as typed.
            words: what it means, or why it means nothing.
            is_fault: whether the words are a complaint.
            is_native: there are native windows below, which only a native widget can cover.
        """
        if is_native:
            self.setAttribute(Qt.WidgetAttribute.WA_DontCreateNativeAncestors)
            self.setAttribute(Qt.WidgetAttribute.WA_NativeWindow)
        self._number, self._words, self._is_fault = number, words, is_fault
        self.setAccessibleDescription(f"{number}. {words}")
        self.place()
        self.show()
        self.raise_()
        self.update()

    def put_away(self) -> None:
        """Nothing is being typed."""
        self.hide()

    def place(self) -> None:
        """Take the lower middle of the wall."""
        area, size = self._view.rect(), self.sizeHint()
        self.resize(min(size.width(), area.width()), size.height())
        top = round(area.height() * (1 - _ABOVE_BOTTOM_PART)) - self.height()
        self.move(area.center().x() - self.width() // 2, max(0, top))

    def sizeHint(self) -> QSize:
        width_px = max(
            QFontMetricsF(self._number_font).horizontalAdvance(self._number),
            QFontMetricsF(self._words_font).horizontalAdvance(self._words),
            _LEAST_WIDTH_PX - 2 * _PAD_PX,
        )
        height_px = self._number_height_px() + QFontMetricsF(self._words_font).height()
        return QSize(math.ceil(width_px) + 2 * _PAD_PX + 2, round(height_px) + _PAD_PX + 6)

    def _number_height_px(self) -> float:
        return QFontMetricsF(self._number_font).height()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(self._theme.color("amber" if self._is_fault else "line"))
            painter.setBrush(self._theme.color("raised"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
            box = QRectF(self.rect()).adjusted(_PAD_PX, 6, -_PAD_PX, -_PAD_PX)
            painter.setFont(self._number_font)
            painter.setPen(self._theme.color("text"))
            top = QRectF(box.left(), box.top(), box.width(), self._number_height_px())
            painter.drawText(top, Qt.AlignmentFlag.AlignCenter, self._number)
            self._paint_words(painter, QRectF(box.left(), top.bottom(), box.width(), box.bottom() - top.bottom()))

    def _paint_words(self, painter: QPainter, box: QRectF) -> None:
        painter.setFont(self._words_font)
        painter.setPen(self._theme.color("amber" if self._is_fault else "dim"))
        elide = Qt.TextElideMode.ElideMiddle
        words = QFontMetricsF(self._words_font).elidedText(self._words, elide, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, words)
