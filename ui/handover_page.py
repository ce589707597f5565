"""The page of a handover: what the next officer has to know, and their PIN to accept it.

GUI thread. It opens when the officer on duty asks for it.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import (
    QGridLayout,
    QHeaderView,
    QPlainTextEdit,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidgetItem,
    QWidget,
)

from app.console import Console
from app.console.handover import INCIDENT
from app.core.duty import NOTE_MAX_LENGTH, NUMBER_MAX_LENGTH, HandoverItem
from app.core.errors import ConfigError
from app.core.model import CameraId
from app.core.redact import Secret
from app.core.tile_status import Sign
from ui.duty_page import pin_field
from ui.duty_texts import officer_words
from ui.overlay import KeyedOverlay
from ui.page_parts import PageRows, caption, key_button, text_field
from ui.plain_label import plain_label
from ui.plain_text import plain
from ui.texts import duration, sentence, sign_word, tr

WIDTH_PX, ROWS_PX, NOTE_PX = 720, 190, 72
PADDING_PX = 24
"""Of a cell, left and right together."""
_TEXT = 4
"""The column that takes the room which the others leave."""


class _Wrapped(QStyledItemDelegate):
    """Rows as high as their text needs: all of it is what the next officer has to know."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Of the text in the room beside its padding, which Qt forgets where it breaks lines."""
        option.rect.setWidth(option.rect.width() - PADDING_PX)  # type: ignore[attr-defined]
        return super().sizeHint(option, index)


class HandoverPage(KeyedOverlay):
    """The list, a note, and the next officer's number and PIN.

    Args:
        console: whose wall is handed over.
        parent: the wall view it lies over.
    """

    def __init__(self, console: Console, parent: QWidget) -> None:
        super().__init__(tr("Handover", "Hand over the wall"), parent)
        self._console = console
        self._items: Sequence[HandoverItem] = ()
        self._from = console.duty.state.officer
        self.who = plain_label("purposeCamera", wraps=True)
        self.hint = plain_label("pageHint", wraps=True)
        titles = (
            tr("Handover", "Tile"),
            tr("Handover", "Camera"),
            tr("Handover", "State"),
            tr("Handover", "Since"),
            tr("Handover", "What was noted"),
        )
        self.rows = PageRows(tr("Handover", "What the next officer has to know"), titles, _TEXT)
        self.rows.setFixedHeight(ROWS_PX)
        self.rows.setItemDelegate(_Wrapped(self.rows))
        self.rows.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.close_incident = key_button(tr("Handover", "Close the incident"), "Del")
        self.note = QPlainTextEdit()
        self.note.setObjectName("pageField")
        self.note.setAccessibleName(tr("Handover", "Note to the next officer"))
        self.note.setPlaceholderText(tr("Handover", "Anything else the next officer has to know"))
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(NOTE_PX)
        self.note.textChanged.connect(self._shorten_note)
        self.number = text_field(tr("Handover", "Service number of the next officer"), NUMBER_MAX_LENGTH)
        self.pin = pin_field()
        self.problem = plain_label("pageWarning", wraps=True)
        self.accept_button = QPushButton(tr("Handover", "I take over"))
        self.accept_button.setObjectName("pageMainButton")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        next_one = QGridLayout()
        next_one.setHorizontalSpacing(12)
        next_one.addWidget(caption(tr("Handover", "Service number of the next officer")), 0, 0)
        next_one.addWidget(caption(tr("Handover", "PIN")), 0, 1)
        next_one.addWidget(self.number, 1, 0)
        next_one.addWidget(self.pin, 1, 1)
        for widget in (self.who, self.hint, self.rows, self.close_incident, self.note):
            self.box.addWidget(widget)
        self.box.addLayout(next_one)
        self.box.addWidget(self.problem)
        self.box.addWidget(self.accept_button)

    def place(self) -> None:
        """Take the middle of the wall, as wide as a line needs and as high as what is shown."""
        area = self._view.rect()
        width_px = min(WIDTH_PX, area.width())
        self.take_middle(width_px, min(self.heightForWidth(width_px), area.height()))

    def _connect(self) -> None:
        self.number.returnPressed.connect(self.pin.setFocus)
        self.pin.returnPressed.connect(self._accept)
        self.accept_button.clicked.connect(self._accept)
        self.close_incident.clicked.connect(self._close_incident)
        self.rows.chosen.connect(lambda _row: self._show_close_button())
        self._keys = {(Qt.Key.Key_Delete.value, Qt.KeyboardModifier.NoModifier): self._close_incident}

    # ---- what is shown

    def begin(self) -> None:
        """List what there is now, before the page is opened."""
        self._from = self._console.duty.state.officer
        self._console.duty.begin_anew()
        self.number.clear()
        self.pin.clear()
        self.note.clear()
        self.who.setText(officer_words(self._from) if self._from is not None else "")
        self._list()
        self.show_state()

    def _list(self) -> None:
        self._items = self._console.handover.items(self._console.now_s)
        self.rows.setRowCount(len(self._items))
        for row, item in enumerate(self._items):
            for column, text in enumerate(self._cells(item)):
                self.rows.setItem(row, column, QTableWidgetItem(text))
        self.rows.resizeColumnsToContents()
        self.rows.setVisible(bool(self._items))
        dead = sum(item.state != INCIDENT for item in self._items)
        self.hint.setText(
            tr("Handover", "Without a live picture: {0} · open incidents: {1}", dead, len(self._items) - dead)
        )
        self._show_close_button()
        self.place()

    def _cells(self, item: HandoverItem) -> tuple[str, ...]:
        camera = self._console.catalog.cameras.get(CameraId(item.camera))
        state = tr("Handover", "INCIDENT") if item.state == INCIDENT else sign_word(Sign(item.state))
        name = plain(camera.name) if camera is not None else tr("Handover", "not listed any more")
        return item.tile, name, state, duration(item.since_s), plain(item.text)

    def _show_close_button(self) -> None:
        item = self._chosen()
        self.close_incident.setVisible(any(each.state == INCIDENT for each in self._items))
        self.close_incident.setEnabled(item is not None and item.state == INCIDENT)

    def _chosen(self) -> HandoverItem | None:
        row = self.rows.currentRow()
        return self._items[row] if 0 <= row < len(self._items) else None

    def show_state(self) -> None:
        """Show what has become of it; the page goes away when the next officer is on duty."""
        state = self._console.duty.state
        if self.isVisible() and state.officer != self._from:
            self.put_away()
            return
        was_asking = not self.pin.isEnabled()
        if state.is_asking and self.isVisible():
            self.setFocus()  # not the next widget, which may lie outside of the page: the PIN is typed there then
        self.problem.setText(plain(sentence(state.problem)))
        self.problem.setVisible(bool(state.problem))
        words = tr("Handover", "Checking…") if state.is_asking else tr("Handover", "I take over")
        self.accept_button.setText(words)
        for field in (self.number, self.pin, self.accept_button):
            field.setEnabled(not state.is_asking)
        if was_asking and not state.is_asking and self.isVisible():
            self.pin.setFocus()
        self.place()

    def open(self, is_native: bool) -> None:
        super().open(is_native)
        self.number.setFocus(Qt.FocusReason.PopupFocusReason)

    # ---- what is done

    def _accept(self) -> None:
        pin = Secret(self.pin.text())
        self.pin.clear()
        self._console.duty.hand_over(self.number.text(), pin, self.note.toPlainText(), self._items)
        self.show_state()

    def _close_incident(self) -> None:
        row, item = self.rows.currentRow(), self._chosen()
        if item is None or item.state != INCIDENT:
            return
        try:
            self._console.handover.close(self._console.handover.incidents[row])  # incidents are listed first
        except ConfigError as error:
            self.problem.setText(plain(sentence(error)))
            self.problem.show()
        else:
            self._list()

    def _shorten_note(self) -> None:
        """What is beyond the longest note is not taken."""
        surplus = len(self.note.toPlainText()) - NOTE_MAX_LENGTH
        if surplus <= 0:
            return
        cursor = self.note.textCursor()
        if cursor.position() < surplus:
            cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, surplus)
        cursor.removeSelectedText()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The page's own keys, while no field takes them."""
        if self.presses_button(event):
            return
        action = self._key(event)
        if action is not None and self.focusWidget() is self.rows:
            action()
        else:
            super().keyPressEvent(event)
