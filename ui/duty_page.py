"""The page of shifts: sign in, unlock, hand over, sign off.

GUI thread. It opens when an officer asks for it, or presses a key while the controls are locked; never by itself.
A PIN is kept no longer than until it was asked about.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from app.console.duty_book import DutyBook, DutyState
from app.core.duty import NUMBER_MAX_LENGTH, PIN_DIGITS, Standing, number_problem
from app.core.redact import Secret
from ui.duty_texts import end_sentence, officer_words
from ui.overlay import Overlay
from ui.page_parts import caption, key_button, text_field
from ui.plain_label import plain_label
from ui.plain_text import plain
from ui.texts import sentence, tr

WIDTH_PX = 440
PIN_PX = 160


class _Mode(Enum):
    """What is asked for."""

    SIGN_IN = auto()
    UNLOCK = auto()
    ON_DUTY = auto()


class DutyPage(Overlay):
    """Who is on duty, and what can be done about it.

    Args:
        duty: asked and told.
        chord_of: the chord that calls a command text.
        parent: the wall view it lies over.

    Signals:
        command: a command text was chosen.
    """

    command = Signal(str)

    def __init__(self, duty: DutyBook, chord_of: Callable[[str], str], parent: QWidget) -> None:
        super().__init__(tr("Duty", "Shift"), parent)
        self._duty = duty
        self._shown: DutyState | None = None
        self._wants_another = False
        self.who = plain_label("purposeCamera", wraps=True)
        self.hint = plain_label("pageHint", wraps=True)
        self.number_caption = caption(tr("Duty", "Service number"))
        self.number = text_field(tr("Duty", "Service number"), NUMBER_MAX_LENGTH)
        self.pin_caption = caption(tr("Duty", "PIN"))
        self.pin = pin_field()
        self.problem = plain_label("pageWarning", wraps=True)
        self.enter = QPushButton(tr("Duty", "Sign in"))
        self.enter.setObjectName("pageMainButton")
        self.another = QPushButton(tr("Duty", "Another officer"))
        self.view_only = QPushButton(tr("Duty", "Go on without signing in: public cameras only"))
        self.lock = key_button(tr("Duty", "Lock the controls"), chord_of("lock"))
        self.hand_over = key_button(tr("Duty", "Hand over to the next officer"), chord_of("hand-over"))
        self.sign_off = key_button(tr("Duty", "Sign off"), chord_of("sign-off"))
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        fields = (self.who, self.hint, self.number_caption, self.number, self.pin_caption, self.pin, self.problem)
        buttons = (self.enter, self.another, self.view_only, self.lock, self.hand_over, self.sign_off)
        for widget in (*fields, *buttons):
            self.box.addWidget(widget)
        self.setFixedWidth(WIDTH_PX)

    def _connect(self) -> None:
        self.number.returnPressed.connect(self.pin.setFocus)
        self.pin.returnPressed.connect(self._enter)
        self.enter.clicked.connect(self._enter)
        self.another.clicked.connect(self._ask_another)
        self.view_only.clicked.connect(self._duty.view_only)
        for button, text in ((self.lock, "lock"), (self.hand_over, "hand-over"), (self.sign_off, "sign-off")):
            button.clicked.connect(lambda _checked=False, text=text: self.command.emit(text))

    # ---- what is asked for

    @property
    def _mode(self) -> _Mode:
        if self._duty.state.officer is None or self._wants_another:
            return _Mode.SIGN_IN
        return _Mode.UNLOCK if self._duty.state.standing is Standing.LOCKED else _Mode.ON_DUTY

    def begin(self, typed: str = "") -> None:
        """Ask anew, before the page is opened.

        Args:
            typed: a digit that was pressed at controls that are nobody's: the first of the PIN, or of the number.
        """
        self._wants_another = False
        self._duty.begin_anew()
        self.number.setText(typed if self._mode is _Mode.SIGN_IN else "")
        self.pin.setText(typed if self._mode is _Mode.UNLOCK else "")
        self.show_state()

    def open(self, is_native: bool) -> None:
        super().open(is_native)
        self._focus()

    def place(self) -> None:
        """Take the middle of the wall, as high as what is asked for needs."""
        super().place()
        self.take_middle(self.width(), self.heightForWidth(self.width()))

    def _focus(self) -> None:
        mode, has_number = self._mode, number_problem(self.number.text().strip()) is None
        first = self.lock if mode is _Mode.ON_DUTY else self.pin
        if mode is _Mode.SIGN_IN and not has_number:
            first = self.number
        first.setFocus(Qt.FocusReason.PopupFocusReason)

    def _ask_another(self) -> None:
        self._wants_another = True
        self.pin.clear()
        self.show_state()
        self._focus()

    def _enter(self) -> None:
        if self._duty.state.is_asking:
            return
        pin = Secret(self.pin.text())
        if self._mode is _Mode.SIGN_IN:
            self._duty.sign_in(self.number.text(), pin)
        else:
            self._duty.unlock(pin)
        self.pin.clear()
        self.show_state()
        if self._duty.state.problem is not None:
            self._focus()

    # ---- what is shown

    def show_state(self) -> None:
        """Show what has become of it; the page goes away when the controls are somebody's again."""
        state, before = self._duty.state, self._shown
        self._shown = state
        if before is not None and self.isVisible() and _is_let_in(before, state):
            self.put_away()
            return
        if state.is_asking and self.isVisible():
            self.setFocus()  # not the next widget: that is a button, which the same Enter would press
        mode = self._mode
        self.title.setText(self._title(mode))
        self.who.setText(officer_words(state.officer) if state.officer is not None else "")
        self.hint.setText(self._hint(mode, state))
        self._show_fields(mode, state)
        self.problem.setText(plain(sentence(state.problem)))
        for label in (self.who, self.hint, self.problem):
            label.setVisible(bool(label.text()))
        if before is not None and before.is_asking and not state.is_asking and self.isVisible():
            self._focus()
        self.place()

    def _show_fields(self, mode: _Mode, state: DutyState) -> None:
        asks = mode is not _Mode.ON_DUTY
        for asked in (self.number_caption, self.number):
            asked.setVisible(mode is _Mode.SIGN_IN)
        for widget in (self.pin_caption, self.pin, self.enter):
            widget.setVisible(asks)
        self.enter.setText(_enter_words(mode, state))
        for field in (self.number, self.pin, self.enter):
            field.setEnabled(not state.is_asking)
        self.another.setVisible(mode is _Mode.UNLOCK)
        self.view_only.setVisible(state.may_view_only and state.standing is Standing.CLOSED)
        for button in (self.lock, self.hand_over, self.sign_off):
            button.setVisible(mode is _Mode.ON_DUTY)

    def _title(self, mode: _Mode) -> str:
        titles = {
            _Mode.SIGN_IN: tr("Duty", "Sign in"),
            _Mode.UNLOCK: tr("Duty", "The controls are locked"),
            _Mode.ON_DUTY: tr("Duty", "On duty"),
        }
        return titles[mode]

    def _hint(self, mode: _Mode, state: DutyState) -> str:
        if mode is _Mode.ON_DUTY and state.is_offline:
            return tr("Duty", "Verified by this PC alone. Lock and unlock when the registry is back.")
        if mode is _Mode.UNLOCK:
            return tr("Duty", "The wall goes on. Your PIN brings the controls back.")
        if mode is _Mode.SIGN_IN and state.over is not None:
            return end_sentence(state.over)
        if mode is _Mode.SIGN_IN:
            return tr("Duty", "Your service number and PIN. What you look at is written down with your name.")
        return ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus."""
        if not self.presses_button(event):
            super().keyPressEvent(event)


def pin_field() -> QLineEdit:
    """A field for a PIN: nobody reads it over a shoulder, and nothing remembers it."""
    field = text_field(tr("Duty", "PIN"), PIN_DIGITS)
    field.setEchoMode(QLineEdit.EchoMode.Password)
    hints = Qt.InputMethodHint.ImhDigitsOnly | Qt.InputMethodHint.ImhSensitiveData
    field.setInputMethodHints(hints | Qt.InputMethodHint.ImhNoPredictiveText)
    field.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
    field.setMaximumWidth(PIN_PX)
    return field


def _is_let_in(before: DutyState, state: DutyState) -> bool:
    """Whether the controls have just become somebody's."""
    if state.standing is before.standing and state.officer == before.officer:
        return False
    return state.standing in (Standing.ON_DUTY, Standing.VIEW_ONLY)


def _enter_words(mode: _Mode, state: DutyState) -> str:
    if state.is_asking:
        return tr("Duty", "Checking…")
    return tr("Duty", "Unlock") if mode is _Mode.UNLOCK else tr("Duty", "Sign in")
