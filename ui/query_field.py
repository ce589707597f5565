"""A query as it is written, and how many cameras it finds now.

GUI thread. A query asks the whole catalogue, so it waits until the writer pauses.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.core.camera_query import QUERY_MAX_LENGTH, CameraQuery, matching, parse_query
from app.core.errors import ConfigError
from app.core.model import CameraId, Catalog
from ui.numbers import whole
from ui.plain_label import plain_label
from ui.plain_text import plain
from ui.texts import sentence, tr

DELAY_MS = 150
"""After the last letter."""


class QueryField(QWidget):
    """The field, and a line below it.

    Args:
        catalog: gives the cameras in this post's scope.

    Attributes:
        query: what is written; None where nothing is, or nothing that can be understood.
        found: the cameras it means.
        problem: why it cannot be understood; empty where it can.

    Signals:
        asked: the query was asked; it may mean other cameras now.
    """

    asked = Signal()

    def __init__(self, catalog: Callable[[], Catalog], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._catalog = catalog
        self.query: CameraQuery | None = None
        self.found: tuple[CameraId, ...] = ()
        self.problem = ""
        self.line = QLineEdit()
        self.line.setObjectName("pageField")
        self.line.setAccessibleName(tr("Editor", "Cameras by a query"))
        self.line.setPlaceholderText(tr("Editor", "kelurahan Gambir, public street"))
        self.line.setMaxLength(QUERY_MAX_LENGTH)
        self.note = plain_label("pageHint", wraps=True)
        self._timer = QTimer(self, singleShot=True, interval=DELAY_MS)
        self._timer.timeout.connect(self.ask)
        self.line.textChanged.connect(lambda _: self._timer.start())
        self.setFocusProxy(self.line)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(self.line)
        box.addWidget(self.note)

    def begin(self, query: CameraQuery | None) -> None:
        """Take a query to be changed, and ask it."""
        self.line.setText(query.text if query is not None else "")
        self.ask()

    @property
    def text(self) -> str:
        """What is written."""
        return self.line.text().strip()

    def ask(self) -> None:
        """Ask the catalogue at once."""
        self.stop()
        self.query, self.found, self.problem = None, (), ""
        try:
            self.query = parse_query(self.text) if self.text else None
        except ConfigError as error:
            self.problem = plain(sentence(error))
        if self.query is not None:
            self.found = matching(self.query, self._catalog())
        self.note.setText((self.problem[:1].upper() + self.problem[1:]) or self._note())
        self.asked.emit()

    def stop(self) -> None:
        """Ask no more by itself until something is written."""
        self._timer.stop()

    def _note(self) -> str:
        if self.query is None:
            return tr("Editor", "Without a query the cameras stay as they are.")
        count = len(self.found)
        return tr("Editor", "1 camera found") if count == 1 else tr("Editor", "{0} cameras found", whole(count))
