"""The page of the first start: in three steps this PC becomes a post of its registry.

GUI thread. What waits for the network runs on a thread of its own and leaves its outcome in a queue that a timer
looks into.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.core.enrolment import Enrolled, EnrolmentPort
from app.core.errors import ConsoleError
from ui.icons import wall_icon
from ui.plain_label import plain_label
from ui.plain_text import plain
from ui.texts import sentence, tr
from ui.theme import Theme

SIZE_PX = (560, 560)
LOOK_MS = 50
Outcome = Enrolled | None
"""What a call came to: `Enrolled`, or None where it only had to succeed."""


class FirstStart(QWidget):
    """Asks for the registry's address, then for the enrolment code, then shows what came of it.

    Args:
        enrolment: does what is asked.
        theme: colours and fonts.
        url: the registry's address, where it is known.

    Signals:
        done: the page was left: the PC has enrolled, or its window was closed.
    """

    done = Signal()

    def __init__(self, enrolment: EnrolmentPort, theme: Theme, url: str = "") -> None:
        super().__init__()
        self.setObjectName("firstStart")
        self._enrolment = enrolment
        self._answers: queue.SimpleQueue[Outcome | ConsoleError] = queue.SimpleQueue()
        self._then: Callable[[Outcome], None] = lambda _outcome: None
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._look)
        self.address = self._box(tr("FirstStart", "Address of the registry"), "https://registry.example", url)
        self.code = self._box(tr("FirstStart", "Enrolment code"), "ABCD-EFGH", "")
        self.reach_button = self._button(tr("FirstStart", "Continue"), self._reach)
        self.enrol_button = self._button(tr("FirstStart", "Enrol this PC"), self._enrol)
        self.open_button = self._button(tr("FirstStart", "Open the wall"), self.close)
        self.outcome = plain_label("words", wraps=True)
        self.problem = plain_label("pageProblem", wraps=True)
        self.problem.setAccessibleName(tr("FirstStart", "What went wrong"))
        self.busy = QProgressBar()
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self.busy.setAccessibleName(tr("FirstStart", "Waiting for the registry"))
        self._steps = self._make_steps()
        self._lay_out()
        self._show_step(0)
        self.address.returnPressed.connect(self._reach)
        self.code.returnPressed.connect(self._enrol)
        self.setWindowTitle(tr("FirstStart", "Pantau – first start"))
        self.setWindowIcon(wall_icon(theme.color("accent"), theme.color("raised")))
        self.resize(*SIZE_PX)

    # ---- how it looks

    def _box(self, name: str, example: str, text: str) -> QLineEdit:
        box = QLineEdit(text)
        box.setObjectName("search")
        box.setPlaceholderText(example)
        box.setAccessibleName(name)
        box.setMaxLength(300)
        return box

    def _button(self, text: str, run: Callable[[], object]) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName("mainButton")
        button.setAutoDefault(True)  # outside a dialog Enter presses no other button
        button.clicked.connect(run)
        return button

    def _make_steps(self) -> Sequence[QFrame]:
        return (
            _step(
                tr("FirstStart", "1  Where is the registry?"),
                tr("FirstStart", "The address is in the letter that came with this post's enrolment code."),
                self.address,
                self.reach_button,
            ),
            _step(
                tr("FirstStart", "2  Which post is this?"),
                tr("FirstStart", "The code is good for one PC and one time. Ask the registry desk for a new one."),
                self.code,
                self.enrol_button,
            ),
            _step(tr("FirstStart", "3  Ready"), "", self.outcome, self.open_button),
        )

    def _lay_out(self) -> None:
        title = plain_label("pageTitle")
        title.setText(tr("FirstStart", "Welcome to Pantau"))
        words = plain_label("pageHint", wraps=True)
        words.setText(tr("FirstStart", "Three steps make this PC a post's video wall. It takes a minute."))
        box = QVBoxLayout(self)
        box.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        box.setContentsMargins(36, 32, 36, 28)
        box.setSpacing(14)
        for widget in (title, words, *self._steps):
            box.addWidget(widget)
        box.addStretch(1)
        box.addWidget(self.problem)
        box.addWidget(self.busy)

    def _show_step(self, number: int) -> None:
        """Let a step be worked on; those before stay readable."""
        for place, step in enumerate(self._steps):
            step.setEnabled(place == number)
        self.busy.setVisible(False)
        (self.address, self.code, self.open_button)[number].setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- what happens

    def _reach(self) -> None:
        url = self.address.text().strip()
        self._ask(lambda: self._enrolment.reach(url), lambda _: self._show_step(1))

    def _enrol(self) -> None:
        url, code = self.address.text().strip(), self.code.text().strip()
        self._ask(lambda: self._enrolment.enrol(url, code), self._enrolled)

    def _enrolled(self, outcome: Outcome) -> None:
        assert isinstance(outcome, Enrolled)
        words = tr("FirstStart", "This PC is {0} now. The camera list comes next.", plain(outcome.post_id))
        if outcome.why_not_kept:
            warning = tr(
                "FirstStart", "It has to be enrolled again at the next start: {0}", sentence(outcome.why_not_kept)
            )
            words = f"{words}\n{warning}"
        self.outcome.setText(words)
        self._show_step(2)

    def _ask(self, call: Callable[[], Outcome], then: Callable[[Outcome], None]) -> None:
        """Make a call that waits, on a thread of its own; one at a time."""
        if self._timer.isActive():
            return
        self._then = then
        self.problem.setText("")
        self.busy.setVisible(True)
        self._timer.start()
        threading.Thread(target=self._run, args=(call,), name="first start", daemon=True).start()

    def _run(self, call: Callable[[], Outcome]) -> None:
        try:
            self._answers.put(call())
        except ConsoleError as error:
            self._answers.put(error)

    def _look(self) -> None:
        try:
            answer = self._answers.get_nowait()
        except queue.Empty:
            return
        self._timer.stop()
        self.busy.setVisible(False)
        if isinstance(answer, ConsoleError):
            self.problem.setText(plain(sentence(answer)))
        else:
            self._then(answer)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._timer.stop()
        self.done.emit()
        super().closeEvent(event)


def _step(title: str, words: str, content: QWidget, button: QPushButton) -> QFrame:
    frame = QFrame()
    frame.setObjectName("step")
    head: QLabel = plain_label("panelTitle")
    head.setText(title)
    hint: QLabel = plain_label("pageHint", wraps=True)
    hint.setText(words)
    hint.setVisible(bool(words))
    line = QHBoxLayout()
    line.addWidget(content, 1)
    line.addWidget(button)
    box = QVBoxLayout(frame)
    box.setContentsMargins(14, 12, 14, 12)
    box.setSpacing(8)
    box.addWidget(head)
    box.addWidget(hint)
    box.addLayout(line)
    return frame
