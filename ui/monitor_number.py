"""A monitor's number, large, over its window for a moment.

GUI thread. It is shown on request only, takes no key and no click, and goes by itself.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.plain_text import plain
from ui.texts import tr
from ui.theme import Theme

SHOWN_MS = 4000
_PART_OF_HEIGHT = 0.4


class MonitorNumber(QWidget):
    """The number.

    Args:
        number: of the monitor.
        screen: what identifies its screen; said below, small.
        theme: colours and fonts.
        window: it lies over this.
    """

    def __init__(self, number: int, screen: str, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._number = str(number)
        self._screen = plain(screen)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_DontCreateNativeAncestors)
        self.setAttribute(Qt.WidgetAttribute.WA_NativeWindow)  # direct surfaces lie over anything else
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(tr("Window", "Monitor {0}", number))
        side_px = round(min(window.width(), window.height()) * _PART_OF_HEIGHT)
        self.setGeometry(0, 0, side_px, side_px)
        self.move(window.rect().center() - self.rect().center())
        self.show()
        self.raise_()
        timer = QTimer(self, singleShot=True, interval=SHOWN_MS)
        timer.timeout.connect(self.close)
        timer.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self._theme.color("raised"))
            painter.setPen(self._theme.color("accent"))
            painter.drawRect(self.rect().adjusted(1, 1, -2, -2))
            height_px = float(self.height())
            painter.setFont(self._font(height_px * 0.6))
            number_box = QRectF(0, height_px * 0.05, self.width(), height_px * 0.7)
            painter.drawText(number_box, Qt.AlignmentFlag.AlignCenter, self._number)
            painter.setPen(self._theme.color("text"))
            painter.setFont(self._font(max(12.0, height_px * 0.05)))
            name_box = QRectF(8, height_px * 0.75, self.width() - 16, height_px * 0.2)
            painter.drawText(name_box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._screen)

    def _font(self, size_px: float) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(round(size_px))
        return font
