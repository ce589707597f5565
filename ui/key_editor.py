"""The key editor: every command with its keys, which an officer can change by keyboard alone.

GUI thread. A key that another command has is never taken silently: the page names that command and asks.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QStackedWidget, QWidget

from app.core.chord import reserved_for
from app.core.command_table import COMMANDS, Offers, entry_of
from app.core.fuzzy import rank
from app.core.keymap import ZOOM_RESET, Keymap, changes_between, takeovers
from ui.chord_texts import chord_words, reserved_sentence
from ui.command_list import CommandRow
from ui.command_page import CommandPage
from ui.command_texts import category_words, command_tip, command_words
from ui.key_capture import KeyCapture
from ui.plain_label import plain_label
from ui.texts import tr
from ui.theme import Theme


class _Mode(Enum):
    """What the page waits for; the value is its foot's page."""

    LISTING = 0
    WAITING = 1
    """For the new keys."""
    ASKING = 2
    """Whether a change is meant."""


OPENS_THIS_PAGE = "keys"
"""The command that must keep a key: without one nobody could bring the others back by keyboard."""


class KeyEditor(CommandPage):
    """The page.

    Args:
        default: the keys as delivered.
        theme: colours and fonts.
        parent: the wall view it lies over.

    Signals:
        changed: the keymap that counts from now on.
    """

    changed = Signal(object)

    def __init__(self, default: Keymap, theme: Theme, parent: QWidget) -> None:
        super().__init__(
            tr("KeyEditor", "Change keys"), tr("KeyEditor", "Search for a command or a key"), theme, parent
        )
        self._default = default
        self._keymap = default
        self._offers = Offers()
        self._mode = _Mode.LISTING
        self._target = ""
        self._wanted: Keymap | None = None
        self.new = self._button(tr("KeyEditor", "New keys…"), self.take)
        self.remove = self._button(tr("KeyEditor", "Take keys away"), self._remove)
        self.reset_one = self._button(tr("KeyEditor", "As delivered"), self._reset_one)
        self.reset_all = self._button(tr("KeyEditor", "All as delivered"), self._reset_all)
        self.capture = KeyCapture()
        self.question = plain_label("question", wraps=True)
        self.question.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.agree = self._button(tr("KeyEditor", "Take over"), self._agree)
        self.leave = self._button(tr("KeyEditor", "Leave it"), self._stop)
        self._foot = self._make_foot()
        self.box.addWidget(self._foot)
        self.capture.pressed.connect(self._captured)
        self.capture.left.connect(self._capture_left)

    def _button(self, text: str, act: Callable[[], None]) -> QPushButton:
        button = QPushButton(text)
        button.setAccessibleName(text)
        button.clicked.connect(act)
        return button

    def _make_foot(self) -> QStackedWidget:
        foot = QStackedWidget()
        foot.addWidget(_line(self.new, self.remove, _room(), self.reset_one, self.reset_all))
        foot.addWidget(self.capture)
        foot.addWidget(_line(self.question, self.agree, self.leave))
        return foot

    def edit(self, keymap: Keymap, offers: Offers) -> None:
        """Say which keys there are; call it before the page is opened.

        Args:
            keymap: what each chord calls now.
            offers: the layouts, tours and so on that can have keys.
        """
        self._keymap, self._offers = keymap, offers
        self._stop()
        self.list_anew(keeps_current=True)

    # ---- the list

    def list_anew(self, *, keeps_current: bool) -> None:
        """List what fits the search box, the best first."""
        rows = (self._row(command) for entry in COMMANDS for command in self._offers.commands(entry))
        ranked = ((rank(self.search.text(), _fields(row)), row) for row in rows)
        found = [(fit, row) for fit, row in ranked if fit is not None]
        found.sort(key=lambda each: each[0])
        self.list.show_rows([row for _, row in found], keeps_current=keeps_current)

    def _row(self, command: str) -> CommandRow:
        taken = [each for each in takeovers(self._default, self._keymap) if each.default_command == command]
        chords = self._keymap.chords(command)
        if taken:
            note = tr(
                "KeyEditor", "{0} is with “{1}”", chord_words(taken[0].chord), command_words(taken[0].command)
            )
        elif set(chords) != set(self._default.chords(command)):
            note = tr("KeyEditor", "changed")
        else:
            note = _category(command)
        return CommandRow(command, command_words(command), note, chords, is_warning=bool(taken))

    def show_hint(self) -> None:
        """Say what the current command does."""
        row = self.list.current()
        tip = command_tip(row.command) if row is not None else tr("KeyEditor", "No command is called so.")
        self.hint.setText(tr("KeyEditor", "{0}  ·  Enter: new keys", tip))

    # ---- new keys

    def take(self) -> None:
        """Wait for the new keys of the current command."""
        row = self.list.current()
        if row is None:
            return
        self._target = row.command
        self.capture.setText(
            tr("KeyEditor", "Press the new keys for “{0}”. Esc leaves them as they are.", row.title)
        )
        self.capture.setAccessibleName(self.capture.text())
        self.hint.setText(command_tip(row.command))
        self._turn_to(_Mode.WAITING)
        self.capture.setFocus(Qt.FocusReason.OtherFocusReason)

    def _captured(self, chord: str) -> None:
        refusal = _refusal(chord, self._target)
        called = self._keymap.command(chord)
        if refusal:
            self.hint.setText(tr("KeyEditor", "{0} Press others.", refusal))
        elif called is None or called == self._target:
            self._apply(self._keymap.bound(chord, self._target))
        else:
            words = tr("KeyEditor", "{0} now does “{1}”. Take it over?", chord_words(chord), command_words(called))
            self._ask(words, self._keymap.bound(chord, self._target))

    def _capture_left(self) -> None:
        """Esc, or a click elsewhere; a question takes the focus away as well, and stays."""
        if self._mode is _Mode.WAITING:
            self._stop()

    # ---- fewer keys, and those as delivered

    def _remove(self) -> None:
        row = self.list.current()
        if row is not None and row.chords:
            self._apply(self._keymap.unbound(row.chords[-1]))

    def _reset_one(self) -> None:
        row = self.list.current()
        if row is None:
            return
        wanted = self._keymap.reset(row.command, self._default)
        lost = [each for each in takeovers(self._default, self._keymap) if each.default_command == row.command]
        if not lost:
            self._apply(wanted)
            return
        chord, called = chord_words(lost[0].chord), command_words(lost[0].command)
        self._ask(tr("KeyEditor", "{0} now does “{1}”. Take it over?", chord, called), wanted)

    def _reset_all(self) -> None:
        changes = len(changes_between(self._default, self._keymap))
        if changes:
            self._ask(tr("KeyEditor", "Keys that differ now: {0}. Make all as delivered?", changes), self._default)
        else:
            self.hint.setText(tr("KeyEditor", "All keys are as delivered."))

    # ---- asking and applying

    def _ask(self, question: str, wanted: Keymap) -> None:
        self._wanted = wanted
        self.question.setText(question)
        self.agree.setAccessibleDescription(question)
        self._turn_to(_Mode.ASKING)
        self.agree.setFocus(Qt.FocusReason.OtherFocusReason)

    def _agree(self) -> None:
        if self._wanted is not None:
            self._apply(self._wanted)

    def _apply(self, keymap: Keymap) -> None:
        self._stop()
        if not keymap.chords(OPENS_THIS_PAGE):
            self.hint.setText(tr("KeyEditor", "“{0}” must keep a key.", command_words(OPENS_THIS_PAGE)))
            return
        self._keymap = keymap
        self.list_anew(keeps_current=True)
        self.changed.emit(keymap)

    def _stop(self) -> None:
        """Neither wait for keys nor ask any more."""
        was_busy = self._mode is not _Mode.LISTING
        self._wanted = None
        self._turn_to(_Mode.LISTING)
        self.show_hint()
        if was_busy and self.isVisible():
            self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _turn_to(self, mode: _Mode) -> None:
        self._mode = mode  # first: turning the foot's page moves the focus, which is heard here
        self._foot.setCurrentIndex(mode.value)

    # ---- Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves a question first, then the page."""
        if event.key() == Qt.Key.Key_Escape and self._mode is not _Mode.LISTING:
            self._stop()
        else:
            super().keyPressEvent(event)


def _room() -> QWidget:
    """Takes the room between buttons."""
    room = QWidget()
    room.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
    return room


def _line(*widgets: QWidget) -> QWidget:
    """Widgets beside each other."""
    line = QWidget()
    box = QHBoxLayout(line)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(8)
    for widget in widgets:
        box.addWidget(widget)
    return line


def _fields(row: CommandRow) -> tuple[str, ...]:
    """What is searched of a row, the most important first."""
    return row.title, row.command, " ".join(map(chord_words, row.chords)), row.note, _category(row.command)


def _category(command: str) -> str:
    found = entry_of(command)
    return category_words(found[0].category) if found is not None else ""


def _refusal(chord: str, command: str) -> str:
    """Why a command cannot have a chord; empty where it can."""
    if not chord:
        return tr("KeyEditor", "This key cannot be used.")
    reserved = reserved_for(chord)
    return reserved_sentence(reserved) if reserved is not None and (chord, command) != ZOOM_RESET else ""
