"""A page that asks one thing: a name, or whether something is really meant.

GUI thread. It opens because an officer asked for what it belongs to, never by itself.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from app.core.errors import ConsoleError
from app.core.names import NAME_MAX_LENGTH
from ui.overlay import Overlay
from ui.plain_label import plain_label
from ui.plain_text import plain
from ui.texts import sentence, tr

WIDTH_PX = 420


class AskPage(Overlay):
    """Asks, and does what was agreed to. What cannot be done is said on the page, which then stays.

    Args:
        parent: the wall view it lies over.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(tr("Ask", "A question"), parent)
        self._do: Callable[[str], object] = lambda _text: None
        self._asks_for_text = False
        self.text = QLineEdit()
        self.text.setObjectName("pageField")
        self.problem = plain_label("pageWarning", wraps=True)
        self.yes = QPushButton()
        self.yes.setObjectName("pageMainButton")
        self.yes.clicked.connect(self._agree)
        self.no = QPushButton(tr("Ask", "Cancel"))
        self.no.clicked.connect(self.put_away)
        self.text.returnPressed.connect(self._agree)
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(self.no)
        foot.addWidget(self.yes)
        for widget in (self.text, self.problem):
            self.box.addWidget(widget)
        self.box.addLayout(foot)
        self.setFixedWidth(WIDTH_PX)

    def ask_for_text(
        self, question: str, text: str, agree: str, do: Callable[[str], object], longest: int = NAME_MAX_LENGTH
    ) -> None:
        """Ask for a text; open the page afterwards.

        Args:
            question: what is asked: one sentence.
            text: what stands there at first.
            agree: what the button is called that does it.
            do: is called with the text; a ConsoleError is said, and the page stays.
            longest: how many characters it may have; a name's, if nothing else is said.
        """
        self._prepare(question, agree, do, asks_for_text=True)
        self.text.setMaxLength(longest)
        self.text.setText(text)
        self.text.setAccessibleName(question)
        self.text.selectAll()

    def ask_whether(self, question: str, agree: str, do: Callable[[], object]) -> None:
        """Ask whether something is meant; open the page afterwards. Nothing is done by Enter alone at first."""
        self._prepare(question, agree, lambda _text: do(), asks_for_text=False)

    def _prepare(self, question: str, agree: str, do: Callable[[str], object], *, asks_for_text: bool) -> None:
        self._do = do
        self._asks_for_text = asks_for_text
        self.title.setText(plain(question))
        self.setAccessibleName(question)
        self.text.setVisible(asks_for_text)
        self.yes.setText(agree)
        self.problem.setText("")
        self.problem.hide()

    def open(self, is_native: bool) -> None:
        super().open(is_native)
        (self.text if self._asks_for_text else self.no).setFocus(Qt.FocusReason.PopupFocusReason)

    def _agree(self) -> None:
        try:
            self._do(self.text.text())
        except ConsoleError as error:
            self._say(sentence(error))
        else:
            self.put_away()

    def _say(self, problem: str) -> None:
        """Say what is wrong; what was typed can be mended."""
        self.problem.setText(plain(problem))
        self.problem.show()
        self.text.deselect()
        self.place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.presses_button(event):
            super().keyPressEvent(event)
