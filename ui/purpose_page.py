"""The page that asks why a private camera is looked at: one key for a reason.

GUI thread. It opens when the officer asks for it, never by itself.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.core.model import Camera
from app.core.purpose import PURPOSE_KEYS, TEXT_MAX_LENGTH, Purpose, PurposeKind
from ui.overlay import Overlay
from ui.plain_label import plain_label
from ui.plain_text import plain
from ui.texts import QT_TRANSLATE_NOOP, tr

PURPOSES: Mapping[PurposeKind, str] = MappingProxyType(
    {
        PurposeKind.INCIDENT: QT_TRANSLATE_NOOP("Purpose", "An incident"),
        PurposeKind.COMPLAINT: QT_TRANSLATE_NOOP("Purpose", "A complaint"),
        PurposeKind.OWNER_REQUEST: QT_TRANSLATE_NOOP("Purpose", "The owner asks for it"),
        PurposeKind.MAINTENANCE: QT_TRANSLATE_NOOP("Purpose", "Maintenance of the camera"),
        PurposeKind.OTHER: QT_TRANSLATE_NOOP("Purpose", "Another reason, in words"),
    }
)
WIDTH_PX = 440
_KEYS: Mapping[int, PurposeKind] = MappingProxyType(
    {Qt.Key.Key_1.value + place: kind for place, kind in enumerate(PURPOSE_KEYS)}
)


class PurposePage(Overlay):
    """A list of reasons, each with its key; the last one wants words.

    Args:
        parent: the wall view it lies over.

    Signals:
        given: an officer looks at a camera (its id) for that `Purpose`.
    """

    given = Signal(str, object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(tr("Purpose", "Why do you look at this camera?"), parent)
        self._camera: Camera | None = None
        self.camera_label = plain_label("purposeCamera", wraps=True)
        self.hint = plain_label("pageHint", wraps=True)
        self.words = self._line()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self.box.addWidget(self.camera_label)
        self.box.addLayout(self._rows)
        self.buttons = {kind: self._button(number, kind) for number, kind in enumerate(PURPOSE_KEYS, start=1)}
        self.box.addWidget(self.words)
        self.box.addWidget(self.hint)
        self.setMinimumWidth(WIDTH_PX)

    def _button(self, number: int, kind: PurposeKind) -> QPushButton:
        """A reason with its key before it, which is a plate as on the page of keys."""
        button = QPushButton(tr("Purpose", PURPOSES[kind]))
        button.setObjectName("reason")
        button.setAutoDefault(False)
        button.setAccessibleName(tr("Purpose", "{0}, key {1}", tr("Purpose", PURPOSES[kind]), number))
        button.clicked.connect(lambda: self._choose(kind))
        chord = plain_label("chord")
        chord.setText(str(number))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(chord)
        row.addWidget(button, 1)
        self._rows.addLayout(row)
        return button

    def _line(self) -> QLineEdit:
        line = QLineEdit()
        line.setObjectName("search")
        line.setMaxLength(TEXT_MAX_LENGTH)
        line.setPlaceholderText(tr("Purpose", "Write the reason, then Enter"))
        line.setAccessibleName(tr("Purpose", "The reason in words"))
        line.returnPressed.connect(self._give_words)
        return line

    def ask(self, camera: Camera, holds_s: float) -> None:
        """Say which camera it is about, before the page is opened.

        Args:
            holds_s: how long a purpose holds, seconds.
        """
        self._camera = camera
        self.words.clear()
        self.words.hide()
        self.camera_label.setText(f"{plain(camera.name)}  ·  {plain(camera.code)}")
        self.hint.setText(
            tr(
                "Purpose",
                "It holds for {0} minutes and is written down with your name. Esc closes this page.",
                math.ceil(holds_s / 60),
            )
        )

    def open(self, is_native: bool) -> None:
        """Show the page; the first reason has the focus."""
        super().open(is_native)
        self.buttons[PURPOSE_KEYS[0]].setFocus(Qt.FocusReason.PopupFocusReason)

    def _choose(self, kind: PurposeKind) -> None:
        if kind is PurposeKind.OTHER:
            self.words.show()
            self.place()
            self.words.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._give(Purpose(kind))

    def _give_words(self) -> None:
        text = plain(self.words.text(), TEXT_MAX_LENGTH)
        if text:
            self._give(Purpose(PurposeKind.OTHER, text))

    def _give(self, purpose: Purpose) -> None:
        camera, self._camera = self._camera, None
        self.put_away()
        if camera is not None:
            self.given.emit(camera.id, purpose)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A reason's number chooses it; the arrows move the focus."""
        kind = _KEYS.get(event.key())
        if kind is not None:
            self._choose(kind)
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        elif not self.presses_button(event):
            super().keyPressEvent(event)
