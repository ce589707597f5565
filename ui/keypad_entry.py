"""The keypad of a wall: digits typed on it call a camera up.

GUI thread. What is typed is shown at once with the camera that it means; Enter sends it, Esc forgets it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from app.console import Console
from app.core.commands import Asker
from app.core.keypad import KEYS, CallUp, Keypad, KeypadFault, call_up
from ui.keypad_badge import KeypadBadge, call_words, fault_sentence
from ui.texts import tr

_EDITING: Mapping[int, str] = MappingProxyType(
    {
        Qt.Key.Key_Backspace: "Backspace",
        Qt.Key.Key_Escape: "Escape",
        Qt.Key.Key_Return: "Enter",
        Qt.Key.Key_Enter: "Enter",
    }
)
"""Keys that mean something to a number only while one is typed."""


class KeypadEntry(QObject):
    """Turns key presses into a call-up.

    Args:
        badge: shows what is typed; the parent of this object.
        console: the wall and its cameras.
        asker: the monitor where it is typed, and the selected tile there.
        has_native: whether there are native windows on the wall now.

    Signals:
        called: a camera is wanted (the command for it, and the id of the camera).
    """

    called = Signal(object, str)

    def __init__(
        self, badge: KeypadBadge, console: Console, asker: Callable[[], Asker], has_native: Callable[[], bool]
    ) -> None:
        super().__init__(badge)
        self._badge = badge
        self._console = console
        self._asker = asker
        self._has_native = has_native
        self._keypad = Keypad()

    @property
    def is_typing(self) -> bool:
        """Whether a number has been begun."""
        return bool(self._keypad.text)

    def press(self, event: QKeyEvent, now_s: float) -> bool:
        """A key was pressed on the wall; whether it belongs to a number."""
        key = _key_of(event)
        if key is None or not (key in KEYS or self.is_typing):
            return False
        if key == "Enter":
            self._enter(now_s)
        else:
            self._keypad = self._keypad.pressed(key, now_s)
            self._show()
        return True

    def tick(self, now_s: float) -> None:
        """Let time pass: a number that nobody sent is forgotten."""
        if self._keypad.at(now_s) is not self._keypad:
            self.forget()

    def forget(self) -> None:
        """Nothing is typed any more."""
        self._keypad = Keypad()
        self._badge.put_away()

    def _enter(self, now_s: float) -> None:
        meaning = self._meaning()
        if isinstance(meaning, CallUp):
            self.forget()
            self.called.emit(meaning.command, meaning.camera)
        else:  # the number stays, to be mended
            self._keypad = self._keypad.pressed("", now_s)
            self._say(fault_sentence(meaning), is_fault=True)

    def _meaning(self) -> CallUp | KeypadFault:
        console = self._console
        return call_up(self._keypad.text, self._asker(), console.wall, console.layouts, console.catalog)

    def _show(self) -> None:
        """A number that is not whole yet is no fault: which camera it means is said as soon as it means one."""
        if not self.is_typing:
            self._badge.put_away()
            return
        meaning = self._meaning()
        if isinstance(meaning, CallUp):
            camera = self._console.catalog.cameras[meaning.camera]
            self._say(call_words(meaning, camera), is_fault=False)
        else:
            self._say(tr("Keypad", "monitor . tile . camera, Enter calls it up"), is_fault=False)

    def _say(self, words: str, *, is_fault: bool) -> None:
        self._badge.show_number(self._keypad.text, words, is_fault=is_fault, is_native=self._has_native())


def _key_of(event: QKeyEvent) -> str | None:
    """The keypad's name for a key; None for a key that is none of its."""
    if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
        return None
    text = "." if event.text() == "," else event.text()  # what many number pads have in the dot's place
    return _EDITING.get(event.key()) or (text if text in KEYS else None)
