"""The health of this wall's cameras, the worst first: state, what was measured, reconnects.

GUI thread. It looks at the console once a second while it is open.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from app.core.commands import TileId
from app.core.tile_status import Sign, TileStatus
from ui.hint_texts import hint_sentence
from ui.icons import draw_sign, icon_pixmap
from ui.overlay import Overlay
from ui.plain_label import plain_label
from ui.plain_text import plain, plain_tooltip
from ui.texts import QT_TRANSLATE_NOOP, duration, failure_sentence, retry_sentence, sign_word, tr
from ui.theme import Theme
from ui.tile_overlays import sign_color

WIDTH_PART, HEIGHT_PART = 0.94, 0.8
"""Of the wall, at most."""
WIDEST_PX = 1100
TITLES = (
    QT_TRANSLATE_NOOP("Health", "Tile"),
    QT_TRANSLATE_NOOP("Health", "Camera"),
    QT_TRANSLATE_NOOP("Health", "State"),
    QT_TRANSLATE_NOOP("Health", "What was found"),
    QT_TRANSLATE_NOOP("Health", "Reconnects"),
)
_CAMERA, _FOUND = 1, 3
"""The columns that share the room which the others leave."""
NAMES_PART = 0.6
"""Of that room, which names may take where there are long findings: those stand in words on the tiles, too."""
_CELL_PX = 12
"""What a cell takes beside its text."""
ROW_PX = 30
ICON_PX = 14


class HealthOverlay(Overlay):
    """A table of the tiles that have a camera, on all monitors that are there.

    Args:
        theme: colours and fonts.
        monitor: over which it lies: where there is no other, tiles are called by their number alone.
        parent: the wall view it lies over.

    Signals:
        chosen: that tile (a `TileId`) is to be looked at.
    """

    chosen = Signal(object)

    def __init__(self, theme: Theme, monitor: int, parent: QWidget) -> None:
        super().__init__(tr("Health", "Camera health"), parent)
        self._theme = theme
        self._monitor = monitor
        self._statuses: Sequence[TileStatus] = ()
        self.summary = plain_label("pageHint")
        self.table = self._table()
        hint = plain_label("pageHint")
        hint.setText(tr("Health", "Enter or double-click selects the tile · Esc closes this page"))
        for widget in (self.summary, self.table, hint):
            self.box.addWidget(widget)
        self.box.setStretchFactor(self.table, 1)

    def _table(self) -> QTableWidget:
        table = QTableWidget(0, len(TITLES))
        table.setHorizontalHeaderLabels([tr("Health", title) for title in TITLES])
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(ROW_PX)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)  # Tab leaves it; arrows go through its rows
        table.setWordWrap(False)  # else a text that is too long loses whole words
        table.setIconSize(QSize(ICON_PX, ICON_PX))
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setAccessibleName(tr("Health", "Cameras of this wall, the worst first"))
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(_CAMERA, QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(_FOUND, QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        table.cellDoubleClicked.connect(lambda row, _column: self._choose(row))
        return table

    def show_statuses(self, statuses: Sequence[TileStatus]) -> None:
        """Fill the table, keeping the chosen tile chosen: its row may have moved.

        Args:
            statuses: the worst first.
        """
        chosen = self._chosen_tile()
        self._statuses = tuple(statuses)
        live = sum(status.sign is Sign.LIVE for status in statuses)
        hinted = sum(bool(status.findings) for status in statuses)
        self.summary.setText(
            tr("Health", "{0} of {1} cameras live · {2} with a hint", live, len(statuses), hinted)
            if statuses
            else tr("Health", "No camera is on this wall yet.")
        )
        self.table.setRowCount(len(statuses))
        is_here = all(status.tile.monitor == self._monitor for status in statuses)
        for row, status in enumerate(statuses):
            self._fill(row, status, str(status.tile.number if is_here else status.tile))
            if status.tile == chosen:
                self.table.selectRow(row)
        self._share_room()

    def _share_room(self) -> None:
        """Let names be whole wherever that leaves enough for what was found."""
        header = self.table.horizontalHeader()
        others = [column for column in range(len(TITLES)) if column not in (_CAMERA, _FOUND)]
        taken = (max(self.table.sizeHintForColumn(each), header.sectionSizeHint(each)) for each in others)
        room_px = self.table.viewport().width() - sum(taken)
        names_px, found_px = self._wanted_px(_CAMERA), self._wanted_px(_FOUND)
        most_px = max(round(room_px * NAMES_PART), room_px - found_px)
        self.table.setColumnWidth(_CAMERA, min(names_px, most_px))

    def _wanted_px(self, column: int) -> int:
        """The width of a column that cuts none of its texts."""
        items = (self.table.item(row, column) for row in range(self.table.rowCount()))
        texts = [tr("Health", TITLES[column]), *(item.text() for item in items if item is not None)]
        return max(map(self.table.fontMetrics().horizontalAdvance, texts)) + 2 * _CELL_PX

    def _chosen_tile(self) -> TileId | None:
        row = self.table.currentRow()
        return self._statuses[row].tile if 0 <= row < len(self._statuses) else None

    def _fill(self, row: int, status: TileStatus, tile: str) -> None:
        texts = (
            tile,
            camera_words(status),
            sign_word(status.sign),
            found_words(status),
            str(status.reconnects) if status.reconnects else "–",
        )
        for column, text in enumerate(texts):
            item = self.table.item(row, column) or QTableWidgetItem()
            if item.text() != text:
                item.setText(text)
                item.setToolTip(plain_tooltip([text]) if column in (_CAMERA, _FOUND) else "")
            if item.tableWidget() is None:
                self.table.setItem(row, column, item)
        state = self.table.item(row, 2)
        if state is not None and state.data(Qt.ItemDataRole.UserRole) != status.sign.value:
            state.setData(Qt.ItemDataRole.UserRole, status.sign.value)
            state.setForeground(sign_color(self._theme, status.sign))
            state.setIcon(self._icon(status.sign))

    def _icon(self, sign: Sign) -> QIcon:
        pixmap = icon_pixmap(ICON_PX, self.devicePixelRatioF())
        with QPainter(pixmap) as painter:
            draw_sign(painter, sign, QRectF(0, 0, ICON_PX, ICON_PX), sign_color(self._theme, sign))
        return QIcon(pixmap)

    def _choose(self, row: int) -> None:
        if 0 <= row < len(self._statuses):
            tile = self._statuses[row].tile
            self.put_away()  # which gives the keys back to this monitor: first
            self.chosen.emit(tile)

    def place(self) -> None:
        """Take the middle of the wall, as high as the rows need."""
        area = self._view.rect()
        rows_px = self.table.horizontalHeader().sizeHint().height() + ROW_PX * max(1, self.table.rowCount())
        height_px = rows_px + 4 + self.sizeHint().height() - self.table.sizeHint().height()
        width_px = min(round(area.width() * WIDTH_PART), WIDEST_PX)
        self.resize(width_px, min(height_px, round(area.height() * HEIGHT_PART)))
        self.move(area.center() - self.rect().center())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.box.activate()  # the table has its new width before its columns share it
        self._share_room()

    def open(self, is_native: bool) -> None:
        """Show the page with its first row chosen."""
        super().open(is_native)
        self._share_room()
        self.table.setFocus(Qt.FocusReason.PopupFocusReason)
        if self.table.currentRow() < 0 and self.table.rowCount():
            self.table.selectRow(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.table.currentRow())
        else:
            super().keyPressEvent(event)


def camera_words(status: TileStatus) -> str:
    """A camera's name and code."""
    if status.camera is None:
        return tr("Tile", "Unknown camera")
    name, code = plain(status.camera.name), plain(status.camera.code)
    return f"{name}  ·  {code}" if name and name != code else code


def found_words(status: TileStatus) -> str:
    """All that is known to be wrong, in sentences; a dash where nothing is."""
    sentences = [hint_sentence(finding) for finding in status.findings]
    if status.failure is not None and status.sign is not Sign.LIVE:
        sentences = [failure_sentence(status.failure), _what_next(status), *sentences]
    if status.sign in (Sign.LATE, Sign.STALE) and status.age_s is not None:
        sentences.insert(0, tr("Health", "The picture is {0} old.", duration(status.age_s)))
    return " ".join(filter(None, sentences)) or "–"


def _what_next(status: TileStatus) -> str:
    if status.sign is not Sign.LOST:
        return ""
    sentence = retry_sentence(status.failure, status.retry_in_s)
    return sentence if not sentence or sentence[-1] in ".…" else f"{sentence}."
