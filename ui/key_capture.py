"""A field that waits for the keys a command is to have: whatever is pressed is not carried out but told.

GUI thread.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from ui.keys import chord_of

_MARGIN_PX = 6
_MODIFIER_KEYS = frozenset(
    {
        *(Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta),
        *(Qt.Key.Key_Super_L, Qt.Key.Key_Super_R, Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock, Qt.Key.Key_ScrollLock),
    }
)
"""Keys that are pressed on the way to a chord, or that only switch."""


class KeyCapture(QLabel):
    """The field. Esc alone leaves it: it always means back.

    Signals:
        pressed: the chord in canonical spelling; empty for keys that no keymap can name.
        left: Esc was pressed, or the focus went elsewhere.
    """

    pressed = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("capture")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setFrameStyle(QFrame.Shape.Box | QFrame.Shadow.Plain)
        self.setMargin(_MARGIN_PX)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def event(self, event: QEvent) -> bool:
        """Take keys before they become shortcuts, and Tab before it moves the focus."""
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self._press(event)
            return True
        return super().event(event)

    def _press(self, event: QKeyEvent) -> None:
        if event.isAutoRepeat() or event.key() in _MODIFIER_KEYS:
            return
        chord = chord_of(event)
        if chord == "Esc":
            self.left.emit()
        else:
            self.pressed.emit(chord or "")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()
